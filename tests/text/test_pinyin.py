from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.misspelling import Corrector
from assistant.text.pinyin import PinyinReader, has_pinyin

READER = PinyinReader(
    {"农村": 50, "低保": 80, "标准": 60, "连州市": 20, "特困": 30, "供养": 20, "人员": 40, "救助站": 9, "哪里": 20}
)
READ = [
    ("nongcun dibao biaozhun", "农村低保标准"),
    ("nongcundibaobiaozhun", "农村低保标准"),
    ("lianzhou shi 2024 nian tekun gongyang renyuan", "连州市2024年特困供养人员"),
    ("jiuzhuzhan zai nali", "救助站在哪里"),
    ("what is the rural dibao standard", "what is the rural dibao standard"),
    ("How much money was paid out", "How much money was paid out"),
    ("农村低保", "农村低保"),
]


@pytest.mark.parametrize(("typed", "expected"), READ)
def test_pinyin_is_read_and_english_is_left(typed: str, expected: str) -> None:
    assert READER.read(typed) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("nongcun dibao", True), ("农村 dibao 标准", False), ("低保", False), ("a b", False)]
)
def test_what_may_be_pinyin(text: str, expected: bool) -> None:
    assert has_pinyin(text) is expected


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(READER.read(text), str)


CORRECTOR = Corrector(["低保", "特困人员", "申请", "标准", "救助", "临时救助", "孤儿"])
CORRECTED = [
    ("底保标准是多少", "低保标准是多少"),
    ("特因人员怎么申情", "特困人员怎么申请"),
    ("临时就助", "临时救助"),
    ("农村低保标准", "农村低保标准"),
    ("最低报销多少", "最低报销多少"),
    ("我的保障", "我的保障"),
]


@pytest.mark.parametrize(("typed", "expected"), CORRECTED)
def test_slips_are_put_right_and_words_are_left(typed: str, expected: str) -> None:
    assert CORRECTOR.correct(typed) == expected


@given(st.text(alphabet="低底保特因困人员申情请标淮准的我不，。 a1", max_size=30))
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    once = CORRECTOR.correct(text)
    assert CORRECTOR.correct(once) == once
    assert len(once) == len(text)
