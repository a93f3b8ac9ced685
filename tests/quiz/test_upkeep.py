"""After a build: items whose clause lapsed or changed are taken out of use, and the trainer is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from exam_papers import LAW, clauses, item, law, order, origin

from assistant.quiz.bank import Filter, ItemBank
from assistant.quiz.clauses import origin_at
from assistant.quiz.database import open_database
from assistant.quiz.upkeep import CHANGED, LAPSED, RESTORED, SURROUNDINGS, Upkeep, is_kept, refresh
from assistant.types import Document
from tests.making import passages

NOW, LATER = datetime(2026, 9, 1), datetime(2026, 9, 2)
FIGURE, PUBLIC, AGE = item(), item("判断", place=1), item("多选", place=2)
"""On 第一条 and 第三条 of the one document, and on 第二条 of the other."""


@pytest.fixture
def bank(tmp_path: Path) -> ItemBank:
    made = ItemBank(open_database(f"sqlite:///{tmp_path / 'quiz.sqlite3'}"))
    made.add([FIGURE, PUBLIC, AGE], NOW, "approved")
    return made


def told(bank: ItemBank, *documents: Document) -> list[tuple[str, str, str]]:
    found = refresh(bank, passages(*documents), LATER)
    assert all(isinstance(each, Upkeep) for each in found)
    return [(each.id, each.status, each.reason) for each in found]


def test_nothing_changes_under_the_same_documents(bank: ItemBank) -> None:
    assert told(bank, law(), order()) == []
    assert {entry.revision for entry in bank.find()} == {1}


def test_a_document_that_is_no_longer_in_force(bank: ItemBank) -> None:
    assert told(bank, order()) == [(FIGURE.id, "retired", LAPSED), (PUBLIC.id, "retired", LAPSED)]
    assert [entry.id for entry in bank.find(Filter(statuses=("approved",)))] == [AGE.id]
    assert bank.history(FIGURE.id)[-1].what == "自动停用"
    assert told(bank, order()) == [], "told once"


def test_a_figure_that_changed(bank: ItemBank) -> None:
    assert told(bank, law(LAW.replace("731", "760")), order()) == [(FIGURE.id, "retired", CHANGED)]
    assert bank.get(FIGURE.id).note == CHANGED
    assert bank.get(PUBLIC.id).status == "approved"


def test_a_clause_that_moved_to_another_article(bank: ItemBank) -> None:
    moved = LAW.replace("第四条", "第五条").replace("第三条", "第四条").replace("第二条", "第三条")
    moved = moved.replace("第一条", "第一条　为了救助。\n第二条")
    assert (FIGURE.id, "retired", CHANGED) in told(bank, law(moved), order())


def test_a_text_that_only_shifted_keeps_its_items_and_moves_their_origin(bank: ItemBank) -> None:
    longer = law(LAW.replace("甲县救助办法\n", "甲县救助办法\n\n（2024年修正）\n", 1))
    assert told(bank, longer, order()) == []
    entry = bank.get(FIGURE.id)
    assert entry.status == "approved"
    assert entry.item.origin is not None
    assert longer.text[entry.item.origin.start : entry.item.origin.end] == entry.item.origin.quote
    assert entry.item.origin.sha256 == longer.sha256
    assert bank.history(FIGURE.id)[-1].what == "更新依据"


def test_a_clause_that_reads_otherwise_around_the_quote_is_looked_at_again(bank: ItemBank) -> None:
    """A wrong option (购房) may have become a right one."""
    wider = LAW.replace("（二）因重病造成生活困难的。", "（二）因重病造成生活困难的；\n（三）因购房造成生活困难的。")
    assert told(bank, law(wider), order()) == [(PUBLIC.id, "draft", SURROUNDINGS)]
    bank.approve([PUBLIC.id], LATER)
    assert told(bank, law(wider), order()) == []


def test_drafts_are_kept_true_too_and_retired_items_left_alone(bank: ItemBank) -> None:
    draft = item("填空")
    bank.add([draft, item("简答", origin=None)], NOW)
    bank.retire([FIGURE.id], NOW, "太偏")
    found = told(bank, law(LAW.replace("731", "760")), order())
    assert found == [(draft.id, "retired", CHANGED)]
    assert bank.get(FIGURE.id).note == "太偏"
    assert bank.get(item("简答", origin=None).id).status == "draft", "without a clause nothing can be said"


def test_what_was_retired_by_a_build_comes_back_with_its_clause(bank: ItemBank) -> None:
    """Lapsed and back, or one build of another corpus: a draft comes back as a draft, what a trainer retired does not."""
    draft = item("填空")
    bank.add([draft], NOW)
    bank.retire([AGE.id], NOW, "太偏")
    assert len(told(bank, order())) == 3
    assert told(bank, law(LAW.replace("731", "760")), order()) == [(PUBLIC.id, "approved", RESTORED)]
    assert told(bank, law(), order()) == [(FIGURE.id, "approved", RESTORED), (draft.id, "draft", RESTORED)]
    assert bank.get(AGE.id).status == "retired"
    assert bank.get(FIGURE.id).note == ""
    assert bank.history(FIGURE.id)[-1].what == "恢复使用"
    assert told(bank, law(), order()) == []


def test_an_item_is_listed_with_what_the_trainer_needs(bank: ItemBank) -> None:
    (found, _) = refresh(bank, passages(order()), LATER)
    assert (found.stem, found.title, found.label) == (FIGURE.stem, "甲县救助办法", "第一条")


def test_whether_there_is_a_bank(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'quiz.sqlite3'}"
    assert not is_kept(url)
    ItemBank(open_database(url))
    assert is_kept(url)
    assert is_kept("postgresql://somewhere/quiz")


def test_an_origin_is_where_the_quote_stands() -> None:
    passage = clauses()[0]
    found = origin("农村低保标准为每人每月731元。")
    assert passage.document.text[found.start : found.end] == found.quote
    assert found.label == "第一条"
    with pytest.raises(ValueError, match="not in its passage"):
        origin_at(passage, passage.start, "别的话")
