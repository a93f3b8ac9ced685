"""The shipped corpus's words, counted once for the tests of what is typed."""

from __future__ import annotations

import pytest

from assistant.search.index import use_dictionary
from assistant.settings import PROJECT
from assistant.text.tokens import configure
from assistant.text.vocabulary import Vocabulary, vocabulary_of


@pytest.fixture(scope="session")
def shipped_texts() -> list[str]:
    return [
        path.read_text("utf-8").split("---\n", 2)[-1] for path in sorted((PROJECT / "corpus/documents").glob("*.txt"))
    ]


@pytest.fixture(scope="session")
def shipped_words(shipped_texts: list[str]) -> Vocabulary:
    use_dictionary(PROJECT / "corpus" / "dictionary.txt")
    made = vocabulary_of(shipped_texts).with_terms(["低保", "申请", "补贴"], 20)
    configure(())
    return made
