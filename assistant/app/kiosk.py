"""The kiosk at ``/kiosk``: its two addresses, and what a touch does.

The page is drawn here and sent whole once; every touch then sends the visit as the page holds it and gets the next
visit and its screen. So a visit dies with its page, two visitors cannot meet, and a server that is restarted in the
middle of an interview goes on with it. Nothing of a visit is kept, logged, or put into an address.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.app import kiosk_render as render
from assistant.app import kiosk_result as result
from assistant.app.conversation import Assistant, Turn
from assistant.app.kiosk_visit import Touch, Visit, interview_of, moved
from assistant.app.page import own_headers
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.judge import judge_all
from assistant.eligibility.rules import Rules
from assistant.errors import AssistantError

# What the door 查标准 offers: the words of a button, and the question that it puts to the assistant.
STANDARDS = (
    ("农村低保", "农村低保标准是多少"),
    ("城镇低保", "城镇低保标准是多少"),
    ("农村特困供养", "农村特困供养标准是多少"),
    ("城镇特困供养", "城镇特困供养标准是多少"),
    ("孤儿", "孤儿基本生活保障标准是多少"),
    ("事实无人抚养儿童", "事实无人抚养儿童补贴标准是多少"),
    ("困难残疾人生活补贴", "困难残疾人生活补贴标准是多少"),
    ("重度残疾人护理补贴", "重度残疾人护理补贴标准是多少"),
)
EXAMPLES = (
    "怎么申请低保",
    "申请低保需要什么材料",
    "低保多久能批下来",
    "临时救助去哪里申请",
    "谁可以认定为特困人员",
)
FAILURE = "程序出了问题，不是您按错了。可以再按一次；还是这样，请到窗口问。"
NOT_A_TOUCH = "这一下没有看懂。请按“结束并清除”，重新开始。"
IDLE_SECONDS = 60
COUNTDOWN_SECONDS = 20
LONGEST_BODY = 128 * 1024

RulesOf = Callable[[date], Rules]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What the kiosk offers: answers of the assistant, and schemes by the rules of a day.

    ``rules_of`` is ``None`` where there are no schemes: the two doors that need them are then left out. ``standards``
    are (words of a button, question), ``examples`` are questions.
    """

    assistant: Assistant
    rules_of: RulesOf | None
    clauses: Clauses
    standards: Sequence[tuple[str, str]]
    examples: Sequence[str]
    today: Callable[[], date]

    def touched(self, touch: Touch) -> tuple[Visit, str]:
        """The visit after a touch, and its screen as HTML. Raises ``AssistantError``."""
        rules = self.rules_of(self.today()) if self.rules_of else None
        visit = moved(touch.visit, touch.act, rules)
        return visit, self._scheme_screen(visit, rules) if rules else self._plain_screen(visit)

    def home(self) -> str:
        """The first screen."""
        return render.home(bool(self.standards), self.rules_of is not None)

    def _plain_screen(self, visit: Visit) -> str:
        match visit.screen:
            case "standards":
                return render.standards(self.standards)
            case "ask":
                return render.ask(self.examples)
            case "answer" if visit.questions:
                return render.answer(self._turn(visit.questions), self.today())
            case _:
                return self.home()

    def _scheme_screen(self, visit: Visit, rules: Rules) -> str:
        match visit.screen:
            case "begin":
                return render.begin(rules.scheme(visit.only), rules)
            case "question" if visit.fact in rules.facts:
                return render.question(rules.facts[visit.fact], interview_of(visit, rules), rules)
            case "review":
                return render.review(interview_of(visit, rules), rules)
            case "results" | "result":
                interview = interview_of(visit, rules)
                judgements = [
                    judgement
                    for judgement in judge_all(interview.known, rules)
                    if not visit.only or judgement.scheme.id == visit.only
                ]
                outcome = result.Outcome(judgements, interview, rules, self.clauses)
                return result.one(outcome, visit.scheme) if visit.screen == "result" else result.overview(outcome)
            case "ways":
                return result.ways(rules)
            case "way" if scheme := rules.scheme(visit.scheme):
                return result.way(scheme, rules, self.clauses)
            case _:
                return self._plain_screen(visit)

    def _turn(self, questions: Sequence[str]) -> Turn:
        *earlier, question = questions
        return Turn(question, answer=self.assistant.ask(question, earlier))


def add_kiosk(
    app: FastAPI,
    assistant: Assistant | AssistantError,
    rules_of: RulesOf | None,
    today: Callable[[], date],
    *,
    idle_seconds: int = IDLE_SECONDS,
    countdown_seconds: int = COUNTDOWN_SECONDS,
) -> None:
    """Put the kiosk into ``app``; a visit untouched for ``idle_seconds`` is wiped after a countdown.

    Given an error instead of an assistant, the page sends people to the window and says what to do about it.
    """
    if isinstance(assistant, AssistantError):
        _add_page(app, render.page(render.closed(str(assistant)), idle_seconds, countdown_seconds))
        return
    kiosk = Kiosk(
        assistant,
        rules_of,
        Clauses(assistant.passages),
        [(words, question) for words, question in STANDARDS if _answers(assistant, question, with_figure=True)],
        [question for question in EXAMPLES if _answers(assistant, question, with_figure=False)],
        today,
    )
    _add_page(app, render.page(kiosk.home(), idle_seconds, countdown_seconds))

    @app.post("/kiosk")
    async def touched(request: Request) -> JSONResponse:
        return await run_in_threadpool(_respond, kiosk, await _read(request))


def _add_page(app: FastAPI, page: str) -> None:
    @app.get("/kiosk")
    def whole_page() -> HTMLResponse:
        return HTMLResponse(page, headers=own_headers() | {"cache-control": "no-store"})


async def _read(request: Request) -> bytes:
    """The body of a request, no more than a little over the longest that a touch can be."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            break
    return body


def _respond(kiosk: Kiosk, body: bytes) -> JSONResponse:
    try:
        if len(body) > LONGEST_BODY:
            return _told(NOT_A_TOUCH, 413)
        visit, html = kiosk.touched(Touch.model_validate_json(body))
    except ValidationError:
        return _told(NOT_A_TOUCH, 422)
    except AssistantError as error:
        return _told(str(error), 422)
    except Exception as error:
        _log(error)
        return _told(FAILURE, 500)
    return _json({"visit": visit.model_dump(exclude_defaults=True), "html": html})


def _told(words: str, status: int) -> JSONResponse:
    return _json({"told": words}, status)


def _json(content: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers={"cache-control": "no-store"})


def _log(error: Exception) -> None:
    """What kind of error, and where: its message and its traceback's values could hold what a person answered."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    logger.error("the kiosk failed on a touch: %s at %s", type(error).__name__, where)


def _answers(assistant: Assistant, question: str, with_figure: bool) -> bool:
    """Whether the assistant answers a question of the kiosk's own: no button leads to a refusal."""
    try:
        answer = assistant.ask(question)
    except Exception:
        logger.exception("the assistant failed on an example")
        return False
    return bool(answer.figures) if with_figure else answer.answered
