"""What people thought of an answer, kept in SQLite: no name, no address, no session.

A question may carry a number that belongs to a person (an identity card, a telephone, a bank card), so such
numbers are struck out before anything is written.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

SCHEMA = """
CREATE TABLE IF NOT EXISTS votes (
    answer    TEXT PRIMARY KEY,
    vote      TEXT NOT NULL CHECK (vote IN ('up', 'down')),
    reason    TEXT NOT NULL,
    comment   TEXT NOT NULL,
    question  TEXT NOT NULL,
    answered  INTEGER NOT NULL CHECK (answered IN (0, 1)),
    citations TEXT NOT NULL,
    time      TEXT NOT NULL
)
"""
RECORD = """
INSERT INTO votes (answer, vote, reason, comment, question, answered, citations, time)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (answer) DO UPDATE SET
    vote = excluded.vote, reason = excluded.reason, comment = excluded.comment, time = excluded.time
"""
# Identity and bank cards and telephones in one run, or a telephone with its groups apart (138 0000 0000, 0763-1234567).
LONG_NUMBER = re.compile(r"\d{7,}[Xx]?|\d{3,4}[ -]\d{4}[ -]?\d{3,4}")


def strike_out_numbers(text: str) -> str:
    """Replace what may be the number of a card or a telephone by as many asterisks."""
    return LONG_NUMBER.sub(lambda found: "*" * len(found.group()), text)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One vote on one answer.

    ``answer`` is the random id of the answer: a second vote on it replaces the first. ``citations`` are
    ``(passage id, start, end)`` as the answer gave them.
    """

    answer: str
    vote: Literal["up", "down"]
    question: str
    answered: bool
    citations: tuple[tuple[str, int, int], ...]
    time: datetime
    reason: str = ""
    comment: str = ""


class FeedbackStore:
    """The votes in one SQLite file, made on the first use. Safe to share between threads: each call opens its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(self, feedback: Feedback) -> None:
        """Write a vote through to the disk. Raises ``sqlite3.Error`` or ``OSError`` when that is not possible."""
        row = (
            feedback.answer,
            feedback.vote,
            feedback.reason,
            strike_out_numbers(feedback.comment),
            strike_out_numbers(feedback.question),
            int(feedback.answered),
            json.dumps(feedback.citations, ensure_ascii=False),
            feedback.time.isoformat(timespec="seconds"),
        )
        with self._connection() as connection, connection:
            connection.execute(RECORD, row)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # FULL: a vote that was thanked for is still there after the power went.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(SCHEMA)
            yield connection
        finally:
            connection.close()
