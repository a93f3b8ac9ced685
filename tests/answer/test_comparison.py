from __future__ import annotations

import pytest

from assistant.answer.comparison import comparison, together
from assistant.types import Answer, Citation, Refusal, Sentence
from tests.making import lexicon, passage, places

CASES = [
    ("村委会和居委会，各由几个人组成？", ("村委会，由几个人组成？", "居委会，由几个人组成？")),
    ("普通程序跟简易程序的审理期限有什么不同", ("普通程序的审理期限", "简易程序的审理期限")),
    ("社会团体与民办非企业单位的区别是什么", ("社会团体是什么", "民办非企业单位是什么")),
    ("低保和特困有什么区别", ("低保是什么", "特困是什么")),
    ("农村低保2020年和2024年是多少", ("2024年农村低保，是多少", "2020年农村低保，是多少")),
    ("丁省和国家的规定，低保多久审核完", ("丁省的规定，低保多久审核完", "国家的规定，低保多久审核完")),
]


@pytest.mark.parametrize(("question", "sides"), CASES)
def test_each_side_is_a_question_of_its_own(question: str, sides: tuple[str, ...]) -> None:
    assert comparison(question, lexicon(), places()) == sides


@pytest.mark.parametrize("question", ["农村低保标准是多少", "申请低保和特困要带什么材料", "爷爷和奶奶能一起申请吗"])
def test_other_questions_are_left_alone(question: str) -> None:
    assert comparison(question, lexicon(), places()) == ()


def said(text: str, **known: object) -> Answer:
    quote = Citation(passage(text, **known), text)
    return Answer("问", (Sentence(text, (quote,)),))


def test_sides_stand_together_once_each_or_not_at_all() -> None:
    one, other = said("村委会三至七人。"), said("居委会五至九人。")
    both = together("各几人", [one, other, one])
    assert both is not None
    assert [sentence.text for sentence in both.sentences] == ["村委会三至七人。", "居委会五至九人。"]
    assert together("各几人", [one, Answer("问", refusal=Refusal("not_found", "没有"))]) is None
