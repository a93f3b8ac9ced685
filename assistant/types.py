"""The nouns of the house: frozen values that everything else imports and that import nothing.

A wrong one cannot be constructed: a passage is a span of its document, a citation's quote stands in its passage, a
sentence has a citation, and an answer is either sentences or a refusal. All offsets count characters (code points)
of the document's repaired text unless a docstring says otherwise.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

Form = Literal["摘编", "原文"]
RefusalReason = Literal["not_found", "no_figure", "region", "period", "off_topic", "empty"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's bytes came from.

    ``path`` is relative to its corpus folder, with forward slashes; ``sha256`` is of the raw bytes; ``encoding`` is the
    one the bytes were decoded with (for binary formats, the extractor's name).
    """

    path: str
    sha256: str
    encoding: str
    format: Literal["txt", "md", "html", "pdf", "docx"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to a damaged text: at ``start`` of the *raw* text, ``before`` became ``after``.

    The repairs of a document are sorted by ``start`` and do not overlap, so replaying them over the raw text gives the
    repaired text. ``certain`` is False where the damage could be marked but not undone with confidence.
    """

    rule: str
    start: int
    before: str
    after: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document as a rule: who issued it, when it holds and where. Unknown is ``None`` or empty."""

    issuer: str = ""
    number: str = ""
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: str = ""
    region: str = ""
    level: str = ""
    supersedes: tuple[str, ...] = ()
    source_url: str = ""
    form: Form = "原文"
    omitted: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A whole text after repair, with what is known of it and what was changed in it."""

    id: str
    title: str
    text: str = field(repr=False)
    source: Source
    metadata: Metadata = Metadata()
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the repaired text as UTF-8: what a citation's offsets were measured on."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """A named piece of a passage, ``[start, end)`` of the document: 第九条第二款, or its item 第九条第二款第（三）项."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """The span ``[start, end)`` of a document, the unit that is indexed: an article, a numbered paragraph, a table row.

    ``heading`` is the path of headings above it, outermost first; ``label`` is its place as an official would say it
    (第九条, 一（五）一是); ``parts`` name the pieces inside it, an outer part before the parts it holds. Raises
    ``ValueError`` for an empty span or one outside the document.
    """

    document: Document = field(repr=False)
    start: int
    end: int
    heading: tuple[str, ...] = ()
    label: str = ""
    parts: tuple[Part, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.document.text):
            raise ValueError(f"passage [{self.start}, {self.end}) is not inside document {self.document.id}")

    @property
    def id(self) -> str:
        """The passage's name in the index: its document and its span."""
        return f"{self.document.id}:{self.start}-{self.end}"

    @property
    def text(self) -> str:
        """The span of the document's text."""
        return self.document.text[self.start : self.end]

    def label_at(self, start: int, end: int) -> str:
        """The name of the smallest part that holds ``[start, end)`` of the document, else the passage's own label."""
        holding = [part for part in self.parts if part.start <= start and end <= part.end]
        return min(holding, key=lambda part: part.end - part.start).label if holding else self.label


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A passage found for a question: ``rank`` counts from 1, a higher ``score`` is better.

    ``cosine`` is that of the question's and the passage's vectors, 0 where the dense search did not find the passage.
    ``confidence`` is the probability of the passage answering the question (0 to 1), ``None`` where no second stage ordered the
    hits.
    """

    passage: Passage
    score: float
    rank: int
    cosine: float = 0.0
    confidence: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """A verbatim quote of a passage.

    ``start`` is the quote's offset in the *document*; left out, the first place in the passage is taken. Raises
    ``ValueError`` when the quote is empty or does not stand there inside the passage.
    """

    passage: Passage
    quote: str
    start: int = -1

    def __post_init__(self) -> None:
        if self.start < 0:
            found = self.passage.text.find(self.quote)
            object.__setattr__(self, "start", self.passage.start + found if found >= 0 else -1)
        inside = self.passage.start <= self.start and self.end <= self.passage.end
        if not self.quote or not inside or self.passage.document.text[self.start : self.end] != self.quote:
            raise ValueError(f"quote is not in passage {self.passage.id}: {self.quote[:40]!r}")

    @property
    def end(self) -> int:
        """The offset in the document just behind the quote."""
        return self.start + len(self.quote)

    @property
    def label(self) -> str:
        """Where the quote stands, as finely as the document's structure says: 第九条第二款第（三）项."""
        return self.passage.label_at(self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """An amount of a document with what it is an amount of; every slot but the value may be unknown (empty).

    ``value`` is in ``unit`` (元/人·月, 人, 户, 万元, %, 日 …); ``text`` is the amount as the citation's quote writes it.
    ``earlier`` is the value it replaced (由704元提高到731元), in the same unit. Raises ``ValueError`` when ``text`` is not
    in the quote.
    """

    value: Decimal
    unit: str
    text: str
    citation: Citation
    subject: str = ""
    measure: str = ""
    category: str = ""
    region: str = ""
    period: str = ""
    earlier: Decimal | None = None

    def __post_init__(self) -> None:
        if not self.text or self.text not in self.citation.quote:
            raise ValueError(f"figure {self.text!r} is not in its quote")


@dataclass(frozen=True, slots=True, eq=False)
class Calculation:
    """A result computed from cited figures: ``says`` what it is, ``expression`` writes it out (913 − 731 = 182).

    ``given`` are the numbers of it that the question gives (three people, ten days late). Raises ``ValueError`` without an
    operand: nothing is computed from what is not cited.
    """

    says: str
    expression: str
    value: Decimal
    unit: str
    operands: tuple[Figure, ...]
    given: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        if not self.operands:
            raise ValueError("a calculation needs figures to compute with")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One statement of an answer with the quotes it stands on.

    ``stress`` is the span ``[start, end)`` of the text that says what was asked, where the text says more than that.
    Raises ``ValueError`` without a citation, or where the stress is outside the text.
    """

    text: str
    citations: tuple[Citation, ...]
    stress: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError("a sentence needs a text and at least one citation")
        if not 0 <= self.stress[0] <= self.stress[1] <= len(self.text):
            raise ValueError(f"stress {self.stress} is outside the sentence")


@dataclass(frozen=True, slots=True)
class Lead:
    """The line before an answer in words: the ``name`` of its form, and what its quote ``says`` in a few words, if it does."""

    name: str
    says: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Refusal:
    """Why a question is not answered, in words for the person who asked, and what is near to it."""

    reason: RefusalReason
    message: str
    nearest: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Sentences or a refusal, never both and never neither; ``hits`` are what the search found, best first.

    ``understood`` is the question as it was completed from the conversation, empty where it stood alone.
    ``lead`` says of what form an answer in words is. ``figures`` are the amounts that answer the question, each from a
    quote that a sentence cites; ``calculations`` are results computed from them; ``notices`` are what the reader must
    know beside the answer (the newest figure is of an earlier year than asked). ``choices`` are whole questions that may
    have been meant and that are answered each for itself, where the question leaves it open; else there are none.
    """

    question: str
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    notices: tuple[str, ...] = ()
    understood: str = ""
    refusal: Refusal | None = None
    hits: tuple[Hit, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    lead: Lead | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.sentences) == (self.refusal is not None):
            raise ValueError("an answer is either sentences or a refusal")

    @property
    def answered(self) -> bool:
        """Whether there are sentences."""
        return self.refusal is None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which the sentences first give it: its number is its place, from 1."""
        seen: dict[tuple[str, int, int], Citation] = {}
        for sentence in self.sentences:
            for citation in sentence.citations:
                seen.setdefault((citation.passage.id, citation.start, citation.end), citation)
        return tuple(seen.values())
