"""A row of a table as it was made readable: cells between strokes, the name of its column before each.

What a cell is about stands in its column's name and in the cells of the row that are no quantities (its *keys*), and only
there: the other quantities of the row say nothing about it. Its unit stands beside its number, in brackets in its column's
name or in a key, in a cell 单位, or in a line 单位：… above the table. Where that is not clear the cell is no amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.answer.units import kind_of, per, unit_of
from assistant.answer.wording import Kind
from assistant.types import Passage

_ROW = re.compile(r"表\d+第\d+行")
_CELL = re.compile(r"[^|｜\t]+")
_NAMED = re.compile(r"((?:[^：（(]|[（(][^（()）]*[）)])+)：")
_QUANTITY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([^\d\s]{0,8})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|$|[，（(]|[-—–~～至/]\d)")
_LAST_YEAR = re.compile(r"((?:19|20))\d{2}年?[-—–~～至](?:19|20)?(\d{2})")
_OF_YEARS = re.compile(r".{0,4}(?:年份|年度|时间|时期)|年")
_IGNORED = re.compile(r"序号|编号|文号|备注|说明|附注|依据|来源|电话|代码|排名|日期")
_OF_PLACES = re.compile(r"(?=.*[地区市县乡镇街村社])[地区域市县乡镇街道村社行政划辖名称别所属（）()、/·\s]+")
_TOTAL = re.compile("合计|总计|总数|全市|全县|全省|全区")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
_LIKE_A_UNIT = re.compile("单位|元|/|／|^[万亿]")
_UNIT_LINE = re.compile(r"(?<![制报填送])单位\s*[:：]\s*([^（()）]+)")
_COUNTED = {"人次": "人次", "人数": "人", "户数": "户"}
_NUMBERED = re.compile("[（(]?[一二三四五六七八九十]+[）)、]|第|附")
_NO_UNIT_ABOVE = re.compile("率|比|倍|龄|期限|时限|天数")
_NUMBER_OF = re.compile(r"数量?(?=\s|$)")
_MONEY = re.compile("数(?:量)?$|率|比|倍|龄|期限|时限|天数")
_MONEY = re.compile("标准|金|费|额|支出|收入|补助|补贴")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at ``[start, end)`` of its row's text, its value from ``at`` on; ``name`` is its column's, if known."""

    start: int
    at: int
    end: int
    name: str
    value: str

    @property
    def is_quantity(self) -> bool:
        """Whether it is a number alone, with a unit or without one, and not a year."""
        found = _QUANTITY.fullmatch(self.value)
        return bool(found and (not found[2] or unit_of(found[2])) and not self._is_year)

    @property
    def _is_year(self) -> bool:
        year = re.fullmatch(r"(?:19|20)\d{2}\s?(年?)度?", self.value)
        return bool(year and (year[1] or not self.name or _OF_YEARS.fullmatch(self.name)))


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the lines above it, the nearest first: the table's unit and title, headings, the document's."""

    cells: tuple[Cell, ...]
    above: tuple[str, ...]
    named: bool

    @property
    def about(self) -> tuple[str, ...]:
        """The lines above that say what the table is about: with a title of its own, the document's title does not."""
        headings = self.above[:-1]
        titled = any(not _UNIT_LINE.match(line) and not _NUMBERED.match(line) for line in headings)
        return headings if titled else self.above

    @cached_property
    def keys(self) -> tuple[Cell, ...]:
        """The cells that say what the row is about."""
        return tuple(each for each in self.cells if not each.is_quantity and not _IGNORED.search(each.name))

    @property
    def quantities(self) -> Iterator[Cell]:
        """The cells that may be amounts; none where there is more than one and their columns have no names."""
        found = [each for each in self.cells if each.is_quantity and not _IGNORED.search(each.name)]
        return iter(found if self.named or len(found) == 1 else ())

    def told(self, cell: Cell) -> str:
        """All that the row says of what a cell is about."""
        others = (f"{key.name}：{key.value}" for key in self.keys if key is not cell)
        return "；".join([cell.name or cell.value, *others])

    @property
    def place(self) -> str:
        """The place that the row is about, where a column is named so; the whole of the places is none."""
        named = [key.value for key in self.keys if key.name and _OF_PLACES.fullmatch(key.name)]
        return named[0] if len(named) == 1 and not _TOTAL.search(named[0]) else ""

    def years(self, cell: Cell) -> set[int]:
        """The years that a cell may be of: by its column and its row, else by the nearest line above that names one."""
        own = [key.value for key in self.keys if key is not cell]
        for text in ("，".join([cell.name, *own]), *self.above):
            if found := _years(text):
                return found
        return set()

    def unit(self, cell: Cell) -> str | None:
        """The unit of a quantity, none where it is not clear."""
        number = _QUANTITY.fullmatch(cell.value)
        said = unit_of(number[2].lstrip("万亿")) if number and number[2] else None
        units = self._named_units(cell)
        if len(units) > 1 or None in units:
            return None
        named = next(iter(units), None)
        if said and named and said != named and not named.startswith(f"{said}/"):
            return None
        words = f"{cell.name} {' '.join(key.value for key in self.keys)}"
        unit = named or said or self._unit_above(words)
        return per(unit, words) if unit else None

    def _named_units(self, cell: Cell) -> set[str | None]:
        """The units that the cell's column and row name; ``None`` among them is one that is not known."""
        found: set[str | None] = set()
        for text in (cell.name, *(key.value for key in self.keys)):
            found |= {unit_of(inside) for inside in _BRACKETS.findall(text) if _is_meant_as_unit(inside)}
        return found | {unit_of(key.value) for key in self.keys if re.fullmatch("(?:计量)?单位", key.name)}

    def _unit_above(self, words: str) -> str | None:
        """The unit of a line above the table that fits what the ``words`` count, else the one that these words name."""
        line = next((found for text in self.above if (found := _UNIT_LINE.search(text))), None)
        units = [unit_of(each) or "" for each in re.split("[、，,；;]", line[1])] if line else []
        counted = [unit for word, unit in _COUNTED.items() if word in words]
        if "" in units or len(counted) > 1 or _NO_UNIT_ABOVE.search(words):
            return None
        if counted:
            units = [each for each in units if kind_of(each) is kind_of(counted[0])] or counted
        elif _NUMBER_OF.search(words):
            units = [each for each in units if kind_of(each) is not Kind.MONEY]
        elif _MONEY.search(words):
            units = [each for each in units if kind_of(each) is Kind.MONEY]
        return units[0] if len(units) == 1 else None


