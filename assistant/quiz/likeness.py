"""How alike two texts are, by their pairs of characters: for duplicates, for options that say the same, for leaks."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9%]+")


@lru_cache(maxsize=100_000)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of ``text`` without punctuation; a single character stands for itself."""
    bare = _SIGNS.sub("", text)
    return frozenset(bare[place : place + 2] for place in range(len(bare) - 1)) or frozenset([bare])


def dice(one: str, other: str) -> float:
    """Dice's coefficient of the two texts' pairs: 1 for the same words, 0 for none in common."""
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second))


def covered(text: str, by: str) -> float:
    """The share of the pairs of ``text`` that ``by`` has too."""
    return len(pairs(text) & pairs(by)) / len(pairs(text))


def longest_common(one: str, other: str) -> str:
    """The longest run of characters that stands in both texts."""
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best
