"""What people ask for a passage, against the plainest reckoning; and that a passage is found by it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import TEXTS, a_corpus

from assistant.search import static
from assistant.search.articles import Question
from assistant.search.expansion import Expansion, Posed, pose
from assistant.search.static import StaticEncoder
from assistant.search.systems import ASKED_ALIKE, Index
from assistant.search.traits import TRAITS

QUESTIONS = ("屋里穷得揭不开锅能领钱不", "证丢了咋补", "扯证要两个人都去吗", "老汉没人养归谁管", "一个月发几多")
ASKED = [name for name in TRAITS if name.startswith(("asked ", "in vain", "vain "))]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> StaticEncoder:
    folder = tmp_path_factory.mktemp("encoder")
    static.fit([*(line for lines in TEXTS.values() for line in lines), *QUESTIONS], folder, dimensions=8)
    return StaticEncoder(folder)


owners = st.lists(st.lists(st.integers(0, 9), max_size=3, unique=True), min_size=1, max_size=5).filter(any)


@given(owners, st.sampled_from(QUESTIONS))
def test_what_is_alike_is_that_of_brute_force(encoder: StaticEncoder, places: list[list[int]], asked: str) -> None:
    posed = [Posed(text, tuple(own)) for text, own in zip(QUESTIONS, places, strict=False)]
    vector = encoder.encode([asked])[0]
    alike = Expansion.of(posed, 10, encoder).alike(asked, vector)
    cosines = {one: float(encoder.encode([one.text])[0] @ vector) for one in posed}
    total = sum(math.exp(20 * cosine) for cosine in cosines.values())
    for place in range(10):
        own = [cosine for one, cosine in cosines.items() if place in one.places]
        assert alike.nearest[place] == pytest.approx(max(own, default=0), abs=1e-5)
        assert alike.share[place] == pytest.approx(sum(math.exp(20 * each) for each in own) / total, abs=1e-4)
        assert alike.about[place] == bool(own)
        assert (alike.bm25[place] > 0) <= bool(own)
    in_vain = [cosine for one, cosine in cosines.items() if not one.places]
    assert alike.in_vain == pytest.approx(max(in_vain, default=0), abs=1e-5) or max(in_vain) < 0
    assert alike.vain_share == pytest.approx(sum(math.exp(20 * each) for each in in_vain) / total, abs=1e-4)


def test_it_is_read_as_it_was_written(tmp_path: Path, encoder: StaticEncoder) -> None:
    expansion = Expansion.of(
        [Posed(QUESTIONS[0], (0, 3)), Posed(QUESTIONS[1], (9,)), Posed(QUESTIONS[4], ())], 10, encoder
    )
    expansion.save(tmp_path / "expansion")
    read = Expansion.load(tmp_path / "expansion", 10)
    vector = encoder.encode([QUESTIONS[4]])[0]
    before, after = expansion.alike(QUESTIONS[1], vector), read.alike(QUESTIONS[1], vector)
    np.testing.assert_array_equal(after.nearest, before.nearest)
    np.testing.assert_allclose(after.bm25, before.bm25)
    assert after.in_vain == before.in_vain > 0


def test_questions_are_posed_where_they_are_answered() -> None:
    _, passages = a_corpus(TEXTS)
    questions = [
        Question("婚姻登记规定", "第三条", "village", "证丢了咋补"),
        Question("婚姻登记规定", "第九条", "village", "离婚要几天"),
        Question("交通规定", "第一条", "village", "闯红灯罚几多"),
    ]
    assert pose(questions, passages, str.upper) == [Posed("证丢了咋补", (9,))]


def test_a_passage_is_found_by_what_people_ask(encoder: StaticEncoder) -> None:
    corpus = a_corpus(TEXTS)
    plain = Index.of(*corpus, encoder)
    asked = plain.expanded([Posed("老头子冇人养归边个管", (4,)), Posed("证丢了咋补", (9,))])
    question = "冇人养边个管"
    places = [one.place for one in asked.candidates(question)]
    assert 4 in places
    assert len(places) <= len(plain.candidates(question)) + 2 * ASKED_ALIKE
    traits = asked.traits(question, asked.candidates(question))
    by_name = {name: traits[:, TRAITS.index(name)] for name in ASKED}
    assert places[int(by_name["asked alike"].argmax())] == 4
    assert by_name["asked bm25"].max() == pytest.approx(1)
    assert {place for place, there in zip(places, by_name["asked about"], strict=True) if there} <= {4, 9}
    assert not by_name["in vain"].any()
    hopeless = plain.expanded([Posed("证丢了咋补", (9,)), Posed("老汉冇人养边个管", ())])
    doubtful = hopeless.traits(question, hopeless.candidates(question))
    assert (doubtful[:, TRAITS.index("in vain gap")] > 0).all()
    assert (doubtful[:, TRAITS.index("vain share")] > 0.5).all()
    bare = plain.traits(question, plain.candidates(question))
    assert not bare[:, [TRAITS.index(name) for name in ASKED]].any()
