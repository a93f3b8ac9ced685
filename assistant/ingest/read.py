"""One file to one document: its bytes decoded or extracted, its front matter taken, its text repaired."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from assistant.errors import UnreadableFile
from assistant.ingest.columns import with_columns
from assistant.ingest.frontmatter import FrontMatter, cut
from assistant.ingest.markdown import unmarked
from assistant.ingest.metadata import read_metadata
from assistant.text.edits import compose, replay
from assistant.text.repair import repair
from assistant.types import Document, Metadata, Repair, Source

Format = Literal["txt", "md", "html", "pdf", "docx"]

FORMATS: dict[str, Format] = {
    ".txt": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
"""The endings of the files that can be read."""

_UNDATED = ("工作报告", "事实摘录")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.01
_MOST_UNKNOWN = 0.2


def read_file(path: Path, root: Path) -> Document:
    """The document in the file ``path`` of the corpus folder ``root``.

    Its id is that of its front matter, else its name; the offsets of its repairs count characters of the decoded or
    extracted text. Raises ``UnreadableFile`` with what to do about it.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableFile(f"不支持的格式 {path.suffix}，请另存为 txt、docx 或 pdf")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("打不开这个文件，请检查它是否还在、有没有读取权限") from error
    if not data.strip():
        raise UnreadableFile("这是空文件，请换一份有内容的")
    raw, encoding = _raw_text(data, kind)
    front, repairs = _repairs(raw, kind)
    text = replay(raw, repairs)
    if not re.search(r"\w", text):
        raise UnreadableFile("文件里没有正文，请换一份有内容的")
    source = Source(path.relative_to(root).as_posix(), hashlib.sha256(data).hexdigest(), encoding, kind)
    return _document(text, path.stem, front, source, repairs)


def _raw_text(data: bytes, kind: Format) -> tuple[str, str]:
    """The text of a file before repair, and its encoding or the name of what extracted it."""
    if kind == "pdf":
        from assistant.ingest.pdf import pdf_text

        return pdf_text(data), "pypdfium2"
    if kind == "docx":
        from assistant.ingest.word import word_text

        return word_text(data), "python-docx"
    text, encoding = _decoded(data)
    if kind == "html":
        from assistant.ingest.web import page_text

        return page_text(text), encoding
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    from assistant.text.decode import decode

    try:
        text, encoding = decode(data)
    except (UnicodeError, ValueError) as error:
        raise UnreadableFile("认不出这个文件的文字编码，请用记事本另存为 UTF-8") from error
    signs = len(text) or 1
    unknown = text.count("\ufffd") + sum(0xE000 <= ord(sign) <= 0xF8FF for sign in text)
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * signs or unknown > _MOST_UNKNOWN * signs:
        raise UnreadableFile("这不是文字文件，请换成 txt、docx 或 pdf")
    return text, encoding


def _repairs(raw: str, kind: Format) -> tuple[FrontMatter, tuple[Repair, ...]]:
    """The front matter of ``raw``, and all changes that make the document's text of it."""
    taken: tuple[Repair, ...] = ()
    front = FrontMatter()
    if kind in ("txt", "md"):
        taken, front = cut(raw)
    if kind == "md":
        body = sum(len(change.before) for change in taken)
        taken += tuple(replace(change, start=change.start + body) for change in unmarked(raw[body:]))
    repaired = compose(raw, taken, repair(replay(raw, taken))[1])
    return front, compose(raw, repaired, with_columns(replay(raw, repaired)))


def _document(text: str, name: str, front: FrontMatter, source: Source, repairs: Sequence[Repair]) -> Document:
    title, read = read_metadata(text, name)
    metadata = replace(read, **front.fields)
    return Document(
        id=front.id or slug(name),
        title=front.title or title,
        text=text,
        source=source,
        metadata=metadata,
        repairs=tuple(repairs),
        warnings=tuple(_warnings(metadata, repairs)),
    )


def slug(name: str) -> str:
    """A document's id from the name of its file: Chinese stays, other signs become hyphens."""
    return re.sub(r"[^\w.]+", "-", name).strip("-._").lower() or "document"


def _warnings(metadata: Metadata, repairs: Sequence[Repair]) -> list[str]:
    """What a keeper should look at. Reports have no 施行 date, and a notice that is dated holds from its date."""
    warnings = []
    if doubtful := sum(not change.certain for change in repairs):
        warnings.append(f"有 {doubtful} 处损坏未能修复")
    dated = metadata.effective or (metadata.issued and metadata.level == "规范性文件")
    if not dated and metadata.level not in _UNDATED:
        warnings.append("缺少施行日期")
    if not metadata.issuer and metadata.level not in _UNDATED:
        warnings.append("缺少发布机关")
    if not metadata.region:
        warnings.append("缺少适用地区")
    return warnings
