"""The votes on disk."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from assistant.app.feedback import Feedback, FeedbackStore, strike_out_numbers

VOTE = Feedback("a1", "down", "低保标准", True, (("d:0-9", 2, 5),), datetime(2025, 6, 1, 8, tzinfo=UTC), "数字不对", "")

WRITE = """
import sys
from pathlib import Path
from dataclasses import replace
from test_feedback import VOTE
from assistant.app.feedback import FeedbackStore
store = FeedbackStore(Path(sys.argv[1]))
for number in range(1000):
    store.record(replace(VOTE, answer=str(number)))
    print(number, flush=True)
"""


def rows(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT answer, vote, reason, citations FROM votes ORDER BY rowid").fetchall()


def test_a_second_vote_on_an_answer_replaces_the_first(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "new" / "feedback.sqlite3")
    store.record(VOTE)
    store.record(replace(VOTE, vote="up", reason=""))
    store.record(replace(VOTE, answer="a2"))
    assert rows(store.path) == [("a1", "up", "", '[["d:0-9", 2, 5]]'), ("a2", "down", "数字不对", '[["d:0-9", 2, 5]]')]


def test_votes_of_many_at_once_are_all_kept(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
    threads = [Thread(target=store.record, args=(replace(VOTE, answer=str(number)),)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(store.path)) == 16


def test_what_was_thanked_for_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite3"
    roots = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
    command = [sys.executable, "-c", WRITE, str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": roots}
    ) as writer:
        assert writer.stdout is not None
        confirmed = 0
        while confirmed < 5:
            confirmed = int(writer.stdout.readline()) + 1
        writer.send_signal(signal.SIGKILL)
        confirmed += len(writer.stdout.read().split())
    kept = {str(row[0]) for row in rows(path)}
    assert {str(number) for number in range(confirmed)} <= kept
    FeedbackStore(path).record(replace(VOTE, answer="afterwards"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("我的身份证是11010119900307001X，能办吗", "我的身份证是******************，能办吗"),
        ("电话13800000000", "电话***********"),
        ("电话138 0000 0000", "电话*************"),
        ("座机0763-1234567", "座机************"),
        ("2024年低保标准731元，1893.6万元", "2024年低保标准731元，1893.6万元"),
        ("2021-2025年规划", "2021-2025年规划"),
        ("2025-01-07印发的文件", "2025-01-07印发的文件"),
    ],
)
def test_numbers_of_persons_are_struck_out(text: str, kept: str) -> None:
    assert strike_out_numbers(text) == kept
