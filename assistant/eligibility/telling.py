"""A judgement in words: the answers a condition rests on, a comparison and a calculation with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.eligibility.expression import (
    All,
    Arithmetic,
    Comparison,
    Either,
    Expression,
    Not,
    Unknown,
    Value,
    names_in,
)
from assistant.eligibility.notation import value_text, written
from assistant.eligibility.rules import Situation
from assistant.eligibility.scheme import Fact


def answer_text(fact: Fact, value: Value | None) -> str:
    """A fact's value as a person reads it, with its unit; 不知道 for ``None``."""
    if value is None:
        return "不知道"
    if isinstance(value, str):
        return fact.says(value)
    return f"{value_text(value)} {fact.unit}".rstrip() if not isinstance(value, bool) else value_text(value)


def answers_told(expressions: Iterable[Expression], situation: Situation) -> tuple[tuple[str, str], ...]:
    """The person's answers on which the expressions rest: (fact, as a person reads it)."""
    facts = {name: None for expression in expressions for name in situation.facts_of(expression)}
    known = ((name, situation.answers.get(name)) for name in facts)
    return tuple((name, answer_text(situation.rules.facts[name], value)) for name, value in known if value is not None)


def comparison(expression: Expression, situation: Situation) -> str:
    """How the numbers in ``expression`` really compare: 家庭月人均收入 750 ≥ 农村低保标准 731, where < was asked for."""
    told = (_with_numbers(part, situation) for part in comparisons(expression))
    return "，".join(text for text in told if text)


def comparisons(expression: Expression) -> Iterable[Comparison]:
    """The comparisons in ``expression``, in order."""
    match expression:
        case Comparison():
            yield expression
        case Not(part):
            yield from comparisons(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from comparisons(part)


_OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}


def _with_numbers(compared: Comparison, situation: Situation) -> str:
    names = names_in(compared)
    so = situation.value(compared)
    if not names or isinstance(so, Unknown) or any(isinstance(situation(name), bool | str) for name in names):
        return ""
    if not all(map(situation.asks, names)):
        return ""
    left, right = (_side(side, situation) for side in (compared.left, compared.right))
    return f"{left} {compared.sign if so else _OPPOSITE[compared.sign]} {right}"


def _side(side: Expression, situation: Situation) -> str:
    text = written(side, lambda name: f"{name} {_number(name, situation)}")
    value = situation.value(side)
    return f"{text}（{value_text(value)}）" if isinstance(side, Arithmetic) and not isinstance(value, Unknown) else text


def steps(formula: Expression, unit: str, situation: Situation) -> tuple[str, ...]:
    """The calculation of ``formula``, first of the derived numbers in it, one line each. All its names are known."""
    lines: dict[str, None] = {}
    for name in sorted(names_in(formula)):
        _add_derived(name, situation, lines)
    lines[_line(formula, unit, situation)] = None
    return tuple(lines)


def _add_derived(name: str, situation: Situation, lines: dict[str, None]) -> None:
    derived = situation.rules.book.derived.get(name)
    if derived is None:
        return
    way = next(way for way in derived.ways if way.when is None or situation.value(way.when) is True)
    for inner in sorted(names_in(way.value)):
        _add_derived(inner, situation, lines)
    lines[f"{name} = {_line(way.value, derived.unit, situation)}"] = None


def _line(formula: Expression, unit: str, situation: Situation) -> str:
    text = written(formula, lambda name: f"{name} {_number(name, situation)}")
    value = situation.value(formula)
    result = f" = {value_text(value)}" if isinstance(formula, Arithmetic) and not isinstance(value, Unknown) else ""
    return f"{text}{result} {unit}".rstrip()


def _number(name: str, situation: Situation) -> str:
    value = situation(name)
    return "" if isinstance(value, Unknown) else value_text(value)


def notices(expressions: Sequence[Expression], situation: Situation) -> tuple[str, ...]:
    """What a reader has to know of the thresholds that the expressions use: of an earlier year, none for this day."""
    told: dict[str, None] = {}
    for name in thresholds_of(expressions, situation):
        figure = situation.rules.figures.get(name)
        if figure is None:
            told[situation.rules.book.thresholds[name].note or f"没有收录这一天的{name}，请到窗口询问"] = None
            continue
        if figure.known_until is not None and figure.known_until < situation.rules.day:
            last = figure.known_until
            told[f"{name}按最近一次公布的数（{last.year}年）计算；如果后来调整过，以窗口公布的为准"] = None
        if figure.note:
            told[figure.note] = None
    return tuple(told)


def thresholds_of(expressions: Sequence[Expression], situation: Situation) -> tuple[str, ...]:
    """The thresholds that the expressions use in this situation, through derived values too."""
    found: dict[str, None] = {}
    for expression in expressions:
        for name in sorted(names_in(expression)):
            _add_thresholds(name, situation, found)
    return tuple(found)


def _add_thresholds(name: str, situation: Situation, found: dict[str, None]) -> None:
    book = situation.rules.book
    if name in book.thresholds:
        found[name] = None
    elif name in book.derived:
        for way in book.derived[name].ways:
            so = True if way.when is None else situation.value(way.when)
            if so is not False:
                for inner in sorted(names_in(way.value)):
                    _add_thresholds(inner, situation, found)
            if so is True:
                return
