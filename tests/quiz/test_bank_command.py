"""`assistant quiz bank` and `assistant quiz paper` as a trainer uses them, on an index and a bank of their own."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from exam_papers import LAW, pool
from openpyxl import load_workbook

from assistant.__main__ import main
from assistant.quiz.bank import ItemBank
from assistant.quiz.database import open_database
from assistant.quiz.types import item_record

HEAD = """---
id: law
title: 甲县救助办法
number: 甲民〔2024〕1号
effective: 2024-02-01
region: 连州市
form: 原文
---
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_QUIZ_DATABASE", f"sqlite:///{tmp_path / 'quiz.sqlite3'}")
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("ASSISTANT_CORPUS", json.dumps([str(tmp_path / "corpus")]))
    monkeypatch.setenv("ASSISTANT_ENCODER", "fitted")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "办法.txt").write_text(HEAD + LAW, encoding="utf-8")
    items = [each for each in pool(6) if each.origin and each.origin.document_id == "law"]
    (tmp_path / "items.json").write_text(json.dumps({"items": [item_record(each) for each in items]}), encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def listed(run: Run, *arguments: str) -> list[dict[str, str]]:
    code, out, _ = run("quiz", "bank", "list", "--json", *arguments)
    assert code == 0
    return list(json.loads(out)["items"])


def test_from_items_to_a_paper(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("quiz", "bank", "add", "items.json")
    assert (code, out) == (0, "入库 25 题，0 题早已在题库里。\n")
    code, _, err = run("quiz", "paper", "--out", "卷.docx")
    assert code == 2
    assert "没有已批准的题" in err
    assert run("quiz", "bank", "approve", "--types", "单选", "多选")[1] == "批准 10 题。\n"
    code, out, _ = run(
        "quiz",
        "paper",
        "--out",
        "卷.docx",
        "--title",
        "九月测试",
        "--part",
        "单选:3:2",
        "--part",
        "多选题：2：3.5",
        "--variants",
        "AB",
    )
    assert code == 0
    assert "九月测试（A卷）：5 题，13 分" in out
    for variant in "AB":
        text = [each.text for each in Document(str(tmp_path / f"卷-{variant}.docx")).paragraphs]
        assert f"九月测试（{variant}卷）" in text
        assert any(line.startswith("5. ") for line in text)


def test_status_tags_and_history(run: Run) -> None:
    run("quiz", "bank", "add", "items.json")
    id = listed(run)[0]["id"]
    run("quiz", "bank", "retire", id, "--note", "太偏")
    run("quiz", "bank", "tag", id, "--set", "九月", "低保")
    (found,) = listed(run, "--status", "已停用", "--tags", "九月")
    assert (found["id"], found["note"], found["tags"]) == (id, "太偏", ["九月", "低保"])
    out = run("quiz", "bank", "history", id)[1].splitlines()
    assert [line.split("  ")[2] for line in out] == ["入库", "停用（太偏）", "改标签"]
    assert "已停用（太偏）" in run("quiz", "bank", "list", "--status", "retired")[1]


@pytest.fixture
def in_china() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_china")
def test_a_change_made_on_the_pages_is_told_in_the_time_of_this_place(run: Run, tmp_path: Path) -> None:
    run("quiz", "bank", "add", "items.json")
    id = listed(run)[0]["id"]
    bank = ItemBank(open_database(f"sqlite:///{tmp_path / 'quiz.sqlite3'}"))
    bank.approve([id], datetime(2026, 9, 1, 20, 30, tzinfo=UTC))
    assert "2026-09-02 04:30  批准" in run("quiz", "bank", "history", id)[1]


def test_excel_out_changed_and_in_again(run: Run, tmp_path: Path) -> None:
    assert run("build")[0] == 0
    run("quiz", "bank", "add", "items.json")
    assert run("quiz", "bank", "export", "题.xlsx", "--types", "单选")[0] == 0
    book = load_workbook(tmp_path / "题.xlsx")
    sheet = book["试题"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["题干"]).value = "改过的题干"
    sheet.cell(3, column["答案"]).value = "H"
    book.save(tmp_path / "题.xlsx")
    code, out, err = run("quiz", "bank", "import", "题.xlsx", "--rejected", "没导入.xlsx")
    assert code == 1
    assert "第 3 行没有导入：答案“H”里有没写的选项" in err
    assert "新增 0 题，修改 1 题，3 题没有变化；1 题没有导入。" in out
    assert len(listed(run, "--text", "改过的题干")) == 1
    rejected = load_workbook(io.BytesIO((tmp_path / "没导入.xlsx").read_bytes()))["试题"]
    assert rejected.max_row == 2


def test_gift_in(run: Run, tmp_path: Path) -> None:
    run("build")
    (tmp_path / "题.txt").write_text(
        "公示几日？{=7 =七####依据：《甲县救助办法》第三条\\n原文：公示7日}\n\n坏{", encoding="utf-8"
    )
    code, out, err = run("quiz", "bank", "import", "题.txt", "--rejected", "坏.txt")
    assert (code, out.splitlines()[-1]) == (1, "新增 1 题，修改 0 题，0 题没有变化；1 题没有导入。")
    assert "第 3 行起的题没有导入" in err
    assert "坏{" in (tmp_path / "坏.txt").read_text(encoding="utf-8")
    assert listed(run)[0]["label"] == "第三条第二款"


def test_a_build_takes_items_out_of_use(run: Run, tmp_path: Path) -> None:
    run("quiz", "bank", "add", "items.json")
    run("build")
    assert listed(run, "--status", "已停用") == []
    (tmp_path / "corpus" / "办法.txt").write_text(HEAD + LAW.replace("731", "760"), encoding="utf-8")
    _, out, _ = run("build", "--json")
    retired = json.loads(out)["quiz_items"]
    assert {each["label"] for each in retired} == {"第一条"}
    assert {each["id"] for each in retired} == {each["id"] for each in listed(run, "--status", "已停用")}


WRONG = [
    (("bank", "approve"), "编号"),
    (("bank", "approve", "x"), "没有编号是 x"),
    (("bank", "approve", "x", "--all"), "两者选一"),
    (("bank", "list", "--status", "坏了"), "没有“坏了”这种状态"),
    (("bank", "add", "nowhere.json"), "读不了 nowhere.json"),
    (("bank", "import", "nowhere.xlsx"), "读不了"),
    (("bank", "template", "nowhere/模板.xlsx"), "写不了"),
    (("paper", "--out", "卷"), "什么格式"),
    (("paper", "--out", "卷.docx", "--items", "items.json", "--part", "单选"), "如 单选:20:2"),
    (("paper", "--out", "卷.docx", "--items", "items.json", "--part", "论述:1:1"), "如 单选:20:2"),
    (("paper", "--out", "卷.docx", "--items", "items.json", "--part", "单选:99:1"), "要 99 道"),
    (("paper", "--out", "卷.docx", "--items", "items.json", "--difficulty", "1", "0"), "最低"),
    (("paper", "--out", "卷.docx", "--items", "items.json", "--part", "单选:1:1", "--format", "pptx"), "没有 pptx"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_a_wrong_call_gets_one_line_and_exit_2(run: Run, arguments: tuple[str, ...], says: str) -> None:
    code, _, err = run("quiz", *arguments)
    assert code == 2
    assert says in err
    assert len(err.strip().splitlines()) == 1
