"""Imports: what trainers and other programs write, row by row; a bad row is told and kept, the others come in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from exam_papers import clauses, item, paper, pool
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant.errors import QuizError
from assistant.quiz.export import export
from assistant.quiz.imports import (
    Imported,
    RowError,
    read_excel,
    read_gift,
    refused_questions,
    refused_rows,
    template,
)

ROW = {"题型": "单选", "题干": "农村低保标准是每人每月多少？", "选项A": "731元", "选项B": "704元", "答案": "A"}


def sheet(*rows: Mapping[str, Any]) -> bytes:
    """The template filled in as a trainer would."""
    book = load_workbook(io.BytesIO(template()))
    page = book["试题"]
    header = [cell.value for cell in page[1]]
    for row in rows:
        page.append([row.get(str(name)) for name in header])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel(*rows: Mapping[str, Any]) -> Imported:
    return read_excel(sheet(*rows), clauses())


def one(**changes: Any) -> Any:
    found = excel(ROW | changes)
    assert found.errors == ()
    return found.items[0]


def mistake(**changes: Any) -> str:
    (error,) = excel(ROW | changes).errors
    assert error.where == "第 2 行"
    assert "\n" not in error.message
    return error.message


# Excel ------------------------------------------------------------------------------------------------------------


def test_a_plain_row() -> None:
    found = one()
    assert (found.type, found.kind, found.options, found.key) == ("单选", "其他", ("731元", "704元"), (0,))
    assert found.origin is None


def test_a_row_with_its_clause() -> None:
    found = one(
        文件="《甲县救助办法》", 条款="第1条", 原文="每人每月731元", 解析="见办法。", 难度=0.3, 标签="低保，九月"
    )
    assert found.origin is not None
    assert (found.origin.document_id, found.origin.label, found.origin.quote) == ("law", "第一条", "每人每月731元")
    assert (found.difficulty, found.tags, found.explanation) == (0.3, ("低保", "九月"), "见办法。")


def test_a_clause_without_a_quote_is_the_whole_clause() -> None:
    found = one(文件="乙县收养规定", 条款="第二条")
    assert found.origin is not None
    assert "收养人应当年满30周岁。" in found.origin.quote


@pytest.mark.parametrize(
    ("type", "answer", "key"),
    [
        ("多选", "A、b", (0, 1)),
        ("多选题", " BA ", (0, 1)),
        ("判断", "对", (0,)),
        ("判断", "×", (1,)),
        ("判断题", "错误", (1,)),
    ],
)
def test_ways_to_write_the_answer(type: str, answer: str, key: tuple[int, ...]) -> None:
    assert one(题型=type, 答案=answer).key == key


def test_blanks_and_points_are_one_a_line() -> None:
    assert one(题型="填空", 题干="每人每月____元，公示____日", 答案="731|七百三十一\n7").answers == (
        "731|七百三十一",
        "7",
    )
    assert one(题型="填空", 题干="每人每月____元", 答案=731).answers == ("731",)
    assert one(题型="简答", 题干="哪些情形？", 答案="火灾\n\n重病").answers == ("火灾", "重病")


WRONG = [
    ({"题型": "论述"}, "题型要写"),
    ({"题型": None}, "题型要写"),
    ({"题干": " "}, "没有写题干"),
    ({"答案": None}, "没有写答案"),
    ({"答案": "C"}, "没写的选项"),
    ({"答案": "AB"}, "只能有一个答案"),
    ({"题型": "多选"}, "至少要有两个答案"),
    ({"选项B": None}, "至少要有选项A和选项B"),
    ({"选项A": None}, "选项A是空的"),
    ({"选项B": "731元"}, "一模一样"),
    ({"题型": "判断"} | {"答案": "也许"}, "“正确”或“错误”"),
    ({"题型": "填空", "答案": "731"}, "0 个空"),
    ({"难度": "难"}, "难度要写 0 到 1"),
    ({"难度": 3}, "难度要写 0 到 1"),
    ({"编号": "第一题"}, "编号只能用"),
    ({"文件": "没有的办法", "条款": "第一条"}, "语料里没有现行有效的《没有的办法》"),
    ({"文件": "甲县救助办法", "条款": "第九条"}, "《甲县救助办法》里没有第九条"),
    ({"文件": "甲县救助办法", "条款": "第一条", "原文": "每人每月800元"}, "没有这句原文"),
    ({"文件": "甲县救助办法", "条款": "第二条", "原文": "每人每月731元"}, "没有这句原文"),
    ({"文件": "甲县救助办法"}, "请再写条款或原文"),
    ({"条款": "第一条"}, "没有写是哪个文件"),
]


@pytest.mark.parametrize(("changes", "says"), WRONG)
def test_a_bad_row_says_what_is_wrong(changes: dict[str, Any], says: str) -> None:
    assert says in mistake(**changes)


def test_good_rows_come_in_and_bad_ones_are_kept_whole() -> None:
    bad = ROW | {"答案": "C", "标签": "九月"}
    found = excel(ROW, bad, {}, ROW | {"题干": "另一道"}, ROW)
    assert len(found.items) == 2
    assert [error.where for error in found.errors] == ["第 3 行", "第 6 行"]
    assert "重复" in found.errors[1].message
    page = load_workbook(io.BytesIO(refused_rows(found.errors)))["试题"]
    rows = [
        dict(zip([cell.value for cell in page[1]], row, strict=True)) for row in page.iter_rows(2, values_only=True)
    ]
    assert {name: value for name, value in rows[0].items() if value is not None} == bad | {
        "错误": found.errors[0].message
    }


def test_refused_rows_come_in_once_they_are_put_right() -> None:
    refused = refused_rows(excel(ROW | {"答案": "C"}).errors)
    book = load_workbook(io.BytesIO(refused))
    page = book["试题"]
    answer = [cell.value for cell in page[1]].index("答案") + 1
    page.cell(2, answer).value = "A"
    out = io.BytesIO()
    book.save(out)
    found = read_excel(out.getvalue(), clauses())
    assert (len(found.items), found.errors) == (1, ())


def test_a_sheet_of_ones_own_with_the_columns_in_another_order() -> None:
    book = Workbook()
    book.active.append(["答案", "备注", "题干", "选项B", "选项A", "题型"])  # type: ignore[union-attr]
    book.active.append(["B", "不用管", "多少？", "731元", "704元", "单选"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    (found,) = read_excel(out.getvalue(), ()).items
    assert found.key_text == ("731元",)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", "题干,答案".encode(), sheet()[:500]])
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(QuizError, match="不是能读的 Excel"):
        read_excel(data, ())


def test_a_workbook_without_the_columns() -> None:
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(QuizError, match="缺少这些列：题型、题干、答案"):
        read_excel(out.getvalue(), ())


_cells = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["A", "单选", "填空", "____"]), st.integers(), st.floats()
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*ROW, "编号", "难度", "文件", "条款", "原文", "错因A"]), _cells), max_size=4
    )
)
@settings(max_examples=50, deadline=None)
def test_any_row_comes_in_or_is_told(rows: list[dict[str, Any]]) -> None:
    clean = [{name: _storable(value) for name, value in row.items()} for row in rows]
    found = excel(*clean)
    filled = [row for row in clean if any(str(value).strip() for value in row.values() if value is not None)]
    assert len(found.items) + len(found.errors) == len(filled)
    assert all(error.message and "\n" not in error.message for error in found.errors)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(char for char in value if char.isprintable() and char.isascii()) or "题"
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value


# GIFT -------------------------------------------------------------------------------------------------------------

GIFT = r"""
// a file of another program
$CATEGORY: 低保

