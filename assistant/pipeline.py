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
from assistant.answer.dialogue import complete
from assistant.answer.lexicon import lexicon_from
from assistant.answer.places import places_from
from assistant.answer.question import understand
from assistant.answer.shelf import Shelf, shelf
from assistant.answer.validity import IN_FORCE, validity
from assistant.errors import CorpusError
from assistant.ingest.check import Finding, check_documents, check_terms, compare, original_of
from assistant.ingest.folder import distinct, read_folder
from assistant.ingest.split import split
from assistant.search import index as index_on_disk
from assistant.search.dense import EncoderOptions
from assistant.search.systems import Index
from assistant.search.traits import NO_AID, Aid
from assistant.settings import Settings
from assistant.text.english import Glossary, parse_glossary
from assistant.text.misspelling import Corrector
from assistant.text.normalize import normalize
from assistant.text.pinyin import PinyinReader, has_pinyin
from assistant.text.tokens import words
from assistant.types import Answer, Document, Hit, Passage

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is in all."""

AIDED, SERVED = "fused+synonyms", "reranked"
SYSTEMS = ("bm25", "dense", "fused", AIDED, SERVED)
"""What can be searched with, from the plainest to what answers are made from: both kinds of search, synonyms added, and
the second stage's order."""

SAID_OFTEN = 20
"""How often a surface form of the synonyms is taken to occur among the words of the corpus."""


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
        options=_encoder_options(settings),
        dictionary=settings.dictionary,
        corpus=folders,
        progress=progress,
    )
    counts = tuple((document, len(passages[document.id])) for document in documents)
    return BuildReport(counts, tuple(failures))


def load(settings: Settings) -> Assistant:
    """Open the index of ``settings``. Raises ``IndexUnusable`` where there is none, or it is stale or damaged."""
    index = index_on_disk.load(
        settings.index,
        encoder=settings.encoder,
        options=_encoder_options(settings),
        reranker=settings.reranker,
        dictionary=settings.dictionary,
    )
    return assistant_over(index, settings)


def _encoder_options(settings: Settings) -> EncoderOptions:
    return EncoderOptions(
        settings.encoder_question_prompt, settings.encoder_passage_prompt, settings.encoder_dimensions
    )


def assistant_over(index: Index, settings: Settings) -> Assistant:
    """The assistant that answers from an opened ``index``, with the words and places of ``settings``."""
    lexicon = lexicon_from(_read_toml(settings.synonyms))
    places = places_from(_read_toml(settings.regions))
    return Assistant(index, shelf(index.passages, lexicon, places), settings, _read_glossary(settings.english))


def read_passages(folders: Sequence[Path], progress: Progress | None = None) -> list[Passage]:
    """The passages of every document of the corpus ``folders``. Raises ``CorpusError`` where one is missing."""
    documents, _ = _read([documents_folder(folder) for folder in folders], progress)
    return [passage for document in documents for passage in split(document)]


