"""Which figures stand on a premise elsewhere, and which articles follow from another; the cases are in premises.yaml."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml

from assistant.quiz.doubles import tells
from assistant.quiz.items import rules
from assistant.quiz.library import library
from assistant.quiz.makers import figures
from assistant.quiz.makers.cases import Rule, _first_of, follows_from
from assistant.quiz.premises import premise_missing, set_otherwise
from assistant.quiz.quantities import quantities
from assistant.quiz.types import RIGHT_WRONG, Item
from tests.making import document, passages

CASES = yaml.safe_load(Path(__file__).with_name("premises.yaml").read_text("utf-8"))
LAST = "第九条　别的事项另有规定。"


def cases(name):
    return [pytest.param(case, id=case.get("name") or case["text"]) for case in CASES[name]]


def shelf_of(text):
    return library(tuple(passages(document(f"行政机关办法\n\n{text}\n\n{LAST}\n", title="行政机关办法"))))


@pytest.mark.parametrize("case", cases("figures"))
def test_a_figure_is_asked_for_only_with_its_premise(case):
    shelf = shelf_of(case["text"])
    free = {
        each.text for said in shelf.said if not premise_missing(said)
        for each in quantities(said.text) if not set_otherwise(said, each, shelf)
    }  # fmt: skip
    assert (case["figure"] in free) == case["asked"]


@pytest.mark.parametrize("case", [each for each in cases("figures") if not each.values[0]["asked"]])
def test_no_item_is_made_of_such_a_figure(case):
    made = list(figures.make(shelf_of(case["text"]), lambda clause: Random(str(clause))))
    assert not any(case["figure"] in item.origin.quote for item in made)


@pytest.mark.parametrize("case", cases("follows"))
def test_an_article_that_follows_from_the_key_is_no_wrong_option(case):
    key = "第三十条　社会组织提供虚假材料的，民政部门降低其评估等级。"
    shelf = shelf_of(f"{key}\n\n{case['label']}　{case['text']}")
    first = next(each for each in shelf.clauses if each.passage.label.startswith("第三十条"))
    second = next(each for each in shelf.clauses if each.passage.label.startswith(case["label"]))
    rule = Rule("第三十条", "社会组织", ("提供虚假材料",), "民政部门降低其评估等级", first)
    assert follows_from(Rule(case["label"], "", (), case["text"], second), rule) == case["follows"]


@pytest.mark.parametrize("case", cases("facts"))
def test_a_situation_says_one_fact(case):
    assert _first_of(case["text"]) == case["fact"]


@pytest.mark.parametrize(
    ("known", "used"),
    [
        ({"effective": None, "status": "", "note": ""}, False),
        ({"effective": None, "status": "现行有效", "note": ""}, True),
        ({"effective": None, "status": "现行有效", "note": "本语料只收录以下事实，没有收录全文。"}, False),
    ],
)
def test_only_whole_texts_known_to_be_in_force_are_studied(known, used):
    found = rules(passages(document(f"某办法\n\n{LAST}\n", title="某办法", **known)))
    assert bool(found) == used


def test_a_stem_that_prints_the_answer_of_another():
    whole = Item("判断", "期限数字", "根据《某办法》，应当在三十日内裁定。", RIGHT_WRONG, (0,))
    blank = Item("填空", "期限数字", "根据《某办法》，应当在____日内裁定。", answers=("三十|30",))
    assert tells(whole, blank)
    assert not tells(blank, whole)
