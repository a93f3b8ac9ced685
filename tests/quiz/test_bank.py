"""The item bank on a real SQLite file: what is kept, what is refused, and what a kill or a crowd of writers leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from exam_papers import item, items, origin, pool
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assistant.errors import QuizError
from assistant.quiz.bank import ITEMS, REVISIONS, TAGS, Added, Filter, ItemBank
from assistant.quiz.database import open_database, writing
from assistant.quiz.types import Item, item_record

NOW, LATER = datetime(2026, 9, 1, 8, 30), datetime(2026, 9, 2, 9)


def open_bank(folder: Path) -> ItemBank:
    return ItemBank(open_database(f"sqlite:///{folder / 'data' / 'quiz.sqlite3'}"))


@pytest.fixture
def bank(tmp_path: Path) -> ItemBank:
    return open_bank(tmp_path)


def test_what_is_added_is_there_when_the_bank_is_opened_again(bank: ItemBank, tmp_path: Path) -> None:
    assert bank.add(pool(2), NOW) == Added(10, 0)
    found = open_bank(tmp_path).find()
    assert [entry.item for entry in found] == pool(2)
    assert {(entry.status, entry.revision, entry.changed) for entry in found} == {("draft", 1, NOW)}


def test_an_item_that_is_there_is_left_as_it_is(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    bank.approve([item().id], NOW)
    assert bank.add([item(), item("判断")], LATER) == Added(1, 1)
    assert bank.get(item().id).status == "approved"


@given(given_items=st.lists(items(), min_size=1, max_size=5, unique_by=lambda each: each.id))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(bank: ItemBank, given_items: list[Item]) -> None:
    bank.add(given_items, NOW)
    for each in given_items:
        assert bank.get(each.id).item == each


def test_an_edit_keeps_the_id_and_the_history(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    bank.approve([item().id], NOW)
    entry = bank.edit(item().id, replace(item(), stem="改过的题干", id=""), LATER, revision=2)
    assert (entry.id, entry.item.stem, entry.status, entry.revision) == (item().id, "改过的题干", "draft", 3)
    assert bank.get(item().id) == entry
    history = bank.history(item().id)
    assert [(each.number, each.what, each.status, each.time) for each in history] == [
        (1, "入库", "draft", NOW), (2, "批准", "approved", NOW), (3, "修改", "draft", LATER),
    ]  # fmt: skip
    assert history[0].item == item()


def test_two_trainers_on_one_item(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    bank.edit(item().id, replace(item(), stem="甲改的"), NOW, revision=1)
    with pytest.raises(QuizError, match="刚被别人改过"):
        bank.edit(item().id, replace(item(), stem="乙改的"), NOW, revision=1)
    assert bank.get(item().id).item.stem == "甲改的"


def test_an_edit_that_changes_nothing_is_none(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    assert bank.edit(item().id, item(), LATER).revision == 1


def test_the_clause_of_an_item_stays(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    with pytest.raises(QuizError, match="依据条文不能改"):
        bank.edit(item().id, replace(item(), origin=origin("应当提交身份证")), NOW)
    with pytest.raises(QuizError, match="依据条文不能改"):
        bank.edit(item().id, replace(item(), origin=None), NOW)


def test_an_item_without_a_clause_is_approved_once_it_has_one(bank: ItemBank) -> None:
    bare = item(origin=None)
    bank.add([bare, item("判断")], NOW)
    with pytest.raises(QuizError, match="没有依据条文，不能批准"):
        bank.approve([item("判断").id, bare.id], NOW)
    assert bank.get(item("判断").id).status == "draft", "all or none"
    with pytest.raises(QuizError, match="没有依据条文"):
        bank.add([item("填空", origin=None)], NOW, "approved")
    bank.edit(bare.id, replace(bare, origin=origin("应当提交身份证")), NOW)
    assert bank.approve([bare.id], NOW) == 1


def test_retiring_and_bringing_back(bank: ItemBank) -> None:
    bank.add([item()], NOW, "approved")
    assert bank.retire([item().id], LATER, "太偏") == 1
    assert bank.retire([item().id], LATER, "太偏") == 0
    entry = bank.get(item().id)
    assert (entry.status, entry.note, entry.changed) == ("retired", "太偏", LATER)
    bank.approve([item().id], LATER)
    assert bank.get(item().id).note == ""


def test_tags(bank: ItemBank) -> None:
    bank.add([item(), item("判断")], NOW)
    assert bank.tag([item().id, item("判断").id], ["九月", " 低保 ", "九月", ""], NOW) == 2
    bank.tag([item("判断").id], ["九月"], NOW)
    assert bank.get(item().id).item.tags == ("九月", "低保")
    assert [entry.id for entry in bank.find(Filter(tags=("九月", "低保")))] == [item().id]
    assert len(bank.find(Filter(tags=("九月",)))) == 2


def test_finding(bank: ItemBank) -> None:
    bank.add([*pool(4), item(stem="百分之50%_的")], NOW)
    bank.approve([each.id for each in pool(4)[:3]], NOW)
    assert len(bank.find(Filter(types=("判断", "简答")))) == 8
    assert {
        entry.item.origin.document_id for entry in bank.find(Filter(documents=("order",))) if entry.item.origin
    } == {"order"}
    assert len(bank.find(Filter(statuses=("approved",)))) == 3
    assert len(bank.find(Filter(types=("单选",), statuses=("draft",)))) == 2
    assert bank.find(Filter(kinds=("处罚",))) == []
    assert [entry.item.stem for entry in bank.find(Filter(text="50%_"))] == ["百分之50%_的"]
    assert bank.find(Filter(text="%")) == bank.find(Filter(text="50%_"))
    assert len(bank.find(Filter(text="因火灾"))) == 4, "answers are looked in too"


def test_counting(bank: ItemBank) -> None:
    bank.add(pool(4), NOW)
    bank.retire([pool(4)[0].id], NOW)
    counts = bank.counts()
    assert counts["甲县救助办法", "单选", "draft"] == 2
    assert counts["甲县救助办法", "单选", "retired"] == 1
    assert sum(counts.values()) == 20


def test_the_status_of_every_item(bank: ItemBank) -> None:
    bank.add(pool(1), NOW)
    bank.retire([pool(1)[0].id], NOW)
    assert bank.statuses() == {entry.id: entry.status for entry in bank.find()}
    assert list(bank.statuses()) == [entry.id for entry in bank.find()]


def test_what_is_not_there(bank: ItemBank) -> None:
    bank.add([item()], NOW)
    for wrong in (lambda: bank.get("x"), lambda: bank.history("x"), lambda: bank.approve([item().id, "x"], NOW)):
        with pytest.raises(QuizError, match="没有编号是 x 的题"):
            wrong()
    assert bank.get(item().id).status == "draft"


def test_merging_edits_what_is_known(bank: ItemBank) -> None:
    bank.add([item(), item("判断"), item("多选")], NOW)
    shuffled = replace(item(), options=item().options[::-1], key=(3,), why_wrong=item().why_wrong[::-1])
    changed = replace(item("判断"), stem="改过的")
    other_clause = replace(item("多选"), origin=origin("应当提交身份证"))
    found = bank.merge([shuffled, changed, other_clause, item("填空")], LATER)
    assert (found.added, found.edited, found.same) == (1, 1, 1)
    ((refused, why),) = found.refused
    assert refused == other_clause
    assert "不能改" in why
    assert bank.get(item().id).item == item(), "the order of options is no change"
    assert bank.get(changed.id).item.stem == "改过的"


def test_merging_from_a_format_without_labels_keeps_them(bank: ItemBank) -> None:
    bank.add([item(tags=("九月",), difficulty=0.9)], NOW)
    bare = replace(item(), kind="其他")
    assert bank.merge([bare], LATER, labels=False).same == 1
    assert bank.merge([replace(bare, stem="改过的")], LATER, labels=False).edited == 1
    found = bank.get(item().id).item
    assert (found.stem, found.kind, found.tags, found.difficulty) == ("改过的", "期限数字", ("九月",), 0.9)


def test_a_record_of_an_item_is_json_in_the_database(bank: ItemBank, tmp_path: Path) -> None:
    bank.add([item()], NOW)
    with writing(open_database(f"sqlite:///{tmp_path / 'data' / 'quiz.sqlite3'}")) as connection:
        (row,) = connection.execute(ITEMS.select())
    assert row.record == item_record(item())


def test_a_database_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(QuizError, match="题库的数据库"):
        ItemBank(open_database(f"sqlite:///{tmp_path / 'bad.sqlite3'}"))


@pytest.mark.parametrize("table", [ITEMS, TAGS, REVISIONS])
def test_the_tables_are_ones_that_postgresql_knows(table: object) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type]


# Kills and crowds -------------------------------------------------------------------------------------------------


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    url = f"sqlite:///{folder / 'data' / 'quiz.sqlite3'}"
    return subprocess.Popen(
        [sys.executable, str(here / "bank_writer.py"), url, name, str(count)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": f"{here.parents[1]}{os.pathsep}{here}"},
    )  # fmt: skip


def whole(bank: ItemBank) -> set[str]:
    """The ids in the bank, each with a history that ends in what it is now."""
    for entry in bank.find():
        history = bank.history(entry.id)
        assert [each.number for each in history] == list(range(1, entry.revision + 1))
        assert history[-1].item == entry.item
    return {entry.id for entry in bank.find()}


def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    process = writer(tmp_path, "甲", 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(15)]
    process.kill()
    told += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    assert set(told) <= whole(open_bank(tmp_path))


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [writer(tmp_path, name, 12) for name in "甲乙丙丁"]
    told = set()
    for process in processes:
        out, problems = process.communicate(timeout=300)
        assert process.returncode == 0, problems
        told |= set(out.split())
    bank = open_bank(tmp_path)
    assert len(told) == 48
    assert told == whole(bank)
    assert all(len(bank.find(Filter(tags=(name,)))) == 12 for name in "甲乙丙丁")
