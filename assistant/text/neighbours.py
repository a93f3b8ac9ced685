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

import numpy as np

LINE_END = "\n"

_PRIOR = 200  # neighbours seen so often are believed half: a small count says little
_LEAST_COUNT = 10
_LEAST_GAIN = 0.5  # pairs that say less than this beyond their first character are left out
_STEPS = 10  # of a natural logarithm, in the file's whole numbers
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_ALIKE = re.compile("[0-9A-Za-z]")


class Neighbours:
    """Log of P(character | the one before) / P(character), by pairs; what is not in the table falls to its first."""

    def __init__(self, pairs: Mapping[str, float], unseen: Mapping[str, float]) -> None:
        self._pairs = dict(pairs)
        self._unseen = unseen

    def gain(self, first: str, second: str) -> float:
        """The log factor of ``second`` after ``first``; nothing for a character that was never counted."""
        pair = first + second
        if pair not in self._pairs:
            self._pairs[pair] = self._judge(_alike(first), _alike(second))
        return self._pairs[pair]

    def _judge(self, first: str, second: str) -> float:
        if second not in self._unseen:
            return 0.0
        return self._pairs.get(first + second, self._unseen.get(first, 0.0))


def _alike(text: str) -> str:
    """Digits and Latin letters count as one, half-width punctuation as full-width."""
    return _ALIKE.sub("0", text).translate(_FULL_WIDTH)


@cache
def neighbours() -> Neighbours:
    """The table that comes with the package."""
    with np.load(io.BytesIO(files("assistant.text").joinpath("neighbours.npz").read_bytes())) as table:
        keys = np.cumsum(table["pairs"], dtype=np.uint32).tolist()
        gains = (table["gains"] / _STEPS).tolist()
        unseen = (table["unseen"] / _STEPS).tolist()
        characters = table["characters"].tolist()
    pairs = {chr(key >> 16) + chr(key & 0xFFFF): gain for key, gain in zip(keys, gains, strict=True)}
    return Neighbours(pairs, dict(zip(map(chr, characters), unseen, strict=True)))


def count(texts: Iterable[str]) -> bytes:
    """The table of ``texts`` as the file's bytes."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        line = _alike(f"{LINE_END}{text}{LINE_END}")
        singles.update(line)
        pairs.update(map("".join, zip(line, line[1:], strict=False)))
    total = sum(singles.values())
    unseen = {character: math.log(_PRIOR / (many + _PRIOR)) for character, many in singles.items()}
    gains: dict[int, float] = {}
    for (first, second), together in pairs.items():
        gain = math.log((together * total / singles[second] + _PRIOR) / (singles[first] + _PRIOR))
        known = ord(first) <= 0xFFFF and ord(second) <= 0xFFFF and together >= _LEAST_COUNT
        if known and abs(gain) >= _LEAST_GAIN and gain - unseen[first] >= _LEAST_GAIN:
            gains[ord(first) << 16 | ord(second)] = gain
    return _file(gains, {character: value for character, value in unseen.items() if ord(character) <= 0xFFFF})


def _file(gains: Mapping[int, float], unseen: Mapping[str, float]) -> bytes:
    keys = sorted(gains)
    characters = sorted(unseen)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        pairs=np.diff(np.array(keys, dtype=np.uint32), prepend=np.uint32(0)),
        gains=np.array([round(gains[key] * _STEPS) for key in keys], dtype=np.int8),
        characters=np.array([ord(character) for character in characters], dtype=np.uint16),
        unseen=np.array([round(unseen[character] * _STEPS) for character in characters], dtype=np.int8),
    )
    return file.getvalue()
