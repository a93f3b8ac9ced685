"""How people ask for a passage, beside what it says: questions that were written for it, and some that nothing answers.

Document expansion by questions (doc2query, Nogueira and others 2019), here by questions that people wrote. A passage is
near to a question if one of its own is, or if their words are. A question that is nearer to those in vain than to any
other is likely in vain itself: nearest neighbours tell (Cover and Hart 1967).
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

_SHARPNESS = 20.0
"""How much more a nearer question counts among those alike: e to the so many times of the cosines' difference."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A question in plain words, and the places in the index of the passages that answer it; none for one in vain."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """How people ask for what is like a question, by passage, shape [passages]; 0 for a passage without questions.

    ``about`` is 1 for a passage with questions of its own, ``nearest`` the cosine of the nearest of them, ``share`` what
    they count among all questions that are like it (0 to 1), ``bm25`` that of their words. ``in_vain`` is the cosine of the
    nearest question that nothing answers, and ``vain_share`` what those count (both 0 where there are none).
    """

    about: Matrix
    nearest: Matrix
    share: Matrix
    bm25: Matrix
    in_vain: float
    vain_share: float


def pose(
    questions: Iterable[Question], passages: Sequence[Passage], read: Callable[[str], str], in_vain: Iterable[str] = ()
) -> list[Posed]:
    """The questions that some of ``passages`` answer, each as ``read`` reads it, and behind them those ``in_vain``.

    None at all where the passages answer none: there is nothing that another could be nearer to.
    """
    library = Library((), passages)
    places = {passage.id: place for place, passage in enumerate(passages)}
    known = ((question, library.passages(question)) for question in questions)
    answered = [
        Posed(read(question.text), tuple(places[passage.id] for passage in found)) for question, found in known if found
    ]
    return [*answered, *(Posed(read(text), ()) for text in in_vain)] if answered else []


class Expansion:
    """The posed questions of an index's passages: their words by passage, and a vector of each."""

    def __init__(self, lexical: LexicalIndex, dense: DenseIndex, owners: NDArray[np.int64], passages: int) -> None:
        """``owners`` has a row for each passage of each question: the passage's place, the question's; by place.

        A question that is in no row is in vain.
        """
        self._lexical = lexical
        self._vectors = dense.vectors
        self._dense = dense
        self._owners = owners
        self._there, self._starts = np.unique(owners[:, 0], return_index=True)
        self._vain = np.setdiff1d(np.arange(len(dense.vectors)), owners[:, 1])
        self._passages = passages

    @classmethod
    def of(cls, posed: Sequence[Posed], passages: int, encoder: Encoder) -> Expansion:
        """That of an index of so many ``passages``; one of the ``posed`` at least has a passage, and each a word."""
        owners = sorted((place, number) for number, one in enumerate(posed) for place in one.places)
        texts = [""] * passages
        for place, number in owners:
            texts[place] += posed[number].text + "。"
        dense = DenseIndex.of(encoder.encode_questions([one.text for one in posed]))
        return cls(LexicalIndex.of(texts), dense, np.array(owners, dtype=np.int64), passages)

    def alike(self, question: str, vector: Matrix) -> Alike:
        """What is like a question with this ``vector``, shape [dimensions]."""
        cosines = self._vectors @ vector
        counts = np.exp(_SHARPNESS * (cosines - cosines.max()))
        counts /= counts.sum()
        vain = cosines[self._vain]
        return Alike(
            about=self._by_passage(np.ones(len(self._there))),
            nearest=self._by_passage(np.maximum.reduceat(cosines[self._owners[:, 1]], self._starts)),
            share=self._by_passage(np.add.reduceat(counts[self._owners[:, 1]], self._starts)),
            bm25=self._lexical.scores(question),
            in_vain=float(vain.max(initial=0.0)),
            vain_share=float(counts[self._vain].sum()),
        )

    def _by_passage(self, values: NDArray[np.floating]) -> Matrix:
        """``values`` of the passages with questions of their own, as one for each passage."""
        spread = np.zeros(self._passages, dtype=np.float32)
        spread[self._there] = values
        return spread

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
