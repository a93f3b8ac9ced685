"""What an answer is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_items import BLANKS, ESSAY, FEE, ITEMS, MULTIPLE, SINGLE

from assistant.errors import QuizError
from assistant.quiz.marking import PART, Response, fits, fraction, read_response, response_record
from assistant.quiz.types import Item


@pytest.mark.parametrize(
    ("item", "record", "worth"),
    [
        (SINGLE, {"choices": [0]}, 1),
        (SINGLE, {"choices": [2]}, 0),
        (SINGLE, {"choices": []}, 0),
        (FEE, {"choices": [1]}, 1),
        (MULTIPLE, {"choices": [1, 0]}, 1),
        (MULTIPLE, {"choices": [1]}, PART),
        (MULTIPLE, {"choices": [0, 1, 2]}, 0),
        (MULTIPLE, {"choices": [2]}, 0),
        (BLANKS, {"texts": [" ２０２ "]}, 1),
        (BLANKS, {"texts": ["二百零二"]}, 1),
        (BLANKS, {"texts": ["20.2"]}, 0),
        (BLANKS, {"texts": ["2002"]}, 0),
        (BLANKS, {"texts": []}, 0),
        (ESSAY, {"texts": ["坚持党的领导"]}, None),
        (ESSAY, {"texts": ["  "]}, 0),
    ],
)
def test_an_answer_earns_what_the_rules_say(item: Item, record: dict[str, list[object]], worth: float | None) -> None:
    assert fraction(item, read_response(item, record)) == worth


@pytest.mark.parametrize(
    ("answer", "text", "right"),
    [
        ("60|六十", "60", True),
        ("六十日", "60 日", True),
        ("60日", "60天", False),
        ("20%", "百分之二十", True),
        ("20%", "20", False),
        ("1.5", "15", False),
        ("民政部门", "民政部门。", True),
        ("民政部门", "", False),
    ],
)
def test_a_blank_is_compared_by_its_value_not_its_spelling(answer: str, text: str, right: bool) -> None:
    assert fits(answer, text) is right


@pytest.mark.parametrize(
    ("item", "record"),
    [
        (SINGLE, {"choices": [4]}),
        (SINGLE, {"choices": [-1]}),
        (SINGLE, {"choices": [0, 1]}),
        (SINGLE, {"choices": ["0"]}),
        (SINGLE, {"choices": [True]}),
        (SINGLE, {"choices": "0"}),
        (SINGLE, {"texts": ["甲"]}),
        (BLANKS, {"texts": ["1", "2"]}),
        (BLANKS, {"texts": [1]}),
        (BLANKS, {"choices": [0]}),
        (ESSAY, {"texts": ["长" * 2001]}),
    ],
)
def test_what_cannot_be_an_answer_is_refused(item: Item, record: dict[str, object]) -> None:
    with pytest.raises(QuizError):
        read_response(item, record)


@given(st.sampled_from(ITEMS), st.data())
def test_a_response_survives_being_written_and_earns_from_nothing_to_all(item: Item, data: st.DataObject) -> None:
    if item.options:
        most = len(item.options) if item.type == "多选" else 1
        response = Response(tuple(sorted(data.draw(st.sets(st.integers(0, len(item.options) - 1), max_size=most)))))
    else:
        response = Response(texts=(data.draw(st.text(max_size=20)),))
    assert read_response(item, response_record(response)) == response
    worth = fraction(item, response)
    assert worth is None or 0 <= worth <= 1
    if item.options:
        assert (worth == 1) == (response.choices == item.key)
