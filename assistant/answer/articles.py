"""Article look-ups: 慈善法第二十二条, 社会救助法第二十条第二款 go straight to their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer.question import ArticleReference, Question
from assistant.answer.shelf import Shelf
from assistant.answer.titles import title_match
from assistant.answer.validity import IN_FORCE, validity
from assistant.text.numbers import chinese_numeral, chinese_value
from assistant.types import Citation, Document, Passage, Refusal

_MIN_TITLE = 0.5
"""The share of a title's character pairs that a question must spell out to name a document."""


def article_citations(question: Question, shelf: Shelf, today: date) -> list[Citation] | Refusal:
    """The quotes of the article, paragraph or item that the question points at, or a refusal that says what is missing."""
    reference = question.article
    documents = {passage.document.id: passage.document for passage in shelf.passages}
    usable = [each for each in documents.values() if shelf.may_cite(each, question, today)]
    named = [(match, each) for each in usable if (match := title_match(question.official, each.title)) >= _MIN_TITLE]
    if reference is None or not named:
        return Refusal("not_found", "没看出问的是哪份文件的条文。请写上文件的名称，例如“慈善法第二十二条”。")
    best = max(match for match, _ in named)
    alike = [each for match, each in named if match == best]
    lapsed = [each for each in alike if validity(each, today) != IN_FORCE]  # usable only because the question names it
    document = max(lapsed or alike, key=_newest)
    passages = [each for each in shelf.passages if each.document is document and _number(each) == reference.article]
    where = f"第{chinese_numeral(reference.article)}条"
    if not passages:
        left_out = "（这一条没有收入）" if reference.article in document.metadata.omitted else ""
        return Refusal("not_found", f"语料里的《{document.title}》没有{where}{left_out}。", (document,))
    citations = [citation for passage in passages for citation in _quotes(passage, reference)]
    return citations or Refusal("not_found", f"《{document.title}》{where}里没有这一款或这一项。", (document,))


def _newest(document: Document) -> date:
    return document.metadata.effective or document.metadata.issued or date.min


def _number(passage: Passage) -> int | None:
    match = re.match(r"第([零〇一二三四五六七八九十百千]+)条$", passage.label)
    value = chinese_value(match[1]) if match else None
    return None if value is None else int(value)


def _quotes(passage: Passage, reference: ArticleReference) -> Sequence[Citation]:
    """The whole article, or the paragraph or item of it; an article's only paragraph has no name of its own."""
    if reference.paragraph is None and reference.item is None:
        return [Citation(passage, passage.text, passage.start)]
    paragraph = f"第{chinese_numeral(reference.paragraph)}款" if reference.paragraph else ""
    item = f"第（{chinese_numeral(reference.item)}）项" if reference.item else ""
    wanted = {f"{passage.label}{paragraph}{item}"}
    if reference.paragraph in (1, None):
        wanted |= {f"{passage.label}{item}", f"{passage.label}第一款{item}"}
    if wanted & {passage.label}:
        return [Citation(passage, passage.text, passage.start)] if not _has_paragraphs(passage) else _first(passage)
    return [
        Citation(passage, passage.document.text[part.start : part.end], part.start)
        for part in passage.parts
        if part.label in wanted
    ]


def _has_paragraphs(passage: Passage) -> bool:
    return any(part.label.endswith("第一款") for part in passage.parts)


def _first(passage: Passage) -> list[Citation]:
    first = next(part for part in passage.parts if part.label.endswith("第一款"))
    return [Citation(passage, passage.document.text[first.start : first.end], first.start)]
