"""What must hold for the passages of any document whatever."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Document, Part, Passage, Source

BLANK = re.compile("[\\s\u200b\ufeff]+")
DRAWN = re.compile(r"[|｜:+\-—─━═\s\u200b\ufeff]+")


def document_of(text: str, title: str = "") -> Document:
    return Document(id="case", title=title, text=text, source=Source("case.txt", "", "utf-8", "txt"))


def squeezed(text: str) -> str:
    return BLANK.sub("", text)


def check(document: Document, passages: Sequence[Passage]) -> None:
    """Raise ``AssertionError`` for passages that are not in order, lose text, or have parts outside of them."""
    reached = 0
    for passage in passages:
        assert reached <= passage.start < passage.end, f"{passage.label} overlaps the passage before it"
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip().strip("\u200b\ufeff")
        assert passage.label, f"{passage.text[:20]!r} has no label"
        check_parts(passage)
        reached = passage.end
    for start, end in gaps(document, passages):
        check_gap(document, passages, start, end)


def check_parts(passage: Passage) -> None:
    for part in passage.parts:
        assert passage.start <= part.start < part.end <= passage.end
        assert part.label
    for place, outer in enumerate(passage.parts):
        for inner in passage.parts[place + 1 :]:
            assert apart(outer, inner) or holds(outer, inner), (outer, inner)


def apart(one: Part, other: Part) -> bool:
    return one.end <= other.start or other.end <= one.start


def holds(outer: Part, inner: Part) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def gaps(document: Document, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    ends = [0, *(passage.end for passage in passages)]
    starts = [*(passage.start for passage in passages), len(document.text)]
    return list(zip(ends, starts, strict=True))


def check_gap(document: Document, passages: Sequence[Passage], start: int, end: int) -> None:
    """Every line between two passages is a heading of a later one, the document's title, or a drawn line."""
    said = document.text[start:end]
    if start == 0 and squeezed(said).startswith(squeezed(document.title)):
        said = said[len(title_in(said, document.title)) :]
    carried = [squeezed("".join(passage.heading)).replace("|", "") for passage in passages if passage.start >= end]
    for line in said.splitlines():
        bare = DRAWN.sub("", line) if "|" in line or "｜" in line else squeezed(line)
        bare = bare.rstrip("。：:")
        assert DRAWN.fullmatch(line or " ") or any(bare in heading for heading in carried), f"lost: {line!r}"


def title_in(text: str, title: str) -> str:
    found = re.match(r"[\s\u200b\ufeff]*".join(["", *map(re.escape, squeezed(title))]), text)
    return found.group(0) if found else ""
