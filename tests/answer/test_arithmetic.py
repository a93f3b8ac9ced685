from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.arithmetic import calculated, operands, withheld
from assistant.answer.computation import Computation, Task, computation
from assistant.answer.gate import gate
from assistant.types import Answer, Calculation, Citation, Figure, Sentence
from tests.answer.test_compose import ask
from tests.making import lexicon, passage, places

CASES = yaml.safe_load(Path(__file__).with_name("arithmetic.yaml").read_text(encoding="utf-8"))


TODAY = date(2026, 11, 23)


def needs(question: str) -> Computation | None:
    return computation(question, lexicon(), places())


def result(question: str) -> Answer | None:
    asked = needs(question)
    assert asked is not None
    sides = [
        operands(side, lambda each: ask(each, TODAY), places(), unit=asked.unit, least=asked.least)
        for side in asked.sides
    ]
    made = calculated(asked, sides, places())
    return gate(made) if made else withheld(asked, sides, ask(question, TODAY))


@pytest.mark.parametrize("case", CASES["asked"], ids=[case["ask"] for case in CASES["asked"]])
def test_what_is_to_be_computed_and_the_questions_for_its_figures(case: dict[str, Any]) -> None:
    asked = needs(case["ask"])
    assert asked is not None
    assert [task.value for task in asked.tasks] == case["tasks"]
    assert [list(side) for side in asked.sides] == [[side] if isinstance(side, str) else side for side in case["needs"]]


@pytest.mark.parametrize("question", CASES["not_asked"])
def test_a_question_for_a_figure_is_not_one_for_a_result(question: str) -> None:
    assert needs(question) is None


@pytest.mark.parametrize("case", CASES["computed"], ids=[case["ask"] for case in CASES["computed"]])
def test_results_over_the_small_library(case: dict[str, Any]) -> None:
    made = result(case["ask"])
    shown = [] if made is None else [f"{each.expression} {each.unit}" for each in made.calculations]
    assert shown == case["shows"]


@pytest.mark.parametrize("question", CASES["withheld"])
def test_an_operand_is_not_given_for_a_result_that_cannot_be_computed(question: str) -> None:
    made = result(question)
    assert made is not None
    assert made.refusal is not None
    assert "算不出结果" in made.refusal.message


def figure(value: int, earlier: int | None, text: str) -> Figure:
    quote = Citation(passage(text), text)
    old = None if earlier is None else Decimal(earlier)
    return Figure(Decimal(value), "元/人·月", f"{value}元", quote, subject="低保", period="2024年", earlier=old)


def answer(*figures: Figure) -> Answer:
    return Answer("问", tuple(Sentence(each.citation.quote, (each.citation,)) for each in figures), figures)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_change_and_its_share_are_those_of_the_figures(value: int, earlier: int) -> None:
    base = answer(figure(value, earlier, f"标准由{earlier}元调到{value}元。"))
    change = calculated(Computation((Task.CHANGE,), (("问",),)), [base], places())
    growth = calculated(Computation((Task.GROWTH,), (("问",),)), [base], places())
    assert change is not None
    assert growth is not None
    assert gate(change).calculations[0].value == abs(value - earlier)
    shown = gate(growth).calculations[0].value
    assert abs(shown * earlier - Decimal(abs(value - earlier) * 100)) <= Decimal("0.005") * earlier


def test_a_stated_growth_that_is_not_the_computed_one_is_pointed_out() -> None:
    growth = Computation((Task.GROWTH,), (("问",),))
    wrong = calculated(growth, [answer(figure(1170, 1127, "由1127元提高到1170元，比上年提高4.2%。"))], places())
    right = calculated(growth, [answer(figure(1170, 1127, "由1127元提高到1170元，比上年提高3.82%。"))], places())
    assert wrong is not None
    assert right is not None
    assert wrong.notices == ("低保：原文写的是4.2%，按数字计算是3.82%。",)
    assert right.notices == ()


def test_a_growth_that_the_document_states_stands_in_the_sentence() -> None:
    quoted = figure(1170, 1127, "由1127元提高到1170元，比上年提高3.82%。")
    side = Answer("问", (Sentence("由1127元提高到1170元", (quoted.citation,)),), (quoted,))
    made = calculated(Computation((Task.GROWTH,), (("问",),)), [side], places())
    assert made is not None
    assert [sentence.text for sentence in made.sentences] == ["由1127元提高到1170元，比上年提高3.82%"]


@pytest.mark.parametrize("expression", ["731 − 700 = 27", "731 − 704 = 28", "731 − 704 = 27 × 2"])
def test_the_gate_withholds_a_result_that_its_figures_do_not_give(expression: str) -> None:
    one = figure(731, 704, "由704元提高到731元。")
    base = answer(one)
    shown = Calculation("高", expression, Decimal(27), "元", (one,))
    kept = gate(Answer("问", base.sentences, base.figures, calculations=(shown,)))
    assert kept.calculations == ()
    assert kept.figures == (one,)


def test_the_gate_withholds_a_result_of_a_figure_that_is_not_given() -> None:
    one = figure(731, 704, "由704元提高到731元。")
    shown = Calculation("高", "731 − 704 = 27", Decimal(27), "元", (one,))
    assert gate(Answer("问", answer(one).sentences, (), calculations=(shown,))).calculations == ()


def test_a_calculation_needs_operands() -> None:
    with pytest.raises(ValueError, match="figures"):
        Calculation("高", "1 = 1", Decimal(1), "元", ())


@pytest.mark.parametrize(("question", "kept"), [("三口之家一个月多少", True), ("农村低保一个月多少", False)])
def test_the_gate_knows_a_given_number_only_where_the_question_gives_it(question: str, *, kept: bool) -> None:
    one = figure(731, 704, "由704元提高到731元。")
    shown = Calculation("三人", "731 × 3 = 2193", Decimal(2193), "元/月", (one,), given=(Decimal(3),))
    answered = gate(Answer(question, answer(one).sentences, (one,), calculations=(shown,)))
    assert bool(answered.calculations) is kept
