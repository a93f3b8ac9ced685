"""Training the second stage with LightGBM and scikit-learn, and writing it as one small file.

What it learns from must come from encoders that had not seen the questions (``evals.encoder`` trains one for each part
of the laws), or it would trust the cosines too much.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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

    trees: int = 150
    leaves: int = 12
    rate: float = 0.07
    least: int = 60  # passages in a leaf
    passages: int = 40  # of each question
    seed: int = 0


DEFAULT = Shape()
_DOUBTED = 3
"""Of each question the first so many passages show when one answers."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lessons of one part of the laws: ``ordered`` have an answer; of ``doubtful`` ones all passages may be wrong."""

    ordered: Sequence[Lesson]
    doubtful: Sequence[Lesson]


def fit(parts: Sequence[Part], shape: Shape = DEFAULT) -> dict[str, Any]:
    """The order learnt from all parts, and the probability; as JSON values.

    For the probability every other part is scored by trees that learnt from the rest, since trees are too sure of what
    they have seen.
    """
    halves = parts[::2], parts[1::2]
    rows, answers = [], []
    for own, other in (halves, halves[::-1]):
        trees = trees_of(_fit_trees(_ordered(other), shape))
        for lesson in (lesson for part in own for lesson in part.doubtful):
            scores = trees.sums(lesson.traits)
            best = np.argsort(-scores, kind="stable")[:_DOUBTED]
            rows.append(evidence(lesson.traits, scores)[best])
            answers.append(lesson.grades[best] > 0)
    weights, intercept = _fit_probability(np.concatenate(rows), np.concatenate(answers))
    return {
        "weights": dict(zip(EVIDENCE, weights, strict=True)), "intercept": intercept,
        "trees": _fit_trees(_ordered(parts), shape),
    }  # fmt: skip


def _ordered(parts: Sequence[Part]) -> list[Lesson]:
    return [lesson for part in parts for lesson in part.ordered if lesson.grades.any()]


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


def _fit_probability(rows: NDArray[np.float64], answers: NDArray[np.bool_]) -> tuple[list[float], float]:
    """Logistic regression: the weight of each piece of evidence, and the intercept."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(rows)
    regression = LogisticRegression(C=0.3, max_iter=2000).fit(scaler.transform(rows), answers)
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - weights @ scaler.mean_)
    return [float(f"{weight:.6g}") for weight in weights], intercept


def write(value: dict[str, Any], path: Path) -> None:
    """Write what ``fit`` gave, one tree a line."""
    head = {name: part for name, part in value.items() if name != "trees"}
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value["trees"])
    content = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "trees": [\n' + lines + "\n]}\n"
    path.write_text(content, encoding="utf-8")
