"""Participants: join with a code and a name, practise, sit an exam, follow a live class. All of it fits a telephone."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.app import quiz_access
from assistant.app.quiz import Form, Quiz, answer, page, piece, public_router, root_of
from assistant.app.quiz_hall import stage
from assistant.app.render import fill
from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.people import Person, clean_name
from assistant.quiz.session import Session
from assistant.quiz.store import Taking
from assistant.quiz.types import BLANK, LETTERS


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of participants in a session."""
    return _joining(quiz), _taking(quiz), _following(quiz)


def _joining(quiz: Quiz) -> APIRouter:
    router = public_router()

    @router.get("/join")
    def door(request: Request, code: str = "") -> HTMLResponse:
        return page(request, "quiz_join.html", code=code[:6], person=quiz.person(request))

    @router.post("/join")
    def join(request: Request, form: Form) -> Response:
        session = quiz.sessions.by_code(str(form.get("code", "")))
        name = clean_name(str(form.get("name", "")))
        if session.phase == "closed":
            raise QuizError("这次学习已经结束")
        response = answer(goto=f"quiz/take/{session.code}")
        person = quiz.person(request)
        if person is None or person.name != name:
            person, token = quiz.people.register(name, quiz.now())
            quiz_access.remember_person(response, token)
        if session.mode != "exam":
            quiz.sessions.take(session.id, person, quiz.now())
        return response

    @router.post("/forget")
    def forget() -> Response:
        response = answer(goto="quiz/join")
        quiz_access.forget_person(response)
        return response

    @router.get("/back/{token}")
    def back(request: Request, token: str, to: str = "") -> Response:
        if quiz.people.known(token) is None:
            raise QuizError("这个链接已经失效，请找老师要新的")
        address = f"quiz/take/{to}" if to.isdigit() else "quiz/me"
        response = RedirectResponse(root_of(request) + address, status_code=303)
        quiz_access.remember_person(response, token)
        return response

    return router


def _taking(quiz: Quiz) -> APIRouter:
    router = public_router()

    @router.get("/take/{code}")
    def take(request: Request, code: str) -> Response:
        session, person = quiz.sessions.by_code(code), quiz.person(request)
        taking = quiz.sessions.taking(session, person.id) if person else None
        if person is None or (taking is None and session.mode != "exam"):
            return RedirectResponse(f"{root_of(request)}quiz/join?code={session.code}", status_code=303)
        return _page(quiz, request, session, person, taking)

    @router.post("/take/{code}/begin")
    def begin(request: Request, code: str) -> Response:
        session = quiz.sessions.by_code(code)
        quiz.sessions.take(session.id, quiz.me(request), quiz.now())
        return answer(goto=f"quiz/take/{session.code}")

    @router.post("/take/{code}/answer")
    def give(request: Request, code: str, form: Form) -> Response:
        person, item_id = quiz.me(request), str(form.get("item", ""))
        given = form.get("response")
        session, taking = quiz.sessions.answer(
            quiz.sessions.by_code(code).id, person.id, item_id, given if isinstance(given, dict) else {}, quiz.now()
        )
        if session.mode == "live":
            return piece(request, "quiz_live.html", **_followed(session, taking))
        if session.mode == "exam":
            return answer(left=_left(quiz, session, taking))
        question = session.question(item_id)
        part = rules.share(question, taking.sheet)
        return piece(request, "quiz_explained.html", item=question.item, part=part)

    @router.post("/take/{code}/submit")
    def submit(request: Request, code: str) -> Response:
        quiz.sessions.submit(quiz.sessions.by_code(code).id, quiz.me(request).id, quiz.now())
        return answer(goto=f"quiz/take/{code}")

    return router


def _following(quiz: Quiz) -> APIRouter:
    router = public_router()

    @router.get("/take/{code}/live")
    def live(request: Request, code: str, seen: str = "") -> Response:
        session, person = quiz.sessions.by_code(code), quiz.me(request)
        if session.mode != "live":
            raise QuizError("这不是课堂")
        if stage(session) == seen:
            return answer(version=seen)
        taking = quiz.sessions.taking(session, person.id)
        if taking is None:
            raise QuizError("您还没有加入这次学习，请重新输入课堂码")
        html = fill("quiz_live.html", root=root_of(request), **_followed(session, taking))
        return answer(version=stage(session), html=html)

    return router


def _page(quiz: Quiz, request: Request, session: Session, person: Person, taking: Taking | None) -> HTMLResponse:
    """What a participant sees at this moment, by the kind of session and how far they are."""
    if taking is None:
        if session.phase == "closed":
            raise QuizError("这次学习已经结束")
        return page(request, "quiz_begin.html", session=session, person=person)
    if session.mode == "live":
        return page(request, "quiz_follow.html", person=person, version=stage(session), **_followed(session, taking))
    if rules.finished(session, taking.sheet, quiz.now()):
        if session.mode == "exam":
            _, taking, _ = quiz.sessions.submit(session.id, person.id, quiz.now())
        return page(request, "quiz_done.html", person=person, **_followed(session, taking))
    return page(
        request, "quiz_take.html", left=_left(quiz, session, taking), sheet_id=taking.id, **_followed(session, taking)
    )


def _followed(session: Session, taking: Taking) -> dict[str, Any]:
    return {
        "session": session, "sheet": taking.sheet, "score": rules.score(session, taking.sheet), "letters": LETTERS,
        "share": partial(rules.share, sheet=taking.sheet), "explained": partial(rules.explained, session, taking.sheet), "blank": BLANK,
    }  # fmt: skip


def _left(quiz: Quiz, session: Session, taking: Taking) -> float | None:
    """Seconds until the time is over, by the server's clock."""
    end = rules.deadline(session, taking.sheet)
    return None if end is None else max(0.0, (end - quiz.now()).total_seconds())
