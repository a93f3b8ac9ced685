from __future__ import annotations

from decimal import Decimal

from assistant.answer.gate import gate
from assistant.types import Answer, Citation, Figure, Sentence
from tests.making import passage

ONE = Citation(passage("农村低保标准为每人每月731元，三十日内发放。"), "农村低保标准为每人每月731元，三十日内发放。")


def test_numbers_in_the_quote_pass_in_whichever_script() -> None:
    answer = Answer("问", (Sentence("731元，30日内发放", (ONE,)),))
    assert gate(answer) is answer


def test_a_number_that_is_in_no_quote_is_withheld() -> None:
    answer = Answer("问", (Sentence("732元", (ONE,)),))
    assert gate(answer).refusal is not None


def test_a_percentage_needs_a_percentage() -> None:
    assert gate(Answer("问", (Sentence("提高731%", (ONE,)),))).refusal is not None


def test_what_can_be_shown_is_kept_with_its_figures() -> None:
    other = Citation(ONE.passage, "每人每月731元")
    wrong, right = Sentence("913元", (other,)), Sentence("731元", (ONE,))
    figures = (Figure(Decimal(731), "元", "731元", other), Figure(Decimal(731), "元", "731元", ONE))
    kept = gate(Answer("问", (wrong, right), figures, ("提醒",)))
    assert (kept.sentences, kept.figures, kept.notices) == ((right,), figures[1:], ("提醒",))
