"""The interview: what is asked next, frozen answers, 不知道, change, and the properties of any order."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.expression import Value
from assistant.eligibility.interview import Interview, answer, next_question, progress, read_answer, replay
from assistant.eligibility.judge import judge_all
from assistant.eligibility.rules import Rules
from assistant.errors import AnswerError
from tests.eligibility.small_book import rules

RULES = rules()
HOUSEHOLDS = st.fixed_dictionaries(
    {name: st.one_of(st.none(), st.sampled_from(fact.outcomes())) for name, fact in RULES.facts.items()}
)
WHOLE = st.fixed_dictionaries({name: st.sampled_from(fact.outcomes()) for name, fact in RULES.facts.items()})


def run(household: dict[str, Value | None], found: Rules = RULES, schemes: tuple[str, ...] = ()) -> Interview:
    """The interview of a household that answers whatever it is asked."""
    interview = Interview(schemes=schemes)
    while (question := next_question(interview, found)) is not None:
        assert question.name not in interview.asked
        interview = answer(interview, found, question.name, household[question.name])
    return interview


def test_a_household_is_settled_with_few_questions() -> None:
    household: dict[str, Value | None] = dict.fromkeys(RULES.facts)
    household |= {"本县户籍": False, "年龄": Fraction(80)}
    assert run(household).asked == {"年龄", "本县户籍"}


def test_only_the_chosen_scheme_is_asked_about() -> None:
    household: dict[str, Value | None] = dict.fromkeys(RULES.facts)
    asked = [name for name, _ in run(household, schemes=("allowance",)).answers]
    assert asked == ["年龄", "残疾证"]
    assert progress(Interview(schemes=("allowance",)), RULES) == (0, 1)
    assert progress(run(household, schemes=("allowance",)), RULES) == (1, 1)


def test_what_the_amount_lacks_is_asked_last() -> None:
    household: dict[str, Value | None] = dict.fromkeys(RULES.facts)
    household |= {"本县户籍": True, "重病人": True, "服刑": "没有", "月收入": Fraction(800), "人口": Fraction(2)}
    asked = [name for name, _ in run(household, schemes=("grant",)).answers]
    assert set(asked[-2:]) == {"月收入", "人口"}
    assert set(asked) == {"本县户籍", "重病人", "服刑", "月收入", "人口"}


def test_not_knowing_is_an_answer() -> None:
    interview = answer(Interview(), RULES, "年龄", None)
    assert (interview.known, interview.asked) == ({}, frozenset({"年龄"}))


def test_a_change_makes_a_new_interview() -> None:
    first = answer(Interview(), RULES, "残疾证", True)
    second = answer(first, RULES, "残疾等级", "二级")
    changed = answer(second, RULES, "残疾等级", "三级")
    assert changed.answers == (("残疾证", True), ("残疾等级", "三级"))
    assert second.answers == (("残疾证", True), ("残疾等级", "二级"))


def test_answers_that_are_no_longer_asked_are_dropped() -> None:
    interview = replay([("残疾证", True), ("残疾等级", "二级"), ("年龄", 50)], RULES)
    assert answer(interview, RULES, "残疾证", False).answers == (("残疾证", False), ("年龄", Fraction(50)))


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("没有的", True, "没有“没有的”这个问题"),
        ("残疾证", "是", "要答是或否"),
        ("残疾证", 1, "要答是或否"),
        ("残疾等级", "四级", "只能是：一级、二级、三级"),
        ("月收入", "很多", "要填数字"),
        ("月收入", True, "要填数字"),
        ("月收入", -1, "不要负数"),
        ("月收入", "1e9", "要填数字"),
        ("月收入", "9" * 9, "最多 8 位"),
        ("月收入", float("nan"), "要填数字"),
        ("年龄", "60.5", "要填整数"),
        ("年龄", 131, "要不小于 0，不大于 130"),
        ("人口", 0, "要不小于 1"),
    ],
)
def test_answers_that_cannot_be(name: str, raw: object, reason: str) -> None:
    with pytest.raises(AnswerError, match=reason):
        answer(Interview(), RULES, name, raw)


def test_numbers_are_read_exactly() -> None:
    assert [read_answer(RULES.facts["月收入"], raw) for raw in (7, "731.5", 0.1, Fraction(3))] == [
        Fraction(7), Fraction(1463, 2), Fraction(1, 10), Fraction(3)
    ]  # fmt: skip


# Properties ------------------------------------------------------------------------------------------------------


@given(WHOLE)
@settings(deadline=None)
def test_few_answers_give_the_verdicts_of_all_answers(household: dict[str, Value]) -> None:
    interview = run(dict(household))
    after = [each.verdict for each in judge_all(interview.known, RULES)]
    assert after == [each.verdict for each in judge_all(household, RULES)]
    assert "还缺信息" not in after


@given(HOUSEHOLDS)
@settings(deadline=None)
def test_only_what_can_still_matter_is_asked_and_each_answer_counts(household: dict[str, Value | None]) -> None:
    interview = Interview()
    while (question := next_question(interview, RULES)) is not None:
        judgements = judge_all(interview.known, RULES)
        missing = {name for each in judgements for name in each.missing} - interview.asked
        lacking = {
            name for each in judgements if each.verdict == "可能符合" for one in each.amounts for name in one.missing
        }
        assert question.name in (missing or lacking - interview.asked)
        interview = answer(interview, RULES, question.name, household[question.name])
    assert progress(interview, RULES) == (2, 2)


@given(HOUSEHOLDS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_order_of_answers_changes_a_verdict(household: dict[str, Value | None], random: object) -> None:
    given_ = list(household.items())
    shuffled = given_.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = replay(given_, RULES), replay(shuffled, RULES)
    assert dict(one.answers) == dict(other.answers)
    assert judge_all(one.known, RULES) == judge_all(other.known, RULES)


@given(HOUSEHOLDS)
@settings(deadline=None)
def test_a_replay_gives_the_same_interview(household: dict[str, Value | None]) -> None:
    interview = run(household)
    assert replay(interview.answers, RULES) == interview
