"""Who takes part: people with a name or number and a secret token of their own, and the class lists of the trainer.

Nothing else is known of a person. The token is kept as a hash only, so the database alone lets nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update

from assistant.errors import QuizError
from assistant.quiz.database import reading, writing
from assistant.quiz.tables import CLASSES, LONGEST_NAME, MEMBERS, METADATA, PEOPLE


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: ``name`` is what they typed, a name or a number."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A line of a class list; the number may be empty."""

    name: str
    number: str = ""

    def called(self, name: str) -> bool:
        """Whether a person who typed ``name`` is this member."""
        return name in (self.name, self.number) if name else False


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class list."""

    id: int
    name: str
    members: tuple[Member, ...]


def clean_name(name: str) -> str:
    """A name as it is kept: without outer and double blanks. Raises ``QuizError`` for an empty or an endless one."""
    name = " ".join(name.split())
    if not name:
        raise QuizError("请填写姓名或编号")
    if len(name) > LONGEST_NAME:
        raise QuizError(f"姓名或编号请不要超过{LONGEST_NAME}个字")
    return name


class People:
    """The people and classes in the quiz's database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            METADATA.create_all(connection)

    def register(self, name: str, now: datetime) -> tuple[Person, str]:
        """A new person and their token, which is given out this once. Raises ``QuizError`` for an impossible name."""
        name, token = clean_name(name), secrets.token_urlsafe(24)
        row = {"token": _hashed(token), "name": name, "created": now.isoformat()}
        with writing(self._engine) as connection:
            key = connection.execute(PEOPLE.insert().values(row)).inserted_primary_key
        assert key is not None
        return Person(key[0], name), token

    def known(self, token: str) -> Person | None:
        """The person who holds ``token``, if anybody does."""
        with reading(self._engine) as connection:
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.token == _hashed(token))).first()
        return Person(row.id, row.name) if row else None

    def new_token(self, person_id: int) -> str:
        """Another token for a person whose telephone is gone; the one before is worth nothing from now on.

        Raises ``QuizError`` where there is no such person.
        """
        token = secrets.token_urlsafe(24)
        with writing(self._engine) as connection:
            change = update(PEOPLE).where(PEOPLE.c.id == person_id).values(token=_hashed(token))
            if not connection.execute(change).rowcount:
                raise QuizError("没有这个人")
        return token

    def classes(self) -> tuple[SchoolClass, ...]:
        """Every class list, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(CLASSES).order_by(CLASSES.c.name)).all()
            return tuple(SchoolClass(row.id, row.name, _members(connection, row.id)) for row in rows)

    def school_class(self, class_id: int) -> SchoolClass:
        """One class list. Raises ``QuizError`` where there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(select(CLASSES).where(CLASSES.c.id == class_id)).first()
            if row is None:
                raise QuizError("没有这个班级，可能已被删除")
            return SchoolClass(row.id, row.name, _members(connection, row.id))

    def put_class(self, name: str, members: Sequence[Member]) -> int:
        """Keep a class list under its name, in place of the one that had it; gives its id. Raises ``QuizError``."""
        name = clean_name(name)
        if not members:
            raise QuizError("名单里没有人")
        with writing(self._engine) as connection:
            row = connection.execute(select(CLASSES.c.id).where(CLASSES.c.name == name)).first()
            key = row if row else connection.execute(CLASSES.insert().values(name=name)).inserted_primary_key
            assert key is not None
            connection.execute(delete(MEMBERS).where(MEMBERS.c.class_id == key[0]))
            lines = [
                {"class_id": key[0], "place": place, "name": member.name, "number": member.number}
                for place, member in enumerate(members)
            ]
            connection.execute(MEMBERS.insert(), lines)
        return int(key[0])

    def drop_class(self, class_id: int) -> None:
        """Forget a class list; what its members answered stays."""
        with writing(self._engine) as connection:
            connection.execute(delete(MEMBERS).where(MEMBERS.c.class_id == class_id))
            connection.execute(delete(CLASSES).where(CLASSES.c.id == class_id))


def _members(connection: Connection, class_id: int) -> tuple[Member, ...]:
    rows = connection.execute(select(MEMBERS).where(MEMBERS.c.class_id == class_id).order_by(MEMBERS.c.place))
    return tuple(Member(row.name, row.number) for row in rows)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
