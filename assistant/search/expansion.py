"""How people ask for a passage, beside what it says: questions that were written for it.

Document expansion by questions (doc2query, Nogueira and others 2019), here by questions that people wrote. A passage is
near to a question if one of its own is, or if their words are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search.articles import Library, Question
from assistant.search.dense import DenseIndex, Encoder, Matrix
from assistant.search.lexical import LexicalIndex
from assistant.types import Passage

_BM25, _VECTORS, _OWNERS = "bm25", "vectors.faiss", "owners.npy"


@dataclass(frozen=True, slots=True)
class Posed:
    """A question in plain words, and the places in the index of the passages that answer it."""

    text: str
    places: tuple[int, ...]


def pose(questions: Iterable[Question], passages: Sequence[Passage], read: Callable[[str], str]) -> list[Posed]:
    """The questions that some of ``passages`` answer, each as ``read`` reads it."""
    library = Library((), passages)
    places = {passage.id: place for place, passage in enumerate(passages)}
    answered = ((question, library.passages(question)) for question in questions)
    return [
        Posed(read(question.text), tuple(places[passage.id] for passage in found))
        for question, found in answered
        if found
    ]


class Expansion:
    """The posed questions of an index's passages: their words by passage, and a vector of each."""

    def __init__(self, lexical: LexicalIndex, dense: DenseIndex, owners: NDArray[np.int64], passages: int) -> None:
        """``owners`` has a row for each passage of each question: the passage's place, the question's; by place."""
        self._lexical = lexical
        self._vectors = dense.vectors
        self._dense = dense
        self._owners = owners
        self._there, self._starts = np.unique(owners[:, 0], return_index=True)
        self._passages = passages

    @classmethod
    def of(cls, posed: Sequence[Posed], passages: int, encoder: Encoder) -> Expansion:
        """That of an index of so many ``passages``; ``posed`` are one at least, each with a passage and a word."""
        owners = sorted((place, number) for number, one in enumerate(posed) for place in one.places)
        texts = [""] * passages
        for place, number in owners:
            texts[place] += posed[number].text + "。"
        dense = DenseIndex.of(encoder.encode_questions([one.text for one in posed]))
        return cls(LexicalIndex.of(texts), dense, np.array(owners, dtype=np.int64), passages)

    @property
    def covered(self) -> Matrix:
        """1 for a passage that has a question of its own, else 0; shape [passages]."""
        covered = np.zeros(self._passages, dtype=np.float32)
        covered[self._there] = 1
        return covered

    def nearest(self, vector: Matrix) -> Matrix:
        """The cosine of ``vector`` (shape [dimensions]) and each passage's nearest question, 0 where it has none."""
        cosines = (self._vectors @ vector)[self._owners[:, 1]]
        nearest = np.zeros(self._passages, dtype=np.float32)
        nearest[self._there] = np.maximum.reduceat(cosines, self._starts)
        return nearest

    def scores(self, question: str) -> Matrix:
        """BM25 of each passage's questions taken together, shape [passages]."""
        return self._lexical.scores(question)

    def save(self, folder: Path) -> None:
        """Write the expansion into ``folder``, which is made."""
        folder.mkdir()
        self._lexical.save(folder / _BM25)
        self._dense.save(folder / _VECTORS)
        np.save(folder / _OWNERS, self._owners)

    @classmethod
    def load(cls, folder: Path, passages: int) -> Expansion:
        """The expansion that ``save`` wrote, of an index of so many ``passages``."""
        owners = np.load(folder / _OWNERS)
        return cls(LexicalIndex.load(folder / _BM25), DenseIndex.load(folder / _VECTORS), owners, passages)
