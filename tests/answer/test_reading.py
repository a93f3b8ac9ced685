"""A question however it is typed: what belongs to one way of typing is read, everything else is left."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.reading import Reader
from assistant.settings import PROJECT
from assistant.text.vocabulary import vocabulary_from
from tests.making import lexicon, places

COUNTS = {
    "农村": 50,
    "标准": 60,
    "申请": 80,
    "材料": 30,
    "特困": 30,
    "人员": 40,
    "登记": 40,
    "救助": 50,
    "什么": 9,
    "身份证": 9,
}


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((PROJECT / "corpus" / name).read_text("utf-8"))


READER = Reader(
    lexicon(), places(), lambda: vocabulary_from(COUNTS), lambda: _table("english.toml"), lambda: _table("dialect.toml")
)
READ = [
    ("nongcun dibao biaozhun", "农村低保标准"),
    ("nóngcūn dībǎo biāozhǔn", "农村低保标准"),
    ("rural dibao standard", "农村低保标准"),
    ("农村dibao标准", "农村低保标准"),
    ("申请低保要什么documents", "申请低保要什么材料"),
    ("申请biaozhun是什么", "申请标准是什么"),
    ("攞低保要带咩材料", "领低保要带什么材料"),
    ("攞低保要帶咩材料", "领低保要带什么材料"),
    ("农村底保标淮", "农村低保标准"),
    ("beijing dibao biaozhun", "北京低保标准"),
]
LEFT = [
    "农村低保标准是多少", "農村低保標準", "5A级社会组织", "ktv怎么办许可证", "", "asdfghjkl qwe", "《底保办法》", "https://example.com", "A",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), READ)
def test_it_is_read(typed: str, expected: str) -> None:
    assert READER.read(typed) == expected


@pytest.mark.parametrize("typed", LEFT)
def test_a_plain_question_comes_back_letter_for_letter(typed: str) -> None:
    assert READER.read(typed) == typed


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(READER.read(text), str)
