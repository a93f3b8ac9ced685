from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.types import Answer, Citation, Figure, Part, Passage, Refusal, Sentence
from tests.making import document, passage

TEXT = "第一条　标准为每人每月731元。\n第二条　标准为每人每月913元。"


def test_a_passage_is_its_span_of_the_document() -> None:
    whole = document(TEXT)
    assert Passage(whole, 0, 17).text == TEXT[:17]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_a_passage_outside_its_document_cannot_be(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not inside"):
        Passage(document(TEXT), start, end)


@pytest.mark.parametrize("quote", ["", "每人每月732元", "第二条"])
def test_a_quote_that_is_not_in_the_passage_cannot_be_cited(quote: str) -> None:
    with pytest.raises(ValueError, match="quote is not in passage"):
        Citation(Passage(document(TEXT), 0, 17), quote)


def test_a_quote_at_another_place_than_it_stands_cannot_be_cited() -> None:
    with pytest.raises(ValueError, match="quote is not in passage"):
        Citation(passage(TEXT), "731元", start=0)


def test_a_citation_names_the_smallest_part_that_holds_it() -> None:
    whole = document(TEXT)
    parts = (Part(0, 17, "第一条第一款"), Part(4, 17, "第一条第一款第（一）项"))
    one = Passage(whole, 0, 17, label="第一条", parts=parts)
    assert Citation(one, "731元").label == "第一条第一款第（一）项"
    assert Citation(one, "第一条").label == "第一条第一款"


def test_a_sentence_needs_a_citation() -> None:
    with pytest.raises(ValueError, match="at least one citation"):
        Sentence("标准为731元。", ())


def test_a_figure_stands_in_its_quote() -> None:
    citation = Citation(passage(TEXT), "每人每月731元")
    with pytest.raises(ValueError, match="not in its quote"):
        Figure(Decimal(913), "元/人·月", "913元", citation)


def test_an_answer_is_sentences_or_a_refusal() -> None:
    sentence = Sentence("731元", (Citation(passage(TEXT), "731元"),))
    refusal = Refusal("not_found", "没有")
    with pytest.raises(ValueError, match="either"):
        Answer("问")
    with pytest.raises(ValueError, match="either"):
        Answer("问", (sentence,), refusal=refusal)


def test_citations_are_numbered_once_each_in_order() -> None:
    one = passage(TEXT)
    first, second = Citation(one, "913元"), Citation(one, "731元")
    answer = Answer("问", (Sentence("913元", (first,)), Sentence("731元和913元", (second, Citation(one, "913元")))))
    assert [each.quote for each in answer.citations] == ["913元", "731元"]
