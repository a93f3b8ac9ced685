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

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which is made."""
        self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """The index that ``save`` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))
