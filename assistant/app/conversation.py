"""What one person has asked in one sitting, as frozen values, and what the pages need of an assistant."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from assistant.quiz.types import Item, ItemType
from assistant.types import Answer, Document, Passage

LONGEST_QUESTION = 500
LONGEST_COMMENT = 500

Vote = Literal["", "up", "down"]


class Assistant(Protocol):
    """Whatever answers questions over documents."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by their id."""

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages of all documents, those of one document in its order."""

    def ask(self, question: str, turns: Sequence[str] = (), day: date | None = None) -> Answer:
        """Answer ``question`` by the rules of ``day``; ``turns`` are the conversation's earlier questions, oldest first."""

    def quiz_items(
        self, documents: Sequence[str] = (), *, types: Sequence[ItemType] = (), count: int, seed: int = 0
    ) -> list[Item]:
        """New items for legal study from the named documents, or from all rules in force; see ``quiz.Maker``."""


def _new_id() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: nothing yet, an answer, or a failure in words for the person who asked.

    ``question`` is what was typed; the answer's own question may be a completed follow-up. ``day`` is the day by whose
    rules it was asked for, where that is not today.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    vote: Vote = ""
    id: str = field(default_factory=_new_id)
    day: date | None = None


def earlier_questions(turns: Iterable[Turn]) -> tuple[str, ...]:
    """The questions that were heard, as typed, oldest first: a failed one was not."""
    return tuple(turn.question for turn in turns if turn.answer is not None)


def objection(question: str) -> str:
    """Why a question cannot be sent as it is, in words for the person who typed it; empty when it can."""
    if not question:
        return "请先输入问题。"
    if len(question) > LONGEST_QUESTION:
        return f"问题太长：最多 {LONGEST_QUESTION} 字，现在是 {len(question)} 字。请缩短后再发送。"
    return ""


def chosen_day(written: str, today: date) -> date | None:
    """The day that was picked in the header (``2024-08-31``); ``None`` for today, and for what is no day."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return None if day == today else day
