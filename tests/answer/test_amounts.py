from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.amounts import Amount, amounts
from tests.making import document, lexicon, passage

CASES = yaml.safe_load(Path(__file__).with_name("amounts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:16] for case in CASES])
def test_amounts_with_their_slots(case: dict[str, Any]) -> None:
    found = amounts(passage(case["text"]), lexicon())
    assert [(each.value, each.unit) for each in found] == [
        (Decimal(str(each["value"])), each["unit"]) for each in case["amounts"]
    ]
    for each, expected in zip(found, case["amounts"], strict=True):
        _check(each, {name: value for name, value in expected.items() if name not in ("value", "unit")})


def _check(amount: Amount, expected: dict[str, Any]) -> None:
    for name, value in expected.items():
        if name == "topics":
            assert amount.topics >= set(value)
        elif name == "earlier":
            assert amount.earlier == value
        elif hasattr(amount, name):
            assert getattr(amount, name) == value, (amount.text, name)
        else:
            assert amount.slots.get(name) == value, (amount.text, name)


def test_the_subject_comes_from_the_heading_where_the_text_names_none() -> None:
    one = passage("标准为每人每月731元。")
    under = type(one)(one.document, one.start, one.end, heading=("一、农村低保",), label="第1段")
    (found,) = amounts(under, lexicon())
    assert found.slots["对象"] == "最低生活保障"
    assert "城乡" not in found.slots


def test_the_year_comes_from_the_title_where_the_text_names_none() -> None:
    (found,) = amounts(passage("低保对象有800人。", title="甲县2023年度报告"), lexicon())
    assert found.year == 2023


@given(st.text(alphabet="第农村低保标准由提高到每人月0123456789.元万户人％，。（）年月日以上", max_size=80))
def test_an_amount_is_where_it_says(text: str) -> None:
    if not text:
        return
    for each in amounts(passage(text), lexicon()):
        assert text[each.start : each.end] == each.text
        assert each.clause[0] <= each.start < each.clause[1]
        assert each.sentence[0] <= each.start < each.sentence[1]


def test_offsets_are_those_of_the_document() -> None:
    text = "前言。\n低保标准为每人每月731元。"
    whole = document(text)
    part = type(passage("x"))(whole, 4, len(text))
    (found,) = amounts(part, lexicon())
    assert text[found.start : found.end] == "731元"
