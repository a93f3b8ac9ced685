"""Markdown's marks taken off a text: what remains reads as the text was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.types import Repair

_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_LINE_MARKS = re.compile(
    r"^[ ]{0,3}(?:#{1,6}(?:[ \t]+|$)|>[ \t]?)+"
    r"|(?<=\S)[ \t]+#+[ \t]*$"
    r"|^[ \t]*[-*+][ \t]+(?=\S)"
    r"|^[ ]{0,3}(?:=+|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+.*$",
    re.MULTILINE,
)
_LINK = re.compile(r"(!?\[)(?:[^\[\]\n]|\[[^\[\]\n]*\])*?(\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\])")
_AUTOLINK = re.compile(r"(<)(?:https?://|mailto:)[^<>\s]+(>)")
_PAIRS = (
    re.compile(r"(\*\*\*|\*\*)(?=[^\s*])[^\n]*?(?<=[^\s*])(\1)"),
    re.compile(r"(?<![0-9A-Za-z_])(__)(?=[^\s_])[^\n]*?(?<=[^\s_])(__)(?![0-9A-Za-z_])"),
    re.compile(r"(?<![0-9A-Za-z*\\])(\*)(?![\s*])[^*\n]*?(?<![\s*\\])(\*)(?![0-9A-Za-z*])"),
    re.compile(r"(?<![0-9A-Za-z_\\])(_)(?![\s_])[^_\n]*?(?<![\s_\\])(_)(?![0-9A-Za-z_])"),
    re.compile(r"(~~)(?=\S)[^\n]*?(?<=\S)(~~)"),
    re.compile(r"(`+)(?=[^`])[^\n]*?(?<=[^`])(\1)(?!`)"),
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|~>])")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_FRAME = re.compile(r"^[ \t]*\|[ \t]*(?=[^|\s])|(?<=[^|\s\\])[ \t]*\|[ \t]*$")

Span = tuple[int, int]


def unmarked(text: str) -> tuple[Repair, ...]:
    """The repairs that take the marks of headings, emphasis, links, lists, quotations and tables off ``text``.

    Inside fenced blocks only the fences go. The numbers of numbered lists stay: they may be cited.
    """
    spans: list[Span] = []
    for start, end in sorted([*_outside_fences(text)]):
        spans += _marks(text, start, end)
    spans += [match.span() for match in _FENCE.finditer(text)]
    kept: list[Repair] = []
    reached = 0
    for start, end in sorted(set(spans)):
        if start >= reached and start < end:
            kept.append(Repair("markdown", start, text[start:end], ""))
            reached = end
    return tuple(kept)


def _outside_fences(text: str) -> Iterator[Span]:
    at, inside = 0, False
    for fence in _FENCE.finditer(text):
        if not inside:
            yield at, fence.start()
        at, inside = fence.end(), not inside
    if not inside:
        yield at, len(text)


def _marks(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    tables = list(_table_marks(piece))
    lines = [match.span() for match in _LINE_MARKS.finditer(piece)]
    inline = [
        match.span(group)
        for pattern in (_LINK, _AUTOLINK, *_PAIRS)
        for match in pattern.finditer(piece)
        for group in (1, 2)
    ]
    escapes = [match.span() for match in _ESCAPE.finditer(piece)]
    for begin, stop in [*tables, *lines, *inline, *escapes]:
        yield start + begin, start + stop


def _table_marks(piece: str) -> Iterator[Span]:
    """The rule below a table's header, and the strokes that frame its rows."""
    lines = list(re.finditer(r"^[^\n]*$", piece, re.MULTILINE))
    for place, line in enumerate(lines):
        below = lines[place + 1].group(0) if place + 1 < len(lines) else ""
        if "|" not in line.group(0) or "|" not in below or not _TABLE_RULE.fullmatch(below):
            continue
        yield lines[place + 1].span()
        rows = [line]
        for row in lines[place + 2 :]:
            if "|" not in row.group(0):
                break
            rows.append(row)
        for row in rows:
            if row.group(0).strip().startswith("|"):
                yield from (
                    (row.start() + a, row.start() + b) for a, b in map(re.Match.span, _FRAME.finditer(row.group(0)))
                )
