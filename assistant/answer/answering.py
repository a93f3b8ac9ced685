"""How a question that stands alone is answered, by the rules of one day: computed, compared, of then, or as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer.arithmetic import calculated, is_stated, operands, withheld
from assistant.answer.comparison import comparison, together
from assistant.answer.compose import compose
from assistant.answer.computation import Computation, computation
from assistant.answer.evidence import evidence
from assistant.answer.gate import gate
from assistant.answer.question import Question, understand
from assistant.answer.shelf import Shelf
from assistant.answer.terms import over_rule
from assistant.answer.validity import IN_FORCE, validity
from assistant.answer.versions import (
    Judge,
    corresponding,
    lapsed_notice,
    revision_meant,
    revisions,
    set_in_the_past,
    then_and_now,
    version_meant,
)
from assistant.text.normalize import normalize
from assistant.types import Answer, Document, Hit

_DEEP = 300
"""How far the search is read for what one document says, which others may outdo."""
_FEW = 12
"""How many of its passages may answer."""


Search = Callable[[str, int, str], list[Hit]]
"""Finds for a question so many passages, the best first; the document with the id that is named last counts as holding."""


@dataclass(frozen=True)
class Answering:
    """What it takes to answer by the rules of ``day``: the shelf, every document by its id, and the search."""

    shelf: Shelf
    documents: Mapping[str, Document]
    search: Search
    day: date
    top_k: int
    least_confidence: float

    def first_answered(self, readings: Sequence[str]) -> tuple[str, Answer]:
        """The first of the readings that can be answered, with its answer; where none can, the first with its refusal."""
        answers = [(readings[0], self.answer(readings[0]))]
        for reading in readings[1:]:
            if answers[-1][1].answered:
                break
            answers.append((reading, self.answer(reading)))
        return answers[-1] if answers[-1][1].answered else answers[0]

    def answer(self, question: str) -> Answer:
        """The answer to a question that stands alone: a result computed, one that compares answered for each side."""
        said, lexicon, places = normalize(question), self.shelf.lexicon, self.shelf.places
        asked = computation(said, lexicon, places)
        plain = self._plainly(question)
        if result := over_rule(said, self._plainly, plain, self.shelf.amounts):
            return gate(result)
        if asked and (result := self._computed(asked, plain)):
            return result
        if len(plain.figures) > 1:
            return plain
        versions = self._then_and_now(said)
        if not versions and (past := self._then(said, plain)):
            return past
        answers = versions or [self._plainly(side) for side in comparison(said, lexicon, places)]
        return (together(question, answers) if len(answers) > 1 else None) or plain

    def _computed(self, asked: Computation, plain: Answer) -> Answer | None:
        """The result, or a refusal where ``plain`` would give an operand for it; ``None`` where ``plain`` stands."""
        if is_stated(asked, plain):
            return None
        places = self.shelf.places
        sides = [operands(each, self._plainly, places, unit=asked.unit, least=asked.least) for each in asked.sides]
        result = calculated(asked, sides, places)
        shown = gate(result) if result else None
        return shown if shown and shown.calculations else withheld(asked, sides, plain)

    def _then(self, question: str, plain: Answer) -> Answer | None:
        """What the rule said in the past in which a question is set, marked as lapsed; nothing for any other question, nor
        for a figure of a year."""
        past = set_in_the_past(question)
        if past is None or any(figure.period for figure in plain.figures):
            return None
        found = self._judge(self._understood(past.asked))(self.search(past.asked, self.top_k, ""))
        old = version_meant(past, self.documents, found, self.day)
        if old is None:
            return None
        new = next((each.new for each in revisions(self.documents) if each.old is old), None)
        answer = self._of_versions(old, new, past.asked)[0]
        return answer if answer.answered else None

    def _then_and_now(self, question: str) -> list[Answer]:
        """What a rule says and what the one said that it replaced, the old one first and marked as lapsed; nothing for a
        question that does not set the two against each other."""
        asked = then_and_now(question, self.shelf.lexicon, self.shelf.places)
        if asked is None:
            return []
        hits = self.search(asked, self.top_k, "")
        meant = revision_meant(self.shelf.lexicon.official(normalize(question)), revisions(self.documents), hits)
        if meant is None or validity(meant.new, self.day) != IN_FORCE:
            return []
        return self._of_versions(meant.old, meant.new, asked)

    def _of_versions(self, old: Document, new: Document | None, question: str) -> list[Answer]:
        """What an old version answers, marked as lapsed, and what the new one does: where they can, from articles that
        correspond to each other."""
        asked = self._understood(question)
        versions = [old, new] if new else [old]
        sides: Sequence[Sequence[Hit]] = [self._hits_in(each, question) for each in versions]
        if new:
            sides = corresponding((sides[0], sides[1]), self._judge(asked))
        answers = [
            compose(replace(asked, titles=(each.id,)), hits, self.shelf, self.day, self.least_confidence)
            for each, hits in zip(versions, sides, strict=True)
        ]
        return [replace(answers[0], notices=(*answers[0].notices, lapsed_notice(old))), *answers[1:]]

    def _judge(self, asked: Question) -> Judge:
        """Orders hits by how well they answer a question."""
        return lambda hits: evidence(asked, hits, self.shelf.speller, self.shelf.weights)

    def _hits_in(self, document: Document, question: str) -> list[Hit]:
        """The best hits in one document, whether or not it holds, the first with a score of 1."""
        found = self.search(question, _DEEP, document.id)
        hits = [hit for hit in found if hit.passage.document is document][:_FEW]
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        return [replace(hit, score=hit.score / top) for hit in hits]

    def _plainly(self, question: str) -> Answer:
        asked = self._understood(question)
        hits = self.search(question, self.top_k, "")
        return compose(asked, hits, self.shelf, self.day, self.least_confidence)

    def _understood(self, question: str) -> Question:
        return understand(question, self.shelf.lexicon, self.shelf.places, self.day)
