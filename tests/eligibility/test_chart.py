"""Charts: every step of a scheme with its clauses, as Mermaid that holds together and as SVG that parses."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

from assistant.eligibility.chart import mermaid, steps_of, svg
from assistant.eligibility.rules import rules_on
from tests.eligibility.small_book import GRANT, HERE, book, rules

TITLES = {"rule": "补助办法", "figures": "标准"}


def test_the_steps_are_the_requirements_in_order() -> None:
    found = rules()
    grant, allowance = (steps_of(scheme, found, TITLES) for scheme in found.schemes)
    assert [step.shape for step in grant] == ["start", "question", "question", "question", "window", "end"]
    assert "补助标准：600 元/人·月（2026-01-01 起）" in grant[0].lines
    assert grant[2].lines == (
        "人均收入低于补助标准", "〔人均收入 < 补助标准〕", "例外，有就不看上面：家里有重病人", "〔重病人〕"
    )  # fmt: skip
    assert grant[2].clauses == ("《补助办法》第一条", "《补助办法》第二条")
    assert grant[3].lines[:2] == ("正在服刑", "〔非 服刑 = 在服刑〕")
    assert grant[5].lines == ("可能符合", "每人每月补足差额：补助标准 − 人均收入")
    assert allowance[1].lines[0] == "对象：有下面一种就可以"


def test_a_chart_is_of_its_day() -> None:
    found = rules(date(2026, 7, 1))
    assert "户口在本县" not in mermaid(found.schemes[0], found, TITLES)


def test_mermaid_holds_together() -> None:
    found = rules()
    text = mermaid(found.schemes[0], found, TITLES)
    declared = set(re.findall(r"^  (\w+)(?=[\[({])", text, re.MULTILINE))
    used = {name for edge in re.findall(r"^  (\w+) -->(?:\|.\|)? (\w+)$", text, re.MULTILINE) for name in edge}
    assert text.startswith("flowchart TD\n")
    assert declared == used
    assert text.count("|否| no") == 3


def test_what_is_written_in_a_scheme_cannot_break_a_chart() -> None:
    nasty = GRANT.replace('title = "补助"', "title = '补\"]<b>助</b>&'")
    found = rules_on(book(grant=nasty), date(2026, 3, 1), HERE)
    assert (
        mermaid(found.schemes[0], found, TITLES)
        .split("\n")[1]
        .startswith('  s0(["补#quot;]#lt;b#gt;助#lt;/b#gt;#amp;<br/>')
    )
    drawn = ElementTree.fromstring(svg(found.schemes[0], found, TITLES))
    assert drawn.findtext("{http://www.w3.org/2000/svg}title") == '补"]<b>助</b>&'


def test_a_drawing_has_every_line_inside_its_picture() -> None:
    found = rules()
    drawn = ElementTree.fromstring(svg(found.schemes[0], found, TITLES))
    texts = [each for each in drawn.iter("{http://www.w3.org/2000/svg}text") if each.text]
    told = "".join(each.text or "" for each in texts)
    for step in steps_of(found.schemes[0], found, TITLES):
        assert all(line in told for line in (*step.lines, *step.clauses))
    assert all(0 < float(each.attrib["y"]) < float(drawn.attrib["height"]) for each in texts)
    assert told.count("可能不符合") == 3
