"""Rows of tables in a text: cells between tabs or upright strokes, and which rows are the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.ingest.lines import Kind, Line

_FIGURE = re.compile(r"(?!(?:19|20)\d\d\s?年?度?$)[约近超≥≤<>±+-]?\d[\d.,，—~～-]*\s?[^\s\d]{0,8}")
"""A cell that is an amount; a year is not, for columns are named by years."""

NAMED = "："
"""Stands between the name of a column and what a cell of it says."""

_RULE = re.compile(r"[|｜\s:+\-—─━═]*[-—─━═]{2,}[|｜\s:+\-—─━═]*")


_TAB = re.compile("\t")
_STROKE = re.compile("[|｜]")

_LEAST_ROWS = 2

FIRST_CELL = 60
"""A line in which more characters stand before the first stroke is running text."""


def cells(text: str) -> list[str]:
    """The cells of a row, blanks around them left out; a single one where the text is no row."""
    return [text[start:end] for start, end in cell_spans(text)]


def cell_spans(text: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it, blanks around them left out.

    Strokes at both ends are the frame of the row, a stroke at the beginning alone stands behind an empty first cell.
    """
    parting = _TAB if "\t" in text else _STROKE
    strokes = [match.start() for match in parting.finditer(text)]
    if parting is _STROKE and len(strokes) > 1 and strokes[0] == 0 and strokes[-1] == len(text) - 1:
        edges = strokes
    else:
        edges = [-1, *strokes, len(text)]
    return [_stripped(text, before + 1, stroke) for before, stroke in pairwise(edges)]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return start, start + len(said.strip())


def run_of_rows(lines: Sequence[Line], at: int) -> int:
    """How many lines from ``at`` on are rows of one table; 0 where none begins.

    A single line with a tab or one stroke in it is taken for a line in which a blank or a damaged sign looks so.
    """
    end = at
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    count = end - at
    alone = count == 1 and ("\t" in lines[at].text or (len(cells(lines[at].text)) < 3 and not _is_framed(lines[at])))
    return 0 if alone or all(is_rule(line.text) for line in lines[at:end]) else count


def _is_row(line: Line) -> bool:
    if _is_framed(line):
        return True
    found = cells(line.text)
    marked = line.kind is not None and line.kind is not Kind.ARABIC
    return len(found) > 1 and any(found) and len(found[0]) <= FIRST_CELL and not marked


def _is_framed(line: Line) -> bool:
    return line.text[0] in "|｜" and line.text[-1] in "|｜" and len(line.text) > 1


def is_rule(text: str) -> bool:
    """Whether a row is only drawn: |---|---|."""
    return bool(_RULE.fullmatch(text))


def header_rows(rows: Sequence[Line]) -> int:
    """How many of the first rows are the header.

    The first row is one unless a cell of it is a figure; another follows where the row above has merged cells (a cell
    that repeats beside itself, or is empty) and it holds no figure either. At least one row of data is left. A cell
    may have the name of its column before it (``columns``).
    """
    count = 0
    while count < len(rows) - 1:
        row = cells(rows[count].text)
        if any(_FIGURE.fullmatch(cell.rpartition(NAMED)[2]) for cell in row if cell):
            break
        count += 1
        merged = any(cell == beside for cell, beside in pairwise(row)) or "" in row
        if not merged:
            break
    return count


def with_strokes(lines: Sequence[str]) -> list[str]:
    """Lines with strokes between the cells of tables whose rows a page shows with blanks only.

    A table is a header of names and at least two rows with as many cells, of which the last is a figure and the first
    none; a row with an empty or a broken cell has another number of them and stays as it is.
    """
    parted, at = list(lines), 0
    while at < len(lines):
        header, end = lines[at].split(), at + 1
        while end < len(lines) and _fits_below(lines[end].split(), header):
            end += 1
        if end - at > _LEAST_ROWS:
            parted[at:end] = [" | ".join(line.split()) for line in lines[at:end]]
        at = end
    return parted


def _fits_below(row: Sequence[str], header: Sequence[str]) -> bool:
    names = len(header) > 1 and all(len(name) > 1 and not _FIGURE.fullmatch(name) for name in header)
    return names and len(row) == len(header) and bool(_FIGURE.fullmatch(row[-1])) and not _FIGURE.fullmatch(row[0])
