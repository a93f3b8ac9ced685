"""What a trainer holds: the list of sessions, and one with its results and statistics."""

from __future__ import annotations

from functools import partial
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.app import quiz_plots
from assistant.app.quiz import EXCEL, Form, Quiz, answer, download, page, piece
from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.people import SchoolClass
from assistant.quiz.results import DOUBTS, Standing, response_text, results_workbook, standings
from assistant.quiz.session import Session
from assistant.quiz.statistics import item_statistics
from assistant.quiz.store import Taking
from assistant.quiz.types import LETTERS

MODE_NAMES = {"practice": "练习", "exam": "考试", "live": "课堂"}
PHASE_NAMES = {"lobby": "等人加入", "open": "进行中", "revealed": "进行中", "closed": "已结束"}
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of sessions."""
    return _looking(quiz), _changing(quiz)


def _looking(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.get("/sessions")
    def sessions(request: Request) -> HTMLResponse:
        lines = [(session, quiz.sessions.count(session.id)) for session in quiz.sessions.recent()]
        return page(request, "quiz_sessions.html", lines=lines, modes=MODE_NAMES, phases=PHASE_NAMES)

    @router.get("/session/{id}")
    def one(request: Request, id: str) -> HTMLResponse:
        session = quiz.sessions.get(id)
        shown = _results(quiz, session) | door(request, session)
        return page(request, "quiz_session.html", **shown)

    @router.get("/session/{id}/results")
    def results(request: Request, id: str) -> Response:
        return piece(request, "quiz_results.html", **_results(quiz, quiz.sessions.get(id)))

    @router.get("/session/{id}/excel")
    def excel(id: str) -> Response:
        session = quiz.sessions.get(id)
        takings = quiz.sessions.takings(session)
        lines = standings(session, takings, class_of(quiz, session))
        data = results_workbook(session, lines, item_statistics(session, [taking.sheet for taking in takings]))
        return download(data, f"{session.title}成绩.xlsx", EXCEL)

    @router.get("/session/{id}/sheet/{person_id}")
    def sheet(request: Request, id: str, person_id: int) -> HTMLResponse:
        session = quiz.sessions.get(id)
        taking = _taking(quiz, session, person_id)
        return page(
            request, "quiz_sheet.html", session=session, taking=taking, score=rules.score(session, taking.sheet),
            share=partial(rules.share, sheet=taking.sheet), text=response_text,
        )  # fmt: skip

    return router


def _changing(quiz: Quiz) -> APIRouter:
    router = quiz.trainer_router()

    @router.post("/session/{id}/close")
    def close(id: str) -> Response:
        quiz.sessions.change(id, rules.close)
        return answer(said="已经结束，大家可以看解析了", reload=True)

    @router.post("/session/{id}/remove")
    def remove(id: str) -> Response:
        quiz.sessions.remove(id)
        return answer(goto="quiz/sessions")

    @router.post("/session/{id}/award/{person_id}/{item_id}")
    def award(id: str, person_id: int, item_id: str, form: Form) -> Response:
        points = len(quiz.sessions.get(id).question(item_id).item.answers)
        ticked = form.get("points", [])
        given = len(set(ticked)) if isinstance(ticked, list) else 1
        quiz.sessions.award(id, person_id, item_id, min(1.0, given / points))
        return answer(said="已记分", reload=True)

    @router.post("/session/{id}/again/{person_id}")
    def again(request: Request, id: str, person_id: int) -> Response:
        _taking(quiz, quiz.sessions.get(id), person_id)
        address = f"{request.base_url}quiz/back/{quiz.people.new_token(person_id)}?to={quiz.sessions.get(id).code}"
        return piece(request, "quiz_again.html", address=address, picture=qr(address))

    return router


def class_of(quiz: Quiz, session: Session) -> SchoolClass | None:
    """The class list of a session, if it has one that still exists."""
    if session.class_id is None:
        return None
    return next((one for one in quiz.people.classes() if one.id == session.class_id), None)


def qr(address: str) -> str:
    """An address as a QR code, an SVG element without a size of its own."""
    return str(segno.make(address, error="m").svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


def _taking(quiz: Quiz, session: Session, person_id: int) -> Taking:
    taking = quiz.sessions.taking(session, person_id)
    if taking is None:
        raise QuizError("这个人没有参加这次学习")
    return taking


def door(request: Request, session: Session) -> dict[str, Any]:
    """How participants get in. An address of this machine alone leads no telephone here, which is said."""
    address = f"{request.base_url}quiz/join?code={session.code}"
    return {
        "address": address, "short": f"{request.base_url}quiz/join".removeprefix("http://"), "picture": qr(address),
        "unreachable": request.url.hostname in OWN_MACHINE,
    }  # fmt: skip


def _results(quiz: Quiz, session: Session) -> dict[str, Any]:
    takings, school_class = quiz.sessions.takings(session), class_of(quiz, session)
    lines = standings(session, takings, school_class)
    statistics = item_statistics(session, [taking.sheet for taking in takings])
    scores = [line.score for line in lines if line.score]
    return {
        "session": session, "lines": lines, "statistics": statistics, "modes": MODE_NAMES, "phases": PHASE_NAMES,
        "doubts": DOUBTS, "letters": LETTERS, "school_class": school_class,
        "finished": partial(_finished, quiz, session), "mean": _mean(lines),
        "plots": {
            "scores": quiz_plots.score_bars(scores), "facility": quiz_plots.facility_bars(statistics),
            "dots": quiz_plots.item_dots(statistics), "width": quiz_plots.WIDTH, "height": quiz_plots.HEIGHT,
            "left": quiz_plots.LEFT, "top": quiz_plots.TOP, "bottom": quiz_plots.BOTTOM,
        },
    }  # fmt: skip


def _finished(quiz: Quiz, session: Session, taking: Taking) -> bool:
    return rules.finished(session, taking.sheet, quiz.now())


def _mean(lines: list[Standing]) -> float | None:
    scores = [line.score.awarded for line in lines if line.score]
    return sum(scores) / len(scores) if scores else None
