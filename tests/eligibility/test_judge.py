"""Judgement: three verdicts, each condition's finding, calculations, what would change it, and its properties."""

from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.expression import Value
from assistant.eligibility.judge import Finding, Judgement, choices, judge, judge_all
from assistant.eligibility.rules import Situation, rules_on
from tests.eligibility.small_book import ALLOWANCE, GRANT, HERE, book, rules

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
POOR: dict[str, Value] = {
    "本县户籍": True, "月收入": Fraction(1199), "人口": Fraction(2), "服刑": "没有", "重病人": False
}  # fmt: skip


def grant(day: date = BEFORE, **changes: Value | None) -> Judgement:
    answers = {name: value for name, value in {**POOR, **changes}.items() if value is not None}
    found = rules(day)
    return judge(found.schemes[0], answers, found)


def finding(judgement: Judgement, id: str) -> Finding:
    return next(each for each in judgement.findings if each.condition.id == id)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "可能符合"),
        ({"月收入": Fraction(1200)}, "可能不符合"),  # 低于 is not 等于
        ({"月收入": Fraction(1201)}, "可能不符合"),
        ({"月收入": Fraction(1201), "重病人": True}, "可能符合"),  # an exception lifts the income
        ({"月收入": Fraction(1201), "重病人": None}, "还缺信息"),
        ({"月收入": None, "重病人": True}, "可能符合"),
        ({"月收入": None}, "还缺信息"),
        ({"人口": None}, "还缺信息"),
        ({"本县户籍": False}, "可能不符合"),
        ({"本县户籍": False, "月收入": None, "服刑": None}, "可能不符合"),
        ({"服刑": "在服刑"}, "还缺信息"),
        ({"服刑": "在服刑", "服刑年数": Fraction(2)}, "可能不符合"),
        ({"服刑": "在服刑", "服刑年数": Fraction(3)}, "可能符合"),
    ],
)
def test_verdicts(changes: dict[str, Value | None], verdict: str) -> None:
    assert grant(**changes).verdict == verdict


def test_a_condition_holds_only_on_its_days() -> None:
    assert grant(BEFORE, 本县户籍=False).verdict == "可能不符合"
    assert grant(AFTER, 本县户籍=False).verdict == "可能符合"
    assert "户籍" not in {each.condition.id for each in grant(AFTER).findings}


def test_a_threshold_is_that_of_the_day_and_the_nearest_place() -> None:
    values = {
        day: Situation(rules(day), {})("补助标准") for day in (date(2024, 6, 1), date(2025, 12, 31), date(2026, 1, 1))
    }
    assert list(values.values()) == [Fraction(450), Fraction(500), Fraction(600)]
    assert Situation(rules_on(book(), date(2026, 1, 1), ("西县", "北省")), {})("补助标准") == Fraction(450)


def test_a_figure_of_an_earlier_year_is_told() -> None:
    assert finding(grant(), "收入").notices == ()
    assert "按最近一次公布的数（2026年）" in finding(grant(date(2027, 1, 1)), "收入").notices[0]


def test_without_a_figure_the_window_has_to_say_and_nothing_is_promised() -> None:
    other = book(grant=_income_rule("人均收入 < 没有公布的标准"))
    found = rules_on(other, BEFORE, HERE)
    judgement = judge(found.schemes[0], POOR, found)
    income = finding(judgement, "收入")
    assert (judgement.verdict, judgement.missing) == ("还缺信息", ())
    assert (income.status, income.notices) == ("由窗口核定", ("没有公布的标准要到窗口问",))


def _income_rule(rule: str) -> str:
    return GRANT.replace('when = "人均收入 < 补助标准"\nreferences', f'when = "{rule}"\nreferences')


def test_each_finding_has_the_answer_and_the_numbers() -> None:
    income = finding(grant(), "收入")
    assert income.status == "符合"
    assert income.answers == (("人口", "2 人"), ("月收入", "1199 元/月"))
    assert income.comparison == "人均收入 599.5 < 补助标准 600"
    assert finding(grant(), "服刑").answers == (("服刑", "没有服刑"),)
    assert finding(grant(月收入=None), "收入").missing == ("月收入",)


