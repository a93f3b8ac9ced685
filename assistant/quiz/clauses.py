"""What items are made from: the sentences of a rule, and its enumerations, each with its place in the document.

A clause is one sentence; a listing is a header that ends in a colon and the items that follow it, on lines of their own
(（一）…；) or in the same sentence, apart by semicolons. Offsets are those of the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.types import Origin
from assistant.text.numbers import chinese_value
from assistant.text.sentences import sentences
from assistant.types import Document, Passage

ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?")
_ARTICLE_HEAD = re.compile(rf"{ARTICLE.pattern}[　\s]+")
_ITEM_HEAD = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*")
_SECTION_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、])[^。\n]{2,30}。\s*"
)
_INLINE = re.compile(r"[^：。]{6,}：(?P<items>[^：。]*；[^：。]*；[^：。]*)。")
_END = "；;。，,、"


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A sentence ``[start, end)`` of a document; ``paragraph`` is where its paragraph (款) begins.

    ``first`` says that it opens its article or, in a text without articles, its numbered paragraph.
    """

    passage: Passage
    start: int
    end: int
    paragraph: int
    first: bool

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.passage.document.text[self.start : self.end]

    @property
    def opens(self) -> bool:
        """Whether it is the first sentence of its paragraph."""
        return self.start == self.paragraph


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a listing without its number and the punctuation behind it, at ``[start, end)`` of the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A header (without its colon) with its entries; the whole is ``[start, end)`` of the document."""

    header: Clause
    entries: tuple[Entry, ...]
    start: int
    end: int

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.header.passage

    @property
    def heading(self) -> str:
        """The header's words, without the colon."""
        return self.header.text.rstrip("：: ")


def law_name(source: Document | Origin) -> str:
    """A document, or that of an origin, as a trainer names it: 《社会救助法》 for 中华人民共和国社会救助法."""
    return f"《{source.title.removeprefix('中华人民共和国')}》"


def article_of(passage: Passage) -> str:
    """第九条 for a passage that is an article, else empty."""
    found = ARTICLE.match(passage.label)
    return found.group() if found else ""


def article_number(label: str) -> int:
    """25 for 第二十五条 and what follows it, 0 for a label that names no article."""
    found = ARTICLE.match(label)
    return int(chinese_value(found.group().split("条")[0].removeprefix("第")) or 0) if found else 0


def origin_of(passage: Passage, start: int, end: int) -> Origin:
    """The origin of what stands at ``[start, end)`` of the passage's document."""
    return origin_at(passage, start, passage.document.text[start:end])


def origin_at(passage: Passage, start: int, quote: str) -> Origin:
    """The origin of a quote at ``start`` of its document. Raises ``ValueError`` where it does not stand there."""
    document, end = passage.document, start + len(quote)
    return Origin(
        document_id=document.id, title=document.title, number=document.metadata.number, sha256=document.sha256,
        label=passage.label_at(start, end), quote=quote, start=start, end=end,
        passage=passage.text, passage_start=passage.start, effective=document.metadata.effective,
    )  # fmt: skip


def read_clauses(passage: Passage) -> tuple[list[Clause], list[Listing]]:
    """The sentences of a passage outside its lists, and its listings. Tables and titles have none."""
    clauses: list[Clause] = []
    listings: list[Listing] = []
    lines = list(_lines(passage))
    for place, (start, end, is_item) in enumerate(lines):
        if is_item:
            continue
        found = _sentences(passage, start, end, first=not clauses and not listings)
        if found and found[-1].text.endswith(("：", ":")):
            entries = _entries(passage, lines[place + 1 :])
            if len(entries) > 1:
                listings.append(Listing(found[-1], entries, found[-1].start, entries[-1].end))
            found = found[:-1]
        for clause in found:
            inline = _inline_listing(clause)
            listings += [inline] if inline else []
            clauses.append(clause)
    return clauses, listings


def _lines(passage: Passage) -> Iterator[tuple[int, int, bool]]:
    """The lines of a passage without the number in front, as (start, end, whether it is an item of a list)."""
    place = passage.start
    for number, line in enumerate(passage.text.split("\n")):
        start, end = place, place + len(line)
        place = end + 1
        head = _ARTICLE_HEAD.match(line) or (_SECTION_HEAD.match(line) if number == 0 else None)
        item = None if head else _ITEM_HEAD.match(line)
        start += head.end() if head else item.end() if item else 0
        if passage.document.text[start:end].strip() and "|" not in line and "\t" not in line:
            yield start, end, item is not None


def _sentences(passage: Passage, start: int, end: int, *, first: bool) -> list[Clause]:
    spans = [(start + one, start + other) for one, other in sentences(passage.document.text[start:end])]
    return [Clause(passage, one, other, spans[0][0], first and place == 0) for place, (one, other) in enumerate(spans)]


def _entries(passage: Passage, lines: Sequence[tuple[int, int, bool]]) -> tuple[Entry, ...]:
    entries = []
    for start, end, is_item in lines:
        if not is_item:
            break
        text = passage.document.text[start:end].rstrip()
        entries.append(Entry(text.rstrip(_END), start, start + len(text)))
    return tuple(entries)


def _inline_listing(clause: Clause) -> Listing | None:
    """The listing inside a sentence: its items stand behind the only colon, apart by semicolons."""
    found = _INLINE.fullmatch(clause.text)
    if not found:
        return None
    entries = []
    place = clause.start + found.start("items")
    for text in found["items"].split("；"):
        entries.append(Entry(text.rstrip(_END), place, place + len(text)))
        place += len(text) + 1
    colon = clause.start + found.start("items")
    header = Clause(clause.passage, clause.start, colon, clause.paragraph, clause.first)
    return Listing(header, tuple(entries), clause.start, clause.end)
