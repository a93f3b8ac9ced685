"""An answer for programs (the JSON of ``assistant ask --json``) and for a terminal."""

from __future__ import annotations

from typing import Any

from assistant.text.numbers import plain
from assistant.types import Answer, Citation, Figure


def answer_record(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, ready for JSON; offsets count characters of the document's repaired text."""
    return {
        "question": answer.question,
        "understood": answer.understood or None,
        "answered": answer.answered,
        "sentences": [
            {"text": each.text, "citations": [citation_record(citation) for citation in each.citations]}
            for each in answer.sentences
        ],
        "lead": answer.lead and {"name": answer.lead.name, "says": answer.lead.says},
        "figures": [_figure(each) for each in answer.figures],
        "calculations": [
            {"says": each.says, "expression": each.expression, "value": plain(each.value), "unit": each.unit}
            for each in answer.calculations
        ],
        "notices": list(answer.notices),
        "choices": list(answer.choices),
        "refusal": answer.refusal
        and {
            "reason": answer.refusal.reason,
            "message": answer.refusal.message,
            "nearest": [{"document_id": near.id, "title": near.title} for near in answer.refusal.nearest],
        },
        "hits": [
            {"passage_id": hit.passage.id, "score": round(hit.score, 6), "text": hit.passage.text}
            for hit in answer.hits
        ],
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """A citation as plain values: its document, its place and its words."""
    document = citation.passage.document
    return {
        "document_id": document.id,
        "title": document.title,
        "number": document.metadata.number,
        "label": citation.label,
        "heading": list(citation.passage.heading),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "effective": _day(document.metadata.effective or document.metadata.issued),
        "region": document.metadata.region,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": plain(figure.value), "unit": figure.unit, "text": figure.text, "subject": figure.subject,
        "measure": figure.measure, "category": figure.category, "region": figure.region, "period": figure.period,
        "earlier": None if figure.earlier is None else plain(figure.earlier),
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def answer_text(answer: Answer) -> str:
    """The answer for a terminal: the sentences with their numbers, then the sources; or the refusal."""
    lines = [f"理解为：{answer.understood}"] if answer.understood else []
    if answer.refusal:
        lines.append(answer.refusal.message)
        lines += [f"  相近的文件：《{near.title}》" for near in answer.refusal.nearest]
        return "\n".join(lines)
    lines += [f"{answer.lead.name}：{answer.lead.says}".rstrip("：")] if answer.lead else []
    numbers = {_key(citation): place for place, citation in enumerate(answer.citations, start=1)}
    for sentence in answer.sentences:
        marks = "".join(f"[{numbers[_key(citation)]}]" for citation in sentence.citations)
        lines.append(f"{sentence.text}{marks}")
    lines += [f"计算：{each.says}：{each.expression}（{each.unit}）" for each in answer.calculations]
    lines += [f"注意：{notice}" for notice in answer.notices]
    lines += ["您问的是哪一个？", *(f"  {choice}" for choice in answer.choices)] if answer.choices else []
    lines.append("")
    for place, citation in enumerate(answer.citations, start=1):
        document = citation.passage.document
        number = f"（{document.metadata.number}）" if document.metadata.number else ""
        since = f"，{day}起施行" if (day := _day(document.metadata.effective)) else ""
        lines.append(f"[{place}] 《{document.title}》{number}{citation.label}（{document.metadata.form}{since}）")
        if citation.quote not in {sentence.text for sentence in answer.sentences}:
            lines.append(f"    “{citation.quote}”")
    return "\n".join(lines)


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.passage.id, citation.start, citation.end
