from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.looks import is_beside_the_point, lists_what_is_asked
from assistant.answer.question import Question, understand
from tests.making import lexicon, places


def asked(text: str) -> Question:
    return understand(text, lexicon(), places(), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("question", "text", "lists"),
    [
        ("评估的流程步骤", "评估按以下程序进行：\n（一）发出通知；", True),
        ("上访哪些事绝对不能干", "信访人不得有下列行为：\n（一）围堵；", True),
        ("哪些人不得当候选人", "下列情形之一的人，不得作为候选人：", True),
        ("要带什么证件", "应当出具的证件有：\n（一）身份证；", True),
        ("上访要带什么", "信访人不得有下列行为：\n（一）围堵；", False),
        ("评估多久一次", "评估按以下程序进行：\n（一）发出通知；", False),
    ],
)
def test_a_list_of_what_is_asked(question: str, text: str, lists: bool) -> None:
    assert lists_what_is_asked(asked(question), text) is lists


@pytest.mark.parametrize(
    ("question", "text", "beside"),
    [
        ("收容遣送现在能叫人干活吗", "第十八条　本办法的施行日期是2003年8月1日。《收容遣送办法》从同日起废止。", True),
        ("救助办法什么时候施行", "第十八条　本办法的施行日期是2003年8月1日。", False),
        ("收容遣送办法还有效吗", "第十八条　本办法的施行日期是2003年8月1日。《收容遣送办法》从同日起废止。", False),
        ("救助站是干什么的", "第一条　制定本办法的目的是：救助生活无着的人。", True),
        ("自然人能募捐吗", "第二条　自然人的慈善活动适用本法。", False),
    ],
)
def test_formula_articles_answer_only_questions_for_dates_and_fates(question: str, text: str, beside: bool) -> None:
    assert is_beside_the_point(asked(question), text) is beside
