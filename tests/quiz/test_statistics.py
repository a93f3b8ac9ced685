"""Facility and discrimination, against numbers worked out by hand and against numpy."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_items import CLOSED, ESSAY, FEE, MULTIPLE, SINGLE, questions

from assistant.quiz.marking import Response
from assistant.quiz.session import Given, Session, Sheet
from assistant.quiz.statistics import discrimination_index, facility_index, item_statistics
from assistant.quiz.types import Item

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
EXAM = Session("s", "1", "exam", "题", questions(*CLOSED), NOW, minutes=30)
PRACTICE = Session("s", "1", "practice", "题", questions(*CLOSED), NOW)


def a_sheet(*chosen: tuple[Item, tuple[int, ...]]) -> Sheet:
    return Sheet(NOW, {item.id: Given(Response(choices), NOW) for item, choices in chosen})


def clever(right: bool, *, fee: int | None = None) -> Sheet:
    """Somebody who knows everything or nothing, but for the question on the fee."""
    answers = [(item, item.key if right else (len(item.options) - 1,)) for item in CLOSED if item is not FEE]
    return a_sheet(*answers, (FEE, (fee if fee is not None else FEE.key[0] if right else 0,)))


def test_facility_is_the_mean_mark_over_the_full_mark() -> None:
    assert facility_index([2, 1, 0, 0], 2) == 0.375
    assert facility_index([], 2) is None


def test_discrimination_by_hand() -> None:
    # x = 1 1 0 0, X = 3 1 1 1: covariance 0.25, variances 0.25 and 0.75.
    assert discrimination_index([1, 1, 0, 0], [3, 1, 1, 1]) == pytest.approx(0.25 / (0.25 * 0.75) ** 0.5)
    assert discrimination_index([1, 1], [0, 3]) is None
    assert discrimination_index([1], [1]) is None


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.integers(0, 40)), min_size=2, max_size=60))
def test_discrimination_is_the_correlation_that_numpy_finds(pairs: list[tuple[float, int]]) -> None:
    marks, rest = [mark for mark, _ in pairs], [float(total) for _, total in pairs]
    found = discrimination_index(marks, rest)
    if len(set(marks)) == 1 or len(set(rest)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(numpy.corrcoef(marks, rest)[0, 1], abs=1e-9)


def test_a_blank_counts_in_an_exam_and_not_in_practice() -> None:
    sheets = [a_sheet((FEE, (1,))), a_sheet((SINGLE, (0,)))]
    assert [one.facility for one in item_statistics(EXAM, sheets)] == [0.5, 0.5, 0, 0]
    practised = item_statistics(PRACTICE, sheets)
    assert [one.facility for one in practised] == [1, 1, None, None]
    assert [one.answers for one in practised] == [1, 1, 0, 0]


def test_every_choice_is_counted() -> None:
    sheets = [a_sheet((MULTIPLE, (0, 1))), a_sheet((MULTIPLE, (0, 2))), a_sheet()]
    assert item_statistics(EXAM, sheets)[2].chosen == (2, 1, 1, 0)


def test_an_item_whose_key_is_wrong_is_doubted() -> None:
    sheets = [clever(True, fee=0) for _ in range(8)] + [clever(False, fee=1) for _ in range(8)]
    found = {one.question.item.id: one for one in item_statistics(EXAM, sheets)}
    assert found[FEE.id].discrimination == pytest.approx(-1)
    assert found[FEE.id].doubts == ("negative", "distractor")
    assert found[SINGLE.id].doubts == ()


def test_an_item_that_hardly_anybody_gets_right_is_doubted() -> None:
    sheets = [clever(right, fee=0) for right in [True] * 8 + [False] * 8]
    assert "hard" in item_statistics(EXAM, sheets)[0].doubts


def test_a_handful_of_answers_says_nothing_against_an_item() -> None:
    sheets = [clever(True, fee=0) for _ in range(4)] + [clever(False, fee=1) for _ in range(5)]
    assert all(one.doubts == () for one in item_statistics(EXAM, sheets))


def test_what_waits_to_be_marked_is_left_out() -> None:
    session = Session("s", "1", "exam", "题", questions(ESSAY, FEE), NOW, minutes=30)
    written = Sheet(NOW, {ESSAY.id: Given(Response(texts=("三点",)), NOW)})
    marked = Sheet(NOW, {ESSAY.id: Given(Response(texts=("三点",)), NOW, awarded=0.5)})
    essay = item_statistics(session, [written, marked])[0]
    assert (essay.answers, essay.facility, essay.chosen) == (1, 0.5, ())
