"""IMS QTI 2.1 as a content package: imsmanifest.xml, one assessmentTest, and one assessmentItem a question.

Items are marked by the standard's own response processing (match_correct, map_response); 简答 is left to a person. The
structure is that of the QTI 2.1 information model and its content packaging guide (imsqti_v2p1, imscp_v1p1).
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from assistant.quiz.export.text import feedback_of, writable
from assistant.quiz.paper import Paper, Question
from assistant.quiz.types import BLANK, LETTERS, Item

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_LOCATIONS = {
    QTI: "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    CP: "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def qti(paper: Paper) -> bytes:
    """The package of a paper. The same paper gives the same bytes."""
    files = {f"items/{_name(each.item)}.xml": _item(each) for each in paper.questions}
    files["test.xml"] = _test(paper)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, root in {"imsmanifest.xml": _manifest(paper), **files}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))
    return out.getvalue()


def _name(item: Item) -> str:
    """An identifier: letters, digits and _, not beginning with a digit."""
    return "item_" + "".join(char if char.isascii() and char.isalnum() else "_" for char in item.id)


def _root(namespace: str, name: str, **attributes: str) -> etree._Element:
    prefixes: dict[str | None, str] = {None: namespace, "xsi": _XSI}
    root = etree.Element(f"{{{namespace}}}{name}", attributes, nsmap=prefixes)  # type: ignore[arg-type]  # None: default
    root.set(f"{{{_XSI}}}schemaLocation", f"{namespace} {_LOCATIONS[namespace]}")
    return root


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A child in the parent's namespace; a newline in its text becomes a line break."""
    namespace = etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    if text is not None:
        first, *rest = writable(text).split("\n")
        child.text = first
        for line in rest:
            etree.SubElement(child, f"{{{namespace}}}br").tail = line
    return child


def _item(question: Question) -> etree._Element:
    item = question.item
    root = _root(
        QTI, "assessmentItem", identifier=_name(item), title=f"{question.number}. {item.type}", adaptive="false",
        timeDependent="false",
    )  # fmt: skip
    _declare(root, item, question.marks)
    _body(root, item)
    _process(root, item)
    _add(
        _add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="EXPLANATION", showHide="show"),
        "p", feedback_of(item) or "没有写明条文",
    )  # fmt: skip
    return root


def _declare(root: etree._Element, item: Item, marks: float) -> None:
    """The responses with what is right, then the outcomes."""
    if item.options:
        cardinality = "multiple" if item.type == "多选" else "single"
        response = _add(
            root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType="identifier"
        )
        correct = _add(response, "correctResponse")
        for place in item.key:
            _add(correct, "value", LETTERS[place])
    elif item.type == "简答":
        _add(root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="string")
    else:
        for number, answer in enumerate(item.answers, start=1):
            _declare_blank(root, number, answer, marks / len(item.answers))
    score = _add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    score.set("normalMaximum", f"{1 if item.options else marks:g}")
    _add(_add(score, "defaultValue"), "value", "0")
    feedback = _add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    _add(_add(feedback, "defaultValue"), "value", "EXPLANATION")


def _declare_blank(root: etree._Element, number: int, answer: str, marks: float) -> None:
    ways = list(dict.fromkeys(one.strip() for one in writable(answer).split("|") if one.strip()))
    response = _add(
        root, "responseDeclaration", identifier=f"RESPONSE_{number}", cardinality="single", baseType="string"
    )
    _add(_add(response, "correctResponse"), "value", ways[0])
    mapping = _add(response, "mapping", defaultValue="0")
    for way in ways:
        _add(mapping, "mapEntry", mapKey=way, mappedValue=f"{marks:g}", caseSensitive="false")


def _body(root: etree._Element, item: Item) -> None:
    body = _add(root, "itemBody")
    if item.options:
        most = "0" if item.type == "多选" else "1"
        interaction = _add(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices=most)
        _add(interaction, "prompt", item.stem)
        for letter, option in zip(LETTERS, item.options, strict=False):
            _add(interaction, "simpleChoice", option, identifier=letter)
    elif item.type == "简答":
        interaction = _add(body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="8")
        _add(interaction, "prompt", item.stem)
        rubric = _add(body, "rubricBlock", view="scorer")
        points = _add(rubric, "ol")
        for point in item.answers:
            _add(points, "li", point)
    else:
        _blanks(_add(body, "p"), item)


def _blanks(paragraph: etree._Element, item: Item) -> None:
    """The stem with a field in the place of every blank."""
    first, *rest = item.stem.split(BLANK)
    paragraph.text = writable(first)
    for number, after in enumerate(rest, start=1):
        field = _add(
            paragraph, "textEntryInteraction", responseIdentifier=f"RESPONSE_{number}", expectedLength="12"
        )  # fmt: skip
        field.tail = writable(after)


def _process(root: etree._Element, item: Item) -> None:
    if item.options:
        _add(root, "responseProcessing", template=f"{_TEMPLATES}/match_correct")
    elif item.type == "填空":
        total = _add(_add(_add(root, "responseProcessing"), "setOutcomeValue", identifier="SCORE"), "sum")
        for number in range(1, len(item.answers) + 1):
            _add(total, "mapResponse", identifier=f"RESPONSE_{number}")


def _test(paper: Paper) -> etree._Element:
    """The sections of the paper; ``weight`` makes a right choice worth its marks."""
    root = _root(QTI, "assessmentTest", identifier="TEST", title=writable(paper.name))
    part = _add(
        root, "testPart", identifier="PART", navigationMode="nonlinear", submissionMode="simultaneous"
    )  # fmt: skip
    for place, section in enumerate(paper.sections, start=1):
        element = _add(
            part, "assessmentSection", identifier=f"SECTION_{place}", title=f"{section.type}题", visible="true"
        )
        for item in section.items:
            reference = _add(
                element, "assessmentItemRef", identifier=_name(item), href=f"items/{_name(item)}.xml"
            )  # fmt: skip
            _add(reference, "weight", identifier="MARKS", value=f"{section.marks if item.options else 1:g}")
    return root


def _manifest(paper: Paper) -> etree._Element:
    root = _root(CP, "manifest", identifier="MANIFEST")
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "QTIv2.1 Package")
    _add(metadata, "schemaversion", "1.0.0")
    _add(root, "organizations")
    resources = _add(root, "resources")
    test = _add(resources, "resource", identifier="RESOURCE_TEST", type="imsqti_test_xmlv2p1", href="test.xml")
    _add(test, "file", href="test.xml")
    for item in paper.items:
        _add(test, "dependency", identifierref=f"RESOURCE_{_name(item)}")
    for item in paper.items:
        href = f"items/{_name(item)}.xml"
        resource = _add(
            resources, "resource", identifier=f"RESOURCE_{_name(item)}", type="imsqti_item_xmlv2p1", href=href
        )
        _add(resource, "file", href=href)
    return root
