"""The website over the project's own corpus, without an index, so that the quiz's pages are tested on real clauses.

``python tests/app/quiz_server.py FOLDER PORT`` serves it; the quiz's database and the trainers' key lie in FOLDER.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from demo import refused

from assistant.answer.validity import IN_FORCE, validity
from assistant.app.quiz import QuizPlace
from assistant.ingest.folder import read_folder
from assistant.ingest.split import split
from assistant.quiz.items import generate, rules
from assistant.quiz.types import Item, ItemType
from assistant.types import Answer, Document, Passage

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def today() -> date:
    """A day on which the newest documents of the corpus hold."""
    return date(2026, 9, 1)


@dataclass(frozen=True)
class CorpusAssistant:
    """The corpus as the pages see it; it answers no question."""

    documents: Mapping[str, Document]
    passages: Sequence[Passage]

    def ask(self, question: str, turns: Sequence[str] = ()) -> Answer:
        return refused(question)

    def quiz_items(
        self, documents: Sequence[str] = (), *, types: Sequence[ItemType] = (), count: int, seed: int = 0
    ) -> list[Item]:
        """The same makers as the program's, without its lexicon."""
        held = [passage for passage in self.passages if validity(passage.document, today()) == IN_FORCE]
        asked = [passage for passage in held if passage.document.id in documents] or rules(held)
        return generate(asked, types=types, count=count, seed=seed, today=today(), among=held)


@cache
def corpus() -> CorpusAssistant:
    documents, _ = read_folder(CORPUS)
    passages = tuple(passage for document in documents for passage in split(document))
    return CorpusAssistant({document.id: document for document in documents}, passages)


def place(folder: Path) -> QuizPlace:
    return QuizPlace(f"sqlite:///{folder / 'quiz.sqlite3'}", folder / "trainer.key")


if __name__ == "__main__":
    from assistant.app.main import serve

    where = Path(sys.argv[1])
    serve(
        corpus(), host="127.0.0.1", port=int(sys.argv[2]), feedback=where / "feedback.sqlite3", today=today,
        quiz=place(where),
    )  # fmt: skip
