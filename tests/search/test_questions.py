from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schoolbooks import ARTICLES

from assistant.search.articles import Library, Question
from assistant.search.questions import alike, check_questions, known_questions, longest_common


def question(text: str, law: str = "救济条例", number: str = "第二条") -> Question:
    return Question(law, number, "city", text)


GOOD = [
    question("没钱吃饭去哪交材料"),
    question("要公示多少天才算完"),
    question("抱养个娃要办啥", "收养条例", "第一条"),
]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("请问申领救济，向村里递交材料，村里贴不贴？", "copy"),
        ("申領救濟向村裡遞交材料村裡要不要貼？", "copy"),
        ("没钱吃饭，去哪交材料？", "duplicate"),
        ("沒錢吃飯去哪交材料呀", "duplicate"),
    ],
)
def test_a_flaw_is_found(text: str, rule: str) -> None:
    flaws = check_questions([*GOOD, question(text)], Library(ARTICLES, ()))
    assert [(flaw.place, flaw.rule) for flaw in flaws] == [(3, rule)]


def test_good_questions_have_none() -> None:
    other_law = question("没钱吃饭去哪交材料", "收养条例", "第二条")
    cites = question("《申领救济向村里递交材料村里应当在十日内公示》是什么")
    assert check_questions([*GOOD, other_law, cites], Library(ARTICLES, ())) == []


def test_a_question_without_its_article() -> None:
    flaws = check_questions([question("啥时候开始", number="第九十条")], Library(ARTICLES, ()))
    assert [(flaw.rule, flaw.detail) for flaw in flaws] == [("unanswered", "救济条例第九十条")]


def test_questions_of_the_evaluation_are_known() -> None:
    flaws = known_questions(GOOD, ["抱养个娃，要办啥？", "没人管的老人归谁管"])
    assert [(flaw.place, flaw.rule, flaw.detail) for flaw in flaws] == [(2, "known", "抱养个娃，要办啥？")]


words = st.lists(st.text("低保救济村里", min_size=1, max_size=6), max_size=8)


def jaccard(text: str, other: str) -> float:
    left, right = ({each[place : place + 2] for place in range(max(1, len(each) - 1))} for each in (text, other))
    return len(left & right) / len(left | right)


@given(words, words, st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_alike_is_what_comparing_each_with_each_finds(texts: list[str], others: list[str], least: float) -> None:
    expected = [
        (row, column)
        for row, text in enumerate(texts)
        for column, other in enumerate(others)
        if jaccard(text, other) >= least
    ]
    assert alike(texts, others, least) == expected


@given(st.text("ab", max_size=12), st.text("ab", max_size=12), st.integers(1, 5))
def test_a_common_run_stands_in_both(text: str, other: str, least: int) -> None:
    run = longest_common(text, other, least)
    if run:
        assert run in text
        assert run in other
        assert len(run) >= least
    else:
        assert not any(text[start : start + least] in other for start in range(len(text) - least + 1))
