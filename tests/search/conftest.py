"""The small corpus and an index of it, for every test of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_corpus import TEXTS, a_corpus

from assistant.search import index
from assistant.text import tokens
from assistant.types import Document, Passage


@pytest.fixture(autouse=True)
def _plain_words() -> Iterator[None]:
    tokens.configure(())
    yield
    tokens.configure(())


@pytest.fixture
def corpus() -> tuple[list[Document], list[Passage]]:
    return a_corpus(TEXTS)


@pytest.fixture
def built(tmp_path: Path, corpus: tuple[list[Document], list[Passage]]) -> Path:
    """The folder of an index of the corpus."""
    folder = tmp_path / "index"
    index.build(*corpus, folder)
    return folder
