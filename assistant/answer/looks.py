"""What an answer of each form looks like."""

from __future__ import annotations

import re

from assistant.answer.definitions import asks_meaning, defined_terms
from assistant.answer.question import Question
from assistant.answer.wording import EVERY, Form

_CUES: dict[Form, tuple[str, str]] = {
    Form.DOCUMENTS: (
        r"(?:提交|提供|出具|携带|带|出示|准备|报送|持).{0,40}(?:材料|证明|证|簿|文件|表|照片|书)",
        r"(?:材料|证件|文件)[：:]|下列(?:材料|文件|证件)",
    ),
    Form.PROCEDURE: (
        r"申请|受理|程序|办理|提出",
        r"(?:向|由|到).{2,40}(?:提出|提交|申请|受理)|书面.{0,6}申请|(?:以下|下列)程序",
    ),
    Form.WHO: (
        r"负责|主管|机关|部门",
        r"由.{2,40}(?:负责|决定|确认|审批|批准|审核|认定|办理|实施|登记|管理)|登记管理机关",
    ),
    Form.WHEN: (r"\d+年|\d+月|每年|之日起", r"起施行|起实施|\d+月\d+日"),
    Form.DEFINITION: (r"(?:下列|以下).{0,6}条件|条件同时", r"是指|所称|指的是|，指"),
    Form.CONDITION: (
        r"可以|不得|应当|符合|具备",
        r"(?:下列|以下).{0,10}(?:条件|情形|人员|之一)|同时(?:具备|符合|满足)|条件同时",
    ),
    Form.YES_NO: (r"可以|不得|应当|不能|必须|不需要|无需|不必", r"$^"),
}
"""For each form of question the words that an answer of that form has: the usual ones, and the telling ones."""
CUES = {form: tuple(re.compile(pattern) for pattern in patterns) for form, patterns in _CUES.items()}
_A_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_REVERSAL = re.compile(r"不再|终止|停止|停发|撤销|注销|取消|退出|不予")


def looks_right(question: Question, text: str) -> float:
    """How much a text looks like an answer of the form asked for; less where it is about the end of what is asked."""
    if defines(question, text):
        return 1.0
    if question.form is Form.FIGURE and not (EVERY if question.asks_how_often else _A_NUMBER).search(text):
        return -0.5
    cues = sum(
        weight * bool(cue.search(text)) for weight, cue in zip((0.2, 0.45), CUES.get(question.form, ()), strict=False)
    )
    reversed_sense = bool(_REVERSAL.search(text)) and not _REVERSAL.search(question.official)
    return cues - 0.4 * reversed_sense


def defines(question: Question, text: str) -> bool:
    """Whether the text says the meaning of a term whose meaning is asked for."""
    return any(
        asks_meaning(asked, term)
        for term in defined_terms(text)
        for asked in (question.text, question.official)
        if term in asked
    )
