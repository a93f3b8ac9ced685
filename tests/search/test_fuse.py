import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.fuse import Ranking, fuse, ranked

HALF = {"bm25": 0.5, "dense": 0.5}


def a_ranking(scores: list[float]) -> Ranking:
    return sorted(enumerate(scores), key=lambda item: (-item[1], item[0]))


def test_ranked_puts_the_earlier_of_equals_first_and_leaves_out_what_scores_nothing() -> None:
    scores = np.array([1, 3, 0, 3, -1, 2], dtype=np.float32)
    assert ranked(scores, 10) == [(1, 3), (3, 3), (5, 2), (0, 1)]
    assert ranked(scores, 2) == [(1, 3), (3, 3)]


def test_fused_by_hand() -> None:
    bm25 = [(7, 30.0), (2, 20.0), (5, 10.0)]  # 1, 0.5, 0
    dense = [(2, 0.9), (9, 0.8), (7, 0.4)]  # 1, 0.8, 0
    fused = fuse({"bm25": bm25, "dense": dense}, HALF)
    assert [place for place, _ in fused] == [2, 7, 9, 5]
    assert [score for _, score in fused] == pytest.approx([0.75, 0.5, 0.4, 0])


def test_weights_and_depth_are_parameters() -> None:
    rankings = {"bm25": [(1, 3.0), (2, 2.0), (3, 1.0)], "dense": [(3, 0.9), (4, 0.1)]}
    assert fuse(rankings, {"bm25": 1.0, "dense": 0.0})[0][0] == 1
    assert fuse(rankings, {"bm25": 0.0, "dense": 1.0})[0][0] == 3
    assert {place for place, _ in fuse(rankings, HALF, depth=1)} == {1, 3}
    with pytest.raises(KeyError):
        fuse(rankings, {"bm25": 1.0})


def test_equal_scores_and_a_system_that_finds_nothing() -> None:
    assert fuse({"bm25": [(4, 2.0), (8, 2.0)], "dense": []}, HALF) == [(4, 0.5), (8, 0.5)]
    assert fuse({"bm25": [], "dense": []}, HALF) == []


@given(st.lists(st.integers(1, 5).map(float), max_size=9), st.lists(st.integers(1, 5).map(float), max_size=9))
def test_order_and_membership(bm25: list[float], dense: list[float]) -> None:
    rankings = {"bm25": a_ranking(bm25), "dense": a_ranking(dense)}
    fused = fuse(rankings, HALF)
    assert fused == sorted(fused, key=lambda item: (-item[1], item[0]))
    assert sorted(place for place, _ in fused) == list(range(max(len(bm25), len(dense))))
    assert all(0 <= score <= 1 for _, score in fused)
    assert fused == fuse(dict(reversed(rankings.items())), HALF)
