"""The state machine of sessions: whatever is done in whatever order, its promises hold."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_items import CLOSED, ESSAY, FEE, MULTIPLE, SINGLE, questions

from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.marking import Response
from assistant.quiz.session import GRACE, Mode, Session, Sheet

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_session(mode: Mode, **changes: Any) -> Session:
    given: dict[str, Any] = {
        "minutes": 30 if mode == "exam" else None, "phase": "lobby" if mode == "live" else "open",
    } | changes  # fmt: skip
    return Session("s", "000000", mode, "学法", questions(*CLOSED, marks=2), START, **given)


def later(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_an_exam_lets_answers_change_until_it_is_handed_in() -> None:
    session, sheet = a_session("exam"), Sheet(START)
    sheet = rules.answer(session, sheet, FEE.id, Response((0,)), later(1))
    sheet = rules.answer(session, sheet, FEE.id, Response((1,)), later(2))
    assert rules.score(session, sheet).awarded == 2
    done = rules.submit(session, sheet, later(3))
    with pytest.raises(QuizError, match="没有记入"):
        rules.answer(session, done, FEE.id, Response((0,)), later(4))
    assert rules.answer(session, done, FEE.id, Response((1,)), later(4)) is done
    assert rules.submit(session, done, later(9)) is done


def test_the_clock_that_counts_runs_from_a_participants_own_start() -> None:
    session, sheet = a_session("exam"), Sheet(later(10))
    end = rules.deadline(session, sheet)
    assert end == later(40)
    rules.answer(session, sheet, FEE.id, Response((1,)), end + GRACE)
    with pytest.raises(QuizError):
        rules.answer(session, sheet, FEE.id, Response((1,)), end + GRACE + timedelta(milliseconds=1))
    assert rules.submit(session, sheet, later(90)).submitted == end


def test_in_practice_the_first_answer_stands_and_its_key_is_seen() -> None:
    session, sheet = a_session("practice"), Sheet(START)
    assert not rules.explained(session, sheet, FEE.id)
    sheet = rules.answer(session, sheet, FEE.id, Response((0,)), later(1))
    assert rules.explained(session, sheet, FEE.id)
    assert not rules.explained(session, sheet, SINGLE.id)
    with pytest.raises(QuizError, match="解析"):
        rules.answer(session, sheet, FEE.id, Response((1,)), later(2))


def test_the_key_of_an_exam_is_not_shown_while_others_write() -> None:
    session = a_session("exam")
    sheet = rules.submit(session, rules.answer(session, Sheet(START), FEE.id, Response((1,)), later(1)), later(2))
    assert not rules.explained(session, sheet, FEE.id)
    assert rules.explained(rules.close(session), sheet, FEE.id)


def test_a_live_class_goes_question_by_question() -> None:
    session, seen = a_session("live"), []
    while session.phase != "closed":
        seen.append((session.phase, session.place))
        session = rules.advance(session)
    assert seen == [
        ("lobby", 0), ("open", 0), ("revealed", 0), ("open", 1), ("revealed", 1), ("open", 2), ("revealed", 2),
        ("open", 3), ("revealed", 3),
    ]  # fmt: skip
    with pytest.raises(QuizError, match="已经结束"):
        rules.advance(session)


def test_a_live_answer_counts_only_while_its_question_is_open() -> None:
    session, sheet = rules.advance(a_session("live")), Sheet(START)
    sheet = rules.answer(session, sheet, FEE.id, Response((1,)), later(1))
    with pytest.raises(QuizError, match="停止作答"):
        rules.answer(session, sheet, SINGLE.id, Response((0,)), later(1))
    with pytest.raises(QuizError, match="停止作答"):
        rules.answer(rules.advance(session), sheet, FEE.id, Response((0,)), later(1))


def test_a_person_marks_what_no_rule_can() -> None:
    session = Session("s", "1", "exam", "题", questions(ESSAY, FEE, marks=5), START, minutes=10)
    sheet = rules.answer(session, Sheet(START), ESSAY.id, Response(texts=("坚持党的领导",)), later(1))
    assert rules.score(session, sheet) == rules.Score(0, 10, pending=1)
    assert rules.score(session, rules.award(session, sheet, ESSAY.id, 0.5)) == rules.Score(2.5, 10)
    for item, share in ((FEE, 1.0), (ESSAY, 1.5)):
        with pytest.raises(QuizError):
            rules.award(session, sheet, item.id, share)


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": None}, {"minutes": 0}, {"questions": ()}, {"questions": questions(FEE, FEE)}, {"place": 4},
        {"phase": "lobby"}, {"mode": "live", "minutes": None, "questions": questions(ESSAY)},
    ],
)  # fmt: skip
def test_a_session_that_cannot_be_held_cannot_be_made(changes: dict[str, Any]) -> None:
    given = {"mode": "exam", "minutes": 5, "questions": questions(FEE), "phase": "open"} | changes
    with pytest.raises(ValueError, match=r"."):
        Session("s", "1", title="题", created=START, **given)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(CLOSED), st.integers(0, 1)),
        st.tuples(st.sampled_from(["submit", "advance", "close"])),
        st.tuples(st.just("wait"), st.integers(0, 20)),
    ),
    max_size=30,
)


def taken(step: tuple[Any, ...], session: Session, sheet: Sheet, now: datetime) -> tuple[Session, Sheet]:
    """What comes of one event. Raises ``QuizError`` where it is refused."""
    if step[0] == "answer":
        return session, rules.answer(session, sheet, step[1].id, Response((step[2],)), now)
    if step[0] == "submit":
        return session, rules.submit(session, sheet, now)
    return getattr(rules, step[0])(session), sheet


def keys_are_safe(session: Session, sheet: Sheet, now: datetime) -> None:
    """No key is seen before the last moment at which an answer to its question could still change."""
    for question in session.questions:
        item = question.item
        other = Response((1 - min(item.key[0], 1),))
        given = sheet.answers.get(item.id)
        if rules.explained(session, sheet, item.id) and (given is None or given.response != other):
            with pytest.raises(QuizError):
                rules.answer(session, sheet, item.id, other, now)


@given(st.sampled_from(["practice", "exam", "live"]), STEPS)
def test_no_order_of_events_breaks_a_promise(mode: Mode, steps: list[tuple[Any, ...]]) -> None:
    session, sheet, now = a_session(mode), Sheet(START), START
    for step in steps:
        before, was = sheet, session
        if step[0] == "wait":
            now += timedelta(minutes=step[1])
            continue
        with suppress(QuizError):
            session, sheet = taken(step, session, sheet, now)
        # Nothing once written goes away, and an end is an end.
        assert before.answers.keys() <= sheet.answers.keys()
        if before.submitted is not None or was.phase == "closed":
            assert sheet.answers == before.answers
        assert before.submitted in (None, sheet.submitted)
        assert was.phase != "closed" or session.phase == "closed"
        keys_are_safe(session, sheet, now)
        total = rules.score(session, sheet)
        assert 0 <= total.awarded <= total.possible == 8


def test_partly_right_answers_are_worth_a_part_of_the_marks() -> None:
    session = a_session("exam")
    sheet = rules.answer(session, Sheet(START), MULTIPLE.id, Response((0,)), later(1))
    assert rules.score(session, sheet).awarded == 1
