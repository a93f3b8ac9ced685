"""The rules in force, taken apart once: clauses, listings, and what else they say about a statement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.quiz.clauses import Clause, Entry, Listing, article_of, read_clauses
from assistant.quiz.likeness import covered, pairs
from assistant.quiz.quantities import stands
from assistant.quiz.stems import Said, said
from assistant.text.tokens import words
from assistant.types import Document, Passage

_SAYS_THE_SAME = 0.55
"""A sentence that has this share of a statement's pairs of characters is taken to speak of the same matter."""
_SAME_MATTER = 0.6
_NOT_A_TOPIC = re.compile(
    r"中华人民共和国|工作日|有关|规定|其他|以[上下]|依法|直接|责任|情节|期限|之[日一]|理由|材料|书面|分之|意见|创造条件|什么|一[条百]|办法|条例|暂行|关于|进一步|加强|做好|通知|国务院关于"
)
_TOPIC_TIMES = 4
_MOST_ALIKE = 40


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence or an item of a list, whole: what one clause in force says."""

    passage: Passage
    text: str


@dataclass(frozen=True)
class Library:
    """What items are made from; ``passages`` are those of the documents in force."""

    passages: tuple[Passage, ...]
    clauses: tuple[Clause, ...]
    listings: tuple[Listing, ...]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id, in the order of the passages."""
        return {passage.document.id: passage.document for passage in self.passages}

    @cached_property
    def topics(self) -> dict[str, frozenset[str]]:
        """By document, the words that it uses all over and that need no explanation in a stem."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for passage in self.passages:
            counts[passage.document.id].update(set(words(passage.text)))
        found = {}
        for key, document in self.documents.items():
            often = {word for word, times in counts[key].items() if times >= _TOPIC_TIMES}
            titled = set(words(document.title))
            wanted = titled | {word for word in often if len(word) > 2}
            found[key] = frozenset(word for word in wanted if len(word) > 1 and not _NOT_A_TOPIC.search(word))
        return found

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every sentence and every item of a list."""
        found = [Statement(clause.passage, clause.text) for clause in self.clauses]
        for listing in self.listings:
            found += [Statement(listing.passage, listing.heading + entry.text) for entry in listing.entries]
        return tuple(found)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every clause that can be made a stem, with what it takes to understand it."""
        found = (said(clause, self.topics[clause.passage.document.id]) for clause in self.clauses)
        return tuple(each for each in found if each)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in order."""
        return self._passages[document_id]

    @cached_property
    def _passages(self) -> defaultdict[str, list[Passage]]:
        found: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.document.id].append(passage)
        return found

    def clauses_of(self, document_id: str) -> list[Clause]:
        """The clauses of one document."""
        return self._clauses[document_id]

    def listings_of(self, document_id: str) -> list[Listing]:
        """The listings of one document."""
        return self._listings[document_id]

    @cached_property
    def _clauses(self) -> defaultdict[str, list[Clause]]:
        found: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            found[clause.passage.document.id].append(clause)
        return found

    @cached_property
    def _listings(self) -> defaultdict[str, list[Listing]]:
        found: defaultdict[str, list[Listing]] = defaultdict(list)
        for listing in self.listings:
            found[listing.passage.document.id].append(listing)
        return found

    def saying(self, part: str) -> list[Statement]:
        """The statements that hold ``part`` word for word."""
        if part not in self._saying:
            self._saying[part] = [each for each in self.statements if stands(part, each.text)]
        return self._saying[part]

    @cached_property
    def _saying(self) -> dict[str, list[Statement]]:
        return {}

    @cached_property
    def notes(self) -> dict[str, Any]:
        """What makers have found once and want to find again."""
        return {}

    def alike(self, text: str) -> list[tuple[float, Statement]]:
        """The statements that share pairs of characters with ``text``, by Dice's coefficient, the likest first."""
        own, shared = pairs(text), Counter[int]()
        for pair in sorted(own):
            shared.update(self._holding.get(pair, ()))
        found = [
            (2 * count / (len(own) + len(pairs(self.statements[place].text))), place)
            for place, count in shared.most_common(_MOST_ALIKE)
        ]
        return [(score, self.statements[place]) for score, place in sorted(found, reverse=True)]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """By pair of characters, the places of the statements that have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, statement in enumerate(self.statements):
            for pair in pairs(statement.text):
                found[pair].append(place)
        return found

    def parallels(self, frame: str, but: str, document_id: str) -> list[Statement]:
        """What other clauses of the same document say of the matter of ``frame``: of another procedure, another case."""
        return [
            each for _, each in self.alike(frame)
            if each.passage.document.id == document_id and each.text not in but and covered(frame, each.text) >= _SAME_MATTER
        ]  # fmt: skip

    def held_elsewhere(self, frame: str, forms: Iterable[str], *, but: str) -> Statement | None:
        """A statement, other than those of ``but``, that says of ``frame`` what one of ``forms`` says: an option that is true.

        ``frame`` is the statement without the words that were asked for; ``forms`` are ways to write the option.
        """
        for form in forms:
            for statement in self.saying(form):
                if statement.text not in but and covered(frame, statement.text) >= _SAYS_THE_SAME:
                    return statement
        return None


def library(passages: Sequence[Passage]) -> Library:
    """The library of the passages of documents in force."""
    clauses: list[Clause] = []
    listings: list[Listing] = []
    for passage in passages:
        found, lists = read_clauses(passage)
        clauses += found
        listings += lists
    return Library(tuple(passages), tuple(clauses), tuple(listings))


def siblings(listing: Listing, shelf: Library) -> Iterator[tuple[Listing, Entry]]:
    """The entries of the document's other listings, those of the same article first."""
    document = listing.passage.document
    others = [each for each in shelf.listings_of(document.id) if each is not listing]
    others.sort(key=lambda each: (each.passage is not listing.passage, abs(each.start - listing.start)))
    for other in others:
        for entry in other.entries:
            yield other, entry


def whose(passage: Passage) -> str:
    """第九条 or, in a text without articles, the passage's own label."""
    return article_of(passage) or passage.label
