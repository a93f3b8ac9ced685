"""Results by person and class, and the Excel file read back."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
from study_items import CLOSED, FEE, SINGLE, questions

from assistant.quiz.marking import Response
from assistant.quiz.people import Member, Person, SchoolClass
from assistant.quiz.results import results_workbook, standings
from assistant.quiz.session import Given, Session, Sheet
from assistant.quiz.statistics import item_statistics
from assistant.quiz.store import Taking

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
EXAM = Session("e", "2", "exam", "题", questions(*CLOSED, marks=2), NOW, minutes=30)
ONE_RIGHT = Sheet(NOW, {FEE.id: Given(Response((1,)), NOW)}, NOW)
TWO_RIGHT = Sheet(NOW, {FEE.id: Given(Response((1,)), NOW), SINGLE.id: Given(Response((0,)), NOW)})
TAKINGS = [
    Taking(1, Person(1, "=1+1"), ONE_RIGHT), Taking(2, Person(2, "李四"), TWO_RIGHT), Taking(3, Person(3, "7"), ONE_RIGHT),
]  # fmt: skip
CLASS = SchoolClass(1, "一班", (Member("李四", "3"), Member("王五", "7"), Member("赵六", "8")))


def test_everybody_of_the_class_has_a_line_by_name_or_number() -> None:
    lines = standings(EXAM, TAKINGS, CLASS)
    assert [(line.name, line.member and line.member.name, line.score and line.score.awarded) for line in lines] == [
        ("李四", "李四", 4), ("=1+1", None, 2), ("7", "王五", 2), ("赵六", "赵六", None),
    ]  # fmt: skip


def test_a_name_that_two_members_have_is_nobodys() -> None:
    twins = SchoolClass(1, "一班", (Member("李四", "3"), Member("李四", "4")))
    assert [line.member for line in standings(EXAM, TAKINGS[1:2], twins)] == [None, *twins.members]


def test_the_file_holds_scores_answers_and_statistics_and_no_formula() -> None:
    lines = standings(EXAM, TAKINGS, CLASS)
    data = results_workbook(EXAM, lines, item_statistics(EXAM, [taking.sheet for taking in TAKINGS]))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["成绩", "作答", "题目分析"]
    scores = [[cell.value for cell in row] for row in book["成绩"].iter_rows()]
    assert scores[1][:5] == ["李四", "李四 3", 4, 8, 0.5]
    assert scores[2][:3] == ["=1+1", "名单外", 2]
    assert scores[4][:3] == ["赵六", "赵六 8", None]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    answers = [[cell.value for cell in row] for row in book["作答"].iter_rows()]
    assert answers[1][1:3] == ["错误（2分）", "A（2分）"]
    assert answers[2][2] == "未答（0分）"
    items = [[cell.value for cell in row] for row in book["题目分析"].iter_rows()]
    assert items[1][:2] == [1, "判断"]
    assert items[1][6] == 1
    assert abs(items[2][6] - 1 / 3) < 1e-9
    assert len(book["题目分析"]._charts) == 2
