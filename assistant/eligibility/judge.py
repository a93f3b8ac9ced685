"""Three-valued judgement of a scheme: 可能符合, 可能不符合 or 还缺信息, never a promise, with a finding on each condition.

A verdict is that of Kleene's logic over the conditions that answers can decide: what is settled stays settled whatever
else becomes known. What only the window can establish is listed beside it and decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.eligibility.expression import (
    Expression,
    Result,
    Unknown,
    Value,
    conjunction,
    disjunction,
    negation,
)
from assistant.eligibility.rules import Rules, Situation
from assistant.eligibility.scheme import Amount, Condition, Relation, Scheme, Statement
from assistant.eligibility.telling import answers_told, comparison, notices, steps

Verdict = Literal["可能符合", "可能不符合", "还缺信息"]
Status = Literal["符合", "不符合", "还缺信息", "由窗口核定", "不适用"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one condition.

    A disqualification that is not there is 符合; an exception is 符合 where it holds and else 不适用. ``answers`` are the
    person's, (fact, as a person reads it); ``comparison`` says how the numbers compare (家庭月人均收入 750 ≥ 农村低保标准 731);
    ``missing`` are the facts that would settle it; without any, a figure is lacking that only the window has, and it is
    由窗口核定. ``lifted_by`` is the exception that makes a failed one not matter.
    """

    condition: Condition
    status: Status
    answers: tuple[tuple[str, str], ...] = ()
    comparison: str = ""
    missing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    lifted_by: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """An amount with its calculation, one ``steps`` a line; ``value`` is ``None`` where facts are missing or the window decides."""

    amount: Amount
    value: Fraction | None
    steps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What would change a verdict 可能不符合: every one of ``conditions`` stands in the way, ``says`` tells how."""

    conditions: tuple[Condition, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A scheme's verdict with its findings, in the scheme's order, and what a person takes along.

    ``missing`` are the facts that could still settle the verdict (for 还缺信息; none where a figure is lacking that only
    the window has); ``changes`` are what stands in its way (for 可能不符合, which has no amounts), one item a
    requirement: where there is one, only that is lacking.
    """

    scheme: Scheme
    verdict: Verdict
    findings: tuple[Finding, ...]
    amounts: tuple[Calculation, ...]
    papers: tuple[Statement, ...]
    where: tuple[Statement, ...]
    limits: tuple[Statement, ...]
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def window(self) -> tuple[Finding, ...]:
        """The conditions that only the window can establish."""
        return tuple(finding for finding in self.findings if finding.status == "由窗口核定")


@dataclass(frozen=True, slots=True)
class Choice:
    """Two schemes that both may be open to a person and how they stand to each other, by clause."""

    scheme: Scheme
    other: Scheme
    relation: Relation


def judge(scheme: Scheme, answers: Mapping[str, Value], rules: Rules) -> Judgement:
    """What the answers say of ``scheme`` (one of ``rules.schemes``). Facts not among ``answers`` are unknown."""
    situation = Situation(rules, answers)
    result = requirement(scheme, situation)
    verdict: Verdict = "还缺信息" if isinstance(result, Unknown) else "可能符合" if result else "可能不符合"
    return Judgement(
        scheme,
        verdict,
        findings=tuple(_finding(condition, scheme, situation) for condition in scheme.conditions),
        amounts=() if verdict == "可能不符合" else tuple(_calculations(scheme, situation)),
        papers=_statements(scheme.papers, situation),
        where=_statements(scheme.where, situation),
        limits=_statements(scheme.limits, situation),
        missing=_in_order(result.missing, rules) if isinstance(result, Unknown) else (),
        changes=tuple(_changes(scheme, situation)) if verdict == "可能不符合" else (),
    )


def judge_all(answers: Mapping[str, Value], rules: Rules) -> tuple[Judgement, ...]:
    """Every scheme of ``rules``, in their order."""
    return tuple(judge(scheme, answers, rules) for scheme in rules.schemes)


def choices(judgements: Sequence[Judgement]) -> tuple[Choice, ...]:
    """The relations among schemes that are both 可能符合, each pair once however many of the two state it.

    先办 is told where the other scheme is 可能符合 and what it brings is the one thing that this one lacks.
    """
    by_id = {judgement.scheme.id: judgement for judgement in judgements}
    found: dict[tuple[frozenset[str], str], Choice] = {}
    for judgement in judgements:
        for relation in judgement.scheme.relations:
            other = by_id.get(relation.other)
            if other is not None and other.verdict == "可能符合" and _concerns(relation, judgement):
                pair = frozenset({judgement.scheme.id, relation.other})
                found.setdefault((pair, relation.kind), Choice(judgement.scheme, other.scheme, relation))
    return tuple(found.values())


def _concerns(relation: Relation, judgement: Judgement) -> bool:
    if relation.kind != "先办":
        return judgement.verdict == "可能符合"
    lacking = [name for change in judgement.changes for each in change.conditions for name in (each.id, each.one_of)]
    return len(judgement.changes) == 1 and relation.lacking in lacking


# The verdict -----------------------------------------------------------------------------------------------------


def requirement(scheme: Scheme, situation: Situation) -> Result:
    """Whether the conditions that answers can decide are met: true, false, or unknown with the facts that are missing."""
    return conjunction(
        disjunction(_met(condition, scheme, situation) for condition in alternatives)
        for alternatives in alternatives_of(scheme)
    )


