"""The trainer's desk at ``/quiz``: from documents to a paper, its exports, and the start of a session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.app import quiz_access
from assistant.app.quiz import Form, Maker, Quiz, answer, download, page, piece, public_router, root_of
from assistant.app.render import fill
from assistant.errors import QuizError
from assistant.quiz import paper as papers
from assistant.quiz.bank import Filter, Status
from assistant.quiz.export import FORMATS
from assistant.quiz.paper import Paper, Part, Plan
from assistant.quiz.session import Mode
from assistant.quiz.types import KINDS, TYPES, Item, ItemType

USUAL_PARTS: dict[ItemType, tuple[int, float]] = {
    "单选": (20, 2), "多选": (10, 3), "判断": (15, 1), "填空": (5, 3), "简答": (0, 10),
}  # fmt: skip
"""How many items of each type at how many marks the desk proposes: 50 items, 100 marks."""
SPARE = 2
"""How many times the items a paper needs are made where the bank has too few, so that there is something to swap in."""
FILES = {
    "docx": "DOCX", "pdf": "PDF", "xlsx": "Excel", "gift": "GIFT", "moodle": "Moodle XML", "qti": "QTI", "anki": "Anki",
}  # fmt: skip
"""The row of file icons: what the whole paper can become. Its single parts are the other ``FORMATS``."""
MODES: dict[str, Mode] = {"practice": "practice", "exam": "exam", "live": "live"}


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of the desk: the door, which anybody may try, and what is behind it."""
    return _door(quiz), _desk(quiz), _making(quiz)


def _door(quiz: Quiz) -> APIRouter:
    router = public_router()

    @router.post("/enter")
    def enter(form: Form) -> Response:
        given = str(form.get("key", ""))
        response = answer(goto="quiz")
        quiz_access.enter(response, quiz.key, given)
        return response

    @router.post("/leave")
    def leave() -> Response:
        response = answer(goto="quiz")
        quiz_access.leave(response)
        return response

    return router


