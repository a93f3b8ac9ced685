"""assistant corpus check | audit: what is wrong with the documents, and which of their numbers do not add up."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from assistant.settings import load_settings


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands of ``corpus``."""
    corpus = commands.add_parser("corpus", help="检查语料").add_subparsers(dest="what", required=True, metavar="做什么")
    check = corpus.add_parser("check", help="检查文件头、日期、条号、说法；给出原文时逐条核对数字")
    check.add_argument("--against", type=Path, metavar="DIR", help="原文所在的文件夹")
    check.set_defaults(run=_check)
    audit = corpus.add_parser("audit", help="核算文件里的数字：分项与合计、写的涨幅和占比与算出来的")
    audit.set_defaults(run=_audit)
    for each in (check, audit):
        each.add_argument(
            "--corpus", type=Path, action="append", metavar="DIR", help="文件所在的文件夹；不给就用 corpus/"
        )
        each.add_argument("--json", action="store_true", help="输出 JSON")


def _check(options: argparse.Namespace) -> int:
    from assistant.checking import check_corpus

    findings, without = check_corpus(load_settings(corpus=options.corpus), options.against)
    if options.json:
        each = [
            {"document_id": one.document_id, "rule": one.rule, "where": one.where, "message": one.message}
            for one in findings
        ]
        print(_record({"findings": each, "without_original": [document.id for document in without]}))
        return 1 if findings else 0
    for one in findings:
        print(f"{one.document_id or '语料'}  {one.where}  {one.message}（{one.rule}）")
    if without:
        print(f"没有原文可比：{'、'.join(document.title for document in without)}")
    print(f"共 {len(findings)} 处要看。" if findings else "没有发现问题。")
    return 1 if findings else 0


def _audit(options: argparse.Namespace) -> int:
    from assistant.checking import audit_corpus

    audited = audit_corpus(load_settings(corpus=options.corpus))
    doubts = [
        {"document_id": document.id, "where": doubt.passage.label, "quote": doubt.quote, "computed": doubt.computed}
        for document, _, found in audited
        for doubt in found
    ]
    checked = sum(count for _, count, _ in audited)
    if options.json:
        print(_record({"checked": checked, "doubts": doubts}))
        return 1 if doubts else 0
    for each in doubts:
        print(f"{each['document_id']}  {each['where']}  {each['computed']}\n    “{each['quote']}”")
    print(
        f"核算了 {checked} 处，{len(doubts)} 处对不上，请对照原文。" if doubts else f"核算了 {checked} 处，都对得上。"
    )
    return 1 if doubts else 0


def _record(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
