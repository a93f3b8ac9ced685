"""python -m evals.quiz: make items from the corpus, check every one, print the failure rate of each check and the audit."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.errors import AssistantError
from assistant.pipeline import Assistant, load
from assistant.quiz.checks import CHECKS, DOUBLE, Context, problems
from assistant.quiz.doubles import doubles
from assistant.quiz.items import candidates, rules
from assistant.quiz.library import library
from assistant.quiz.types import Item, item_record
from assistant.settings import load_settings
from evals.quiz.audit import AUDIT, read_audit, summary

COUNT = 500


def main(argv: Sequence[str] | None = None) -> int:
    """Run the evaluation of the quiz. Returns 0, 1 where a check fails for a delivered item, 2 after one line."""
    parser = argparse.ArgumentParser(prog="python -m evals.quiz", description="题目质量：自动检查和逐题审读的结果。")
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help=f"出多少题来检查，默认 {COUNT}")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="随机数的种子")
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹")
    parser.add_argument("--json", action="store_true", help="输出 JSON，不打印表格")
    parser.add_argument("--sample", type=int, metavar="N", help="只抽 N 题，输出 JSON 行，供逐题审读")
    options = parser.parse_args(argv)
    try:
        assistant = load(load_settings(index=options.index))
        start = time.perf_counter()
        items = assistant.quiz_items(count=options.count, seed=options.seed)
        seconds = time.perf_counter() - start
        audit = summary(read_audit()) if AUDIT.is_file() else []
    except (AssistantError, ValueError) as error:
        print(f"evals.quiz: {error}", file=sys.stderr)
        return 2
    if options.sample:
        for item in sampled(items, options.sample, options.seed):
            print(json.dumps(item_record(item), ensure_ascii=False))
        return 0
    result = {
        "items": len(items),
        "seconds": round(seconds, 2),
        **failures(assistant, items, options.seed),
        "audit": audit,
    }
    print(json.dumps(result, ensure_ascii=False)) if options.json else _print(result, items)
    return 1 if any(result["delivered"].values()) else 0


def sampled(items: Sequence[Item], count: int, seed: int) -> list[Item]:
    """``count`` of the items, drawn without looking."""
    return random.Random(seed).sample(list(items), min(count, len(items)))


def failures(assistant: Assistant, items: Sequence[Item], seed: int) -> dict[str, Any]:
    """How many items fail each check: of all that the makers thought of, and of those that were handed out."""
    shelf = library(assistant.home_in_force())
    context = Context(shelf, assistant.official)
    drafts = {item.id: item for item in candidates(library(rules(shelf.passages)), seed)}
    return {
        "drafts": len(drafts), "of drafts": _failing(drafts.values(), context), "delivered": _failing(items, context)
    }  # fmt: skip


def _failing(items: Iterable[Item], context: Context) -> dict[str, int]:
    every = list(items)
    counts = Counter(check for item in every for check in {problem.check for problem in problems(item, context)})
    counts[DOUBLE] = len(doubles(every))
    return {check: counts[check] for check in CHECKS}


def _print(result: dict[str, Any], items: Sequence[Item]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(f"{result['items']} 题，用时 {result['seconds']} 秒；编题器想到的题 {result['drafts']} 道。")
    table = Table("检查", "想到的题不合格", "交出的题不合格", box=None)
    for check in CHECKS:
        table.add_row(
            check,
            _rate(result["of drafts"][check], result["drafts"]),
            _rate(result["delivered"][check], result["items"]),
        )
    console.print(table)
    for title, counts in (
        ("题型", Counter(item.type for item in items)), ("内容", Counter(item.kind for item in items)),
        ("文件", Counter(item.origin.title for item in items if item.origin)),
    ):  # fmt: skip
        console.print(f"{title}：" + "、".join(f"{name} {count}" for name, count in counts.most_common()), markup=False)
    audit = Table("审读", "种子", "读了", "可用", "要改", "不用", "答案错", box=None)
    for row in result["audit"]:
        audit.add_row(*(str(row[name]) for name in ("round", "seed", "read", "keep", "fix", "throw", "wrong key")))
    console.print(audit)


def _rate(failed: int, of: int) -> str:
    return f"{failed} / {of}（{failed / of:.1%}）" if of else "0"


if __name__ == "__main__":
    sys.exit(main())
