"""The main text of a web page: its title, its paragraphs, its tables row by row, without the navigation around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.ingest.front import squeezed, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = "//script|//style|//noscript|//template|//iframe|//object|//svg|//select|//button|//input|//head//link"
_AROUND = ".//nav|.//header|.//footer|.//aside"
_BLOCKS = {
    "p",
    "div",
    "br",
    "tr",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "dd",
    "dt",
}
_SITE = re.compile(r"\s*[_|—–\-－]+\s*[^_|—–－]*$")
_SHORT = 200
_BODY_SHARE = 0.3
_HELD = 0.9


def page_text(page: str) -> str:
    """The title and main body of an HTML page as text, one paragraph or table row a line, cells joined by `` | ``.

    Raises ``UnreadableFile`` when the page shows nothing.
    """
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        tree = document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except (LxmlError, ValueError) as error:
        raise UnreadableFile("网页里没有内容，请重新保存一次") from error
    title = _title(tree)
    _prepare(tree)
    body = _body(tree)
    if not squeezed(body):
        raise UnreadableFile("网页里没有正文，请打开网页把正文另存为文本")
    titled = not title or squeezed(title) in squeezed(body)[: 2 * len(title) + 100]
    return body if titled else f"{title}\n\n{body}"


def _title(tree: HtmlElement) -> str:
    """The page's own title: the article's in its meta tags, else the only first heading, else the window's."""
    for name in ("ArticleTitle", "og:title"):
        for found in tree.xpath("//meta[@name=$name or @property=$name]/@content", name=name):
            if found.strip():
                return tidy(found)
    headings = [tidy(found.text_content()) for found in tree.xpath("//h1") if found.text_content().strip()]
    if len(headings) == 1:
        return headings[0]
    window = tidy(tree.findtext(".//title") or "")
    return _SITE.sub("", window) or window


def _prepare(tree: HtmlElement) -> None:
    """Take out what is not shown, number lists, and put tables into lines."""
    for element in tree.xpath(_UNSEEN):
        element.drop_tree()
    for items in tree.xpath("//ol"):
        for number, item in enumerate(items.xpath("./li"), start=int(items.get("start") or 1)):
            item.text = f"{number}. {item.text or ''}"
    for item in tree.xpath("//li"):
        item.tag = "p"
    for items in tree.xpath("//ol|//ul"):
        items.tag = "div"
    for table in tree.xpath("//table")[::-1]:
        if _is_layout(table):
            _unwrap(table)
        else:
            _put_into_lines(table)


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only places things on the page: one column, or cells with whole paragraphs or tables in them."""
    rows = [row.xpath("./td|./th") for row in table.xpath(".//tr")]
    if max((len(row) for row in rows), default=0) < 2 or table.xpath(".//table"):
        return True
    texts = [cell.text_content() for row in rows for cell in row]
    return any(len(cell.xpath(".//p|.//div|.//br")) > 6 for row in rows for cell in row) or max(map(len, texts)) > 1500


def _unwrap(table: HtmlElement) -> None:
    for element in table.iter("table", "tbody", "thead", "tr", "td", "th"):
        element.tag = "div"


def _put_into_lines(table: HtmlElement) -> None:
    """Each row becomes a paragraph; a cell that spans columns or rows stands in each of them."""
    from lxml.html import Element

    lines = []
    for caption in table.xpath("./caption"):
        lines.append(tidy(caption.text_content()))
    below: dict[int, tuple[int, str]] = {}
    for row in table.xpath(".//tr"):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            _take_over(cells, below)
            text = tidy(" ".join(cell.itertext())).replace("|", "｜")
            for _ in range(_span(cell, "colspan")):
                if (rows := _span(cell, "rowspan")) > 1:
                    below[len(cells)] = (rows, text)
                cells.append(text)
        _take_over(cells, below)
        below = {column: (rows - 1, text) for column, (rows, text) in below.items() if rows > 1}
        if any(cells):
            lines.append(" | ".join(cells).strip())
    block = Element("div")
    for line in lines:
        paragraph = Element("p")
        paragraph.text = line
        block.append(paragraph)
    block.tail = table.tail
    table.getparent().replace(table, block)


def _take_over(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Fill in the cells that come down from the rows above."""
    while (held := below.get(len(cells))) and held[0] > 0:
        cells.append(held[1])


def _span(cell: HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), 50) if said.isdecimal() else 1


def _body(tree: HtmlElement) -> str:
    """All that is shown inside the smallest element which holds the main text; the whole page where it is short.

    trafilatura says what the main text is. It may leave lines of it out, and of a rule none may be lost: so its finding
    only points to the element.
    """
    from trafilatura import extract

    page = tree.find("body") if tree.find("body") is not None else tree
    for element in page.xpath(_AROUND):
        if element is not page:
            element.drop_tree()
    shown = _shown(page)
    if len(squeezed(shown)) <= _SHORT:
        return shown
    found = extract(tree, include_comments=False, include_tables=True, deduplicate=False) or ""
    lines = [squeezed(line) for line in found.splitlines() if squeezed(line)]
    if sum(map(len, lines)) < _BODY_SHARE * len(squeezed(shown)):
        return shown
    return _shown(_holder(page, lines))


def _holder(element: HtmlElement, lines: list[str]) -> HtmlElement:
    """The innermost element from ``element`` down that shows nearly all of ``lines``."""
    wanted = _HELD * sum(map(len, lines))
    for child in element:
        if isinstance(child.tag, str):
            text = squeezed(_shown(child))
            if sum(len(line) for line in lines if line in text) >= wanted:
                return _holder(child, lines)
    return element


def _shown(element: HtmlElement) -> str:
    """The text of an element, one block a line."""
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    edge = "\n" if element.tag in _BLOCKS else ""
    pieces += [edge, _flat(element.text)]
    for child in element:
        _collect(child, pieces)
        pieces.append(_flat(child.tail))
    pieces.append(edge)


def _flat(text: str | None) -> str:
    """Text with the line breaks of the page's source, which mean nothing: none beside Chinese signs, else a blank."""
    return re.sub(
        r"[ \t]*[\r\n]\s*", " ", re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n][ \t\r\n]*(?=[^\x00-\x7f])", "", text or "")
    )
