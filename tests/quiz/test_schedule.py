"""The daily review: FSRS with the day as a parameter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.schedule import LEARNT, begin, review

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_wrong_answer_comes_back_the_next_day() -> None:
    memory = begin(NOW)
    assert memory.due == NOW + timedelta(days=1)
    assert (memory.reviews, memory.lapses) == (1, 1)
    assert review(memory, False, memory.due).due == memory.due + timedelta(days=1)


def test_right_answers_on_the_day_move_an_item_ever_further_away_until_it_is_learnt() -> None:
    memory, gaps = begin(NOW), []
    while not memory.learnt and len(gaps) < 20:
        memory = review(memory, True, memory.due)
        gaps.append(memory.due - memory.last_review)
    assert gaps == sorted(gaps)
    assert gaps[-1] >= LEARNT
    assert memory.lapses == 1


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        begin(datetime(2026, 3, 2))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=25))
def test_the_same_answers_give_the_same_days_and_right_ones_never_bring_an_item_back_sooner(
    answers: list[tuple[bool, int]],
) -> None:
    def run() -> list[datetime]:
        memory, now, dues = begin(NOW), NOW, []
        for right, days in answers:
            now += timedelta(days=days)
            wrong_due = review(memory, False, now).due
            memory = review(memory, right, now)
            assert now + timedelta(days=1) <= memory.due
            assert memory.due >= wrong_due
            assert memory.stability > 0
            assert 1 <= memory.difficulty <= 10
            dues.append(memory.due)
        return dues

    assert run() == run()
