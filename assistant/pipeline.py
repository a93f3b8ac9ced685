"""The hallway: documents become passages, a question finds passages, passages become a cited answer.

Read this file first. ``build`` goes from folders of documents to an index on disk; ``load`` opens one;
``Assistant.ask`` goes from a question to an answer. ``schemes`` reads the benefits as data, ``rules`` are those of one day
here, by which ``eligibility`` interviews and judges; ``Assistant.clauses`` cites what they rest on. Every door (command
line, chat, kiosk, evaluation) comes in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from assistant.answer.answering import Answering
from assistant.answer.choices import choices
from assistant.answer.dialogue import Dialogue
from assistant.answer.lexicon import Lexicon, lexicon_from
from assistant.answer.places import Places, places_from
from assistant.answer.question import understand
from assistant.answer.reading import Reader
from assistant.answer.scope import details_from, elsewhere_from
from assistant.answer.shelf import Shelf, shelf
from assistant.answer.titles import says_version
from assistant.answer.topics import Topics
from assistant.answer.validity import IN_FORCE, validity
from assistant.corpus import Progress, documents_folder, read_documents, read_toml
from assistant.errors import CorpusError, QuizError
from assistant.ingest.split import split
from assistant.search import index as index_on_disk
from assistant.search.articles import read_questions, read_unanswered
from assistant.search.dense import EncoderOptions
from assistant.search.expansion import Posed, pose
from assistant.search.systems import Index
from assistant.search.traits import NO_AID, Aid
from assistant.settings import Settings
from assistant.text.normalize import normalize
from assistant.text.vocabulary import Vocabulary, vocabulary_of
from assistant.types import Answer, Document, Hit, Passage

if TYPE_CHECKING:  # read where they are used: whoever only asks a question need not wait for them
    from assistant.eligibility.clauses import Clauses
    from assistant.eligibility.rules import Rules
    from assistant.eligibility.scheme import Book
    from assistant.quiz.types import Item, ItemType
    from assistant.quiz.upkeep import Upkeep

AIDED, SERVED = "fused+synonyms", "reranked"
SYSTEMS = ("bm25", "dense", "fused", AIDED, SERVED)
"""What can be searched with, from the plainest to what answers are made from: both kinds of search, synonyms added, and
the second stage's order."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did: each document with its number of passages, and the files that could not be read and why.

    ``quiz_items`` are those of the item bank that the build took out of use, because their clause lapsed or changed.
    """

    documents: tuple[tuple[Document, int], ...]
    failures: tuple[tuple[str, str], ...]
    quiz_items: tuple[Upkeep, ...] = ()

    @property
    def passages(self) -> int:
        """How many passages were indexed."""
        return sum(count for _, count in self.documents)


def build(settings: Settings, progress: Progress | None = None, *, keep_quiz: bool = True) -> BuildReport:
    """Read, repair and split every document of the corpus and write the index, whole or not at all.

    With ``keep_quiz`` the item bank is kept true to it: an index that nobody is served from leaves it alone.

    Raises ``CorpusError`` when a folder is missing or nothing in the corpus can be read.
    """
    folders = [documents_folder(folder) for folder in settings.corpus]
    documents, failures = read_documents(settings.corpus, progress)
    if not documents:
        raise CorpusError(
            f"没有读到任何文件：{'、'.join(map(str, settings.corpus))}。请把 txt、md、html、pdf 或 docx 放进去再建"
        )
    passages = {document.id: split(document) for document in documents}
    together = [passage for document in documents for passage in passages[document.id]]
    index_on_disk.build(
        documents,
        together,
        settings.index,
        encoder=settings.encoder,
        options=_encoder_options(settings),
        dictionary=settings.dictionary,
        corpus=folders,
        questions=(settings.questions, settings.unanswered),
        pose=lambda: posed(settings, together),
        progress=progress,
    )
    counts = tuple((document, len(passages[document.id])) for document in documents)
    day = settings.as_of or date.today()
    in_force = [each for document in documents if validity(document, day) == IN_FORCE for each in passages[document.id]]
    return BuildReport(counts, tuple(failures), _refresh_quiz(settings, in_force) if keep_quiz else ())


def _refresh_quiz(settings: Settings, in_force: Sequence[Passage]) -> tuple[Upkeep, ...]:
    """Take the quiz items out of use whose clause lapsed or changed; without an item bank there is nothing to do."""
    from assistant.quiz.upkeep import is_kept, refresh

    if not is_kept(settings.quiz_database):
        return ()
    from assistant.quiz.bank import ItemBank
    from assistant.quiz.database import open_database

    return tuple(refresh(ItemBank(open_database(settings.quiz_database)), in_force, datetime.now()))


def posed(settings: Settings, passages: Sequence[Passage]) -> list[Posed]:
    """Of the written questions those that some of ``passages`` answer, in plain words, with what answers them, and the
    ones that nothing answers; none where the passages answer none.

    Raises ``CorpusError`` where a file of questions cannot be read.
    """
    if not any(settings.questions.glob("*.jsonl")):
        return []
    lexicon, places = lexicon_from(read_toml(settings.synonyms)), places_from(read_toml(settings.regions))
    reader = _reader(settings, lexicon, places, cache(lambda: vocabulary_of(passage.text for passage in passages)))
    unanswered = read_unanswered(settings.unanswered) if settings.unanswered.is_file() else []
    return pose(read_questions(settings.questions), passages, reader.read, unanswered)


def load(settings: Settings) -> Assistant:
    """Open the index of ``settings``. Raises ``IndexUnusable`` where there is none, or it is stale or damaged."""
    index = index_on_disk.load(
        settings.index,
        encoder=settings.encoder,
        options=_encoder_options(settings),
        reranker=settings.reranker,
        dictionary=settings.dictionary,
        questions=(settings.questions, settings.unanswered),
    )
    return assistant_over(index, settings)


def _encoder_options(settings: Settings) -> EncoderOptions:
    return EncoderOptions(
        settings.encoder_question_prompt, settings.encoder_passage_prompt, settings.encoder_dimensions
    )


def assistant_over(index: Index, settings: Settings) -> Assistant:
    """The assistant that answers from an opened ``index``, with the words and places of ``settings``."""
    lexicon = lexicon_from(read_toml(settings.synonyms))
    places = places_from(read_toml(settings.regions))
    scope = read_toml(settings.scope)
    own = shelf(index.passages, lexicon, places, elsewhere_from(scope), details_from(scope), index.nearness)
    return Assistant(index, own, settings)


def _reader(settings: Settings, lexicon: Lexicon, places: Places, vocabulary: Callable[[], Vocabulary]) -> Reader:
    """Reads questions in the words of ``vocabulary``, with the glossaries of ``settings``."""
    return Reader(lexicon, places, vocabulary, lambda: read_toml(settings.english), lambda: read_toml(settings.dialect))


def schemes(settings: Settings) -> Book:
    """The benefits that people may be entitled to. Raises ``CorpusError`` naming the entry that is wrong."""
    from assistant.eligibility.reading import read_book

    return read_book(settings.schemes)


def rules(settings: Settings, day: date) -> Rules:
    """The schemes as they are on ``day`` at the home of ``settings``. Raises ``CorpusError`` like ``schemes``."""
    from assistant.eligibility.rules import rules_on

    return rules_on(schemes(settings), day, home(settings))


def home(settings: Settings) -> tuple[str, ...]:
    """The regions whose rules hold here, the smallest first."""
    return tuple(read_toml(settings.regions).get("home", ()))


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

    @property
    def _today(self) -> date:
        return self._settings.as_of or date.today()

    @cached_property
    def clauses(self) -> Clauses:
        """The passages by document, to cite what a scheme refers to."""
        from assistant.eligibility.clauses import Clauses

        return Clauses(self.passages)

    def search(
        self, question: str, k: int, system: str = SERVED, day: date | None = None, version: str = ""
    ) -> list[Hit]:
        """The ``k`` best passages for ``question`` on ``day`` (none: today), best first, by one of ``SYSTEMS``.

        The document with the id ``version`` counts as holding.
        """
        if system == AIDED:
            return self._index.search(f"{question} {self.official(question)}", k, "fused")
        return self._index.search(
            question, k, system, aid=self.aid(question, day, version) if system == SERVED else NO_AID
        )

    def search_unaided(self, question: str, k: int) -> list[Hit]:
        """What the second stage finds without synonyms and without what is known of the documents."""
        return self._index.search(question, k, SERVED)

    def aid(self, question: str, day: date | None = None, version: str = "") -> Aid:
        """What the second stage is told: the question in official terms, and which documents hold, then and there.

        A version that the question names counts as holding, and so does the document with the id ``version``.
        """
        places, on = self._shelf.places, day or self._today
        text, official = normalize(question), self.official(question)
        foreign = [place for place in places.named(text) if not places.is_home(place)]
        documents = self.documents
        return Aid(
            official,
            {
                id: float(id == version or validity(document, on) == IN_FORCE or says_version(text, official, document))
                for id, document in documents.items()
            },
            {
                id: float(region in foreign if foreign else places.is_home(region))
                for id, region in ((id, document.metadata.region) for id, document in documents.items())
            },
        )

    def ask(self, question: str, turns: Sequence[str] = (), day: date | None = None) -> Answer:
        """The cited answer to ``question``, or a refusal. ``turns`` are this conversation's earlier questions.

        ``day`` is the one whose rules are looked up (none: the setting's, else today). Pinyin, English, dialect and slips
        of spelling are read as plain words, a follow-up is completed from the turns before it; what then is asked is
        searched.
        """
        answering, heard = self._answering(day or self._today), self._heard((*turns, question))
        understood, answer = answering.first_answered(self._dialogue.readings(heard[-1], heard[:-1]))
        return replace(
            answer,
            question=question,
            understood=understood if understood != question else "",
            choices=self._choices(understood, answer, heard, answering),
        )

    def _answering(self, day: date) -> Answering:
        def search(question: str, k: int, version: str) -> list[Hit]:
            return self.search(question, k, day=day, version=version)

        settings = self._settings
        return Answering(self._shelf, self.documents, search, day, settings.top_k, settings.least_confidence)

    def in_force(self) -> list[Passage]:
        """The passages of every document that holds today."""
        return [passage for passage in self.passages if validity(passage.document, self._today) == IN_FORCE]

    def home_in_force(self) -> list[Passage]:
        """The passages of every document that holds today at home: those of other regions are left out."""
        return [each for each in self.in_force() if self._shelf.places.is_home(each.document.metadata.region)]

    def official(self, text: str) -> str:
        """``text`` in one spelling and in official terms (低保 is 最低生活保障), for comparing."""
        return self._shelf.lexicon.official(normalize(text))

    def quiz_items(
        self, documents: Sequence[str] = (), *, types: Sequence[ItemType] = (), count: int, seed: int = 0
    ) -> list[Item]:
        """Up to ``count`` items for legal study, from the named documents or else from all rules of home in force.

        ``documents`` are ids, titles or parts of titles. Raises ``QuizError`` for a document that is not there or does
        not hold, an unknown type, or where the clauses give no item at all.
        """
        from assistant.quiz.items import generate, rules
        from assistant.quiz.types import TYPES

        home = self.home_in_force()
        chosen = self._named(documents, self.in_force()) if documents else rules(home)
        items = generate(
            chosen, types=types or TYPES, count=count, seed=seed, today=self._today,
            among=home, same=self.official,
        )  # fmt: skip
        if not items:
            raise QuizError("这些文件里没有能出题的条文，请换文件或者题型")
        return items

    def _named(self, names: Sequence[str], in_force: Sequence[Passage]) -> list[Passage]:
        found: list[Passage] = []
        for name in names:
            title = name.strip("《》 ")
            held = [each for each in in_force if title and (title == each.document.id or title in each.document.title)]
            if not held:
                known = any(title and title in each.title for each in self.documents.values())
                raise QuizError(
                    f"《{title}》现在不是有效的文件，不能出题"
                    if known
                    else f"没有找到文件“{name}”，请写文件标题或者编号"
                )
            found += held
        return found

    def _choices(self, question: str, answer: Answer, heard: Sequence[str], answering: Answering) -> tuple[str, ...]:
        """What may have been meant by a question that was answered, to be asked next after what was ``heard``."""
        if max(len(answer.figures), len(answer.sentences)) < 2:
            return ()

        def ask(choice: str) -> Iterator[Answer]:
            alone = self.read(choice)
            return (answering.answer(each) for each in {alone, self._dialogue.complete(alone, heard)})

        asked = understand(question, self._shelf.lexicon, self._shelf.places, answering.day)
        return choices(asked, answer, self._shelf.lexicon, self._shelf.places, ask)

    def read(self, question: str) -> str:
        """``question`` in plain words, however it was asked: in pinyin, English or dialect, with slips of spelling."""
        return self._reader.read(question)

    def _heard(self, turns: Sequence[str]) -> list[str]:
        """Every turn of a conversation in plain words; words of earlier turns are no slips of spelling in later ones."""
        heard: list[str] = []
        for turn in turns:
            heard.append(self._reader.read(turn, "。".join(heard)))
        return heard

    @cached_property
    def _dialogue(self) -> Dialogue:
        lexicon = self._shelf.lexicon
        return Dialogue(lexicon, self._shelf.places, Topics(self.passages, lexicon))

    @cached_property
    def _reader(self) -> Reader:
        return _reader(self._settings, self._shelf.lexicon, self._shelf.places, lambda: self._index.vocabulary)
