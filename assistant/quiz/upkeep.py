"""Keeping the bank true to the documents in force: run whenever the index has been built anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from assistant.quiz.bank import BankItem, ItemBank, Status
from assistant.quiz.clauses import origin_at
from assistant.quiz.types import Origin
from assistant.types import Passage

LAPSED = "文件已失效、尚未施行，或不在语料里"
CHANGED = "条文变了：这一处已经没有题目引用的原文"
SURROUNDINGS = "引用的原文没有变，但条文的其他文字变了，请再看一遍"
RESTORED = "条文又是现行有效的，恢复使用"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """An item that a change of the documents took out of use or brought back, and why.

    Its ``status`` is retired where the clause is gone, draft where the quote still stands but its clause reads
    otherwise around it (a wrong option may have become right), and what it was before where the clause is back.
    """

    id: str
    stem: str
    title: str
    label: str
    status: Status
    reason: str


def refresh(bank: ItemBank, passages: Iterable[Passage], now: datetime) -> list[Upkeep]:
    """Retire the items whose clause lapsed or changed; gives them for the trainer, in the order of the bank.

    ``passages`` are those of every document in force. A quote that still stands at its label has its origin moved to
    where it stands now. What was retired here comes back when its clause does (the build of another corpus does no
    lasting harm); what a trainer retired does not. Items without a clause are left alone.
    """
    by_document: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_document[passage.document.id].append(passage)
    before = [entry for entry in bank.find() if entry.status != "retired" or entry.note in (LAPSED, CHANGED)]
    after = [(old, _judged(old, old.item.origin, by_document)) for old in before if old.item.origin]
    changed = [(old, _restored(bank, new) if old.status == "retired" else new) for old, new in after if new != old]
    for what in ("自动停用", "退回草稿", "恢复使用", "更新依据"):
        if wanted := [new for old, new in changed if _what(old, new) == what]:
            bank.revise(wanted, what, now)
    return [_told(new) for old, new in changed if new.status != old.status]


def _restored(bank: ItemBank, entry: BankItem) -> BankItem:
    """An entry whose clause is back, with the status it had before it was retired, unless it has to be looked at."""
    if entry.status != "retired" or entry.note:
        return entry
    earlier = [revision.status for revision in bank.history(entry.id) if revision.status != "retired"]
    return replace(entry, status=earlier[-1])


def _what(old: BankItem, new: BankItem) -> str:
    if new.status == old.status:
        return "更新依据"
    if old.status == "retired":
        return "恢复使用"
    return "自动停用" if new.status == "retired" else "退回草稿"


def is_kept(url: str) -> bool:
    """Whether there may be a bank at a database's URL: a SQLite file that is not there holds none."""
    try:
        address = make_url(url)
    except ArgumentError:
        return True  # opening it says what is wrong
    return address.get_backend_name() != "sqlite" or bool(address.database and Path(address.database).is_file())


def _judged(entry: BankItem, origin: Origin, by_document: dict[str, list[Passage]]) -> BankItem:
    """The entry as it should be under the documents in force; one that may come back is retired without a note."""
    passages = by_document.get(origin.document_id)
    if not passages:
        return replace(entry, status="retired", note=LAPSED)
    found = origin if _stands(origin, passages[0]) else next(_places(origin, passages), None)
    if found is None:
        return replace(entry, status="retired", note=CHANGED)
    entry = replace(entry, item=replace(entry.item, origin=found))
    if found.passage != origin.passage and entry.status != "draft":
        return replace(entry, status="draft", note=SURROUNDINGS)
    return replace(entry, note="") if entry.status == "retired" else entry


def _stands(origin: Origin, passage: Passage) -> bool:
    """Whether the document is still the text that the origin was measured on."""
    document = passage.document
    return document.sha256 == origin.sha256 and document.text[origin.start : origin.end] == origin.quote


def _places(origin: Origin, passages: Sequence[Passage]) -> Iterator[Origin]:
    """The origin at each place where its quote stands under its label now."""
    for passage in passages:
        start = passage.text.find(origin.quote)
        while start >= 0:
            at = passage.start + start
            if passage.label_at(at, at + len(origin.quote)) == origin.label:
                yield origin_at(passage, at, origin.quote)
            start = passage.text.find(origin.quote, start + 1)


def _told(entry: BankItem) -> Upkeep:
    origin = entry.item.origin
    title, label = (origin.title, origin.label) if origin else ("", "")
    reason = entry.note if entry.note in (LAPSED, CHANGED, SURROUNDINGS) else RESTORED
    return Upkeep(entry.id, entry.item.stem, title, label, entry.status, reason)
