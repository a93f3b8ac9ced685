"""Moodle XML read back with lxml, element by element as Moodle's own importer takes them."""

from __future__ import annotations

import html
import re

from exam_papers import item, paper, papers, pool
from hypothesis import given, settings
from lxml import etree

from assistant.quiz.export import export
from assistant.quiz.export.text import feedback_of, writable
from assistant.quiz.paper import Paper, Question
from assistant.quiz.types import BLANK

KINDS = {"单选": "multichoice", "多选": "multichoice", "判断": "truefalse", "简答": "essay"}
FIELD = re.compile(r"\{1:SHORTANSWER:((?:\\.|[^\\}])*)\}", re.DOTALL)


def seen(markup: str | None) -> str:
    """HTML as its reader sees it."""
    return html.unescape((markup or "").replace("<br>", "\n"))


def compare(made: Paper) -> None:
    root = etree.fromstring(export(made, "moodle"))
    category, *questions = root.findall("question")
    assert category.findtext("category/text") == "$course$/top/" + writable(made.name).replace("/", "//")
    assert len(questions) == len(made.questions)
    for question, element in zip(made.questions, questions, strict=True):
        compare_question(question, element)


def compare_question(question: Question, element: etree._Element) -> None:
    given_item = question.item
    several = given_item.type == "填空" and len(given_item.answers) > 1
    assert element.get("type") == KINDS.get(given_item.type, "cloze" if several else "shortanswer")
    assert element.findtext("idnumber") == given_item.id
    assert float(element.findtext("defaultgrade") or 0) == question.marks
    assert seen(element.findtext("generalfeedback/text")) == writable(feedback_of(given_item))
    text = element.findtext("questiontext/text") or ""
    assert seen(FIELD.sub(BLANK, text) if several else text) == writable(given_item.stem)
    answers = [
        (float(answer.get("fraction") or 0), seen(answer.findtext("text")), seen(answer.findtext("feedback/text")))
        for answer in element.findall("answer")
    ]
    if given_item.type in ("单选", "多选"):
        assert element.findtext("single") == ("true" if given_item.type == "单选" else "false")
        assert [text for _, text, _ in answers] == [writable(option) for option in given_item.options]
        assert tuple(place for place, (share, _, _) in enumerate(answers) if share > 0) == given_item.key
        assert abs(sum(share for share, _, _ in answers if share > 0) - 100) < 0.001
        assert [why for _, _, why in answers] == [writable(why) for why in given_item.why_wrong or [""] * len(answers)]
    elif given_item.type == "判断":
        assert {text for share, text, _ in answers if share == 100} == {"true" if given_item.key == (0,) else "false"}
    elif several:
        assert [blank(found) for found in FIELD.findall(text)] == [ways(each) for each in given_item.answers]
    elif given_item.type == "填空":
        plain = {(each.findtext("text") or "").replace("\\*", "*") for each in element.findall("answer")}
        assert plain == ways(given_item.answers[0]), "short answers are compared as plain text, not as HTML"
    else:
        points = re.findall(r"<li>(.*?)</li>", element.findtext("graderinfo/text") or "", re.DOTALL)
        assert [seen(point) for point in points] == [writable(point) for point in given_item.answers]


def blank(field: str) -> set[str]:
    """The answers of a cloze field: =731~=七百三十一, with a backslash before what controls it."""
    found = re.findall(r"=((?:\\.|[^\\~])*)", field, re.DOTALL)
    return {seen(re.sub(r"\\(.)", r"\1", each, flags=re.DOTALL)) for each in found}


def ways(answer: str) -> set[str]:
    return {writable(one).strip() for one in answer.split("|") if one.strip()}


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers())
@settings(max_examples=100, deadline=None)
def test_any_text(made: Paper) -> None:
    compare(made)


def test_very_long_texts() -> None:
    compare(paper([item(stem="长<&>文" * 5000)]))


def test_a_brace_in_the_stem_makes_no_field() -> None:
    made = paper([item("填空", "看{1:SHORTANSWER:=x}和")])
    text = etree.fromstring(export(made, "moodle")).findall("question")[1].findtext("questiontext/text") or ""
    assert len(FIELD.findall(text)) == 2
