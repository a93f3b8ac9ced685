"""From hits to an answer: verbatim, cited, gated; or a refusal that says what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer.articles import article_citations
from assistant.answer.evidence import Evidence, evidence
from assistant.answer.figures import answering_amounts, clear_amount, is_of_another, notices, of_kind, sole_amounts
from assistant.answer.gate import gate
from assistant.answer.lead import lead
from assistant.answer.looks import defines
from assistant.answer.question import Question
from assistant.answer.scope import missing_detail, of_one_person, out_of_scope
from assistant.answer.shelf import Shelf
from assistant.answer.span import quote
from assistant.answer.statement import figure_of, state
from assistant.answer.titles import title_match
from assistant.answer.validity import IN_FORCE, validity
from assistant.answer.wording import ENACTED, EVERY, FATE, FREE, HOW_MANY, Form, Kind
from assistant.types import Answer, Citation, Document, Figure, Hit, Refusal, Sentence

_CLOSE = 0.1
"""Evidence that scores this much less than the best still stands beside it."""
_CLOSE_FIGURE = 0.8
"""The same where an amount is asked for: of two rules that may be meant both are quoted, and neither's amount is given."""
_READ = 20
_WIDE = frozenset({"对象", "计量"})
"""Groups of terms that a rule need not name itself: its title or chapter does. The others narrow: 农村, 集中供养."""
_COUNTED = frozenset({Kind.PEOPLE, Kind.THINGS, Kind.PERCENT, Kind.MULTIPLE, Kind.HOUSEHOLDS})
_PART = re.compile(r"分之|过半数|半数|全体")
"""What answers a question of how many without a count: 三分之二以上同意."""
_LEAST_OUTSIDE = 0.42
"""What evidence needs where the question sounds like the business of another office. Chosen on the dev cases."""
_LEAST_FIGURE = 0.28
"""What a rule needs that is quoted for its amount: the number of another rule is worse than none. Chosen on dev."""
_HARDLY_SURE, _LEAST_BESIDE = 0.45, 0.25
"""Beside a rule that is quoted for its amount with less than the first, others that may be meant are quoted that have at
least the second. Chosen on the dev cases."""
_LEAST_CARD = 0.5
"""The same where the amount is given as a figure of its own."""
_SURE = 0.4
"""What a passage needs that is quoted without the amount that was asked for. Chosen on the dev cases."""
_OF_RULES = re.compile(r"(?:法|条例|办法|规定|细则|意见|通知|纲要)(?:[（(][^）)]*[）)])*$")
_MOST_SENTENCES = 3


def compose(question: Question, hits: Sequence[Hit], shelf: Shelf, today: date, least_confidence: float) -> Answer:
    """Answer a question from what the search found, or say why not.

    Evidence in words of less than ``least_confidence`` (0 to 1) does not answer it; what sounds like the business of
    another office has to be answered more surely.
    """
    citable = shelf.citable(_definitions_first(question, hits, shelf), question, today)
    outside = out_of_scope(question, shelf.elsewhere)
    least = max(least_confidence, _LEAST_OUTSIDE) if outside else least_confidence
    refusal = _refuse_early(question, shelf, citable) or missing_detail(
        question, shelf.details, citable[:_MOST_SENTENCES]
    )
    found = refusal or _find(question, citable, shelf, today, least) or outside or _refuse(question)
    if isinstance(found, Refusal):
        nearest = found.nearest or (() if outside else _nearest(citable))
        return Answer(question.text, refusal=Refusal(found.reason, found.message, nearest), hits=tuple(hits))
    words = None if found.figures else lead(question.form, found.sentences[0])
    return gate(replace(found, hits=tuple(hits), lead=words))


def _definitions_first(question: Question, hits: Sequence[Hit], shelf: Shelf) -> list[Hit]:
    """The hits, before them the passages that say the meaning of a term whose meaning is asked for, found or not."""
    found = {hit.passage.id: hit for hit in hits}
    defining = {each.id: Hit(each, 0.0, len(hits) + 1, confidence=0.0) for each in shelf.defining(question)}
    return list({**defining, **found}.values())


