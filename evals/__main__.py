"""assistant eval: ask every case, print the tables, keep the result."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from assistant.errors import AssistantError
from assistant.pipeline import load
from assistant.settings import load_settings
from evals.cases import FOLDER, read_cases
from evals.quiz.__main__ import main as evaluate_quiz
from evals.report import compare, write_page
from evals.run import run, save

RESULTS = Path(__file__).parent / "results"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the evaluation. Returns 0, or 2 after one line that says what to do."""
    parser = argparse.ArgumentParser(prog="assistant eval", description="用题目评测：检索、答案、出处、拒答。")
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹")
    parser.add_argument("--cases", type=Path, default=FOLDER, metavar="DIR", help="题目所在的文件夹")
    parser.add_argument("--split", choices=("dev", "test"), help="只评测一半；不给就都评测")
    parser.add_argument("--wrong", action="store_true", help="逐条列出没有答对的题")
    parser.add_argument("--json", action="store_true", help="输出 JSON，不打印表格")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="结果存放的文件夹")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("A", "B"), help="比较两次结果，逐题列出得失")
    parser.add_argument(
        "--quiz", action="store_true", help="改为评测题目的质量；其余选项见 python -m evals.quiz --help"
    )
    options, rest = parser.parse_known_args(argv)
    if options.quiz:
        return evaluate_quiz(
            [*(["--index", str(options.index)] if options.index else ()), *["--json"] * options.json, *rest]
        )
    if rest:
        parser.error(f"不认识 {' '.join(rest)}")
    try:
        if options.compare:
            print("\n".join(compare(*options.compare)))
            return 0
        cases = [case for case in read_cases(options.cases) if options.split in (None, case.split)]
        if not cases:
            raise ValueError(f"{options.cases} 里没有题目")
        assistant = load(load_settings(index=options.index))
    except (AssistantError, ValueError, OSError) as error:
        print(f"assistant eval: {error}", file=sys.stderr)
        return 2
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("评测", total=len(cases))
        result = run(cases, assistant, lambda done, total: bar.update(task, completed=done, total=total))
    path = save(result, options.results)
    write_page(result, path.with_suffix(".html"))
    print(json.dumps(result, ensure_ascii=False)) if options.json else _print(result, path, wrong=options.wrong)
    return 0


def _print(result: dict[str, Any], path: Path, *, wrong: bool) -> None:
    console = Console(width=None if sys.stdout.isatty() else 150)
    _print_table(console, "各检索方式", result["systems"])
    _print_table(console, "回答", {"全部": result["summary"], **result["by split"]})
    _print_table(console, "按说法", result["by register"])
    _print_table(console, "按问法", result["by form"])
    for each in result["each"] if wrong else ():
        if not each["right"]:
            console.print(f"\n✗ {each['id']} {' | '.join(each['turns'])}", markup=False)
            console.print(
                f"  应为 {each['expected']}\n  实为 {each['answer'] or each['refusal']} {each['citations']}",
                markup=False,
            )
    console.print(f"\n{result['cases']} 题，结果存于 {path}", markup=False)


def _print_table(console: Console, title: str, rows: dict[str, dict[str, dict[str, float]]]) -> None:
    measures = list(dict.fromkeys(name for row in rows.values() for name in row))
    table = Table(title, *measures, box=None)
    for name, row in rows.items():
        table.add_row(name, *(_cell(row.get(measure)) for measure in measures))
    console.print(table)


def _cell(value: dict[str, float] | None) -> str:
    return f"{value['mean']:.3f} ({value['low']:.2f}–{value['high']:.2f}) {value['n']}" if value else ""


if __name__ == "__main__":
    sys.exit(main())
