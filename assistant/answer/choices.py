"""The short question back: what may have been meant, where a question leaves open which of several answers it asks for.

Each choice is a whole question of its own, and it is asked before it is offered: what does not lead to one figure or one
rule, and to the very one that it stands for, is no choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.comparison import comparison
from assistant.answer.lexicon import Lexicon, Term
from assistant.answer.places import Places
from assistant.answer.question import SUBJECT, Question
from assistant.answer.wording import Form
from assistant.text.sentences import clauses
from assistant.types import Answer, Figure, Passage, Sentence

MOST = 4
_LONGEST = 30
"""A question that is longer, or has several clauses, is not said again: its choices are put in words of their own."""
_LONGEST_CLAUSE = 30
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千]+条$")

Ask = Callable[[str], Iterable[Answer]]
"""Asks a question: its answer for itself, and the one it has as the next of the conversation, where that is another."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """Something that may have been meant: a figure or else a rule, and the questions for it, the best first."""

    wordings: tuple[str, ...]
    passage: Passage
    figure: Figure | None = None

    def choice(self, ask: Ask) -> str:
        """The first wording that leads to it; empty where none does."""
        return next((each for each in self.wordings if all(map(self._is_given_by, ask(each)))), "")

    def _is_given_by(self, answer: Answer) -> bool:
        if len(answer.sentences) != 1 or answer.citations[0].passage.id != self.passage.id:
            return False
        return self.figure is None or [_identity(each) for each in answer.figures] == [_identity(self.figure)]


def choices(question: Question, answer: Answer, lexicon: Lexicon, places: Places, ask: Ask) -> tuple[str, ...]:
    """Up to ``MOST`` questions that may have been meant by ``question``, in the order of what ``answer`` gives.

    They are for the values of a slot that was left open (城镇 or 农村), or for the rules of which any may be meant; there are
    none where the answer is clear or several things were asked for.
    """
    meant: list[_Meant] = []
    if answer.calculations or comparison(question.text, lexicon, places):
        return ()
    if len(answer.figures) > 1:
        meant = _figures(question, answer.figures, lexicon)
    elif question.form is Form.FIGURE and not answer.figures and len(answer.sentences) > 1:
        meant = [_rule(question, sentence) for sentence in answer.sentences]
    offered = tuple(dict.fromkeys(choice for each in meant if (choice := each.choice(ask))))
    return offered[:MOST] if len(offered) > 1 else ()


def _figures(question: Question, figures: Sequence[Figure], lexicon: Lexicon) -> list[_Meant]:
    """The figures of one table whose slots differ in one group alone, of which the question names no value."""
    terms = [_terms(each, lexicon) for each in figures]
    groups = {group for each in terms for group in each}
    differing = [group for group in groups if len({each.get(group) for each in terms}) > 1]
    if len(differing) != 1 or len({each.unit for each in figures}) > 1:
        return []
    values = [each.get(differing[0]) for each in terms]
    named = question.slots.get(differing[0], ())
    if len(set(values)) < len(figures) or any(value is None or value.name in named for value in values):
        return []
    return [
        _Meant(_asking_for(figure, value, question, lexicon), figure.citation.passage, figure)
        for figure, value in zip(figures, values, strict=True)
        if value
    ]


def _terms(figure: Figure, lexicon: Lexicon) -> dict[str, Term]:
    """The terms that say what an amount is of, by their group."""
    return {each.term.group: each.term for each in lexicon.mentions(f"{figure.category}，{figure.subject}")}


def _asking_for(figure: Figure, value: Term, question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    """The question with the value in it, and one made of the figure's own slots."""
    own = f"{figure.category}{figure.subject}{figure.measure or '标准'}是多少"
    return (lexicon.put(question.text, value, SUBJECT), own) if _is_short(question) else (own,)


def _rule(question: Question, sentence: Sentence) -> _Meant:
    """A rule, asked for by its document, else by its article and what that begins with."""
    passage = sentence.citations[0].passage
    title = f"《{passage.document.title.removeprefix('中华人民共和国')}》"
    wordings = [f"{title}里，{question.text}"] if _is_short(question) else []
    if _ARTICLE.match(passage.label):
        wordings.append(f"{title}{passage.label}{_beginning(sentence)}怎么规定")
    return _Meant(tuple(wordings), passage)


def _beginning(sentence: Sentence) -> str:
    """The first clause of what is stressed in a rule, in brackets; nothing where it is long."""
    said = sentence.text[slice(*sentence.stress)] or sentence.text
    start, end = clauses(said)[0]
    return f"（{said[start:end]}）" if end - start <= _LONGEST_CLAUSE else ""


def _is_short(question: Question) -> bool:
    return len(question.text) <= _LONGEST and len(clauses(question.text)) == 1


def _identity(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.unit, figure.subject, figure.category, figure.period