def _refuse_early(question: Question, shelf: Shelf, citable: Sequence[Hit]) -> Refusal | None:
    """What no evidence could mend: nothing asked, or a place that the corpus knows nothing of."""
    if not question.official.strip():
        return Refusal("empty", "请先写下您的问题。")
    if of_one_person(question):
        return Refusal("off_topic", "个人的申请进度、登记记录这里查不到，请带身份证到窗口查询。")
    known = shelf.regions()
    first = citable[0].passage.text if citable else ""
    missing = [
        place
        for place in question.regions
        if not shelf.places.is_home(place) and place not in known and place not in first
    ]
    if missing:
        return Refusal("region", f"语料里没有{'、'.join(missing)}的文件，不能拿别处的规定来回答。")
    if question.form is not Form.ARTICLE and not (question.slots or question.words):
        return Refusal("not_found", "问题没说清楚：请写明问的是哪一项，例如“农村低保标准是多少”。")
    return None


def _find(
    question: Question, hits: Sequence[Hit], shelf: Shelf, today: date, least_confidence: float
) -> Answer | Refusal | None:
    if question.form is Form.ARTICLE:
        found = article_citations(question, shelf, today)
        return found if isinstance(found, Refusal) else _quoted(question, found)
    if question.form is Form.FIGURE and (stated := _figures(question, hits, shelf, today)):
        return stated
    within = _of_named_documents(question, hits, shelf, today)
    if question.form is Form.WHEN and ENACTED.search(question.official):
        within = [hit for hit in within if ENACTED.search(hit.passage.text)]
    if question.form is not Form.FIGURE:
        return _words(question, within, shelf, least_confidence)
    rules = _words(question, _saying_how_many(question, within, shelf), shelf, max(least_confidence, _LEAST_FIGURE))
    sure = [hit for hit in within if _is_sure(hit, question, shelf) or defines(question, hit.passage.text)]
    return rules or _words(question, sure, shelf, least_confidence)


def _is_sure(hit: Hit, question: Question, shelf: Shelf) -> bool:
    """Whether a passage answers so likely that it is quoted though the amount asked for could not be told in it."""
    has_one = _has_one(question, hit, shelf)
    of_the_year = question.year is None or str(question.year) in hit.passage.text
    fits = has_one and of_the_year and not is_of_another(question, hit.passage, shelf)
    return fits and (hit.confidence or 0.0) >= _SURE


def _has_one(question: Question, hit: Hit, shelf: Shelf) -> bool:
    """Whether there is an amount of a kind asked for, or a part; of money a share will do, and that nothing is charged.

    Nor need there be one where the price is asked about, and not for: 费用由谁承担.
    """
    kinds, text = frozenset().union(*question.kinds), hit.passage.text
    if Kind.MONEY in kinds:
        if FREE.search(text) or not HOW_MANY.search(question.official):
            return True
        kinds |= {Kind.PERCENT, Kind.MULTIPLE}
    counts = not kinds or kinds & _COUNTED
    return any(of_kind(each, kinds) for each in shelf.amounts(hit.passage)) or bool(counts and _PART.search(text))


def _figures(question: Question, hits: Sequence[Hit], shelf: Shelf, today: date) -> Answer | None:
    chosen = answering_amounts(question, hits, shelf, today) or sole_amounts(question, hits, shelf, today)
    if not chosen:
        return None
    stated = [state(amount, question, shelf) for amount in chosen]
    sentences, figures = tuple(one for one, _ in stated), tuple(figure for _, figure in stated)
    return Answer(question.text, sentences, figures, notices(question, chosen[0], today))


def _of_named_documents(question: Question, hits: Sequence[Hit], shelf: Shelf, today: date) -> list[Hit]:
    """Where the question names a lapsed version, the hits in it; where it spells out a title, those in that document.

    Else, or where it asks what became of a document, all hits.
    """
    if FATE.search(question.official):
        return list(hits)
    documents = {hit.passage.document.id: hit.passage.document for hit in hits}
    lapsed = {id for id, each in documents.items() if validity(each, today) != IN_FORCE}
    if old := {id for id in lapsed if shelf.asks_for(question, documents[id], today)}:
        return [hit for hit in hits if hit.passage.document.id in old]
    named = {
        id: title_match(question.official, each.title) * bool(_OF_RULES.search(each.title))
        for id, each in documents.items()
    }
    best = max(named.values(), default=0.0)
    return [hit for hit in hits if best < 1 or named[hit.passage.document.id] == best]


