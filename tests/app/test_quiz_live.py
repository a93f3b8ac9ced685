"""A live class and an exam over loopback, against the program itself, which is killed in the middle and started again."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.quiz.database import open_database
from assistant.quiz.people import People
from assistant.quiz.session import Session
from assistant.quiz.store import SessionStore

sys.path.append(str(Path(__file__).resolve().parents[1] / "quiz"))
from study_items import CLOSED, FEE, MULTIPLE, questions

PARTICIPANTS = 60
PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 400
"""How often at most a participant asks again before the test gives up: nothing here runs for ever."""


@dataclass
class Program:
    """``assistant serve`` as a process of its own, on one port through all its lives."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    lives: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'quiz.sqlite3'}"

    def start(self) -> None:
        environment = os.environ | {
            "ASSISTANT_QUIZ_DATABASE": self.database,
            "ASSISTANT_QUIZ_KEY": str(self.folder / "trainer.key"),
            "ASSISTANT_FEEDBACK": str(self.folder / "feedback.sqlite3"),
            "ASSISTANT_INDEX": str(self.folder / "no-index"),
            "PYTHONPATH": str(PROJECT),
        }
        with (self.folder / f"log-{self.lives}").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "assistant", "serve", "--port", str(self.port)],
                cwd=self.folder, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        self.lives += 1
        wait_until(self.answers, 120, "the program did not start")

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / f"log-{self.lives - 1}").read_text()
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/quiz/join", timeout=2).status_code == 200
        return False

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    @contextmanager
    def trainer(self) -> Iterator[httpx.Client]:
        key = (self.folder / "trainer.key").read_text().strip()
        with self.visitor() as client:
            client.post("/quiz/enter", json={"key": key}).raise_for_status()
            yield client

    def visitor(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"x-quiz": "1"}, timeout=20)


def wait_until(holds: Callable[[], bool], seconds: float, failure: str) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, failure
        time.sleep(0.1)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Program(tmp_path_factory.mktemp("program"), port)
    program.start()
    yield program
    program.kill()


