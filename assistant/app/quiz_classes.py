"""Class lists at ``/quiz/classes``: bring them in, see how their members did, forget them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.app.quiz import Quiz, answer, bytes_of, page
from assistant.app.quiz_sessions import MODE_NAMES
from assistant.errors import QuizError
from assistant.quiz.people import SchoolClass
from assistant.quiz.results import standings
from assistant.quiz.roster import read_roster


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of classes."""
    return (_classes(quiz),)


def _classes(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("/classes")
    def classes(request: Request) -> HTMLResponse:
        return page(request, "quiz_classes.html", classes=quiz.people.classes())

    @router.get("/class/{id}")
    def one(request: Request, id: int) -> HTMLResponse:
        school_class = quiz.people.school_class(id)
        return page(
            request, "quiz_class.html", school_class=school_class, modes=MODE_NAMES, **_table(quiz, school_class)
        )

    @router.post("/classes/import")
    async def bring_in(request: Request, name: str = "") -> Response:
        data = await bytes_of(request)
        if not name.strip():
            raise QuizError("请写班级的名称")
        if not data:
            raise QuizError("请先选择名单文件：Excel（.xlsx）、CSV 或文本")
        return await run_in_threadpool(_put, quiz, name, data)

    @router.post("/class/{id}/drop")
    def drop(id: int) -> Response:
        quiz.people.drop_class(id)
        return answer(goto="quiz/classes")

    return router


def _put(quiz: Quiz, name: str, data: bytes) -> Response:
    members = read_roster(data)
    id = quiz.people.put_class(name, members)
    return answer(goto=f"quiz/class/{id}", said=f"导入了 {len(members)} 人")


def _table(quiz: Quiz, school_class: SchoolClass) -> dict[str, Any]:
    """The scores of a class's members, a column for each of its sessions, the newest first."""
    sessions = [session for session in quiz.sessions.recent() if session.class_id == school_class.id][:12]
    columns = []
    for session in sessions:
        lines = standings(session, quiz.sessions.takings(session), school_class)
        columns.append({line.member: line for line in lines if line.member})
    return {"sessions": sessions, "columns": columns}
