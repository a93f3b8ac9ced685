"""Whether training questions are what they should be: in people's own words, each another, none known from the evaluation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from assistant.search.articles import Library, Question
from assistant.text.normalize import normalize

LONGEST_COPY = 12
"""Characters of an answer in a row that a question may have; names of laws are not counted."""

ALIKE = 0.8
"""From this likeness on, two questions on one law are the same one."""

KNOWN = 0.7
"""From this likeness on, a question is one that the evaluation asks."""

Rule = Literal["copy", "duplicate", "known", "unanswered"]

_NAME = re.compile("《[^》]*》")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the training question at ``place`` of the list, and in which words."""

    place: int
    rule: Rule
    detail: str


def check_questions(questions: Sequence[Question], library: Library) -> list[Flaw]:
    """Questions that nothing answers, that copy their answer, or that repeat an earlier one on the same law."""
    flaws = [*_unanswered(questions, library), *_copies(questions, library), *_duplicates(questions)]
    return sorted(flaws, key=lambda flaw: flaw.place)


def known_questions(questions: Sequence[Question], known: Sequence[str]) -> list[Flaw]:
    """Questions that are too near to one of ``known``."""
    pairs = alike([question.text for question in questions], known, KNOWN)
    return [Flaw(place, "known", known[other]) for place, other in pairs]


def _unanswered(questions: Sequence[Question], library: Library) -> Iterator[Flaw]:
    for place, question in enumerate(questions):
        if not library.answers(question):
            yield Flaw(place, "unanswered", f"{question.law}{question.number}")


def _copies(questions: Sequence[Question], library: Library) -> Iterator[Flaw]:
    for place, question in enumerate(questions):
        own = _letters(_NAME.sub("", question.text).replace(question.law, ""))
        for answer in library.answers(question):
            if copied := longest_common(own, _letters(answer.text), LONGEST_COPY + 1):
                yield Flaw(place, "copy", copied)
                break


def _duplicates(questions: Sequence[Question]) -> Iterator[Flaw]:
    by_law: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        by_law[question.law].append(place)
    for places in by_law.values():
        texts = [questions[place].text for place in places]
        repeated = {later: earlier for later, earlier in alike(texts, texts, ALIKE) if earlier < later}
        for later, earlier in repeated.items():
            yield Flaw(places[later], "duplicate", texts[earlier])


def longest_common(text: str, other: str, least: int) -> str:
    """The first run of at least ``least`` characters of ``text`` that stands in ``other`` too, as long as it goes."""
    for start in range(len(text) - least + 1):
        end = start + least
        if text[start:end] not in other:
            continue
        while end < len(text) and text[start : end + 1] in other:
            end += 1
        return text[start:end]
    return ""


def alike(texts: Sequence[str], others: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Which of ``texts`` and ``others`` share at least so much of their pairs of neighbouring characters (Jaccard)."""
    numbers: dict[str, int] = {}
    left, right = ([_pairs(text, numbers) for text in each] for each in (texts, others))
    shared = (_matrix(left, len(numbers)) @ _matrix(right, len(numbers)).T).tocoo()
    sizes, other_sizes = (np.array([len(pairs) for pairs in each], dtype=np.int64) for each in (left, right))
    together = sizes[shared.row] + other_sizes[shared.col] - shared.data
    near = shared.data >= least * together
    return sorted(zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True))


def _pairs(text: str, numbers: dict[str, int]) -> list[int]:
    letters = _letters(text)
    pairs = {letters[place : place + 2] for place in range(max(1, len(letters) - 1))}
    return [numbers.setdefault(pair, len(numbers)) for pair in sorted(pairs)]


def _matrix(rows: Iterable[Sequence[int]], columns: int) -> sparse.csr_matrix:
    rows = list(rows)
    ends = np.cumsum([0, *map(len, rows)])
    flat = np.array([number for row in rows for number in row], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(flat), np.int64), flat, ends), shape=(len(rows), columns))


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", normalize(text))
