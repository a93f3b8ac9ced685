"""Generations of an index folder: one is in force, a new one comes into force in one step, each is verified.

    FOLDER/current          which generation is in force: its name and the digest of its manifest
    FOLDER/gen-000007/      manifest.json and what it lists

A build writes beside the generation in force and then replaces ``current``, so that a reader sees the old index or the
new one and a killed build changes nothing. The generation before is kept until the next build, which also sweeps what
a killed one left.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assistant.errors import AssistantError, IndexUnusable

SCHEMA = 5
"""To be raised by whoever changes what an index holds or how a text becomes features."""

REBUILD = "请运行 assistant build 重建"
"""What every message on an unusable index ends with."""

DAMAGE = (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError)
"""What reading a damaged file may raise: in json and pydantic, numpy, FAISS, safetensors."""

_CURRENT, _MANIFEST, _LOCK = "current", "manifest.json", "build.lock"
_NAME = re.compile(r"gen-(\d{6})")
_POINTER = re.compile(rf"({_NAME.pattern}) (?P<sha256>[0-9a-f]{{64}})\n")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with; ``files`` are the digests of all the generation's other files."""

    schema: int
    corpus: dict[str, dict[str, str]]  # folder -> relative path -> sha256
    corpus_sha256: str
    dictionary_sha256: str  # empty without a dictionary
    questions_sha256: str  # empty without questions
    encoder: str
    encoder_sha256: str
    documents: int
    passages: int
    files: dict[str, str]


_MANIFESTS: TypeAdapter[Manifest] = TypeAdapter(Manifest)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that was found as it was written."""

    path: Path
    manifest: Manifest


def pointer(folder: Path) -> str:
    """What ``current`` says, nothing where there is none: it changes whenever a build comes into force."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def open_current(folder: Path) -> Generation:
    """The generation in force. Raises ``IndexUnusable`` where there is none, or a file of it is not as written."""
    if not (folder / _CURRENT).is_file():
        raise IndexUnusable(f"{folder} 里没有索引，请运行 assistant build 建立")
    match = _POINTER.fullmatch(pointer(folder))
    if match is None:
        raise IndexUnusable(f"索引 {folder} 已损坏（{_CURRENT}），{REBUILD}")
    path = folder / match[1]
    try:
        manifest = _manifest(path, match["sha256"])
        for name, digest in manifest.files.items():
            if file_sha256(path / name) != digest:
                raise ValueError(name)
    except DAMAGE as error:
        raise IndexUnusable(f"索引 {folder} 已损坏（{_culprit(error)}），{REBUILD}") from error
    return Generation(path, manifest)


def _manifest(path: Path, digest: str) -> Manifest:
    content = (path / _MANIFEST).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(_MANIFEST)
    value = json.loads(content)
    if value["schema"] != SCHEMA:
        raise IndexUnusable(f"索引 {path.parent} 是另一个版本的程序建的，{REBUILD}")
    return _MANIFESTS.validate_python(value)


def _culprit(error: Exception) -> str:
    """The file that ``error`` is about."""
    named = isinstance(error, OSError) and error.filename
    return Path(error.filename).name if named else str(error).partition("\n")[0]  # type: ignore[attr-defined]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system releases should the process be killed.

    Raises ``AssistantError`` where another process holds it.
    """
    from filelock import FileLock, Timeout  # a question does without, and so does its start

    try:
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise AssistantError(f"另一个 assistant build 正在写 {folder}，请等它结束再运行") from error


def begin(folder: Path) -> tuple[Path, Generation | None]:
    """An empty folder for a new generation, and the one in force; all others are swept. The lock is held."""
    try:
        previous = open_current(folder)
    except IndexUnusable:
        previous = None
    numbers = {path: int(match[1]) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))}
    for path in numbers:
        if previous is None or path != previous.path:
            shutil.rmtree(path)
    target = folder / f"gen-{max(numbers.values(), default=0) + 1:06d}"
    target.mkdir()
    return target, previous


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below ``folder`` by its relative path."""
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in _files(folder)}


def publish(target: Path, manifest: Manifest) -> None:
    """Put ``target`` in force: all of it on the disk first, then one replacement."""
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode("utf-8")
    (target / _MANIFEST).write_bytes(content)
    files = _files(target)
    for path in [*files, *sorted({path.parent for path in files})]:
        _flush(path)
    folder = target.parent
    replacement = folder / f"{_CURRENT}.new"
    replacement.write_text(f"{target.name} {hashlib.sha256(content).hexdigest()}\n", encoding="ascii", newline="\n")
    _flush(replacement)
    os.replace(replacement, folder / _CURRENT)
    _flush(folder)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows opens no folders, and keeps them without being asked
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
