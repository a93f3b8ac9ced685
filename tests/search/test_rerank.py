"""The second stage: what was learnt is what is served, and an index with it orders by it."""

from __future__ import annotations

import json
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.search import index, rerank, rerank_training, static
from assistant.search.rerank import reranker_of
from assistant.search.rerank_training import Lesson, Part, Shape, fit, grades, write
from assistant.search.traits import TRAITS
from assistant.types import Document, Passage

SMALL = Shape(trees=15, leaves=5, least=3)
SMALL_ODDS = Shape(trees=60, leaves=5, least=3, rate=0.2)
COSINE = TRAITS.index("cosine")


def lessons(count: int, seed: int, *, answered: bool = True) -> list[Lesson]:
    """Where the passage of the highest cosine answers; unanswered ones have low cosines only."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        traits = random.random((12, len(TRAITS))).astype(np.float32)
        traits[:, COSINE] *= 1 if answered else 0.4
        right = np.zeros(12, dtype=int)
        if answered:
            traits[int(traits[:, COSINE].argmax()), COSINE] += 0.2
            right[int(traits[:, COSINE].argmax())] = 2
        made.append(Lesson(traits, grades(right.tolist())))
    return made


@pytest.fixture(scope="module")
def learnt() -> dict[str, object]:
    parts = [(lessons(60, seed), lessons(30, seed + 100, answered=False)) for seed in (1, 2)]
    return fit([Part(here, in_vain=in_vain) for here, in_vain in parts], SMALL, SMALL_ODDS)


def test_it_learns_what_answers_and_when_nothing_does(learnt: dict[str, object]) -> None:
    reranker = reranker_of(learnt)
    found = [reranker.scores(one.traits).argmax() == one.grades.argmax() for one in lessons(60, 3)]
    assert np.mean(found) > 0.8

    def best(one: Lesson) -> float:
        scores = reranker.scores(one.traits)
        return float(reranker.confidences(one.traits, scores)[scores.argmax()])

    sure = [best(one) for one in lessons(60, 3)]
    unsure = [best(one) for one in lessons(60, 4, answered=False)]
    assert np.median(sure) > 0.8
    assert np.median(unsure) < 0.2
    assert all(0 <= value <= 1 for value in sure + unsure)


def test_the_trees_are_those_of_lightgbm() -> None:
    random = np.random.default_rng(0)
    traits = random.random((400, len(TRAITS))).astype(np.float32)
    target = traits[:, 0] + (traits[:, 1] > 0.5) * traits[:, 2]
    model = lightgbm.LGBMRegressor(n_estimators=20, num_leaves=9, min_child_samples=5, verbose=-1).fit(traits, target)
    dumped = [rerank_training._tree(tree["tree_structure"]) for tree in model.booster_.dump_model()["tree_info"]]
    trees = rerank.trees_of(dumped)
    np.testing.assert_allclose(trees.sums(traits), model.predict(traits), atol=1e-3)


def test_written_and_loaded(learnt: dict[str, object], tmp_path: Path) -> None:
    write(learnt, tmp_path / rerank.FILE)
    loaded, ours = rerank.load(tmp_path / rerank.FILE), reranker_of(learnt)
    assert loaded is not None
    traits = lessons(1, 5)[0].traits
    np.testing.assert_array_equal(loaded.scores(traits), ours.scores(traits))
    scores = ours.scores(traits)
    np.testing.assert_array_equal(loaded.confidences(traits, scores), ours.confidences(traits, scores))
    assert rerank.load(tmp_path / "none.json") is None


def test_one_made_for_other_traits_is_refused(learnt: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps({**learnt, "evidence": ["cosine"]}), encoding="utf-8")
    with pytest.raises(ValueError, match="other traits"):
        rerank.load(tmp_path / "r.json")


def test_an_article_that_is_named_comes_first(learnt: dict[str, object]) -> None:
    traits = lessons(1, 6)[0].traits
    reranker = reranker_of(learnt)
    last = int(reranker.scores(traits).argmin())
    traits[:, [TRAITS.index("number"), TRAITS.index("law")]] = [-1, 1]
    traits[last, TRAITS.index("number")] = 1
    assert reranker.scores(traits).argmax() == last
    for in_force in (1, 0):
        traits[:, TRAITS.index("in force")] = in_force
        confidences = reranker.confidences(traits, reranker.scores(traits))
        assert not in_force or confidences[last] >= 0.9


def test_the_lead_is_over_the_best_other() -> None:
    traits = np.zeros((3, len(TRAITS)), dtype=np.float32)
    np.testing.assert_allclose(rerank.evidence(traits, np.array([3.0, 1.0, 2.5]))[:, 1], [0.5, -2.0, -0.5])
    assert rerank.evidence(traits[:1], np.array([3.0]))[0, 1] == 1


def test_an_index_serves_the_order_of_its_second_stage(
    learnt: dict[str, object], tmp_path: Path, corpus: tuple[list[Document], list[Passage]]
) -> None:
    static.fit([passage.text for passage in corpus[1]], tmp_path / "model", dimensions=16)
    plain = str(tmp_path / "model")
    index.build(*corpus, tmp_path / "index", encoder=plain)
    without = index.load(tmp_path / "index").search("农村低保标准", 5, "reranked")
    assert without == [] or all(hit.confidence is None for hit in without)
    write(learnt, tmp_path / "model" / rerank.FILE)
    loaded = index.load(tmp_path / "index", encoder=plain)
    hits = loaded.search("农村低保标准", 5, "reranked")
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == 1
    assert all(hit.confidence is not None and 0 <= hit.confidence <= 1 for hit in hits)
    assert loaded.search("xyz？", 5, "reranked") == []
    (tmp_path / "model" / rerank.FILE).write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError, match="reranker"):
        index.load(tmp_path / "index", encoder=plain)
    off = index.load(tmp_path / "index", encoder=plain, reranker="none").search("农村低保标准", 5, "reranked")
    fused = loaded.search("农村低保标准", 5)
    assert [(hit.passage.id, hit.score) for hit in off] == [(hit.passage.id, hit.score) for hit in fused]
