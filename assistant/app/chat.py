"""The chat page: what it is made of and what its events do.

What is shown is drawn by ``render`` from the turns of one person's conversation, which gradio keeps apart for every
open page. What happens inside the browser alone (lighting a card, copying, the size of the text) is in ``chat.js``.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal, cast

import gradio as gr

from assistant.app import render
from assistant.app.conversation import (
    LONGEST_COMMENT,
    Assistant,
    Turn,
    chosen_day,
    earlier_questions,
    objection,
)
from assistant.app.feedback import Feedback, FeedbackStore
from assistant.app.page import Page
from assistant.errors import AssistantError

TITLE = "政策问答"
EXAMPLES = (
    "农村低保标准是多少",
    "城镇特困供养标准是多少",
    "2024年发了多少低保金",
    "社会团体有多少个",
    "申请低保需要什么条件",
    "谁可以认定为特困人员",
)
FAILURE = "程序出了问题，不是您的问题有误。可以再问一次；一直这样的话，请告诉管理员。"
FORGOTTEN = "这次问答已过去太久，不能再评价了。"
NOT_KEPT = "您的意见没有存下来，请告诉管理员检查意见文件能否写入。"
# A conversation is forgotten an hour after its last question (gradio does the same for a closed page).
FORGET_AFTER_SECONDS = 3600

# The events that chat.js sends, under names that gradio knows: a question, a vote, a new conversation.
CONNECT = "window.policyChat.connect(element, trigger, watch, ['submit', 'like', 'clear']);"
HEADER = "window.policySizes.connect(element); window.policyChat.connectDay(element);"

Turns = tuple[Turn, ...]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat over one assistant; ``today`` is asked anew for every drawing, since a server runs for months."""

    assistant: Assistant
    feedback: FeedbackStore
    examples: tuple[str, ...] = ()
    today: Callable[[], date] = date.today

    def draw(self, turns: Turns) -> tuple[str, str]:
        """The conversation and its sources as HTML."""
        return render.conversation(turns, self.examples), render.sources(turns, self.today())

    def ask(self, question: str, turns: Turns, day: date | None = None) -> Turn:
        """Put a question, by the rules of ``day``; what goes wrong becomes a turn that says so."""
        try:
            answer = self.assistant.ask(question, earlier_questions(turns), day or self.today())
            return Turn(question, answer=answer, day=day)
        except AssistantError as error:
            return Turn(question, failure=str(error))
        except Exception:
            logger.exception("the assistant failed on a question")
            return Turn(question, failure=FAILURE)

    def vote(self, turn: Turn, vote: Literal["up", "down"], reason: str, comment: str) -> Turn:
        """Keep a vote on an answered turn. Raises ``sqlite3.Error`` or ``OSError`` when it cannot be written."""
        assert turn.answer is not None
        self.feedback.record(
            Feedback(
                answer=turn.id,
                vote=vote,
                question=turn.question,
                answered=turn.answer.answered,
                citations=tuple((cited.passage.id, cited.start, cited.end) for cited in turn.answer.citations),
                time=datetime.now(UTC),
                reason=reason if reason in render.DOWN_REASONS else "",
                comment=comment[:LONGEST_COMMENT],
            )
        )
        return replace(turn, vote=vote)

    def on_ask(self, typed: str, turns: Turns, picked: str, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Show the question at once and then its answer: conversation, sources, objection, box, turns."""
        sent = _data(event).get("question", typed)
        question = str(sent or "").strip()
        if refused := objection(question):
            yield gr.skip(), gr.skip(), render.objection(refused), gr.skip(), gr.skip()
            return
        day = chosen_day(picked or "", self.today())
        waiting = Turn(question, day=day)
        yield *self.draw((*turns, waiting)), "", "", gr.skip()
        turns = (*turns, replace(self.ask(question, turns, day), id=waiting.id))
        yield *self.draw(turns), "", gr.skip(), turns

    def on_vote(self, turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        """Keep a vote and thank for it: conversation, objection, turns."""
        data = _data(event)
        vote = data.get("vote")
        voted = next((turn for turn in turns if turn.id == data.get("turn") and turn.answer is not None), None)
        if voted is None or vote not in ("up", "down"):
            return gr.skip(), render.objection(FORGOTTEN), gr.skip()
        try:
            kept = self.vote(voted, cast(Any, vote), str(data.get("reason", "")), str(data.get("comment", "")))
        except (sqlite3.Error, OSError):
            logger.exception("a vote could not be written")
            return gr.skip(), render.objection(NOT_KEPT), gr.skip()
        turns = tuple(kept if turn.id == kept.id else turn for turn in turns)
        return render.conversation(turns, self.examples), "", turns

    def on_clear(self) -> tuple[Any, ...]:
        """Begin anew: conversation, sources, objection, box, turns."""
        return *self.draw(()), "", "", ()


def _data(event: gr.EventData) -> dict[str, Any]:
    """What chat.js sent with an event; nothing for an event of gradio's own."""
    return event._data if isinstance(event._data, dict) else {}


def answerable(assistant: Assistant, examples: Sequence[str] = EXAMPLES) -> tuple[str, ...]:
    """The examples that this corpus answers: a page never proposes what it would then refuse."""

    def answers(question: str) -> bool:
        try:
            return assistant.ask(question).answered
        except Exception:
            logger.exception("the assistant failed on an example")
            return False

    return tuple(example for example in examples if answers(example))


def page(assistant: Assistant | AssistantError, feedback: FeedbackStore, today: Callable[[], date]) -> Page:
    """The chat page; given an error instead of an assistant, the page says what to do about it."""
    blocks = _unusable(assistant) if isinstance(assistant, AssistantError) else _chat(assistant, feedback, today)
    return Page("/", TITLE, blocks, stylesheets=("chat.css", "reader.css"), scripts=("reader.js", "chat.js"))


def _blocks() -> gr.Blocks:
    return gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=script)


