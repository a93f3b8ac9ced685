"""The small language of conditions: 年龄 ≥ 60 或 (有残疾证 且 残疾等级 属于 [一级, 二级]).

Three-valued: an expression over facts of which some are not known yet is true, false, or ``Unknown`` with the facts that
could settle it. Connectives are those of Kleene's strong logic (S. C. Kleene, Introduction to Metamathematics, §64): a
result that is true or false stays so whatever else becomes known. Numbers are exact fractions, so that 低于 is never
confused with 等于.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Value = bool | str | Fraction
"""What a fact can be: yes or no, one of its options, or a number."""

Kind = Literal["truth", "number"] | frozenset[str]
"""What an expression is: true or false, a number, or one of a set of words."""


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

# Reading ---------------------------------------------------------------------------------------------------------

_SIGNS = {
    "=": "=", "==": "=", "≠": "≠", "!=": "≠", "<": "<", "≤": "≤", "<=": "≤", ">": ">", "≥": "≥", ">=": "≥",
    "+": "+", "-": "−", "−": "−", "*": "×", "×": "×", "/": "÷", "÷": "÷",
}  # fmt: skip
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?!\w)|(?P<word>\w+)|(?P<sign>[<>=!]=|[=≠<≤>≥+\-−*×/÷()\[\],，]))")
_COMPARE = ("=", "≠", "<", "≤", ">", "≥")
RESERVED = frozenset({"且", "或", "非", "属于", "是", "否"})


def parse(text: str, names: Container[str]) -> Expression:
    """Read ``text``. A word of ``names`` is a name, any other word is itself, and in a list every word is.

    Raises ``ExpressionError``.
    """
    reader = _Reader(list(_tokens(text)), names)
    expression = reader.either()
    reader.finish()
    return expression


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise ExpressionError(f"看不懂“{text[place:].strip()[:10]}”")
        kind = match.lastgroup or ""
        yield kind, _SIGNS.get(match[kind], match[kind])
        place = match.end()


class _Reader:
    """Recursive descent, one method a level of precedence, loosest first."""

    def __init__(self, tokens: list[tuple[str, str]], names: Container[str]) -> None:
        self._tokens = tokens
        self._names = names
        self._place = 0

    def either(self) -> Expression:
        parts = [self._all()]
        while self._take("或"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def finish(self) -> None:
        if self._place < len(self._tokens):
            raise ExpressionError(f"“{self._peek()}”的位置不对")

    def _all(self) -> Expression:
        parts = [self._not()]
        while self._take("且"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _not(self) -> Expression:
        return Not(self._not()) if self._take("非") else self._comparison()

    def _comparison(self) -> Expression:
        left = self._sum()
        if self._take("属于"):
            return Membership(left, self._list())
        sign = self._take(*_COMPARE)
        return Comparison(left, sign, self._sum()) if sign else left

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._take("+", "−"):
            left = Arithmetic(left, sign, self._product())
        return left

    def _product(self) -> Expression:
        left = self._atom()
        while sign := self._take("×", "÷"):
            left = Arithmetic(left, sign, self._atom())
        return left

    def _atom(self) -> Expression:
        if self._take("("):
            inner = self.either()
            self._expect(")")
            return inner
        kind, text = self._next()
        if kind == "number":
            return Literally(Fraction(text))
        if kind != "word" or text in RESERVED - {"是", "否"}:
            raise ExpressionError(f"“{text}”的位置不对")
        if text in ("是", "否"):
            return Literally(text == "是")
        return Name(text) if text in self._names else Literally(text)

    def _list(self) -> tuple[Value, ...]:
        self._expect("[")
        values: list[Value] = []
        while not self._take("]"):
            kind, text = self._next()
            if kind == "sign" or text in RESERVED:
                raise ExpressionError("“属于”后面的方括号里只能写答案，如 [一级, 二级]")
            values.append(Fraction(text) if kind == "number" else text)
            self._take(",", "，")
        if not values:
            raise ExpressionError("“属于”后面的方括号是空的")
        return tuple(values)

    def _peek(self) -> str:
        return self._tokens[self._place][1] if self._place < len(self._tokens) else ""

    def _take(self, *signs: str) -> str:
        found = self._peek()
        if found not in signs:
            return ""
        self._place += 1
        return found

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ExpressionError(f"缺少“{sign}”")

    def _next(self) -> tuple[str, str]:
        if self._place == len(self._tokens):
            raise ExpressionError("没有写完" if self._tokens else "是空的")
        self._place += 1
        return self._tokens[self._place - 1]


# Checking --------------------------------------------------------------------------------------------------------


def kind_of(expression: Expression, kinds: Mapping[str, Kind]) -> Kind:
    """What ``expression`` is, given what its names are. Raises ``ExpressionError`` where its parts do not fit."""
    match expression:
        case Literally(value):
            return _kind_of_value(value)
        case Name(name):
            return kinds[name]
        case Not(part):
            return _truth([part], kinds)
        case All(parts) | Either(parts):
            return _truth(parts, kinds)
        case Comparison(left, sign, right):
            return _comparable(kind_of(left, kinds), sign, kind_of(right, kinds))
        case Membership(left, values):
            for value in values:
                _comparable(kind_of(left, kinds), "=", _kind_of_value(value))
            return "truth"
        case Arithmetic(left, _, right):
            if (kind_of(left, kinds), kind_of(right, kinds)) != ("number", "number"):
                raise ExpressionError("加减乘除两边都要是数")
            return "number"


def _kind_of_value(value: Value) -> Kind:
    if isinstance(value, str):
        return frozenset({value})
    return "truth" if isinstance(value, bool) else "number"


def _truth(parts: Iterable[Expression], kinds: Mapping[str, Kind]) -> Kind:
    for part in parts:
        kind = kind_of(part, kinds)
        if isinstance(kind, frozenset) and isinstance(part, Literally):
            raise ExpressionError(f"不认识“{part.value}”：它不是事实、算出来的数或标准的名字")
        if kind != "truth":
            raise ExpressionError(f"“{written(part)}”不是能用是、否回答的")
    return "truth"


def _comparable(left: Kind, sign: str, right: Kind) -> Kind:
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if sign not in ("=", "≠"):
            raise ExpressionError(f"文字不能用“{sign}”比较")
        if not left & right:
            raise ExpressionError(f"“{'、'.join(sorted(right))}”不在可选的答案“{'、'.join(sorted(left))}”里")
    elif left != right:
        told = "和".join(
            "“是、否”" if kind == "truth" else "数" if kind == "number" else "文字" for kind in (left, right)
        )
        raise ExpressionError(f"{told}不能比较（有没有写错的名字，或者一个答案与一件事同名？）")
    elif left == "truth" and sign not in ("=", "≠"):
        raise ExpressionError(f"“是、否”不能用“{sign}”比较")
    return "truth"


# Evaluating ------------------------------------------------------------------------------------------------------

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


# Telling ---------------------------------------------------------------------------------------------------------

_LOOSENESS = {Either: 0, All: 1, Not: 2, Comparison: 3, Membership: 3, Arithmetic: 4}


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


def written(expression: Expression, tell: Callable[[str], str] = str) -> str:
    """``expression`` in its own notation; ``tell`` writes a name, so that a value can stand beside it or for it."""

    def inside(part: Expression, right: bool = False) -> str:
        text = written(part, tell)
        return f"({text})" if _needs_brackets(part, expression, right) else text

    match expression:
        case Literally(value):
            return value_text(value)
        case Name(name):
            return tell(name)
        case Not(part):
            return f"非 {inside(part)}"
        case All(parts):
            return " 且 ".join(map(inside, parts))
        case Either(parts):
            return " 或 ".join(map(inside, parts))
        case Membership(left, values):
            return f"{inside(left)} 属于 [{', '.join(map(value_text, values))}]"
        case Comparison(left, sign, right) | Arithmetic(left, sign, right):
            return f"{inside(left)} {sign} {inside(right, right=True)}"


def _needs_brackets(part: Expression, whole: Expression, right: bool) -> bool:
    """Whether ``part`` would be read otherwise inside ``whole``, or, as 且 beside 或, could be misread by a person."""
    if isinstance(part, Arithmetic) and isinstance(whole, Arithmetic):
        return right or _binds(part) < _binds(whole)
    mixed = isinstance(part, All) and isinstance(whole, Either)
    return mixed or _LOOSENESS.get(type(part), 9) < _LOOSENESS[type(whole)]


def _binds(expression: Arithmetic) -> int:
    return 1 if expression.sign in ("×", "÷") else 0


def value_text(value: Value) -> str:
    """A value for people: 是, 否, the word itself, or a number as ``number_text`` writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else number_text(value)


def number_text(number: Fraction) -> str:
    """At most two decimals and no zeros at the end; 约 before a number that was rounded: 731, 0.5, 约 333.33."""
    rounded = round(number * 100)
    text = f"{rounded / 100:.2f}".rstrip("0").rstrip(".") if rounded % 100 else str(rounded // 100)
    return text if Fraction(rounded, 100) == number else f"约 {text}"
