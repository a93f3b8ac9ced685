"""The second stage: from traits of what was found to an order, and to a probability that a passage answers the question.

The order is by a sum of small decision trees (LambdaMART, Burges 2010), the probability by a sum of others over that
order and the traits (gradient boosting for the log odds, Friedman 2001). Both are plain numbers in one JSON file;
``rerank_training`` writes it, and what serves needs nothing but numpy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.traits import TRAITS

Matrix = NDArray[np.float32]

FILE = "reranker.json"
"""Its place in the folder of the encoder whose cosines it was trained on."""

EVIDENCE = ("score", "lead", *TRAITS)
"""What the probability is made of: the score, its lead over the best other passage, and all traits."""

_NAMED, _SURE = 10.0, 0.9
"""For a passage that the question names: more than the trees ever give, and the least confidence if it is in force."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees side by side, each array of shape [trees, nodes]; a leaf is its own child on both sides.

    At a node, what has a trait of at most ``threshold`` goes ``left``. No path is longer than ``depth``.
    """

    trait: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    depth: int

    def sums(self, traits: NDArray[np.floating]) -> NDArray[np.float64]:
        """The sum of all trees for each row of ``traits``, shape [rows]."""
        trees = np.arange(len(self.trait))[None, :]
        rows = np.arange(len(traits))[:, None]
        nodes = np.zeros((len(traits), len(self.trait)), dtype=np.int64)
        values = traits.astype(np.float64)
        for _ in range(self.depth):
            goes_left = values[rows, self.trait[trees, nodes]] <= self.threshold[trees, nodes]
            nodes = np.where(goes_left, self.left[trees, nodes], self.right[trees, nodes])
        sums: NDArray[np.float64] = self.value[trees, nodes].sum(axis=1)
        return sums


@dataclass(frozen=True, slots=True)
class Reranker:
    """Scores that order passages, by trees over ``TRAITS``, and probabilities, by trees over ``EVIDENCE``."""

    order: Trees
    odds: Trees

    def scores(self, traits: Matrix) -> NDArray[np.float64]:
        """Higher is better, comparable within one question only; shape [passages].

        An article that the question names, by law and number, is what it asks for: no tree has to learn that.
        """
        return self.order.sums(traits) + _NAMED * _named(traits)

    def confidences(self, traits: Matrix, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each passage that it answers the question, 0 to 1, shape [passages]; high for a named article in force."""
        confidences: NDArray[np.float64] = 1 / (1 + np.exp(-self.odds.sums(evidence(traits, scores))))
        sure = _named(traits) & (traits[:, TRAITS.index("in force")] == 1)
        return np.where(sure, np.maximum(confidences, _SURE), confidences)


def _named(traits: Matrix) -> NDArray[np.bool_]:
    """Whether the question names the passage's law and its number."""
    named: NDArray[np.bool_] = (traits[:, TRAITS.index("number")] == 1) & (traits[:, TRAITS.index("law")] == 1)
    return named


def evidence(traits: Matrix, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the probability is made of, shape [passages, len(EVIDENCE)]."""
    best, second = np.sort(np.append(scores, [-np.inf, scores.min() - 1]))[::-1][:2]
    lead = np.where(scores == best, best - second, scores - best)
    return np.column_stack([scores, np.clip(lead, -5, 5), traits])


def load(path: Path) -> Reranker | None:
    """The reranker of a file that ``dump`` made, ``None`` where there is no file.

    Raises ``ValueError``, ``KeyError`` or ``TypeError`` where it is damaged or made for other traits.
    """
    if not path.is_file():
        return None
    value = json.loads(path.read_text("utf-8"))
    if list(value["evidence"]) != list(EVIDENCE):
        raise ValueError(f"{path.name} is for other traits")
    return reranker_of(value)


def reranker_of(value: dict[str, Any]) -> Reranker:
    """The reranker of JSON values: the trees of the ``order`` and of the ``odds``, and what their ``evidence`` is."""
    return Reranker(trees_of(value["order"]), trees_of(value["odds"]))


def trees_of(trees: list[dict[str, list[Any]]]) -> Trees:
    """Trees of JSON values, each with lists of the same length; the root is first."""
    size = max(len(tree["value"]) for tree in trees)

    def padded(name: str, kind: type) -> NDArray[Any]:
        return np.array([[*tree[name], *[0] * (size - len(tree[name]))] for tree in trees], dtype=kind)

    depth = max(_depth(tree) for tree in trees)
    return Trees(
        padded("trait", np.int64), padded("threshold", np.float64), padded("left", np.int64),
        padded("right", np.int64), padded("value", np.float64), depth,
    )  # fmt: skip


def _depth(tree: dict[str, list[Any]], node: int = 0) -> int:
    children = {tree["left"][node], tree["right"][node]} - {node}
    return 1 + max(_depth(tree, child) for child in children) if children else 0
