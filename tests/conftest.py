"""For every test: nothing is timed, and the quiz's database is one of its own, so that nobody's item bank is touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _own_quiz_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set in the environment, so that it holds for the processes that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_QUIZ_DATABASE", f"sqlite:///{tmp_path_factory.mktemp('quiz') / 'quiz.sqlite3'}")
        yield
