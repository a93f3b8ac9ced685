"""Parts of a question exchanged: years, counts, amounts before a change, nouns."""

from __future__ import annotations

import pytest

from assistant.answer import exchange

YEARS = (
    ("再往前一年", "2021年低保标准", "2020年"),
    ("往后两年", "2021年低保标准", "2023年"),
    ("再上一年", "去年低保标准", "前年"),
    ("前两年", "2021年低保标准", "前两年"),
    ("再往前一年", "低保标准", "再往前一年"),
    ("再往前一年", "前年低保标准", "再往前一年"),
)


@pytest.mark.parametrize(("core", "earlier", "expected"), YEARS)
def test_a_year_is_counted_from_the_one_before(core: str, earlier: str, expected: str) -> None:
    assert exchange.year_on(core, earlier) == expected


def test_a_count_is_exchanged_for_another_but_never_for_money() -> None:
    assert exchange.counted("有几家", "登记的社团有多少个") == ("有", "登记的社团有多少个")
    assert exchange.counted("有多少人", "低保有多少户") == ("有", "低保有多少人")
    assert exchange.counted("多少钱", "低保有多少人") is None
    assert exchange.counted("多少钱", "低保怎么申请") is None
    assert exchange.counted("", "低保怎么申请") == ("", "低保怎么申请")


def test_an_amount_is_asked_for_as_it_was_before() -> None:
    assert exchange.amount_before("低保标准是多少", "没涨之前是多少") == "低保标准提高之前是多少"
    assert exchange.amount_before("孤儿每个月领多少", "原来呢".removesuffix("呢")) == "孤儿原来每个月领多少"
    assert exchange.amount_before("低保怎么申请", "以前") == ""
    assert exchange.amount_before("低保标准是多少", "之前要公示吗") == ""


def test_a_noun_takes_whom_it_names_along() -> None:
    asked = "罢免村民委员会成员要多少村民联名"
    assert exchange.noun(asked, "村民委员会", "居民委员会") == "罢免居民委员会成员要多少居民联名"
    assert exchange.noun("理事任期几年,理事几个", "理事", "监事") == "监事任期几年,理事几个"
    assert exchange.noun("领证在哪里办", "领证", "补领证") == "补领证在哪里办"


TOGETHER = (
    ("农村低保标准是多少", "城镇低保标准是多少", "差多少", "农村和城镇低保标准差多少"),
    ("2023年低保标准", "2024年低保标准", "两个加起来多少", "2023年和2024年低保标准加起来多少"),
    ("低保有多少户", "低保有多少人", "差多少", ""),
    ("低保标准是多少", "社团怎么成立", "差多少", ""),
    ("农村低保标准是多少", "城镇低保标准是多少", "怎么申请", ""),
    ("", "城镇低保标准是多少", "差多少", ""),
)


@pytest.mark.parametrize(("one", "other", "core", "expected"), TOGETHER)
def test_two_questions_are_taken_together_where_one_part_differs(
    one: str, other: str, core: str, expected: str
) -> None:
    assert exchange.both(one, other, core) == expected


def test_an_earlier_version_is_exchanged_for_today() -> None:
    assert exchange.version_now("2012年的旧条例乱建坟怎么处理", "现在") == "现在条例乱建坟怎么处理"
    assert exchange.version_now("殡葬条例乱建坟怎么处理", "现在") == ""
    assert exchange.version_now("2012年低保有多少户", "现在要交多少钱") == ""