def test_a_side_that_was_calculated_is_shown_with_its_value() -> None:
    found = rules_on(book(grant=_income_rule("人均收入 < 补助标准 * 1.5")), BEFORE, HERE)
    judgement = judge(found.schemes[0], {**POOR, "月收入": Fraction(1800)}, found)
    assert finding(judgement, "收入").comparison == "人均收入 900 ≥ 补助标准 600 × 1.5（900）"


def test_a_number_that_was_not_asked_is_not_shown() -> None:
    assert finding(grant(), "满三年").comparison == ""
    assert finding(grant(服刑="在服刑", 服刑年数=Fraction(2)), "满三年").comparison == "服刑年数 2 < 3"


def test_exceptions_disqualifications_and_the_window() -> None:
    poor, sick = grant(), grant(重病人=True, 月收入=Fraction(5000))
    assert [each.status for each in poor.findings] == ["符合", "符合", "不适用", "符合", "不适用", "由窗口核定"]
    assert (finding(sick, "收入").status, finding(sick, "收入").lifted_by) == ("不符合", "重病")
    assert finding(grant(服刑="在服刑"), "服刑").status == "不符合"
    assert [each.condition.id for each in poor.window] == ["财产"]


def test_what_would_change_it() -> None:
    one = grant(月收入=Fraction(1500))
    assert [each.says for each in one.changes] == ["人均收入低于补助标准（现在：人均收入 750 ≥ 补助标准 600）"]
    both = grant(月收入=Fraction(1500), 本县户籍=False)
    assert [each.conditions[0].id for each in both.changes] == ["户籍", "收入"]
    assert grant().changes == ()


def test_the_amount_shows_its_calculation() -> None:
    (amount,) = grant().amounts
    assert amount.value == Fraction(1, 2)
    assert amount.steps == (
        "人均收入 = 月收入 1199 ÷ 人口 2 = 599.5 元/人·月",
        "补助标准 600 − 人均收入 599.5 = 0.5 元/人·月",
    )
    (open_,) = grant(月收入=None).amounts
    assert (open_.value, open_.missing) == (None, ("月收入",))
    assert grant(月收入=Fraction(5000), 重病人=True).amounts == ()


def test_papers_are_those_that_are_needed_or_may_be() -> None:
    assert grant().papers == ()
    assert [each.says for each in grant(重病人=True).papers] == ["病历"]
    assert [each.says for each in grant(重病人=None).papers] == ["病历"]


def test_one_of_several_suffices_and_an_amount_of_the_window_has_no_value() -> None:
    found = rules()
    allowance = found.schemes[1]
    verdicts = {
        (age, level): judge(allowance, {"年龄": Fraction(age), "残疾证": level != "", "残疾等级": level}, found).verdict
        for age in (59, 60) for level in ("", "二级", "三级")
    }  # fmt: skip
    assert [key for key, verdict in verdicts.items() if verdict == "可能符合"] == [
        (59, "二级"),
        (60, ""),
        (60, "二级"),
        (60, "三级"),
    ]
    assert set(verdicts.values()) == {"可能符合", "可能不符合"}
    assert judge(allowance, {"年龄": Fraction(60)}, found).amounts[0].value is None


@pytest.mark.parametrize(
    ("applies", "verdict"), [("重病人", "可能符合"), ("非 重病人", "可能不符合"), ("残疾证", "还缺信息")]
)
def test_a_window_among_alternatives_never_decides_against_a_person(applies: str, verdict: str) -> None:
    window = f"""
[[condition]]
id = "县里认定"
one_of = "对象"
window = true
applies = "{applies}"
says = "县里认定的其他人"
references = [{{ document = "rule", article = "第三条", quote = "县里认定的其他人" }}]
"""
    found = rules_on(book(allowance=ALLOWANCE.replace("[[amount]]", window + "\n[[amount]]", 1)), BEFORE, HERE)
    answers: dict[str, Value] = {"年龄": Fraction(30), "残疾证": False, "重病人": True}
    if applies == "残疾证":
        answers.pop("残疾证")
    assert judge(found.schemes[1], answers, found).verdict == verdict


