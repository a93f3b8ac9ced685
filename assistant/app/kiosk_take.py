"""What a person takes along on a phone: a list as plain text, and its QR code.

The text names schemes, papers and windows. Nothing of what a person answered is in it, no address and no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import segno

MOST_BYTES = 700
"""A code of more is too fine to be read off a screen at arm's length by an old telephone."""

NOT_A_PROMISE = "这是自助机的初步判断，不是审批结果，以窗口核定为准。"
AT_THE_WINDOW = "要带的材料请看打印单，或者到窗口问。"

Entry = tuple[str, Sequence[str], Sequence[str]]
"""A scheme's title, the papers to bring, the places to apply at."""


def takeaway(entries: Sequence[Entry], day: date) -> str:
    """The list as text, without the papers where it would be too long, and empty where there is nothing to take."""
    if not entries:
        return ""
    whole = _text(entries, day, with_papers=True)
    return whole if len(whole.encode()) <= MOST_BYTES else _text(entries, day, with_papers=False)


def _text(entries: Iterable[Entry], day: date, with_papers: bool) -> str:
    lines = []
    for title, papers, places in entries:
        lines.append(f"【{title}】")
        if places:
            lines.append(f"去哪里：{'；'.join(places)}")
        if with_papers and papers:
            lines.append("带上：" + "；".join(papers))
    if not with_papers:
        lines.append(AT_THE_WINDOW)
    return "\n".join([*lines, f"{NOT_A_PROMISE}{day.isoformat()}"])


def code(text: str) -> str:
    """The QR code of ``text`` (as UTF-8, error correction M) as an SVG element that fills its place."""
    made = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    return made.svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
