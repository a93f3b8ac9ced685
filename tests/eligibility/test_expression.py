"""The language of conditions: its notation, its Kleene logic against brute force, and what is wrong with it told plainly."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.expression import (
    Expression,
    ExpressionError,
    Lookup,
    Result,
    Unknown,
    Value,
    evaluate,
    names_in,
)
from assistant.eligibility.kinds import kind_of
from assistant.eligibility.notation import number_text, parse, written

DOMAINS: dict[str, tuple[Value, ...]] = {
    "甲": (True, False),
    "乙": (True, False),
    "等级": ("一级", "二级", "三级"),
    "岁数": (Fraction(59), Fraction(60), Fraction(61)),
    "人数": (Fraction(1), Fraction(3)),
}
KINDS = {
    "甲": "truth", "乙": "truth", "等级": frozenset({"一级", "二级", "三级"}), "岁数": "number", "人数": "number"
}  # fmt: skip


def value(text: str, **known: Value) -> Result:
    return evaluate(parse(text, DOMAINS), _lookup(known))


def _lookup(known: Mapping[str, Value]) -> Lookup:
    return lambda name: known.get(name, Unknown(frozenset({name})))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岁数 ≥ 60", True),
        ("岁数 >= 60", True),
        ("岁数 < 60", False),
        ("岁数 = 60", True),
        ("岁数 != 60", False),
        ("岁数 ÷ 人数 = 20", True),
        ("岁数 - 10 * 人数 = 30", True),
        ("(岁数 - 10) × 人数 = 150", True),
        ("岁数 - 10 - 5 = 45", True),
        ("1 - (岁数 - 60) = 1", True),
        ("等级 属于 [一级, 三级]", False),
        ("等级 属于 [一级，二级]", True),
        ("等级 ≠ 二级 或 甲", True),
        ("非 甲 或 乙", False),
        ("非 (甲 且 乙)", True),
        ("甲 = 是", True),
        ("乙 或 甲 且 乙", False),
        ("岁数 > 59.5", True),
    ],
)
def test_values(text: str, expected: bool) -> None:
    assert value(text, 甲=True, 乙=False, 等级="二级", 岁数=Fraction(60), 人数=Fraction(3)) is expected


def test_a_third_is_exact() -> None:
    assert value("岁数 ÷ 人数 × 3 = 岁数", 岁数=Fraction(100), 人数=Fraction(3)) is True


def test_what_is_missing_is_what_could_settle_it() -> None:
    assert value("甲 且 岁数 ≥ 60") == Unknown(frozenset({"甲", "岁数"}))
    assert value("甲 且 岁数 ≥ 60", 甲=False) is False
    assert value("甲 或 岁数 ≥ 60", 甲=False) == Unknown(frozenset({"岁数"}))


def test_nothing_can_settle_a_division_by_zero() -> None:
    assert value("岁数 / 人数 > 1", 岁数=Fraction(1), 人数=Fraction(0)) == Unknown()


def test_no_answer_settles_a_comparison_with_what_nobody_knows() -> None:
    lookup = {"岁数": Unknown(frozenset({"岁数"})), "人数": Unknown()}.__getitem__
    assert evaluate(parse("岁数 > 人数", DOMAINS), lookup) == Unknown()
    assert evaluate(parse("岁数 > 人数 或 岁数 > 60", DOMAINS), lookup) == Unknown(frozenset({"岁数"}))


# Against brute force ---------------------------------------------------------------------------------------------

_numbers = st.recursive(
    st.sampled_from(["岁数", "人数", "1", "20", "60"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
    max_leaves=3,
)
_leaves = st.one_of(
    st.sampled_from(["甲", "乙", "等级 = 一级", "等级 ≠ 二级", "等级 属于 [一级, 三级]", "是", "否"]),
    st.tuples(_numbers, st.sampled_from(["<", "≤", ">", "≥", "=", "≠"]), _numbers).map(" ".join),
)
_conditions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(lambda part: f"非 ({part})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " 且 ".join(f"({part})" for part in parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " 或 ".join(f"({part})" for part in parts)),
    ),
    max_leaves=6,
).map(lambda text: parse(text, DOMAINS))
_answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(domain) for name, domain in DOMAINS.items()})


def _completions(known: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way to answer what is not known."""
    open_names = [name for name in DOMAINS if name not in known]
    for values in itertools.product(*(DOMAINS[name] for name in open_names)):
        yield {**known, **dict(zip(open_names, values, strict=True))}


@settings(deadline=None)
@given(_conditions, _answers)
def test_what_is_settled_holds_in_every_completion(condition: Expression, known: dict[str, Value]) -> None:
    result = evaluate(condition, _lookup(known))
    if not isinstance(result, Unknown):
        assert {evaluate(condition, _lookup(whole)) for whole in _completions(known)} == {result}


@settings(deadline=None)
@given(_conditions, _answers, st.data())
def test_one_more_fact_never_flips_what_is_settled(
    condition: Expression, known: dict[str, Value], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(DOMAINS)))
    more = known | ({} if name in known else {name: data.draw(st.sampled_from(DOMAINS[name]))})
    before, after = evaluate(condition, _lookup(known)), evaluate(condition, _lookup(more))
    if isinstance(before, Unknown):
        if name not in before.missing:
            assert after == before
        elif isinstance(after, Unknown):
            assert after.missing <= before.missing - {name}
    else:
        assert after == before


@settings(deadline=None)
@given(_conditions)
def test_what_is_written_reads_back(condition: Expression) -> None:
    again = parse(written(condition), DOMAINS)
    for known in _completions({}):
        assert evaluate(again, _lookup(known)) == evaluate(condition, _lookup(known))
    assert names_in(again) == names_in(condition)


@settings(deadline=None)
@given(_conditions)
def test_what_reads_is_of_one_kind(condition: Expression) -> None:
    assert kind_of(condition, KINDS) == "truth"


# What is wrong is told -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "是空的"),
        ("甲 且", "没有写完"),
        ("岁数 ≥", "没有写完"),
        ("(甲", "缺少“)”"),
        ("甲 乙", "“乙”的位置不对"),
        ("甲 @ 乙", "看不懂“@ 乙”"),
        ("且 甲", "“且”的位置不对"),
        ("等级 属于 一级", "缺少“[”"),
        ("等级 属于 []", "是空的"),
        ("等级 属于 [甲 或]", "只能写答案"),
    ],
)
def test_a_text_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(reason)):
        parse(text, DOMAINS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲 且 丁", "不认识“丁”"),
        ("等级 = 四级", "不在可选的答案"),
        ("等级 属于 [一级, 五级]", "不在可选的答案"),
        ("等级 < 一级", "不能用“<”比较"),
        ("岁数 > 一级", "不能比较"),
        ("甲 + 1 > 2", "两边都要是数"),
        ("甲 < 是", "不能用“<”比较"),
        ("非 岁数", "不是能用是、否回答的"),
    ],
)
def test_parts_that_do_not_fit(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        kind_of(parse(text, DOMAINS), KINDS)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("731", "731"),
        ("0.5", "0.5"),
        ("1000/3", "约 333.33"),
        ("1369.50", "1369.5"),
        ("-3", "-3"),
        ("-0.001", "约 0"),
        ("1/8", "约 0.12"),
    ],
)
def test_numbers_for_people(number: str, text: str) -> None:
    assert number_text(Fraction(number)) == text
