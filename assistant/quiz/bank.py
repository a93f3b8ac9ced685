"""The item bank: items with their status, tags and every earlier state, in a database.

An item is a draft until a trainer approves it; a retired one stays, with the reason. Every change writes a revision in
the same transaction, so the history is whole whatever happens. Nothing is said of who made a change. Any number of
people and processes may write at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    func,
    select,
)

from assistant.errors import QuizError
from assistant.quiz.database import reading, writing
from assistant.quiz.sameness import same as same_item
from assistant.quiz.sameness import under
from assistant.quiz.types import Item, item_from, item_record

Status = Literal["draft", "approved", "retired"]
STATUS_NAMES: dict[Status, str] = {"draft": "草稿", "approved": "已批准", "retired": "已停用"}

METADATA = MetaData()
ITEMS = Table(
    "items",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("place", Integer, nullable=False),  # the order of arrival
    Column("status", String(16), nullable=False, index=True),
    Column("type", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("document_id", String(200), nullable=False, index=True),  # empty for an item without a clause
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),  # what a search looks in
    Column("record", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed", String(40), nullable=False),
)
TAGS = Table(
    "item_tags",
    METADATA,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("tag", String(100), primary_key=True, index=True),
)
REVISIONS = Table(
    "item_revisions",
    METADATA,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("time", String(40), nullable=False),
    Column("what", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("record", JSON, nullable=False),
)


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item as the bank has it now: ``note`` says why it was retired, ``revision`` counts its changes from 1."""

    item: Item
    status: Status
    note: str
    revision: int
    changed: datetime

    @property
    def id(self) -> str:
        """The item's id, which no change alters."""
        return self.item.id


@dataclass(frozen=True, slots=True)
class Revision:
    """An item as it was after a change: ``what`` (入库, 修改, 批准, 停用, 改标签 …), when, and why."""

    number: int
    time: datetime
    what: str
    note: str
    status: Status
    item: Item


@dataclass(frozen=True, slots=True)
class Added:
    """How many items were new, and how many the bank had already and left as they are."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class Merged:
    """How many items were new, were edited and were as the bank had them, and which could not be taken, and why."""

    added: int
    edited: int
    same: int
    refused: tuple[tuple[Item, str], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items are meant; whatever is empty allows all. ``tags`` have to be there all; ``text`` is looked for as it is."""

    documents: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""


