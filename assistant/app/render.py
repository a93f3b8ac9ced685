"""An answer as HTML: pure functions from the nouns to strings, without gradio.

The markup stands in ``templates/``; Jinja escapes every value that goes into it. What is computed for a page (the
difference between two figures, the surroundings of a quote) is computed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.app.conversation import LONGEST_COMMENT, Turn
from assistant.text.numbers import plain
from assistant.types import Answer, Citation, Document, Figure, Metadata, RefusalReason, Sentence

SURROUNDINGS = 60
MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SENTENCE_END = re.compile(r"[。！？；\n]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_MYRIADS = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<size>[万亿])")

REFUSAL_TITLES: Mapping[RefusalReason, str] = {
    "not_found": "语料里没有能回答这个问题的内容",
    "no_figure": "语料里没有这个数字",
    "region": "语料里没有这个地区的文件",
    "period": "语料里没有这个时间的内容",
    "off_topic": "这个问题不在收录的业务范围内",
    "empty": "问题没说清楚",
}
DOWN_REASONS = ("答非所问", "数字不对", "出处不对", "内容过时", "看不明白", "其他")

_ENVIRONMENT = Environment(
    loader=PackageLoader("assistant.app"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(template: str, **values: Any) -> str:
    """A template of this package with its values put in, each escaped."""
    return _ENVIRONMENT.get_template(template).render(values)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whether a document holds, in a word; ``kind`` is ``good`` or ``warn``."""

    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``kind`` is empty, ``lit`` (the quote) or ``figure`` (the amount inside the quote)."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A citation as the sources column shows it."""

    number: int
    citation: Citation
    title: str
    stamp: Stamp | None
    dates: tuple[str, ...]
    pieces: tuple[Piece, ...]
    href: str
    copy: str

    @property
    def document(self) -> Document:
        """The document that is cited."""
        return self.citation.passage.document


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the answer shows it; ``tail`` is its last character, ``numbers`` are those of its citations."""

    pieces: tuple[Piece, ...]
    tail: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureCard:
    """An amount as the answer shows it, large; ``number`` is its citation's, 0 when no sentence gives it."""

    figure: Figure
    number: int
    value: str
    about: str
    when: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Result:
    """A computed result as the answer shows it, with the computation written out."""

    says: str
    value: str
    unit: str
    expression: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A turn as the conversation shows it: a refusal has a ``title`` and more words, an answer the rest.

    ``near`` are title, 发文字号 and address of the documents near a refused question; ``citations`` counts them;
    ``text`` is the answer to be copied.
    """

    turn: Turn
    title: str = ""
    message: str = ""
    near: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[FigureCard, ...] = ()
    results: tuple[Result, ...] = ()
    sentences: tuple[Said, ...] = ()
    citations: int = 0
    text: str = ""


def bracketed(title: str) -> str:
    """A title in 《》, once."""
    return title if title.startswith("《") else f"《{title}》"


def as_written(figure: Figure) -> Figure:
    """The figure in the unit that its quote writes (6257.0246万元, not 62570246元): the eye has to find it there."""
    found = _MYRIADS.search(figure.text)
    if found is None:
        return figure
    size = MYRIADS[found["size"]]
    if figure.value != Decimal(found["number"].replace(",", "")) * size:
        return figure
    earlier = None if figure.earlier is None else figure.earlier / size
    return replace(figure, value=figure.value / size, earlier=earlier, unit=found["size"] + figure.unit)


def change(figure: Figure) -> str:
    """What the amount was before and how far it moved: 原 704 · +27（3.84%）. Empty where that is not known."""
    if figure.earlier is None:
        return ""
    before = f"原 {plain(figure.earlier)}"
    difference = figure.value - figure.earlier
    if difference == 0:
        return f"{before} · 没有变化"
    sign = "+" if difference > 0 else "−"
    moved = f"{sign}{plain(abs(difference))}"
    if figure.unit == "%":
        return f"{before} · {moved} 个百分点"
    if figure.earlier <= 0:
        return f"{before} · {moved}"
    share = (abs(difference) / figure.earlier * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{before} · {moved}（{plain(share)}%）"


def stamp(metadata: Metadata, day: date) -> Stamp | None:
    """Whether the document holds on ``day``; ``None`` where it is not known.

    The day it lapsed says more than the recorded word, which was true when the front matter was written.
    """
    lapsed = any(word in metadata.status for word in ("失效", "废止", "作废"))
    if metadata.expires is not None and metadata.expires <= day:
        return Stamp(f"{metadata.status if lapsed else '已失效'}，自{metadata.expires.isoformat()}", "warn")
    if lapsed and metadata.expires is None:
        return Stamp(metadata.status, "warn")
    if metadata.effective is not None and metadata.effective > day:
        return Stamp("尚未施行", "warn")
    if metadata.status == "尚未施行" and metadata.effective is None:
        return Stamp("尚未施行", "warn")
    return Stamp("现行有效", "good") if metadata.status else None


def dates(metadata: Metadata) -> tuple[str, ...]:
    """The dates of a document, each with what happened on it."""
    known = ((metadata.issued, "公布"), (metadata.effective, "施行"), (metadata.expires, "失效"))
    return tuple(f"{day.isoformat()} {word}" for day, word in known if day is not None)


def document_href(document: Document, start: int = -1, end: int = -1) -> str:
    """The address of a whole document, at a quote where one is given; relative to the page."""
    if start < 0:
        return "document?" + urlencode({"id": document.id})
    return "document?" + urlencode({"id": document.id, "start": start, "end": end}) + "#quote"


def lit_pieces(text: str, figure: str) -> tuple[Piece, ...]:
    """A quote in pieces, with the amount in it set apart."""
    if not figure or figure not in text:
        return (Piece(text, "lit"),)
    before, _, after = text.partition(figure)
    pieces = (Piece(before, "lit"), Piece(figure, "figure"), Piece(after, "lit"))
    return tuple(piece for piece in pieces if piece.text)


def quote_in_surroundings(citation: Citation, figure: str = "") -> tuple[Piece, ...]:
    """The quote between what stands around it in its passage, cut at the end of a sentence where one is near."""
    passage, text = citation.passage, citation.passage.document.text
    before = _last_sentences(_BLANK_LINES.sub("\n", text[passage.start : citation.start]).lstrip())
    after = _first_sentences(_BLANK_LINES.sub("\n", text[citation.end : passage.end]).rstrip())
    around = (Piece(before), *lit_pieces(citation.quote, figure), Piece(after))
    return tuple(piece for piece in around if piece.text)


def _last_sentences(text: str) -> str:
    if len(text) <= SURROUNDINGS:
        return text
    tail = text[-SURROUNDINGS:]
    end = _SENTENCE_END.search(tail.rstrip(), endpos=len(tail.rstrip()) - 1)
    return "……" + tail[end.end() if end else 0 :].lstrip()


def _first_sentences(text: str) -> str:
    if len(text) <= SURROUNDINGS:
        return text
    head = text[:SURROUNDINGS]
    ends = [end.end() for end in _SENTENCE_END.finditer(head) if head[: end.end()].strip()]
    return head[: ends[-1] if ends else SURROUNDINGS] + "……"


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.passage.id, citation.start, citation.end


def numbers(answer: Answer) -> dict[tuple[str, int, int], int]:
    """The number of each citation of an answer, from 1."""
    return {_key(citation): place for place, citation in enumerate(answer.citations, start=1)}


def place(citation: Citation) -> str:
    """Where a quote stands: the document and the clause."""
    return bracketed(citation.passage.document.title) + citation.label


def reference(citation: Citation) -> str:
    """A citation in one line of text, to be pasted into a letter."""
    metadata = citation.passage.document.metadata
    number = f"（{metadata.number}）" if metadata.number else ""
    form = "（摘编）" if metadata.form == "摘编" else ""
    title = bracketed(citation.passage.document.title)
    told = "，".join(part for part in (f"{title}{number}{form}", citation.label, *dates(metadata)) if part)
    return f"{told}：“{citation.quote.strip()}”"


def answer_as_text(answer: Answer) -> str:
    """A whole answer with its sources as plain text, to be pasted into a letter."""
    place_of = numbers(answer)
    statements = [
        sentence.text + "".join(f"[{place_of[_key(citation)]}]" for citation in sentence.citations)
        for sentence in answer.sentences
    ]
    lead = [f"{answer.lead.name}：{answer.lead.says}".rstrip("：")] if answer.lead else []
    results = [f"计算：{each.says}：{each.expression}（{each.unit}）" for each in answer.calculations]
    notices = [f"注意：{notice}" for notice in answer.notices]
    choices = [f"您问的是哪一个？{'；'.join(answer.choices)}"] if answer.choices else []
    sources = [f"[{number}] {reference(citation)}" for number, citation in enumerate(answer.citations, start=1)]
    return "\n".join(
        [
            f"问：{answer.understood or answer.question}",
            *lead,
            "答：" + "".join(statements),
            *results,
            *notices,
            *choices,
            "",
            "出处：",
            *sources,
        ]
    )


def cards(answer: Answer, today: date) -> tuple[Card, ...]:
    """The cards of an answer, in the order of their numbers."""
    amounts = {_key(figure.citation): figure.text for figure in answer.figures}
    return tuple(
        Card(
            number=number,
            citation=citation,
            title=citation.passage.document.title,
            stamp=stamp(citation.passage.document.metadata, today),
            dates=dates(citation.passage.document.metadata),
            pieces=quote_in_surroundings(citation, amounts.get(_key(citation), "")),
            href=document_href(citation.passage.document, citation.start, citation.end),
            copy=reference(citation),
        )
        for number, citation in enumerate(answer.citations, start=1)
    )


def figure_card(figure: Figure, place_of: Mapping[tuple[str, int, int], int]) -> FigureCard:
    """What is shown of an amount."""
    figure = as_written(figure)
    name = figure.subject
    # A category or a measure may already stand in the subject: 农村 and 农村低保 make 农村低保.
    name = name if figure.category in name else figure.category + name
    name = name if figure.measure in name else name + figure.measure
    return FigureCard(
        figure=figure,
        number=place_of.get(_key(figure.citation), 0),
        value=plain(figure.value),
        about=" · ".join(part for part in (name, figure.region) if part),
        when=tuple(part for part in (figure.period, change(figure)) if part),
        place=place(figure.citation),
    )


def said(sentence: Sentence, figures: Sequence[Figure], place_of: Mapping[tuple[str, int, int], int]) -> Said:
    """What is shown of a sentence: what was asked is stressed, and the first amount that answers is set apart.

    The last character stays on one line with the numbers, so that none of them begins a line.
    """
    text = sentence.text
    stress = sentence.stress if sentence.stress[1] - sentence.stress[0] < len(text) else (0, 0)
    amount = _place_of_amount(text, figures, stress)
    cuts = sorted({0, *stress, *amount, len(text) - 1})
    pieces = (Piece(text[start:end], _kind_at(start, stress, amount)) for start, end in pairwise(cuts))
    return Said(
        pieces=tuple(piece for piece in pieces if piece.text),
        tail=text[-1:],
        numbers=tuple(place_of[_key(citation)] for citation in sentence.citations),
    )


def _place_of_amount(text: str, figures: Sequence[Figure], stress: tuple[int, int]) -> tuple[int, int]:
    """Where the first amount that answers stands in a sentence, inside its stress where it can; else an empty span."""
    for figure in figures:
        start = text.find(figure.text, stress[0])
        if start >= 0 and start + len(figure.text) < len(text):
            return start, start + len(figure.text)
    return 0, 0


def _kind_at(place: int, stress: tuple[int, int], amount: tuple[int, int]) -> str:
    if amount[0] <= place < amount[1]:
        return "figure"
    return "lit" if stress[0] <= place < stress[1] else ""


def newest(documents: Sequence[Document], today: date) -> date | None:
    """The day of the newest document that is not of the future."""
    days = [document.metadata.issued or document.metadata.effective for document in documents]
    return max((day for day in days if day is not None and day <= today), default=None)


def header(documents: Sequence[Document], today: date) -> str:
    """The bar over the page."""
    return fill("header.html", count=len(documents), newest=newest(documents, today), today=today)


def welcome(examples: Sequence[str]) -> str:
    """The page before the first question."""
    return fill("welcome.html", examples=examples)


def unusable(message: str) -> str:
    """The page where there is no index to answer from."""
    return fill("unusable.html", message=message)


def conversation(turns: Sequence[Turn], examples: Sequence[str]) -> str:
    """All turns of a sitting, oldest first; before the first one, the welcome."""
    if not turns:
        return welcome(examples)
    return fill(
        "conversation.html",
        turns=[shown(turn) for turn in turns],
        examples=examples,
        reasons=DOWN_REASONS,
        longest_comment=LONGEST_COMMENT,
    )


def shown(turn: Turn) -> Shown:
    """What is shown of a turn."""
    answer = turn.answer
    if answer is None:
        return Shown(turn)
    if answer.refusal is not None:
        near = tuple((one.title, one.metadata.number, document_href(one)) for one in answer.refusal.nearest)
        title = REFUSAL_TITLES[answer.refusal.reason]
        # A message that says no more than the title is not said twice.
        message = "" if answer.refusal.message.rstrip("。") == title else answer.refusal.message
        return Shown(turn, title=title, message=message, near=near)
    place_of = numbers(answer)
    return Shown(
        turn,
        figures=tuple(figure_card(figure, place_of) for figure in answer.figures),
        results=tuple(Result(each.says, plain(each.value), each.unit, each.expression) for each in answer.calculations),
        sentences=tuple(said(sentence, answer.figures, place_of) for sentence in answer.sentences),
        citations=len(place_of),
        text=answer_as_text(answer),
    )


def sources(turns: Sequence[Turn], today: date) -> str:
    """The sources column: the cards of every answered turn, those of the last turn shown."""
    answers = [(turn.id, turn.answer, turn.day or today) for turn in turns if turn.answer is not None]
    last, answer, _ = answers[-1] if answers else ("", None, today)
    return fill(
        "sources.html",
        answered=[(turn, cards(answer, day)) for turn, answer, day in answers if answer.answered],
        shown=last,
        refused=last if answer is not None and not answer.answered else "",
    )


def objection(message: str) -> str:
    """The line over the box that says why a question was not sent."""
    return fill("objection.html", message=message)
