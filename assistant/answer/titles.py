"""Titles as people write them: which document a question names, and which version of it."""

from __future__ import annotations

import re

from assistant.answer.question import Question
from assistant.types import Document

_ALIKE = 0.7
"""The share of a title's character pairs that names an old version together with its year."""
_OLD = re.compile(
    r"旧(?:的|法|版|条例|办法)|老(?:的|法|版|条例|办法)|(?:以前|过去|原来|当年|当时|那时|早先)的?|试行|废止|已失效|修[订改正]以?前"
)


def title_match(text: str, title: str) -> float:
    """How far ``text`` spells out a title: above 1 for the whole of it (more for a longer one), else a share of pairs."""
    core = re.sub(r"中华人民共和国|[（(][^）)]*[）)]", "", title)
    if core in text:
        return 1 + len(core) / 100
    pairs = {core[place : place + 2] for place in range(len(core) - 1)}
    return sum(pair in text for pair in pairs) / max(1, len(pairs))


def names_version(question: Question, document: Document) -> bool:
    """Whether the question asks for this very version: by its id, or by its title and the year it began or as the old one."""
    return document.id in question.titles or says_version(question.text, question.official, document)


def says_version(text: str, official: str, document: Document) -> bool:
    """The same of a ``text`` that has not been understood yet, and that text in official terms."""
    if title_match(official, document.title) < _ALIKE:
        return False
    return bool(years_of(document) & _years(text)) or bool(_OLD.search(text))


def years_of(document: Document) -> set[int]:
    """The years by which a version is told: those of its dates, and those in its title and id."""
    known = document.metadata
    return {day.year for day in (known.issued, known.effective) if day} | _years(f"{document.title} {document.id}")


def _years(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", text)}
