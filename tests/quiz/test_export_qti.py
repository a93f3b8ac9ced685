"""QTI 2.1 read back with lxml from the package: what the manifest names is there, and says what the paper says."""

from __future__ import annotations

import io
import zipfile

from exam_papers import item, paper, papers, pool
from hypothesis import given, settings
from lxml import etree

from assistant.quiz.export import export
from assistant.quiz.export.qti import CP, QTI
from assistant.quiz.export.text import feedback_of, writable
from assistant.quiz.paper import Paper, Question
from assistant.quiz.types import BLANK, LETTERS

NAMES = {"q": QTI, "c": CP}


def seen(element: etree._Element, gap: str = "") -> str:
    """The text of an element; a line break is a newline, and a field to write in is ``gap``."""
    pieces = [element.text or ""]
    for child in element:
        tag = etree.QName(child).localname
        pieces.append({"br": "\n", "textEntryInteraction": gap}.get(tag, "") + (child.tail or ""))
    return "".join(pieces)


def found(element: etree._Element, path: str) -> list[etree._Element]:
    return list(element.iterfind(path, NAMES))


def compare(made: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(export(made, "qti"))) as package:
        files = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    manifest = files.pop("imsmanifest.xml")
    resources = found(manifest, ".//c:resource")
    assert {each.get("href") for each in resources} == set(files)
    assert all(each.get("href") == file.get("href") for each in resources for file in found(each, "c:file"))
    named = {each.get("identifier") for each in resources}
    assert all(each.get("identifierref") in named for each in found(manifest, ".//c:dependency"))
    test = files["test.xml"]
    assert test.get("title") == writable(made.name)
    references = found(test, ".//q:assessmentItemRef")
    assert len(references) == len(made.questions)
    for question, reference in zip(made.questions, references, strict=True):
        element = files[reference.get("href") or ""]
        assert element.get("identifier") == reference.get("identifier")
        (weight,) = found(reference, "q:weight")
        compare_item(question, element, float(weight.get("value") or 0))


def compare_item(question: Question, element: etree._Element, weight: float) -> None:
    given_item = question.item
    (outcome,) = found(element, "q:outcomeDeclaration[@identifier='SCORE']")
    assert weight * float(outcome.get("normalMaximum") or 0) == question.marks
    assert seen(found(element, "q:modalFeedback/q:p")[0]) == (writable(feedback_of(given_item)) or "没有写明条文")
    if given_item.type == "填空":
        assert seen(found(element, "q:itemBody/q:p")[0], BLANK) == writable(given_item.stem)
        compare_blanks(question, element)
        return
    assert seen(found(element, ".//q:prompt")[0]) == writable(given_item.stem)
    if given_item.type == "简答":
        points = [seen(each) for each in found(element, ".//q:rubricBlock//q:li")]
        assert points == [writable(each) for each in given_item.answers]
        return
    choices = found(element, ".//q:simpleChoice")
    assert [seen(each) for each in choices] == [writable(each) for each in given_item.options]
    assert [each.get("identifier") for each in choices] == list(LETTERS[: len(choices)])
    right = [each.text for each in found(element, ".//q:correctResponse/q:value")]
    assert right == [LETTERS[place] for place in given_item.key]
    (response,) = found(element, "q:responseDeclaration")
    assert response.get("cardinality") == ("multiple" if given_item.type == "多选" else "single")


def compare_blanks(question: Question, element: etree._Element) -> None:
    responses = found(element, "q:responseDeclaration")
    fields = [each.get("responseIdentifier") for each in found(element, ".//q:textEntryInteraction")]
    assert fields == [each.get("identifier") for each in responses]
    summed = [each.get("identifier") for each in found(element, ".//q:mapResponse")]
    assert summed == fields
    for answer, response in zip(question.item.answers, responses, strict=True):
        keys = [each.get("mapKey") for each in found(response, ".//q:mapEntry")]
        assert set(keys) == {writable(one).strip() for one in answer.split("|") if one.strip()}
        assert all(
            abs(float(each.get("mappedValue") or 0) * len(fields) - question.marks) < 0.001
            for each in found(response, ".//q:mapEntry")
        )


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers())
@settings(max_examples=100, deadline=None)
def test_any_text(made: Paper) -> None:
    compare(made)


def test_very_long_texts() -> None:
    compare(paper([item(stem="长<&>文" * 5000)]))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert export(paper(), "qti") == export(paper(), "qti")
