from __future__ import annotations

import pytest

from assistant.answer.comparison import Comparison, comparison, predecessors, together
from assistant.types import Answer, Citation, Refusal, Sentence
from tests.making import document, passage

CASES = [
    ("村委会和居委会，各由几个人组成？", ("村委会，由几个人组成？", "居委会，由几个人组成？")),
    ("普通程序跟简易程序的审理期限有什么不同", ("普通程序的审理期限", "简易程序的审理期限")),
    ("社会团体与民办非企业单位的区别是什么", ("社会团体是什么", "民办非企业单位是什么")),
    ("低保和特困有什么区别", ("低保是什么", "特困是什么")),
]


@pytest.mark.parametrize(("question", "sides"), CASES)
def test_each_side_is_a_question_of_its_own(question: str, sides: tuple[str, ...]) -> None:
    assert comparison(question) == Comparison(sides)


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("新旧慈善法关于公开募捐资格的规定有什么变化", "慈善法关于公开募捐资格的规定"),
        ("慈善法修改以前和以后，登记满几年才能公开募捐", "慈善法，登记满几年才能公开募捐"),
    ],
)
def test_a_rule_is_compared_with_the_one_before_it(question: str, side: str) -> None:
    assert comparison(question) == Comparison((side,), then_and_now=True)


@pytest.mark.parametrize("question", ["农村低保标准是多少", "申请低保和特困要带什么材料", "爷爷和奶奶能一起申请吗"])
def test_other_questions_are_left_alone(question: str) -> None:
    assert comparison(question) is None


def said(text: str, **known: object) -> Answer:
    quote = Citation(passage(text, **known), text)
    return Answer("问", (Sentence(text, (quote,)),))


def test_sides_stand_together_once_each_or_not_at_all() -> None:
    one, other = said("村委会三至七人。"), said("居委会五至九人。")
    both = together("各几人", [one, other, one])
    assert both is not None
    assert [sentence.text for sentence in both.sentences] == ["村委会三至七人。", "居委会五至九人。"]
    assert together("各几人", [one, Answer("问", refusal=Refusal("not_found", "没有"))]) is None


def test_what_a_document_replaced_is_known_from_its_front_matter() -> None:
    old, older, other = document("旧", id="old"), document("更旧", id="older"), document("别的", id="other")
    now = said("新。", id="new", supersedes=("old", "older"))
    assert set(predecessors(now, [old, older, other])) == {old, older}
    assert predecessors(said("新。"), [old]) == ()
