"""The folder of schemes, read and checked in itself: every name is known, every comparison fits, nothing is misspelt."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from assistant.eligibility.consistency import check_book
from assistant.eligibility.notation import RESERVED
from assistant.eligibility.scheme import Book, Derived, Fact, Scheme, Threshold
from assistant.errors import CorpusError

SHARED = ("facts", "thresholds", "households")
"""The files of the folder that are no schemes."""

_Noun = TypeVar("_Noun", Fact, Derived, Threshold, Scheme)
_PLURALS = {
    "condition": "conditions", "amount": "amounts", "paper": "papers", "limit": "limits", "relation": "relations",
}  # fmt: skip
_READERS: dict[str, TypeAdapter[Any]] = {
    noun.__name__: TypeAdapter(noun) for noun in (Fact, Derived, Threshold, Scheme)
}
_PARTS = {
    "conditions": "条件", "amounts": "金额", "papers": "材料", "limits": "期限", "relations": "关系", "where": "地点",
    "references": "出处", "values": "数值", "ways": "cases ", "options": "选项",
}  # fmt: skip
_REASONS = {
    "missing": "缺少这一项", "unexpected_keyword_argument": "没有这一项，请看 README.md 里的写法", "too_short": "至少要有一条",
    "tuple_type": "要写成列表 [ … ]", "string_type": "要写成文字", "bool_type": "要写 true 或 false",
    "bool_parsing": "要写 true 或 false", "date_type": "要写成日期，如 2026-07-01", "date_from_datetime_parsing": "要写成日期",
    "dataclass_type": "要写成 { … }", "string_too_short": "不能是空的",
}  # fmt: skip


def read_book(folder: Path) -> Book:
    """The book of the schemes in ``folder``. Raises ``CorpusError`` naming the file and the entry that is wrong."""
    shared = read_toml(folder / "facts.toml")
    tables = {path.stem: read_toml(path) for path in sorted(folder.glob("*.toml")) if path.stem not in SHARED}
    if not tables:
        raise CorpusError(f"{folder} 里没有救助项目（*.toml）")
    return book_from(shared, read_toml(folder / "thresholds.toml"), tables)


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file, decimals exact. Raises ``CorpusError`` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise CorpusError(f"读不了 {path}：{error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不懂 {path}：{error}") from error


def book_from(
    facts: Mapping[str, Any], thresholds: Mapping[str, Any], schemes: Mapping[str, Mapping[str, Any]]
) -> Book:
    """The book of these tables: that of facts.toml, that of thresholds.toml, and each scheme's by its id.

    Raises ``CorpusError`` naming the entry that is wrong.
    """
    _only("facts.toml", facts, ("fact", "derived"))
    _only("thresholds.toml", thresholds, ("threshold",))
    figures = [("thresholds.toml", each) for each in thresholds.get("threshold", ())]
    figures += [(f"{id}.toml", each) for id, table in schemes.items() for each in table.get("threshold", ())]
    names = _names([*facts.get("fact", ()), *facts.get("derived", ()), *(each for _, each in figures)])
    book = Book(
        facts={each["name"]: _noun(Fact, each, "facts.toml", names) for each in facts.get("fact", ())},
        derived={
            each["name"]: _noun(Derived, _with_ways(each), "facts.toml", names) for each in facts.get("derived", ())
        },
        thresholds={each["name"]: _noun(Threshold, each, file, names) for file, each in figures},
        schemes=tuple(sorted((_scheme(id, table, names) for id, table in schemes.items()), key=lambda one: one.order)),
    )
    check_book(book)
    return book


def _names(entries: Iterable[Any]) -> frozenset[str]:
    names: set[str] = set()
    for entry in entries:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name.isidentifier() or name in RESERVED:
            raise CorpusError(
                f"名字“{name}”不能用：只用汉字、字母、数字，不以数字开头，不用 {'、'.join(sorted(RESERVED))}"
            )
        if name in names:
            raise CorpusError(f"名字“{name}”用了两次")
        names.add(name)
    return frozenset(names)


def _only(file: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    for key, value in table.items():
        if key not in known or not isinstance(value, list):
            raise CorpusError(f"{file}：不认识“{key}”，这里只有 {'、'.join(f'[[{each}]]' for each in known)}")


def _with_ways(table: dict[str, Any]) -> dict[str, Any]:
    """A derived value's table; its ``cases`` are the ways it comes about, a plain ``value`` is the only one."""
    rest = {key: each for key, each in table.items() if key not in ("value", "cases")}
    ways = [{"value": table["value"]}] if "value" in table else table.get("cases", [])
    return {**rest, "ways": ways}


def _scheme(id: str, table: Mapping[str, Any], names: Collection[str]) -> Scheme:
    entry = {_PLURALS.get(key, key): value for key, value in table.items() if key != "threshold"}
    entry["where"] = [entry["where"]] if isinstance(entry.get("where"), dict) else entry.get("where", [])
    if isinstance(entry.get("relations"), list):
        entry["relations"] = [_with_other(each) for each in entry["relations"]]
    return _noun(Scheme, {"id": id, **entry}, f"{id}.toml", names)


def _with_other(relation: Any) -> Any:
    """A relation's table; its ``with`` is the other scheme."""
    if not isinstance(relation, dict):
        return relation
    return {("other" if key == "with" else key): value for key, value in relation.items()}


def _noun(noun: type[_Noun], table: dict[str, Any], file: str, names: Collection[str]) -> _Noun:
    try:
        return _READERS[noun.__name__].validate_python(table, context={"names": names})  # type: ignore[no-any-return]
    except ValidationError as error:
        problem = error.errors()[0]
        raise CorpusError(f"{file}：{_place(table, problem['loc'])}{_reason(problem)}") from error


def _reason(problem: ErrorDetails) -> str:
    if problem["type"] == "literal_error":
        return f"只能是 {problem['ctx']['expected'].replace(' or ', '、').replace(', ', '、')}"
    return _REASONS.get(problem["type"], problem["msg"].removeprefix("Value error, "))


def _place(table: dict[str, Any], location: tuple[int | str, ...]) -> str:
    """The way to what is wrong, as far as it goes: 条件“收入”，出处第 1 个，quote："""
    words, here = [_label(table, "")] if "name" in table else [], cast(Any, table)
    for step in location:
        if isinstance(step, str) and step.startswith(
            "function-"
        ):  # pydantic's name for a validator, no part of the file
            continue
        try:
            here = here[step]
        except (LookupError, TypeError):
            here = None
        if isinstance(step, int):
            words[-1] += _label(here, f"第 {step + 1} 个")
        else:
            words.append(_PARTS.get(step, step))
    return "，".join(words) + "："


def _label(entry: Any, otherwise: str) -> str:
    keys = ("id", "name", "says", "value") if isinstance(entry, dict) else ()
    return next((f"“{entry[key]}”" for key in keys if key in entry), otherwise)
