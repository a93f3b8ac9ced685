"""The Word file read back with python-docx: paragraph by paragraph what the handouts say, and in which typefaces."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from exam_papers import item, paper, papers, pool
from hypothesis import assume, given, settings

from assistant.quiz.export import export
from assistant.quiz.export.text import writable
from assistant.quiz.paper import Paper, variants
from assistant.quiz.types import BLANK, LETTERS, Item

BRACKET = "（" + "\u00a0" * 8 + "）"


def read(made: Paper, format: str) -> Any:
    return Document(io.BytesIO(export(made, format)))


def lines(document: Any) -> Iterator[str]:
    """The paragraphs of the body in order; options side by side are one line each."""
    for paragraph in document.paragraphs:
        yield from paragraph.text.split("\t") if paragraph.style.name == "Quiz option" else [paragraph.text]


def in_order(expected: list[str], found: list[str]) -> None:
    """Every expected line is among the found ones, in this order."""
    rest = iter(found)
    for line in expected:
        assert line in rest, line


def stem(number: int, given_item: Item) -> str:
    text = writable(given_item.stem).replace(BLANK, "________")
    wide = re.compile(r"[（(]\s+[）)]")
    if given_item.options:
        text = wide.sub(BRACKET, text) if wide.search(text) else text + BRACKET
    return f"{number}. {text}"


def listed(given_item: Item) -> list[str]:
    if given_item.type not in ("单选", "多选"):
        return []
    return [f"{letter}. {writable(text)}" for letter, text in zip(LETTERS, given_item.options, strict=False)]


def compare(made: Paper) -> None:
    expected = [
        line for each in made.questions for line in (stem(each.number, each.item), *listed(each.item))
    ]  # fmt: skip
    in_order(expected, list(lines(read(made, "docx-paper"))))
    found = list(lines(read(made, "docx-key")))
    for each in made.questions:
        rest = found[found.index(stem(each.number, each.item)) :]
        compare_solution(each.item, rest)


def compare_solution(given_item: Item, rest: list[str]) -> None:
    end = next((place for place, line in enumerate(rest[1:], start=1) if line.startswith("依据：")), len(rest))
    solution = "\n".join(rest[1:end])
    if given_item.type == "简答":
        in_order([f"（{n}）{writable(point)}" for n, point in enumerate(given_item.answers, start=1)], rest[:end])
    elif given_item.type == "判断":
        assert f"答案：{'√' if given_item.key == (0,) else '×'}（{given_item.key_text[0]}）" in solution
    else:
        for text in given_item.key_text:
            assert all(way in solution for way in writable(text).split("|") if way.strip())
    if given_item.origin:
        assert rest[end].endswith(f"{given_item.origin.label}：“{given_item.origin.quote}”")
        assert given_item.origin.title in rest[end]
    else:
        assert rest[end] == "依据：没有写明条文"


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers())
@settings(max_examples=15, deadline=None)
def test_any_text(made: Paper) -> None:
    """But for tabs, which cannot be told from those between options when it is read back."""
    texts = [text for each in made.items for text in (each.stem, *each.options, *each.answers)]
    assume(not any("\t" in text for text in texts))
    compare(made)


def test_very_long_texts() -> None:
    long = "长<&>文" * 3000
    compare(paper([item(stem=long, options=(long, long + "二", "三"), why_wrong=())]))


def test_the_whole_file_holds_paper_sheet_and_key_on_pages_of_their_own() -> None:
    document = read(paper(), "docx")
    titles = [each.text for each in document.paragraphs if each.style.name == "Quiz title"]
    assert titles == ["九月学法测试", "九月学法测试　答题纸", "九月学法测试　参考答案及依据"]
    assert len(document.sections) == 3
    assert [section.header.paragraphs[0].text for section in document.sections] == titles


@pytest.mark.parametrize("format", ["docx", "docx-paper", "docx-sheet"])
def test_room_for_name_and_unit(format: str) -> None:
    assert any("单位：___" in line and "姓名：___" in line for line in lines(read(paper(), format)))


def test_the_paper_and_the_sheet_do_not_give_the_answers() -> None:
    made = paper(pool(2))
    for format in ("docx-paper", "docx-sheet"):
        document = read(made, format)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*lines(document), *cells])
        assert "见条文" not in text
        assert "这是上年的" not in text
        assert "√" not in "".join(cells)


def test_the_key_begins_with_a_table_to_mark_by() -> None:
    made = paper([item("单选", f"第{n}问", n) for n in range(12)])
    rows = [[cell.text for cell in row.cells] for table in read(made, "docx-key").tables for row in table.rows]
    assert rows[0][1:] + rows[2][1:3] == [str(n) for n in range(1, 13)]
    assert rows[1][1:] + rows[3][1:3] == ["A"] * 12


def test_the_sheet_has_a_place_for_every_answer() -> None:
    document = read(paper(pool(2)), "docx-sheet")
    numbers = [cell.text for table in document.tables for cell in table.rows[0].cells[1:]]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    found = list(lines(document))
    assert sum(line.startswith(("7. （1）____", "8. （1）____")) for line in found) == 2
    assert {"9.", "10."} <= set(found)


def test_a_and_b_papers_say_which_they_are_and_have_their_own_keys() -> None:
    for variant in variants(paper(pool(4))):
        assert f"九月学法测试（{variant.variant}卷）" in list(lines(read(variant, "docx")))
        compare(variant)


def test_chinese_typefaces_are_named() -> None:
    """Without w:eastAsia Word sets Chinese in whatever the machine has."""
    faces = {}
    for style in read(paper(), "docx").styles:
        if style.name.startswith("Quiz") or style.name == "Normal":
            fonts = style.element.rPr.rFonts
            faces[style.name] = (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")))
    assert faces["Normal"] == ("宋体", "Times New Roman")
    assert faces["Quiz title"][0] == faces["Quiz heading"][0] == "黑体"
    assert faces["Quiz quote"][0] == "楷体"
    assert all(face in ("宋体", "黑体", "楷体") for face, _ in faces.values())


def test_what_a_word_file_cannot_hold_is_marked() -> None:
    assert any("甲\ufffd乙" in line for line in lines(read(paper([item(stem="甲\x00乙")]), "docx")))