def _desk(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("")
    def desk(request: Request) -> HTMLResponse:
        return _desk_page(quiz, request)

    @router.get("/paper/{id}")
    def desk_with_paper(request: Request, id: str) -> HTMLResponse:
        return _desk_page(quiz, request, id)

    @router.get("/paper/{id}/preview")
    def preview(request: Request, id: str, variant: str = "") -> Response:
        return piece(request, "quiz_preview.html", **_preview(quiz, id, _variant(quiz.papers.get(id), variant)))

    @router.get("/paper/{id}/export/{format}")
    def export(id: str, format: str, variant: str = "") -> Response:
        if format not in FORMATS:
            raise QuizError("没有这种导出格式")
        paper, chosen = _variant(quiz.papers.get(id), variant), FORMATS[format]
        return download(chosen.write(paper), f"{paper.name}{chosen.suffix}", chosen.media_type)

    return router


def _making(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.post("/paper/make")
    def make(request: Request, form: Form) -> Response:
        plan = read_plan(form)
        paper = _chosen(quiz, plan, drafts=bool(form.get("drafts")))
        id = quiz.papers.save(paper, quiz.now())
        shown = _preview(quiz, id, paper) | {"short": _short(plan, paper)}
        return piece(request, "quiz_preview.html", found_at=f"quiz/paper/{id}", **shown)

    @router.post("/paper/{id}/swap")
    def swap(request: Request, id: str, form: Form) -> Response:
        paper = quiz.papers.get(id)
        return _changed(request, quiz, id, papers.swap(paper, _number(form), _pool(quiz, paper.plan, drafts=True)))

    @router.post("/paper/{id}/drop")
    def drop(request: Request, id: str, form: Form) -> Response:
        return _changed(request, quiz, id, papers.drop(quiz.papers.get(id), _number(form)))

    @router.post("/paper/{id}/approve")
    def approve(request: Request, id: str) -> Response:
        statuses = _statuses(quiz, quiz.papers.get(id))
        quiz.bank.approve([item for item, status in statuses.items() if status == "draft"], quiz.now())
        return piece(request, "quiz_preview.html", **_preview(quiz, id))

    @router.post("/paper/{id}/start")
    def start(id: str, form: Form) -> Response:
        paper, mode = quiz.papers.get(id), MODES.get(str(form.get("mode")))
        if mode is None:
            raise QuizError("请选择练习、考试或者课堂")
        minutes = _whole(form.get("minutes"), "考试多少分钟", 1, 600) if mode == "exam" else None
        class_id = _whole(form["class_id"], "班级", 1, 10**9) if form.get("class_id") else None
        session = quiz.sessions.create(
            mode, paper.title, paper.questions, quiz.now(), minutes=minutes, class_id=class_id
        )
        return answer(goto=f"quiz/session/{session.id}" + ("/hall" if mode == "live" else ""))

    return router


def read_plan(form: Mapping[str, Any]) -> Plan:
    """The plan that the form says. Raises ``QuizError`` naming the field that is wrong."""
    title = str(form.get("title", "")).strip()
    if not title or len(title) > 60:
        raise QuizError("请写试卷标题，不超过60个字")
    parts = tuple(_parts(form))
    if not parts:
        raise QuizError("请至少选一种题型，写明几道")
    if sum(part.count for part in parts) > 200:
        raise QuizError("一张卷最多200道题")
    least, _, most = str(form.get("difficulty", "0-1")).partition("-")
    try:
        difficulty = (float(least), float(most))
        kinds = tuple(kind for kind in _many(form, "kinds") if kind in KINDS)
        seed = _whole(form.get("seed", 0), "批次", 0, 10**9)
        return Plan(title, parts, _many(form, "documents"), kinds, difficulty, seed)
    except ValueError as error:
        raise QuizError("请重新选择难度") from error


def _parts(form: Mapping[str, Any]) -> list[Part]:
    found = []
    for type in TYPES:
        count = _whole(form.get(f"count-{type}") or 0, f"{type}几道", 0, 200)
        try:
            marks = float(form.get(f"marks-{type}") or 1)
            found += [Part(type, count, marks)] if count else []
        except ValueError as error:
            raise QuizError(f"{type}每道几分：请写大于0的数") from error
    return found


def _many(form: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = form.get(name, [])
    return tuple(map(str, value if isinstance(value, list) else [value]))


def _whole(value: Any, name: str, least: int, most: int) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = least - 1
    if not least <= number <= most:
        raise QuizError(f"{name}：请写{least}到{most}的整数")
    return number


def _number(form: Mapping[str, Any]) -> int:
    return _whole(form.get("number"), "题号", 1, 1000)


def _pool(quiz: Quiz, plan: Plan, *, drafts: bool) -> list[Item]:
    statuses: tuple[Status, ...] = ("approved", "draft") if drafts else ("approved",)
    return [entry.item for entry in quiz.bank.find(Filter(documents=plan.documents, statuses=statuses))]


def _chosen(quiz: Quiz, plan: Plan, *, drafts: bool) -> Paper:
    """The paper of a plan; where the bank has too few items and drafts are allowed, new ones are made from the clauses.

    Where that is not enough either, the paper has what there is. Raises ``QuizError`` where there is nothing at all.
    """
    pool = _pool(quiz, plan, drafts=drafts)
    if drafts and quiz.make is not None and (missing := _missing(plan, pool)):
        quiz.bank.add(_made(quiz.make, plan, missing), quiz.now())
        pool = _pool(quiz, plan, drafts=True)
        # The makers spread what they make over the types; a type that came off badly is asked for once more, alone.
        for part in _missing(plan, pool) if len(missing) > 1 else ():
            with suppress(QuizError):
                quiz.bank.add(_made(quiz.make, plan, [part]), quiz.now())
        pool = _pool(quiz, plan, drafts=True)
    held = _held(plan, pool)
    parts = [replace(part, count=min(part.count, held[part.type])) for part in plan.parts if held[part.type]]
    return papers.choose(pool, replace(plan, parts=tuple(parts)) if parts else plan)


def _held(plan: Plan, pool: Sequence[Item]) -> Counter[str]:
    """How many items of each type a pool has that a plan allows."""
    return Counter(item.type for item in pool if plan.allows(item))


def _short(plan: Plan, paper: Paper) -> list[tuple[str, int, int]]:
    """The types of which a paper has fewer than its plan asked for: type, how many there are, how many were asked for."""
    there = Counter(item.type for item in paper.items)
    return [(part.type, there[part.type], part.count) for part in plan.parts if there[part.type] < part.count]


def _missing(plan: Plan, pool: Sequence[Item]) -> list[Part]:
    """The parts of a plan for which a pool has too few items."""
    held = _held(plan, pool)
    return [part for part in plan.parts if held[part.type] < part.count]


def _made(make: Maker, plan: Plan, parts: Sequence[Part]) -> list[Item]:
    """New items for parts of a plan. Kinds and difficulty are sifted out afterwards, so more is made where they matter."""
    spare = SPARE * (3 if plan.kinds or plan.difficulty != (0.0, 1.0) else 1)
    count = spare * len(parts) * max(part.count for part in parts)
    return make(plan.documents, types=[part.type for part in parts], count=count, seed=plan.seed)


def _variant(paper: Paper, name: str) -> Paper:
    if name and name not in ("A", "B"):
        raise QuizError("只有 A 卷和 B 卷")
    return papers.variants(paper, (name,))[0] if name else paper


def _statuses(quiz: Quiz, paper: Paper) -> dict[str, Status]:
    wanted = {item.id for item in paper.items}
    return {id: status for id, status in quiz.bank.statuses().items() if id in wanted}


def _changed(request: Request, quiz: Quiz, id: str, paper: Paper) -> Response:
    quiz.papers.save(paper, quiz.now(), id)
    return piece(request, "quiz_preview.html", **_preview(quiz, id, paper))


def _preview(quiz: Quiz, id: str, paper: Paper | None = None) -> dict[str, Any]:
    paper = paper or quiz.papers.get(id)
    statuses = _statuses(quiz, paper)
    return {
        "id": id, "paper": paper, "statuses": statuses, "drafts": Counter(statuses.values())["draft"],
        "formats": FORMATS, "files": FILES, "short": [], "classes": quiz.people.classes(),
    }  # fmt: skip


def _desk_page(quiz: Quiz, request: Request, id: str = "") -> HTMLResponse:
    paper = quiz.papers.get(id) if id else None
    shown = _preview(quiz, id, paper) if paper else {"paper": None}
    plan = paper.plan if paper else None
    wanted = {part.type: (part.count, part.marks) for part in plan.parts} if plan else USUAL_PARTS
    held = Counter[str]()
    for (title, _, status), count in quiz.bank.counts().items():
        held[title] += count if status != "retired" else 0
    documents = [
        (document.id, document.title, document.metadata.number, held[document.title]) for document in quiz.in_force()
    ]
    return page(
        request, "quiz_paper.html", documents=documents, no_documents="请先运行：assistant build", kinds=KINDS,
        parts=[(type, *wanted.get(type, (0, USUAL_PARTS[type][1]))) for type in TYPES],
        chosen=plan.documents if plan else (), chosen_kinds=plan.kinds if plan else (),
        difficulty="-".join(f"{bound:g}" for bound in plan.difficulty) if plan else "0-1", drafts=True,
        title=plan.title if plan else f"{quiz.today().month}月学法测试", seed=plan.seed if plan else 0,
        papers=quiz.papers.entries()[:20], preview=fill("quiz_preview.html", root=root_of(request), **shown),
    )  # fmt: skip