def test_an_alternative_that_does_not_apply_leaves_the_others() -> None:
    other = ALLOWANCE.replace('when = "老年"', 'when = "老年"\napplies = "本县户籍"')
    found = rules_on(book(allowance=other), BEFORE, HERE)
    answers: dict[str, Value] = {"年龄": Fraction(80), "残疾证": False, "本县户籍": False}
    judgement = judge(found.schemes[1], answers, found)
    assert (judgement.verdict, judgement.findings[0].status) == ("可能不符合", "不适用")


def test_schemes_that_exclude_each_other_are_told_when_both_are_open() -> None:
    found = rules()
    both = judge_all({**POOR, "年龄": Fraction(70)}, found)
    assert [(each.scheme.id, each.other.id, each.relation.kind) for each in choices(both)] == [
        ("grant", "allowance", "不能同时享受")
    ]
    assert choices(judge_all({**POOR, "年龄": Fraction(30), "残疾证": False}, found)) == ()


_RELATION = """
[[relation]]
kind = "{kind}"
with = "grant"
says = "说明"
references = [{{ document = "rule", article = "第一条", quote = "可以申请补助" }}]
{lacking}
"""


def test_a_relation_that_both_state_is_told_once() -> None:
    found = rules_on(book(allowance=ALLOWANCE + _RELATION.format(kind="不能同时享受", lacking="")), BEFORE, HERE)
    (told,) = choices(judge_all({**POOR, "年龄": Fraction(70)}, found))
    assert (told.scheme.id, told.other.id) == ("grant", "allowance")


@pytest.mark.parametrize(("age", "told"), [(59, [("allowance", "grant", "先办")]), (60, [])])
def test_what_to_apply_for_first_is_told_where_that_is_lacking(age: int, told: list[tuple[str, str, str]]) -> None:
    first = ALLOWANCE + _RELATION.format(kind="先办", lacking='lacking = "对象"')
    found = rules_on(book(allowance=first), BEFORE, HERE)
    answers: dict[str, Value] = {**POOR, "年龄": Fraction(age), "残疾证": False}
    assert [
        (each.scheme.id, each.other.id, each.relation.kind)
        for each in choices(judge_all(answers, found))
        if each.relation.kind == "先办"
    ] == told


def test_alternatives_that_do_not_apply_are_not_lacking() -> None:
    other = ALLOWANCE.replace('when = "老年"', 'when = "老年"\napplies = "本县户籍"')
    found = rules_on(book(allowance=other), BEFORE, HERE)
    answers: dict[str, Value] = {"年龄": Fraction(30), "残疾证": False, "本县户籍": False}
    assert [each.says for each in judge(found.schemes[1], answers, found).changes] == ["一级、二级残疾"]


# Properties ------------------------------------------------------------------------------------------------------

FACTS = book().facts
_answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(fact.outcomes()) for name, fact in FACTS.items()}
)  # fmt: skip


@given(_answers, st.data())
@settings(deadline=None)
def test_one_more_fact_never_flips_a_settled_verdict(answers: dict[str, Value], data: st.DataObject) -> None:
    found = rules()
    name = data.draw(st.sampled_from(sorted(FACTS)))
    more = answers | ({} if name in answers else {name: data.draw(st.sampled_from(FACTS[name].outcomes()))})
    for before, after in zip(judge_all(answers, found), judge_all(more, found), strict=True):
        if before.verdict != "还缺信息":
            assert after.verdict == before.verdict
        elif name not in before.missing:
            assert after.missing == before.missing


@given(_answers)
@settings(deadline=None, max_examples=40)
def test_a_settled_verdict_is_that_of_every_way_to_answer_the_rest(answers: dict[str, Value]) -> None:
    found = rules()
    rest = [name for name in FACTS if name not in answers]
    settled = {each.scheme.id: each.verdict for each in judge_all(answers, found) if each.verdict != "还缺信息"}
    for values in itertools.islice(itertools.product(*(FACTS[name].outcomes() for name in rest)), 400):
        whole = {**answers, **dict(zip(rest, values, strict=True))}
        for judgement in judge_all(whole, found):
            assert judgement.verdict != "还缺信息"
            assert settled.get(judgement.scheme.id, judgement.verdict) == judgement.verdict
