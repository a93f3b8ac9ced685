"""The YAML between two --- lines at the top of a text: what its keeper says about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.metadata import dates_in
from assistant.types import Repair

STATUSES = ("现行有效", "已失效", "尚未施行")
FORMS = ("摘编", "原文")
_DATES = ("issued", "effective", "expires")
_TEXTS = ("issuer", "number", "status", "region", "level", "source_url", "form", "note")
KEYS = ("id", "title", *_TEXTS, *_DATES, "supersedes", "omitted")
"""Every key that front matter may have."""

_BLOCK = re.compile(
    r"\A\ufeff?\s*---[ \t]*\r?\n(?P<yaml>.*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENING = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n\s*[A-Za-z_]+[ \t]*:")
_ID = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``fields`` holds what is filled in, by the names and in the types of ``Metadata``; an empty key is left out."""

    id: str = ""
    title: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def cut(raw: str) -> tuple[tuple[Repair, ...], FrontMatter]:
    """The repair that cuts the front matter off ``raw`` (none where there is none), and what it says.

    Raises ``UnreadableFile`` when it cannot be read, has an unknown key or a value that cannot be.
    """
    if not _OPENING.match(raw):
        return (), FrontMatter()
    block = _BLOCK.match(raw)
    if block is None:
        raise UnreadableFile("开头的说明缺少结束的 --- 一行，请补上")
    return (Repair("front-matter", 0, block.group(0), ""),), _read(_load(block.group("yaml")))


def _load(block: str) -> dict[str, Any]:
    import yaml

    try:
        loaded = yaml.safe_load(block)
    except ValueError as error:
        raise UnreadableFile("开头的说明里有不存在的日期，请改正") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 2} 行附近" if mark else ""
        raise UnreadableFile(f"开头的说明{where}写法有误，请按“名称: 内容”一行一项改正") from error
    if not isinstance(loaded, dict):
        raise UnreadableFile("开头的说明写法有误，请按“名称: 内容”一行一项改正")
    return loaded


def _read(loaded: dict[str, Any]) -> FrontMatter:
    unknown = [str(key) for key in loaded if key not in KEYS]
    if unknown:
        raise UnreadableFile(f"开头的说明里有不认识的名称 {'、'.join(unknown)}，请改正或删去")
    filled = {key: value for key, value in loaded.items() if value not in (None, "", [])}
    fields = {key: _READERS[key](key, value) for key, value in filled.items() if key in _READERS}
    return FrontMatter(_identifier(filled.get("id", "")), _text("title", filled.get("title", "")), fields)


def _identifier(value: Any) -> str:
    name = _text("id", value)
    if name and not _ID.fullmatch(name):
        raise UnreadableFile(f"开头的 id（{name}）只能用字母、数字、汉字和连字符，请改正")
    return name


def _text(key: str, value: Any) -> str:
    if isinstance(value, list | dict):
        raise UnreadableFile(f"开头的 {key} 应当是一行文字，请改正")
    return str(value).strip()


def _one_of(choices: tuple[str, ...]) -> Callable[[str, Any], str]:
    def read(key: str, value: Any) -> str:
        if (text := _text(key, value)) not in choices:
            raise UnreadableFile(f"开头的 {key} 只能是{'、'.join(choices)}，现在是 {text}，请改正")
        return text

    return read


def _date(key: str, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = dates_in(str(value))
    if len(found) != 1:
        raise UnreadableFile(f"开头的 {key}（{value}）不是日期，请写成 2021-07-01 这样")
    return found[0]


def _names(key: str, value: Any) -> tuple[str, ...]:
    return tuple(_text(key, name) for name in (value if isinstance(value, list) else [value]))


def _numbers(key: str, value: Any) -> tuple[int, ...]:
    """Article numbers, single ones and ranges: [1, 2, 60-66]."""
    numbers: list[int] = []
    for entry in value if isinstance(value, list) else [value]:
        found = re.fullmatch(r"(\d+)(?:\s*[-—~至]\s*(\d+))?", str(entry).strip())
        if not found or int(found.group(2) or found.group(1)) < int(found.group(1)):
            raise UnreadableFile(f"开头的 {key}（{entry}）应当是条号，例如 [1, 2, 60-66]，请改正")
        numbers += range(int(found.group(1)), int(found.group(2) or found.group(1)) + 1)
    return tuple(numbers)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_DATES, _date),
    "status": _one_of(STATUSES),
    "form": _one_of(FORMS),
    "supersedes": _names,
    "omitted": _numbers,
}
