from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.types import BLANK, RIGHT_WRONG, Item, Origin, item_from, item_record

ORIGIN = Origin("law", "某法", "", "0" * 64, "第三条", "期限为七日。", 14, 20, "第三条　公示期限为七日。", 8)
CHOICE = Item(
    "单选",
    "期限数字",
    "根据《某法》，期限为（　　）。",
    ("三日", "七日"),
    (1,),
    origin=ORIGIN,
    why_wrong=("不是三日。", ""),
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ("三日", "三日")},
        {"options": ("三日",), "key": (0,)},
        {"options": tuple("一二三四五六七八九")},
        {"options": ("三日", " ")},
        {"key": ()},
        {"key": (2,)},
        {"key": (-1,)},
        {"key": (1, 0), "type": "多选"},
        {"key": (0, 1)},
        {"type": "多选"},
        {"type": "判断"},
        {"type": "作文"},
        {"kind": "天气"},
        {"stem": " "},
        {"difficulty": 1.5},
        {"answers": ("七",)},
        {"why_wrong": ("不是三日。",)},
        {"why_wrong": ("", "不是七日。")},
    ],
)
def test_an_item_that_cannot_be_marked_cannot_be_made(wrong):
    with pytest.raises(ValueError, match=r"."):
        replace(CHOICE, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": ()},
        {"answers": ("|",)},
        {"answers": ("七", "八")},
        {"stem": "期限为七日。"},
        {"options": RIGHT_WRONG, "key": (0,)},
    ],
)
def test_a_gap_needs_its_answer(wrong):
    gap = Item("填空", "期限数字", f"期限为{BLANK}日。", answers=("七|7",), origin=ORIGIN)
    with pytest.raises(ValueError, match=r"."):
        replace(gap, **wrong)


@pytest.mark.parametrize(
    "wrong", [{"quote": ""}, {"quote": "期限为八日。"}, {"start": 15}, {"passage_start": 15}, {"end": 30}]
)
def test_a_quote_stands_in_its_passage(wrong):
    with pytest.raises(ValueError, match="quote"):
        replace(ORIGIN, **wrong)


def test_the_id_is_that_of_the_content_and_stays_through_an_edit():
    assert CHOICE.id == replace(CHOICE, id="").id
    assert CHOICE.id != replace(CHOICE, id="", key=(0,), why_wrong=("", "不是七日。")).id
    assert replace(CHOICE, stem="期限是（　　）。").id == CHOICE.id
    assert CHOICE.key_letters == "B"
    assert CHOICE.key_text == ("七日",)


@given(
    st.sampled_from(
        [CHOICE, replace(CHOICE, origin=None), Item("判断", "定义", "对不对。", RIGHT_WRONG, (0,), origin=ORIGIN)]
    ),
    st.floats(0, 1),
    st.lists(st.text(), max_size=3).map(tuple),
)
def test_a_record_gives_the_item_back(item, difficulty, tags):
    item = replace(item, difficulty=difficulty, tags=tags)
    assert item_from(json.loads(json.dumps(item_record(item)))) == item


def test_a_record_has_what_the_command_promises():
    record = item_record(CHOICE)
    promised = ["type", "stem", "options", "key", "explanation", "passage", "quote", "why_wrong", "difficulty"]
    assert all(name in record for name in promised)
    assert record["quote"] in record["passage"]


def test_a_broken_record_is_refused():
    with pytest.raises(ValueError, match="record"):
        item_from({"type": "单选"})
