"""The corpus folder and its tables, read from the disk."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.folder import distinct, read_folder
from assistant.ingest.split import split
from assistant.types import Document, Passage

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is in all."""


def documents_folder(folder: Path) -> Path:
    """Where a corpus folder keeps its documents: in ``documents/`` if it has one, else in itself.

    Raises ``CorpusError`` where there is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(f"没有这个文件夹：{folder}")
    inner = folder / "documents"
    return inner if inner.is_dir() else folder


def read_documents(
    folders: Sequence[Path], progress: Progress | None = None
) -> tuple[list[Document], list[tuple[str, str]]]:
    """Every document of the corpus ``folders``, and the files that could not be read, each with the reason.

    Raises ``CorpusError`` where a folder is missing.
    """
    report = progress or (lambda stage, done, total: None)
    documents: list[Document] = []
    failures: list[tuple[str, str]] = []
    for folder in folders:
        found, failed = read_folder(documents_folder(folder), lambda done, total, name: report("读入文件", done, total))
        documents += found
        failures += failed
    return distinct(documents), failures


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file, empty where there is no such file. Raises ``CorpusError`` where it cannot be read."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不懂 {path}：{error}") from error


def read_passages(folders: Sequence[Path], progress: Progress | None = None) -> list[Passage]:
    """The passages of every document of the corpus ``folders``. Raises ``CorpusError`` where one is missing."""
    documents, _ = read_documents(folders, progress)
    return [passage for document in documents for passage in split(document)]
