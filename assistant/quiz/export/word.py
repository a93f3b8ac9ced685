"""Handouts as a Word document, one section each, in the typefaces of Chinese offices (宋体, 黑体, 楷体)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Literal

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from assistant.quiz.export.handout import Block, Columns, Grid, Handout, Line, Look, Writing

LATIN = "Times New Roman"
STYLES: dict[Look | Literal["writing"], dict[str, Any]] = {
    "title": {"size": 18, "face": "黑体", "bold": True, "centred": True, "after": 8},
    "centred": {"size": 11, "centred": True, "after": 6},
    "heading": {"size": 12, "face": "黑体", "bold": True, "before": 12, "after": 4},
    "stem": {"size": 11, "before": 5, "after": 1, "hanging": 0.74},
    "option": {"size": 11, "left": 1.3, "after": 0, "hanging": 0.56},
    "answer": {"size": 11, "left": 0.74, "bold": True},
    "text": {"size": 10.5, "left": 0.74},
    "quote": {"size": 10.5, "face": "楷体", "left": 0.74, "after": 4},
    "writing": {"size": 11},
}
_FIELDS = ("PAGE", "NUMPAGES")
TEXT_WIDTH = 16.0
"""Centimetres between the margins of A4."""


def word(handouts: Sequence[Handout], title: str) -> bytes:
    """The handouts as DOCX, each beginning on a page numbered 1."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _face(document.styles["Normal"], "宋体", 11)
    for look, settings in STYLES.items():
        _style(document, look, **settings)
    # The pages of a section can be counted by Word alone (SECTIONPAGES), not by WPS or LibreOffice.
    numbers = ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页") if len(handouts) == 1 else ("第 ", "PAGE", " 页")
    for place, handout in enumerate(handouts):
        section = document.add_section(WD_SECTION.NEW_PAGE) if place else document.sections[0]
        _page(section, handout.header, numbers)
        for block in handout.blocks:
            _draw(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _face(style: Any, face: str, size: float) -> None:
    """Chinese characters in ``face``, everything else in the Latin one; ``size`` in points."""
    style.font.name = LATIN
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:cs"), LATIN)
    language = OxmlElement("w:lang")  # without it punctuation is set as for Japanese or Taiwan
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)


def _style(
    document: Any, look: str, *, size: float, face: str = "宋体", bold: bool = False, centred: bool = False,
    left: float = 0, hanging: float = 0, before: float = 0, after: float = 2,
) -> None:  # fmt: skip
    """A paragraph style named as its look; indents in centimetres, distances in points."""
    style = document.styles.add_style(f"Quiz {look}", 1)
    style.base_style = document.styles["Normal"]
    _face(style, face, size)
    style.font.bold = bold
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    shape.left_indent = Cm(left + hanging)
    shape.first_line_indent = Cm(-hanging)
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    shape.line_spacing = 1.15
    shape.widow_control = True


def _page(section: Any, header: str, numbers: Sequence[str]) -> None:
    """A4 with the header at the top and the page's number at the foot, which begins at 1."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)
    for band, words in ((section.header, (header,)), (section.footer, numbers)):
        band.is_linked_to_previous = False
        paragraph = band.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for each in words:
            if each in _FIELDS:
                _field(paragraph, each)
            else:
                paragraph.add_run(each).font.size = Pt(9)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, 1 until then."""
    for tag, text in (("begin", ""), ("w:instrText", code), ("separate", ""), ("w:t", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        element = OxmlElement(tag if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), tag)
        run._r.append(element)


def _draw(document: Any, block: Block) -> None:
    if isinstance(block, Line):
        paragraph = document.add_paragraph(block.text, style=f"Quiz {block.look}")
        paragraph.paragraph_format.keep_with_next = block.joined
        paragraph.paragraph_format.keep_together = len(block.text) < 300
    elif isinstance(block, Columns):
        paragraph = document.add_paragraph("\t".join(block.cells), style="Quiz option")
        paragraph.paragraph_format.keep_with_next = block.joined
        for column in range(1, block.count):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.3 + column * (TEXT_WIDTH - 1.3) / block.count))
    elif isinstance(block, Grid):
        _table(document, block)
    else:
        _writing(document, block)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, cells in enumerate(grid.rows):
        table.rows[place].height = Cm(0.8)
        for column, text in enumerate(cells):
            cell = table.cell(place, column)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            paragraph.paragraph_format.keep_with_next = place + 1 < len(grid.rows)
            paragraph.add_run(text).bold = place == 0 or column == 0
    document.add_paragraph(style="Quiz option").paragraph_format.line_spacing = Pt(6)


def _writing(document: Any, block: Writing) -> None:
    for _ in range(block.lines):
        paragraph = document.add_paragraph(style="Quiz writing")
        paragraph.paragraph_format.line_spacing = 1.5
        if block.ruled:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), leader=WD_TAB_LEADER.LINES)
            paragraph.add_run("\t")
