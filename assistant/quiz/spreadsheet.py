"""The rows of an Excel file that a person made, as they read them."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from assistant.errors import QuizError


def rows_of(data: bytes, sheet: str = "") -> list[list[str]]:
    """The rows of the sheet of that name, or of the first one; an empty cell is an empty text.

    Raises ``QuizError`` for what is no workbook or a damaged one.
    """
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        return [[_cell(value) for value in row] for row in found.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises whatever the damage leads to: of zip, zlib, XML, its own, KeyError …
        raise QuizError("这不是能读的 Excel 文件（.xlsx）；请另存为 .xlsx 再导入") from error


def _cell(value: object) -> str:
    """A cell as its reader sees it: 20, not 20.0."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
