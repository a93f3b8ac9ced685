"""assistant ask: one question, or a batch of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``ask``."""
    ask = commands.add_parser("ask", help="问一个问题，或用 --batch 问一批")
    ask.add_argument("question", nargs="?", help="问题")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE", help="每行一个 JSON：id 和 question（或 turns）；- 表示标准输入"
    )
    ask.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    ask.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天为准；不给就是今天")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.set_defaults(run=_ask)


def _ask(options: argparse.Namespace) -> int:
    from assistant.pipeline import load
    from assistant.report import answer_record, answer_text

    if (options.question is None) == (options.batch is None):
        raise AssistantError("请给一个问题，或用 --batch 给一个文件（两者选一）")
    settings = load_settings(index=options.index, as_of=options.as_of)
    lines = _batch_lines(options.batch) if options.batch else None
    assistant = load(settings)
    if lines is not None:
        for record in _answer_batch(lines, assistant):
            print(_line(record), flush=True)
        return 0
    answer = assistant.ask(options.question)
    print(_line(answer_record(answer)) if options.json else answer_text(answer))
    return 0


def _batch_lines(path: Path) -> list[str]:
    return (sys.stdin.read() if str(path) == "-" else _read_text(path)).splitlines()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"读不了 {path}：{error}") from error


def _answer_batch(lines: Iterable[str], assistant: Assistant) -> Iterator[dict[str, Any]]:
    from assistant.report import answer_record

    for number, line in enumerate(lines, start=1):
        try:
            request = json.loads(line)
            turns = _turns(request)
        except ValueError as error:
            yield {"id": None, "line": number, "error": f"第 {number} 行不能用：{error}"}
            continue
        answer = assistant.ask(turns[-1], turns[:-1])
        yield {"id": request.get("id"), **answer_record(answer)}


def _turns(request: Any) -> list[str]:
    """The questions of a batch line, the one to answer last. Raises ``ValueError`` for a line without any."""
    turns = request.get("turns") or [request.get("question")] if isinstance(request, dict) else [None]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("每行要有 question（文字）或 turns（文字的列表）")
    return turns


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
