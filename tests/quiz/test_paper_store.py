"""Papers in the database: they come back as they were saved, the last one first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from exam_papers import item, paper, pool

from assistant.errors import QuizError
from assistant.quiz.database import open_database
from assistant.quiz.paper import drop, variants
from assistant.quiz.paper_store import PaperStore

FIRST, SECOND = datetime(2026, 9, 1), datetime(2026, 9, 2)


@pytest.fixture
def store(tmp_path: Path) -> PaperStore:
    return PaperStore(open_database(f"sqlite:///{tmp_path / 'quiz.sqlite3'}"))


def test_a_paper_comes_back(store: PaperStore) -> None:
    for made in (paper(pool(2)), *variants(paper(pool(2)))):
        assert store.get(store.save(made, FIRST)) == made


def test_saving_over_and_listing(store: PaperStore) -> None:
    one = store.save(paper(pool(2)), FIRST)
    other = store.save(paper([item()], title="十月"), FIRST)
    store.save(drop(paper(pool(2)), 1), SECOND, one)
    assert [(entry.id, entry.title, entry.questions, entry.saved) for entry in store.entries()] == [
        (one, "九月学法测试", 9, SECOND), (other, "十月", 1, FIRST),
    ]  # fmt: skip


def test_removing_and_what_is_not_there(store: PaperStore) -> None:
    one = store.save(paper(), FIRST)
    store.remove(one)
    assert store.entries() == []
    for wrong in (lambda: store.get(one), lambda: store.remove(one), lambda: store.save(paper(), FIRST, one)):
        with pytest.raises(QuizError, match="没有编号是"):
            wrong()
