"""Excel read back twice: cell by cell with openpyxl, and as items by the import."""

from __future__ import annotations

import io

from exam_papers import clauses, item, paper, papers, pool
from hypothesis import given, settings
from openpyxl import load_workbook

from assistant.quiz.export import export
from assistant.quiz.export.excel import COLUMNS
from assistant.quiz.export.text import writable
from assistant.quiz.imports import read_excel, template
from assistant.quiz.paper import Paper
from assistant.quiz.types import LETTERS


def compare(made: Paper) -> None:
    data = export(made, "xlsx")
    sheet = load_workbook(io.BytesIO(data))["试题"]
    rows = [[("" if value is None else value) for value in row] for row in sheet.iter_rows(values_only=True)]
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(made.items)
    for question, row in zip(made.questions, rows[1:], strict=True):
        cells, given_item = dict(zip(COLUMNS, row, strict=True)), question.item
        assert (cells["编号"], cells["题型"], cells["考点"]) == (given_item.id, given_item.type, given_item.kind)
        assert cells["题干"] == writable(given_item.stem)
        options = given_item.options if given_item.type != "判断" else ()
        assert [cells[f"选项{letter}"] for letter in LETTERS] == [*map(writable, options), *[""] * (8 - len(options))]
        assert cells["原文"] == (given_item.origin.quote if given_item.origin else "")
        assert cells["分值"] == question.marks
    compare_items(made, data)


def compare_items(made: Paper, data: bytes) -> None:
    found = read_excel(data, clauses())
    assert found.errors == ()
    for before, after in zip(made.items, found.items, strict=True):
        for name in ("id", "type", "kind", "key", "origin", "difficulty", "tags"):
            assert getattr(after, name) == getattr(before, name), name
        for name in ("stem", "explanation"):
            assert getattr(after, name) == writable(getattr(before, name)), name
        for name in ("options", "why_wrong"):
            assert getattr(after, name) == tuple(map(writable, getattr(before, name))), name
        assert [_lines(each) for each in after.answers] == [_lines(each) for each in before.answers]


def _lines(answer: str) -> str:
    """An answer or a point is one line of its cell."""
    return " ".join(writable(answer).split())


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers())
@settings(max_examples=30, deadline=None)
def test_any_text(made: Paper) -> None:
    compare(made)


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    made = paper([item(stem="=SUM(A1:A9)", options=("=1", "+1", "-1", "@a"))])
    sheet = load_workbook(io.BytesIO(export(made, "xlsx")))["试题"]
    assert [sheet.cell(2, column).data_type for column in range(4, 9)] == ["s"] * 5
    compare(made)


def test_the_template_has_the_columns_and_explains_them() -> None:
    book = load_workbook(io.BytesIO(template()))
    assert tuple(cell.value for cell in book["试题"][1]) == COLUMNS
    explained = {str(row[0]) for row in book["说明"].iter_rows(values_only=True)}
    assert {"题型", "题干", "答案", "文件、条款、原文"} <= explained
