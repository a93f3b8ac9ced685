"""What a paper looks like on paper, for Word and PDF alike: the paper itself, the answer sheet, and the answers.

A handout is a list of blocks; how a block is drawn is the writers' business. All text is as the reader sees it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.quiz.drafts import quoted
from assistant.quiz.export.text import reasons, remark_of, source_of, writable
from assistant.quiz.paper import Paper, Question, Section
from assistant.quiz.types import BLANK, LETTERS, Item, ItemType

GAP = "________"
"""A blank to be filled in on paper."""
BRACKET = "（" + "\u00a0" * 8 + "）"
"""Where the letter of the answer is written; its spaces do not let a line end in it."""
DIRECTIONS: dict[ItemType, str] = {
    "单选": "每题只有一个正确答案",
    "多选": "每题有两个或两个以上正确答案",
    "判断": "对的打√，错的打×",
    "填空": "请把答案填在横线上",
    "简答": "请写出要点",
}
NOTICE = "题目依据的条文为摘编的，正式文字以原文件为准。"
"""What a paper says of the wording of its clauses, which may be restated."""
NUMERALS = "一二三四五六七八九十"
A_ROW = 10
"""How many answers stand side by side in a table."""
LONGEST_HEADER = 30
OPTION_LINE = 74
"""How many half-width characters a line of options holds, about."""

_EMPTY_BRACKET = re.compile(r"[（(]\s+[）)]")

Look = Literal["title", "centred", "heading", "stem", "option", "answer", "text", "quote"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and how it looks; ``joined`` ones stay on the page of the one behind them."""

    text: str
    look: Look
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Short options side by side, each in its column of ``count``."""

    cells: tuple[str, ...]
    count: int
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table, its first row and first column in bold."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """Empty room to write in: so many lines, ruled or not."""

    lines: int
    ruled: bool


Block = Line | Columns | Grid | Writing


@dataclass(frozen=True, slots=True)
class Handout:
    """Blocks that begin on a page of their own, with what stands at the head of every page."""

    header: str
    blocks: tuple[Block, ...]


# The paper --------------------------------------------------------------------------------------------------------


def paper_handout(paper: Paper) -> Handout:
    """The questions, with room for name, unit and score."""
    blocks: list[Block] = [
        Line(writable(paper.name), "title", joined=True),
        Line("单位：________________　　姓名：____________　　得分：________", "centred", joined=True),
        Line(f"本卷共 {len(paper.items)} 题，满分 {paper.total:g} 分。", "centred", joined=True),
        Line(NOTICE, "centred", joined=True),
        _score_table(paper.sections),
    ]
    for place, section, questions in _sections(paper):
        blocks.append(_heading(place, section, DIRECTIONS[section.type]))
        for question in questions:
            blocks += _question(question)
    return Handout(one_line(paper.name), tuple(blocks))


def printed_stem(item: Item) -> str:
    """The stem with blanks as lines to write on, and a bracket for the answer where it has options and none yet."""
    stem = writable(item.stem).replace(BLANK, GAP)
    if not item.options:
        return stem
    return _EMPTY_BRACKET.sub(BRACKET, stem) if _EMPTY_BRACKET.search(stem) else stem + BRACKET


def printed_options(item: Item) -> list[str]:
    """A. 60日, B. 30日 …"""
    return [f"{letter}. {writable(option)}" for letter, option in zip(LETTERS, item.options, strict=False)]


def _question(question: Question) -> Iterator[Block]:
    item = question.item
    options = printed_options(item) if item.type in ("单选", "多选") else []
    yield Line(f"{question.number}. {printed_stem(item)}", "stem", joined=bool(options))
    columns = _columns(options)
    if columns > 1:
        rows = [options[start : start + columns] for start in range(0, len(options), columns)]
        for row in rows:
            yield Columns(tuple(row), columns, joined=row is not rows[-1])
    else:
        for option in options:
            yield Line(option, "option", joined=option is not options[-1])
    if item.type == "简答":
        yield Writing(_room(item), ruled=False)


def _columns(options: Sequence[str]) -> int:
    """How many options go side by side: four, two or one."""
    longest = max((_width(option) for option in options), default=0)
    if any("\n" in option for option in options) or longest > OPTION_LINE // 2 - 1:
        return 1
    return 4 if longest <= OPTION_LINE // 4 - 1 else 2


def _width(text: str) -> int:
    """In half-width characters (Unicode Standard Annex 11: wide, full-width and ambiguous characters take two)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _room(item: Item) -> int:
    return min(12, max(4, 2 * len(item.answers)))


def _score_table(sections: Sequence[Section]) -> Grid:
    names = [f"{_numeral(place)}、{section.type}" for place, section in enumerate(sections)]
    return Grid((("题号", *names, "总分"), ("得分", *("" for _ in names), "")))


# The answer sheet -------------------------------------------------------------------------------------------------


