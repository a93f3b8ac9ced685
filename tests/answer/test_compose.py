"""Questions over a small library of our own, from the words asked to the answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.numbers import values
from tests.answer.library import Library

CASES = yaml.safe_load(Path(__file__).with_name("library.yaml").read_text(encoding="utf-8"))
LIBRARY = Library(CASES["documents"])
ask = LIBRARY.ask


@pytest.mark.parametrize("case", CASES["questions"], ids=[case["ask"] for case in CASES["questions"]])
def test_questions_over_a_small_library(case: dict[str, Any]) -> None:
    answer = ask(case["ask"])
    said = "\n".join(sentence.text for sentence in answer.sentences)
    if "refuse" in case:
        assert answer.refusal is not None, said
        assert answer.refusal.reason == case["refuse"]
        return
    assert answer.answered, answer.refusal
    assert [figure.value for figure in answer.figures] == [Decimal(value) for value in case.get("figures", [])]
    assert all(phrase in said for phrase in case.get("says", [])), said
    assert not any(str(phrase) in said for phrase in case.get("avoid", [])), said
    if "cite" in case:
        assert {citation.passage.document.id for citation in answer.citations} == {case["cite"]}
    if "label" in case:
        assert answer.citations[0].label == case["label"]
    assert case.get("notice", "") in "".join(answer.notices)


def test_a_rule_is_not_given_before_it_holds() -> None:
    answer = ask("谁负责低保的审核确认", today=date(2021, 6, 30))
    assert all(citation.passage.document.id != "measure" for citation in answer.citations)


def test_a_refusal_names_the_nearest_documents_that_hold() -> None:
    refusal = ask("低保户的宠物补贴是多少").refusal
    assert refusal is not None
    assert refusal.nearest
    assert "old" not in {near.id for near in refusal.nearest}


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            "农村 城镇 低保 特困 孤儿 标准 发放 多少 人 户 个 2024年 去年 以前 怎么申请 材料 什么是 谁 丙省 北京市 社团 第二条 条件 的 吗".split()
        ),
        max_size=6,
    ).map("".join)
)
def test_whatever_is_asked_numbers_stand_in_quotes_and_quotes_in_documents(text: str) -> None:
    answer = ask(text)
    for sentence in answer.sentences:
        assert values(sentence.text) <= set().union(*(values(each.quote) for each in sentence.citations))
    for citation in answer.citations:
        assert citation.passage.document.text[citation.start : citation.end] == citation.quote
        assert citation.passage.document.id != "old"
    for figure in answer.figures:
        assert figure.text in figure.citation.quote
