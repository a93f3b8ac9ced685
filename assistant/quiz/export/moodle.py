"""Moodle's question XML: one category of questions, each under its item's id (idnumber).

单选 and 多选 are ``multichoice``, 判断 ``truefalse``, 填空 of one blank ``shortanswer`` and of several ``cloze``, 简答
``essay`` with the marking points for the grader. The elements are those of Moodle's own export (qformat_xml).
"""

from __future__ import annotations

import html
import re

from lxml import etree

from assistant.quiz.export.text import feedback_of, writable
from assistant.quiz.paper import Paper, Question
from assistant.quiz.types import BLANK, Item

_CLOZE_CONTROL = re.compile(r"[\\~=#}/\"]")


def moodle(paper: Paper) -> bytes:
    """The questions of a paper in the category of its name."""
    quiz = etree.Element("quiz")
    category = etree.SubElement(quiz, "question", type="category")
    # A slash would divide the category; Moodle writes it twice.
    _text(etree.SubElement(category, "category"), f"$course$/top/{paper.name.replace('/', '//')}")
    for question in paper.questions:
        quiz.append(_question(question))
    data: bytes = etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _question(question: Question) -> etree._Element:
    item = question.item
    kind = {"单选": "multichoice", "多选": "multichoice", "判断": "truefalse", "简答": "essay"}.get(item.type)
    kind = kind or ("cloze" if len(item.answers) > 1 else "shortanswer")
    element = etree.Element("question", type=kind)
    _text(etree.SubElement(element, "name"), f"{question.number:03d} {' '.join(item.stem.split())[:60]}")
    _formatted(element, "questiontext", _cloze(item) if kind == "cloze" else _html(item.stem))
    _formatted(element, "generalfeedback", _html(feedback_of(item)))
    _plain(element, "defaultgrade", f"{question.marks:g}")
    _plain(element, "penalty", "0")
    _plain(element, "hidden", "0")
    _plain(element, "idnumber", item.id)
    {"multichoice": _choices, "truefalse": _truth, "shortanswer": _short, "essay": _essay}.get(kind, _nothing)(
        element, item
    )
    tags = etree.SubElement(element, "tags")
    for tag in dict.fromkeys((item.type, item.kind, *item.tags)):
        _text(etree.SubElement(tags, "tag"), tag)
    return element


def _nothing(_element: etree._Element, _item: Item) -> None:
    """A cloze question holds its answers in its text."""


def _choices(element: etree._Element, item: Item) -> None:
    _plain(element, "single", "true" if item.type == "单选" else "false")
    _plain(element, "shuffleanswers", "true")
    _plain(element, "answernumbering", "ABCD")
    for place, option in enumerate(item.options):
        share = 100 / len(item.key) if place in item.key else (0 if item.type == "单选" else -100)
        why = item.why_wrong[place] if item.why_wrong else ""
        _answer(element, share, _html(option), why)


def _truth(element: etree._Element, item: Item) -> None:
    for place, word in enumerate(("true", "false")):
        why = item.why_wrong[place] if item.why_wrong else ""
        _answer(element, 100 if place in item.key else 0, word, why, form="moodle_auto_format")


def _short(element: etree._Element, item: Item) -> None:
    _plain(element, "usecase", "0")
    for one in _ways(item.answers[0]):
        _answer(element, 100, one.replace("*", "\\*"), "", form="moodle_auto_format")


def _essay(element: etree._Element, item: Item) -> None:
    _plain(element, "responseformat", "editor")
    _plain(element, "responserequired", "1")
    _plain(element, "responsefieldlines", "10")
    _plain(element, "attachments", "0")
    points = "".join(f"<li>{_html(point)}</li>" for point in item.answers)
    _formatted(element, "graderinfo", f"<ol>{points}</ol>")


def _cloze(item: Item) -> str:
    """The stem with every blank as ``{1:SHORTANSWER:=60~=六十}``."""
    pieces = _html(item.stem).replace("{", "&#123;").split(BLANK)
    blanks = [
        "{1:SHORTANSWER:="
        + "~=".join(_CLOZE_CONTROL.sub(lambda c: "\\" + c[0], one) for one in _ways(_html(answer)))
        + "}"
        for answer in item.answers
    ]
    return "".join(piece + blank for piece, blank in zip(pieces, [*blanks, ""], strict=True))


def _ways(answer: str) -> list[str]:
    return [one.strip() for one in answer.split("|") if one.strip()]


def _answer(element: etree._Element, share: float, text: str, why: str, form: str = "html") -> None:
    fraction = f"{share:.5f}".rstrip("0").rstrip(".")
    answer = etree.SubElement(element, "answer", fraction=fraction, format=form)
    etree.SubElement(answer, "text").text = writable(text)
    _formatted(answer, "feedback", _html(why))


def _formatted(element: etree._Element, name: str, markup: str) -> None:
    etree.SubElement(etree.SubElement(element, name, format="html"), "text").text = writable(markup)


def _plain(element: etree._Element, name: str, text: str) -> None:
    etree.SubElement(element, name).text = text


def _text(element: etree._Element, text: str) -> None:
    etree.SubElement(element, "text").text = writable(text)


def _html(text: str) -> str:
    """The text as HTML."""
    return html.escape(writable(text), quote=False).replace("\n", "<br>")
