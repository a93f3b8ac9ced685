"""What all pages of the quiz share: the stores they work on, who is asking, and how an answer is put.

The pages are plain: filled templates with a small script each, and no gradio. ``quiz_site`` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Protocol
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic_core import from_json

from assistant.answer.validity import IN_FORCE, validity
from assistant.app import quiz_access
from assistant.app.page import own_headers
from assistant.app.quiz_access import Forbidden
from assistant.app.render import fill
from assistant.errors import QuizError
from assistant.quiz.bank import ItemBank
from assistant.quiz.database import open_database
from assistant.quiz.notebook import Notebook
from assistant.quiz.paper_store import PaperStore
from assistant.quiz.people import People, Person
from assistant.quiz.store import SessionStore
from assistant.quiz.types import Item, ItemType
from assistant.types import Document, Passage

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_UPLOAD = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class QuizPlace:
    """Where the quiz keeps its things: a SQLAlchemy address, and the file with the trainers' key."""

    database: str
    key: Path


class Maker(Protocol):
    """Makes new items from clauses of the named documents (ids), or of all rules in force where none is named."""

    def __call__(
        self, documents: Sequence[str] = (), *, types: Sequence[ItemType] = (), count: int, seed: int = 0
    ) -> list[Item]:
        """Up to ``count`` items. Raises ``QuizError`` where the clauses give none."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Quiz:
    """What all pages of the quiz work with. ``now`` is asked anew for every request and gives an aware time in UTC.

    ``passages`` and ``documents`` are those of the index; where there is none, they are empty and nothing is made.
    """

    place: QuizPlace
    passages: tuple[Passage, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    make: Maker | None = None
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = _now

    def __post_init__(self) -> None:
        self.key = quiz_access.trainer_key(self.place.key)
        engine = open_database(self.place.database)
        self.people = People(engine)  # First: sheets refer to people.
        self.bank, self.papers = ItemBank(engine), PaperStore(engine)
        self.sessions, self.notebook = SessionStore(engine), Notebook(engine)

    def in_force(self) -> list[Document]:
        """The documents that hold today."""
        today = self.today()
        return [document for document in self.documents.values() if validity(document, today) == IN_FORCE]

    def passages_in_force(self) -> list[Passage]:
        """The passages of those documents."""
        ids = {document.id for document in self.in_force()}
        return [passage for passage in self.passages if passage.document.id in ids]

    def trainer_only(self, request: Request) -> None:
        """A dependency of the trainers' addresses. Raises ``Forbidden`` for others."""
        if not quiz_access.is_trainer(request, self.key):
            raise Forbidden("请先输入培训员口令")

    def person(self, request: Request) -> Person | None:
        """The participant whose token the browser sends, if any."""
        token = request.cookies.get(quiz_access.PERSON_COOKIE, "")
        return self.people.known(token) if token else None

    def me(self, request: Request) -> Person:
        """The participant who asks. Raises ``Forbidden`` where nobody is known."""
        person = self.person(request)
        if person is None:
            raise Forbidden("请先输入课堂码和姓名")
        return person

    def trainer_router(self) -> APIRouter:
        """A router whose addresses are for trainers, and whose changes are for this site's scripts."""
        return APIRouter(prefix="/quiz", dependencies=[Depends(self.trainer_only), Depends(_guard)])


def public_router() -> APIRouter:
    """A router for anybody, whose changes are for this site's scripts."""
    return APIRouter(prefix="/quiz", dependencies=[Depends(_guard)])


def _guard(request: Request) -> None:
    if request.method != "GET":
        quiz_access.check_change(request)


def root_of(request: Request) -> str:
    """The address of the site itself, with a slash at its end: what every link begins with."""
    return f"{request.scope.get('root_path', '')}/"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page."""
    html = fill(template, root=root_of(request), **values)
    return HTMLResponse(html, status_code=status, headers=own_headers() | {"cache-control": "no-store"})


def piece(request: Request, template: str, found_at: str = "", **values: Any) -> JSONResponse:
    """A part of a page, for the script that asked for it; ``found_at`` is where the page as a whole is then found."""
    return answer(html=fill(template, root=root_of(request), **values), address=found_at)


def answer(**values: Any) -> JSONResponse:
    """What a script is told: ``html`` to show, ``goto`` and ``address`` (from the site's root) to go to or to put into the
    address bar, ``reload``, ``said`` to tell the person."""
    return JSONResponse(values, headers={"cache-control": "no-store"})


def download(data: bytes, name: str, media_type: str) -> Response:
    """A file to be kept under ``name``."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "no-store",
    }
    return Response(data, media_type=media_type, headers=headers)


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises ``QuizError`` for anything else."""
    data = await bytes_of(request)
    try:
        record = from_json(data or b"{}")  # Unlike json, it refuses halves of characters and endless nesting.
    except ValueError as error:
        raise QuizError("请求读不懂，请刷新页面再试") from error
    if not isinstance(record, dict):
        raise QuizError("请求读不懂，请刷新页面再试")
    return record


async def bytes_of(request: Request) -> bytes:
    """The bytes of a request, an uploaded file. Raises ``QuizError`` where they are too many."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LARGEST_UPLOAD:
            raise QuizError(f"文件太大，最多{LARGEST_UPLOAD // 1024 // 1024}兆")
    return bytes(data)


Form = Annotated[dict[str, Any], Depends(body_of)]
"""The fields that a script sends, of an address's ``form`` parameter."""