def alternatives_of(scheme: Scheme) -> list[list[Condition]]:
    """The requirements that answers can decide: each a list of conditions of which one suffices.

    What only the window can establish is among them as one alternative of several, never alone.
    """
    groups: dict[tuple[str, str], list[Condition]] = defaultdict(list)
    for condition in scheme.conditions:
        if condition.role != "exception" and (condition.one_of or not condition.window):
            groups[("one of", condition.one_of) if condition.one_of else ("id", condition.id)].append(condition)
    return list(groups.values())


def _met(condition: Condition, scheme: Scheme, situation: Situation) -> Result:
    lifting = (_holds(exception, situation) for exception in _exceptions(condition, scheme))
    return disjunction([_in_itself(condition, situation), *lifting])


def _in_itself(condition: Condition, situation: Situation) -> Result:
    """Whether a condition is met, without regard to exceptions.

    One that does not apply is met, but as one alternative of several it is not: another one has to be. An alternative
    that the window establishes counts as met where it applies, so that it never decides against a person.
    """
    applies = True if condition.applies is None else situation.value(condition.applies)
    met = True if condition.when is None else situation.value(condition.when)
    if condition.one_of:
        return conjunction([applies, met])
    return disjunction([negation(applies), negation(met) if condition.role == "disqualifies" else met])


def _holds(exception: Condition, situation: Situation) -> Result:
    parts = [part for part in (exception.applies, exception.when) if part is not None]
    return conjunction(map(situation.value, parts))


def _exceptions(condition: Condition, scheme: Scheme) -> Iterable[Condition]:
    lifted = {condition.id, condition.one_of} - {""}
    return (each for each in scheme.conditions if each.role == "exception" and lifted & set(each.lifts))


# The findings ----------------------------------------------------------------------------------------------------


def _finding(condition: Condition, scheme: Scheme, situation: Situation) -> Finding:
    status, missing = _status(condition, situation)
    lifting = [each.id for each in _exceptions(condition, scheme) if _holds(each, situation) is True]
    about = [part for part in (condition.applies, condition.when) if part is not None]
    return Finding(
        condition,
        status,
        answers=answers_told(about, situation),
        comparison=comparison(condition.when, situation) if condition.when else "",
        missing=_in_order(missing, situation.rules),
        notices=((condition.note,) if condition.note else ()) + notices(about, situation),
        lifted_by=lifting[0] if lifting and status != "符合" else "",
    )


def _status(condition: Condition, situation: Situation) -> tuple[Status, frozenset[str]]:
    if condition.role == "exception":
        return _told(_holds(condition, situation), otherwise="不适用")
    if not _applies(condition, situation):
        return "不适用", frozenset()
    if condition.window:
        return "由窗口核定", frozenset()
    met = _in_itself(condition, situation)
    return _told(met, otherwise="不符合")


def _told(result: Result, otherwise: Status) -> tuple[Status, frozenset[str]]:
    if isinstance(result, Unknown):
        return ("还缺信息" if result.missing else "由窗口核定"), result.missing
    return ("符合" if result else otherwise), frozenset()


def _changes(scheme: Scheme, situation: Situation) -> Iterable[Change]:
    for alternatives in alternatives_of(scheme):
        if disjunction(_met(condition, scheme, situation) for condition in alternatives) is False:
            open_ = tuple(each for each in alternatives if _applies(each, situation)) or tuple(alternatives)
            yield Change(open_, "；或者".join(_wanting(each, situation) for each in open_))


def _applies(condition: Condition, situation: Situation) -> bool:
    return condition.applies is None or situation.value(condition.applies) is not False


def _wanting(condition: Condition, situation: Situation) -> str:
    compared = comparison(condition.when, situation) if condition.when else ""
    return f"{condition.says}（现在：{compared}）" if compared else condition.says


# What a person takes along ---------------------------------------------------------------------------------------


def worth(amount: Amount, situation: Situation) -> Fraction | Unknown:
    """The value of ``amount``; unknown with the facts it lacks, or with none where the window decides or it is not paid."""
    paid = True if amount.when is None else situation.value(amount.when)
    if isinstance(paid, Unknown):
        return paid
    value = situation.value(amount.formula) if paid and amount.formula is not None else Unknown()
    return value if isinstance(value, Unknown) else Fraction(value)


def _calculations(scheme: Scheme, situation: Situation) -> Iterable[Calculation]:
    return (_calculation(amount, situation) for amount in scheme.amounts if _counts(amount.when, situation))


def _calculation(amount: Amount, situation: Situation) -> Calculation:
    about = [part for part in (amount.when, amount.formula) if part is not None]
    told = ((amount.note,) if amount.note else ()) + notices(about, situation)
    value = worth(amount, situation)
    if isinstance(value, Unknown) or amount.formula is None:
        missing = value.missing if isinstance(value, Unknown) else frozenset()
        return Calculation(amount, None, missing=_in_order(missing, situation.rules), notices=told)
    return Calculation(amount, value, steps(amount.formula, amount.unit, situation), notices=told)


def _counts(when: Expression | None, situation: Situation) -> bool:
    return when is None or situation.value(when) is not False


def _statements(statements: Iterable[Statement], situation: Situation) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if _counts(statement.when, situation))


def _in_order(names: frozenset[str], rules: Rules) -> tuple[str, ...]:
    return tuple(name for name in rules.facts if name in names)
