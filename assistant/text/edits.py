"""Changes to a text as values: applied, joined into one list, and followed back to the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.types import Repair

MOST_TELLING = (
    "mojibake", "vanished", "lost-byte", "shift", "pinyin", "boilerplate", "markup", "entity", "line-break", "spacing",
    "punctuation", "simplify", "doubtful",
)  # fmt: skip
"""The rules, the one that says most about a change first: where changes are merged, that one names the whole."""


def replay(raw: str, repairs: Iterable[Repair]) -> str:
    """``raw`` with every change made. Raises ``ValueError`` where a change does not fit the text."""
    pieces: list[str] = []
    place = 0
    for each in repairs:
        end = each.start + len(each.before)
        if each.start < place or raw[each.start : end] != each.before:
            raise ValueError(f"repair at {each.start} does not fit: {each.before[:40]!r}")
        pieces += (raw[place : each.start], each.after)
        place = end
    return "".join((*pieces, raw[place:]))


def to_raw(repairs: Sequence[Repair], offset: int) -> int:
    """The offset in the raw text of ``offset`` in the repaired one; inside of a change, the place where it begins."""
    mapped = _mapped(repairs)
    index = bisect_right(mapped, offset, key=lambda each: each.start) - 1
    if index < 0:
        return offset
    each = mapped[index]
    return each.raw_start if offset < each.end else each.raw_end + offset - each.end


class _Mapped(NamedTuple):
    """A repair with its span ``[start, end)`` in the repaired text and ``[raw_start, raw_end)`` in the raw one."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    repair: Repair


def _mapped(repairs: Sequence[Repair]) -> list[_Mapped]:
    mapped = []
    gained = 0
    for each in repairs:
        start = each.start + gained
        gained += len(each.after) - len(each.before)
        mapped.append(_Mapped(start, start + len(each.after), each.start, each.start + len(each.before), each))
    return mapped


def compose(raw: str, first: Sequence[Repair], second: Sequence[Repair]) -> tuple[Repair, ...]:
    """One list of changes to ``raw`` that does what ``first`` and then, on its result, ``second`` do."""
    middle = replay(raw, first)
    mapped = _mapped(first)
    done: list[Repair] = []
    index = 0
    later = 0
    while index < len(mapped) or later < len(second):
        earlier_group, later_group, index, later = _group(mapped, second, index, later)
        if not later_group:
            done += [each.repair for each in earlier_group]
        else:
            done.append(_merge(raw, middle, mapped, index, earlier_group, later_group))
    return tuple(each for each in done if each.before != each.after or not each.certain)


def _group(
    mapped: Sequence[_Mapped], second: Sequence[Repair], index: int, later: int
) -> tuple[list[_Mapped], list[Repair], int, int]:
    """The next changes of both lists that overlap, and where to go on in each."""
    earlier_group: list[_Mapped] = []
    later_group: list[Repair] = []
    start, end = -1, -1
    while True:
        if index < len(mapped) and (
            _touches(mapped[index].start, mapped[index].end, start, end)
            or (start < 0 and (later == len(second) or mapped[index].start <= second[later].start))
        ):
            start, end = _widened(start, end, mapped[index].start, mapped[index].end)
            earlier_group.append(mapped[index])
            index += 1
        elif later < len(second) and (
            start < 0 or _touches(second[later].start, second[later].start + len(second[later].before), start, end)
        ):
            each = second[later]
            start, end = _widened(start, end, each.start, each.start + len(each.before))
            later_group.append(each)
            later += 1
        else:
            return earlier_group, later_group, index, later


def _touches(start: int, end: int, group_start: int, group_end: int) -> bool:
    if group_start < 0:
        return False
    return start < group_end or (start == end == group_start == group_end)


def _widened(start: int, end: int, other_start: int, other_end: int) -> tuple[int, int]:
    return (other_start, other_end) if start < 0 else (min(start, other_start), max(end, other_end))


def _merge(
    raw: str, middle: str, mapped: Sequence[_Mapped], index: int, earlier: Sequence[_Mapped], later: Sequence[Repair]
) -> Repair:
    start = min([each.start for each in earlier] + [later[0].start])
    end = max([each.end for each in earlier] + [later[-1].start + len(later[-1].before)])
    before_group = index - len(earlier) - 1
    raw_start = _raw_offset(mapped, before_group, start)
    if earlier and earlier[0].start == start:
        raw_start = earlier[0].raw_start
    raw_end = _raw_offset(mapped, index - 1, end)
    shifted = [Repair(each.rule, each.start - start, each.before, each.after) for each in later]
    rules = [each.repair.rule for each in earlier] + [each.rule for each in later]
    certain = all(each.repair.certain for each in earlier) and all(each.certain for each in later)
    after = replay(middle[start:end], shifted)
    return Repair(min(rules, key=MOST_TELLING.index), raw_start, raw[raw_start:raw_end], after, certain)


def _raw_offset(mapped: Sequence[_Mapped], last: int, offset: int) -> int:
    """``offset`` of the middle text in the raw one, where ``mapped[last]`` is the last change before it."""
    if last < 0:
        return offset
    return mapped[last].raw_end + offset - mapped[last].end
