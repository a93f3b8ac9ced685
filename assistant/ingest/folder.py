"""All documents of a corpus folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ingest.read import FORMATS, read_file
from assistant.types import Document

Progress = Callable[[int, int, str], None]
"""Called before each file with how many are done, how many there are, and the file's path in its folder."""

_MEANT = {".doc", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".epub", ".mht", ".caj"}


def read_folder(folder: Path, progress: Progress | None = None) -> tuple[list[Document], list[tuple[str, str]]]:
    """The documents of ``folder`` and its folders in the order of their paths, and what could not be read and why.

    Hidden files and README files are passed over, and so are files that are no documents (.csv, .toml, pictures …); an
    office file of a kind that cannot be read (.doc, .wps, .xls …) is among the failures, since somebody put it there to
    be read. One bad file never stops the rest. Two documents with the same id: the second gets a suffix and both a
    warning. A folder that cannot be opened is a failure too; folders reached by a link are read once.
    """
    failures: list[tuple[str, str]] = []
    paths = list(_paths(folder, failures))
    documents = []
    for done, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        if progress:
            progress(done, len(paths), name)
        try:
            documents.append(read_file(path, folder))
        except UnreadableFile as error:
            failures.append((name, str(error)))
        except Exception as error:
            failures.append((name, f"读取时出错（{type(error).__name__}），请另存为 txt 或 docx 再试"))
    return distinct(documents), sorted(failures)


def _paths(folder: Path, failures: list[tuple[str, str]]) -> Iterator[Path]:
    """Every file to be read, sorted; each real folder is walked once, so that links cannot lead in a circle."""

    def unreadable(error: OSError) -> None:
        place = Path(error.filename or folder)
        name = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else str(place)
        failures.append((name, "打不开这个文件夹，请检查有没有读取权限"))

    found: list[Path] = []
    walked: set[str] = set()
    for place, folders, files in os.walk(folder, onerror=unreadable, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if real in walked:
            folders.clear()
            continue
        walked.add(real)
        found += [Path(place, name) for name in files if _is_meant(name)]
    yield from sorted(found)


def _is_meant(name: str) -> bool:
    ending = Path(name).suffix.lower()
    passed_over = name.startswith((".", "~$")) or Path(name).stem.lower() == "readme"
    return not passed_over and (ending in FORMATS or ending in _MEANT)


def distinct(documents: Sequence[Document]) -> list[Document]:
    """``documents`` with ids that differ: a repeated id gets -2, -3 … and all that shared it get a warning."""
    counts: dict[str, int] = {}
    for document in documents:
        counts[document.id] = counts.get(document.id, 0) + 1
    taken = set(counts)
    seen: set[str] = set()
    told = []
    for document in documents:
        name, number = document.id, 2
        while name in seen:
            name = f"{document.id}-{number}"
            number += 1
            name = document.id if name in taken else name
        seen.add(name)
        shared = (f"另有文件的编号也是 {document.id}",) if counts[document.id] > 1 else ()
        told.append(replace(document, id=name, warnings=document.warnings + shared))
    return told
