"""The small language of conditions: 年龄 ≥ 60 或 (有残疾证 且 残疾等级 属于 [一级, 二级]).

Three-valued: an expression over facts of which some are not known yet is true, false, or ``Unknown`` with the facts that
could settle it. Connectives are those of Kleene's strong logic (S. C. Kleene, Introduction to Metamathematics, §64): a
result that is true or false stays so whatever else becomes known. Numbers are exact fractions, so that 低于 is never
confused with 等于.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

Value = bool | str | Fraction
"""What a fact can be: yes or no, one of its options, or a number."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither true nor false yet; ``missing`` are the facts whose answers could settle it, none where no answer can."""

    missing: frozenset[str] = frozenset()


Result = Value | Unknown
Lookup = Callable[[str], Result]


class ExpressionError(ValueError):
    """An expression that cannot be read, with the reason in words for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Literally:
    """A value written out: 60, 一级, 是."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a derived number or a threshold."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """非."""

    part: Expression


@dataclass(frozen=True, slots=True)
class All:
    """且."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """或."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left`` ``sign`` ``right``; ``sign`` is one of = ≠ < ≤ > ≥."""

    left: Expression
    sign: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Membership:
    """``left`` 属于 one of the written-out ``values``."""

    left: Expression
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left`` ``sign`` ``right``; ``sign`` is one of + − × ÷."""

    left: Expression
    sign: str
    right: Expression


Expression = Literally | Name | Not | All | Either | Comparison | Membership | Arithmetic


_COMPARING: dict[str, Callable[[Value, Value], bool]] = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge,
}  # fmt: skip
_CALCULATING: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv,
}  # fmt: skip


def evaluate(expression: Expression, lookup: Lookup) -> Result:
    """The value of ``expression`` where ``lookup`` gives those of its names."""
    match expression:
        case Literally(value):
            return value
        case Name(name):
            return lookup(name)
        case Not(part):
            return negation(evaluate(part, lookup))
        case All(parts):
            return conjunction(evaluate(part, lookup) for part in parts)
        case Either(parts):
            return disjunction(evaluate(part, lookup) for part in parts)
        case Comparison(left, sign, right):
            return _together(evaluate(left, lookup), evaluate(right, lookup), _COMPARING[sign])
        case Membership(left, values):
            found = evaluate(left, lookup)
            return found if isinstance(found, Unknown) else found in values
        case Arithmetic(left, sign, right):
            return _calculated(evaluate(left, lookup), sign, evaluate(right, lookup))


def negation(result: Result) -> Result:
    """Kleene's ¬."""
    return result if isinstance(result, Unknown) else not result


def conjunction(results: Iterable[Result]) -> Result:
    """Kleene's ∧: false as soon as one is false, unknown while one is unknown; true of none."""
    missing: frozenset[str] | None = None
    for result in results:
        if isinstance(result, Unknown):
            missing = (missing or frozenset()) | result.missing
        elif not result:
            return False
    return True if missing is None else Unknown(missing)


def disjunction(results: Iterable[Result]) -> Result:
    """Kleene's ∨: true as soon as one is true, unknown while one is unknown; false of none."""
    return negation(conjunction(negation(result) for result in results))


def _together(left: Result, right: Result, compare: Callable[[Value, Value], bool]) -> Result:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _either_missing(left, right)
    return compare(left, right)


def _calculated(left: Result, sign: str, right: Result) -> Result:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _either_missing(left, right)
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        raise ExpressionError("加减乘除两边都要是数")
    return Unknown() if sign == "÷" and right == 0 else _CALCULATING[sign](left, right)


def _either_missing(left: Result, right: Result) -> Unknown:
    """What is missing to both sides; nothing where a side can never be known, since then no answer settles it."""
    unknown = [side.missing for side in (left, right) if isinstance(side, Unknown)]
    return Unknown(frozenset().union(*unknown) if all(unknown) else frozenset())


def names_in(expression: Expression) -> frozenset[str]:
    """Every name that ``expression`` uses."""
    match expression:
        case Name(name):
            return frozenset({name})
        case Literally():
            return frozenset()
        case Not(part) | Membership(part):
            return names_in(part)
        case All(parts) | Either(parts):
            return frozenset().union(*map(names_in, parts))
        case Comparison(left, _, right) | Arithmetic(left, _, right):
            return names_in(left) | names_in(right)


def numbers_in(expression: Expression) -> frozenset[Fraction]:
    """Every number that is written out in ``expression``."""
    match expression:
        case Literally(value):
            return frozenset() if isinstance(value, bool | str) else frozenset({value})
        case Name():
            return frozenset()
        case Not(part):
            return numbers_in(part)
        case Membership(part, values):
            return numbers_in(part) | {value for value in values if isinstance(value, Fraction)}
        case All(parts) | Either(parts):
            return frozenset().union(*map(numbers_in, parts))
        case Comparison(left, _, right) | Arithmetic(left, _, right):
            return numbers_in(left) | numbers_in(right)
