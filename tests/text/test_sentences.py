from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentences import clauses, sentences

CASES = [
    ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
    ("甲说“你好。我来。”乙走。", ["甲说“你好。我来。”", "乙走。"]),
    ("《某办法（试行）》第一条。乙", ["《某办法（试行）》第一条。", "乙"]),
    ("列举：\n（一）甲；\n（二）乙。", ["列举：", "（一）甲；", "（二）乙。"]),
    ("甲（戊。己）乙。", ["甲（戊。己）乙。"]),
    ("  甲。 \n\n 乙  ", ["甲。", "乙"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_semicolons_divide_where_asked() -> None:
    text = "甲；乙。"
    assert [text[start:end] for start, end in sentences(text, at_semicolons=True)] == ["甲；", "乙。"]


@given(st.text(alphabet="甲乙，。；“”（）\n ", max_size=60))
def test_sentences_lose_nothing_but_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)


def test_clauses_are_the_pieces_between_signs() -> None:
    text = "城镇343户（490人），农村5293户。"
    assert [text[start:end] for start, end in clauses(text)] == ["城镇343户", "490人", "农村5293户"]
