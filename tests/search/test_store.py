import json
from pathlib import Path

import pytest

from assistant.search import store
from assistant.types import Document, Passage


def test_documents_and_passages_come_back_as_they_were(
    tmp_path: Path, corpus: tuple[list[Document], list[Passage]]
) -> None:
    documents, passages = corpus
    store.save(documents, passages, tmp_path)
    loaded_documents, loaded_passages = store.load(tmp_path)
    assert loaded_documents == documents
    assert all(type(document) is Document for document in loaded_documents)
    for loaded, passage in zip(loaded_passages, passages, strict=True):
        assert (loaded.id, loaded.text, loaded.heading, loaded.label, loaded.parts) == (
            (passage.id, passage.text, passage.heading, passage.label, passage.parts)
        )
        assert any(loaded.document is document for document in loaded_documents)


def test_a_text_that_is_not_the_one_indexed(tmp_path: Path, corpus: tuple[list[Document], list[Passage]]) -> None:
    store.save(*corpus, tmp_path)
    path = tmp_path / "documents.jsonl"
    path.write_text(path.read_text("utf-8").replace("731", "781"), encoding="utf-8")
    with pytest.raises(ValueError, match="低保办法"):
        store.load(tmp_path)


def test_a_passage_outside_its_document(tmp_path: Path, corpus: tuple[list[Document], list[Passage]]) -> None:
    store.save(*corpus, tmp_path)
    path = tmp_path / "passages.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0][2] = 10_000
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(ValueError, match="not inside"):
        store.load(tmp_path)
