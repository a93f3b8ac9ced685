"""A judgement for programs (the JSON of ``assistant check --json``) and for a terminal, with every clause cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assistant.eligibility.clauses import Clauses
from assistant.eligibility.judge import Calculation, Finding, Judgement
from assistant.eligibility.notation import number_text
from assistant.eligibility.rules import Rules
from assistant.eligibility.scheme import Reference, Statement
from assistant.report import citation_record

CAUTION = "这里只按您填写的情况对照条文，不是审批决定；能不能享受以窗口核定为准。"
"""What is said with every judgement."""


def judgement_record(judgement: Judgement, rules: Rules, clauses: Clauses) -> dict[str, Any]:
    """The judgement as plain values, ready for JSON; amounts are texts with at most two decimals.

    Raises ``CorpusError`` where a clause cannot be cited.
    """
    return {
        "scheme": judgement.scheme.id,
        "title": judgement.scheme.title,
        "day": rules.day.isoformat(),
        "regions": list(rules.regions),
        "verdict": judgement.verdict,
        "caution": CAUTION,
        "findings": [_finding_record(finding, clauses) for finding in judgement.findings],
        "amounts": [_amount_record(calculation, clauses) for calculation in judgement.amounts],
        "missing": list(judgement.missing),
        "changes": [change.says for change in judgement.changes],
        "papers": _statement_records(judgement.papers, clauses),
        "where": _statement_records(judgement.where, clauses),
        "limits": _statement_records(judgement.limits, clauses),
    }


def _finding_record(finding: Finding, clauses: Clauses) -> dict[str, Any]:
    condition = finding.condition
    return {
        "id": condition.id,
        "says": condition.says,
        "role": condition.role,
        "status": finding.status,
        "answers": dict(finding.answers),
        "comparison": finding.comparison or None,
        "missing": list(finding.missing),
        "lifted_by": finding.lifted_by or None,
        "notices": list(finding.notices),
        "citations": _cited(condition.references, clauses),
    }


def _amount_record(calculation: Calculation, clauses: Clauses) -> dict[str, Any]:
    value = calculation.value
    return {
        "id": calculation.amount.id,
        "says": calculation.amount.says,
        "value": None if value is None else number_text(value).removeprefix("约 "),
        "unit": calculation.amount.unit,
        "steps": list(calculation.steps),
        "missing": list(calculation.missing),
        "notices": list(calculation.notices),
        "citations": _cited(calculation.amount.references, clauses),
    }


def _statement_records(statements: Iterable[Statement], clauses: Clauses) -> list[dict[str, Any]]:
    return [{"says": each.says, "citations": _cited(each.references, clauses)} for each in statements]


def _cited(references: Iterable[Reference], clauses: Clauses) -> list[dict[str, Any]]:
    return [citation_record(clauses.cite(reference)) for reference in references]


# For a terminal --------------------------------------------------------------------------------------------------

_MARKS = {"符合": "✓", "不符合": "✗", "还缺信息": "?", "由窗口核定": "○", "不适用": "–"}


def judgement_text(judgement: Judgement, rules: Rules, clauses: Clauses) -> str:
    """The judgement for a terminal. Raises ``CorpusError`` where a clause cannot be cited."""
    lines = [f"{judgement.scheme.title}：{judgement.verdict}（{rules.day} 的规定）", CAUTION, ""]
    for finding in judgement.findings:
        lines += _finding_lines(finding, clauses)
    lines += _section("金额", (line for each in judgement.amounts for line in _amount_lines(each, clauses)))
    lines += _section("还要知道", judgement.missing)
    lines += _section(
        "只差这一条" if len(judgement.changes) == 1 else "还差", (each.says for each in judgement.changes)
    )
    for title, statements in (("材料", judgement.papers), ("在哪里办", judgement.where), ("期限", judgement.limits)):
        lines += _section(title, (f"{each.says}{_places(each.references, clauses)}" for each in statements))
    return "\n".join(lines).rstrip()


def _finding_lines(finding: Finding, clauses: Clauses) -> Iterator[str]:
    status = finding.status if not finding.lifted_by else f"{finding.status}，但有例外“{finding.lifted_by}”"
    yield f"{_MARKS[finding.status]} {finding.condition.says}：{status}"
    if finding.answers:
        yield f"    您的情况：{'，'.join(f'{name} {value}' for name, value in finding.answers)}"
    if finding.comparison:
        yield f"    比较：{finding.comparison}"
    if finding.missing:
        yield f"    还要知道：{'、'.join(finding.missing)}"
    yield from (f"    注意：{notice}" for notice in finding.notices)
    yield from _quotes(finding.condition.references, clauses)


def _amount_lines(calculation: Calculation, clauses: Clauses) -> Iterator[str]:
    amount, value = calculation.amount, calculation.value
    told = (
        "由窗口核定"
        if amount.formula is None
        else "还算不出来"
        if value is None
        else f"{number_text(value)} {amount.unit}"
    )
    yield f"{amount.says}：{told}"
    yield from (f"  {step}" for step in calculation.steps)
    if calculation.missing:
        yield f"  还要知道：{'、'.join(calculation.missing)}"
    yield from (f"  注意：{notice}" for notice in calculation.notices)
    yield from (line[2:] for line in _quotes(amount.references, clauses))


def _quotes(references: Iterable[Reference], clauses: Clauses) -> Iterator[str]:
    for reference in references:
        citation = clauses.cite(reference)
        document = citation.passage.document
        since = document.metadata.effective or document.metadata.issued
        dated = f"（{since} 起施行）" if document.metadata.effective else f"（{since}）" if since else ""
        yield f"    依据：《{document.title}》{citation.label}{dated}“{citation.quote}”"


def _places(references: Iterable[Reference], clauses: Clauses) -> str:
    cited = [clauses.cite(reference) for reference in references]
    return f"（{'；'.join(f'《{each.passage.document.title}》{each.label}' for each in cited)}）" if cited else ""


def _section(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"  {line}" for line in lines]
    return ["", f"{title}：", *listed] if listed else []
