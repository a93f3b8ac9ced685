"""assistant quiz generate, and what a build does to the item bank, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.quiz.bank import ItemBank
from assistant.quiz.database import open_database
from assistant.quiz.types import item_from

LAW = """---
id: measure
title: 甲县救助办法
number: 甲民〔2024〕1号
effective: 2024-02-01
region: 连州市
level: 规范性文件
form: 原文
---
甲县救助办法

第一条　乡镇人民政府应当自受理之日起七日内启动家庭经济状况调查。

第二条　县级人民政府民政部门应当在收到材料后二十日内提出确认意见。

第三条　申请救助应当提交下列材料：
（一）申请书；
（二）户口簿；
（三）收入证明。

第四条　有下列情形之一的，民政部门应当停止救助：
（一）家庭收入超过标准；
（二）拒绝配合调查；
（三）迁出本县。
"""
OLD = (
    LAW.replace("id: measure", "id: old")
    .replace("甲县救助办法", "甲县旧办法")
    .replace("form:", "expires: 2025-01-01\nform:")
)


class Place:
    """A folder with a corpus, an index and a bank of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bank = f"sqlite:///{folder / 'quiz.sqlite3'}"
        (folder / "corpus").mkdir()
        self.write(LAW)
        (folder / "corpus" / "旧.txt").write_text(OLD, encoding="utf-8")

    def write(self, text: str) -> None:
        (self.folder / "corpus" / "办法.txt").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        settings = {"ASSISTANT_INDEX": str(self.folder / "index"), "ASSISTANT_QUIZ_DATABASE": self.bank}
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments], cwd=self.folder, env=os.environ | settings,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def build(self, *arguments: str) -> dict[str, Any]:
        done = self.run("build", "--corpus", "corpus", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        record: dict[str, Any] = json.loads(done.stdout)
        return record


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("quiz"))
    made.build()
    return made


def generated(place: Place, *arguments: str) -> list[dict[str, Any]]:
    done = place.run("quiz", "generate", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return items


def test_items_as_json(place: Place) -> None:
    items = generated(place, "--count", "6", "--seed", "3")
    assert items
    for item in items:
        promised = ("type", "stem", "options", "key", "explanation", "passage", "quote", "why_wrong", "difficulty")
        assert all(name in item for name in promised)
        assert item["quote"] in item["passage"]
        assert item["document_id"] == "measure"
        assert item_from(item).id == item["id"]
    assert generated(place, "--count", "6", "--seed", "3") == items


def test_types_and_documents(place: Place) -> None:
    items = generated(place, "--types", "填空,简答", "--documents", "《甲县救助办法》", "--count", "9")
    assert {item["type"] for item in items} == {"填空", "简答"}


def test_items_for_people(place: Place) -> None:
    done = place.run("quiz", "generate", "--count", "50")
    assert done.returncode == 0
    assert "答案：" in done.stdout
    assert "只出得了" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--documents", "没有的法"], "没有找到"),
        (["--documents", "甲县旧办法"], "不是有效"),
        (["--types", "作文"], "单选、多选"),
        (["--count", "0"], "至少是 1"),
        (["--count", "x"], "用法"),
        (["--index", "nowhere"], "assistant build"),
    ],
)
def test_a_wrong_call_is_one_line(place: Place, arguments: list[str], said: str) -> None:
    done = place.run("quiz", "generate", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_build_retires_the_items_whose_clause_changed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.build()
    items = [item_from(record) for record in generated(place, "--count", "20")]
    ItemBank(open_database(place.bank)).add(items, datetime(2026, 11, 1))
    assert place.build()["quiz_items"] == []
    place.write(LAW.replace("七日", "九日"))
    assert place.build("--index", "another")["quiz_items"] == []
    retired = place.build()["quiz_items"]
    gone = {item.id for item in items if item.origin and "七日" in item.origin.quote}
    assert gone
    assert {each["id"] for each in retired if each["status"] == "retired"} == gone
    assert place.build()["quiz_items"] == []
