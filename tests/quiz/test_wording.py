"""What the quiz reads out of sentences; the cases are in wording.yaml."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.split import split
from assistant.quiz.bodies import bodies, overlap
from assistant.quiz.clauses import read_clauses
from assistant.quiz.quantities import alternatives, leans, quantities, rewritten, spread, stands, ways
from assistant.quiz.stems import ask, heading_stands, named, said
from tests.making import document

CASES = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text("utf-8"))
TOPICS = frozenset(("乡镇人民政府", "慈善组织"))


def by_text(name):
    return [
        pytest.param(case, id=case.get("text") or case.get("heading") or f"{case['one']}, {case['other']}")
        for case in CASES[name]
    ]


def read(text, title="某办法"):
    passages = split(document(f"{title}\n\n第一条　{text}\n\n第二条　别的事项另有规定。\n", title=title))
    return read_clauses(next(each for each in passages if each.label.startswith("第一条")))


@pytest.mark.parametrize("case", by_text("standing"))
def test_a_stem_stands_alone(case):
    text = case["text"] if case["first"] else f"乡镇人民政府负责这项工作。\n\n{case['text']}"
    clause = next(each for each in read(text)[0] if each.text == case["text"])
    found = said(clause, TOPICS)
    assert (found is not None) == case["stands"]
    assert found is None or found.text == case["text"]


def test_a_sentence_brings_what_leads_to_it():
    clause = read("村民会议由村民委员会召集。召集时应当提前十日通知村民。")[0][1]
    found = said(clause, TOPICS)
    assert found is not None
    assert found.text == "村民会议由村民委员会召集。召集时应当提前十日通知村民。"
    assert found.text[found.focus :] == "召集时应当提前十日通知村民。"


def test_the_law_is_named_once():
    law = document("", title="中华人民共和国某某法")
    assert named("违反本法规定的，依照本法处理。", law) == "违反《某某法》规定的，依照该法处理。"
    assert named("应当认定为本法所称的无生活来源。", law) == "应当认定为无生活来源。"
    assert named("根据基本法律和本法律师条款", law) == "根据基本法律和本法律师条款"


@pytest.mark.parametrize("case", by_text("headers"))
def test_a_header_becomes_questions(case):
    listing = read(f"{case['heading']}：\n（一）第一种；\n（二）第二种；\n（三）第三种。")[1][0]
    asked = ask(listing) if heading_stands(listing, TOPICS) else None
    if case["closed"] is None:
        assert asked is None
        return
    assert asked is not None
    assert asked.closed == f"根据《某办法》第一条，{case['closed']}"
    assert asked.open == f"根据《某办法》第一条，{case['open']}"


def test_listings_on_lines_and_inside_a_sentence():
    _, on_lines = read("申请人应当提交以下材料：\n（一）申请书；\n（二）身份证明；\n（三）其他材料。")
    _, inside = read("申请人应当提交以下材料：申请书；身份证明；其他材料。")
    for listing in (on_lines[0], inside[0]):
        text = listing.passage.document.text
        assert [entry.text for entry in listing.entries] == ["申请书", "身份证明", "其他材料"]
        assert listing.heading == "申请人应当提交以下材料"
        assert all(text[entry.start : entry.end].startswith(entry.text) for entry in listing.entries)


@pytest.mark.parametrize("case", by_text("quantities"))
def test_figures(case):
    found = [[each.text, each.value, each.measure] for each in quantities(case["text"])]
    assert found == [[text, Decimal(value), measure] for text, value, measure in case["found"]]


@pytest.mark.parametrize("case", by_text("leans"))
def test_the_side_on_which_a_figure_is_false(case):
    assert leans(case["text"], quantities(case["text"])[0]) == case["side"]


@given(
    st.sampled_from(["3个工作日", "三十日", "30%", "百分之三十", "十八周岁", "二千元", "6个月", "三分之一", "1/3"]),
    st.randoms(),
)
def test_other_figures_are_of_the_same_measure_and_not_the_same(text, rng):
    quantity = quantities(text)[0]
    values = alternatives(quantity, ())
    chosen = spread(quantity.value, values, 3, rng)
    assert len(chosen) == 3
    for value, _ in chosen:
        other = quantities(rewritten(quantity, value))
        assert len(other) == 1
        assert other[0].measure == quantity.measure
        assert abs(other[0].value - value) < Decimal("0.01")
        assert abs(other[0].value - quantity.value) > Decimal("0.001")


def test_a_figure_is_found_in_either_script_but_not_inside_a_longer_one():
    assert set(ways("30日")) == {"30日", "三十日"}
    assert stands("5日", "应当在5日内")
    assert not stands("5日", "应当在15日内")
    assert not stands("五日", "应当在十五日内")


@pytest.mark.parametrize("case", by_text("bodies"))
def test_bodies(case):
    assert [each.name for each in bodies(case["text"])] == case["found"]


@pytest.mark.parametrize("case", by_text("overlap"))
def test_bodies_overlap(case):
    assert overlap(case["one"], case["other"]) == case["overlap"]
    assert overlap(case["other"], case["one"]) == case["overlap"]
