"""What answers are made from, and which of it may be cited for a question: in force, and of the right place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from assistant.answer.amounts import Amount, amounts
from assistant.answer.definitions import asks_meaning, defined_terms
from assistant.answer.evidence import Speller, Weights
from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.question import Question
from assistant.answer.scope import Detail, Elsewhere
from assistant.answer.span import Nearness
from assistant.answer.titles import names_version
from assistant.answer.validity import IN_FORCE, validity
from assistant.text.tokens import words
from assistant.types import Document, Hit, Passage


@dataclass(frozen=True)
class Shelf:
    """Every passage with what it takes to read them: the lexicon, the places, words' weights, amounts once a passage,
    the words that are said of a document's dated amounts, the amounts of a cell's table, the passages that define
    a term, how near texts are to a question,
    what is done elsewhere, and details that a passage may lack."""

    passages: tuple[Passage, ...]
    lexicon: Lexicon
    places: Places
    weights: Weights
    speller: Speller
    amounts: Callable[[Passage], list[Amount]]
    told_of_amounts: Callable[[Document], frozenset[str]]
    table: Callable[[Amount], list[Amount]]
    definitions: Callable[[], Mapping[str, Sequence[Passage]]]
    nearness: Nearness
    elsewhere: tuple[Elsewhere, ...] = ()
    details: tuple[Detail, ...] = ()

    def regions(self) -> frozenset[str]:
        """The regions that the corpus has documents of."""
        return frozenset(passage.document.metadata.region for passage in self.passages)

    def may_cite(self, document: Document, question: Question, today: date) -> bool:
        """In force today and of the place asked for; without a place, of home and what lies around it.

        A version that the question names may be quoted though it has lapsed: it is shown as lapsed.
        """
        if validity(document, today) != IN_FORCE and not self.asks_for(question, document, today):
            return False
        region = document.metadata.region
        foreign = [place for place in question.regions if not self.places.is_home(place)]
        return region in foreign if foreign else self.places.is_home(region)

    def asks_for(self, question: Question, document: Document, today: date) -> bool:
        """Whether the question names this very version; its title in 《》 is enough where nothing in force bears it."""
        if names_version(question, document):
            return True
        return document.title in question.titles and not any(
            passage.document.title == document.title and validity(passage.document, today) == IN_FORCE
            for passage in self.passages
        )

    def defining(self, question: Question) -> list[Passage]:
        """The passages that say the meaning of a term whose meaning is asked for, however the search ranked them."""
        return [
            passage
            for term, passages in self.definitions().items()
            if asks_meaning(question.text, term) or asks_meaning(question.official, term)
            for passage in passages
        ]

    def citable(self, hits: Sequence[Hit], question: Question, today: date) -> list[Hit]:
        """The hits that may be cited, with their scores scaled to at most 1.

        Where another place is asked about, a rule of home that speaks of that place may be cited too: 境外基金会包括香港的.
        """
        at_home = replace(question, regions=tuple(filter(self.places.is_home, question.regions)))
        elsewhere = set(question.regions) - set(at_home.regions)

        def may(passage: Passage) -> bool:
            told = any(place in passage.text for place in elsewhere)
            return self.may_cite(passage.document, question, today) or (
                told and self.may_cite(passage.document, at_home, today)
            )

        usable = [hit for hit in hits if may(hit.passage)]
        top = max((hit.score for hit in usable), default=0.0) or 1.0
        return [replace(hit, score=max(0.0, hit.score / top)) for hit in usable]


def _unknown(question: str, texts: Sequence[str]) -> list[float]:
    return [0.0] * len(texts)


def shelf(
    passages: Sequence[Passage],
    lexicon: Lexicon,
    places: Places,
    elsewhere: tuple[Elsewhere, ...] = (),
    details: tuple[Detail, ...] = (),
    nearness: Nearness = _unknown,
) -> Shelf:
    """The shelf of an index's passages; where ``nearness`` is not known, only words tell what answers a question."""
    read_amounts = lru_cache(maxsize=None)(lambda passage: amounts(passage, lexicon))

    @cache
    def told_of_amounts(document: Document) -> frozenset[str]:
        own = (each for passage in passages if passage.document is document for each in read_amounts(passage))
        clauses = {document.text[slice(*each.clause)] for each in own if each.dated}
        return frozenset(word for clause in clauses for word in words(clause) if len(word) > 1)

    @cache
    def amounts_of_table(document: Document, name: str) -> list[Amount]:
        rows = [each for each in passages if each.document is document and each.label.startswith(name)]
        return [amount for row in rows for amount in read_amounts(row)]

    def table(cell: Amount) -> list[Amount]:
        return amounts_of_table(cell.passage.document, cell.passage.label.partition("第")[0] + "第")

    @cache
    def definitions() -> Mapping[str, Sequence[Passage]]:
        by_term: dict[str, list[Passage]] = {}
        for passage in passages:
            for term in defined_terms(passage.text):
                by_term.setdefault(term, []).append(passage)
        return by_term

    weights, speller = Weights(passages), Speller(lexicon)
    return Shelf(
        tuple(passages), lexicon, places, weights, speller, read_amounts, told_of_amounts, table, definitions,
        nearness, elsewhere, details,
    )  # fmt: skip
