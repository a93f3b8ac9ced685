"""Spans of sentences and clauses: where a quote may begin and end."""

from __future__ import annotations

import re

_ENDS = "。！？；!?;"
_CLOSERS = "”’」』）)》】\"'"
_CLAUSE = re.compile(r"[^，,；;。！？!?：:（）()\n]+")


def sentences(text: str, *, at_semicolons: bool = False) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, blanks at the edges left out; a line break ends a sentence too.

    A full stop inside a quotation or brackets does not end the sentence around it. With ``at_semicolons`` the parts
    between semicolons are spans of their own.
    """
    ends = _ENDS if at_semicolons else "。！？!?"
    spans: list[tuple[int, int]] = []
    start, depth = 0, 0
    for place, char in enumerate(text):
        depth = _depth(depth, char)
        if char == "\n" or (char in ends and depth == 0 and not _closes_later(text, place)):
            spans.append((start, place + 1))
            start, depth = place + 1, 0
        elif char in _CLOSERS and depth == 0 and place and text[place - 1] in ends:
            spans.append((start, place + 1))
            start = place + 1
    spans.append((start, len(text)))
    return [span for span in (_strip(text, *span) for span in spans) if span[0] < span[1]]


def _depth(depth: int, char: str) -> int:
    if char in "“「『（(《【":
        return depth + 1
    if char in "”」』）)》】":
        return max(0, depth - 1)
    return depth


def _closes_later(text: str, place: int) -> bool:
    return place + 1 < len(text) and text[place + 1] in _CLOSERS


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clauses(text: str) -> list[tuple[int, int]]:
    """Spans between commas, colons, brackets and sentence ends: the smallest pieces that say something."""
    return [span for span in (_strip(text, *match.span()) for match in _CLAUSE.finditer(text)) if span[0] < span[1]]
