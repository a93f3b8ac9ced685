"""Arithmetic that shows its work: how much more than before, how far apart, in a year, together.

A question that asks for such a result is put as one for the cited figures it needs; from those the result is computed
and written out. Nothing is computed from figures of different units or years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from assistant.text.numbers import numerals, plain
from assistant.types import Answer, Calculation, Figure

MONTHS = 12
_HUNDREDTH = Decimal("0.01")


class Task(Enum):
    """What is to be computed."""

    CHANGE = "change"  # 比去年涨了多少
    GROWTH = "growth"  # 涨了百分之几
    DIFFERENCE = "difference"  # 城乡差多少
    YEAR = "year"  # 一年能领多少
    SUM = "sum"  # 两项一共多少人


_ROSE = r"(?:上?涨|提高|增加|增长|上调|调高|多|加|升|降低?|下降|减少|少)"
_THAN_BEFORE_SAID = r"(?:比|较|跟|和|与)?(?:去年|上年|前一?年|以前|原来|之前|调整前|上次)(?:相?比)?(?:的?标准)?"
_THAN_BEFORE = f"(?:{_THAN_BEFORE_SAID})?(?:一共|总共|到底)?"
_HOW_MUCH = r"(?:多少|几)(?:钱|元|块)?"
_PERCENT = r"(?:百分之(?:几|多少)|几个百分点|多少个?百分点|百分比|几成|多少%)"
_RATE = r"的?(?:涨幅|增幅|增长率|提高幅度|上调幅度|增长幅度|降幅)(?:是|有)?(?:多少|多大|百分之几)?"
_APART = r"(?:之间)?的?(?:标准)?(?:相差|差距|差额|差了?)(?:是|有)?(?:多少|几)?(?:钱|元|块)?"
_PATTERNS: tuple[tuple[Task, str], ...] = (
    (Task.GROWTH, rf"{_THAN_BEFORE}{_ROSE}了?(?:有)?{_PERCENT}|{_THAN_BEFORE}{_RATE}"),
    (Task.CHANGE, rf"{_THAN_BEFORE}(?:{_ROSE}了{_HOW_MUCH}|(?:上涨|涨|提高|上调|增加)多少(?:钱|元|块)?)"),
    (Task.CHANGE, rf"{_THAN_BEFORE_SAID}(?:高|多|涨)出?了?{_HOW_MUCH}"),
    (Task.DIFFERENCE, rf"{_APART}|(?:高|多|低|少)出?{_HOW_MUCH}"),
    (Task.YEAR, r"(?<![\d〇零一二三四五六七八九])(?:一年|全年|每年|一整年|1年)(?=.{0,12}(?:多少|几))"),
    (Task.SUM, r"两[项类种]|合计|加起来|加在一起|相加|总共|一共|合起来|共计"),
)
_RESULTS = tuple((task, re.compile(pattern)) for task, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Sum:
    """A computation that is asked for, and the question for the figures that it needs."""

    task: Task
    question: str


def computation(question: str) -> Sum | None:
    """What a question wants computed; ``None`` where it asks for nothing of the kind.

    「农村低保比去年涨了多少」 needs the figures of 「农村低保标准是多少」.
    """
    for task, asked in _RESULTS:
        if found := asked.search(question):
            return Sum(task, _needed(task, question, found))
    return None


def _needed(task: Task, question: str, found: re.Match[str]) -> str:
    before, after = question[: found.start()], question[found.end() :]
    if task is Task.YEAR:
        return f"{before}每月{after}"
    if task is Task.SUM:
        return f"{before}{after}"
    sides = re.sub(r"比|跟|与|和|城乡", "，", before) if task is Task.DIFFERENCE else before
    standard = "" if "标准" in sides else "标准"
    return f"{sides.rstrip('，,的')}{standard}是多少"


def calculated(asked: Sum, base: Answer) -> Answer | None:
    """``base`` (the answer to the question for the figures) with the results; ``None`` where they cannot be computed."""
    made = tuple(_COMPUTE[asked.task](base.figures))
    if not made:
        return None
    said = tuple(note for figure in base.figures if asked.task is Task.GROWTH for note in _stated_otherwise(figure))
    return replace(base, calculations=made, notices=base.notices + said)


def _change(figures: Sequence[Figure]) -> list[Calculation]:
    return [
        _calculation(
            f"{_name(each)}比原来{'高' if each.value >= each.earlier else '低'}",
            *_minus(max(each.value, each.earlier), min(each.value, each.earlier)), each.unit, (each,),
        )
        for each in figures
        if each.earlier is not None
    ]  # fmt: skip


def _growth(figures: Sequence[Figure]) -> list[Calculation]:
    return [
        _calculation(
            f"{_name(each)}比原来{'提高' if each.value >= each.earlier else '降低'}",
            f"({plain(each.value)} − {plain(each.earlier)}) ÷ {plain(each.earlier)}",
            _percent(each.value, each.earlier), "%", (each,),
        )
        for each in figures
        if each.earlier
    ]  # fmt: skip


def _difference(figures: Sequence[Figure]) -> list[Calculation]:
    if len(figures) != 2 or not _alike(figures):
        return []
    high, low = sorted(figures, key=lambda each: -each.value)
    says = f"{_name(high)}比{_name(low)}高"
    return [_calculation(says, *_minus(high.value, low.value), high.unit, (high, low))]


def _year(figures: Sequence[Figure]) -> list[Calculation]:
    return [
        _calculation(
            f"按{_name(each)}的每月标准，全年", f"{plain(each.value)} × {MONTHS}", each.value * MONTHS,
            each.unit.replace("月", "年"), (each,),
        )
        for each in figures
        if each.unit.endswith("月")
    ]  # fmt: skip


def _sum(figures: Sequence[Figure]) -> list[Calculation]:
    if len(figures) < 2 or not _alike(figures) or "/" in figures[0].unit:
        return []
    total = sum((each.value for each in figures), Decimal(0))
    says = "、".join(_name(each) for each in figures) + "合计"
    return [_calculation(says, " + ".join(plain(each.value) for each in figures), total, figures[0].unit, figures)]


_COMPUTE = {
    Task.CHANGE: _change,
    Task.GROWTH: _growth,
    Task.DIFFERENCE: _difference,
    Task.YEAR: _year,
    Task.SUM: _sum,
}


def _calculation(says: str, terms: str, value: Decimal, unit: str, operands: Sequence[Figure]) -> Calculation:
    equals = "≈" if unit == "%" else "="
    return Calculation(says, f"{terms} {equals} {plain(value)}", value, unit, tuple(operands))


def _minus(one: Decimal, other: Decimal) -> tuple[str, Decimal]:
    return f"{plain(one)} − {plain(other)}", one - other


def _percent(value: Decimal, earlier: Decimal) -> Decimal:
    return ((value - earlier).copy_abs() / earlier * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _alike(figures: Sequence[Figure]) -> bool:
    """Whether the figures may be put together: of one unit, measure and period, and each of something else."""
    same = {(each.unit, each.measure, each.period) for each in figures}
    return len(same) == 1 and len({_name(each) for each in figures}) == len(figures)


def _stated_otherwise(figure: Figure) -> list[str]:
    """Where the sentence of a figure states its growth and that is not what comes out, the difference in words."""
    text = figure.citation.quote
    behind = text.partition(figure.text)[2].split("；")[0].split("。")[0]
    stated = [numeral.value for numeral in numerals(behind) if numeral.percent]
    if not stated or not figure.earlier:
        return []
    computed = _percent(figure.value, figure.earlier)
    if computed == stated[0].copy_abs().quantize(_HUNDREDTH, ROUND_HALF_UP):
        return []
    return [f"{_name(figure)}：原文写的是{plain(stated[0])}%，按数字计算是{plain(computed)}%。"]


def _name(figure: Figure) -> str:
    subject = figure.subject
    return subject if figure.category in subject else f"{figure.category}{subject}"
