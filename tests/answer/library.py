"""A small library of our own that questions are put to, from the words asked to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answer.compose import compose
from assistant.answer.question import understand
from assistant.answer.shelf import shelf
from assistant.search.fuse import ranked
from assistant.search.lexical import LexicalIndex
from assistant.types import Answer, Hit
from tests.making import document, lexicon, passages, places

TODAY = date(2026, 11, 23)
_NEAR = 20


class Library:
    """Documents as written in a case file (id, title, text, known), and what they answer."""

    def __init__(self, documents: Sequence[dict[str, Any]]) -> None:
        self.passages = passages(
            *(document(each["text"], id=each["id"], title=each["title"], **each["known"]) for each in documents)
        )
        self.shelf = shelf(self.passages, lexicon(), places())
        self._index = LexicalIndex.of([f"{each.document.title}。{each.text}" for each in self.passages])

    def ask(self, text: str, today: date = TODAY) -> Answer:
        question = understand(text, self.shelf.lexicon, self.shelf.places, today)
        scores = self._index.scores(f"{text} {question.official}")
        # Vectors are not tested here: what shares many rare words counts as near.
        hits = [
            Hit(self.passages[place], score, rank, min(0.9, score / _NEAR))
            for rank, (place, score) in enumerate(ranked(scores, 50), start=1)
        ]
        return compose(question, hits, self.shelf, today, least_confidence=0.2)
