"""Tables made readable row by row: before every cell stands the name of its column (农村 | 标准（元/人·月）：731).

So a row says by itself what its figures are, and a quote of it holds them together. It is done only where it is clear
which name belongs to which cell; any other table stays as it was written, and no figure is read off it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.ingest.lines import Line, lines_of
from assistant.ingest.tables import FIRST_CELL, NAMED, cell_spans, cells, header_rows, is_rule, run_of_rows
from assistant.types import Repair

PARTING = " | "
"""Stands between the cells of a row whose columns are named."""

_LONGEST_NAME = 40
_NO_NAME = re.compile(r"[：:](?![^（(]*[）)])|。")
_NOTHING = re.compile(r"[-—–―/／…\s]*|无")
_REMARKS = re.compile("备注|说明|附注|注")


def with_columns(text: str) -> tuple[Repair, ...]:
    """The repairs that write the name of its column before every cell of the tables of ``text``."""
    if not re.search("[|｜\t]", text):
        return ()
    return tuple(_of_tables(lines_of(text)))


def _of_tables(lines: Sequence[Line]) -> Iterator[Repair]:
    at = 0
    while at < len(lines):
        count = run_of_rows(lines, at)
        yield from _of_table([row for row in lines[at : at + count] if not is_rule(row.text)])
        at += count or 1


def _of_table(rows: Sequence[Line]) -> Iterator[Repair]:
    headers = header_rows(rows) if len(rows) > 1 else 0
    table = [cells(row.text) for row in rows]
    if not headers or any(len(row) != len(table[0]) for row in table[:headers]) or len(table[0]) < max(map(len, table)):
        return
    names = _names(table[:headers])
    whole = [row for row in table[headers:] if len(row) == len(names)]
    columns = [[row[place] for row in whole] for place in range(len(names))]
    if not any(map(_is_of_figures, columns)):
        return
    needed = [_is_needed(name, column) for name, column in zip(names, columns, strict=True)]
    for row, said in zip(rows[headers:], table[headers:], strict=True):
        if said in whole and _is_clear(said, names, needed):
            yield from _of_row(row, names)


def _is_needed(name: str, column: Sequence[str]) -> bool:
    """Whether a column says what its rows are about, so that a row means nothing without it."""
    return any(column) and not _is_of_figures(column) and not _REMARKS.search(name)


def _names(header: Sequence[Sequence[str]]) -> list[str]:
    """A name for each column, that of the first may be empty; none where two are alike or one is missing."""
    rows = [list(row) for row in header]
    for row in rows[:-1]:
        for place in range(2, len(row)):
            row[place] = row[place] or row[place - 1]
    names = [
        "，".join(dict.fromkeys(part.rstrip("：:") for part in parts if part)) for parts in zip(*rows, strict=True)
    ]
    unclear = any(len(name) > _LONGEST_NAME or _NO_NAME.search(name) for name in names)
    return [] if unclear or not all(names[1:]) or len(set(names)) < len(names) else names


def _is_of_figures(column: Sequence[str]) -> bool:
    said = [cell for cell in column if not _NOTHING.fullmatch(cell)]
    return bool(said) and all(re.search(r"\d", cell) for cell in said)


def _is_clear(row: Sequence[str], names: Sequence[str], needed: Sequence[bool]) -> bool:
    """Whether no cell is empty that says what the row is about: it may go on with the one above it, or not."""
    missing = any(need and not cell for need, cell in zip(needed, row, strict=True))
    unnamed = not names[0] and re.search("[：:]", row[0])
    return not missing and not unnamed and len(names[0]) + len(row[0]) < FIRST_CELL


def _of_row(row: Line, names: Sequence[str]) -> Iterator[Repair]:
    reached, first = 0, True
    for (start, end), name in zip(cell_spans(row.text), names, strict=True):
        if start == end:
            continue
        after = ("" if first else PARTING) + (f"{name}{NAMED}" if name else "")
        yield Repair("column", row.start + reached, row.text[reached:start], after)
        reached, first = end, False
    if reached < len(row.text):
        yield Repair("column", row.start + reached, row.text[reached:], "")
