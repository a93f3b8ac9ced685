from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.numbers import arabic_value, chinese_numeral, chinese_value, numerals, values

READ = [
    ("由704元提高到731元", ["704", "731"]),
    ("共6257.0246万元", ["62570246"]),
    ("三十日内，一百零五户，两万元", ["30", "105", "20000"]),
    ("第一千二百六十条", ["1260"]),
    ("二〇二一年", ["2021"]),
    ("１２３４人，1,234人", ["1234", "1234"]),
    ("标准913，704元另算", ["913", "704"]),
    ("比上年提高0.55%", ["0.55"]),
    ("百分之二十，百分之三点五", ["20", "3.5"]),
    ("四分之三", ["0.75"]),
    ("没有数字", []),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_numbers_are_read_as_exact_decimals(text: str, expected: list[str]) -> None:
    assert [numeral.value for numeral in numerals(text)] == [Decimal(value) for value in expected]


def test_a_percentage_is_not_a_plain_number() -> None:
    assert values("百分之二十") == values("20%") != values("20")


def test_chinese_and_arabic_forms_compare_equal() -> None:
    assert values("三十日") == values("30日")


def test_spans_are_those_of_the_number() -> None:
    text = "共6257.0246万元"
    (found,) = numerals(text)
    assert text[found.start : found.end] == "6257.0246万"


@given(st.integers(1, 9999))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert chinese_value(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "written"), [(10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1042, "一千零四十二")]
)
def test_articles_are_numbered_as_usual(number: int, written: str) -> None:
    assert chinese_numeral(number) == written


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_no_article_has_such_a_number(number: int) -> None:
    with pytest.raises(ValueError, match="no article"):
        chinese_numeral(number)


@given(st.decimals(0, 10**9, places=4))
def test_arabic_values_are_exact(value: Decimal) -> None:
    assert arabic_value(str(value)) == value


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for numeral in numerals(text):
        assert 0 <= numeral.start < numeral.end <= len(text)
