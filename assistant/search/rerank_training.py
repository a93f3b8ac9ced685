"""Training the second stage with LightGBM, and writing it as one small file.

What it learns from must come from encoders that had not seen the questions (``evals.encoder`` trains one for each part
of the laws), or it would trust the cosines too much.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.rerank import EVIDENCE, evidence, trees_of
from assistant.search.traits import Matrix

Grades = NDArray[np.int64]


def grades(values: Sequence[int]) -> Grades:
    """How well each passage that was found answers a question, 0 to 2."""
    return np.array(values, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was found for a question: the ``traits`` of each passage, and how well it answers (0 not at all, to 2)."""

    traits: Matrix
    grades: Grades


@dataclass(frozen=True, slots=True)
class Shape:
    """How many trees, how large, and how slowly they learn; chosen on the dev cases."""

    trees: int = 300
    leaves: int = 12
    rate: float = 0.07
    least: int = 60  # passages in a leaf
    passages: int = 40  # of each question
    seed: int = 0


ORDER = Shape()
ODDS = Shape(trees=300, leaves=8, rate=0.05, least=80)
_DOUBTED = 3
"""Of each question the first so many passages show when one answers."""
_DEPRIVED, _IN_VAIN = 0.3, 4.0
"""What a question counts whose law was taken away, and one that nothing answers, beside one that is answered."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lessons of one part of the laws.

    ``here`` are on the corpus and ``everywhere`` on all articles, with an answer among what was found. ``deprived`` are on the
    corpus without the law that answers, ``in_vain`` on questions that it does not answer: these only teach to doubt.
    """

    here: Sequence[Lesson]
    everywhere: Sequence[Lesson] = ()
    deprived: Sequence[Lesson] = ()
    in_vain: Sequence[Lesson] = ()


def fit(parts: Sequence[Part], order: Shape = ORDER, odds: Shape = ODDS) -> dict[str, Any]:
    """The order learnt from all parts, and the probability; as JSON values.

    For the probability every other part is scored by trees that learnt from the rest, since trees are too sure of what
    they have seen.
    """
    halves = parts[::2], parts[1::2]
    doubted = [each for own, other in (halves, halves[::-1]) for each in _doubted(own, _fit_order(other, order))]
    return {"evidence": EVIDENCE, "order": _fit_order(parts, order), "odds": _fit_odds(doubted, odds)}


def _fit_order(parts: Sequence[Part], shape: Shape) -> list[dict[str, list[Any]]]:
    lessons = [lesson for part in parts for lesson in (*part.here, *part.everywhere) if lesson.grades.any()]
    return _fit_trees(lessons, shape)


def _doubted(parts: Sequence[Part], order: list[dict[str, list[Any]]]) -> Iterator[tuple[Matrix, Grades, float]]:
    """Of each lesson the evidence of the first passages, their grades, and what the lesson counts."""
    trees = trees_of(order)
    for part in parts:
        for lessons, weight in ((part.here, 1.0), (part.deprived, _DEPRIVED), (part.in_vain, _IN_VAIN)):
            for lesson in lessons:
                scores = trees.sums(lesson.traits)
                best = np.argsort(-scores, kind="stable")[:_DOUBTED]
                yield evidence(lesson.traits, scores)[best].astype(np.float32), lesson.grades[best], weight


def _fit_odds(doubted: Sequence[tuple[Matrix, Grades, float]], shape: Shape) -> list[dict[str, list[Any]]]:
    """Trees whose sum is the log odds of answering."""
    import lightgbm

    classifier = lightgbm.LGBMClassifier(
        n_estimators=shape.trees, num_leaves=shape.leaves, learning_rate=shape.rate, min_child_samples=shape.least,
        colsample_bytree=0.5, subsample=0.7, subsample_freq=1, reg_lambda=10.0,
        random_state=shape.seed, deterministic=True, force_row_wise=True, n_jobs=1, verbose=-1,
    )  # fmt: skip
    classifier.fit(
        np.concatenate([rows for rows, _, _ in doubted]),
        np.concatenate([grades > 0 for _, grades, _ in doubted]),
        sample_weight=np.concatenate([np.full(len(grades), weight) for _, grades, weight in doubted]),
    )
    return [_tree(tree["tree_structure"]) for tree in classifier.booster_.dump_model()["tree_info"]]


def _fit_trees(lessons: Sequence[Lesson], shape: Shape) -> list[dict[str, list[Any]]]:
    import lightgbm

    chance = np.random.default_rng(shape.seed)
    answered = [_thinned(lesson, chance, shape.passages) for lesson in lessons]
    ranker = lightgbm.LGBMRanker(
        n_estimators=shape.trees, num_leaves=shape.leaves, learning_rate=shape.rate, min_child_samples=shape.least,
        colsample_bytree=0.6, subsample=0.8, subsample_freq=1, reg_lambda=5.0, lambdarank_truncation_level=10,
        label_gain=[0, 1, 3], random_state=shape.seed, deterministic=True, force_row_wise=True, n_jobs=1, verbose=-1,
    )  # fmt: skip
    ranker.fit(
        np.concatenate([lesson.traits for lesson in answered]),
        np.concatenate([lesson.grades for lesson in answered]),
        group=[len(lesson.grades) for lesson in answered],
    )
    return [_tree(tree["tree_structure"]) for tree in ranker.booster_.dump_model()["tree_info"]]


def _thinned(lesson: Lesson, chance: np.random.Generator, passages: int) -> Lesson:
    """The lesson with what answers the question and some of the rest, by chance: choosing by rank would teach the rank."""
    order = np.argsort(chance.random(len(lesson.grades)) - lesson.grades, kind="stable")[:passages]
    return Lesson(lesson.traits[order], lesson.grades[order])


def _tree(root: dict[str, Any]) -> dict[str, list[Any]]:
    """LightGBM's nested tree as lists, a node a place; the root is first."""
    tree: dict[str, list[Any]] = {"trait": [], "threshold": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        place = len(tree["value"])
        leaf = "split_feature" not in node
        tree["trait"].append(0 if leaf else node["split_feature"])
        tree["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.7g}"))
        tree["value"].append(float(f"{node['leaf_value']:.5g}") if leaf else 0.0)
        tree["left"].append(place)
        tree["right"].append(place)
        if not leaf:
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(root)
    return tree


def write(value: dict[str, Any], path: Path) -> None:
    """Write what ``fit`` gave, one tree a line."""
    parts = [f' "evidence": {json.dumps(value["evidence"])}']
    for name in ("order", "odds"):
        lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value[name])
        parts.append(f' "{name}": [\n{lines}\n]')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
