"""Papers in the quiz's database, each as it was saved: an item that is edited later does not alter them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Engine, Integer, MetaData, String, Table, Text, select

from assistant.errors import QuizError
from assistant.quiz.database import reading, writing
from assistant.quiz.paper import Paper, paper_from, paper_record

METADATA = MetaData()
PAPERS = Table(
    "papers",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("saved", String(40), nullable=False, index=True),
    Column("record", JSON, nullable=False),
)


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper in the list of papers: its id, its title, how many questions it has, and when it was last saved."""

    id: str
    title: str
    questions: int
    saved: datetime


class PaperStore:
    """The papers of one database. Safe to share between threads.

    Its methods raise ``QuizError`` where the database fails, or there is no paper of an id.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            METADATA.create_all(connection)

    def save(self, paper: Paper, now: datetime, id: str | None = None) -> str:
        """Write a paper, over the one of ``id`` where that is given; gives its id."""
        values = {
            "title": paper.name, "questions": len(paper.items), "saved": now.isoformat(), "record": paper_record(paper),
        }  # fmt: skip
        with writing(self._engine) as connection:
            if id is None:
                id = secrets.token_hex(8)
                connection.execute(PAPERS.insert().values(id=id, **values))
            elif not connection.execute(PAPERS.update().where(PAPERS.c.id == id).values(**values)).rowcount:
                raise _unknown(id)
        return id

    def get(self, id: str) -> Paper:
        """One paper."""
        with reading(self._engine) as connection:
            record = connection.scalar(select(PAPERS.c.record).where(PAPERS.c.id == id))
        if record is None:
            raise _unknown(id)
        return paper_from(record)

    def entries(self) -> list[PaperEntry]:
        """Every paper, the one that was saved last first."""
        query = select(PAPERS.c.id, PAPERS.c.title, PAPERS.c.questions, PAPERS.c.saved).order_by(PAPERS.c.saved.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [PaperEntry(id, title, questions, datetime.fromisoformat(saved)) for id, title, questions, saved in rows]

    def remove(self, id: str) -> None:
        """Forget a paper."""
        with writing(self._engine) as connection:
            if not connection.execute(PAPERS.delete().where(PAPERS.c.id == id)).rowcount:
                raise _unknown(id)


def _unknown(id: str) -> QuizError:
    return QuizError(f"没有编号是 {id} 的试卷")