class ItemBank:
    """The bank in one database. Safe to share between threads: each call is one transaction.

    Raises ``QuizError`` where the database cannot be opened. Every method raises it where the database fails it, and
    those that name items where one of them is not there; then nothing is changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            METADATA.create_all(connection)

    def add(self, items: Iterable[Item], now: datetime, status: Status = "draft") -> Added:
        """Keep items; one whose id is there already is left as it is, whatever its status."""
        given = {item.id: item for item in items}
        with writing(self._engine) as connection:
            known = given.keys() & set(connection.scalars(select(ITEMS.c.id)))
            place = connection.scalar(select(func.coalesce(func.max(ITEMS.c.place), 0))) or 0
            for item in given.values():
                if item.id not in known:
                    place += 1
                    entry = BankItem(item, _checked(status, item), "", 1, now)
                    connection.execute(ITEMS.insert().values(place=place, **_columns(entry)))
                    _write(connection, entry, "入库")
        return Added(len(given) - len(known), len(known))

    def merge(self, items: Iterable[Item], now: datetime, *, labels: bool = True) -> Merged:
        """Keep new items as drafts, and edit those whose id is there already and whose content is another.

        Without ``labels`` a known item keeps its kind, difficulty and tags, which not every format can carry. The same
        options in another order are no change. An item that may not be changed so (see ``edit``) is left as it
        is and named with the reason; the others are done.
        """
        fresh, edited, same, refused = [], 0, 0, []
        with reading(self._engine) as connection:
            known = {row.id: _entry(row) for row in connection.execute(_query(Filter()))}
        for item in items:
            old = known.get(item.id)
            if old is None:
                fresh.append(item)
                continue
            new = under(old.item, item, labels)
            if same_item(new, old.item):
                same += 1
            else:
                try:
                    self.edit(item.id, new, now, old.revision, note="导入")
                    edited += 1
                except QuizError as error:
                    refused.append((item, str(error)))
        return Merged(self.add(fresh, now).added, edited, same, tuple(refused))

    def get(self, id: str) -> BankItem:
        """One item."""
        with reading(self._engine) as connection:
            return _get(connection, id)

    def find(self, wanted: Filter = Filter()) -> list[BankItem]:
        """The items that a filter allows, in the order in which they came into the bank."""
        with reading(self._engine) as connection:
            return [_entry(row) for row in connection.execute(_query(wanted))]

    def statuses(self) -> dict[str, Status]:
        """The status of every item by its id, in the order of the bank; the items themselves are not read."""
        query = select(ITEMS.c.id, ITEMS.c.status).order_by(ITEMS.c.place, ITEMS.c.id)
        with reading(self._engine) as connection:
            return {row.id: row.status for row in connection.execute(query)}

    def history(self, id: str) -> list[Revision]:
        """Every state of an item, the first one first."""
        query = select(REVISIONS).where(REVISIONS.c.item_id == id).order_by(REVISIONS.c.number)
        with reading(self._engine) as connection:
            _get(connection, id)
            return [_revision(row) for row in connection.execute(query)]

    def counts(self) -> Counter[tuple[str, str, Status]]:
        """How many items there are of each document (its title), type and status."""
        columns = (ITEMS.c.title, ITEMS.c.type, ITEMS.c.status)
        with reading(self._engine) as connection:
            rows = connection.execute(select(*columns, func.count()).group_by(*columns)).all()
        return Counter({(title, type, status): count for title, type, status, count in rows})

    def edit(self, id: str, item: Item, now: datetime, revision: int | None = None, note: str = "") -> BankItem:
        """Put ``item`` in the place of ``id``, which stays its id; an approved or retired item becomes a draft again.

        ``revision`` is the one that was edited: where the item has been changed since, nothing is done. The clause an
        item stands on does not change, only an item without one may be given its own. Raises ``QuizError`` for both.
        """
        with writing(self._engine) as connection:
            old = _get(connection, id)
            if revision is not None and revision != old.revision:
                raise QuizError("这道题刚被别人改过，请重新打开再改")
            if old.item.origin is not None and item.origin != old.item.origin:
                raise QuizError("题目的依据条文不能改；要换条文，请停用这道题，另出一道")
            item = replace(item, id=id)
            if item == old.item:
                return old
            return _change(connection, replace(old, item=item, status="draft", note=""), "修改", note, now)

    def approve(self, ids: Iterable[str], now: datetime) -> int:
        """Approve items; gives how many were not before. Raises ``QuizError`` for one that has no clause beside it."""
        return self._set(ids, "approved", "批准", "", now)

    def retire(self, ids: Iterable[str], now: datetime, note: str = "") -> int:
        """Take items out of use, with the reason; gives how many were in use before."""
        return self._set(ids, "retired", "停用", note, now)

    def tag(self, ids: Iterable[str], tags: Sequence[str], now: datetime) -> int:
        """Give items exactly these tags; gives how many had others before."""
        clean = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
        changed = 0
        with writing(self._engine) as connection:
            for old in [_get(connection, id) for id in dict.fromkeys(ids)]:
                if old.item.tags != clean:
                    _change(connection, replace(old, item=replace(old.item, tags=clean)), "改标签", "", now)
                    changed += 1
        return changed

    def revise(self, changes: Iterable[BankItem], what: str, now: datetime) -> None:
        """Write entries as they are given, each where it still has the revision it was read with, all or none.

        For upkeep, which may move an item's origin; ``note`` is each entry's own. An entry that was changed since it
        was read is passed over.
        """
        with writing(self._engine) as connection:
            for entry in changes:
                if _get(connection, entry.id).revision == entry.revision:
                    _change(connection, entry, what, entry.note, now)

    def _set(self, ids: Iterable[str], status: Status, what: str, note: str, now: datetime) -> int:
        changed = 0
        with writing(self._engine) as connection:
            for old in [_get(connection, id) for id in dict.fromkeys(ids)]:
                if old.status != status:
                    entry = replace(old, status=_checked(status, old.item), note=note)
                    _change(connection, entry, what, note, now)
                    changed += 1
        return changed


def _checked(status: Status, item: Item) -> Status:
    if status == "approved" and item.origin is None:
        raise QuizError(f"“{item.stem[:20]}”没有依据条文，不能批准；请先补上文件和条款")
    return status


def _query(wanted: Filter) -> Select[Any]:
    query = select(ITEMS)
    for column, allowed in (
        (ITEMS.c.document_id, wanted.documents), (ITEMS.c.type, wanted.types),
        (ITEMS.c.kind, wanted.kinds), (ITEMS.c.status, wanted.statuses),
    ):  # fmt: skip
        if allowed:
            query = query.where(column.in_(allowed))
    for tag in wanted.tags:
        query = query.where(ITEMS.c.id.in_(select(TAGS.c.item_id).where(TAGS.c.tag == tag)))
    if wanted.text:
        query = query.where(ITEMS.c.words.contains(wanted.text, autoescape=True))
    return query.order_by(ITEMS.c.place, ITEMS.c.id)


def _get(connection: Connection, id: str) -> BankItem:
    row = connection.execute(select(ITEMS).where(ITEMS.c.id == id).with_for_update(of=ITEMS)).first()
    if row is None:
        raise QuizError(f"题库里没有编号是 {id} 的题")
    return _entry(row)


def _entry(row: Row[Any]) -> BankItem:
    return BankItem(item_from(row.record), row.status, row.note, row.revision, datetime.fromisoformat(row.changed))


def _revision(row: Row[Any]) -> Revision:
    time = datetime.fromisoformat(row.time)
    return Revision(row.number, time, row.what, row.note, row.status, item_from(row.record))


def _columns(entry: BankItem) -> dict[str, Any]:
    item, origin = entry.item, entry.item.origin
    return {
        "id": item.id, "status": entry.status, "type": item.type, "kind": item.kind,
        "document_id": origin.document_id if origin else "", "title": origin.title if origin else "",
        "words": "\n".join((item.stem, *item.options, *item.answers)), "record": item_record(item),
        "note": entry.note, "revision": entry.revision, "changed": entry.changed.isoformat(),
    }  # fmt: skip


def _change(connection: Connection, entry: BankItem, what: str, note: str, now: datetime) -> BankItem:
    entry = replace(entry, revision=entry.revision + 1, changed=now)
    connection.execute(ITEMS.update().where(ITEMS.c.id == entry.id).values(**_columns(entry)))
    _write(connection, entry, what, note)
    return entry


def _write(connection: Connection, entry: BankItem, what: str, note: str = "") -> None:
    """Write the revision of an entry that has just been written, and its tags."""
    connection.execute(TAGS.delete().where(TAGS.c.item_id == entry.id))
    if entry.item.tags:
        connection.execute(TAGS.insert(), [{"item_id": entry.id, "tag": tag} for tag in dict.fromkeys(entry.item.tags)])
    connection.execute(
        REVISIONS.insert().values(
            item_id=entry.id, number=entry.revision, time=entry.changed.isoformat(), what=what, note=note,
            status=entry.status, record=item_record(entry.item),
        )
    )  # fmt: skip
