"""How much likelier, or unlikelier, a character is after another than by itself, in the language of public bodies.

A table of neighbouring characters counted in articles of Chinese law (``scripts/count_neighbours.py``). It judges the
seams between words, where a dictionary is silent: that hardly a sentence begins with 或, that 持 is seldom its end.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

LINE_END = "\n"

_PRIOR = 2.0  # so many neighbours, seen and expected, are added to the counts: where few are expected, none says little
_CHANCE = 0.05  # how often characters meet in other texts as if by chance: those of law do not speak for all
_CHANCE_OF_SIGNS = 0.01  # the same beside punctuation, where all texts are more alike
_LEAST_GAIN = 0.7  # pairs whose gain differs less than this from that of a pair never seen are left out
_STEPS = 10  # of a natural logarithm, in the file's whole numbers
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_HAN_PAIR = re.compile("[\u3400-\u9fff]{2}")
_ALIKE = re.compile("[0-9A-Za-z]")


class Neighbours:
    """Log of P(character | the one before) / P(character): kept for ``pairs``, the rest from counts of ``singles``."""

    def __init__(self, pairs: Mapping[str, float], singles: Mapping[str, int]) -> None:
        self._pairs = dict(pairs)
        self._singles = singles
        self._total = sum(singles.values())

    def gain(self, first: str, second: str) -> float:
        """The log factor of ``second`` after ``first``; nothing for a character that was never counted."""
        pair = first + second
        if pair not in self._pairs:
            alike = _alike(pair)
            self._pairs[pair] = self._pairs[alike] if alike in self._pairs else self._gain(alike, 0)
        return self._pairs[pair]

    def share(self, character: str) -> float:
        """The share of ``character`` among all that were counted."""
        return self._singles.get(_alike(character), 0) / self._total

    def _gain(self, pair: str, together: int) -> float:
        expected = self._singles.get(pair[0], 0) * self._singles.get(pair[1], 0) / self._total
        chance = _CHANCE if _HAN_PAIR.fullmatch(pair) else _CHANCE_OF_SIGNS
        return math.log((1 - chance) * (together + _PRIOR) / (expected + _PRIOR) + chance)

    def worth_keeping(self, pair: str, together: int) -> float | None:
        """The gain of a pair seen ``together`` times, where it is not nearly that of a pair never seen."""
        gain = self._gain(pair, together)
        return gain if gain - self._gain(pair, 0) >= _LEAST_GAIN else None


def _alike(text: str) -> str:
    """Digits and Latin letters count as one, half-width punctuation as full-width."""
    return _ALIKE.sub("0", text).translate(_FULL_WIDTH)


@cache
def neighbours() -> Neighbours:
    """The table that comes with the package."""
    with np.load(io.BytesIO(files("assistant.text").joinpath("neighbours.npz").read_bytes())) as table:
        keys = np.cumsum(table["pairs"], dtype=np.uint32).tolist()
        gains = (table["gains"] / _STEPS).tolist()
        singles = dict(zip(map(chr, table["characters"].tolist()), table["counts"].tolist(), strict=True))
    pairs = {chr(key >> 16) + chr(key & 0xFFFF): gain for key, gain in zip(keys, gains, strict=True)}
    return Neighbours(pairs, singles)


def count(texts: Iterable[str]) -> bytes:
    """The table of ``texts`` as the file's bytes."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        line = _alike(f"{LINE_END}{text}{LINE_END}")
        singles.update(line)
        pairs.update(map("".join, pairwise(line)))
    singles = Counter({character: many for character, many in singles.items() if ord(character) <= 0xFFFF})
    table = Neighbours({}, singles)
    kept = {
        pair: table.worth_keeping(pair, together) for pair, together in pairs.items() if set(pair) <= singles.keys()
    }
    return _file({pair: gain for pair, gain in kept.items() if gain is not None}, singles)


def _file(gains: Mapping[str, float], singles: Mapping[str, int]) -> bytes:
    keys = {ord(pair[0]) << 16 | ord(pair[1]): gain for pair, gain in gains.items()}
    order = sorted(keys)
    characters = sorted(singles)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        pairs=np.diff(np.array(order, dtype=np.uint32), prepend=np.uint32(0)),
        gains=np.array([round(keys[key] * _STEPS) for key in order], dtype=np.int8),
        characters=np.array([ord(character) for character in characters], dtype=np.uint16),
        counts=np.array([singles[character] for character in characters], dtype=np.uint32),
    )
    return file.getvalue()
