"""The results of a session as an Excel file: scores by person, every answer, and the items' statistics with a chart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.quiz.marking import Response
from assistant.quiz.paper import Question
from assistant.quiz.people import Member, SchoolClass
from assistant.quiz.session import Score, Session, Sheet, score, share
from assistant.quiz.statistics import Doubt, ItemStatistics
from assistant.quiz.store import Taking
from assistant.quiz.types import LETTERS

DOUBTS: dict[Doubt, str] = {
    "negative": "越会的人越答错，答案可能有误",
    "weak": "分不出会与不会",
    "hard": "答对的人太少",
    "distractor": "成绩好的人多选了错项",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the results: somebody who took part, or a member of the class who did not (``taking`` is ``None``).

    ``member`` is the line of the class list they are on, ``None`` for somebody who is on no list.
    """

    name: str
    member: Member | None
    taking: Taking | None
    score: Score | None


def standings(session: Session, takings: Sequence[Taking], school_class: SchoolClass | None) -> list[Standing]:
    """Everybody with their score, the best first, then those of the class who did not take part, in its order."""
    members = school_class.members if school_class else ()
    lines = [
        Standing(
            taking.person.name, _member(members, taking.person.name), taking, score(session, taking.sheet)
        )
        for taking in takings
    ]  # fmt: skip
    lines.sort(key=lambda line: -line.score.awarded if line.score else 0.0)
    present = [line.member for line in lines]
    return lines + [Standing(member.name, member, None, None) for member in members if member not in present]


def _member(members: Sequence[Member], name: str) -> Member | None:
    """The member who is called so; nobody where two are, since a name alone does not tell them apart."""
    found = [member for member in members if member.called(name)]
    return found[0] if len(found) == 1 else None


def response_text(question: Question, response: Response | None) -> str:
    """A response as a person would write it: AC, 正确, or the words of the blanks."""
    if response is None or response.empty:
        return ""
    if question.item.type == "判断":
        return question.item.options[response.choices[0]]
    return "".join(LETTERS[choice] for choice in response.choices) or "；".join(response.texts)


def results_workbook(
    session: Session, lines: Sequence[Standing], statistics: Sequence[ItemStatistics]
) -> bytes:  # fmt: skip
    """The results as the bytes of an .xlsx file with the sheets 成绩, 作答 and 题目分析."""
    book = openpyxl.Workbook()
    _scores(book.worksheets[0], session, lines)
    _answers(book.create_sheet("作答"), session, lines)
    _items(book.create_sheet("题目分析"), statistics)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _scores(sheet: Any, session: Session, lines: Sequence[Standing]) -> None:
    sheet.title = "成绩"
    heads = ("姓名或编号", "名单中", "得分", "满分", "得分率", "待评题数", "开始", "交卷")
    rows: list[tuple[Any, ...]] = []
    for line in lines:
        listed = f"{line.member.name} {line.member.number}".strip() if line.member else "名单外"
        if line.taking is None or line.score is None:
            rows.append((line.name, listed, None, session.marks, None, None, "未参加", ""))
            continue
        paper: Sheet = line.taking.sheet
        rate = line.score.awarded / line.score.possible
        rows.append(
            (line.name, listed, line.score.awarded, line.score.possible, rate, line.score.pending,
             _local(paper.started), _local(paper.submitted) if paper.submitted else "未交卷")
        )  # fmt: skip
    _fill(sheet, heads, rows, (18, 18, 8, 8, 10, 10, 20, 20))
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 5).number_format = "0%"


def _answers(sheet: Any, session: Session, lines: Sequence[Standing]) -> None:
    heads = ["姓名或编号", *(f"第{question.number}题" for question in session.questions)]
    rows = []
    for line in lines:
        if line.taking is None:
            continue
        answers = line.taking.sheet.answers
        cells = []
        for question in session.questions:
            given = answers.get(question.item.id)
            part = share(question, line.taking.sheet)
            mark = "待评" if part is None else f"{part * question.marks:g}分"
            cells.append(f"{response_text(question, given.response if given else None) or '未答'}（{mark}）")
        rows.append((line.name, *cells))
    _fill(sheet, heads, rows, (18, *(14 for _ in session.questions)))


def _items(sheet: Any, statistics: Sequence[ItemStatistics]) -> None:
    heads = ("题号", "题型", "题干", "答案", "依据", "作答人数", "难度系数", "区分度", "存疑", "各选项人数")
    rows = []
    for one in statistics:
        item = one.question.item
        key = item.key_letters if item.type in ("单选", "多选") else "；".join(item.key_text)
        origin = f"《{item.origin.title}》{item.origin.label}" if item.origin else ""
        chosen = "  ".join(f"{LETTERS[place]} {count}" for place, count in enumerate(one.chosen))
        doubts = "；".join(DOUBTS[doubt] for doubt in one.doubts)
        rows.append(
            (one.question.number, item.type, item.stem, key, origin, one.answers, one.facility, one.discrimination,
             doubts, chosen)
        )  # fmt: skip
    _fill(sheet, heads, rows, (6, 6, 50, 20, 30, 10, 10, 10, 30, 24))
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 3).alignment = Alignment(wrap_text=True, vertical="top")
        for column in (7, 8):
            sheet.cell(row, column).number_format = "0.00"
    if rows:
        _charts(sheet, len(rows) + 1)


def _charts(sheet: Any, last: int) -> None:
    bars = BarChart()
    bars.title, bars.y_axis.title, bars.x_axis.title, bars.legend = (
        "每题难度系数（答对的比例）",
        "难度系数",
        "题号",
        None,
    )
    bars.add_data(Reference(sheet, min_col=7, min_row=2, max_row=last))
    bars.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    sheet.add_chart(bars, f"B{last + 3}")
    dots = ScatterChart()
    dots.title, dots.x_axis.title, dots.y_axis.title, dots.legend = "难度系数与区分度", "难度系数", "区分度", None
    facility, discrimination = (Reference(sheet, min_col=column, min_row=2, max_row=last) for column in (7, 8))
    series = Series(discrimination, facility)
    series.marker.symbol, series.graphicalProperties.line.noFill = "circle", True
    dots.series.append(series)
    sheet.add_chart(dots, f"E{last + 3}")


def _fill(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        sheet.cell(1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for at, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # What a person typed is never a formula.
    sheet.freeze_panes = "A2"


def _local(time: datetime) -> str:
    return time.astimezone().strftime("%Y-%m-%d %H:%M:%S")
