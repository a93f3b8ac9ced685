"""The text of a PDF file page by page, without page numbers and the headers and footers that repeat."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.ingest.front import squeezed
from assistant.ingest.tables import with_strokes

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_EDGE = 2
_PAGE_NUMBER = re.compile(r"[-—–－·.•]*(?:第?\d{1,4}页?|[IVXivx]{1,6})(?:[/，,]?(?:共?\d{1,4}页?))?[-—–－·.•]*")
_READABLE_SHARE = 0.5


def pdf_text(data: bytes) -> str:
    """The text of a PDF, line by line. Raises ``UnreadableFile`` for a locked, broken or scanned one."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("这个 PDF 加了密码，请去掉密码后再放进来") from error
        raise UnreadableFile("这个 PDF 已损坏，打不开，请重新下载或换一份") from error
    try:
        pages = _pages(document)
    except PdfiumError as error:
        raise UnreadableFile("这个 PDF 有的页已损坏，请重新下载或换一份") from error
    finally:
        document.close()
    _require_text(pages)
    return "\n".join("\n".join(with_strokes(lines)) for lines in _without_furniture(pages) if lines)


def _pages(document: PdfDocument) -> list[list[str]]:
    pages = []
    for page in document:
        text = page.get_textpage().get_text_bounded()
        pages.append([line.rstrip() for line in text.replace("\ufffe", "").splitlines() if squeezed(line)])
    return pages


def _require_text(pages: list[list[str]]) -> None:
    text = squeezed("".join(line for lines in pages for line in lines))
    if not text:
        raise UnreadableFile("这个 PDF 是扫描件，里面没有文字，请先做文字识别（OCR）或换文字版")
    readable = sum(sign.isprintable() and not 0xE000 <= ord(sign) <= 0xF8FF and sign != "\ufffd" for sign in text)
    if readable < _READABLE_SHARE * len(text):
        raise UnreadableFile("这个 PDF 里的文字取不出来（字体没有编码），请换文字版或做文字识别（OCR）")


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """The pages without what stands at their edges for the pages' sake: numbers, and lines that most pages repeat."""
    repeated = Counter(shape for lines in pages for shape in {_shape(lines[place]) for place in _edges(lines)})
    enough = max(3, len(pages) * 0.6)
    kept = []
    for lines in pages:
        dropped = {
            place
            for place in _edges(lines)
            if _PAGE_NUMBER.fullmatch(squeezed(lines[place])) or repeated[_shape(lines[place])] >= enough
        }
        kept.append([line for place, line in enumerate(lines) if place not in dropped])
    return kept


def _edges(lines: list[str]) -> set[int]:
    count = len(lines)
    return {place for place in range(count) if place < _EDGE or place >= count - _EDGE}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", squeezed(line))
