"""The quiz's pages put together.

``quiz_paper`` (the trainer's desk), ``quiz_bank``, ``quiz_sessions``, ``quiz_hall`` and ``quiz_classes`` are for trainers;
``quiz_take`` and ``quiz_me`` are for participants.
"""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from assistant.app import (
    quiz_access,
    quiz_bank,
    quiz_classes,
    quiz_hall,
    quiz_me,
    quiz_paper,
    quiz_sessions,
    quiz_take,
)
from assistant.app.quiz import Quiz, page
from assistant.app.quiz_access import Forbidden
from assistant.errors import AssistantError

PARTS = (quiz_paper, quiz_bank, quiz_sessions, quiz_hall, quiz_classes, quiz_take, quiz_me)


def routers(quiz: Quiz) -> list[APIRouter]:
    """Every address of the quiz."""
    return [router for part in PARTS for router in part.routers(quiz)]


def add_quiz(app: FastAPI, quiz: Quiz) -> None:
    """Put the quiz's addresses into ``app``."""
    for router in routers(quiz):
        app.include_router(router)
    app.exception_handler(AssistantError)(_object)


async def _object(request: Request, error: Exception) -> Response:
    """An objection as the asker can show it: one line to a script, a page to a person."""
    status = 403 if isinstance(error, Forbidden) else 409
    if request.method != "GET" or request.headers.get(quiz_access.CHANGE_HEADER) == "1":
        return JSONResponse({"error": str(error)}, status_code=status)
    if isinstance(error, Forbidden) and not request.url.path.startswith(("/quiz/take", "/quiz/me")):
        return page(request, "quiz_key.html", status=403)
    return page(request, "quiz_objection.html", status=status, message=str(error))
