"""Changes to a text as values: replayed, followed back to the raw text, and several rounds of them made into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Repair


def replay(raw: str, repairs: Sequence[Repair]) -> str:
    """The text that ``repairs`` (sorted, not overlapping) make of ``raw``.

    Raises ``ValueError`` where a repair does not find what it is to change.
    """
    parts, place = [], 0
    for repair in repairs:
        end = repair.start + len(repair.before)
        if repair.start < place or raw[repair.start : end] != repair.before:
            raise ValueError(f"repair at {repair.start} does not fit the text: {repair.before[:40]!r}")
        parts += [raw[place : repair.start], repair.after]
        place = end
    return "".join((*parts, raw[place:]))


def to_raw(repairs: Sequence[Repair], offset: int) -> int:
    """The offset in the raw text of ``offset`` in the repaired one; inside a change, where the change begins."""
    grown = 0
    for repair in repairs:
        start = repair.start + grown
        if offset < start:
            break
        if offset < start + len(repair.after):
            return repair.start
        grown += len(repair.after) - len(repair.before)
    return offset - grown


@dataclass(frozen=True, slots=True)
class _Change:
    """A repair at ``[start, end)`` of the text between the two steps; ``later`` when it belongs to the second."""

    start: int
    end: int
    later: bool
    repair: Repair

    @property
    def growth(self) -> int:
        """How many characters longer the raw text is here."""
        return 0 if self.later else len(self.repair.before) - len(self.repair.after)


def compose(raw: str, first: Sequence[Repair], second: Sequence[Repair]) -> tuple[Repair, ...]:
    """The repairs of ``raw`` that do what ``first`` and then ``second`` do.

    ``second`` is expressed against the text that ``first`` makes of ``raw``. Where a repair of ``second`` changes what
    one of ``first`` touched, they become one repair with the rule of the first, since what was done to it later only follows; others stay.
    """
    between = replay(raw, first)
    composed: list[Repair] = []
    growth = 0
    for group in _groups(_changes(first, second)):
        start, end = group[0].start, max(change.end for change in group)
        grown = sum(change.growth for change in group)
        if len(group) == 1 and not group[0].later:
            composed.append(group[0].repair)
        else:
            later = [change for change in group if change.later]
            inside = [_moved(change.repair, -start) for change in later]
            before = raw[start + growth : end + growth + grown]
            certain = all(change.repair.certain for change in group)
            after = replay(between[start:end], inside)
            rule = min(group, key=lambda change: change.later).repair.rule
            composed.append(Repair(rule, start + growth, before, after, certain))
        growth += grown
    return tuple(composed)


def _changes(first: Sequence[Repair], second: Sequence[Repair]) -> list[_Change]:
    changes, shift = [], 0
    for repair in first:
        start = repair.start + shift
        changes.append(_Change(start, start + len(repair.after), False, repair))
        shift += len(repair.after) - len(repair.before)
    changes += [_Change(repair.start, repair.start + len(repair.before), True, repair) for repair in second]
    return sorted(changes, key=lambda change: (change.start, change.end, change.later))


def _groups(changes: Sequence[_Change]) -> list[list[_Change]]:
    """Changes that overlap, together; what the second step puts in where the first took out overlaps too."""
    groups: list[list[_Change]] = []
    end = -1
    for change in changes:
        point = change.later and change.start == change.end == end == (groups[-1][0].start if groups else -1)
        if groups and (change.start < end or point):
            groups[-1].append(change)
            end = max(end, change.end)
        else:
            groups.append([change])
            end = change.end
    return groups


def _moved(repair: Repair, by: int) -> Repair:
    return Repair(repair.rule, repair.start + by, repair.before, repair.after, repair.certain)
