from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from small_models import a_static_model, a_transformer

from assistant.errors import SettingsError
from assistant.search.dense import DenseIndex, EncoderOptions, SentenceTransformerEncoder

TEXTS = ["农村低保标准", "结婚登记", "低保 标准", "无"]


def brute_force(vectors: np.ndarray, question: np.ndarray, k: int) -> list[tuple[int, float]]:
    scores = [float(vector @ question) for vector in vectors]
    return sorted(enumerate(scores), key=lambda item: (-item[1], item[0]))[:k]


@st.composite
def whole_vectors(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Vectors and a question of small whole numbers: products are exact, and equal ones frequent."""
    count, dimensions = draw(st.integers(1, 40)), draw(st.integers(1, 5))
    whole = st.integers(-2, 2).map(float)
    vectors = draw(arrays.arrays(np.float32, (count, dimensions), elements=whole))
    return vectors, draw(arrays.arrays(np.float32, (dimensions,), elements=whole))


@given(whole_vectors(), st.integers(1, 60))
def test_finds_what_brute_force_finds_ties_and_all(given_: tuple[np.ndarray, np.ndarray], k: int) -> None:
    vectors, question = given_
    assert DenseIndex.of(vectors).search(question, k) == brute_force(vectors, question, k)


def test_finds_what_brute_force_finds_among_many() -> None:
    random = np.random.default_rng(7)
    vectors = random.standard_normal((3000, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[1000:1060] = vectors[5]  # sixty equals, for a k that divides them
    for question in [*vectors[:20], -vectors[5]]:
        found, expected = DenseIndex.of(vectors).search(question, 50), brute_force(vectors, question, 50)
        assert [place for place, _ in found] == [place for place, _ in expected]
        np.testing.assert_allclose([score for _, score in found], [score for _, score in expected], atol=1e-6)


def test_saved_and_loaded(tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).standard_normal((9, 4)).astype(np.float32)
    DenseIndex.of(vectors).save(tmp_path / "向量.faiss")
    loaded = DenseIndex.load(tmp_path / "向量.faiss")
    np.testing.assert_array_equal(loaded.vectors, vectors)
    assert loaded.search(vectors[3], 9) == DenseIndex.of(vectors).search(vectors[3], 9)


@pytest.mark.parametrize("make", [a_static_model, a_transformer])
def test_a_model_folder_is_really_loaded(tmp_path: Path, make: Any) -> None:
    from sentence_transformers import SentenceTransformer

    folder = make(tmp_path / "m")
    encoder = SentenceTransformerEncoder(str(folder))
    vectors = encoder.encode(TEXTS)
    raw = SentenceTransformer(str(folder), device="cpu").encode(TEXTS)
    np.testing.assert_allclose(vectors, raw / np.linalg.norm(raw, axis=1, keepdims=True), atol=1e-5)
    assert vectors.dtype == np.float32
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]


def test_the_digest_follows_the_files(tmp_path: Path) -> None:
    folder = a_static_model(tmp_path / "m")
    before = SentenceTransformerEncoder(str(folder)).sha256
    assert SentenceTransformerEncoder(str(folder)).sha256 == before
    (folder / "tokenizer.json").write_text("{}")
    assert SentenceTransformerEncoder(str(folder)).sha256 != before


@pytest.mark.parametrize("name", ["nobody-at-all/no-such-model", "/no/such/folder", "没有的模型"])
def test_a_model_that_is_not_here(name: str) -> None:
    for use in (lambda encoder: encoder.sha256, lambda encoder: encoder.encode(["低保"])):
        with pytest.raises(SettingsError, match="encoder") as caught:
            use(SentenceTransformerEncoder(name))
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("not JSON")
    with pytest.raises(SettingsError, match="无法由 sentence-transformers 载入"):
        SentenceTransformerEncoder(str(tmp_path)).encode(["低保"])


def test_prompts_and_dimensions_reach_the_model(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    folder = a_transformer(tmp_path / "m")
    options = EncoderOptions("低保", "结婚", 8)
    encoder = SentenceTransformerEncoder(str(folder), options)
    model = SentenceTransformer(str(folder), device="cpu", truncate_dim=8)
    for vectors, prompt in ((encoder.encode_questions(TEXTS[:3]), "低保"), (encoder.encode(TEXTS[:3]), "结婚")):
        raw = model.encode([prompt + text for text in TEXTS[:3]])
        np.testing.assert_allclose(vectors, raw / np.linalg.norm(raw, axis=1, keepdims=True), atol=1e-5)
        assert vectors.shape == (3, 8)


def test_the_digest_follows_what_passages_depend_on(tmp_path: Path) -> None:
    folder = str(a_static_model(tmp_path / "m"))
    plain = SentenceTransformerEncoder(folder).sha256
    assert SentenceTransformerEncoder(folder, EncoderOptions(question_prompt="问：")).sha256 == plain
    for options in (EncoderOptions(passage_prompt="文："), EncoderOptions(dimensions=4)):
        assert SentenceTransformerEncoder(folder, options).sha256 != plain
