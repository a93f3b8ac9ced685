"""Sessions in the database: what was acknowledged is there, whoever else writes and whatever is killed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from study_items import BLANKS, CLOSED, ESSAY, FEE, SINGLE, questions

from assistant.errors import QuizError
from assistant.quiz import session as rules
from assistant.quiz.database import open_database, reading
from assistant.quiz.notebook import Notebook, Outcome
from assistant.quiz.people import People
from assistant.quiz.session import Score, Session
from assistant.quiz.store import SessionStore

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'deep' / 'quiz.sqlite3'}")


def later(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def exam(engine: Engine) -> tuple[SessionStore, People, Session]:
    people, store = People(engine), SessionStore(engine)
    return store, people, store.create("exam", "三月考试", questions(*CLOSED), START, minutes=30)


def test_a_session_comes_back_as_it_was_made(engine: Engine) -> None:
    store, _, session = exam(engine)
    assert SessionStore(engine).get(session.id) == session
    assert store.by_code(f" {session.code} ") == session
    assert store.recent() == [session]
    with pytest.raises(QuizError, match="课堂码"):
        store.by_code("000")


@pytest.mark.parametrize(
    ("mode", "asked", "minutes", "said"),
    [("exam", CLOSED, None, "多少分钟"), ("practice", (), None, "没有题"), ("live", (ESSAY,), None, "简答")],
)
def test_a_session_that_cannot_be_held_is_explained(engine: Engine, mode, asked, minutes, said) -> None:  # type: ignore[no-untyped-def]
    People(engine)
    with pytest.raises(QuizError, match=said):
        SessionStore(engine).create(mode, "题", questions(*asked), START, minutes=minutes)


def test_an_exam_goes_on_after_the_server_was_started_again(engine: Engine) -> None:
    store, people, session = exam(engine)
    person, token = people.register("张三", START)
    store.take(session.id, person, later(5))
    store.answer(session.id, person.id, FEE.id, {"choices": [1]}, later(6))
    engine.dispose()

    again = SessionStore(open_database(str(engine.url)))
    known = People(open_database(str(engine.url))).known(token)
    assert known == person
    taking = again.take(session.id, person, later(20))
    assert taking.sheet.started == later(5)
    assert taking.sheet.answers[FEE.id].response.choices == (1,)
    again.answer(session.id, person.id, FEE.id, {"choices": [0]}, later(34))
    with pytest.raises(QuizError, match="时间已到"):
        again.answer(session.id, person.id, SINGLE.id, {"choices": [0]}, later(36))


def test_a_sheet_is_handed_in_once_however_often_it_is_sent(engine: Engine) -> None:
    store, people, session = exam(engine)
    person, _ = people.register("张三", START)
    store.take(session.id, person, START)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda minute: store.submit(session.id, person.id, later(minute)), range(1, 17)))
    assert sum(first for _, _, first in done) == 1
    assert len({taking.sheet.submitted for _, taking, _ in done}) == 1
    with pytest.raises(QuizError):
        store.answer(session.id, person.id, FEE.id, {"choices": [1]}, later(2))


def test_many_people_at_once_lose_nothing(engine: Engine) -> None:
    store, people, session = exam(engine)
    persons = [people.register(f"学员{number}", START)[0] for number in range(30)]

    def sit(number: int) -> None:
        store.take(session.id, persons[number], START)
        for item in CLOSED:
            store.answer(session.id, persons[number].id, item.id, {"choices": [number % 2]}, later(1))

    with ThreadPoolExecutor(15) as pool:
        list(pool.map(sit, range(30)))
    takings = store.takings(session)
    assert store.count(session.id) == len(takings) == 30
    for taking in takings:
        number = persons.index(taking.person)
        assert {item: given.response.choices for item, given in taking.sheet.answers.items()} == {
            item.id: (number % 2,) for item in CLOSED
        }


def test_a_refused_answer_changes_nothing(engine: Engine) -> None:
    store, people, session = exam(engine)
    person, _ = people.register("张三", START)
    with pytest.raises(QuizError, match="还没有加入"):
        store.answer(session.id, person.id, FEE.id, {"choices": [1]}, START)
    taking = store.take(session.id, person, START)
    for item_id, record in (("none", {"choices": [1]}), (FEE.id, {"choices": [7]}), (FEE.id, {"choices": [0, 1]})):
        with pytest.raises(QuizError):
            store.answer(session.id, person.id, item_id, record, START)
    assert store.taking(session, person.id) == taking


def test_what_a_person_marked_is_kept(engine: Engine) -> None:
    people, store = People(engine), SessionStore(engine)
    session = store.create("exam", "题", questions(ESSAY, BLANKS, marks=10), START, minutes=5)
    person, _ = people.register("李四", START)
    store.take(session.id, person, START)
    store.answer(session.id, person.id, ESSAY.id, {"texts": ["坚持党的领导"]}, later(1))
    store.answer(session.id, person.id, BLANKS.id, {"texts": ["202"]}, later(1))
    store.award(session.id, person.id, ESSAY.id, 0.5)
    taking = store.taking(session, person.id)
    assert taking is not None
    assert rules.score(session, taking.sheet) == Score(15, 20)


def test_a_live_class_stands_where_it_stood(engine: Engine) -> None:
    people, store = People(engine), SessionStore(engine)
    session = store.create("live", "课", questions(*CLOSED), START)
    person, _ = people.register("王五", START)
    store.take(session.id, person, START)
    store.change(session.id, rules.advance)
    store.answer(session.id, person.id, CLOSED[0].id, {"choices": [0]}, later(1))
    for step in (rules.advance, rules.advance, lambda one: rules.show_names(one, True)):
        store.change(session.id, step)
    found = SessionStore(open_database(str(engine.url))).get(session.id)
    assert (found.place, found.phase, found.names_shown) == (1, "open", True)
    store.change(session.id, rules.close)
    other, _ = people.register("赵六", START)
    with pytest.raises(QuizError, match="已经结束"):
        store.take(session.id, other, later(2))
    assert store.take(session.id, person, later(2)).sheet.answers.keys() == {CLOSED[0].id}


def test_a_removed_session_takes_its_answers_and_strangers_along(engine: Engine) -> None:
    store, people, session = exam(engine)
    notebook = Notebook(engine)
    leaving, token = people.register("张三", START)
    staying, other = people.register("李四", START)
    for person in (leaving, staying):
        store.take(session.id, person, START)
        store.answer(session.id, person.id, FEE.id, {"choices": [0]}, later(1))
    notebook.collect(staying.id, [Outcome(FEE, False, START, "session")])
    store.remove(session.id)
    assert store.recent() == []
    assert people.known(token) is None
    assert people.known(other) == staying
    assert len(notebook.entries(staying.id)) == 1
    with reading(engine) as connection:
        assert connection.execute(text("select count(*) from quiz_answers")).scalar() == 0


WRITER = """
import sys
from datetime import UTC, datetime
from assistant.quiz.database import open_database
from assistant.quiz.store import SessionStore
store = SessionStore(open_database(sys.argv[1]))
session = store.get(sys.argv[2])
for turn in range(100000):
    question = session.questions[turn % len(session.questions)]
    choice = turn // len(session.questions) % 2
    store.answer(session.id, int(sys.argv[3]), question.item.id, {"choices": [choice]}, datetime.now(UTC))
    print(question.item.id, choice, flush=True)
"""


def test_every_acknowledged_answer_survives_a_kill(engine: Engine) -> None:
    people, store = People(engine), SessionStore(engine)
    now = datetime.now(UTC)
    session = store.create("exam", "题", questions(*CLOSED), now, minutes=600)
    person, _ = people.register("张三", now)
    store.take(session.id, person, now)
    for number in (7, 22, 41):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(engine.url), session.id, str(person.id)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        told = [process.stdout.readline().split() for _ in range(number)]
        process.kill()
        told += [line.split() for line in process.stdout.read().splitlines()]
        process.wait(timeout=10)
        acknowledged = dict(line for line in told if len(line) == 2)
        assert len(acknowledged) == len(CLOSED)
        taking = store.taking(session, person.id)
        assert taking is not None
        kept = {item: str(given.response.choices[0]) for item, given in taking.sheet.answers.items()}
        # At most the answer that was being written when the end came may be newer than what was acknowledged.
        assert sum(kept[item] != choice for item, choice in acknowledged.items()) <= 1
