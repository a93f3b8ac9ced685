"""Amounts in the rows of tables, and questions that a table answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.amounts import amounts
from assistant.answer.compose import compose
from assistant.answer.question import understand
from assistant.answer.shelf import shelf
from assistant.answer.units import unit_of
from assistant.ingest.columns import with_columns
from assistant.search.fuse import ranked
from assistant.search.lexical import LexicalIndex
from assistant.text.edits import replay
from assistant.types import Answer, Document, Hit, Passage
from tests.making import document, lexicon, passages, places

CASES = yaml.safe_load(Path(__file__).with_name("rows.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 1)


def row(case: dict[str, Any]) -> Passage:
    text = case["row"]
    return Passage(document(text, title=case["title"]), 0, len(text), tuple(case.get("above", ())), "表1第1行")


@pytest.mark.parametrize("case", CASES, ids=[case["row"][:24] for case in CASES])
def test_amounts_of_a_row(case: dict[str, Any]) -> None:
    found = amounts(row(case), lexicon())
    assert [each.value for each in found] == [Decimal(str(each["value"])) for each in case["amounts"]]
    for each, expected in zip(found, case["amounts"], strict=True):
        for name, value in expected.items():
            if name != "value":
                assert (getattr(each, name) if hasattr(each, name) else each.slots.get(name)) == value, name


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元/人·月", "元/人·月"), ("元／人.月", "元/人·月"), ("元/月/人", "元/人·月"), ("每人每月元", "元/人·月"),
        ("元/户·月", "元/户·月"), ("单位：万元", "万元"), ("％", "%"), ("元/年", "元/年"), ("万户", "万户"), ("人次", "人次"),
        ("元/吨", None), ("元/人·次", None), ("含集中供养", None), ("2024年", None), ("元/每", None), ("户/人", None),
    ],
)  # fmt: skip
def test_units_as_headers_write_them(text: str, unit: str | None) -> None:
    assert unit_of(text) == unit


LIBRARY = {
    "standards": (
        "关于公布2025年救助标准的通知",
        "各镇：\n现将标准公布如下：\n\n2025年救助标准表\n单位：元/人·月\n类别 | 城镇 | 农村\n低保 | 945 | 771\n特困人员 | 1512 | 1234\n\n"
        "历年孤儿养育标准\n年份 | 散居（元/人·月） | 集中供养（元/人·月）\n2023 | 1359 | 2017\n2024 | 1484 | 2142\n",
    ),
    "towns": (
        "甲县低保统计",
        "2024年各镇低保情况表\n镇 | 户数 | 人数 | 女性人数 | 全年支出（万元）\n东镇 | 120 | 260 | 100 | 85.6\n南镇 | 98 | 201 | 90 | 77\n"
        "合计 | 218 | 461 | 190 | 162.6\n\n情况说明。\n",
    ),
    "unclear": ("甲县2024年物资统计", "社会组织 | 东镇 | 南镇\n冬衣 | 30 | 40\n"),
}


def _document(id: str) -> Document:
    title, text = LIBRARY[id]
    return document(replay(text, with_columns(text)), id=id, title=title, region="甲县")


PASSAGES = passages(*map(_document, LIBRARY))
SHELF = shelf(PASSAGES, lexicon(), places())
INDEX = LexicalIndex.of([f"{each.document.title}。{' '.join(each.heading)}。{each.text}" for each in PASSAGES])


def ask(text: str) -> Answer:
    question = understand(text, SHELF.lexicon, SHELF.places, TODAY)
    scores = INDEX.scores(f"{text} {question.official}")
    hits = [Hit(PASSAGES[place], score, rank) for rank, (place, score) in enumerate(ranked(scores, 50), start=1)]
    return compose(question, hits, SHELF, TODAY, least_confidence=0.2)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("农村低保标准是多少", ["771"]),
        ("2025年城镇特困人员标准是多少", ["1512"]),
        ("低保标准是多少", ["945", "771"]),
        ("2023年散居孤儿的标准是多少", ["1359"]),
        ("集中供养孤儿每月多少钱", ["2142"]),
        ("孤儿标准是多少", ["1484", "2142"]),
        ("2026年农村低保标准是多少", ["771"]),
        ("东镇低保有多少人", ["260"]),
        ("2024年低保有多少户", ["218"]),
        ("南镇低保有多少户", ["98"]),
        ("南镇低保女性人数是多少", ["90"]),
    ],
)
def test_a_table_answers_with_the_right_cell(question: str, figures: list[str]) -> None:
    answer = ask(question)
    assert [str(figure.value) for figure in answer.figures] == figures
    for figure in answer.figures:
        assert f"：{figure.text}" in figure.citation.quote
        assert figure.citation.passage.label.startswith("表")


@pytest.mark.parametrize(
    "question",
    [
        "2024年农村低保标准是多少",
        "2022年散居孤儿的标准是多少",
        "2025年东镇低保有多少人",
        "北京市农村低保标准是多少",
        "冬衣有多少",
        "农村低保有多少人",
        "社会组织有多少个",
    ],
)
def test_what_no_cell_says_is_not_answered_with_another(question: str) -> None:
    assert ask(question).figures == ()


def test_a_town_that_the_table_leaves_out_does_not_get_the_total() -> None:
    text = "乡镇 | 低保人数\n南镇 | 201\n合计 | 461\n"
    only = passages(document(replay(text, with_columns(text)), title="甲县2024年统计", region="甲县"))
    kept = shelf(only, lexicon(), places())
    hits = [Hit(each, 1.0, rank) for rank, each in enumerate(only, start=1)]
    question = understand("东镇低保有多少人", kept.lexicon, kept.places, TODAY)
    assert compose(question, hits, kept, TODAY, least_confidence=0.2).figures == ()


def test_a_figure_says_what_it_is_and_quotes_its_row() -> None:
    (figure,) = ask("东镇低保有多少户").figures
    assert (figure.value, figure.unit, figure.subject) == (120, "户", "最低生活保障")
    assert (figure.region, figure.period) == ("东镇", "2024年")
    assert figure.citation.quote.startswith("镇：东镇 | 户数：120 | 人数：260")


names = st.lists(st.text("甲乙丙丁戊己", min_size=2, max_size=4), min_size=2, max_size=4, unique=True)


@given(names, names, st.sampled_from(["元/人·月", "户", "万元", "%"]), st.data())
def test_every_value_is_found_with_its_row_and_its_column(
    columns: list[str], keys: list[str], unit: str, data: st.DataObject
) -> None:
    figures = [[data.draw(st.integers(1, 9999)) for _ in columns] for _ in keys]
    header = " | ".join(["类别", *(f"{name}（{unit}）" for name in columns)])
    lines = [" | ".join([key, *map(str, values)]) for key, values in zip(keys, figures, strict=True)]
    text = "\n".join(["2024年统计表", header, *lines])
    whole = document(replay(text, with_columns(text)))
    found = [each for passage in passages(whole) for each in amounts(passage, lexicon())]
    expected = [
        (value, f"{name}（{unit}）；类别：{key}")
        for key, row in zip(keys, figures, strict=True)
        for name, value in zip(columns, row, strict=True)
    ]
    assert [(each.value, each.told) for each in found] == expected
    for each in found:
        assert (each.unit, each.year) == (unit, 2024)
        assert whole.text[slice(*each.clause)] == f"{each.told.partition('；')[0]}：{each.text}"
