"""How likely a run of simplified characters is: word frequencies of general Chinese, and those of the page itself.

The frequencies are those of jieba's dictionary, read from its file; jieba itself is not imported.
"""

from __future__ import annotations

import importlib.util
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.text.neighbours import neighbours

LONGEST = 8
"""Characters of the longest word that is looked up."""

PUNCTUATION = {
    "，": 0.05, "。": 0.025, "、": 0.03, "“": 0.004, "”": 0.004, "（": 0.004, "）": 0.004, "《": 0.004, "》": 0.004,
    "；": 0.006, "：": 0.004, "！": 0.0005, "？": 0.0005, "〔": 0.0005, "〕": 0.0005, "—": 0.001, "…": 0.0003,
    "‘": 0.0003, "’": 0.0003, "·": 0.0003, "%": 0.001, "〈": 0.0002, "〉": 0.0002, "\u3000": 0.001, "【": 0.0001,
    "】": 0.0001, "％": 0.0002,
}  # fmt: skip
"""Share of all characters, in the prose of public bodies: rough, the page's own frequencies refine it."""

_COUNT_OF_OWN_WORDS = 500  # among the sixty million of the dictionary, at least
_SHARE_OF_PAGE = 0.3  # how far the page's own phrases are believed against general Chinese
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_RUN = re.compile("[\u3400-\u9fff]{2,}")
_ALONE = 0.15  # of the places of a Han character it is a word by itself
_FRAGMENT = 0.7  # of its places a run stands inside of the same longer one
_DISCOUNT = 0.75  # off every count of the page: what it says once it may have said by chance
_UNKNOWN_HAN = 1e-10
_UNKNOWN_SIGN = 1e-12
_LATIN = 1e-3  # ASCII and the like: never an outcome to choose between, so one value serves all


@cache
def frequencies() -> dict[str, float]:
    """Every word of the dictionary with its share of all words, and punctuation with its share of all characters."""
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:  # pragma: no cover - a dependency of the project
        raise ModuleNotFoundError("jieba")
    lines = Path(package.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    counts = {word: int(count) for word, count, _ in (line.split(" ") for line in lines)}
    total = sum(counts.values())
    for word in _own_words():
        counts[word] = max(counts.get(word, 0), _COUNT_OF_OWN_WORDS)
    return {word: count / total for word, count in counts.items()} | PUNCTUATION


def _own_words() -> list[str]:
    lines = files("assistant.text").joinpath("words.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@cache
def _sorted_words() -> list[str]:
    return sorted(word for word in frequencies() if len(word) <= LONGEST)


class Lexicon:
    """Log probabilities of words: general Chinese mixed with the phrases of one page."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._general = frequencies()
        lines = list(lines)
        self._page = _units(lines)
        self._page_followers: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self._page:
            for size in range(1, len(unit)):
                self._page_followers[unit[:size]].add(unit[size])
        self._scale = _SHARE_OF_PAGE / max(sum(map(len, lines)), 300)
        self._scores: dict[str, float | None] = {}
        self._followers: dict[str, frozenset[str]] = {}

    def word(self, text: str) -> float | None:
        """The log probability of ``text``, or ``None`` where it is no word; a single character always has one."""
        if text not in self._scores:
            seen = max(0.0, self._page.get(text, 0) - _DISCOUNT) * self._scale
            general = self._general.get(text, 0.0)
            if _HAN.fullmatch(text):
                seen *= _ALONE
                general = (general + _ALONE * neighbours().share(text)) / 2
            share = general * (1 - _SHARE_OF_PAGE) + seen
            if not share and len(text) == 1:
                share = _floor(text)
            self._scores[text] = math.log(share) if share else None
        return self._scores[text]

    def followers(self, text: str) -> frozenset[str]:
        """The characters that continue ``text`` to a word or the beginning of one."""
        if text not in self._followers:
            words = _sorted_words()
            first, last = bisect_left(words, text), bisect_left(words, text + "\U0010ffff")
            size = len(text)
            general = {word[size] for word in words[first:last] if len(word) > size}
            self._followers[text] = frozenset(general | self._page_followers.get(text, set()))
        return self._followers[text]


def _units(lines: Iterable[str]) -> dict[str, int]:
    """Runs of Han characters with their counts that stand as units of their own, and every single character.

    A run that is mostly continued, or preceded, by one and the same character is a fragment of a longer unit.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line)
        for run in _HAN_RUN.findall(line):
            for size in range(2, LONGEST + 2):
                counts.update(run[start : start + size] for start in range(len(run) - size + 1))
    fragments = set()
    for text, count in counts.items():
        for part in (text[:-1], text[1:]):
            if len(part) > 1 and count > _FRAGMENT * counts[part]:
                fragments.add(part)
    return {text: count for text, count in counts.items() if text not in fragments and len(text) <= LONGEST}


def _floor(character: str) -> float:
    if character.isascii() or character.isspace():
        return _LATIN
    return _UNKNOWN_HAN if "\u4e00" <= character <= "\u9fff" else _UNKNOWN_SIGN
