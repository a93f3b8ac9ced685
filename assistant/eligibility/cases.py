"""The cases of a scheme: such a person, and what should come of it. And whether they cover every condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from assistant.eligibility.expression import Comparison, Value, evaluate, names_in
from assistant.eligibility.interview import read_answer
from assistant.eligibility.judge import Calculation, Judgement, Status, Verdict, judge
from assistant.eligibility.notation import value_text, written
from assistant.eligibility.reading import read_toml
from assistant.eligibility.rules import Situation, rules_on
from assistant.eligibility.scheme import Amount, Book, Condition, Scheme, holds
from assistant.eligibility.telling import comparisons
from assistant.errors import AnswerError, CorpusError

_KEYS = frozenset({"name", "about", "day", "facts", "finding", "verdict", "amounts"})
_VERDICTS: tuple[Verdict, ...] = ("可能符合", "可能不符合", "还缺信息")
_FINDINGS: tuple[Status, ...] = ("符合", "不符合", "还缺信息", "由窗口核定", "不适用")
_NO_VALUE = ("由窗口核定", "还缺信息", "不适用")
_BORDER = frozenset({Fraction(-1), Fraction(0), Fraction(1)})


@dataclass(frozen=True, slots=True)
class Case:
    """A person on a day: ``facts`` not given are unknown. ``about`` names the condition or amount that is looked at.

    ``amounts`` have a value, or are 由窗口核定 (without one), 还缺信息 or 不适用 (not among the judgement's).
    """

    scheme: str
    name: str
    about: str
    day: date
    facts: Mapping[str, Value]
    verdict: Verdict
    finding: Status | None
    amounts: Mapping[str, Fraction | str]


@dataclass(frozen=True, slots=True)
class Household:
    """A household with everything it knows of itself; what is not there it answers with 不知道."""

    name: str
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that came out otherwise, or something that no case covers."""

    scheme: str
    name: str
    reason: str


# Reading ---------------------------------------------------------------------------------------------------------


def read_cases(folder: Path, book: Book) -> tuple[Case, ...]:
    """The cases of ``folder``, one file a scheme. Raises ``CorpusError`` naming the case that is wrong."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        scheme = book.scheme(path.stem)
        if scheme is None:
            raise CorpusError(f"{path.name}：没有“{path.stem}”这个项目")
        cases += [_case(entry, scheme, book, path.name) for entry in read_toml(path).get("case", ())]
    return tuple(cases)


def read_households(path: Path, book: Book) -> tuple[Household, ...]:
    """The households of a file. Raises ``CorpusError`` naming the one that is wrong."""
    return tuple(
        Household(entry.get("name", ""), _facts(entry, book, f"{path.name}：“{entry.get('name')}”"))
        for entry in read_toml(path).get("household", ())
    )


def facts_from(table: Mapping[str, Any], book: Book) -> dict[str, Value]:
    """Facts by name, each checked. Raises ``AnswerError`` for a fact that is not there or a value it cannot have."""
    unknown = [name for name in table if name not in book.facts]
    if unknown:
        raise AnswerError(f"没有“{unknown[0]}”这件事，名字见 facts.toml")
    return {name: read_answer(book.facts[name], raw) for name, raw in table.items()}


def _case(entry: dict[str, Any], scheme: Scheme, book: Book, file: str) -> Case:
    place = f"{file}：案例“{entry.get('name')}”"
    flaw = _flaw_of(entry, scheme)
    if flaw:
        raise CorpusError(f"{place}{flaw}")
    amounts = {
        name: value if isinstance(value, str) else Fraction(value) for name, value in entry.get("amounts", {}).items()
    }
    return Case(
        scheme.id, entry["name"], entry["about"], entry["day"], _facts(entry, book, place), entry["verdict"],
        entry.get("finding"), amounts,
    )  # fmt: skip


def _flaw_of(entry: Mapping[str, Any], scheme: Scheme) -> str:
    if strange := set(entry) - _KEYS:
        return f"里不认识“{'、'.join(sorted(strange))}”"
    if lacking := [key for key in ("name", "about", "day", "facts", "verdict") if key not in entry]:
        return f"缺少 {'、'.join(lacking)}"
    if type(entry["day"]) is not date:
        return "的 day 要写成日期，如 2026-07-01"
    if entry["verdict"] not in _VERDICTS or entry.get("finding", "符合") not in _FINDINGS:
        return f"：verdict 只能是 {'、'.join(_VERDICTS)}，finding 只能是 {'、'.join(_FINDINGS)}"
    amounts = {amount.id for amount in scheme.amounts}
    if entry["about"] not in amounts | {condition.id for condition in scheme.conditions}:
        return f"的 about 里没有这个条件或金额：{entry['about']}"
    worth = entry.get("amounts", {})
    if not isinstance(worth, dict) or not all(map(_tells_amount, worth.values())):
        return f"的 amounts 要写成 {{ 金额 = 数 }}，不是数的只能是 {'、'.join(_NO_VALUE)}"
    if strange := set(worth) - amounts:
        return f"的 amounts 里没有这个金额：{'、'.join(strange)}"
    return ""


def _tells_amount(value: object) -> bool:
    return value in _NO_VALUE if isinstance(value, str) else isinstance(value, int | Decimal) and value is not True


def _facts(entry: Mapping[str, Any], book: Book, place: str) -> dict[str, Value]:
    if not isinstance(facts := entry.get("facts"), dict):
        raise CorpusError(f"{place}的 facts 要写成 {{ 名字 = 值 }}")
    try:
        return facts_from(facts, book)
    except AnswerError as error:
        raise CorpusError(f"{place}：{error}") from error


# Running ---------------------------------------------------------------------------------------------------------


def run_cases(cases: Iterable[Case], book: Book, regions: Sequence[str]) -> list[Failure]:
    """The cases that come out otherwise than they say."""
    failures = []
    for case in cases:
        rules = rules_on(book, case.day, regions)
        scheme = rules.scheme(case.scheme)
        if scheme is None:
            failures.append(Failure(case.scheme, case.name, f"{case.day} 还没有这个项目"))
            continue
        reasons = _differences(case, judge(scheme, case.facts, rules))
        failures += [Failure(case.scheme, case.name, reason) for reason in reasons]
    return failures


def _differences(case: Case, judgement: Judgement) -> Iterable[str]:
    if judgement.verdict != case.verdict:
        yield f"结果应是{case.verdict}，算出来是{judgement.verdict}"
    if case.finding is not None:
        found = [finding.status for finding in judgement.findings if finding.condition.id == case.about]
        if found != [case.finding]:
            yield f"“{case.about}”应是{case.finding}，算出来是{'、'.join(found) or '这一天没有这一条'}"
    worth = {calculation.amount.id: _told(calculation) for calculation in judgement.amounts}
    for name, value in case.amounts.items():
        if (found_worth := worth.get(name, "不适用")) != value:
            yield f"“{name}”应是 {value_text(value)}，算出来是 {value_text(found_worth)}"


def _told(calculation: Calculation) -> Fraction | str:
    if calculation.value is not None:
        return calculation.value
    return "还缺信息" if calculation.missing else "由窗口核定"


# Covering --------------------------------------------------------------------------------------------------------


def uncovered(cases: Sequence[Case], book: Book, regions: Sequence[str]) -> list[Failure]:
    """What no case shows: a condition met and not met, a number at, one below and one above its border, an amount."""
    failures = []
    for scheme in book.schemes:
        own = [case for case in cases if case.scheme == scheme.id]
        for condition in scheme.conditions:
            about = [case for case in own if case.about == condition.id and holds(condition, case.day)]
            lacking = _of_condition(condition, about, book, regions)
            failures += [Failure(scheme.id, condition.id, f"没有案例：{each}") for each in lacking]
        failures += [
            Failure(scheme.id, each.id, "没有案例算出这个金额") for each in scheme.amounts if _unshown(each, own)
        ]
    return failures


def _unshown(amount: Amount, cases: Sequence[Case]) -> bool:
    shown = (isinstance(case.amounts.get(amount.id), Fraction) for case in cases if holds(amount, case.day))
    return amount.formula is not None and not any(shown)


def _of_condition(condition: Condition, cases: Sequence[Case], book: Book, regions: Sequence[str]) -> Iterable[str]:
    if condition.when is None:
        return
    shown = {case.finding for case in cases}
    otherwise = "不适用" if condition.role == "exception" else "不符合"
    if "符合" not in shown:
        yield "符合"
    if not shown & {otherwise, "由窗口核定"}:  # the latter where a figure is lacking that would decide it
        yield otherwise
    for compared in comparisons(condition.when):
        differences = {each for case in cases if (each := _difference(compared, case, book, regions)) is not None}
        if differences and (lacking := _BORDER - differences):
            told = "、".join(f"{'+' if each > 0 else ''}{each}" if each else "正好" for each in sorted(lacking))
            yield f"{written(compared)} 在界线上的 {told}"


def _difference(compared: Comparison, case: Case, book: Book, regions: Sequence[str]) -> Fraction | None:
    """How far the left side is from the right side in a case, ``None`` where they are not known or no numbers."""
    situation = Situation(rules_on(book, case.day, regions), case.facts)
    left, right = evaluate(compared.left, situation), evaluate(compared.right, situation)
    sides = [side for side in (left, right) if isinstance(side, Fraction)]
    return sides[0] - sides[1] if len(sides) == 2 and names_in(compared) else None
