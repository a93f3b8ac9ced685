"""The wrong-answer notebook: what enters, when it comes back, and that nothing counts twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from study_items import CLOSED, ESSAY, FEE, MEDIATION, MULTIPLE, SINGLE, questions

from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.database import open_database
from assistant.quiz.marking import Response
from assistant.quiz.notebook import Notebook, outcomes
from assistant.quiz.people import People
from assistant.quiz.session import Given, Session, Sheet

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WRONG = Sheet(NOW, {FEE.id: Given(Response((0,)), NOW), SINGLE.id: Given(Response((0,)), NOW)})


def practice(id: str = "p") -> Session:
    return Session(id, "1", "practice", "题", questions(*CLOSED), NOW)


def exam(phase: str) -> Session:
    return Session("e", "2", "exam", "题", questions(*CLOSED), NOW, minutes=30, phase=phase)  # type: ignore[arg-type]


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    engine = open_database(f"sqlite:///{tmp_path / 'quiz.sqlite3'}")
    People(engine).register("张三", NOW)
    return Notebook(engine)


def test_practice_tells_what_was_answered() -> None:
    assert [(one.item.id, one.right) for one in outcomes(practice(), WRONG)] == [(FEE.id, False), (SINGLE.id, True)]


def test_an_exam_tells_nothing_before_it_is_closed_and_then_blanks_too() -> None:
    assert list(outcomes(exam("open"), rules.submit(exam("open"), WRONG, NOW))) == []
    told = {one.item.id: one.right for one in outcomes(exam("closed"), WRONG)}
    assert told == {FEE.id: False, SINGLE.id: True, MULTIPLE.id: False, MEDIATION.id: False}


def test_a_written_answer_waits_until_it_is_marked() -> None:
    session = Session("e", "2", "exam", "题", questions(ESSAY), NOW, minutes=30, phase="closed")
    given = Response(texts=("要点",))
    assert list(outcomes(session, Sheet(NOW, {ESSAY.id: Given(given, NOW)}))) == []
    assert [one.right for one in outcomes(session, Sheet(NOW, {ESSAY.id: Given(given, NOW, awarded=0.4)}))] == [False]


def test_wrong_items_enter_once_however_often_they_are_collected(notebook: Notebook) -> None:
    for _ in range(3):
        notebook.collect(1, list(outcomes(practice(), WRONG)))
    (entry,) = notebook.entries(1)
    assert entry.item == FEE
    assert (entry.memory.reviews, entry.memory.due) == (1, NOW + timedelta(days=1))
    notebook.collect(1, list(outcomes(practice("another"), WRONG)))
    assert notebook.entries(1)[0].memory.lapses == 2
    assert notebook.entries(2) == []


def test_a_review_told_twice_counts_once(notebook: Notebook) -> None:
    notebook.collect(1, list(outcomes(practice(), WRONG)))
    tomorrow = NOW + timedelta(days=1)
    first = notebook.review(1, FEE.id, True, tomorrow, "review 2026-03-03")
    assert notebook.review(1, FEE.id, True, tomorrow, "review 2026-03-03") == first
    assert first.memory.due > tomorrow
    assert notebook.entry(1, FEE.id) == first
    with pytest.raises(QuizError, match="错题本"):
        notebook.review(1, SINGLE.id, True, tomorrow, "review 2026-03-03")


def test_an_answer_that_becomes_known_late_does_not_turn_time_back(notebook: Notebook) -> None:
    notebook.collect(1, list(outcomes(practice(), WRONG)))
    notebook.review(1, FEE.id, True, NOW + timedelta(days=3), "review")
    before = notebook.entries(1)[0].memory
    notebook.collect(1, list(outcomes(exam("closed"), WRONG)))
    after = next(entry.memory for entry in notebook.entries(1) if entry.item == FEE)
    assert after.last_review == before.last_review
    assert after.due > after.last_review
