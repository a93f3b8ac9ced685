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
_LISTS = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (
            r"(?:什么|哪些|哪几[样种份]|啥)(?:申请|申报)?(?:材料|证件|证明|资料|手续)|[带交](?:什么|啥|哪些)|(?:材料|证件)清单",
            r"(?:材料|证件|证明|文件)[^。：]{0,12}：",
        ),
        (r"流程|程序|步骤|[哪几]步", r"(?:以下|下列)(?:程序|步骤|流程)[^。：]{0,10}："),
        (
            r"(?:哪|什么|啥)[^，,。？?]{0,14}(?:不[能得准许让该]|不可以|不允许|禁止|违禁|别)"
            r"|(?:不[能得准许让该]|不可以|不允许|禁止)[^，,。？?]{0,8}(?:哪|什么|啥)",
            r"不得[^。，：]{0,4}(?:下列|以下)|禁止(?:下列|以下)|(?:下列|以下)[^。：]{0,20}(?:不得|禁止)",
        ),
    )
)
"""Lists of what a question asks for: the steps, what must not be done."""
_FORMULA = re.compile(
    r"^(?:第\S+条\s+)?(?:.{0,20}(?:施行(?:日期|时间)|[自从][^，。]{0,20}施行).{0,200}"
    r"|(?<=第一条.).{0,60}(?:制定|目的|旨在|为了|用于).{0,300})$",
    re.DOTALL,
)
"""When a rule begins and what it ends, and to what end it was made."""
_ASKS_FORMULA = re.compile(
    r"施行|实施|生效|废止|失效|作废|取代|代替|替代|有效|日期|什么时候|何时|哪一?[年天月]|几[月号]|还(?:有|在|搞|管用|算数)|目的|依据|根据什么|为什么|为了什么|为啥|宗旨"
)
_A_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_LEFT_OUT = re.compile("不(?:算|计入|列入|包括|含|在内|往里)|不算")
"""What does not count: asked for by 哪些钱不算收入."""
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
    if _LEFT_OUT.search(question.official) and _LEFT_OUT.search(text):
        cues += 0.5
    reversed_sense = bool(_REVERSAL.search(text)) and not _REVERSAL.search(question.official)
    return cues - 0.4 * reversed_sense


LIST_WORDS = frozenset(
    "流程 程序 步骤 几步 分 哪 事 事情 干 做 行为 绝对 千万 不能 不得 不准 不许 不可以 不允许 禁止 违禁 别 让".split()
)
"""What a question for a list says that is the asking itself."""


def lists_what_is_asked(question: Question, text: str) -> bool:
    """Whether a text opens a list of what the question asks for."""
    return any(asked.search(question.official) and told.search(text) for asked, told in _LISTS)


def is_beside_the_point(question: Question, text: str) -> bool:
    """Whether a text says only when a rule begins or why it was made, and the question does not ask that."""
    return bool(_FORMULA.match(text)) and not _ASKS_FORMULA.search(question.official)


def defines(question: Question, text: str) -> bool:
    """Whether the text says the meaning of a term whose meaning is asked for."""
    return any(
        asks_meaning(asked, term)
        for term in defined_terms(text)
        for asked in (question.text, question.official)
        if term in asked
    )
