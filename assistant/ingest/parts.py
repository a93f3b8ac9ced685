"""The named pieces inside a passage: 款, 项 and 目 of an article, items of a list, 一是…二是… of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.ingest.lines import CHINESE, NUMBERED, Kind, Line, Mark, mark_of
from assistant.types import Part

_SIGNS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item at ``[start, end)``; its sub-items end where it ends at the latest."""

    start: int
    end: int
    mark: Mark
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A 款: one paragraph of an article at ``[start, end)`` with its items."""

    start: int
    end: int
    items: tuple[Item, ...] = ()


def spoken(number: int) -> str:
    """``number`` (1 to 9999) as it is said: 12 is 十二, 105 is 一百零五."""
    said, skipped = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if skipped and said else "") + _SIGNS[digit] + sign
        skipped = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said


# Items -----------------------------------------------------------------------------------------------------------

_INLINE = re.compile(rf"[（(]\s?{CHINESE}{{1,3}}\s?[)）]|(?<!\d)\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[)）]|[①-⑳]")
_BEFORE_FIRST = "：:"
_BEFORE_NEXT = "；;。，,、"
_NOT_AN_ITEM = re.compile(r"[)）]?\s?(?:项|款|目|、\s?[（(]|至|和第|或者第)")


def _marks(line: Line) -> Iterator[tuple[int, Mark]]:
    """Marks of items in one line with their offsets in the document: at its head, and in sequence behind ： and ；."""
    expected: dict[Kind, int] = {}
    if line.mark and line.mark.kind in NUMBERED:
        expected[line.mark.kind] = line.mark.number + 1
        yield line.start, line.mark
    head = line.mark.size if line.mark else 0
    for found in _INLINE.finditer(line.text, head):
        mark = mark_of(line.text[found.start() :])
        before = line.text[: found.start()].rstrip()[-1:]
        if mark is None or _NOT_AN_ITEM.match(line.text, found.end()):
            continue
        begins = mark.number == 1 and (before in _BEFORE_FIRST or found.start() == head)
        if begins or (mark.number == expected.get(mark.kind) and before in _BEFORE_NEXT):
            expected[mark.kind] = mark.number + 1
            yield line.start + found.start(), mark


def items_of(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items that stand in ``lines``, the deeper ones inside the ones above them."""
    marks = [mark for line in lines for mark in _marks(line)]
    if not marks:
        return ()
    ends = _ends(lines, [start for start, _ in marks])
    return _nested([(start, end, mark) for (start, mark), end in zip(marks, ends, strict=True)])


def _ends(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """Where the text of each item ends if nothing is nested in it: before the next item, blanks left out.

    The last item of a series inside a line ends with its sentence: what follows there speaks of the whole again.
    """
    ends = []
    for start, following in zip(starts, [*starts[1:], lines[-1].end], strict=True):
        line = max((line for line in lines if line.start < following and line.end > start), key=lambda line: line.start)
        inside = line.text[: following - line.start].rstrip()
        stop = line.text.find("。", start - line.start + 1) if line.start < start else -1
        ends.append(line.start + (stop + 1 if 0 <= stop < len(inside) and following == line.end else len(inside)))
    return ends


def _nested(flat: list[tuple[int, int, Mark]]) -> tuple[Item, ...]:
    found: list[Item] = []
    at = 0
    while at < len(flat):
        start, end, mark = flat[at]
        inner = at + 1
        while inner < len(flat) and flat[inner][2].kind > mark.kind:
            inner += 1
        end = flat[inner - 1][1]
        found.append(Item(start, end, mark, _nested(flat[at + 1 : inner])))
        at = inner
    return tuple(found)


# Articles --------------------------------------------------------------------------------------------------------


def clauses_of(lines: Sequence[Line]) -> list[Clause]:
    """The 款 of an article: every unnumbered paragraph begins one, items and broken lines belong to the one before."""
    groups: list[list[Line]] = []
    for line in lines:
        bare = bool(groups) and groups[-1][-1].kind is Kind.ARTICLE and not groups[-1][-1].body
        broken = bool(groups) and not groups[-1][-1].finished
        if not groups or not (bare or broken or line.kind in NUMBERED):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [Clause(group[0].start, group[-1].end, items_of(group)) for group in groups]


def clause_labels(label: str, first: int, count: int, *, alone: bool) -> list[str]:
    """Names of ``count`` 款 from number ``first`` on; the only 款 of an article is called by the article's name."""
    return [label if alone else f"{label}第{spoken(number)}款" for number in range(first, first + count)]


def article_parts(clause: Clause, label: str, article: str) -> Iterator[Part]:
    """The 款 (when it has a name of its own) with its 项 and 目, an outer part before those inside it."""
    if label != article:
        yield Part(clause.start, clause.end, label)
    for item in clause.items:
        name = f"{label}第{item.mark.label}项"
        yield Part(item.start, item.end, name)
        for inner in item.items:
            yield Part(inner.start, inner.end, f"{name}第{inner.mark.label}目")


# Paragraphs ------------------------------------------------------------------------------------------------------

_POINT = re.compile(r"(?:(?<=[。；：，！？,;:])|^)\s*(十?[一二三四五六七八九]|十)是(?![否的])")


def list_parts(items: Sequence[Item], label: str) -> Iterator[Part]:
    """The items of a list in a paragraph: 二（一）第2段 with items 1. and （1） gives 二（一）第2段1（1）."""
    for item in items:
        name = f"{label}{item.mark.label}"
        yield Part(item.start, item.end, name)
        yield from list_parts(item.items, name)


def points_of(text: str, start: int, end: int, label: str) -> tuple[Part, ...]:
    """The points 一是…二是… inside ``text[start:end]``, when there are two or more in sequence.

    A point ends before the next one, the last with the passage. ``label`` is that of the heading they stand under.
    """
    found: list[tuple[int, str]] = []
    expected = 1
    for match in _POINT.finditer(text[start:end]):
        mark = mark_of(match.group(0).lstrip())
        if mark and (mark.number == expected or (not found and match.start() == 0)):
            found.append((start + match.start(1), mark.label))
            expected = mark.number + 1
    return _points(text, found, end, label) if len(found) > 1 else ()


def _points(text: str, found: list[tuple[int, str]], end: int, label: str) -> tuple[Part, ...]:
    parts = []
    for (begin, name), following in zip(found, [*[begin for begin, _ in found[1:]], end], strict=True):
        parts.append(Part(begin, begin + len(text[begin:following].rstrip()), f"{label}{name}"))
    return tuple(parts)
