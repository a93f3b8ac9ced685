"""The hallway: documents become passages, a question finds passages, passages become a cited answer.

Read this file first. ``build`` goes from folders of documents to an index on disk; ``load`` opens one;
``Assistant.ask`` goes from a question to an answer. Every door (command line, chat, evaluation) comes in here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answer.compose import compose
from assistant.answer.dialogue import Dialogue
from assistant.answer.lexicon import lexicon_from
from assistant.answer.places import places_from
from assistant.answer.question import understand
from assistant.answer.reading import Reader
from assistant.answer.shelf import Shelf, shelf
from assistant.answer.topics import Topics
from assistant.errors import CorpusError
from assistant.ingest.check import Finding, check_documents, check_terms, compare, original_of
from assistant.ingest.folder import distinct, read_folder
from assistant.ingest.split import split
from assistant.search import index as index_on_disk
from assistant.search import training
from assistant.search.articles import (
    Article,
    Library,
    Question,
    article_of,
    read_articles,
    read_lay_questions,
    read_questions,
)
from assistant.search.index import Index
from assistant.search.questions import Flaw, check_questions
from assistant.settings import Settings
from assistant.text.dialect import Dialect
from assistant.text.english import English
from assistant.text.normalize import normalize
from assistant.types import Answer, Document, Hit, Passage

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is in all."""

SERVED = "fused+synonyms"
SYSTEMS = (*index_on_disk.SYSTEMS, SERVED)
"""What can be searched with, from the plainest to what answers are made from: both kinds of search, synonyms added."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did: each document with its number of passages, and the files that could not be read and why."""

    documents: tuple[tuple[Document, int], ...]
    failures: tuple[tuple[str, str], ...]

    @property
    def passages(self) -> int:
        """How many passages were indexed."""
        return sum(count for _, count in self.documents)


def build(settings: Settings, progress: Progress | None = None) -> BuildReport:
    """Read, repair and split every document of the corpus and write the index, whole or not at all.

    Raises ``CorpusError`` when a folder is missing or nothing in the corpus can be read.
    """
    folders = [documents_folder(folder) for folder in settings.corpus]
    documents, failures = _read(folders, progress)
    if not documents:
        raise CorpusError(
            f"没有读到任何文件：{'、'.join(map(str, settings.corpus))}。请把 txt、md、html、pdf 或 docx 放进去再建"
        )
    passages = {document.id: split(document) for document in documents}
    index_on_disk.build(
        documents,
        [passage for document in documents for passage in passages[document.id]],
        settings.index,
        encoder=settings.encoder,
        dictionary=settings.dictionary,
        corpus=folders,
        progress=progress,
    )
    counts = tuple((document, len(passages[document.id])) for document in documents)
    return BuildReport(counts, tuple(failures))


def load(settings: Settings) -> Assistant:
    """Open the index of ``settings``. Raises ``IndexUnusable`` where there is none, or it is stale or damaged."""
    index = index_on_disk.load(settings.index, encoder=settings.encoder, dictionary=settings.dictionary)
    lexicon = lexicon_from(_read_toml(settings.synonyms))
    places = places_from(_read_toml(settings.regions))
    return Assistant(index, shelf(index.passages, lexicon, places), settings)


@dataclass(frozen=True)
class Schoolbooks:
    """Where the material lies from which an encoder is trained.

    ``articles`` and ``lay`` are JSON-lines files (see ``search.articles``), ``questions`` is a folder of them;
    ``folders`` hold documents whose passages are what the questions on them should find.
    """

    articles: Path
    questions: Path
    lay: Path | None = None
    folders: tuple[Path, ...] = ()


def train(
    settings: Settings, books: Schoolbooks, out: Path, recipe: training.Recipe = training.DEFAULT, *,
    results: str = "", resume: bool = False, progress: Progress | None = None,
) -> Counter[str]:  # fmt: skip
    """Train an encoder and write it into the folder ``out``; gives by law the questions that nothing answers.

    ``results`` go into its card. Raises ``CorpusError`` where the material cannot be read, and ``AssistantError`` where
    ``resume`` finds another training's checkpoint.
    """
    articles, passages = _schooling(settings, books, progress)
    written, unanswered = Library(articles, passages).asked(read_questions(books.questions))
    material = training.Material(
        articles, [article_of(passage) for passage in passages], written,
        read_lay_questions(books.lay) if books.lay else [],
    )  # fmt: skip
    training.train(
        material, out, settings.as_of or date.today(), recipe=recipe, results=results, resume=resume, progress=progress
    )
    return unanswered


def check_training(settings: Settings, books: Schoolbooks) -> tuple[list[Question], list[Flaw]]:
    """The training questions, and what is wrong with them."""
    questions = read_questions(books.questions)
    return questions, check_questions(questions, Library(*_schooling(settings, books, None)))