def sheet_handout(paper: Paper) -> Handout:
    """A sheet to write all the answers on, so that the paper can be used again."""
    blocks: list[Block] = [
        Line(f"{writable(paper.name)}　答题纸", "title", joined=True),
        Line("单位：________________　　姓名：____________　　得分：________", "centred", joined=True),
    ]
    for place, section, questions in _sections(paper):
        blocks.append(_heading(place, section, ""))
        if section.type == "填空":
            blocks += [Line(f"{each.number}. {_gaps(len(each.item.answers))}", "stem") for each in questions]
        elif section.type == "简答":
            for each in questions:
                blocks += [Line(f"{each.number}.", "stem", joined=True), Writing(_room(each.item), ruled=True)]
        else:
            blocks += _answer_tables(questions, filled=False)
    return Handout(f"{one_line(paper.name)}　答题纸", tuple(blocks))


def _gaps(count: int) -> str:
    if count == 1:
        return "_" * 24
    return "　".join(f"（{number}）{'_' * 16}" for number in range(1, count + 1))


def _answer_tables(questions: Sequence[Question], *, filled: bool) -> Iterator[Grid]:
    for start in range(0, len(questions), A_ROW):
        row = questions[start : start + A_ROW]
        short = [""] * (min(A_ROW, len(questions)) - len(row))
        answers = [_short_answer(each.item) if filled else "" for each in row]
        yield Grid((("题号", *(str(each.number) for each in row), *short), ("答案", *answers, *short)))


# The answers ------------------------------------------------------------------------------------------------------


def key_handout(paper: Paper) -> Handout:
    """The answers in a table to mark by, then each with its explanation, its clause and why the others are wrong."""
    blocks: list[Block] = [
        Line(f"{writable(paper.name)}　参考答案及依据", "title", joined=True),
        Line(NOTICE, "centred", joined=True),
    ]
    for place, section, questions in _sections(paper):
        blocks.append(_heading(place, section, ""))
        if section.type in ("单选", "多选", "判断"):
            blocks += _answer_tables(questions, filled=True)
        for question in questions:
            blocks += _solution(question)
    return Handout(f"{one_line(paper.name)}　参考答案及依据", tuple(blocks))


def _solution(question: Question) -> Iterator[Line]:
    item = question.item
    yield Line(f"{question.number}. {printed_stem(item)}", "stem", joined=True)
    if item.type == "简答":
        yield Line(f"要点（共 {question.marks:g} 分，{len(item.answers)} 个要点）：", "answer", joined=True)
        for number, point in enumerate(item.answers, start=1):
            yield Line(f"（{number}）{writable(point)}", "text")
    else:
        yield Line(f"答案：{printed_answer(item)}", "answer", joined=True)
    if remark := writable(remark_of(item)):
        yield Line(f"解析：{remark}", "text")
    if why_wrong := printed_reasons(item):
        yield Line(f"辨析：{why_wrong}", "text")
    yield Line(printed_source(item), "quote")


def printed_reasons(item: Item) -> str:
    """Why the wrong options are wrong, in one line; nothing for 判断, where the explanation says it."""
    if item.type == "判断":
        return ""
    return "；".join(f"{letter} {writable(why).rstrip('。；')}" for letter, why in reasons(item))


def printed_source(item: Item) -> str:
    """依据：《社会救助暂行办法》第九条：“……”"""
    if item.origin is None:
        return "依据：没有写明条文"
    return f"依据：{writable(source_of(item))}：{quoted(writable(item.origin.quote))}"


def printed_answer(item: Item) -> str:
    """The answer in full: B. 60日; for blanks the accepted answers, of which 或 divides those of one blank."""
    if item.type in ("单选", "多选"):
        return "　".join(printed_options(item)[place] for place in item.key)
    if item.type == "判断":
        return f"{_short_answer(item)}（{item.options[item.key[0]]}）"
    blanks = [" 或 ".join(one for one in writable(answer).split("|") if one.strip()) for answer in item.answers]
    return (
        blanks[0] if len(blanks) == 1 else "　".join(f"（{place}）{one}" for place, one in enumerate(blanks, start=1))
    )


def _short_answer(item: Item) -> str:
    return ("√" if item.key == (0,) else "×") if item.type == "判断" else item.key_letters


# The frame --------------------------------------------------------------------------------------------------------


def _sections(paper: Paper) -> Iterator[tuple[int, Section, list[Question]]]:
    questions = iter(paper.questions)
    for place, section in enumerate(paper.sections):
        yield place, section, [next(questions) for _ in section.items]


def one_line(title: str) -> str:
    """A title in one line, shortened where it is long."""
    name = " ".join(writable(title).split())
    return name if len(name) <= LONGEST_HEADER else name[:LONGEST_HEADER] + "…"


def _heading(place: int, section: Section, directions: str) -> Line:
    sums = f"共 {len(section.items)} 题，每题 {section.marks:g} 分，共 {section.total:g} 分"
    rest = f"。{directions}" if directions else ""
    return Line(f"{_numeral(place)}、{section.type}题（{sums}{rest}）", "heading", joined=True)


def _numeral(place: int) -> str:
    return NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
