"""A whole document as a page of its own, with its outline at the side and, where one is asked for, the quote lit.

Pure functions from the nouns to strings, without gradio, like ``render``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.app.render import Piece, Stamp, dates, document_href, fill, stamp
from assistant.types import Document, Passage

OPENING = 30
_MARKER = re.compile(
    r"(?:第[〇零一二三四五六七八九十百千]+条|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、是]|\d+[.．、])\s*"
)
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: ``depth`` counts from 0, ``start`` is the offset to jump to."""

    depth: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that begins at ``start`` of the document; ``anchor`` where the outline points at it."""

    start: int
    piece: Piece
    anchor: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document that is not blank."""

    runs: tuple[Run, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the list of all documents shows it."""

    document: Document
    href: str
    dates: tuple[str, ...]
    stamp: Stamp | None


def outline(passages: Sequence[Passage]) -> tuple[OutlineEntry, ...]:
    """The headings of a document and, under them, the labels of its passages, in its order."""
    entries: list[OutlineEntry] = []
    path: tuple[str, ...] = ()
    for passage in passages:
        for depth, heading in enumerate(passage.heading):
            if passage.heading[: depth + 1] != path[: depth + 1]:
                entries.append(OutlineEntry(depth, heading, passage.start))
        path = passage.heading
        if passage.label and not (path and path[-1].startswith(passage.label)):
            entries.append(OutlineEntry(len(path), f"{passage.label}　{_opening(passage)}", passage.start))
    return tuple(entries)


def _opening(passage: Passage) -> str:
    """How a passage begins, after its own number."""
    text = passage.text.strip()
    marker = _MARKER.match(text)
    return text[marker.end() if marker else 0 :].split("\n", 1)[0][:OPENING]


def lines(document: Document, anchors: set[int], headings: set[str], start: int, end: int) -> tuple[Line, ...]:
    """The document line by line, cut where the outline points and where the quote ``[start, end)`` begins and ends."""
    found, at = [], 0
    for raw in document.text.splitlines(keepends=True):
        line_end = at + len(raw)
        if raw.strip():
            cuts = sorted({at, line_end, *(cut for cut in (*anchors, start, end) if at < cut < line_end)})
            runs = tuple(
                Run(here, Piece(document.text[here:there], "lit" if start <= here < end else ""), here in anchors)
                for here, there in pairwise(cuts)
            )
            found.append(Line(runs, raw.strip() in headings))
        at = line_end
    return tuple(found)


def document_page(document: Document, passages: Sequence[Passage], today: date, start: int = -1, end: int = -1) -> str:
    """A whole document; ``passages`` are its own, in order. A span outside the document lights nothing."""
    if not 0 <= start < end <= len(document.text):
        start = end = -1
    entries = outline(passages)
    headings = {document.title, *(heading.strip() for passage in passages for heading in passage.heading)}
    body = lines(document, {entry.start for entry in entries}, headings, start, end)
    metadata = document.metadata
    first_lit = next((run.start for line in body for run in line.runs if run.piece.kind == "lit"), -1)
    return fill(
        "document.html",
        document=document,
        metadata=metadata,
        stamp=stamp(metadata, today),
        dates=dates(metadata),
        web_address=metadata.source_url if _WEB_ADDRESS.match(metadata.source_url) else "",
        outline=entries,
        lines=body,
        first_lit=first_lit,
        # The outline is in the document's order, so the last entry that begins before the quote holds it.
        here=max((at for at, entry in enumerate(entries) if entry.start <= first_lit), default=-1),
    )


def documents_page(documents: Sequence[Document], today: date) -> str:
    """The list of all documents, the newest first."""
    ordered = sorted(documents, key=lambda one: (one.metadata.issued or date.min, one.title), reverse=True)
    listed = [
        ListedDocument(document, document_href(document), dates(document.metadata), stamp(document.metadata, today))
        for document in ordered
    ]
    return fill("documents.html", listed=listed)


def missing_page() -> str:
    """What is shown for a document that is not there (any more)."""
    return fill("missing.html")
