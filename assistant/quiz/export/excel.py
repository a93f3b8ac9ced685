"""Items as an Excel sheet, the same that ``quiz.imports`` reads: what is exported can be changed and imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.quiz.export.text import writable
from assistant.quiz.paper import Paper
from assistant.quiz.types import KINDS, LETTERS, TYPES, Item

SHEET = "试题"
OPTION, REASON = "选项", "错因"
COLUMNS = (
    "编号", "题型", "考点", "题干", *(f"{OPTION}{letter}" for letter in LETTERS), "答案", "解析", "文件", "发文字号",
    "条款", "原文", "难度", "标签", *(f"{REASON}{letter}" for letter in LETTERS), "分值",
)  # fmt: skip
WIDTHS = {"题干": 48, "解析": 36, "文件": 28, "原文": 48, "答案": 18, "编号": 18}
NOTES = (
    ("编号", "不用填。导出的题带着编号：改了再导入，就是修改题库里的那道题。"),
    ("题型", f"必填：{'、'.join(TYPES)}。"),
    ("考点", f"可不填：{'、'.join(KINDS)}。"),
    ("题干", "必填。填空题的每个空写成四个下划线：____。"),
    ("选项A 到 选项H", "单选题、多选题填，至少两个，从 A 开始依次填；判断题不用填。"),
    ("答案", "单选写一个字母，多选写几个字母（如 ABD），判断写“正确”或“错误”。"),
    ("", "填空题一个空写一行（单元格内换行用 Alt+Enter），同一个空的几种写法用 | 隔开，如 60|六十。"),
    ("", "简答题一个要点写一行。"),
    ("文件、条款、原文", "题目的依据：文件名称、第几条、条文里的原话。填了就核对原话确实在这一条里；没有依据的题只能存为草稿。"),
    ("", "原文可以不填，那就以整条条文为依据。"),
    ("难度", "0（最易）到 1（最难），可不填。"),
    ("标签", "几个标签用逗号隔开。"),
    ("错因A 到 错因H", "可不填：这个选项为什么错。"),
    ("分值", "导出试卷时写出，导入时不用。"),
)  # fmt: skip
"""What each column is for, as the second sheet explains it."""
LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds."""


def excel(paper: Paper) -> bytes:
    """The items of a paper with their marks."""
    return workbook(list(paper.items), [each.marks for each in paper.questions])


def workbook(items: Sequence[Item], marks: Sequence[float] = ()) -> bytes:
    """Items as a workbook of two sheets: 试题, and 说明 of how to fill it in. Without items it is the template."""
    return sheets(COLUMNS, [_row(item, marks[place] if marks else "") for place, item in enumerate(items)])


def sheets(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """A workbook of rows under ``columns``, with the sheet that explains them."""
    book = Workbook()
    sheet = book.create_sheet(SHEET, 0)
    book.remove(book.worksheets[1])
    _write(sheet, [columns, *rows])
    _dress(sheet, columns)
    notes = book.create_sheet("说明")
    _write(notes, [("列", "怎么填"), *NOTES])
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 22, 90
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answer_cell(item: Item) -> str:
    """The key as the sheet writes it: ABD, 正确, or one blank or point a line."""
    if item.type == "判断":
        return item.options[item.key[0]]
    return item.key_letters or "\n".join(" ".join(writable(answer).split()) for answer in item.answers)


def _row(item: Item, marks: float | str) -> list[str | float]:
    options = list(item.options) if item.type in ("单选", "多选") else []
    origin = item.origin
    source = (origin.title, origin.number, origin.label, origin.quote) if origin else ("", "", "", "")
    return [
        item.id, item.type, item.kind, item.stem, *_padded(options), answer_cell(item), item.explanation, *source,
        item.difficulty, "，".join(item.tags), *_padded(item.why_wrong), marks,
    ]  # fmt: skip


def _padded(texts: Sequence[str]) -> list[str]:
    return [*texts, *[""] * (len(LETTERS) - len(texts))]


def _write(sheet: Any, rows: Iterable[Sequence[str | float]]) -> None:
    """Fill a sheet. Texts stay texts, whatever they begin with: a = makes no formula."""
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value == "":
                continue
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = writable(value)[:LONGEST_CELL]
                cell.data_type = "s"
                cell.quotePrefix = value[0] in "=+-@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value


def _dress(sheet: Any, columns: Sequence[str]) -> None:
    for column, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
    sheet.freeze_panes = "E2"
    types = DataValidation(type="list", formula1=f'"{",".join(TYPES)}"', allow_blank=True)
    sheet.add_data_validation(types)
    types.add("B2:B2000")
