"""The wrong-answer notebook: what a person answered wrongly comes back on the days that ``schedule`` says.

It is filled from the person's own sheets, whenever they look at it: an item enters with its first wrong answer whose
key the person may see, and every later answer to it, in a session or in a review, is one more review.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from assistant.errors import QuizError
from assistant.quiz import schedule
from assistant.quiz.database import reading, writing
from assistant.quiz.schedule import Memory
from assistant.quiz.session import Session, Sheet, explained, share
from assistant.quiz.tables import CARDS, METADATA, REVIEWS
from assistant.quiz.types import Item, item_from, item_record


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the notebook and what is known of the person's memory of it."""

    item: Item
    memory: Memory


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer of a person whose key they have seen; ``occasion`` is the same for the same answer told again."""

    item: Item
    right: bool
    at: datetime
    occasion: str


def outcomes(session: Session, sheet: Sheet) -> Iterator[Outcome]:
    """What a sheet says of a person's knowledge, as far as they may know it.

    A blank counts as a wrong answer in an exam only; a 简答 counts once it is marked, as right from 0.6 of its marks on.
    """
    for question in session.questions:
        given, part = sheet.answers.get(question.item.id), share(question, sheet)
        blank = given is None or given.response.empty
        if part is None or (blank and session.mode != "exam") or not explained(session, sheet, question.item.id):
            continue
        right = part >= (0.6 if question.item.type == "简答" else 1)
        yield Outcome(question.item, right, given.at if given else sheet.started, f"session {session.id}")


class Notebook:
    """The notebooks of all people in the quiz's database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            METADATA.create_all(connection)

    def collect(self, person_id: int, found: Collection[Outcome]) -> None:
        """Take in answers, the oldest first; what was taken in before changes nothing."""
        with writing(self._engine) as connection:
            known = _occasions(connection, person_id)
            for outcome in sorted(found, key=lambda one: one.at):
                if (outcome.item.id, outcome.occasion) not in known:
                    _take_in(connection, person_id, outcome)

    def review(self, person_id: int, item_id: str, right: bool, now: datetime, occasion: str) -> Entry:
        """Take in the answer of a review and give the entry as it then is. Raises ``QuizError`` for an unknown item."""
        with writing(self._engine) as connection:
            entry = _entry(connection, person_id, item_id)
            if entry is None:
                raise QuizError("错题本里没有这道题，请刷新页面")
            if (item_id, occasion) not in _occasions(connection, person_id):
                _take_in(connection, person_id, Outcome(entry.item, right, now, occasion))
            return _entry(connection, person_id, item_id) or entry

    def entries(self, person_id: int) -> list[Entry]:
        """A person's whole notebook, what is due first at the front."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(CARDS).where(CARDS.c.person_id == person_id)).all()
        return sorted(map(_entry_from, rows), key=lambda entry: (entry.memory.due, entry.item.id))

    def entry(self, person_id: int, item_id: str) -> Entry | None:
        """One item of a person's notebook."""
        with reading(self._engine) as connection:
            return _entry(connection, person_id, item_id)


def _occasions(connection: Connection, person_id: int) -> set[tuple[str, str]]:
    rows = connection.execute(select(REVIEWS.c.item_id, REVIEWS.c.occasion).where(REVIEWS.c.person_id == person_id))
    return {(row.item_id, row.occasion) for row in rows}


def _take_in(connection: Connection, person_id: int, outcome: Outcome) -> None:
    entry = _entry(connection, person_id, outcome.item.id)
    if entry is None and outcome.right:
        return
    if entry is None:
        memory = schedule.begin(outcome.at)
    else:
        memory = schedule.review(entry.memory, outcome.right, max(outcome.at, entry.memory.last_review))
    values = asdict(memory) | {"due": memory.due.isoformat(), "last_review": memory.last_review.isoformat()}
    here = (CARDS.c.person_id == person_id) & (CARDS.c.item_id == outcome.item.id)
    if not connection.execute(update(CARDS).where(here).values(values)).rowcount:
        item = json.dumps(item_record(outcome.item), ensure_ascii=False)
        connection.execute(CARDS.insert().values(person_id=person_id, item_id=outcome.item.id, item=item, **values))
    log = {"item_id": outcome.item.id, "occasion": outcome.occasion, "at": outcome.at.isoformat()}
    connection.execute(REVIEWS.insert().values(person_id=person_id, right=outcome.right, **log))


def _entry(connection: Connection, person_id: int, item_id: str) -> Entry | None:
    here = (CARDS.c.person_id == person_id) & (CARDS.c.item_id == item_id)
    row = connection.execute(select(CARDS).where(here)).first()
    return _entry_from(row) if row else None


def _entry_from(row: Row[Any]) -> Entry:
    times = (datetime.fromisoformat(row.due), datetime.fromisoformat(row.last_review))
    memory = Memory(row.state, row.stability, row.difficulty, *times, row.reviews, row.lapses)
    return Entry(item_from(json.loads(row.item)), memory)
