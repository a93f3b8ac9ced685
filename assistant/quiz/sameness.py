"""When an item that comes in again is the one that the bank has, and what it takes over from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.quiz.types import Item, Origin


def same(one: Item, other: Item) -> bool:
    """Whether two items say the same, whatever the order of their options."""
    return _content(one) == _content(other)


def under(old: Item, new: Item, labels: bool) -> Item:
    """The new item with the old one's origin, where both name the same words of the same clause, or the new one none."""
    if not labels:
        new = replace(new, kind=old.kind, difficulty=old.difficulty, tags=old.tags)
    if old.origin and (new.origin is None or _place(new.origin) == _place(old.origin)):
        return replace(new, origin=old.origin)
    return new


def _place(origin: Origin) -> tuple[str, str, str]:
    return origin.document_id, origin.label, origin.quote


def _content(item: Item) -> tuple[Any, ...]:
    """What makes two items the same, whatever the order of their options."""
    reasons = item.why_wrong or ("",) * len(item.options)
    options = sorted(
        (text, place in item.key, why) for place, (text, why) in enumerate(zip(item.options, reasons, strict=True))
    )
    rest = (item.type, item.kind, item.stem, item.answers, item.explanation, item.origin, item.difficulty, item.tags)
    return *rest, *options
