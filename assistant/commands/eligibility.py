"""assistant check and assistant schemes list | test | chart: the benefits, for the staff who answer for them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.eligibility.rules import Rules
    from assistant.eligibility.scheme import Scheme


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add these commands to the program's."""
    check = commands.add_parser("check", help="按填写的情况对照一个救助项目的条件，每条附出处")
    check.add_argument("scheme", metavar="SCHEME", help="项目的短名或名称，见 assistant schemes list")
    check.add_argument("--facts", type=Path, required=True, metavar="FILE", help="情况，JSON；- 表示标准输入")
    check.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    _day_option(check)
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.set_defaults(run=_check)

    schemes = commands.add_parser("schemes", help="救助项目：列出、检查、画流程图")
    what = schemes.add_subparsers(dest="what", required=True, metavar="做什么")
    listing = what.add_parser("list", help="列出项目")
    _day_option(listing)
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_list)
    test = what.add_parser("test", help="核对每处引文，运行每个案例")
    _day_option(test)
    test.set_defaults(run=_test)
    chart = what.add_parser("chart", help="画一个项目的流程图")
    chart.add_argument("scheme", metavar="SCHEME", help="项目的短名或名称")
    chart.add_argument("--svg", action="store_true", help="画成 SVG 图；不给就是 Mermaid 文本")
    chart.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    chart.add_argument("--out", type=Path, metavar="FILE", help="写到哪个文件；不给就输出到标准输出")
    _day_option(chart)
    chart.set_defaults(run=_chart)


def _day_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天的规定为准；不给就是今天")


def _rules(as_of: str | None) -> Rules:
    from assistant.pipeline import rules

    settings = load_settings(as_of=as_of)
    return rules(settings, settings.as_of or date.today())


def _scheme(rules: Rules, name: str) -> Scheme:
    for scheme in rules.schemes:
        if name in (scheme.id, scheme.title):
            return scheme
    known = "、".join(scheme.id for scheme in rules.schemes)
    raise AssistantError(f"{rules.day} 没有“{name}”这个项目；有这些：{known}")


# ── check ──


def _check(options: argparse.Namespace) -> int:
    from assistant.eligibility.cases import facts_from
    from assistant.eligibility.judge import judge
    from assistant.judgement_report import judgement_record, judgement_text
    from assistant.pipeline import load

    rules = _rules(options.as_of)
    scheme = _scheme(rules, options.scheme)
    judgement = judge(scheme, facts_from(_read_facts(options.facts), rules.book), rules)
    clauses = load(load_settings(index=options.index)).clauses
    if options.json:
        print(json.dumps(judgement_record(judgement, rules, clauses), ensure_ascii=False))
    else:
        print(judgement_text(judgement, rules, clauses))
    return 0


def _read_facts(path: Path) -> dict[str, Any]:
    try:
        table = json.loads(sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AssistantError(f"读不了 {path}：{error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise AssistantError(f"{_named(path)}不是能读懂的 JSON：{error}") from error
    if not isinstance(table, dict):
        raise AssistantError(f'{_named(path)}里要写成 {{"名字": 值}}，如 {{"年龄": 70}}')
    return {name: value for name, value in table.items() if value is not None}


def _named(path: Path) -> str:
    return "标准输入" if str(path) == "-" else f"{path} "


# ── schemes ──


def _list(options: argparse.Namespace) -> int:
    rules = _rules(options.as_of)
    if options.json:
        each = [{"id": one.id, "title": one.title, "for_whom": one.for_whom} for one in rules.schemes]
        print(json.dumps({"day": rules.day.isoformat(), "schemes": each}, ensure_ascii=False))
        return 0
    for scheme in rules.schemes:
        print(f"{scheme.id}  {scheme.title}：{scheme.for_whom}")
    return 0


def _test(options: argparse.Namespace) -> int:
    from assistant.checking import check_schemes

    report = check_schemes(load_settings(as_of=options.as_of))
    for flaw in report.flaws:
        print(f"{flaw.where}  {flaw.message}")
    for failure in report.failures:
        print(f"{failure.scheme}  {failure.name}  {failure.reason}")
    wrong = len(report.flaws) + len(report.failures)
    counts = f"{len(report.book.schemes)} 个项目，{len(report.cases)} 个案例"
    print(f"{counts}，{wrong} 处要看。" if wrong else f"{counts}，没有发现问题。")
    return 1 if wrong else 0


def _chart(options: argparse.Namespace) -> int:
    from assistant.eligibility.chart import mermaid, svg
    from assistant.pipeline import load

    rules = _rules(options.as_of)
    scheme = _scheme(rules, options.scheme)
    documents = load(load_settings(index=options.index)).documents
    chart = (svg if options.svg else mermaid)(scheme, rules, {id: each.title for id, each in documents.items()})
    if options.out is None:
        sys.stdout.write(chart)
        return 0
    try:
        options.out.write_text(chart, encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"写不了 {options.out}：{error.strerror or error}") from error
    return 0
