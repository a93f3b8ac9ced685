"""The command line: assistant build | ask | repair | serve | check | schemes | corpus | train | quiz | eval."""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands import eligibility, quiz, train
from assistant.commands.progress import progress_bar
from assistant.errors import AssistantError, CorpusError, IndexUnusable
from assistant.settings import PROJECT, Settings, load_settings

if TYPE_CHECKING:
    from assistant.eligibility.rules import Rules
    from assistant.pipeline import Assistant, BuildReport


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, 1 where a check found something, or 2 after one line that says what to do."""
    options, rest = (parser := _parser()).parse_known_args(argv)
    if rest and options.command != "eval":
        parser.error(f"不认识 {' '.join(rest)}")
    options.rest = rest
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("assistant: 已中断", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="assistant", description="政策问答：答案逐字有据，数字条条有出处。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    build = commands.add_parser("build", help="读入文件，建索引")
    build.add_argument(
        "--corpus", type=Path, action="append", metavar="DIR", help="文件所在的文件夹，可以给多个；不给就用 corpus/"
    )
    _index_option(build)
    build.add_argument("--encoder", help="编码器：built-in、fitted，或 sentence-transformers 模型的文件夹、名称")
    build.add_argument("--json", action="store_true", help="输出 JSON")
    build.set_defaults(run=_build)

    ask = commands.add_parser("ask", help="问一个问题，或用 --batch 问一批")
    ask.add_argument("question", nargs="?", help="问题")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE", help="每行一个 JSON：id 和 question（或 turns）；- 表示标准输入"
    )
    _index_option(ask)
    ask.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天为准；不给就是今天")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.set_defaults(run=_ask)

    repair = commands.add_parser("repair", help="修复受损的文本，输出到标准输出")
    repair.add_argument("file", type=Path)
    repair.add_argument("--explain", action="store_true", help="改为逐行输出每处改动（JSON）")
    repair.set_defaults(run=_repair)

    serve = commands.add_parser("serve", help="打开问答网页")
    serve.add_argument("--host", help="监听的地址，默认 127.0.0.1")
    serve.add_argument("--port", help="端口，默认 7860")
    serve.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天为准；不给就是今天")
    serve.add_argument("--open", action="store_true", help="同时打开浏览器")
    _index_option(serve)
    serve.set_defaults(run=_serve)

    corpus = commands.add_parser("corpus", help="检查语料").add_subparsers(dest="what", required=True, metavar="做什么")
    check = corpus.add_parser("check", help="检查文件头、日期、条号、说法；给出原文时逐条核对数字")
    check.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="文件所在的文件夹；不给就用 corpus/")
    check.add_argument("--against", type=Path, metavar="DIR", help="原文所在的文件夹")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.set_defaults(run=_check)

    audit = corpus.add_parser("audit", help="核算文件里的数字：分项与合计、写的涨幅和占比与算出来的")
    audit.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="文件所在的文件夹；不给就用 corpus/")
    audit.add_argument("--json", action="store_true", help="输出 JSON")
    audit.set_defaults(run=_audit)

    train.add_to(commands)

    eligibility.add_to(commands)

    quiz.add_to(commands)

    evaluate = commands.add_parser("eval", help="用 evals/cases 里的题目评测", add_help=False)
    evaluate.set_defaults(run=_eval)
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser that explains a wrong call in one line."""

    def error(self, message: str) -> Any:
        self.exit(2, f"assistant: {message}；用法见 {self.prog} --help\n")


def _index_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")


# ── build ──


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
        print(_json({"index": str(settings.index), **record}))
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


# ── corpus ──


def _check(options: argparse.Namespace) -> int:
    from assistant.pipeline import check_corpus

    findings, without = check_corpus(load_settings(corpus=options.corpus), options.against)
    if options.json:
        each = [
            {"document_id": one.document_id, "rule": one.rule, "where": one.where, "message": one.message}
            for one in findings
        ]
        print(_json({"findings": each, "without_original": [document.id for document in without]}))
        return 1 if findings else 0
    for one in findings:
        print(f"{one.document_id or '语料'}  {one.where}  {one.message}（{one.rule}）")
    if without:
        print(f"没有原文可比：{'、'.join(document.title for document in without)}")
    print(f"共 {len(findings)} 处要看。" if findings else "没有发现问题。")
    return 1 if findings else 0


def _audit(options: argparse.Namespace) -> int:
    from assistant.pipeline import audit_corpus

    audited = audit_corpus(load_settings(corpus=options.corpus))
    doubts = [
        {"document_id": document.id, "where": doubt.passage.label, "quote": doubt.quote, "computed": doubt.computed}
        for document, _, found in audited
        for doubt in found
    ]
    checked = sum(count for _, count, _ in audited)
    if options.json:
        print(_json({"checked": checked, "doubts": doubts}))
        return 1 if doubts else 0
    for each in doubts:
        print(f"{each['document_id']}  {each['where']}  {each['computed']}\n    “{each['quote']}”")
    print(
        f"核算了 {checked} 处，{len(doubts)} 处对不上，请对照原文。" if doubts else f"核算了 {checked} 处，都对得上。"
    )
    return 1 if doubts else 0


# ── ask ──


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
            print(_json(record), flush=True)
        return 0
    answer = assistant.ask(options.question)
    print(_json(answer_record(answer)) if options.json else answer_text(answer))
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


# ── repair, serve, eval ──


def _repair(options: argparse.Namespace) -> int:
    from assistant.text.decode import decode
    from assistant.text.repair import repair

    try:
        raw, _ = decode(options.file.read_bytes())
    except OSError as error:
        raise AssistantError(f"读不了 {options.file}：{error.strerror}") from error
    text, repairs = repair(raw)
    if options.explain:
        for each in repairs:
            print(_json({name: getattr(each, name) for name in ("rule", "start", "before", "after", "certain")}))
    else:
        sys.stdout.write(text)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from assistant.app.main import serve
    from assistant.app.quiz import QuizPlace

    settings = load_settings(host=options.host, port=options.port, index=options.index, as_of=options.as_of)
    serve(
        _assistant_or_reason(settings),
        host=settings.host,
        port=settings.port,
        feedback=settings.feedback,
        rules_of=_rules_of(settings),
        quiz=QuizPlace(settings.quiz_database, settings.quiz_key),
        today=lambda: settings.as_of or date.today(),
        open_browser=options.open,
    )
    return 0


def _rules_of(settings: Settings) -> Callable[[date], Rules] | None:
    """The rules of a day, for the kiosk; ``None`` after one line that says why there are none."""
    from assistant.eligibility.rules import rules_on
    from assistant.pipeline import home, schemes

    try:
        book, regions = schemes(settings), home(settings)
    except CorpusError as error:
        print(f"assistant: 触摸屏上没有“能不能申请”：{error}", file=sys.stderr)
        return None
    return lru_cache(maxsize=1)(lambda day: rules_on(book, day, regions))


def _assistant_or_reason(settings: Settings) -> Assistant | IndexUnusable:
    """The assistant, or why there is none: the page then comes up and says what to run."""
    from assistant.pipeline import load

    try:
        return load(settings)
    except IndexUnusable as error:
        return error


def _eval(options: argparse.Namespace) -> int:
    if not (PROJECT / "evals").is_dir():
        raise AssistantError("评测在项目的 evals/ 里；安装好的程序没有带上它，请在项目的源码里运行 assistant eval")
    sys.path.insert(0, str(PROJECT))
    sys.argv = ["assistant eval", *options.rest]
    runpy.run_module("evals", run_name="__main__", alter_sys=False)
    return 0


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
