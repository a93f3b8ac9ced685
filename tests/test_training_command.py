"""``assistant train`` as a person uses it, and the questions of the project as it finds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.schooling import Schoolbooks, check_training
from assistant.search.articles import Question, read_questions, read_unanswered
from assistant.search.questions import known_questions
from assistant.settings import PROJECT, load_settings
from evals.cases import read_cases

QUESTIONS = PROJECT / "training" / "questions"
SHARED = PROJECT.parent / "shared"
STATUTES = SHARED / "training" / "law_articles.jsonl.xz"
FOLDERS = (SHARED / "sources", PROJECT / "corpus")

NOTICE = "关于救济的通知\n\n一、对象\n\n（一）屋里收入少的，可以申领救济。\n\n（二）救济按户发放，每月核对一次。\n"
TEXTS = ("家庭收入低于当地标准的，可以申领救济。救济按户发放。", "申领救济向村里递交材料；村里应当在十日内公示。")


def lines(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder with articles, questions, lay questions and a document, too small to learn much from."""
    article = {"law": "救济条例", "date": "", "cat": "", "ch": "", "sec": ""}
    numbered = zip(("第一条", "第二条"), TEXTS, strict=True)
    lines(tmp_path / "articles.jsonl", [{**article, "no": number, "text": text} for number, text in numbered])
    (tmp_path / "questions").mkdir()
    lines(tmp_path / "questions" / "own.jsonl", [
        {"law": "救济条例", "no": "第一条", "register": "village", "question": "没钱吃饭能要救济不"},
        {"law": "关于救济的通知", "no": "一（二）", "register": "city", "question": "救济是一个人一份还是一家一份"},
        {"law": "没有的办法", "no": "第一条", "register": "city", "question": "谁管这个事"},
    ])  # fmt: skip
    lines(tmp_path / "lay.jsonl", [{"question": "去哪领救济？", "articles": {"救济条例第二条": TEXTS[1]}}])
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "关于救济的通知.txt").write_text(NOTICE, encoding="utf-8")
    return tmp_path


def train(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", "train", "--articles", "articles.jsonl", "--questions", "questions"]
    return subprocess.run(
        [*command, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_model_is_trained_and_serves(books: Path) -> None:
    (books / "results.md").write_text("recall@5: 1", encoding="utf-8")
    options = ("--lay", "lay.jsonl", "--corpus", "documents", "--results", "results.md", "--steps", "3", "--seed", "5")
    done = train(books, *options, "--out", "model")
    assert done.returncode == 0, done.stderr
    assert "1 题没有用上：没有的办法" in done.stdout
    card = (books / "model" / "README.md").read_text("utf-8")
    for part in ("recall@5: 1", "| seed | 5 |", "| steps | 3 |", "this project | 2 |", "training part) | 1 |"):
        assert part in card
    for command in (["build", "--corpus", "documents", "--encoder", "model"], ["ask", "救济怎么发"]):
        served = subprocess.run(
            [sys.executable, "-m", "assistant", *command, "--index", "index"],
            cwd=books, capture_output=True, text=True, encoding="utf-8", check=False,
            env={**os.environ, "ASSISTANT_ENCODER": "model"},
        )  # fmt: skip
        assert served.returncode == 0, served.stderr
    assert "按户发放" in served.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--out", "m", "--lay", "none.jsonl"), "读不了 none.jsonl"),
        (("--out", "m", "--questions", "none"), "没有题目"),
        (("--out", "m", "--corpus", "none"), "没有这个文件夹"),
        (("--out", "m", "--steps", "0"), "--steps"),
        ((), "--out"),
    ],
)
def test_a_wrong_call_is_explained_in_one_line(books: Path, options: tuple[str, ...], message: str) -> None:
    done = train(books, *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_questions_are_checked(books: Path) -> None:
    done = train(books, "--corpus", "documents", "--check")
    assert done.returncode == 1
    assert "找不到条文  没有的办法第一条  谁管这个事" in done.stdout
    assert "3 题，1 处要看。" in done.stdout


# The project's own questions -------------------------------------------------------------------------------------


def test_no_question_of_ours_is_one_of_the_evaluation() -> None:
    unanswered = [Question("", "", "city", text) for text in read_unanswered(QUESTIONS.with_name("unanswered.jsonl"))]
    questions = [*read_questions(QUESTIONS), *unanswered]
    known = [turn for case in read_cases() for turn in case.turns]
    assert [questions[flaw.place] for flaw in known_questions(questions, known)] == []


@pytest.mark.skipif(not STATUTES.is_file(), reason="the statutes are not here")
def test_the_questions_of_ours_are_peoples_own_words_each_another_and_answered() -> None:
    questions, flaws = check_training(load_settings(), Schoolbooks(STATUTES, QUESTIONS, None, FOLDERS))
    assert questions
    assert [(flaw.rule, questions[flaw.place], flaw.detail) for flaw in flaws] == []
