import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.generation import digests
from assistant.search.lexical import LexicalIndex
from assistant.text.tokens import features

TEXTS = ["农村低保标准", "城镇低保标准是每月1000元，农村低保另定", "结婚登记", "𠮷野家", "", "低保低保低保"]
SOME_TEXT = st.text("低保标准农村12 ，a", max_size=12)


def bm25(texts: Sequence[str], question: str, k1: float = 1.5, b: float = 0.75) -> list[float]:
    """BM25 as Lucene has it, straight from the formula."""
    counts = [Counter(features(text)) for text in texts]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(texts)
    scores = []
    for count, length in zip(counts, lengths, strict=True):
        score = 0.0
        for feature in features(question):
            having = sum(feature in other for other in counts)
            idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            score += idf * count[feature] / (count[feature] + k1 * (1 - b + b * length / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("question", ["农村低保标准是多少", "低保", "低保低保", "1000元", "𠮷", "天气", "？", ""])
def test_scores_are_those_of_the_formula(question: str) -> None:
    np.testing.assert_allclose(LexicalIndex.of(TEXTS).scores(question), bm25(TEXTS, question), rtol=1e-5)


@given(st.lists(SOME_TEXT, min_size=1, max_size=8).filter(lambda texts: any(map(features, texts))), SOME_TEXT)
def test_scores_of_any_texts_are_those_of_the_formula(texts: list[str], question: str) -> None:
    np.testing.assert_allclose(LexicalIndex.of(texts).scores(question), bm25(texts, question), rtol=1e-4, atol=1e-6)


def test_saved_and_loaded(tmp_path: Path) -> None:
    index = LexicalIndex.of(TEXTS)
    index.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25")
    for question in ["农村低保标准是多少", "𠮷野家", "天气"]:
        np.testing.assert_array_equal(loaded.scores(question), index.scores(question))


def test_the_same_texts_give_the_same_files(tmp_path: Path) -> None:
    for name in "ab":
        LexicalIndex.of(TEXTS).save(tmp_path / name)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_rarity_and_what_holds_a_feature() -> None:
    index = LexicalIndex.of(TEXTS)
    asked = ["低保", "农村", "结婚", "天气"]
    fields = [features(text) for text in TEXTS]
    counts = [sum(each in field for field in fields) for each in asked]
    expected = [math.log(1 + (len(TEXTS) - count + 0.5) / (count + 0.5)) for count in counts]
    np.testing.assert_allclose(index.rarity(asked), expected)
    places = np.array([5, 0, 2, 4])
    held = index.holds(asked, places)
    assert held.tolist() == [[each in fields[place] for place in places] for each in asked]
