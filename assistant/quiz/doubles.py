"""Items that ask nearly the same as another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quiz.likeness import dice
from assistant.quiz.stems import GAP
from assistant.quiz.types import BLANK, Item

_SAME_ITEM = 0.8
_BESIDE = 3
"""So many characters behind a gap tell that a stem speaks of the same."""


def doubles(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """The items that ask nearly the same as one before them, each with that one."""
    found, kept = [], Kept()
    for item in items:
        other = kept.like(item)
        if other:
            found.append((item, other))
        else:
            kept.add(item)
    return found


def tells(one: Item, other: Item) -> bool:
    """Whether the stem of ``one`` prints what ``other`` asks for: the words of its key, in a gap with those beside it."""
    if other.type in ("判断", "简答"):
        return False
    gap = BLANK if other.type == "填空" else GAP
    _, found, behind = other.stem.partition(gap)
    answers = [way for answer in other.key_text for way in answer.split("|")]
    if found and behind.strip("。"):
        return any(answer + behind[:_BESIDE].rstrip("。") in one.stem for answer in answers)
    return any(answer.split("：")[0] in one.stem for answer in answers)


class Kept:
    """Items that were taken, to find those that would ask the same once more."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], list[tuple[Item, str]]] = {}

    def add(self, item: Item) -> None:
        """Take an item."""
        self._items.setdefault(_shelf_mark(item), []).append((item, _asked(item)))

    def like(self, item: Item) -> Item | None:
        """An item that was taken and asks nearly the same: of the same type and law, in nearly the same words."""
        asked = _asked(item)
        for other, words in self._items.get(_shelf_mark(item), ()):
            if dice(asked, words) > _SAME_ITEM and set(item.key_text) & set(other.key_text):
                return other
        return None


def _shelf_mark(item: Item) -> tuple[str, str]:
    return item.type, item.origin.document_id if item.origin else ""


def _asked(item: Item) -> str:
    text = re.sub(r"^根据《[^》]+》(?:第[^，]+[条款])?，", "", item.stem)
    return text + "".join(item.key_text if item.type != "判断" else ())
