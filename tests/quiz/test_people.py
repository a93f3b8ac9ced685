"""People and class lists."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from assistant.errors import QuizError
from assistant.quiz.database import open_database, reading
from assistant.quiz.people import Member, People
from assistant.quiz.roster import read_roster

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'quiz.sqlite3'}")


def test_a_token_is_the_only_way_to_be_somebody_and_is_not_kept(engine: Engine) -> None:
    people = People(engine)
    first, token = people.register("  张  三 ", NOW)
    second, other = people.register("张 三", NOW)
    assert first.name == second.name == "张 三"
    assert first.id != second.id
    assert (people.known(token), people.known(other), people.known("张 三")) == (first, second, None)
    with reading(engine) as connection:
        dump = str(connection.execute(text("select * from quiz_people")).all())
    assert token not in dump


def test_a_new_token_ends_the_old_one(engine: Engine) -> None:
    people = People(engine)
    person, token = people.register("7号", NOW)
    again = people.new_token(person.id)
    assert people.known(token) is None
    assert people.known(again) == person
    with pytest.raises(QuizError):
        people.new_token(99)


@pytest.mark.parametrize("name", ["", "  ", "长" * 31])
def test_a_name_has_to_be_one(engine: Engine, name: str) -> None:
    with pytest.raises(QuizError, match="姓名或编号"):
        People(engine).register(name, NOW)


def test_a_class_list_is_put_in_place_of_the_one_before(engine: Engine) -> None:
    people = People(engine)
    id = people.put_class("一班", [Member("张三", "1"), Member("李四")])
    assert people.put_class("一班", [Member("王五")]) == id
    assert people.school_class(id).members == (Member("王五"),)
    people.put_class("二班", [Member("赵六")])
    assert [one.name for one in people.classes()] == ["一班", "二班"]
    people.drop_class(id)
    with pytest.raises(QuizError):
        people.school_class(id)


def test_lists_are_read_as_people_keep_them() -> None:
    expected = [Member("张三", "1"), Member("李四", "2"), Member("王五")]
    assert read_roster("张三,1\n李四，2\n\n王五\n".encode()) == expected
    assert read_roster("编号\t姓名\n1\t张三\n2\t李四\n\t王五".encode("gb18030")) == expected
    book = openpyxl.Workbook()
    for row in (["部门", "姓名", "工号"], ["办公室", "张三", 1], ["办公室", "李四", 2.0], [None, "王五", None]):
        book.worksheets[0].append(row)
    data = io.BytesIO()
    book.save(data)
    assert read_roster(data.getvalue()) == expected


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有人"), ("姓名,编号\n".encode(), "没有人"), ("张三\n张三".encode(), "两次"), (("长" * 31).encode(), "太长"),
        (b"PK\x03\x04broken", "Excel"), (b"x" * 200_000, "读不了这个名单"),
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_explained(data: bytes, said: str) -> None:
    with pytest.raises(QuizError, match=said):
        read_roster(data)