::一::农村低保标准是每人每月多少？{=731元 ~704元#这是上年的 ~931元}

[html]<p>哪些情形可以<b>申请</b>？</p>{~%50%火灾 ~%50%重病 ~%-100%购房}

审核机关应当公示7日。{T}

审核机关应当公示9日。{FALSE#条文说的是7日#对，是7日
####依据：《甲县救助办法》第3条
}

公示期限是 {=7 =七} 日。

骗取救助金的，怎么处罚\{罚款\}？{####要点：处罚款\n要点：1倍以上3倍以下\n依据：《甲县救助办法》第四条\n原文：处骗取金额1倍以上3倍以下的罚款}
"""


def test_gift_of_another_program() -> None:
    found = read_gift(GIFT, clauses())
    assert found.errors == ()
    single, several, right, wrong, blank, essay = found.items
    assert (single.type, single.options, single.key) == ("单选", ("731元", "704元", "931元"), (0,))
    assert single.why_wrong == ("", "这是上年的", "")
    assert (several.type, several.stem, several.key) == ("多选", "哪些情形可以申请？", (0, 1))
    assert (right.type, right.key_text) == ("判断", ("正确",))
    assert (wrong.key_text, wrong.why_wrong) == (("错误",), ("条文说的是7日", ""))
    assert wrong.origin is not None
    assert "审核机关应当公示7日。" in wrong.origin.quote
    assert (blank.type, blank.stem, blank.answers) == ("填空", "公示期限是____日。", ("7|七",))
    assert (essay.stem, essay.answers) == ("骗取救助金的，怎么处罚{罚款}？", ("处罚款", "1倍以上3倍以下"))
    assert essay.origin is not None
    assert essay.origin.label == "第四条"


BAD_GIFT = [
    ("没有答案的一段话", "没有用大括号"),
    ("多少？{=731 ~704", "没有用大括号"),
    ("多少？{#731:5}", "不支持数值题"),
    ("配对{=甲 -> 一 =乙 -> 二}", "不支持匹配题"),
    ("多少？{~731 ~704}", "没有写哪个选项是对的"),
    ("多少？{731}", "读不懂答案"),
    ("多少？{=%50%731 =704}", "只得部分分"),
    ("多少？{~%1.2.3%731 =704}", "读不懂得分比例"),
    ("多少？{=731 ~731}", "题目不完整"),
    ("怎么处罚？{}", "评分要点"),
    ("多少？{=731####依据：办法第一条}", "读不懂依据"),
    ("多少？{=731####依据：《甲县救助办法》第九条}", "里没有第九条"),
    ("多少？{=731####依据：《甲县救助办法》第一条\\n原文：800元}", "没有这句原文"),
    ("每____和____{=一 =二}", "题干有几个空"),
]


@pytest.mark.parametrize(("text", "says"), BAD_GIFT)
def test_a_bad_question_says_what_is_wrong_and_where(text: str, says: str) -> None:
    found = read_gift(f"// 一\n\n好的{{T}}\n\n\n{text}\n\n也好{{F}}", clauses())
    assert [each.stem for each in found.items] == ["好的", "也好"]
    (error,) = found.errors
    assert says in error.message
    assert (error.where, error.content) == ("第 6 行起的题", (text,))


def test_refused_questions_come_in_once_they_are_put_right() -> None:
    errors = read_gift("多少？{~731 ~704}\n\n几个？{731}", ()).errors
    text = refused_questions(errors)
    assert text.count("// 错误：") == 2
    found = read_gift(text.replace("{~731", "{=731").replace("{731}", "{=3}"), ())
    assert (len(found.items), found.errors) == (2, ())


@given(st.text(st.sampled_from("{}=~#:\\%-> \n\r/[]$TF题。1"), max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    found = read_gift(text, ())
    assert all(isinstance(error, RowError) and error.message for error in found.errors)


def test_a_windows_file_with_a_mark_at_its_beginning() -> None:
    found = read_gift("\ufeff一{T}\r\n\r\n二{F}\r\n", ())
    assert [each.stem for each in found.items] == ["一", "二"]


def test_our_own_export_keeps_its_ids() -> None:
    made = paper([each for each in pool(3) if each != item()])
    for found in (read_gift(export(made, "gift").decode(), clauses()), read_excel(export(made, "xlsx"), clauses())):
        assert [each.id for each in found.items] == [each.id for each in made.items]
