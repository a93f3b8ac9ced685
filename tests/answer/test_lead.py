from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.lead import lead
from assistant.answer.wording import Form
from assistant.types import Citation, Lead, Sentence
from tests.making import passage

CASES = [
    (Form.WHO, "低保由县级人民政府民政部门审核确认。", Lead("由谁办", "县级人民政府民政部门")),
    (Form.WHO, "低保由乡镇人民政府受理，由县级人民政府民政部门确认。", Lead("由谁办")),
    (Form.YES_NO, "社会团体不得设地域性的分支机构。", Lead("条文写的是", "不得")),
    (Form.YES_NO, "可以当场办的，应当当场办。", Lead("能不能，看条文")),
    (Form.WHEN, "本法自2026年7月1日起施行。", Lead("什么时候", "2026年7月1日")),
    (Form.DOCUMENTS, "应当提交身份证。", Lead("要交的材料")),
    (Form.FIGURE, "每人每月731元。", None),
    (Form.OTHER, "每人每月731元。", None),
]


def sentence(text: str, stress: tuple[int, int] = (0, 0)) -> Sentence:
    return Sentence(text, (Citation(passage(text), text),), stress)


@pytest.mark.parametrize(("form", "text", "expected"), CASES)
def test_what_stands_before_an_answer(form: Form, text: str, expected: Lead | None) -> None:
    assert lead(form, sentence(text)) == expected


def test_only_what_is_stressed_is_said() -> None:
    text = "可以申请复核。社会团体不得设地域性的分支机构。"
    assert lead(Form.YES_NO, sentence(text, (text.index("社会"), len(text)))) == Lead("条文写的是", "不得")


@given(st.sampled_from(Form), st.text("由向到县级民政部门负责决定不得可以应当2026年7月1日，。", min_size=1))
def test_the_words_are_those_of_the_quote(form: Form, text: str) -> None:
    found = lead(form, sentence(text))
    assert found is None or found.says in text
