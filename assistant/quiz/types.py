"""The nouns of the quiz: an item and where it comes from. A wrong one cannot be constructed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

ItemType = Literal["单选", "多选", "判断", "填空", "简答"]
Kind = Literal["期限数字", "责任主体", "条件情形", "定义", "应当可以不得", "处罚", "条文查找", "案例", "其他"]
"""What an item asks about; 其他 is for items that were brought in from outside."""

TYPES: tuple[ItemType, ...] = get_args(ItemType)
KINDS: tuple[Kind, ...] = get_args(Kind)
RIGHT_WRONG = ("正确", "错误")
"""The options of every 判断 item."""
BLANK = "____"
"""A gap in the stem of a 填空 item; there are as many as ``answers``."""
LETTERS = "ABCDEFGH"
"""The names of options on paper; an item has at most this many."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The clause an item stands on: ``quote`` is ``[start, end)`` of the document's text whose hash is ``sha256``.

    ``passage`` is the whole passage around the quote, beginning at ``passage_start``; ``label`` is the quote's place as an
    official would say it (第九条第二款). ``sha256`` is of the repaired text as UTF-8. Raises ``ValueError`` where the
    quote is empty or does not stand at its place in the passage.
    """

    document_id: str
    title: str
    number: str
    sha256: str
    label: str
    quote: str
    start: int
    end: int
    passage: str
    passage_start: int
    effective: date | None = None

    def __post_init__(self) -> None:
        at = self.start - self.passage_start
        stands = at >= 0 and self.passage[at : at + len(self.quote)] == self.quote
        if not self.quote or not stands or self.end != self.start + len(self.quote):
            raise ValueError(f"the quote is not in its passage: {self.quote[:40]!r}")

    @property
    def passage_id(self) -> str:
        """The passage's id in the index."""
        return f"{self.document_id}:{self.passage_start}-{self.passage_start + len(self.passage)}"


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its key and the clause that proves it.

    ``key`` holds indexes into ``options`` (ascending); 填空 and 简答 have no options and no key but ``answers``: for 填空 the
    accepted answers, one entry a blank, alternatives apart by ``|``; for 简答 the marking points, one entry a point.
    ``why_wrong`` has one entry an option, empty for the right ones. ``difficulty`` goes from 0 (easy) to 1. ``origin`` is
    ``None`` only for an item that was brought in from outside without its clause. ``id`` is made from the content where
    it is left out; an item that is edited keeps its id. Raises ``ValueError`` for an item that cannot be put or marked.
    """

    type: ItemType
    kind: Kind
    stem: str
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: str = ""
    origin: Origin | None = None
    why_wrong: tuple[str, ...] = ()
    difficulty: float = 0.5
    tags: tuple[str, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        if self.type not in TYPES or self.kind not in KINDS:
            raise ValueError(f"no such type or kind of item: {self.type!r}, {self.kind!r}")
        if not self.stem.strip() or not 0 <= self.difficulty <= 1:
            raise ValueError("an item needs a stem, and a difficulty from 0 to 1")
        if self.type in ("填空", "简答"):
            _check_open(self)
        else:
            _check_closed(self)
        if not self.id:
            object.__setattr__(self, "id", _content_id(self))

    @property
    def key_text(self) -> tuple[str, ...]:
        """The right options in words, or the answers of an item without options."""
        return tuple(self.options[place] for place in self.key) or self.answers

    @property
    def key_letters(self) -> str:
        """The right options by their letters (AC); empty for an item without options."""
        return "".join(LETTERS[place] for place in self.key)


def _check_closed(item: Item) -> None:
    if not 2 <= len(item.options) <= len(LETTERS) or len(set(item.options)) != len(item.options):
        raise ValueError(f"an item has 2 to {len(LETTERS)} options, all of them different")
    if not all(option.strip() for option in item.options) or item.answers:
        raise ValueError("an option may not be empty, and an item with options has no answers beside them")
    if (
        not item.key
        or list(item.key) != sorted(set(item.key))
        or not 0 <= item.key[0] <= item.key[-1] < len(item.options)
    ):
        raise ValueError(f"the key {item.key} does not name options, each once and in order")
    if (len(item.key) < 2) if item.type == "多选" else (len(item.key) != 1):
        raise ValueError(f"{len(item.key)} right options do not make a {item.type} item")
    if item.type == "判断" and item.options != RIGHT_WRONG:
        raise ValueError(f"the options of a 判断 item are {RIGHT_WRONG}")
    if len(item.why_wrong) not in (0, len(item.options)) or any(
        item.why_wrong[place] for place in item.key if item.why_wrong
    ):
        raise ValueError("why_wrong has one entry an option, empty for the right ones")


def _check_open(item: Item) -> None:
    if item.options or item.key or item.why_wrong:
        raise ValueError(f"a {item.type} item has no options")
    if not item.answers or not all(answer.strip("| ") for answer in item.answers):
        raise ValueError(f"a {item.type} item needs answers, none of them empty")
    if item.type == "填空" and item.stem.count(BLANK) != len(item.answers):
        raise ValueError("a 填空 item has one answer a blank")


def _content_id(item: Item) -> str:
    where = (item.origin.document_id, item.origin.label) if item.origin else ("", "")
    content = "\x1f".join((item.type, item.kind, item.stem, *item.key_text, *where))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def item_record(item: Item) -> dict[str, Any]:
    """The item as plain values, ready for JSON; ``item_from`` reads it back. Without origin its fields are ``None``."""
    origin = item.origin
    return {
        "id": item.id, "type": item.type, "kind": item.kind, "stem": item.stem, "options": list(item.options),
        "key": list(item.key), "answers": list(item.answers), "explanation": item.explanation,
        "passage": origin and origin.passage, "quote": origin and origin.quote,
        "why_wrong": list(item.why_wrong), "difficulty": item.difficulty, "tags": list(item.tags),
        "passage_id": origin and origin.passage_id, "document_id": origin and origin.document_id,
        "title": origin and origin.title, "number": origin and origin.number, "label": origin and origin.label,
        "sha256": origin and origin.sha256, "start": origin and origin.start, "end": origin and origin.end,
        "passage_start": origin and origin.passage_start,
        "effective": origin.effective.isoformat() if origin and origin.effective else None,
    }  # fmt: skip


def item_from(record: Mapping[str, Any]) -> Item:
    """The item of a record of ``item_record``. Raises ``ValueError`` where one is incomplete or wrong."""
    try:
        return Item(
            type=record["type"], kind=record["kind"], stem=record["stem"], options=tuple(record["options"]),
            key=tuple(record["key"]), answers=tuple(record["answers"]), explanation=record["explanation"],
            origin=_origin_from(record) if record.get("quote") is not None else None,
            why_wrong=tuple(record["why_wrong"]), difficulty=record["difficulty"], tags=tuple(record["tags"]),
            id=record["id"],
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the record of an item: {error!r}") from error


def _origin_from(record: Mapping[str, Any]) -> Origin:
    return Origin(
        document_id=record["document_id"], title=record["title"], number=record["number"], sha256=record["sha256"],
        label=record["label"], quote=record["quote"], start=record["start"], end=record["end"],
        passage=record["passage"], passage_start=record["passage_start"],
        effective=date.fromisoformat(record["effective"]) if record["effective"] else None,
    )  # fmt: skip