def _schooling(
    settings: Settings, books: Schoolbooks, progress: Progress | None
) -> tuple[list[Article], list[Passage]]:
    """The articles and the passages that an encoder is trained on, read with the words of the dictionary."""
    index_on_disk.use_dictionary(settings.dictionary)
    documents, _ = _read([documents_folder(folder) for folder in books.folders], progress)
    return read_articles(books.articles), [passage for document in documents for passage in split(document)]


def check_corpus(settings: Settings, against: Path | None = None) -> tuple[list[Finding], list[Document]]:
    """What is wrong with the corpus, and with ``against`` (a folder of originals) the documents that have none there.

    Raises ``CorpusError`` when a folder is missing or a table of words is not as it should be.
    """
    documents, failures = _read([documents_folder(folder) for folder in settings.corpus], None)
    passages = {document.id: split(document) for document in documents}
    findings = [Finding(file, "reading", "", reason) for file, reason in failures]
    findings += check_documents(documents, passages, settings.as_of or date.today())
    findings += check_terms(_official_terms(settings.synonyms), documents)
    (
        English(_read_toml(settings.english)),
        Dialect(_read_toml(settings.dialect)),
    )  # raise where one is not as it should be
    if against is None:
        return findings, []
    originals = [split(original) for original in _read([documents_folder(against)], None)[0]]
    without = []
    for document in documents:
        original = original_of(passages[document.id], originals)
        if original is None:
            without.append(document)
        else:
            findings += compare(passages[document.id], original)
    return findings, without


def _official_terms(synonyms: Path) -> list[str]:
    """The official terms that have a note of where they stand; those of mere ways of asking have none."""
    return [entry["official"] for entry in _read_toml(synonyms).get("term", ()) if entry.get("note")]


class Assistant:
    """Answers questions from one index. It keeps nothing of a question, so any number of people may share it."""

    def __init__(self, index: Index, shelf: Shelf, settings: Settings) -> None:
        self._index = index
        self._shelf = shelf
        self._settings = settings

    def with_settings(self, **changes: Any) -> Assistant:
        """The same index under other settings."""
        return Assistant(self._index, self._shelf, self._settings.model_copy(update=changes))

    @property
    def documents(self) -> dict[str, Document]:
        """Every document of the index by its id."""
        return self._index.documents

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the index, document by document, in order."""
        return self._index.passages

    def search(self, question: str, k: int, system: str = SERVED) -> list[Hit]:
        """The ``k`` best passages for ``question``, best first, by one of ``SYSTEMS``."""
        if system == SERVED:
            official = self._shelf.lexicon.official(normalize(question))
            return self._index.search(f"{question} {official}", k, "fused")
        return self._index.search(question, k, system)

    def ask(self, question: str, turns: Sequence[str] = ()) -> Answer:
        """The cited answer to ``question``, or a refusal. ``turns`` are this conversation's earlier questions.

        Pinyin, English, dialect and slips of spelling are read as plain words, a follow-up is completed from the turns
        before it; what then is asked is searched.
        """
        read = self._reader.read
        understood = self._dialogue.complete(read(question), [read(turn) for turn in turns])
        answer = self._answer(understood)
        return replace(answer, question=question, understood=understood if understood != question else "")

    def _answer(self, question: str) -> Answer:
        today = self._settings.as_of or date.today()
        asked = understand(question, self._shelf.lexicon, self._shelf.places, today)
        hits = self.search(question, self._settings.top_k)
        return compose(asked, hits, self._shelf, today, self._settings.least_confidence)

    @cached_property
    def _dialogue(self) -> Dialogue:
        lexicon = self._shelf.lexicon
        return Dialogue(lexicon, self._shelf.places, Topics(self.passages, lexicon))

    @cached_property
    def _reader(self) -> Reader:
        settings = self._settings
        return Reader(
            self._shelf.lexicon, self._shelf.places, lambda: self._index.vocabulary,
            lambda: _read_toml(settings.english), lambda: _read_toml(settings.dialect),
        )  # fmt: skip


def documents_folder(folder: Path) -> Path:
    """Where a corpus folder keeps its documents: in ``documents/`` if it has one, else in itself.

    Raises ``CorpusError`` where there is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(f"没有这个文件夹：{folder}")
    inner = folder / "documents"
    return inner if inner.is_dir() else folder


def _read(folders: Sequence[Path], progress: Progress | None) -> tuple[list[Document], list[tuple[str, str]]]:
    report = progress or (lambda stage, done, total: None)
    documents: list[Document] = []
    failures: list[tuple[str, str]] = []
    for folder in folders:
        found, failed = read_folder(folder, lambda done, total, name: report("读入文件", done, total))
        documents += found
        failures += failed
    return distinct(documents), failures


def _read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file, empty where there is no such file. Raises ``CorpusError`` where it cannot be read."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不懂 {path}：{error}") from error
