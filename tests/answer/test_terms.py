from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.answer.amounts import amounts
from assistant.answer.gate import gate
from assistant.answer.terms import over_rule
from assistant.types import Answer, Citation, Sentence
from tests.making import lexicon, passage

CASES = yaml.safe_load(Path(__file__).with_suffix("").with_name("terms.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['ask']}" for case in CASES])
def test_results_over_one_rule(case: dict[str, str]) -> None:
    rule = passage(case["rule"])
    answer = Answer("问", (Sentence(rule.text, (Citation(rule, rule.text),)),))
    made = over_rule(case["ask"], lambda _: answer, answer, lambda each: amounts(each, lexicon()))
    shown = [each.expression for each in gate(made).calculations] if made else []
    assert shown == ([case["shows"]] if case["shows"] else [])
