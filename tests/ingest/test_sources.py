"""The original texts, where they are: every one is read and split, with as many articles as it has."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from split_invariants import check, document_of

from assistant.ingest.folder import read_folder
from assistant.ingest.metadata import read_metadata
from assistant.ingest.split import split

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "sources"
MANIFEST = SOURCES / "MANIFEST.csv"
CORPUS = ROOT / "corpus" / "documents"

UNCOUNTED = {"民法典婚姻家庭编(2020).txt": 79}
"""The manifest counts no article above 第九百九十九条."""


def entries() -> Iterator[dict[str, str]]:
    if MANIFEST.exists():
        with MANIFEST.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


@pytest.mark.skipif(not MANIFEST.exists(), reason="the original texts are not here")
@pytest.mark.parametrize("entry", list(entries()), ids=lambda entry: str(entry["file"]))
def test_an_original_keeps_its_articles_its_text_and_its_region(entry: dict[str, str]) -> None:
    path = SOURCES / entry["file"]
    text = path.read_text(encoding="utf-8")
    title, metadata = read_metadata(text, path.stem)
    document = document_of(text, title)
    passages = split(document)
    check(document, passages)
    articles = {passage.label.partition("条")[0] for passage in passages if "条" in passage.label}
    assert len(articles) == UNCOUNTED.get(path.name, int(entry["numbered_articles"]))
    assert metadata.region == entry["region"]
    if "superseded" in entry["status_note"]:
        assert metadata.status == "已失效"


@pytest.mark.skipif(not CORPUS.exists(), reason="there is no corpus yet")
def test_every_document_of_the_corpus_is_read_and_split() -> None:
    documents, failures = read_folder(CORPUS)
    assert failures == []
    assert documents
    for document in documents:
        check(document, split(document))
