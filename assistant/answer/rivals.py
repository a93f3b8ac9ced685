"""Rivals: words of which a rule for one says nothing of the others (结婚 and 离婚), and what is about a rival of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def about_a_rival(asked: str, told: str, rivals: Iterable[tuple[Sequence[str], Sequence[str]]]) -> bool:
    """Whether a text that is ``told``, with its title and headings, names rivals of what is ``asked`` and never that itself.

    Each of ``rivals`` are words that rival each other, the longest first (非公募基金会 does not name 公募基金会), and words
    that tell nothing where they stand in a text.
    """
    for words, beside in rivals:
        if meant := _named(asked, words):
            named = _named(re.sub("|".join(map(re.escape, beside)), "，", told) if beside else told, words)
            if named and not meant & named:
                return True
    return False


def _named(text: str, words: Sequence[str]) -> set[str]:
    found = set()
    for word in words:
        if word in text:
            found.add(word)
            text = text.replace(word, "，")
    return found
