"""English read as Chinese words: endings, phrases, articles, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.settings import PROJECT
from assistant.text.english import Glossary, chinese_numeral, parse_glossary

SMALL = parse_glossary(
    "# 词表\nmarry = 结婚\nchild = 儿童 子女\nlaw = 法律\npenalty law = 行政处罚法\napply = 申请\nstop = 停止\nfee=费用\nday = 日\n"
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("What fees do I pay to marry?", "费用 结婚"),
        ("Who applied for the child", "申请 儿童 子女"),
        ("they are stopping the fees", "停止 费用"),
        ("What does the Penalty Law say about days", "行政处罚法 日"),
        ("Article 44 of the penalty law, please", "第四十四条 行政处罚法"),
        ("apply within 30 days of that", "申请 30 日"),
        ("how to apply 最低生活保障 here please", "申请 最低生活保障"),
    ],
)
def test_words_are_read(text: str, read: str) -> None:
    assert SMALL.read(text) == read


@pytest.mark.parametrize(
    "text", ["农村低保标准是多少", "低保 apply", "marry me", "nobody knows these words", "", "123 456 789"]
)
def test_what_is_not_english_or_not_known_is_left_alone(text: str) -> None:
    assert SMALL.read(text) == text
    assert Glossary().read(text) == text


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert isinstance(SMALL.read(text), str)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (44, "四十四"),
        (100, "一百"),
        (104, "一百零四"),
        (110, "一百一十"),
        (125, "一百二十五"),
    ],
)
def test_numerals_are_those_of_laws(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


@pytest.mark.parametrize("line", ["marry", "marry =", "= 结婚"])
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(CorpusError, match="第 2 行"):
        parse_glossary(f"law = 法律\n{line}\n")


def test_the_shipped_glossary_is_in_order() -> None:
    text = (PROJECT / "corpus" / "english.txt").read_text(encoding="utf-8")
    names = [line.partition("=")[0].strip() for line in text.splitlines() if "=" in line and not line.startswith("#")]
    assert len(names) == len(set(names)) > 700
    assert "罚款" in parse_glossary(text).read("How many days do I have to pay the fine?")
