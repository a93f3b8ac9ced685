"""An amount that answers, as a sentence and as a figure, both from one citation."""

from __future__ import annotations

from assistant.answer.amounts import MEASURE, SUBJECT, Amount
from assistant.answer.evidence import ARTICLE_LABEL, Layer, coverage
from assistant.answer.places import NATIONAL
from assistant.answer.question import Question
from assistant.answer.shelf import Shelf
from assistant.text.sentences import clauses
from assistant.text.tokens import words
from assistant.types import Citation, Figure, Sentence

_LONGEST_QUOTE = 150


def state(amount: Amount, question: Question, shelf: Shelf) -> tuple[Sentence, Figure]:
    """The amount as a sentence of the answer and as a figure, both from one citation.

    The sentence is the shortest run of clauses, ending with the amount's, that says as much of what was asked as the
    whole sentence up to there; the citation quotes the whole sentence unless it is too long to take in at a glance.
    """
    document = amount.passage.document
    start, end = _without_label(document.text, *_statement(amount, question, shelf))
    sentence = _without_label(document.text, *amount.sentence)
    quote = sentence if sentence[1] - sentence[0] <= _LONGEST_QUOTE else (start, end)
    citation = Citation(amount.passage, document.text[slice(*quote)], quote[0])
    return Sentence(document.text[start:end], (citation,)), figure_of(amount, citation)


def figure_of(amount: Amount, citation: Citation) -> Figure:
    """The amount with its slots, from a quote that holds it."""
    slots, region = amount.slots, amount.passage.document.metadata.region
    category = "".join(name for group, name in sorted(slots.items()) if group not in (SUBJECT, MEASURE))
    return Figure(
        value=amount.value, unit=amount.unit, text=amount.text, citation=citation, subject=slots.get(SUBJECT, ""),
        measure=slots.get(MEASURE, ""), category=category, region=amount.place or ("" if region == NATIONAL else region),
        period=_period(amount), earlier=amount.earlier,
    )  # fmt: skip


def _without_label(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the article's own label (第三条) at its beginning."""
    label = ARTICLE_LABEL.match(text, start)
    return (label.end() if label else start), end


def _period(amount: Amount) -> str:
    period = amount.period or (f"{amount.year}年" if amount.year else "")
    return f"{period.removesuffix('起')}调整以前" if amount.replaced and period else period


def _statement(amount: Amount, question: Question, shelf: Shelf) -> tuple[int, int]:
    text = amount.passage.document.text
    first, last = amount.sentence
    end = amount.clause[1]
    if amount.told:
        return first, end
    starts = [first + start for start, _ in clauses(text[first:last]) if first + start <= amount.clause[0]]
    names = (name for group, name in amount.slots.items() if group != MEASURE)
    terms = (*(word for name in names for word in words(name)), *question.words)

    def covered(start: int) -> float:
        return coverage(terms, [Layer(shelf.speller.spaced(text[start:end]), 1.0)], shelf.weights)

    best = covered(first)
    start = next((each for each in reversed(starts) if covered(each) >= best - 0.01), first)
    return start, end + (text[end : end + 1] in "。；！")
