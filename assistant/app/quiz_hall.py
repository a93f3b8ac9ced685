"""The hall's screen of a live class, from which the trainer leads it: question by question, a bar an option."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.app.quiz import Form, Quiz, answer, page, root_of
from assistant.app.quiz_sessions import door
from assistant.app.render import fill
from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.results import standings
from assistant.quiz.session import Session
from assistant.quiz.types import LETTERS


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of the hall's screen."""
    return (_hall(quiz),)


def _hall(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("/session/{id}/hall")
    def hall(request: Request, id: str) -> HTMLResponse:
        session = _live(quiz, id)
        return page(request, "quiz_hall.html", session=session, **_screen(quiz, request, session))

    @router.get("/session/{id}/screen")
    def screen(request: Request, id: str, seen: str = "") -> Response:
        session = _live(quiz, id)
        shown = _screen(quiz, request, session)
        changed = {"html": shown["screen"]} if shown["version"] != seen else {}
        return answer(**{name: shown[name] for name in ("version", "counts", "answered", "joined")}, **changed)

    @router.post("/session/{id}/advance")
    def advance(id: str, form: Form) -> Response:
        # The trainer's page says what it showed, so that two touches do not skip a question.
        def step(session: Session) -> Session:
            return rules.advance(session) if form.get("from") == stage(session) else session

        quiz.sessions.change(id, step)
        return answer()

    @router.post("/session/{id}/names")
    def names(id: str, form: Form) -> Response:
        quiz.sessions.change(id, lambda session: rules.show_names(session, bool(form.get("shown"))))
        return answer()

    return router


def stage(session: Session) -> str:
    """Where a live class stands, as a word for the scripts: it changes with every step."""
    return f"{session.place}-{session.phase}"


def _live(quiz: Quiz, id: str) -> Session:
    session = quiz.sessions.get(id)
    if session.mode != "live":
        raise QuizError("这不是课堂，没有大屏幕")
    return session


def _screen(quiz: Quiz, request: Request, session: Session) -> dict[str, Any]:
    """What the hall sees: names only where the trainer shows them."""
    takings = quiz.sessions.takings(session)
    item = session.current.item
    given = [(taking, taking.sheet.answers[item.id]) for taking in takings if item.id in taking.sheet.answers]
    if item.options:
        rows = [[taking.person.name for taking, one in given if place in one.response.choices]
                for place in range(len(item.options))]  # fmt: skip
    else:
        right = [taking.person.name for taking, _ in given if rules.share(session.current, taking.sheet) == 1]
        wrong = [taking.person.name for taking, _ in given if rules.share(session.current, taking.sheet) != 1]
        rows = [right, wrong] if session.phase in ("revealed", "closed") else [[], []]
    joined = [taking.person.name for taking in takings]
    version = f"{stage(session)}-{session.names_shown}"
    if session.names_shown or session.phase == "closed":
        version += f"-{len(joined)}-{'.'.join(str(len(names)) for names in rows)}"  # Then the names have to keep up.
    best = standings(session, takings, None)[:10] if session.phase == "closed" else []
    values = {
        "session": session, "item": item, "rows": rows, "joined": joined, "letters": LETTERS, "best": best,
        "stage": stage(session), **door(request, session),
    }  # fmt: skip
    return {
        "version": version, "counts": [len(names) for names in rows], "answered": len(given), "joined": len(joined),
        "screen": fill("quiz_screen.html", root=root_of(request), **values),
    }  # fmt: skip
