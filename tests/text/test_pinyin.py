from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.pinyin import PinyinReader, has_pinyin, without_tones
from assistant.text.vocabulary import vocabulary_from

COUNTS = {"农村": 50, "低保": 80, "标准": 60, "连州市": 20, "特困": 30, "供养": 20, "人员": 40, "救助站": 9, "哪里": 20}
READER = PinyinReader(vocabulary_from(COUNTS))
READ = [
    ("nongcun dibao biaozhun", "农村低保标准"),
    ("nongcundibaobiaozhun", "农村低保标准"),
    ("nóngcūn dībǎo biāozhǔn", "农村低保标准"),
    ("nong2cun1 di1bao3 biao1zhun3", "农村低保标准"),
    ("Nü'er de dibao", "女儿的低保"),
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


@pytest.mark.parametrize(
    ("text", "plain"), [("nǚ'ér lǜ", "nü'er lü"), ("5A 2024 nian", "5A 2024 nian"), ("è3a", "e3a")]
)
def test_tones_are_left_out(text: str, plain: str) -> None:
    assert without_tones(text) == plain