def check_corpus(settings: Settings, against: Path | None = None) -> tuple[list[Finding], list[Document]]:
    """What is wrong with the corpus, and with ``against`` (a folder of originals) the documents that have none there.

    Raises ``CorpusError`` when a folder is missing.
    """
    documents, failures = _read([documents_folder(folder) for folder in settings.corpus], None)
    passages = {document.id: split(document) for document in documents}
    findings = [Finding(file, "reading", "", reason) for file, reason in failures]
    findings += check_documents(documents, passages, settings.as_of or date.today())
    findings += check_terms(_official_terms(settings.synonyms), documents)
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

    def __init__(self, index: Index, shelf: Shelf, settings: Settings, glossary: Glossary | None = None) -> None:
        self._index = index
        self._shelf = shelf
        self._settings = settings
        self._glossary = glossary or Glossary()

    def with_settings(self, **changes: Any) -> Assistant:
        """The same index under other settings."""
        return Assistant(self._index, self._shelf, self._settings.model_copy(update=changes), self._glossary)

    @property
    def documents(self) -> dict[str, Document]:
        """Every document of the index by its id."""
        return self._index.documents

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the index, document by document, in order."""
        return self._index.passages

    def search(self, question: str, k: int, system: str = SERVED) -> list[Hit]:
        """The ``k`` best passages for ``question``, best first, by one of ``SYSTEMS``.

        The last two read an English question in the glossary's Chinese words.
        """
        if system in (AIDED, SERVED):
            question = self.in_chinese(question)
        if system == AIDED:
            return self._index.search(f"{question} {self._official(question)}", k, "fused")
        return self._index.search(question, k, system, aid=self.aid(question) if system == SERVED else NO_AID)

    def in_chinese(self, question: str) -> str:
        """An English ``question`` in Chinese words, by synonyms and glossary; any other as it is. Not to be shown."""
        official = self._official(question) if question.isascii() else question
        read = self._glossary.read(official)
        return read if read != official else question

    def search_unaided(self, question: str, k: int) -> list[Hit]:
        """What the second stage finds without synonyms and without what is known of the documents."""
        return self._index.search(question, k, SERVED)

    def aid(self, question: str) -> Aid:
        """What the second stage is told: the question in official terms, and which documents hold, today and there."""
        places, today = self._shelf.places, self._settings.as_of or date.today()
        foreign = [place for place in places.named(normalize(question)) if not places.is_home(place)]
        documents = self.documents
        return Aid(
            self._official(question),
            {id: float(validity(document, today) == IN_FORCE) for id, document in documents.items()},
            {
                id: float(region in foreign if foreign else places.is_home(region))
                for id, region in ((id, document.metadata.region) for id, document in documents.items())
            },
        )

    def _official(self, question: str) -> str:
        return self._shelf.lexicon.official(normalize(question))

    def ask(self, question: str, turns: Sequence[str] = ()) -> Answer:
        """The cited answer to ``question``, or a refusal. ``turns`` are this conversation's earlier questions.

        Pinyin is read as words, a follow-up is completed from the turns before it; what then finds nothing is asked
        again with slips of spelling put right.
        """
        lexicon, places = self._shelf.lexicon, self._shelf.places
        understood = complete(self.read(question), [self.read(turn) for turn in turns], lexicon, places)
        answer = self._answer(understood)
        if not answer.answered:
            corrected = self._corrector.correct(normalize(understood))
            second = self._answer(corrected) if corrected != normalize(understood) else answer
            understood, answer = (corrected, second) if second.answered else (understood, answer)
        return replace(answer, question=question, understood=understood if understood != question else "")

    def _answer(self, question: str) -> Answer:
        today = self._settings.as_of or date.today()
        asked = understand(self.in_chinese(question), self._shelf.lexicon, self._shelf.places, today)
        hits = self.search(question, self._settings.top_k)
        return compose(asked, hits, self._shelf, today, self._settings.least_confidence)

    def read(self, question: str) -> str:
        """``question`` with its pinyin read as words."""
        return self._pinyin.read(question) if has_pinyin(question) else question

    @cached_property
    def _vocabulary(self) -> Counter[str]:
        """The words of the corpus, and what people say for them, by how often they occur."""
        counts = Counter(word for passage in self.passages for word in words(passage.text))
        counts.update(dict.fromkeys(self._shelf.lexicon.all_forms(), SAID_OFTEN))
        return counts

    @cached_property
    def _pinyin(self) -> PinyinReader:
        return PinyinReader(self._vocabulary)

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(word for word, count in self._vocabulary.most_common() if count > 1)


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


def _read_glossary(path: Path) -> Glossary:
    """The glossary of a file, empty where there is none. Raises ``CorpusError`` where it cannot be read."""
    if not path.is_file():
        return Glossary()
    try:
        return parse_glossary(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CorpusError(f"读不懂 {path}：不是 UTF-8 编码") from error


def _read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file, empty where there is no such file. Raises ``CorpusError`` where it cannot be read."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不懂 {path}：{error}") from error
