"""The quiz's database: one SQLAlchemy engine for the bank and for the sessions, SQLite unless a setting says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.errors import QuizError

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


def open_database(url: str) -> Engine:
    """The engine for a SQLAlchemy URL (``sqlite:///…/quiz.sqlite3``, ``postgresql+psycopg://…``).

    SQLite runs in WAL mode with full synchronisation: what was committed is there after a kill or a power cut, and
    readers do not wait for writers. A transaction on it takes the writer's lock when it begins, unless it comes from
    ``reading``, so that what was read still holds when it is written upon. Raises ``QuizError`` where the URL cannot be
    used.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True)
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
        raise QuizError(f"题库的数据库打不开（{error}）。请检查设置 quiz_database") from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads: on SQLite it neither waits for a writer nor holds one up.

    Raises ``QuizError`` where the database fails.
    """
    with _plainly(), engine.connect().execution_options(reading=True) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed whole at the end, or not at all where something is raised.

    Raises ``QuizError`` where the database fails.
    """
    with _plainly(), engine.begin() as connection:
        yield connection


@contextmanager
def _plainly() -> Iterator[None]:
    """Says in one line what is the matter with the database."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise QuizError(f"题库的数据库读写不了（{reason}）；请检查设置 quiz_database 和磁盘，再做一次") from error


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late (at the first change), so they are begun by hand below.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
