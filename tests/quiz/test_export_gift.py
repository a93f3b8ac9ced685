"""GIFT read back by our own parser: every item comes back as it went out."""

from __future__ import annotations

import re

import pytest
from exam_papers import clauses, item, paper, papers, pool
from hypothesis import given, settings

from assistant.quiz.export import export
from assistant.quiz.export.text import remark_of, source_of, writable
from assistant.quiz.imports import read_gift
from assistant.quiz.paper import Paper
from assistant.quiz.types import Item


def same(text: str) -> str:
    """A text as GIFT can hold it: without blanks around it, and with an arrow that makes no matching question."""
    return writable(text).replace("->", "→").strip(" \t")


def compare(made: Paper) -> None:
    found = read_gift(export(made, "gift").decode("utf-8"), clauses())
    assert found.errors == ()
    assert [each.id for each in found.items] == [each.id for each in made.items]
    for before, after in zip(made.items, found.items, strict=True):
        assert after.type == before.type
        assert after.stem.strip(" \t") == writable(before.stem).strip(" \t")
        assert after.options == tuple(map(same, before.options))
        assert after.key == before.key
        assert [same(why) for why in after.why_wrong] == [same(why) for why in before.why_wrong]
        assert [ways(each) for each in after.answers] == [ways(each) for each in before.answers]
        assert source_of(after) == source_of(before)
        assert remark_of(after).strip() == writable(remark_of(before)).strip()
        assert (after.origin and after.origin.quote) == (before.origin and before.origin.quote)


def ways(answer: str) -> set[str]:
    return {same(one).strip() for one in answer.split("|")}


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers())
@settings(max_examples=100, deadline=None)
def test_any_text(made: Paper) -> None:
    compare(made)


def test_very_long_texts() -> None:
    long = "长{=~#}文" * 5000
    compare(paper([item(stem=long, options=(long, long + "二", "三"), key=(2,), why_wrong=("", long, ""))]))


def test_marks_in_the_terms_of_moodle() -> None:
    text = export(paper([item("多选"), item("单选"), item("判断"), item("填空")]), "gift").decode("utf-8")
    assert re.search(r"~%50%火灾\s+~%50%重病\s+~%-100%购房#没有这一项\s+~%-100%旅游", text)
    assert re.search(r"=731元\s+~704元#这是上年的", text)
    assert "FALSE#应当是731元" in text
    assert re.search(r"=731；元\s+=七百三十一；元", text)


THREE = item("多选", options=("甲", "乙", "丙", "丁"), key=(0, 1, 2), why_wrong=())


@pytest.mark.parametrize(("one", "share"), [(THREE, "33.33333"), (item("多选"), "50")])
def test_the_right_options_share_the_marks(one: Item, share: str) -> None:
    assert f"~%{share}%" in export(paper([one]), "gift").decode("utf-8")
