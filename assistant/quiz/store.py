"""Sessions and answer sheets in the quiz's database.

The rules are those of ``session``; here they are applied to what is stored, each in one transaction that is committed
before anything is acknowledged. A server that is killed and started again goes on where it was.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, union, update

from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.database import reading, writing
from assistant.quiz.marking import Response, read_response, response_record
from assistant.quiz.paper import Question
from assistant.quiz.people import Person
from assistant.quiz.session import Given, Mode, Session, Sheet
from assistant.quiz.tables import ANSWERS, CARDS, CODE_DIGITS, METADATA, PEOPLE, SESSIONS, SHEETS
from assistant.quiz.types import item_from, item_record


@dataclass(frozen=True, slots=True)
class Taking:
    """One person's sheet in a session, as it is kept under ``id``."""

    id: int
    person: Person
    sheet: Sheet


class SessionStore:
    """The sessions and sheets; safe to share between threads and between processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            METADATA.create_all(connection)

    def create(
        self, mode: Mode, title: str, questions: Sequence[Question], now: datetime, *, minutes: int | None = None,
        class_id: int | None = None,
    ) -> Session:  # fmt: skip
        """A new session with a code of its own. Raises ``QuizError`` where it cannot be held as it is asked for."""
        with writing(self._engine) as connection:
            try:
                session = Session(
                    secrets.token_hex(8), _free_code(connection), mode, title, tuple(questions), now, minutes=minutes,
                    class_id=class_id, phase="lobby" if mode == "live" else "open",
                )  # fmt: skip
            except ValueError as error:
                raise QuizError(f"这样的学习开不起来：{_reason(mode, questions, minutes)}") from error
            connection.execute(SESSIONS.insert().values(_session_row(session)))
        return session

    def get(self, session_id: str) -> Session:
        """A session by its id. Raises ``QuizError`` where there is none."""
        with reading(self._engine) as connection:
            return _session(connection, session_id)

    def by_code(self, code: str) -> Session:
        """A session by what a participant typed. Raises ``QuizError`` where there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.code == code.strip())).first()
        if row is None:
            raise QuizError("没有这个课堂码，请核对屏幕上的数字")
        return _session_from(row)

    def recent(self, count: int = 100) -> list[Session]:
        """The newest sessions first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(SESSIONS).order_by(SESSIONS.c.created.desc()).limit(count)).all()
        return [_session_from(row) for row in rows]

    def change(self, session_id: str, step: Callable[[Session], Session]) -> Session:
        """Apply a step of ``session`` (``advance``, ``close`` …) to the stored session and keep what comes of it."""
        with writing(self._engine) as connection:
            before = _session(connection, session_id, lock=True)
            after = step(before)
            values = {"phase": after.phase, "place": after.place, "names_shown": after.names_shown}
            connection.execute(update(SESSIONS).where(SESSIONS.c.id == session_id).values(values))
        return after

    def remove(self, session_id: str) -> None:
        """Forget a session with all its sheets, and the people of whom nothing else is kept."""
        with writing(self._engine) as connection:
            sheets = select(SHEETS.c.id).where(SHEETS.c.session_id == session_id)
            connection.execute(delete(ANSWERS).where(ANSWERS.c.sheet_id.in_(sheets)))
            connection.execute(delete(SHEETS).where(SHEETS.c.session_id == session_id))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session_id))
            kept = union(select(SHEETS.c.person_id), select(CARDS.c.person_id))
            connection.execute(delete(PEOPLE).where(PEOPLE.c.id.not_in(kept)))

    def take(self, session_id: str, person: Person, now: datetime) -> Taking:
        """The person's sheet, begun now if there is none yet. Raises ``QuizError`` when a new one comes too late."""
        with writing(self._engine) as connection:
            session = _session(connection, session_id, lock=True)
            found = _taking(connection, session, person.id)
            if found is not None:
                return found
            if session.phase == "closed":
                raise QuizError("这次学习已经结束")
            row = {"session_id": session_id, "person_id": person.id, "started": now.isoformat()}
            key = connection.execute(SHEETS.insert().values(row)).inserted_primary_key
            assert key is not None
            return Taking(key[0], person, Sheet(now))

    def taking(self, session: Session, person_id: int) -> Taking | None:
        """The person's sheet, if there is one."""
        with reading(self._engine) as connection:
            return _taking(connection, session, person_id)

    def takings(self, session: Session) -> list[Taking]:
        """Every sheet of a session, in the order in which they were begun."""
        with reading(self._engine) as connection:
            sheets = connection.execute(_SHEETS_WITH_NAMES.where(SHEETS.c.session_id == session.id)).all()
            of_session = select(ANSWERS).join(SHEETS).where(SHEETS.c.session_id == session.id)
            answers: dict[int, list[Row[Any]]] = {}
            for row in connection.execute(of_session):
                answers.setdefault(row.sheet_id, []).append(row)
        return [_taking_from(session, row, answers.get(row.id, [])) for row in sheets]

    def of_person(self, person: Person) -> list[tuple[Session, Taking]]:
        """Every session in which a person has a sheet, the newest first, with the sheet."""
        query = select(SESSIONS).join(SHEETS).where(SHEETS.c.person_id == person.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(SESSIONS.c.created.desc())).all()
            both = [(session := _session_from(row), _taking(connection, session, person.id)) for row in rows]
        return [(session, taking) for session, taking in both if taking is not None]

    def count(self, session_id: str) -> int:
        """How many people have a sheet in a session."""
        query = select(func.count()).select_from(SHEETS).where(SHEETS.c.session_id == session_id)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def answer(
        self, session_id: str, person_id: int, item_id: str, record: Mapping[str, Any], now: datetime
    ) -> tuple[Session, Taking]:
        """Write an answer through to the disk and give the sheet as it then is.

        ``record`` is a response as ``read_response`` takes it. Raises ``QuizError`` where it does not count; nothing is
        changed then.
        """
        with writing(self._engine) as connection:
            session, taking = _begun(connection, session_id, person_id)
            response = read_response(session.question(item_id).item, record)
            sheet = rules.answer(session, taking.sheet, item_id, response, now)
            if sheet is not taking.sheet:
                _put_answer(connection, taking.id, item_id, response, now)
        return session, replace(taking, sheet=sheet)

    def submit(self, session_id: str, person_id: int, now: datetime) -> tuple[Session, Taking, bool]:
        """Hand the sheet in; the flag says whether this call did it. Any number of calls leave the first one's time."""
        with writing(self._engine) as connection:
            session, taking = _begun(connection, session_id, person_id)
            sheet = rules.submit(session, taking.sheet, now)
            first = sheet is not taking.sheet
            if first:
                assert sheet.submitted is not None
                change = update(SHEETS).where(SHEETS.c.id == taking.id).values(submitted=sheet.submitted.isoformat())
                connection.execute(change)
        return session, replace(taking, sheet=sheet), first

    def award(self, session_id: str, person_id: int, item_id: str, share: float) -> None:
        """Keep what a person gave a 简答. Raises ``QuizError`` where it cannot be given."""
        with writing(self._engine) as connection:
            session, taking = _begun(connection, session_id, person_id)
            rules.award(session, taking.sheet, item_id, share)
            here = (ANSWERS.c.sheet_id == taking.id) & (ANSWERS.c.item_id == item_id)
            connection.execute(update(ANSWERS).where(here).values(awarded=share))


