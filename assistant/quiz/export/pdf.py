"""Handouts as PDF, each beginning on a page numbered 1."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black, grey
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from assistant.quiz.export.fonts import HEI, SONG, TYPESETTING, Face, face
from assistant.quiz.export.handout import Block, Columns, Grid, Handout, Line, Look, Writing
from assistant.quiz.export.wrap import wrap

WIDTH = 16 * cm
"""Between the margins."""
STYLES: dict[Look, dict[str, Any]] = {
    "title": {"size": 18, "head": True, "centred": True, "after": 10},
    "centred": {"size": 10.5, "centred": True, "after": 8},
    "heading": {"size": 11.5, "head": True, "before": 10, "after": 4},
    "stem": {"size": 10.5, "before": 5, "after": 1, "hanging": 0.74},
    "option": {"size": 10.5, "left": 1.3, "hanging": 0.56},
    "answer": {"size": 10.5, "left": 0.74, "head": True},
    "text": {"size": 10, "left": 0.74},
    "quote": {"size": 10, "left": 0.74, "after": 4},
}
_BODY, _HEAD = "QuizBody", "QuizHead"
_FRAME = "0123456789第页"
_SPACES = re.compile("[ \u3000]{2,}|\u3000")


def pdf(handouts: Sequence[Handout], title: str) -> bytes:
    """The handouts on A4; a character that the typeface does not have shows as □. The same handouts give the same bytes."""
    text = "".join(_words(handouts)) + _FRAME
    with TYPESETTING:
        return _Typesetter(face(_BODY, SONG, text), face(_HEAD, HEI, text)).set(handouts, title)


def _words(handouts: Sequence[Handout]) -> Iterator[str]:
    for handout in handouts:
        yield handout.header
        for block in handout.blocks:
            if isinstance(block, Line):
                yield block.text
            elif isinstance(block, Columns):
                yield from block.cells
            elif isinstance(block, Grid):
                yield from (cell for row in block.rows for cell in row)


class _Typesetter:
    """Draws blocks in two typefaces."""

    def __init__(self, body: Face, head: Face) -> None:
        self._body, self._head = body, head
        self._styles = {look: self._style(look, **settings) for look, settings in STYLES.items()}
        self._cell = self._style("cell", size=10.5, centred=True, after=0)
        self._bold_cell = self._style("bold cell", size=10.5, centred=True, head=True, after=0)

    def set(self, handouts: Sequence[Handout], title: str) -> bytes:
        out = io.BytesIO()
        document = BaseDocTemplate(
            out, pagesize=A4, leftMargin=(A4[0] - WIDTH) / 2, rightMargin=(A4[0] - WIDTH) / 2, topMargin=2.2 * cm,
            bottomMargin=1.9 * cm, title=title, author="", creator="", invariant=1,
        )  # fmt: skip
        frame = Frame(document.leftMargin, document.bottomMargin, document.width, document.height, 0, 0, 0, 0)
        story: list[Flowable] = []
        for place, handout in enumerate(handouts):
            draw = _Furniture(self._body, handout.header)
            document.addPageTemplates(PageTemplate(id=str(place), frames=[frame], onPage=draw))
            if place:
                story += [NextPageTemplate(str(place)), PageBreak()]
            for block in handout.blocks:
                story += self._block(block)
        document.build(story)
        return out.getvalue()

    def _block(self, block: Block) -> list[Flowable]:
        if isinstance(block, Line):
            return [self._paragraph(block.text, self._styles[block.look], block.joined, WIDTH)]
        if isinstance(block, Columns):
            return [self._columns(block)]
        return [self._grid(block), Spacer(1, 6)] if isinstance(block, Grid) else list(_writing(block))

    def _columns(self, block: Columns) -> Flowable:
        style = self._styles["option"]
        flat = ParagraphStyle("flat", style, leftIndent=style.leftIndent - 1.3 * cm)
        cells: list[Any] = [self._paragraph(cell, flat) for cell in block.cells]
        cells += [""] * (block.count - len(cells))
        width = (WIDTH - 1.3 * cm) / block.count
        table = Table([["", *cells]], [1.3 * cm] + [width] * block.count, style=_BARE)
        table.keepWithNext = block.joined
        return table

    def _grid(self, block: Grid) -> Flowable:
        rows = [
            [
                self._paragraph(cell, self._cell if row and column else self._bold_cell)
                for column, cell in enumerate(cells)
            ]
            for row, cells in enumerate(block.rows)
        ]
        return Table(rows, [WIDTH / len(rows[0])] * len(rows[0]), [0.85 * cm] * len(rows), style=_RULED)

    def _paragraph(self, text: str, style: ParagraphStyle, joined: bool = False, width: float = 0) -> Flowable:
        """A paragraph; across ``width`` its lines end where Chinese ones may."""
        shown = _spaced((self._head if style.fontName == self._head.name else self._body).shown(text))
        if width:
            room = width - style.leftIndent
            lines = wrap(shown, room - style.firstLineIndent, room, partial(_measure, style))
            shown = "\n".join(lines)
        paragraph = Paragraph(escape(shown).replace("\n", "<br/>"), style)
        paragraph.keepWithNext = joined
        return paragraph

    def _style(
        self, name: str, *, size: float, head: bool = False, centred: bool = False,
        left: float = 0, hanging: float = 0, before: float = 0, after: float = 2,
    ) -> ParagraphStyle:  # fmt: skip
        """Indents in centimetres, distances in points."""
        font = (self._head if head else self._body).name
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.55, wordWrap="CJK", textColor=black,
            alignment=TA_CENTER if centred else TA_LEFT, leftIndent=(left + hanging) * cm,
            firstLineIndent=-hanging * cm, spaceBefore=before, spaceAfter=after, allowWidows=0, allowOrphans=0,
        )  # fmt: skip


class _Furniture:
    """The header and the page's number, counted from the handout's first page."""

    def __init__(self, body: Face, header: str) -> None:
        self._font, self._header = body.name, body.shown(header)
        self._first = 0

    def __call__(self, canvas: Any, _document: Any) -> None:
        page = canvas.getPageNumber()
        self._first = self._first or page
        canvas.setFont(self._font, 9)
        canvas.setFillColor(grey)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 1.5 * cm, self._header)
        canvas.drawCentredString(A4[0] / 2, 1.1 * cm, f"第 {page - self._first + 1} 页")


_BARE = TableStyle(
    [("VALIGN", (0, 0), (-1, -1), "TOP")]
    + [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
)
_RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def _writing(block: Writing) -> Iterator[Flowable]:
    for _ in range(block.lines):
        yield Spacer(1, 0.75 * cm)
        if block.ruled:
            yield HRFlowable(WIDTH, thickness=0.5, color=grey, spaceBefore=0, spaceAfter=0)


def _spaced(text: str) -> str:
    """The text with spaces that are to be seen made such that they do not run together."""
    return _SPACES.sub(lambda found: "".join("\u00a0" * (4 if char == "\u3000" else 1) for char in found[0]), text)


def _measure(style: ParagraphStyle, text: str) -> float:
    return stringWidth(text, style.fontName, style.fontSize)