def _saying_how_many(question: Question, hits: Sequence[Hit], shelf: Shelf) -> list[Hit]:
    """The hits with a rule that has an amount of a kind that is asked for.

    A dated amount (a standard, a count of a year) is a fact with slots: where no slots fit, it answers nothing.
    """
    kinds = frozenset().union(*question.kinds)
    narrowed = [name for group, names in question.slots.items() if group not in _WIDE for name in names]

    def says(hit: Hit) -> bool:
        if not all(any(form in hit.passage.text for form in shelf.lexicon.forms(name)) for name in narrowed):
            return False
        if any(not each.dated and of_kind(each, kinds) for each in shelf.amounts(hit.passage)):
            return True
        if question.asks_how_often and EVERY.search(hit.passage.text):
            return True
        counts = not kinds or kinds & _COUNTED
        return question.year is None and bool(counts and _PART.search(hit.passage.text))

    return [hit for hit in hits if says(hit)]


def _words(question: Question, hits: Sequence[Hit], shelf: Shelf, least_confidence: float) -> Answer | None:
    found = evidence(question, hits[:_READ], shelf.speller, shelf.weights)
    chosen = (_rules_meant if question.form is Form.FIGURE else _closest)(found, least_confidence)
    if not chosen:
        return None
    sentences = tuple(quote(question, each.passage, shelf.speller, shelf.weights, shelf.nearness) for each in chosen)
    figures = _figure_of_rule(question, chosen[0], sentences[0], shelf) if len(chosen) == 1 else ()
    return Answer(question.text, sentences, figures)


def _closest(found: Sequence[Evidence], least: float) -> list[Evidence]:
    sure = [each for each in found if each.confidence >= least]
    return [each for each in sure[:_MOST_SENTENCES] if each.score >= sure[0].score - _CLOSE]


def _rules_meant(found: Sequence[Evidence], least: float) -> list[Evidence]:
    """The best rules that are sure enough; where they hardly are, those that are likely too: the reader sees which is meant."""
    sure = [each for each in found if each.confidence >= least]
    if not sure:
        return []
    hardly = max(each.confidence for each in sure) < _HARDLY_SURE
    likely = [each for each in found if each.confidence >= _LEAST_BESIDE] if hardly else sure
    return [each for each in likely[:_MOST_SENTENCES] if each.score >= likely[0].score - _CLOSE_FIGURE]


def _figure_of_rule(question: Question, best: Evidence, sentence: Sentence, shelf: Shelf) -> tuple[Figure, ...]:
    """The amount that was asked for in the rule that was found, where there is one and it is clear."""
    asked = question.form is Form.FIGURE and best.confidence >= _LEAST_CARD
    amount = clear_amount(question, best.passage, shelf) if asked else None
    citation = sentence.citations[0]
    if amount is None or not citation.start <= amount.start < amount.end <= citation.end:
        return ()
    return (figure_of(amount, citation),)


def _quoted(question: Question, citations: Sequence[Citation]) -> Answer:
    return Answer(question.text, tuple(Sentence(citation.quote, (citation,)) for citation in citations))


def _refuse(question: Question) -> Refusal:
    """Why nothing was found, as exactly as the question allows."""
    if question.form is Form.FIGURE and question.year:
        return Refusal("period", f"语料里没有{question.year}年的这个数字。")
    if question.form is Form.FIGURE:
        return Refusal("no_figure", "语料里没有能回答这个问题的数字。")
    return Refusal("not_found", "语料里没有能回答这个问题的内容。")


def _nearest(hits: Sequence[Hit]) -> tuple[Document, ...]:
    """The documents of the best passages that may be cited, for the reader to look at."""
    documents = {hit.passage.document.id: hit.passage.document for hit in hits[:10]}
    return tuple(documents.values())[:3]
