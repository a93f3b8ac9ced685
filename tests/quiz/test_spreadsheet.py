"""Excel files as people have them, and damaged ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from assistant.errors import QuizError
from assistant.quiz.spreadsheet import rows_of


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.worksheets[0].append(["姓名", 20.0, None, 0.5])
    book.create_sheet("试题").append(["题干"])
    book.save(out)
    return out.getvalue()


def test_cells_are_read_as_they_are_seen() -> None:
    assert rows_of(workbook()) == [["姓名", "20", "", "0.5"]]
    assert rows_of(workbook(), "试题") == [["题干"]]
    assert rows_of(workbook(), "没有这一页") == rows_of(workbook())


def cut(name: str) -> bytes:
    """The workbook with half of one of its files missing."""
    whole, out = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as damaged:
        for each in whole.namelist():
            content = whole.read(each)
            damaged.writestr(each, content[: len(content) // 2] if each == name else content)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04broken", "题干,答案".encode(), workbook()[:500]]
    + [cut(name) for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml")],
)
def test_what_cannot_be_read_is_explained_in_one_line(data: bytes) -> None:
    with pytest.raises(QuizError, match=r"^这不是能读的 Excel 文件.*再导入$"):
        rows_of(data)
