"""Papers as files: ``export(paper, format)`` with a format of ``FORMATS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from assistant.errors import QuizError
from assistant.quiz.paper import Paper


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name for people, the ending of its files, its media type, and what writes it."""

    label: str
    suffix: str
    media_type: str
    write: Callable[[Paper], bytes]


def export(paper: Paper, format: str) -> bytes:
    """The paper as a file of one of ``FORMATS``. Raises ``QuizError`` for a format that is none of them."""
    if format not in FORMATS:
        raise QuizError(f"没有 {format} 这种格式；可以用：{'、'.join(FORMATS)}")
    return FORMATS[format].write(paper)


def _printed(writer: str, *parts: str) -> Callable[[Paper], bytes]:
    """What sets handouts of a paper with ``word`` or ``pdf``; the libraries are loaded when they are first needed."""

    def write(paper: Paper) -> bytes:
        from assistant.quiz.export import handout

        make = {"paper": handout.paper_handout, "sheet": handout.sheet_handout, "key": handout.key_handout}
        draw = getattr(import_module(f"assistant.quiz.export.{writer}"), writer)
        data: bytes = draw([make[part](paper) for part in parts], handout.one_line(paper.name))
        return data

    return write


def _written(module: str) -> Callable[[Paper], bytes]:
    def write(paper: Paper) -> bytes:
        data = getattr(import_module(f"assistant.quiz.export.{module}"), module)(paper)
        return data.encode("utf-8") if isinstance(data, str) else bytes(data)

    return write


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
_ALL = ("paper", "sheet", "key")

FORMATS: dict[str, Format] = {
    "docx": Format("Word：试卷、答题纸、答案", ".docx", _DOCX, _printed("word", *_ALL)),
    "docx-paper": Format("Word：试卷", ".docx", _DOCX, _printed("word", "paper")),
    "docx-sheet": Format("Word：答题纸", ".docx", _DOCX, _printed("word", "sheet")),
    "docx-key": Format("Word：答案及依据", ".docx", _DOCX, _printed("word", "key")),
    "pdf": Format("PDF：试卷、答题纸、答案", ".pdf", _PDF, _printed("pdf", *_ALL)),
    "pdf-paper": Format("PDF：试卷", ".pdf", _PDF, _printed("pdf", "paper")),
    "pdf-sheet": Format("PDF：答题纸", ".pdf", _PDF, _printed("pdf", "sheet")),
    "pdf-key": Format("PDF：答案及依据", ".pdf", _PDF, _printed("pdf", "key")),
    "xlsx": Format("Excel 表格", ".xlsx", _XLSX, _written("excel")),
    "gift": Format("GIFT（Moodle 文本）", ".gift.txt", "text/plain; charset=utf-8", _written("gift")),
    "moodle": Format("Moodle XML", ".moodle.xml", "application/xml", _written("moodle")),
    "qti": Format("QTI 2.1", ".qti.zip", "application/zip", _written("qti")),
    "anki": Format("Anki 卡片", ".apkg", "application/octet-stream", _written("anki")),
}
"""Every kind of file that a paper can become, by the name it is asked for."""
