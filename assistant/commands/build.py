"""assistant build: read the documents, split them and write the index."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.progress import progress_bar
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.pipeline import BuildReport


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``build``."""
    build = commands.add_parser("build", help="读入文件，建索引")
    build.add_argument(
        "--corpus", type=Path, action="append", metavar="DIR", help="文件所在的文件夹，可以给多个；不给就用 corpus/"
    )
    build.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    build.add_argument("--encoder", help="编码器：built-in、fitted，或 sentence-transformers 模型的文件夹、名称")
    build.add_argument("--json", action="store_true", help="输出 JSON")
    build.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    from assistant.pipeline import build

    settings = load_settings(corpus=options.corpus, index=options.index, encoder=options.encoder)
    with progress_bar() as progress:
        report = build(settings, progress, keep_quiz=options.index is None)
    if options.json:
        documents = [
            {
                "document_id": document.id, "title": document.title, "file": document.source.path, "passages": count,
                "repairs": len(document.repairs), "warnings": list(document.warnings),
            }
            for document, count in report.documents
        ]  # fmt: skip
        failures = [{"file": file, "reason": reason} for file, reason in report.failures]
        quiz_items = [
            {"id": each.id, "stem": each.stem, "title": each.title, "label": each.label, "status": each.status,
             "reason": each.reason}
            for each in report.quiz_items
        ]  # fmt: skip
        record = {"documents": documents, "failures": failures, "quiz_items": quiz_items}
        print(json.dumps({"index": str(settings.index), **record}, ensure_ascii=False))
    else:
        _print_report(report)
    return 0


def _print_report(report: BuildReport) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 140)
    table = Table("文件", "段落", "修复", "提醒", box=None, pad_edge=False)
    for document, count in report.documents:
        table.add_row(document.title, str(count), str(len(document.repairs)), "；".join(document.warnings), style=None)
    console.print(table, markup=False)
    for file, reason in report.failures:
        console.print(f"未读入 {file}：{reason}", markup=False)
    for item in report.quiz_items:
        console.print(f"题目停用或待复核：《{item.title}》{item.label} {item.stem}（{item.reason}）", markup=False)
    console.print(f"共 {len(report.documents)} 份文件，{report.passages} 段；{len(report.failures)} 个文件没有读入。")
