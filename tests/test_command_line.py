"""The command line as a person and a program use it, in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

LAW = """---
id: measure
title: 甲县救助办法
issuer: 甲县民政局
number: 甲民〔2024〕1号
issued: 2024-01-01
effective: 2024-02-01
region: 连州市
level: 规范性文件
form: 原文
---
甲县救助办法

第一条　农村低保标准为每人每月731元。
第二条　申请低保，应当提交身份证。
"""


def assistant(*arguments: str, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(
        command, cwd=folder, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("work")
    (made / "corpus").mkdir()
    (made / "corpus" / "办法.txt").write_text(LAW, encoding="utf-8")
    (made / "corpus" / "坏.docx").write_bytes(b"not a zip")
    done = assistant("build", "--corpus", "corpus", "--index", "index", folder=made)
    assert done.returncode == 0, done.stderr
    assert "甲县救助办法" in done.stdout
    assert "坏.docx" in done.stdout
    return made


def _asked(folder: Path, *arguments: str, text: str = "") -> Any:
    done = assistant("ask", *arguments, "--index", "index", "--json", folder=folder, text=text)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_answer_as_json(folder: Path) -> None:
    (record,) = _asked(folder, "农村低保标准是多少")
    assert record["answered"] is True
    assert record["refusal"] is None
    (sentence,) = record["sentences"]
    (citation,) = sentence["citations"]
    assert citation["quote"] == "农村低保标准为每人每月731元。"
    assert citation["end"] - citation["start"] == len(citation["quote"])
    expected = {
        "document_id": "measure", "title": "甲县救助办法", "number": "甲民〔2024〕1号", "label": "第一条",
        "heading": [], "effective": "2024-02-01", "region": "连州市",
    }  # fmt: skip
    assert expected.items() <= citation.items()
    assert record["figures"][0]["value"] == "731"
    assert {"passage_id", "score", "text"} == set(record["hits"][0])


def test_a_refusal_is_an_answer_too(folder: Path) -> None:
    (record,) = _asked(folder, "今天天气怎么样")
    assert record["answered"] is False
    assert record["sentences"] == []
    assert record["refusal"]["message"]


def test_an_answer_for_people(folder: Path) -> None:
    done = assistant("ask", "申请低保要带什么材料", "--index", "index", folder=folder)
    assert "身份证" in done.stdout
    assert "[1] 《甲县救助办法》" in done.stdout
    assert "第二条" in done.stdout


def test_a_batch_keeps_order_and_survives_bad_lines(folder: Path) -> None:
    lines = [
        {"id": "一", "question": "农村低保标准是多少"},
        {"id": "二", "turns": ["农村低保标准是多少", "怎么申请"]},
    ]
    text = "\n".join(
        [json.dumps(lines[0]), "not json", json.dumps(lines[1]), "[1]", '{"id": "三"}', '{"id": 4, "question": "天气"}']
    )
    records = _asked(folder, "--batch", "-", text=text)
    assert [record.get("id") for record in records] == ["一", None, "二", None, None, 4]
    assert [("error" in record) for record in records] == [False, True, False, True, True, False]
    assert records[0]["figures"][0]["value"] == "731"
    assert "最低生活保障" in records[2]["understood"]


WRONG: list[tuple[Sequence[str], str]] = [
    (["ask"], "请给一个问题"),
    (["ask", "问", "--batch", "x"], "请给一个问题"),
    (["ask", "问", "--index", "nowhere"], "assistant build"),
    (["ask", "--batch", "nowhere.jsonl", "--index", "index"], "读不了"),
    (["ask", "问", "--as-of", "昨天", "--index", "index"], "as_of"),
    (["build", "--corpus", "nowhere"], "没有这个文件夹"),
    (["repair", "nowhere.txt"], "读不了"),
    (["serve", "--port", "99999"], "port"),
    (["corpus", "check", "--corpus", "nowhere"], "没有这个文件夹"),
    (["nonsense"], "--help"),
    (["ask", "问", "--nonsense"], "--nonsense"),
    (["eval", "--cases", "nowhere", "--split", "dev"], "没有题目"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_a_wrong_call_gets_one_line_and_exit_2(folder: Path, arguments: Sequence[str], says: str) -> None:
    done = assistant(*arguments, folder=folder)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr


def test_a_changed_corpus_makes_the_index_stale(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "办法.txt").write_text(LAW, encoding="utf-8")
    assert assistant("build", "--corpus", "corpus", "--index", "index", folder=tmp_path).returncode == 0
    (tmp_path / "corpus" / "办法.txt").write_text(LAW.replace("731", "913"), encoding="utf-8")
    done = assistant("ask", "农村低保标准是多少", "--index", "index", folder=tmp_path)
    assert done.returncode == 2
    assert "assistant build" in done.stderr


def test_repairing_a_file(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_text(
        "連州市低保標準(zhǔn)由縣級(jí)民政部門(mén)確(què)定&nbsp;。</p>", encoding="utf-8"
    )
    repaired = assistant("repair", "坏.txt", folder=tmp_path).stdout
    assert "zhǔn" not in repaired
    assert "</p>" not in repaired
    explained = assistant("repair", "坏.txt", "--explain", folder=tmp_path).stdout
    changes = [json.loads(line) for line in explained.splitlines()]
    raw = (tmp_path / "坏.txt").read_text(encoding="utf-8")
    for change in reversed(changes):
        end = change["start"] + len(change["before"])
        assert raw[change["start"] : end] == change["before"]
        raw = raw[: change["start"]] + change["after"] + raw[end:]
    assert raw == repaired


def test_checking_a_corpus(folder: Path) -> None:
    done = assistant("corpus", "check", "--corpus", "corpus", "--json", folder=folder)
    rules = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert done.returncode == 1
    assert "reading" in rules
