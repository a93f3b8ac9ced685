"""For every test: the quiz's database is one of its own, so that building an index touches nobody's item bank."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_quiz_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set in the environment, so that it holds for the processes that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_QUIZ_DATABASE", f"sqlite:///{tmp_path_factory.mktemp('quiz') / 'quiz.sqlite3'}")
        yield
