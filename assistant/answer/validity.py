"""Time: whether a document holds on a day."""

from __future__ import annotations

from datetime import date

from assistant.types import Document

IN_FORCE, LAPSED, NOT_YET = "现行有效", "已失效", "尚未施行"


def validity(document: Document, day: date) -> str:
    """现行有效, 已失效 or 尚未施行 on ``day``; dates win over the recorded status, which holds for "today"."""
    known = document.metadata
    if known.expires and known.expires <= day:
        return LAPSED
    if known.effective and known.effective > day:
        return NOT_YET
    if known.status == LAPSED and not (known.expires and known.effective):
        return LAPSED
    return IN_FORCE
