"""A participant's own page at ``/quiz/me``: the wrong-answer notebook, what is due today, and earlier sessions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.app.quiz import Form, Quiz, page, piece, public_router
from assistant.app.quiz_sessions import MODE_NAMES
from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.marking import fraction, read_response
from assistant.quiz.notebook import Entry, outcomes
from assistant.quiz.people import Person
from assistant.quiz.types import BLANK, LETTERS

A_REVIEW = 20
"""How many items at most a day's review asks at once."""


def routers(quiz: Quiz) -> tuple[APIRouter, ...]:
    """The addresses of a participant's own page."""
    return (_own(quiz),)


def _own(quiz: Quiz) -> APIRouter:
    router = public_router()

    @router.get("/me")
    def me(request: Request) -> HTMLResponse:
        person = quiz.me(request)
        entries = _entries(quiz, person)
        sessions = [
            (session, rules.score(session, taking.sheet), session.mode == "practice" or session.phase == "closed")
            for session, taking in quiz.sessions.of_person(person)
        ]
        return page(
            request, "quiz_me.html", person=person, entries=entries, due=_due(quiz, entries), sessions=sessions,
            modes=MODE_NAMES,
        )  # fmt: skip

    @router.get("/me/review")
    def review(request: Request) -> HTMLResponse:
        due = _due(quiz, _entries(quiz, quiz.me(request)))[:A_REVIEW]
        return page(request, "quiz_review.html", due=due, letters=LETTERS, blank=BLANK)

    @router.post("/me/review")
    def reviewed(request: Request, form: Form) -> Response:
        person, item_id = quiz.me(request), str(form.get("item", ""))
        entry = quiz.notebook.entry(person.id, item_id)
        if entry is None:
            raise QuizError("错题本里没有这道题，请刷新页面")
        part = _part(entry, form)
        if part is not None:  # Without it only the marking points were asked for, to be compared with.
            occasion = f"review {quiz.today().isoformat()}"
            entry = quiz.notebook.review(person.id, item_id, part == 1, quiz.now(), occasion)
        told = entry if part is not None else None
        return piece(request, "quiz_explained.html", item=entry.item, part=part, entry=told)

    return router


def _part(entry: Entry, form: dict[str, Any]) -> float | None:
    """What the answer is worth; of a 简答 the person says it, since nobody else is there."""
    if entry.item.type == "简答":
        known = form.get("known")
        return float(known) if isinstance(known, bool) else None
    given = form.get("response")
    return fraction(entry.item, read_response(entry.item, given if isinstance(given, dict) else {}))


def _entries(quiz: Quiz, person: Person) -> list[Entry]:
    """The person's notebook with all that came in since; items that were retired meanwhile are not asked again."""
    sheets = quiz.sessions.of_person(person)
    found = chain.from_iterable(outcomes(session, taking.sheet) for session, taking in sheets)
    quiz.notebook.collect(person.id, list(found))
    statuses = quiz.bank.statuses()
    return [entry for entry in quiz.notebook.entries(person.id) if statuses.get(entry.item.id) != "retired"]


def _due(quiz: Quiz, entries: list[Entry]) -> list[Entry]:
    """What is to be reviewed by the end of today."""
    midnight = datetime.combine(quiz.today() + timedelta(days=1), time.min).astimezone()
    return [entry for entry in entries if entry.memory.due < midnight]
