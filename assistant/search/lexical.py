"""BM25 over words, characters and pairs (bm25s, Lucene's variant: k1 1.5, b 0.75)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from assistant.text.tokens import features


class LexicalIndex:
    """Scores of every passage for a question; a feature that the question has twice counts twice."""

    def __init__(self, scorer: bm25s.BM25) -> None:
        self._scorer = scorer

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """The index of ``texts``, of which one at least has a feature. The same texts give the same files."""
        found = [features(text) for text in texts]
        vocabulary = {feature: number for number, feature in enumerate(sorted(set().union(*found)))}
        scorer = bm25s.BM25(backend="numpy")
        ids = [[vocabulary[feature] for feature in features_] for features_ in found]
        scorer.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(scorer)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of every passage, in the order of the texts; shape [passages]."""
        ids = self._scorer.get_tokens_ids(features(question))
        scores: NDArray[np.float32] = self._scorer.get_scores_from_ids(ids)
        return scores

    def rarity(self, features_: Sequence[str]) -> NDArray[np.float64]:
        """BM25's inverse document frequency of each feature, shape [features]; that of none for an unknown one."""
        total = self._scorer.scores["num_docs"]
        numbers = [self._number(feature) for feature in features_]
        starts = self._scorer.scores["indptr"]
        counts = np.array([0 if number < 0 else starts[number + 1] - starts[number] for number in numbers])
        rarity: NDArray[np.float64] = np.log1p((total - counts + 0.5) / (counts + 0.5))
        return rarity

    def holds(self, features_: Sequence[str], places: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Whether each of the passages at ``places`` has each feature, shape [features, places]."""
        starts, passages = self._scorer.scores["indptr"], self._scorer.scores["indices"]
        held = np.zeros((len(features_), len(places)), dtype=bool)
        for row, feature in enumerate(features_):
            number = self._number(feature)
            if number >= 0:
                column = passages[starts[number] : starts[number + 1]]  # ascending
                at = np.minimum(np.searchsorted(column, places), len(column) - 1)
                held[row] = column[at] == places
        return held

    def _number(self, feature: str) -> int:
        return int(self._scorer.vocab_dict.get(feature, -1))

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which is made."""
        self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """The index that ``save`` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))