def insisting(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask until the server says yes or no, as the pages' scripts do; a server that is gone says neither."""
    for _ in range(PATIENCE):
        try:
            answer = ask()
            if answer.status_code < 500:
                return answer
        except httpx.HTTPError:
            pass
        time.sleep(0.2 + random.random() * 0.2)
    raise AssertionError("the server did not come back")


def choices(number: int, place: int) -> list[int]:
    """What participant ``number`` answers to question ``place``: everybody differently, and known beforehand."""
    item = CLOSED[place]
    first = (number + place) % len(item.options)
    return sorted({first, (first + 1) % len(item.options)}) if item is MULTIPLE else [first]


@dataclass
class Participant:
    """One telephone: joins, follows the class, answers each question once it is open, and notes what was acknowledged."""

    program: Program
    number: int
    acknowledged: dict[str, list[int]] = field(default_factory=dict)

    def follow(self, code: str) -> None:
        with self.program.visitor() as client:
            joined = insisting(
                lambda: client.post("/quiz/join", json={"code": code, "name": f"学员{self.number:02d}"})
            )  # fmt: skip
            assert joined.status_code == 200, joined.text
            seen = ""
            for _ in range(PATIENCE):
                state = insisting(lambda seen=seen: client.get(f"/quiz/take/{code}/live", params={"seen": seen})).json()  # type: ignore[misc]
                place, phase = state["version"].split("-")
                if phase == "closed":
                    return
                item = CLOSED[int(place)]
                if phase == "open" and item.id not in self.acknowledged:
                    self.give(client, code, item.id, choices(self.number, int(place)))
                seen = state["version"]
                time.sleep(0.3 + random.random() * 0.4)
        raise AssertionError("the class did not end")

    def give(self, client: httpx.Client, code: str, item: str, chosen: list[int]) -> None:
        record = {"item": item, "response": {"choices": chosen}}
        given = insisting(lambda: client.post(f"/quiz/take/{code}/answer", json=record))
        assert given.status_code == 200, given.text
        self.acknowledged[item] = chosen


def screen(trainer: httpx.Client, session: Session) -> dict[str, Any]:
    return dict(insisting(lambda: trainer.get(f"/quiz/session/{session.id}/screen")).json())


def step(trainer: httpx.Client, session: Session, stage: str) -> None:
    where = f"/quiz/session/{session.id}/advance"
    assert insisting(lambda: trainer.post(where, json={"from": stage})).status_code == 200


def test_sixty_people_follow_a_class_through_a_kill_and_no_answer_is_lost(program: Program) -> None:
    engine = open_database(program.database)
    People(engine)
    store = SessionStore(engine)
    session = store.create("live", "三月学法", questions(*CLOSED), datetime.now(UTC))
    participants = [Participant(program, number) for number in range(PARTICIPANTS)]
    with ThreadPoolExecutor(PARTICIPANTS) as pool, program.trainer() as trainer:
        following = [pool.submit(participant.follow, session.code) for participant in participants]
        wait_until(lambda: screen(trainer, session)["joined"] == PARTICIPANTS, 60, "not everybody joined")
        step(trainer, session, "0-lobby")
        for place in range(len(CLOSED)):
            if place == 2:
                wait_until(lambda: screen(trainer, session)["answered"] >= 10, 60, "nobody answers")
                program.kill()
                killed_after = sum(CLOSED[2].id in participant.acknowledged for participant in participants)
                time.sleep(1)
                program.start()
            wait_until(lambda: screen(trainer, session)["answered"] == PARTICIPANTS, 120, "an answer is missing")
            step(trainer, session, f"{place}-open")
            step(trainer, session, f"{place}-revealed")
        for one in following:
            one.result(timeout=60)

    assert 0 < killed_after < PARTICIPANTS, "the kill did not come in the middle"
    assert program.lives == 2
    kept = {taking.person.name: taking.sheet.answers for taking in store.takings(session)}
    assert len(kept) == PARTICIPANTS
    for participant in participants:
        answers = kept[f"学员{participant.number:02d}"]
        assert {item: list(given.response.choices) for item, given in answers.items()} == participant.acknowledged
        assert participant.acknowledged == {
            item.id: choices(participant.number, place) for place, item in enumerate(CLOSED)
        }
    assert store.get(session.id).phase == "closed"


def test_an_exam_resumes_after_a_kill_and_is_handed_in_once(program: Program) -> None:
    engine = open_database(program.database)
    session = SessionStore(engine).create("exam", "三月考试", questions(*CLOSED), datetime.now(UTC), minutes=30)
    with program.visitor() as client:
        client.post("/quiz/join", json={"code": session.code, "name": "张三"})
        client.post(f"/quiz/take/{session.code}/begin", json={})
        give = f"/quiz/take/{session.code}/answer"
        assert client.post(give, json={"item": FEE.id, "response": {"choices": [1]}}).status_code == 200
        before = float(re.search(r'data-left="([\d.]+)"', client.get(f"/quiz/take/{session.code}").text)[1])  # type: ignore[index]
        program.kill()
        program.start()
        page = client.get(f"/quiz/take/{session.code}").text
        assert re.search(rf'name="answer-{FEE.id}" value="1" checked', page)
        left = float(re.search(r'data-left="([\d.]+)"', page)[1])  # type: ignore[index]
        assert 1500 < left < before, "the clock stood still while the server was away"
        with ThreadPoolExecutor(8) as pool:
            submitted = list(pool.map(lambda _: client.post(f"/quiz/take/{session.code}/submit", json={}), range(8)))
        assert {answer.status_code for answer in submitted} == {200}
        late = client.post(give, json={"item": FEE.id, "response": {"choices": [0]}})
        assert (late.status_code, "没有记入" in late.json()["error"]) == (409, True)
    (taking,) = SessionStore(engine).takings(session)
    assert taking.sheet.submitted is not None
    assert taking.sheet.answers[FEE.id].response.choices == (1,)
