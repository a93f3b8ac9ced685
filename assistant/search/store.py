"""Documents and passages on disk, one JSON value a line, and back: what comes back is what was put in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.types import Document, Part, Passage

_DOCUMENTS, _PASSAGES = "documents.jsonl", "passages.jsonl"
_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)


def save(documents: Sequence[Document], passages: Sequence[Passage], folder: Path) -> None:
    """Write them into ``folder``; every passage's document is one of ``documents``."""
    places = {document.id: place for place, document in enumerate(documents)}
    _write_lines(folder / _DOCUMENTS, [_document_value(document) for document in documents])
    _write_lines(folder / _PASSAGES, [_passage_value(passage, places[passage.document.id]) for passage in passages])


def load(folder: Path) -> tuple[list[Document], list[Passage]]:
    """What ``save`` wrote. Raises ``ValueError`` where a text is not the one that its digest was taken of."""
    documents = [_document(value) for value in _read_lines(folder / _DOCUMENTS)]
    return documents, [_passage(value, documents) for value in _read_lines(folder / _PASSAGES)]


def _document_value(document: Document) -> dict[str, Any]:
    return {"sha256": document.sha256, "document": _DOCUMENT.dump_python(document, mode="json")}


def _document(value: dict[str, Any]) -> Document:
    document = _DOCUMENT.validate_python(value["document"], strict=False)
    if document.sha256 != value["sha256"]:
        raise ValueError(f"document {document.id} is not the text that was indexed")
    return document


def _passage_value(passage: Passage, document: int) -> list[Any]:
    parts = [[part.start, part.end, part.label] for part in passage.parts]
    return [document, passage.start, passage.end, passage.label, passage.heading, parts]


def _passage(value: list[Any], documents: Sequence[Document]) -> Passage:
    document, start, end, label, heading, parts = value
    return Passage(documents[document], start, end, tuple(heading), label, tuple(Part(*part) for part in parts))


def _write_lines(path: Path, values: Sequence[Any]) -> None:
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8")


def _read_lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
