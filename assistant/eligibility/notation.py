"""How conditions are written: reading them, and writing them and their values for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from fractions import Fraction

from assistant.eligibility.expression import (
    All,
    Arithmetic,
    Comparison,
    Either,
    Expression,
    ExpressionError,
    Literally,
    Membership,
    Name,
    Not,
    Value,
)

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


# Writing ---------------------------------------------------------------------------------------------------------

_LOOSENESS = {Either: 0, All: 1, Not: 2, Comparison: 3, Membership: 3, Arithmetic: 4}


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
