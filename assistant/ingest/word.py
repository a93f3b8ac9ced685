"""The text of a Word file (.docx): paragraphs and tables in order, with the numbers that Word puts before them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.errors import UnreadableFile
from assistant.ingest.parts import spoken

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_SKIPPED = {"del", "moveFrom", "instrText", "rPr", "pPr", "Fallback"}


def word_text(data: bytes) -> str:
    """The text of a .docx file: one paragraph or table row a line, cells joined by `` | ``.

    Numbers of automatic numbering (第一条, （一）, 1.) are written out; what is marked as deleted is left out. Raises
    ``UnreadableFile`` for what is no such file, is locked or is empty.
    """
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    if data.startswith(_OLD_FORMAT):
        raise UnreadableFile("这个文件加了密码，或其实是旧版 .doc，请用 Word 去掉密码并另存为 .docx")
    try:
        document = Document(io.BytesIO(data))
    except (BadZipFile, OpcError, KeyError, ValueError, LxmlError) as error:
        raise UnreadableFile("这不是完好的 Word 文件（.docx），请用 Word 打开后另存为 .docx") from error
    text = "\n".join(_blocks(document.element.body, _Numbering(document)))
    if not text.strip():
        raise UnreadableFile("这个 Word 文件里没有文字（可能只有图片），请换文字版")
    return text


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(parent: Any, numbering: _Numbering) -> Iterator[str]:
    for child in parent:
        name = _name(child)
        if name == "p":
            yield from (numbering.before(child) + _inline(child)).split("\n")
        elif name == "tbl":
            yield from _rows(child, numbering)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _blocks(child, numbering)


def _inline(element: Any) -> str:
    """The text of a paragraph, insertions included, deletions and field codes left out."""
    pieces = []
    for child in element:
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "tab":
            pieces.append(" ")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "p":
            pieces.append("\n" + _inline(child))
        elif name not in _SKIPPED:
            pieces.append(_inline(child))
    return "".join(pieces)


def _rows(table: Any, numbering: _Numbering) -> Iterator[str]:
    above: dict[int, str] = {}
    for row in table.iter(f"{_NAMESPACE}tr"):
        if next(row.iterancestors(f"{_NAMESPACE}tbl")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iter(f"{_NAMESPACE}tc"):
            if next(cell.iterancestors(f"{_NAMESPACE}tr")) is not row:
                continue
            text = " ".join(line.strip() for line in _cell(cell, numbering) if line.strip()).replace("|", "｜")
            span, continued = _merging(cell)
            text = above.get(len(cells), "") if continued else text
            for _ in range(span):
                above[len(cells)] = text
                cells.append(text)
        if any(cells):
            yield " | ".join(cells).strip() if len(cells) > 1 else cells[0]


def _cell(cell: Any, numbering: _Numbering) -> Iterator[str]:
    for line in _blocks(cell, numbering):
        yield line.replace(" | ", " ")


def _merging(cell: Any) -> tuple[int, bool]:
    """How many columns a cell spans, and whether it goes on with the cell above it."""
    span = cell.find(f"{_NAMESPACE}tcPr/{_NAMESPACE}gridSpan")
    merge = cell.find(f"{_NAMESPACE}tcPr/{_NAMESPACE}vMerge")
    columns = int(_value(span)) if span is not None and _value(span).isdecimal() else 1
    return columns, merge is not None and _value(merge) != "restart"


def _value(element: Any) -> str:
    return str(element.get(f"{_NAMESPACE}val") or "")


# Automatic numbers -----------------------------------------------------------------------------------------------

_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
}


class _Numbering:
    """Counts the automatic numbers of a document as Word does while its paragraphs go by in order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(relation.target_part.element)

    def _read(self, numbering: Any) -> None:
        for definition in numbering.iter(f"{_NAMESPACE}abstractNum"):
            key = definition.get(f"{_NAMESPACE}abstractNumId")
            for level in definition.iter(f"{_NAMESPACE}lvl"):
                self._levels[key, int(level.get(f"{_NAMESPACE}ilvl"))] = _level(level)
        for entry in numbering.iter(f"{_NAMESPACE}num"):
            pointer = entry.find(f"{_NAMESPACE}abstractNumId")
            if pointer is not None:
                self._lists[entry.get(f"{_NAMESPACE}numId")] = _value(pointer)

    def before(self, paragraph: Any) -> str:
        """The number that Word shows before ``paragraph``; bullets and paragraphs without a number have none."""
        properties = self._properties(paragraph)
        if properties is None:
            return ""
        definition, depth = properties
        level = self._levels.get((definition, depth))
        if level is None:
            return ""
        self._counts[definition, depth] = self._counts.get((definition, depth), level[2] - 1) + 1
        for deeper in [key for key in self._counts if key[0] == definition and key[1] > depth]:
            del self._counts[deeper]
        if level[0] in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda found: self._written(definition, int(found.group(1)) - 1), level[1])

    def _written(self, definition: str, depth: int) -> str:
        form, _, start = self._levels.get((definition, depth), ("decimal", "", 1))
        count = self._counts.get((definition, depth), start)
        if form in _CHINESE_FORMATS:
            return spoken(count)
        if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
            return chr(ord("①") + count - 1)
        return chr(ord("A" if form == "upperLetter" else "a") + (count - 1) % 26) if "Letter" in form else str(count)

    def _properties(self, paragraph: Any) -> tuple[str, int] | None:
        """Which list a paragraph is in and how deep, by itself or by its style."""
        own = paragraph.find(f"{_NAMESPACE}pPr/{_NAMESPACE}numPr")
        style = paragraph.find(f"{_NAMESPACE}pPr/{_NAMESPACE}pStyle")
        numbered = own if own is not None else self._of_style(style)
        if numbered is None:
            return None
        found = {_name(child): _value(child) for child in numbered}
        depth = int(found.get("ilvl") or 0)
        definition = self._lists.get(found.get("numId", ""))
        return (definition, depth) if definition is not None else None

    def _of_style(self, style: Any) -> Any:
        element = self._styles.get(_value(style)) if style is not None else None
        return element.find(f"{_NAMESPACE}pPr/{_NAMESPACE}numPr") if element is not None else None


def _level(level: Any) -> tuple[str, str, int]:
    """How a level writes its numbers, the text around them, and the first number."""
    form, text, start = (level.find(f"{_NAMESPACE}{name}") for name in ("numFmt", "lvlText", "start"))
    first = _value(start) if start is not None else "1"
    return (
        _value(form) if form is not None else "decimal",
        _value(text) if text is not None else "",
        int(first) if first.isdecimal() else 1,
    )
