"""The website: the pages put together and served from this machine to this machine or its network.

The chat is a gradio ``Page`` put in by ``mount``; ``kiosk`` and ``quiz`` add plain pages.
"""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from assistant.app import chat, reader
from assistant.app.conversation import Assistant
from assistant.app.feedback import FeedbackStore
from assistant.app.kiosk import RulesOf, add_kiosk
from assistant.app.page import mount, own_headers
from assistant.app.quiz import Quiz, QuizPlace
from assistant.app.quiz_access import trainer_key
from assistant.app.quiz_site import add_quiz
from assistant.errors import AssistantError, SettingsError
from assistant.types import Passage

STATIC = Path(__file__).parent / "static"


def serve(
    assistant: Assistant | AssistantError,
    *,
    host: str,
    port: int,
    feedback: Path,
    rules_of: RulesOf | None = None,
    today: Callable[[], date] = date.today,
    quiz: QuizPlace | None = None,
    open_browser: bool = False,
) -> None:
    """Serve the pages until the process is stopped; with ``open_browser``, show the first one on this screen.

    Where the index cannot be used, ``assistant`` is the error: the pages come up and show its message, which says what
    to run. ``rules_of`` gives the schemes' rules of a day, for the kiosk. ``today`` is the day by which documents are
    called valid. Raises ``SettingsError`` when the address cannot be had, and ``QuizError`` when the quiz's database
    cannot be opened.
    """
    with listen(host, port) as door:
        app = website(assistant, feedback, today, rules_of, quiz)
        url = address(host, door.getsockname()[1])
        print(f"已启动：{url} （按 Ctrl+C 停止）", flush=True)
        if quiz is not None:
            print(f"学法测验：{url}quiz 培训员口令：{trainer_key(quiz.key)}", flush=True)
        if open_browser and _has_screen():
            webbrowser.open(url)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[door])


def website(
    assistant: Assistant | AssistantError,
    feedback: Path,
    today: Callable[[], date] = date.today,
    rules_of: RulesOf | None = None,
    quiz: QuizPlace | None = None,
) -> FastAPI:
    """All pages as one application; those of the quiz where it has a place."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/pages", _Files(directory=STATIC))
    if not isinstance(assistant, AssistantError):
        _add_documents(app, assistant, today)
    add_kiosk(app, assistant, rules_of, today)
    if quiz is not None:
        add_quiz(app, _quiz_over(assistant, quiz, today))
    mount(app, (chat.page(assistant, FeedbackStore(feedback), today),))
    return app


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at the address; port 0 takes any free one. Raises ``SettingsError``."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(where)
        # From here on a caller waits for its answer instead of being turned away while the server starts.
        door.listen(128)
    except OSError as error:
        advice = f"换一个端口：--port {port + 1}"
        raise SettingsError(f"不能在 {host} 的 {port} 端口上启动（{error.strerror}）；{advice}") from error
    return door


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"


def _has_screen() -> bool:
    """Whether a browser would open beside this terminal and not inside it."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _quiz_over(assistant: Assistant | AssistantError, place: QuizPlace, today: Callable[[], date]) -> Quiz:
    """The quiz over the assistant's documents; without an index sessions can still be held, only nothing new be made."""
    if isinstance(assistant, AssistantError):
        return Quiz(place, today=today)
    return Quiz(place, tuple(assistant.passages), assistant.documents, assistant.quiz_items, today)


class _Files(StaticFiles):
    """The pages' own files; a browser asks each time whether they changed, so that an update shows at once."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


def _add_documents(app: FastAPI, assistant: Assistant, today: Callable[[], date]) -> None:
    passages: dict[str, list[Passage]] = {}
    for passage in assistant.passages:
        passages.setdefault(passage.document.id, []).append(passage)

    @app.get("/document")
    def document(id: str, start: int = -1, end: int = -1) -> HTMLResponse:
        found = assistant.documents.get(id)
        if found is None:
            return HTMLResponse(reader.missing_page(), status_code=404, headers=own_headers())
        html = reader.document_page(found, passages.get(id, ()), today(), start, end)
        return HTMLResponse(html, headers=own_headers())

    @app.get("/documents")
    def documents() -> HTMLResponse:
        html = reader.documents_page(tuple(assistant.documents.values()), today())
        return HTMLResponse(html, headers=own_headers())
