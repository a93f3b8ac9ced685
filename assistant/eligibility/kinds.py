"""Whether the parts of an expression fit: no number compared with a word, no word that is not among the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

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
from assistant.eligibility.notation import written

Kind = Literal["truth", "number"] | frozenset[str]
"""What an expression is: true or false, a number, or one of a set of words."""


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