_SHEETS_WITH_NAMES = select(SHEETS, PEOPLE.c.name).join(PEOPLE).order_by(SHEETS.c.id)


def _free_code(connection: Connection) -> str:
    """A code that no session has; tried a bounded number of times, as there are a million."""
    for _ in range(100):
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if connection.execute(select(SESSIONS.c.id).where(SESSIONS.c.code == code)).first() is None:
            return code
    raise QuizError("课堂码快用完了，请换一个新的数据库")


def _reason(mode: Mode, questions: Sequence[Question], minutes: int | None) -> str:
    if not questions:
        return "试卷里没有题"
    if mode == "exam" and (minutes is None or minutes < 1):
        return "请写明考试多少分钟"
    if mode == "live" and any(question.item.type == "简答" for question in questions):
        return "课堂上没法当场评简答题，请先把简答题去掉"
    return "请检查试卷和设置"


def _session_row(session: Session) -> dict[str, Any]:
    asked = [{"item": item_record(question.item), "marks": question.marks} for question in session.questions]
    return {
        "id": session.id, "code": session.code, "mode": session.mode, "title": session.title,
        "questions": json.dumps(asked, ensure_ascii=False), "created": session.created.isoformat(),
        "minutes": session.minutes, "class_id": session.class_id, "phase": session.phase, "place": session.place,
        "names_shown": session.names_shown,
    }  # fmt: skip


