"""From a document to its passages, along the text's own structure.

A law gives one passage per article, a notice or report one per paragraph under its numbered headings, a table one per
row. Everything of the text that is not blank is in a passage or in a heading that a later passage carries.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.ingest.front import caption_end, closing_end, contents_end
from assistant.ingest.lines import BLANKS, CHINESE, DIVISIONS, NUMBERED, Kind, Line, lines_of
from assistant.ingest.parts import (
    Clause,
    article_parts,
    clause_labels,
    clauses_of,
    items_of,
    list_parts,
    points_of,
)
from assistant.ingest.tables import cells, header_rows, is_rule, run_of_rows
from assistant.text.sentences import sentences
from assistant.types import Document, Part, Passage

LIMIT = 900
"""Characters that a passage has at most; a table row and a contents table may have more."""

_TITLE_LIMIT = 40
_HEADING_LIMIT = 80
_LIST_ITEM_LIMIT = 60
_BLANK = re.compile(f"[{BLANKS}]+")
_UNIT = re.compile(r"[（(]?(?:计量|金额)?单位\s*[:：]")
_UNIT_BEHIND = re.compile(rf"[{BLANKS}]*[（(]?(?:计量|金额)?单位\s*[:：][^。；]{{1,20}}$")
_ENDS = tuple("。！？；：，、,;:!?…")

Span = tuple[int, int]


def split(document: Document) -> list[Passage]:
    """The passages of ``document`` in the order of the text; they do not overlap."""
    return _Walk(document).passages()


@dataclass(slots=True)
class _Heading:
    """An open heading: ``title`` is what stands in a passage's heading path (empty for none), ``label`` its number.

    ``line`` is the span of a line that is nothing but heading: it must end up in the path of a passage (``used``), or
    become a passage itself. ``kind`` is ``None`` for a heading without a number.
    """

    kind: Kind | None
    title: str
    label: str
    line: Span | None = None
    used: bool = False
    paragraphs: int = 0


@dataclass(slots=True)
class _Article:
    label: str
    clauses: int = 0


@dataclass(slots=True)
class _Walk:
    """One walk over the lines of a document, with the headings that are open where it stands."""

    document: Document
    lines: list[Line] = field(default_factory=list)
    at: int = 0
    body: int = 0
    open: list[_Heading] = field(default_factory=list)
    article: _Article | None = None
    loose_paragraphs: int = 0
    tables: int = 0
    found: list[Passage] = field(default_factory=list)

    def passages(self) -> list[Passage]:
        self.lines = lines_of(self.document.text)
        self._caption()
        while self.at < len(self.lines):
            self._step()
        self._close(0)
        return self.found

    def _step(self) -> None:
        line = self.lines[self.at]
        if end := contents_end(self.lines, self.at):
            self._whole(end, "目录")
        elif end := closing_end(self.lines, self.at):
            self._whole(end, "落款")
        elif bounds := self._table_at(self.at):
            self._table(*bounds)
        elif line.kind in DIVISIONS:
            self._division(line)
        elif line.kind is Kind.ARTICLE or self.article:
            self._article()
        else:
            self._notice(line)

    # What may stand around the body

    def _caption(self) -> None:
        end = caption_end(self.lines, self.document.title)
        said = _BLANK.sub("", "".join(line.text for line in self.lines[:end]))
        if end == len(self.lines) or said != _BLANK.sub("", self.document.title):
            self._whole(end, "题注")
        self.at = self.body = end

    def _whole(self, end: int, label: str) -> None:
        """The lines up to ``end`` as passages that stand outside of every heading but that of an annex."""
        self._close(sum(heading.kind is Kind.ANNEX for heading in self.open) if label == "目录" else 0)
        self.article = None
        if end > self.at:
            spans = [(line.start, line.end) for line in self.lines[self.at : end]]
            for start, stop in self._packed(spans):
                self._add(start, stop, label)
        self.at = end

    # Headings

    def _division(self, line: Line) -> None:
        """编, 章, 节, 附件: the title may stand in the next line."""
        assert line.mark is not None
        self.article = None
        end = line.end
        title = f"{line.mark.label} {_even(line.body)}".strip()
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if not line.body and following and _could_be_title(following):
            title, end = f"{line.mark.label} {_even(following.text)}", following.end
            self.at += 1
        self._push(_Heading(line.mark.kind, title, line.mark.label, (line.start, end)))
        self.at += 1

    def _push(self, heading: _Heading) -> None:
        self._close(self._depth_for(heading.kind))
        self.open.append(heading)

    def _depth_for(self, kind: Kind | None) -> int:
        """How many open headings stay above a heading of ``kind``.

        One of its own kind ends, with all below it; else those end that rank lower. A heading without a number, whose
        rank nobody can tell, stays above numbers that did not occur before it.
        """
        kinds = [heading.kind for heading in self.open]
        if kind in kinds:
            return kinds.index(kind)
        depth = len(kinds)
        while kind is not None and depth and _outranks(kind, kinds[depth - 1], kinds[: depth - 1]):
            depth -= 1
        return depth

    def _close(self, depth: int) -> None:
        """Close all but ``depth`` open headings; a heading line with nothing under it becomes a passage."""
        while len(self.open) > depth:
            heading = self.open.pop()
            if heading.line and not heading.used:
                label = self._path() + heading.label
                self._add(*heading.line, label or heading.title)

    def _path(self) -> str:
        return "".join(heading.label for heading in self.open)

    # Laws

    def _article(self) -> None:
        """An article up to the next one, or what goes on of it behind a table."""
        first = self.lines[self.at]
        if first.mark and first.mark.kind is Kind.ARTICLE:
            self._close_numbered()
            self.article = _Article(first.mark.label)
        assert self.article is not None
        end = self.at + 1
        while end < len(self.lines) and not self._ends_article(end):
            end += 1
        clauses = clauses_of(self.lines[self.at : end])
        alone = len(clauses) == 1 and not self.article.clauses
        labels = clause_labels(self.article.label, self.article.clauses + 1, len(clauses), alone=alone)
        self.article.clauses += len(clauses)
        self._add_article(self.article.label, clauses, labels)
        self.at = end

    def _close_numbered(self) -> None:
        kept = [heading.kind in DIVISIONS or heading.kind is None for heading in self.open]
        self._close(kept.index(False) if False in kept else len(kept))

    def _ends_article(self, at: int) -> bool:
        kind = self.lines[at].kind
        ends = kind is Kind.ARTICLE or kind in DIVISIONS
        return ends or bool(self._table_at(at) or closing_end(self.lines, at))

    def _add_article(self, article: str, clauses: list[Clause], labels: list[str]) -> None:
        parts = [
            part
            for clause, label in zip(clauses, labels, strict=True)
            for part in article_parts(clause, label, article)
        ]
        for start, end in self._packed(_clause_spans(clauses)):
            whole = [
                label
                for clause, label in zip(clauses, labels, strict=True)
                if clause.start <= start and end <= clause.end
            ]
            self._add(start, end, whole[0] if whole else article, parts)

    # Notices and reports

    def _notice(self, line: Line) -> None:
        if line.kind in NUMBERED:
            self._numbered(line)
        elif self._is_plain_heading():
            self._push(_Heading(None, _even(line.text), "", (line.start, line.end)))
            self.at += 1
        else:
            label = line.mark.label if line.mark and line.mark.kind is Kind.ORDINAL else ""
            self._paragraph(label)

    def _numbered(self, line: Line) -> None:
        assert line.mark is not None
        heading = _Heading(line.mark.kind, "", line.mark.label)
        if self._is_heading_line():
            heading.title, heading.line = _even(line.text), (line.start, line.end)
            self._push(heading)
            self.at += 1
            return
        heading.title = _run_in_title(line)
        self._push(heading)
        self._paragraph("", named=True)

    def _is_heading_line(self) -> bool:
        """Whether the numbered line is a heading alone: short, and no sentence."""
        line = self.lines[self.at]
        return not line.text.endswith(_ENDS) and len(line.text) <= _HEADING_LIMIT

    def _is_plain_heading(self) -> bool:
        """Whether a line without a number is a heading: short, no sentence, and text or a number follows."""
        line = self.lines[self.at]
        if not _could_be_title(line) or "，" in line.text or self.at + 1 >= len(self.lines):
            return False
        if self.at > self.body and not self.lines[self.at - 1].finished and self.lines[self.at - 1].kind is None:
            return False
        following = self.lines[self.at + 1]
        return following.kind in NUMBERED or following.text.endswith(("。", "：", "；"))

    def _paragraph(self, label: str, *, named: bool = False) -> None:
        """A paragraph with the list that it introduces; ``named`` when its number is that of the last open heading."""
        first = self.lines[self.at]
        end = self._list_end()
        if end == self.at + 1 and self._opens_the_next(end):
            end += 1
        lines = self.lines[self.at : end]
        above = self._path()
        if self.open:
            self.open[-1].paragraphs += 1
            number = self.open[-1].paragraphs
        else:
            self.loose_paragraphs += 1
            number = self.loose_paragraphs
        name = above if named else above + (label or f"第{number}段")
        parts = list(list_parts(items_of(lines[1:]) if len(lines) > 1 else (), name))
        parts += points_of(self.document.text, first.start, first.end, above)
        for start, stop in self._packed([(line.start, line.end) for line in lines]):
            self._add(start, stop, name, parts)
        self.at = end

    def _opens_the_next(self, at: int) -> bool:
        """Whether the line here is the title or the question of the paragraph at ``at``, closed by a full stop."""
        if at >= len(self.lines) or self.lines[at].mark or self._table_at(at) or closing_end(self.lines, at):
            return False
        line, following = self.lines[self.at], self.lines[at]
        asked = line.text[-1] in "？?" and (line.kind in NUMBERED or bool(re.match("答[：:]", following.text)))
        return asked or (bool(_title_of_next(line)) and line.text[-1] == "。")

    def _list_end(self) -> int:
        """The line behind the list that the line here introduces with a colon; the next line where there is none.

        Items of a list end with semicolons up to the last one, or are all short; other numbered lines are headings.
        """
        first, end = self.lines[self.at], self.at + 1
        if re.match("附[件表]?[：:]", first.text):
            while end < len(self.lines) and self.lines[end].kind is Kind.ARABIC:
                end += 1
            return end
        if first.text[-1] not in "：:" or end >= len(self.lines) or self.lines[end].kind not in NUMBERED:
            return end
        outer = self.lines[end].mark
        if outer is None or (first.kind in NUMBERED and first.kind is not None and outer.kind <= first.kind):
            return end
        while end < len(self.lines) and _goes_on(self.lines[end], outer.kind):
            end += 1
        return self.at + 1 + _length_of_list(self.lines[self.at + 1 : end])

    # Tables

    def _table_at(self, at: int) -> tuple[int, int] | None:
        """Where the rows of a table begin and end whose title, unit or first row is the line ``at``."""
        rows = at
        if not run_of_rows(self.lines, rows) and _could_be_caption(self.lines[rows]):
            rows += 1
        if rows + 1 < len(self.lines) and _UNIT.match(self.lines[rows].text):
            rows += 1
        count = run_of_rows(self.lines, rows)
        return (rows, rows + count) if count else None

    def _table(self, begin: int, end: int) -> None:
        rows = [row for row in self.lines[begin:end] if not is_rule(row.text)]
        self.tables += 1
        headers = header_rows(rows)
        path = [self.article.label] if self.article else []
        path += [_even(line.text) for line in self.lines[self.at : begin]]
        path += [" | ".join(cells(row.text)) for row in rows[:headers]]
        for number, row in enumerate(rows[headers:], start=1):
            self._add(row.start, row.end, f"表{self.tables}第{number}行", heading=tuple(path))
        self.at = end

    # Passages

    def _packed(self, spans: Sequence[Span]) -> list[Span]:
        """Neighbouring spans put together to passages of about equal length, none over the limit."""
        whole = spans[-1][1] - spans[0][0]
        if whole <= LIMIT:
            return [(spans[0][0], spans[-1][1])]
        pieces = [piece for span in spans for piece in _pieces(self.document.text, span)]
        target = whole / math.ceil(whole / LIMIT)
        packed = [pieces[0]]
        for start, end in pieces[1:]:
            begun = packed[-1][0]
            if end - begun <= LIMIT and packed[-1][1] - begun < target:
                packed[-1] = (begun, end)
            else:
                packed.append((start, end))
        return packed

    def _add(self, start: int, end: int, label: str, parts: Sequence[Part] = (), heading: tuple[str, ...] = ()) -> None:
        for above in self.open:
            above.used = True
        path = tuple(above.title for above in self.open if above.title) + heading
        inside = tuple(
            part
            for part in parts
            if start <= part.start and part.end <= end and (part.start, part.end, part.label) != (start, end, label)
        )
        self.found.append(Passage(self.document, start, end, path, label, inside))


def _outranks(kind: Kind, last: Kind | None, above: Sequence[Kind | None]) -> bool:
    """Whether a heading of ``kind`` ends an open one of kind ``last`` that has the kinds ``above`` over it."""
    if last is None:
        return any(other is not None and other >= kind for other in above)
    return last > kind


def _even(title: str) -> str:
    """A title with single blanks, and none inside one that was spread out (总　则)."""
    words = _BLANK.split(title.strip())
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def _could_be_title(line: Line) -> bool:
    return (
        line.mark is None
        and 2 <= len(line.text) <= _TITLE_LIMIT
        and not line.text.endswith(_ENDS)
        and not any(sign in line.text for sign in "。；：|\t")
        and bool(re.search("[一-鿿]", line.text))
    )


def _could_be_caption(line: Line) -> bool:
    """Whether a line may be the title of a table, with 附表： before it and the unit of its figures behind it or without."""
    title = re.sub("^附[表件][：:]", "", _UNIT_BEHIND.sub("", line.text))
    return _could_be_title(line) or (title != line.text and _could_be_title(replace(line, text=title)))


def _run_in_title(line: Line) -> str:
    """The title that a numbered paragraph begins with (「（一）指导思想。以…」), without its full stop; else empty.

    A short line that is closed by a full stop, a question mark or a colon is the title of what follows it.
    """
    if alone := _title_of_next(line):
        return alone
    title, stop, rest = line.body.partition("。")
    if not stop or not rest or len(title) > _TITLE_LIMIT or re.search("[；：:;]", title):
        return ""
    return _even(line.text[: len(line.text) - len(line.body)] + title)


def _title_of_next(line: Line) -> str:
    """The numbered line without its last sign where it is only a title; with figures in it, it is more."""
    title = line.body[:-1]
    said = re.search(rf"[\d；。：:;]|第{CHINESE}+条", title)
    if line.kind not in NUMBERED or line.text[-1] not in "。：:？?" or not title or len(title) > _TITLE_LIMIT or said:
        return ""
    return _even(line.text[:-1] if line.text[-1] in "。：:" else line.text)


def _goes_on(line: Line, outer: Kind) -> bool:
    """Whether a line may belong to a list whose items are marked as ``outer``: its next item, or one inside an item."""
    return line.kind in NUMBERED and line.kind is not None and line.kind >= outer


def _length_of_list(items: Sequence[Line]) -> int:
    """How many of the numbered lines are items of a list."""
    alike = items[0].kind is not Kind.CHINESE and all(item.kind is items[0].kind for item in items)
    if alike and len(items) > 1 and all(len(item.text) <= _LIST_ITEM_LIMIT for item in items):
        return len(items)
    count = 0
    for item in items:
        if not item.text.endswith(("；", ";", "：", ":", "，")):
            return count + 1 if count else 0
        count += 1
    return count


def _clause_spans(clauses: Sequence[Clause]) -> list[Span]:
    """Spans of the 款 in order; one over the limit falls into what stands before its items and the items."""
    spans: list[Span] = []
    for clause in clauses:
        if clause.end - clause.start <= LIMIT or not clause.items:
            spans.append((clause.start, clause.end))
            continue
        starts = [clause.start, *(item.start for item in clause.items if item.start > clause.start)]
        spans += list(zip(starts, [*starts[1:], clause.end], strict=True))
    return spans


def _pieces(text: str, span: Span) -> list[Span]:
    """``span`` without blanks around it, cut at sentence ends where it is too long, else at clauses, else hard."""
    start, end = _trimmed(text, *span)
    if end - start <= LIMIT:
        return [(start, end)] if start < end else []
    pieces: list[Span] = []
    for begin, stop in sentences(text[start:end], at_semicolons=True):
        begin, stop = _trimmed(text, start + begin, start + stop)
        while stop - begin > LIMIT:
            cut = begin + max(text[begin : begin + LIMIT].rfind(sign) for sign in "，、；,。") + 1
            cut = cut if cut > begin + LIMIT // 2 else begin + LIMIT
            pieces.append(_trimmed(text, begin, cut))
            begin, stop = _trimmed(text, cut, stop)
        if begin < stop:
            pieces.append((begin, stop))
    return pieces


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and _BLANK.match(text[start]):
        start += 1
    while start < end and _BLANK.match(text[end - 1]):
        end -= 1
    return start, end
