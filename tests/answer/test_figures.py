"""Which amounts are given of a passage that stands far ahead of all others, and which are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.answer.figures import answering_amounts, sole_amounts
from assistant.answer.question import understand
from assistant.answer.shelf import shelf
from assistant.types import Hit
from tests.making import document, lexicon, passages, places

TODAY = date(2026, 11, 23)
REPORT = document(
    "2024年，甲县为530户特殊困难家庭装了扶手。会费专项整治继续进行，减免会费的协会有8家，涉及企业213家，减免的会费达35.82万元。",
    title="甲县2024年度工作报告",
    region="甲县",
)
PASSAGES = passages(REPORT)


def _sole(question: str, confidence: float, second: float = 0.0) -> list[Decimal]:
    own = shelf(PASSAGES, lexicon(), places())
    first = Hit(PASSAGES[0], score=1.0, rank=1, confidence=confidence)
    other = Hit(PASSAGES[-1], score=second, rank=2, confidence=0.0)
    asked = understand(question, lexicon(), places(), TODAY)
    return [each.value for each in sole_amounts(asked, [first, other], own, TODAY)]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("我是会计，写总结要用：2024年减免的会费总共多少钱？", [358200]),
        ("听说帮老人家里弄厕所，2024年甲县弄了多少户？", [530]),
        ("2024年减免会费的协会有几家？", []),  # two counts of things: which one is not clear
        ("2023年减免的会费总共多少钱？", []),
        ("2024年减免的水费总共多少钱？", []),
        ("2024年上半年减免的会费总共多少钱？", []),
        ("2024年减免会费的协会有多少个会员？", []),
    ],
)
def test_the_sole_amount_of_its_kind_is_given(question: str, values: list[int]) -> None:
    assert _sole(question, 0.6 if values == [530] else 0.25) == values


def test_it_is_not_given_where_another_passage_is_near_or_none_is_likely() -> None:
    question = "2024年减免的会费总共多少钱？"
    assert _sole(question, 0.25) == [358200]
    assert _sole(question, 0.25, second=0.5) == []
    assert _sole(question, 0.05) == []


def test_standards_that_differ_by_a_condition_stand_side_by_side() -> None:
    text = "低保补贴标准按年龄分档：80周岁至89周岁的，每人每月50元；90周岁至99周岁的，每人每月100元；100周岁以上的，每人每月500元。"
    own = shelf(passages(document(text, title="甲县低保补贴办法", region="甲县")), lexicon(), places())
    hits = [Hit(each, score=1.0, rank=1, confidence=0.9) for each in own.passages]
    asked = understand("90岁的人低保补贴标准每月多少钱", lexicon(), places(), TODAY)
    assert [each.value for each in answering_amounts(asked, hits, own, TODAY)] == [50, 100, 500]
