"""Chinese line breaking for PDF: no closing mark begins a line, no opening mark ends one, numbers and words stay whole.

The rules are those of GB/T 15834-2011 (5.1) for where marks may stand; the libraries for PDF know the Japanese ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

CLOSING = frozenset("，。、；：？！）》〉」』】〕”’…—％·,.;:?!)]}%")
OPENING = frozenset("（《〈「『【〔“‘([{")
_PIECE = re.compile(r"[0-9A-Za-z]+(?:[.,:/+-][0-9A-Za-z]+)*|_{2,}|[（(]\s+[）)]|.", re.DOTALL)


def wrap(text: str, first: float, rest: float, width: Callable[[str], float]) -> list[str]:
    """The lines of a text: the first at most ``first`` wide and the others ``rest``, in the unit of ``width``.

    A newline ends a line. What is wider than a line by itself is broken where the line is full.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for unit in _fitting(paragraph, rest, width):
            wide = width(unit)
            if line and used + wide > (rest if lines else first):
                lines.append(line)
                line, used = "", 0.0
                unit = unit.lstrip(" ")
            line, used = line + unit, used + wide
        lines.append(line)
    return lines


def _fitting(text: str, most: float, width: Callable[[str], float]) -> Iterator[str]:
    """The units of a text; one that is wider than ``most`` comes character by character."""
    for unit in _units(text):
        if width(unit) > most:
            yield from unit
        else:
            yield unit


def _units(text: str) -> list[str]:
    """The pieces of a text between which a line may end."""
    units: list[str] = []
    for piece in _PIECE.findall(text):
        if units and (piece in CLOSING or units[-1][-1] in OPENING):
            units[-1] += piece
        else:
            units.append(piece)
    return units
