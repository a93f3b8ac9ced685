from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.question import understand
from assistant.answer.titles import names_version, title_match
from tests.making import document, lexicon, places

OLD = document("旧", id="fa-2016", title="中华人民共和国慈善法", effective=date(2016, 9, 1), expires=date(2024, 9, 5))
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("2016年的慈善法怎么规定公开募捐", True),
        ("旧的慈善法怎么规定公开募捐", True),
        ("慈善法怎么规定公开募捐", False),
        ("2023年的慈善法怎么规定公开募捐", False),
        ("以前公开募捐要登记满几年", False),
    ],
)
def test_a_version_is_named_by_its_title_and_its_year_or_its_age(question: str, named: bool) -> None:
    assert names_version(understand(question, lexicon(), places(), TODAY), OLD) is named


def test_a_longer_title_that_is_spelt_out_matches_better() -> None:
    text = "社会救助暂行办法第五条"
    assert title_match(text, "社会救助暂行办法") > title_match(text, "社会救助法")
    assert title_match("慈善组织认定办法第二条", "慈善组织认定办法") > title_match("慈善组织认定办法第二条", "慈善法")
    assert title_match("天气", "慈善法") == 0