def _chat(assistant: Assistant, feedback: FeedbackStore, today: Callable[[], date]) -> gr.Blocks:
    chat = Chat(assistant, feedback, answerable(assistant), today)
    conversation, sources = chat.draw(())
    with _blocks() as blocks:
        turns = gr.State((), time_to_live=FORGET_AFTER_SECONDS)
        with gr.Column(elem_id="page"):
            _html(render.header(tuple(assistant.documents.values()), today()), "header", HEADER)
            shown = _html(conversation, "conversation", CONNECT)
            with gr.Column(elem_id="composer"):
                objected = _html("", "objection")
                box = _box()
            # Filled by chat.js with the day that is picked in the header, so that it goes along with every question.
            day = gr.Textbox(elem_id="picked-day", label="以哪一天为准", show_label=False, container=False)
            beside = _html(sources, "sources")
        # Nothing of this is an interface for programs: the command line has one.
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asked = gr.on(
            [box.submit, shown.submit],
            chat.on_ask,
            [box, turns, day],
            [shown, beside, objected, box, turns],
            trigger_mode="once",
            concurrency_limit=4,
            **hidden,
        )
        shown.like(chat.on_vote, turns, [shown, objected, turns], queue=False, **hidden)
        shown.clear(chat.on_clear, None, [shown, beside, objected, box, turns], queue=False, cancels=[asked], **hidden)
    return blocks


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="输入问题",
        show_label=False,
        container=False,
        placeholder="输入问题……",
        lines=1,
        max_lines=6,
        submit_btn="发送",
        autofocus=True,
        html_attributes=gr.InputHTMLAttributes(
            autocomplete="off", autocorrect="off", spellcheck=False, enterkeyhint="send", lang="zh-CN"
        ),
    )


def _unusable(error: AssistantError) -> gr.Blocks:
    with _blocks() as blocks, gr.Column(elem_id="page"):
        _html(render.header((), date.today()), "header", HEADER)
        _html(render.unusable(str(error)), "conversation")
    return blocks
