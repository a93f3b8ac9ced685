"""The line before an answer in words: of what form it is and, where the quote says it in a few words, those words.

The words are verbatim of the quote. Nothing is concluded from them: 「条文写的是：不得」 leaves the reader to read on.
"""

from __future__ import annotations

import re

from assistant.answer.wording import Form
from assistant.types import Lead, Sentence

_NAMES = {
    Form.DOCUMENTS: "要交的材料",
    Form.PROCEDURE: "怎么办理",
    Form.WHO: "由谁办",
    Form.WHEN: "什么时候",
    Form.DEFINITION: "是什么意思",
    Form.CONDITION: "条件",
    Form.YES_NO: "条文写的是",
    Form.ARTICLE: "条文",
}
_WHO = re.compile(
    r"(?:由|向|到)(?P<said>(?:[^，。；：、\s由向到]|、){2,30}?)(?=负责|决定|确认|审批|批准|审核|认定|办理|实施|登记|管理|制定|受理|提出|申请|提交|统一|会同|以书面)"
)
_MODAL = re.compile(r"(?P<said>不得|不能|不可以|不予|禁止|不需要|无需|不必|可以|应当|必须)")
_DAY = re.compile(
    r"(?P<said>(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?|每年\d{1,2}月\d{1,2}日|(?:每|自)[^，。；]{2,24}?(?:之日起|前|以前))"
)
_SAID = {Form.WHO: _WHO, Form.YES_NO: _MODAL, Form.WHEN: _DAY}


def lead(form: Form, sentence: Sentence) -> Lead | None:
    """What stands before an answer of ``form`` whose first sentence is this; ``None`` for a form without a name.

    The few words are given only where the stress of the sentence has them once: two bodies or two modals say too much.
    """
    if form not in _NAMES:
        return None
    stressed = sentence.text[slice(*sentence.stress)] if any(sentence.stress) else sentence.text
    found = {match["said"] for match in _SAID[form].finditer(stressed)} if form in _SAID else set()
    said = found.pop() if len(found) == 1 else ""
    name = _NAMES[form] if said or form is not Form.YES_NO else "能不能，看条文"
    return Lead(name, said)
