"""The item bank at ``/quiz/bank``: look for items, approve, edit, retire and tag them, see their history, bring some in."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.app.quiz import EXCEL, Form, Quiz, answer, bytes_of, download, page, piece
from assistant.errors import QuizError
from assistant.quiz import imports
from assistant.quiz.bank import STATUS_NAMES, BankItem, Filter, Merged, Status
from assistant.quiz.types import KINDS, LETTERS, TYPES, Item
from assistant.quiz.upkeep import CHANGED, LAPSED, SURROUNDINGS
from assistant.text.decode import decode

PAGE = 50
BY_LAW = (LAPSED, CHANGED, SURROUNDINGS)
"""The notes of items that a change of the documents took out of use."""


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of the bank."""
    return _looking(quiz), _changing(quiz), _importing(quiz)


def _looking(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("/bank")
    def bank(request: Request) -> HTMLResponse:
        return page(request, "quiz_bank.html", **_listed(quiz, request.query_params))

    @router.get("/bank/history/{id}")
    def history(request: Request, id: str) -> Response:
        return piece(request, "quiz_history.html", revisions=quiz.bank.history(id)[::-1], names=STATUS_NAMES)

    @router.get("/bank/edit/{id}")
    def edit(request: Request, id: str) -> Response:
        return piece(request, "quiz_edit.html", entry=quiz.bank.get(id), letters=LETTERS)

    return router


def _changing(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.post("/bank/approve/{id}")
    def approve(request: Request, id: str) -> Response:
        quiz.bank.approve([id], quiz.now())
        return _entry(quiz, request, id)

    @router.post("/bank/retire/{id}")
    def retire(request: Request, id: str, form: Form) -> Response:
        quiz.bank.retire([id], quiz.now(), str(form.get("note", "")).strip()[:200])
        return _entry(quiz, request, id)

    @router.post("/bank/tag/{id}")
    def tag(request: Request, id: str, form: Form) -> Response:
        tags = str(form.get("tags", "")).replace("，", " ").replace("、", " ").replace(",", " ").split()
        quiz.bank.tag([id], tags, quiz.now())
        return _entry(quiz, request, id)

    @router.post("/bank/edit/{id}")
    def edit(request: Request, id: str, form: Form) -> Response:
        entry = quiz.bank.get(id)
        quiz.bank.edit(id, edited(entry.item, form), quiz.now(), revision=_revision(form))
        return _entry(quiz, request, id)

    @router.post("/bank/approve-shown")
    def approve_shown(form: Form) -> Response:
        ids = form.get("ids", [])
        count = quiz.bank.approve(ids if isinstance(ids, list) else [ids], quiz.now())
        return answer(said=f"批准了 {count} 题", reload=True)

    return router


def _importing(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("/bank/template")
    def template() -> Response:
        return download(imports.template(), "题库模板.xlsx", EXCEL)

    @router.post("/bank/import")
    async def bring_in(request: Request) -> Response:
        data = await bytes_of(request)
        return await run_in_threadpool(_bring_in, quiz, request, data)

    return router


def _bring_in(quiz: Quiz, request: Request, data: bytes) -> Response:
    if not data:
        raise QuizError("请先选择文件：Excel（.xlsx）或 GIFT 文本")
    if data[:2] == b"PK":
        found = imports.read_excel(data, quiz.passages_in_force())
        merged = quiz.bank.merge(found.items, quiz.now())
        back = ("没有导入的题.xlsx", EXCEL, imports.refused_rows(found.errors)) if found.errors else None
    else:
        found = imports.read_gift(decode(data)[0], quiz.passages_in_force())
        added = quiz.bank.add(found.items, quiz.now())
        merged = Merged(added.added, 0, added.known, ())
        rest = imports.refused_questions(found.errors).encode("utf-8")
        back = ("没有导入的题.gift.txt", "text/plain", rest) if found.errors else None
    address = f"data:{back[1]};base64,{b64encode(back[2]).decode()}" if back else ""
    name = back[0] if back else ""
    return piece(request, "quiz_imported.html", merged=merged, errors=found.errors, address=address, name=name)


def edited(item: Item, form: Mapping[str, Any]) -> Item:
    """The item as the form says: one option or answer a line, the key in letters. Raises ``QuizError`` for a wrong one."""
    options, answers = item.options, item.answers
    key, why = item.key, item.why_wrong
    if item.type in ("单选", "多选"):
        options = tuple(str(form.get(f"option-{place}", "")).strip() for place in range(len(item.options)))
    if item.options:
        key = _key(item, str(form.get("key", "")))
        why = tuple(
            "" if place in key else str(form.get(f"why-{place}", "")).strip() for place in range(len(options))
        )  # fmt: skip
    else:
        answers = tuple(line.strip() for line in str(form.get("answers", "")).splitlines() if line.strip())
    try:
        return replace(
            item, stem=str(form.get("stem", "")).strip(), options=options, key=key, answers=answers, why_wrong=why,
            explanation=str(form.get("explanation", "")).strip(), difficulty=float(form.get("difficulty", 0.5)),
        )  # fmt: skip
    except ValueError as error:
        raise QuizError(_advice(item)) from error


def _key(item: Item, written: str) -> tuple[int, ...]:
    if item.type == "判断":
        return (item.options.index(written),) if written in item.options else ()
    return tuple(sorted({LETTERS.index(letter) for letter in written.upper() if letter in LETTERS}))


def _advice(item: Item) -> str:
    """What an item of this type needs."""
    needs = {
        "单选": "题干、互不相同的选项、恰好一个答案字母",
        "多选": "题干、互不相同的选项、至少两个答案字母",
        "判断": "题干，答案选正确或者错误",
        "填空": "题干里每个空写成四个下划线 ____，答案一行对应一个空",
        "简答": "题干和至少一个要点，一行一个",
    }
    return f"没有保存。{item.type}题要有：{needs[item.type]}；难度在0到1之间"


def _revision(form: Mapping[str, Any]) -> int | None:
    value = str(form.get("revision", ""))
    return int(value) if value.isdecimal() else None


def _entry(quiz: Quiz, request: Request, id: str) -> Response:
    return piece(request, "quiz_entry.html", entry=quiz.bank.get(id), names=STATUS_NAMES, letters=LETTERS)


def _listed(quiz: Quiz, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the list shows under the filters of an address."""
    wanted = {name: asked.get(name, "") for name in ("document", "type", "kind", "status", "tag", "text")}
    entries = [entry for entry in quiz.bank.find(_filter(wanted)) if _fits(entry, wanted["status"])]
    at = int(asked["at"]) if asked.get("at", "").isdecimal() else 0
    everything = quiz.bank.find()
    titles = {
        entry.item.origin.document_id: entry.item.origin.title for entry in everything if entry.item.origin
    }  # fmt: skip
    return {
        "entries": entries[at : at + PAGE], "count": len(entries), "at": at, "size": PAGE, "wanted": wanted,
        "names": STATUS_NAMES, "types": TYPES, "kinds": KINDS, "titles": titles, "letters": LETTERS,
        "tags": sorted({tag for entry in everything for tag in entry.item.tags}),
        "statuses": Counter(entry.status for entry in everything),
        "changed": sum(entry.note in BY_LAW for entry in everything),
    }  # fmt: skip


def _filter(wanted: Mapping[str, str]) -> Filter:
    def one(name: str) -> tuple[str, ...]:
        return (wanted[name],) if wanted[name] else ()

    statuses: tuple[Status, ...] = tuple(status for status in get_args(Status) if status == wanted["status"])
    return Filter(one("document"), one("type"), one("kind"), statuses, one("tag"), wanted["text"])


def _fits(entry: BankItem, status: str) -> bool:
    return status != "law" or entry.note in BY_LAW
