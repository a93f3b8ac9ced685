"""What an import comes to: the items of a file, and the rows that are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quiz.types import Item

ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""What the id of an item may be."""
MISTAKE = "错误"
"""Under this word a refused row carries what is wrong with it; it is passed over when the row comes in again."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that did not come in: where it stands (第 5 行), why, and its whole content."""

    where: str
    message: str
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """The items of a file, and the rows that are none."""

    items: tuple[Item, ...]
    errors: tuple[RowError, ...]


def keep(items: dict[str, Item], item: Item) -> None:
    """Put an item among those of its file. Raises ``ValueError`` where it is there already."""
    if item.id in items:
        raise ValueError(f"和前面的一道题重复：{item.stem[:20]}")
    items[item.id] = item


def against(reasons: Sequence[str], key: Sequence[int]) -> tuple[str, ...]:
    """The reasons why options are wrong, without any against a right one; nothing where there are none at all."""
    kept = tuple("" if place in key else why for place, why in enumerate(reasons))
    return kept if any(kept) else ()
