"""A session as a state machine of frozen values: practice, exam and live class. No clock, no store: time is given.

A ``Session`` is what the trainer holds (which questions, how far it has come); a ``Sheet`` is what one participant has
answered. Every step gives a new value or raises ``QuizError`` with what to tell the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from assistant.errors import QuizError
from assistant.quiz.marking import Response, fraction
from assistant.quiz.paper import Question

Mode = Literal["practice", "exam", "live"]
Phase = Literal["lobby", "open", "revealed", "closed"]
"""How far a session is. Practice and exam are open, then closed; a live class goes lobby → (open → revealed)… → closed."""

GRACE = timedelta(seconds=5)
"""How long after the end of an exam an answer that is on its way still counts."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a trainer holds: ``questions`` are a snapshot, so a later edit of the bank does not change them.

    ``code`` is what participants type; ``minutes`` is an exam's time from a participant's own start. ``place`` is the
    question of a live class that is on the screen, from 0. Raises ``ValueError`` for a session that cannot be held.
    """

    id: str
    code: str
    mode: Mode
    title: str
    questions: tuple[Question, ...]
    created: datetime
    minutes: int | None = None
    class_id: int | None = None
    phase: Phase = "open"
    place: int = 0
    names_shown: bool = False

    def __post_init__(self) -> None:
        ids = [question.item.id for question in self.questions]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError("a session needs questions, all of them different")
        if not 0 <= self.place < len(ids):
            raise ValueError(f"there is no question {self.place} in a session of {len(ids)}")
        if (self.minutes is not None) != (self.mode == "exam") or (self.minutes is not None and self.minutes < 1):
            raise ValueError("an exam has a time in minutes, and nothing else has")
        if self.mode != "live" and self.phase not in ("open", "closed"):
            raise ValueError(f"a {self.mode} session is never in phase {self.phase}")
        if self.mode == "live" and any(question.item.type == "简答" for question in self.questions):
            raise ValueError("a live class has no 简答: nobody could mark it on the spot")

    def question(self, item_id: str) -> Question:
        """The question on an item. Raises ``QuizError`` where the session has none."""
        for question in self.questions:
            if question.item.id == item_id:
                return question
        raise QuizError("这次学习里没有这道题，请刷新页面")

    @property
    def current(self) -> Question:
        """The question of a live class that is on the screen."""
        return self.questions[self.place]

    @property
    def marks(self) -> float:
        """The full marks."""
        return sum(question.marks for question in self.questions)


@dataclass(frozen=True, slots=True)
class Given:
    """A response with the time at which it was last changed; ``awarded`` is what a person gave a 简答, 0 to 1."""

    response: Response
    at: datetime
    awarded: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one participant has answered so far, by item id; ``submitted`` once it is handed in."""

    started: datetime
    answers: Mapping[str, Given] = field(default_factory=dict)
    submitted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """``awarded`` of ``possible`` marks; ``pending`` answers wait for a person to mark them."""

    awarded: float
    possible: float
    pending: int = 0


def deadline(session: Session, sheet: Sheet) -> datetime | None:
    """When the participant's time is over; ``None`` where it is not limited."""
    return None if session.minutes is None else sheet.started + timedelta(minutes=session.minutes)


def finished(session: Session, sheet: Sheet, now: datetime) -> bool:
    """Whether the participant can answer nothing any more: handed in, closed by the trainer, or out of time."""
    end = deadline(session, sheet)
    return sheet.submitted is not None or session.phase == "closed" or (end is not None and now > end + GRACE)


def answer(session: Session, sheet: Sheet, item_id: str, response: Response, now: datetime) -> Sheet:
    """The sheet with one answer more.

    In an exam an answer may be changed until the sheet is handed in; in a live class while its question is open; in
    practice the first one stands, since its explanation has been shown. The same answer again changes nothing, so a
    request may be repeated. Raises ``QuizError`` where an answer does not count any more.
    """
    session.question(item_id)
    before = sheet.answers.get(item_id)
    if before is not None and before.response == response:
        return sheet
    if finished(session, sheet, now):
        raise QuizError("已经交卷或者时间已到，这个答案没有记入")
    if session.mode == "practice" and before is not None:
        raise QuizError("这道题已经答过，解析也看过了")
    if session.mode == "live" and (session.phase != "open" or session.current.item.id != item_id):
        raise QuizError("这道题已经停止作答")
    return replace(sheet, answers={**sheet.answers, item_id: Given(response, now)})


def submit(session: Session, sheet: Sheet, now: datetime) -> Sheet:
    """The sheet handed in; handing in again changes nothing. One that ran out of time counts as handed in at its end."""
    if sheet.submitted is not None:
        return sheet
    end = deadline(session, sheet)
    return replace(sheet, submitted=now if end is None else min(now, end))


def award(session: Session, sheet: Sheet, item_id: str, share: float) -> Sheet:
    """The sheet with a 简答 marked by a person: ``share`` of its marks, 0 to 1. Raises ``QuizError`` where it cannot be."""
    given = sheet.answers.get(item_id)
    if session.question(item_id).item.type != "简答" or given is None or not 0 <= share <= 1:
        raise QuizError("只能给答过的简答题评分")
    return replace(sheet, answers={**sheet.answers, item_id: replace(given, awarded=share)})


def share(question: Question, sheet: Sheet) -> float | None:
    """How much of a question's marks the sheet earns, 0 to 1; ``None`` while it waits for a person to mark it."""
    given = sheet.answers.get(question.item.id)
    if given is not None and given.awarded is not None:
        return given.awarded
    return fraction(question.item, given.response if given else None)


def score(session: Session, sheet: Sheet) -> Score:
    """What the sheet earns in all."""
    shares = [(question.marks, share(question, sheet)) for question in session.questions]
    awarded = sum(marks * part for marks, part in shares if part is not None)
    return Score(awarded, session.marks, sum(part is None for _, part in shares))


def explained(session: Session, sheet: Sheet, item_id: str) -> bool:
    """Whether a participant may see an item's key: in practice once it is answered, live once it is revealed, after an
    exam once the trainer has closed it (others may still be writing before that)."""
    if session.phase == "closed":
        return True
    if session.mode == "practice":
        return item_id in sheet.answers
    if session.mode == "exam":
        return False
    seen = session.place if session.phase == "revealed" else session.place - 1
    return any(question.item.id == item_id for question in session.questions[: seen + 1])


def advance(session: Session) -> Session:
    """A live class one step on: the lobby opens the first question, an open question is revealed, a revealed one gives
    way to the next, the last one to the end. Raises ``QuizError`` for a session that is over or is no live class."""
    if session.mode != "live" or session.phase == "closed":
        raise QuizError("这次学习已经结束" if session.mode == "live" else "只有课堂需要一题一题地放")
    if session.phase == "lobby":
        return replace(session, phase="open")
    if session.phase == "open":
        return replace(session, phase="revealed")
    if session.place + 1 == len(session.questions):
        return close(session)
    return replace(session, phase="open", place=session.place + 1)


def close(session: Session) -> Session:
    """The session ended by the trainer: nobody answers any more."""
    return replace(session, phase="closed")


def show_names(session: Session, shown: bool) -> Session:
    """The session with or without names on the hall's screen."""
    return replace(session, names_shown=shown)
