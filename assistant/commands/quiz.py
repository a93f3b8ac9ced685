"""assistant quiz: items for legal study from the clauses of the corpus."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.commands import quiz_bank
from assistant.errors import QuizError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.quiz.types import Item, ItemType

_COUNT = 50


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add ``quiz`` with what can be done to the commands of the command line."""
    quiz = commands.add_parser("quiz", help="法律学习：从条文出题").add_subparsers(
        dest="what", required=True, metavar="做什么"
    )
    generate = quiz.add_parser("generate", help="从现行有效的条文出题，每题附条文原文")
    generate.add_argument(
        "--documents", nargs="+", action="extend", metavar="文件", help="只从这些文件出题：标题（可以是一部分）或编号"
    )
    generate.add_argument("--count", type=int, default=_COUNT, metavar="N", help=f"出多少题，默认 {_COUNT}")
    generate.add_argument(
        "--types", nargs="+", action="extend", metavar="题型", help="单选、多选、判断、填空、简答，可以给几种"
    )
    generate.add_argument("--seed", type=int, default=0, metavar="N", help="随机数的种子，同一个种子出同样的题")
    generate.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    generate.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天为准；不给就是今天")
    generate.add_argument("--json", action="store_true", help="输出 JSON")
    generate.set_defaults(run=_generate)
    quiz_bank.add_to(quiz)


def _generate(options: argparse.Namespace) -> int:
    from rich.console import Console

    from assistant.pipeline import load
    from assistant.quiz.types import item_record

    if options.count < 1:
        raise QuizError("--count 至少是 1")
    assistant = load(load_settings(index=options.index, as_of=options.as_of))
    types = cast("list[ItemType]", _split(options.types))
    with Console(stderr=True).status("正在出题……"):
        items = assistant.quiz_items(_split(options.documents), types=types, count=options.count, seed=options.seed)
    if options.json:
        print(json.dumps({"items": [item_record(item) for item in items]}, ensure_ascii=False))
    else:
        print("\n\n".join(_text(number, item) for number, item in enumerate(items, start=1)))
        if len(items) < options.count:
            print(f"\n条文里只出得了 {len(items)} 题。")
    return 0


def _split(values: Sequence[str] | None) -> list[str]:
    """Values that may have been given apart or with commas between them."""
    return [part for value in values or () for part in value.replace("，", ",").replace("、", ",").split(",") if part]


def _text(number: int, item: Item) -> str:
    from assistant.quiz.types import LETTERS

    lines = [f"{number}. [{item.type}] {item.stem}"]
    if item.type != "判断":
        lines += [f"   {LETTERS[place]}. {option}" for place, option in enumerate(item.options)]
    key = item.key_letters if item.type in ("单选", "多选") else "；".join(item.key_text)
    return "\n".join((*lines, f"   答案：{key}", f"   {item.explanation}"))
