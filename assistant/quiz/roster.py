"""A class list from the file that a trainer has: Excel, CSV or plain text, one person a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.errors import QuizError
from assistant.quiz.people import Member
from assistant.quiz.spreadsheet import rows_of
from assistant.quiz.tables import LONGEST_NAME
from assistant.text.decode import decode

MOST_MEMBERS = 2000
NAME_HEADS = ("姓名", "名字", "学员", "人员")
NUMBER_HEADS = ("编号", "工号", "学号", "序号", "号码")


def read_roster(data: bytes) -> list[Member]:
    """The people of a list: a column 姓名 and, if there is one, a column 编号 (工号, 学号); without heads the first two columns.

    Raises ``QuizError`` where the file cannot be read, holds nobody, or names too long or twice.
    """
    rows = rows_of(data) if data[:2] == b"PK" else _text_rows(data)
    lines = [[cell.strip() for cell in row] for row in rows]
    lines = [row for row in lines if any(row)]
    if not lines:
        raise QuizError("名单里没有人：请一行写一个人，先姓名，后编号（编号可不写）")
    name_at, number_at, first = _columns(lines[0])
    members = [Member(_cell(row, name_at), _cell(row, number_at)) for row in lines[first:] if _cell(row, name_at)]
    _check(members)
    return members


def _columns(heads: Sequence[str]) -> tuple[int, int, int]:
    """Where the name and the number stand, and the first line that is a person."""
    name_at = next((place for place, head in enumerate(heads) if head in NAME_HEADS), -1)
    number_at = next((place for place, head in enumerate(heads) if head in NUMBER_HEADS), -1)
    if name_at >= 0:
        return name_at, number_at, 1
    return 0, 1, 0


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""


def _check(members: Sequence[Member]) -> None:
    if not members:
        raise QuizError("名单里没有人：请一行写一个人，先姓名，后编号（编号可不写）")
    if len(members) > MOST_MEMBERS:
        raise QuizError(f"名单太长，最多{MOST_MEMBERS}人")
    for member in members:
        if max(len(member.name), len(member.number)) > LONGEST_NAME:
            raise QuizError(f"“{member.name[:LONGEST_NAME]}…”太长，姓名和编号各不超过{LONGEST_NAME}个字")
    twice = [member.name for place, member in enumerate(members) if member in members[:place]]
    if twice:
        raise QuizError(f"名单里“{twice[0]}”出现了两次，请加编号区分")


def _text_rows(data: bytes) -> Iterable[list[str]]:
    text = decode(data)[0].replace("，", ",").replace("\t", ",").replace("、", ",")
    try:
        return list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise QuizError("读不了这个名单，请存为 Excel（.xlsx）或文本文件再试") from error