def total(told: str) -> int:
    """How often a cell is said to be a total."""
    return len(_TOTAL.findall(told))


def is_row(passage: Passage) -> bool:
    """Whether a passage is a row of a table."""
    return bool(_ROW.fullmatch(passage.label))


def row_of(passage: Passage) -> Row | None:
    """The row of a table that ``passage`` is, or ``None``."""
    if not is_row(passage):
        return None
    cells = tuple(_cells(passage.text))
    headed = any("|" in line for line in passage.heading)
    above = [line for line in (passage.document.title, *passage.heading) if "|" not in line]
    named = any(cell.name for cell in cells)
    return Row(cells if named or not headed else (), tuple(reversed(above)), named)


def _cells(text: str) -> Iterator[Cell]:
    for match in _CELL.finditer(text):
        said = match.group().strip()
        if not said:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        name = _NAMED.match(said)
        at = name.end() if name else 0
        yield Cell(start, start + at, start + len(said), name[1] if name else "", said[at:])


def _years(text: str) -> set[int]:
    return {int(year) for year in (*_YEAR.findall(text), *map("".join, _LAST_YEAR.findall(text)))}


def _is_meant_as_unit(text: str) -> bool:
    return unit_of(text) is not None or bool(_LIKE_A_UNIT.search(text))