def _session(connection: Connection, session_id: str, *, lock: bool = False) -> Session:
    """The session; ``lock`` keeps others from changing it meanwhile (on SQLite the whole transaction does)."""
    query = select(SESSIONS).where(SESSIONS.c.id == session_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise QuizError("没有这次学习")
    return _session_from(row)


def _session_from(row: Row[Any]) -> Session:
    return Session(
        row.id, row.code, row.mode, row.title, _questions(row.questions), datetime.fromisoformat(row.created), minutes=row.minutes,
        class_id=row.class_id, phase=row.phase, place=row.place, names_shown=row.names_shown,
    )  # fmt: skip


@lru_cache(maxsize=32)  # They never change, and sixty telephones ask for them every second.
def _questions(record: str) -> tuple[Question, ...]:
    asked = enumerate(json.loads(record), start=1)
    return tuple(Question(number, item_from(one["item"]), one["marks"]) for number, one in asked)


def _begun(connection: Connection, session_id: str, person_id: int) -> tuple[Session, Taking]:
    session = _session(connection, session_id)
    taking = _taking(connection, session, person_id, lock=True)
    if taking is None:
        raise QuizError("您还没有加入这次学习，请重新输入课堂码")
    return session, taking


def _taking(connection: Connection, session: Session, person_id: int, *, lock: bool = False) -> Taking | None:
    here = (SHEETS.c.session_id == session.id) & (SHEETS.c.person_id == person_id)
    query = _SHEETS_WITH_NAMES.where(here)
    row = connection.execute(query.with_for_update(of=SHEETS) if lock else query).first()
    if row is None:
        return None
    answers = connection.execute(select(ANSWERS).where(ANSWERS.c.sheet_id == row.id)).all()
    return _taking_from(session, row, answers)


def _taking_from(session: Session, row: Row[Any], answers: Sequence[Row[Any]]) -> Taking:
    given = {
        one.item_id: Given(
            read_response(session.question(one.item_id).item, json.loads(one.response)),
            datetime.fromisoformat(one.at), one.awarded,
        )
        for one in answers
    }  # fmt: skip
    submitted = datetime.fromisoformat(row.submitted) if row.submitted else None
    return Taking(row.id, Person(row.person_id, row.name), Sheet(datetime.fromisoformat(row.started), given, submitted))


def _put_answer(connection: Connection, sheet_id: int, item_id: str, response: Response, now: datetime) -> None:
    here = (ANSWERS.c.sheet_id == sheet_id) & (ANSWERS.c.item_id == item_id)
    values = {"response": json.dumps(response_record(response), ensure_ascii=False), "at": now.isoformat()}
    if not connection.execute(update(ANSWERS).where(here).values(values)).rowcount:
        connection.execute(ANSWERS.insert().values(sheet_id=sheet_id, item_id=item_id, **values))
