"""A cross-encoder as the last stage, with a small one made on the spot."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_models import a_cross_encoder

from assistant.errors import SettingsError
from assistant.search import index
from assistant.search.cross import CrossEncoderReranker
from assistant.types import Document, Hit, Passage

Corpus = tuple[list[Document], list[Passage]]


def test_the_first_hits_are_put_in_the_models_order(tmp_path: Path, corpus: Corpus) -> None:
    from sentence_transformers import CrossEncoder

    folder = a_cross_encoder(tmp_path / "cross")
    hits = [Hit(passage, 1 / rank, rank) for rank, passage in enumerate(corpus[1], start=1)]
    ordered = CrossEncoderReranker(str(folder)).order("农村低保标准", hits, lambda passage: passage.text, 4)
    pairs = [("农村低保标准", hit.passage.text) for hit in hits[:4]]
    raw = dict(zip([hit.passage.id for hit in hits[:4]], CrossEncoder(str(folder)).predict(pairs), strict=True))
    assert [hit.passage.id for hit in ordered[:4]] == sorted(raw, key=lambda name: -raw[name])
    assert [hit.passage for hit in ordered[4:]] == [hit.passage for hit in hits[4:]]
    assert [hit.rank for hit in ordered] == list(range(1, len(hits) + 1))
    for hit in ordered[:4]:
        assert hit.confidence == pytest.approx(raw[hit.passage.id], abs=1e-5)
    assert CrossEncoderReranker(str(folder)).order("低保", [], lambda passage: passage.text, 4) == []


def test_an_index_uses_the_one_that_the_settings_name(tmp_path: Path, built: Path) -> None:
    folder = a_cross_encoder(tmp_path / "cross")
    hits = index.load(built, reranker=str(folder)).search("农村低保标准", 3, "reranked")
    assert len(hits) == 3
    assert all(hit.confidence is not None for hit in hits)


@pytest.mark.parametrize("name", ["没有的模型", "nobody-at-all/no-such-model"])
def test_a_model_that_is_not_here(built: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="reranker"):
        index.load(built, reranker=name).search("农村低保标准", 3, "reranked")


def test_a_folder_that_holds_no_model(tmp_path: Path, built: Path) -> None:
    (tmp_path / "m").mkdir()
    with pytest.raises(SettingsError, match="无法由 sentence-transformers 载入"):
        index.load(built, reranker=str(tmp_path / "m")).search("农村低保标准", 3, "reranked")
