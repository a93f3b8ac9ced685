"""The nouns: what a scheme asks for, gives and rests on, each part with its clause and the days on which it holds.

They are read from TOML (``corpus/schemes/README.md`` describes it); an expression is read with the names of the facts,
derived numbers and thresholds as validation context.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo
from pydantic.dataclasses import dataclass

from assistant.eligibility.expression import Expression, Value
from assistant.eligibility.notation import parse

Role = Literal["required", "disqualifies", "exception"]
RelationKind = Literal["不能同时享受", "二选一", "先办", "可以同时享受"]
_STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def _expression(text: Any, info: ValidationInfo) -> Any:
    if isinstance(text, get_args(Expression)):
        return text
    if not isinstance(text, str):
        raise ValueError("要写成文字")
    return parse(text, (info.context or {})["names"])


def _value(raw: Any) -> Any:
    return raw if isinstance(raw, bool | str) else _number(raw)


def _number(raw: Any) -> Fraction:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | Fraction):
        raise ValueError("要写成数")
    return Fraction(raw)


Written = Annotated[Expression, PlainValidator(_expression)]
Given = Annotated[Value, PlainValidator(_value)]
Number = Annotated[Fraction, PlainValidator(_number)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Reference:
    """A verbatim ``quote`` of a document of the corpus; ``article`` is its place: 第八条第二款, 二（二）第1段."""

    document: str
    article: str
    quote: Annotated[str, Field(min_length=1)]


References = Annotated[tuple[Reference, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Option:
    """One of the answers to choose from: ``value`` is its word in conditions, ``says`` how a person reads it."""

    value: str
    says: str


def _option(raw: Any) -> Any:
    return {"value": raw, "says": raw} if isinstance(raw, str) else raw


@dataclass(frozen=True, slots=True, config=_STRICT)
class Fact:
    """Something that a person is asked: ``question`` in plain words, ``why`` it is asked.

    Where ``only_if`` is false, the fact is not asked and counts as ``otherwise``. ``typical`` are usual answers to a
    number, from which the next question is chosen; a number lies within ``least`` and ``most``.
    """

    name: str
    kind: Literal["yes_no", "choice", "amount", "count"]
    question: str
    why: str
    group: str
    options: tuple[Annotated[Option, BeforeValidator(_option)], ...] = ()
    unit: str = ""
    only_if: Written | None = None
    otherwise: Given | None = None
    typical: tuple[Number, ...] = ()
    least: Number = Fraction(0)
    most: Number | None = None

    def outcomes(self) -> tuple[Value, ...]:
        """The answers by which a question is weighed: both, every option, or the typical numbers."""
        if self.kind == "yes_no":
            return True, False
        return tuple(option.value for option in self.options) if self.kind == "choice" else self.typical

    def says(self, value: Value) -> str:
        """How a person reads one of this choice's values."""
        return next((option.says for option in self.options if option.value == value), str(value))


@dataclass(frozen=True, slots=True, config=_STRICT)
class Way:
    """One of the ways in which a derived value comes about: the first whose ``when`` is true counts."""

    value: Written
    when: Written | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Derived:
    """A value that follows from others, never asked: 家庭月收入 / 共同生活人数."""

    name: str
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    unit: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Dated:
    """A threshold's ``value`` in ``region`` from ``since`` until before ``until``.

    ``known_until`` is the last day of which the document speaks; later days go by the last value known.
    """

    value: Decimal
    region: str
    since: date
    references: References
    until: date | None = None
    known_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Threshold:
    """A figure of the rules, by day and region; ``note`` says why there is no value, where no document gives one."""

    name: str
    unit: str
    values: tuple[Dated, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Condition:
    """Something that has to be so (``required``), must not be so (``disqualifies``), or lifts others (``exception``).

    Of the required conditions with the same ``one_of`` one suffices. Where ``applies`` is false the condition does not
    count. A ``window`` condition has no ``when``: only the window can establish it, and it never decides a verdict.
    """

    id: str
    says: str
    references: References
    when: Written | None = None
    role: Role = "required"
    lifts: tuple[str, ...] = ()
    one_of: str = ""
    applies: Written | None = None
    window: bool = False
    note: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Amount:
    """What is paid: ``formula`` in ``unit``, or what the window works out where there is none."""

    id: str
    says: str
    references: References
    formula: Written | None = None
    unit: str = ""
    when: Written | None = None
    window: bool = False
    note: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Statement:
    """A paper to bring, a time limit, a place to apply: ``says``, where ``when`` is not false."""

    says: str
    references: tuple[Reference, ...] = ()
    when: Written | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Relation:
    """How this scheme stands to the scheme ``other``.

    先办: being in ``other`` is what the condition ``lacking`` (its id, or its ``one_of``) asks for.
    """

    kind: RelationKind
    other: str
    says: str
    references: References
    lacking: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Scheme:
    """A benefit: who it is for, its conditions, amounts, papers, places to apply, time limits and relations."""

    id: str
    title: str
    for_whom: str
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    amounts: tuple[Amount, ...] = ()
    papers: tuple[Statement, ...] = ()
    where: tuple[Statement, ...] = ()
    limits: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    order: int = 100
    note: str = ""
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> Scheme:
        """This scheme with only the parts that hold on ``day``."""
        return dataclasses.replace(
            self,
            conditions=tuple(part for part in self.conditions if holds(part, day)),
            amounts=tuple(part for part in self.amounts if holds(part, day)),
            papers=tuple(part for part in self.papers if holds(part, day)),
            where=tuple(part for part in self.where if holds(part, day)),
            limits=tuple(part for part in self.limits if holds(part, day)),
            relations=tuple(part for part in self.relations if holds(part, day)),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Book:
    """Every scheme with the facts, derived values and thresholds that they share; schemes in their order."""

    facts: Mapping[str, Fact]
    derived: Mapping[str, Derived]
    thresholds: Mapping[str, Threshold]
    schemes: tuple[Scheme, ...]

    def scheme(self, id: str) -> Scheme | None:
        """The scheme of that id."""
        return next((scheme for scheme in self.schemes if scheme.id == id), None)


def holds(part: Dated | Condition | Amount | Statement | Relation | Scheme, day: date) -> bool:
    """Whether ``part`` holds on ``day``: from ``since`` on, until before ``until``."""
    return (part.since is None or part.since <= day) and (part.until is None or day < part.until)
