"""How encoder and second stage are trained: from statutes and questions on the disk to a model folder.

``train`` makes the encoder. ``train_second_stage`` makes the file beside it that puts in order what was found: the laws
are parted, an encoder is trained without the questions and articles of each part, and what it finds for them, in the
corpus and among all articles that are asked about, is what the second stage learns from. So no cosine that it sees
comes from an encoder that knew the question, and among the questions that stand beside the passages is never its own.
"""

from __future__ import annotations

import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from assistant.corpus import Progress, read_passages
from assistant.errors import AssistantError
from assistant.pipeline import Assistant, assistant_over
from assistant.search import index as index_on_disk
from assistant.search import rerank, rerank_training, training
from assistant.search.articles import (
    Article,
    Library,
    Question,
    article_of,
    as_passages,
    core_name,
    read_articles,
    read_lay_questions,
    read_names,
    read_questions,
    read_unanswered,
)
from assistant.search.expansion import pose
from assistant.search.questions import Flaw, check_questions
from assistant.search.rerank_training import Lesson, Part
from assistant.search.static import StaticEncoder, is_model
from assistant.search.systems import Index
from assistant.search.traits import NO_AID, Found
from assistant.settings import Settings
from assistant.types import Passage

PARTS = 4
"""Into how many parts the laws are divided for the second stage."""

_FOLDS = 5
"""Of what people ask, so many parts: for a question of one the others stand beside the passages."""

_UNFAMILIAR = 0.3
"""So many questions meet a law for which no question is known, as in a corpus that somebody else adds to."""

_LATE = 0.7
"""Questions on such a law of this chance and more are among those that nothing answered: the law was added later."""

_ALIKE = 0.75
"""From this cosine on, a passage of another law may well answer what its neighbour answers."""

_CHOSEN = 1000
"""Questions of each part that are asked of all articles, chosen by chance; of the corpus all are asked that it answers."""


@dataclass(frozen=True)
class Schoolbooks:
    """Where the material lies from which an encoder is trained.

    ``articles`` and ``lay`` are JSON-lines files (see ``search.articles``), ``questions`` is a folder of them;
    ``folders`` hold documents whose passages are what the questions on them should find. ``without`` are laws, by their
    core names, that are left out with their questions. ``unanswered`` is a file of questions that the corpus does not answer.
    """

    articles: Path
    questions: Path
    lay: Path | None = None
    folders: tuple[Path, ...] = ()
    without: frozenset[str] = frozenset()
    unanswered: Path | None = None


@dataclass(frozen=True)
class _Shelves:
    """Everything that was read."""

    articles: list[Article]
    passages: list[Passage]
    questions: list[Question]


def train(
    settings: Settings, books: Schoolbooks, out: Path, recipe: training.Recipe = training.DEFAULT, *,
    results: str = "", resume: bool = False, progress: Progress | None = None,
) -> Counter[str]:  # fmt: skip
    """Train an encoder and write it into the folder ``out``; gives by law the questions that nothing answers.

    ``results`` go into its card. Raises ``CorpusError`` where the material cannot be read, and ``AssistantError`` where
    ``resume`` finds another training's checkpoint.
    """
    shelves = _read(settings, books, progress)
    return _train(settings, books, shelves, out, recipe, results, resume, progress)


def check_training(settings: Settings, books: Schoolbooks) -> tuple[list[Question], list[Flaw]]:
    """The training questions, and what is wrong with them."""
    shelves = _read(settings, books, None)
    return shelves.questions, check_questions(shelves.questions, Library(shelves.articles, shelves.passages))


def hold_out(path: Path) -> frozenset[str]:
    """The core names of the laws that a file lists, one a line. Raises ``CorpusError`` where it cannot be read."""
    return frozenset(map(core_name, read_names(path)))


def _read(settings: Settings, books: Schoolbooks, progress: Progress | None) -> _Shelves:
    """Articles, passages and questions, read with the words of the dictionary."""
    index_on_disk.use_dictionary(settings.dictionary)
    passages = read_passages(books.folders, progress) if books.folders else []
    return _without(_Shelves(read_articles(books.articles), passages, read_questions(books.questions)), books.without)


def _without(shelves: _Shelves, laws: frozenset[str]) -> _Shelves:
    """Everything but what is of these laws, or asks about them."""
    return _Shelves(
        [article for article in shelves.articles if core_name(article.law) not in laws],
        [passage for passage in shelves.passages if core_name(passage.document.title) not in laws],
        [question for question in shelves.questions if core_name(question.law) not in laws],
    )


def _train(
    settings: Settings, books: Schoolbooks, shelves: _Shelves, out: Path, recipe: training.Recipe,
    results: str, resume: bool, progress: Progress | None,
) -> Counter[str]:  # fmt: skip
    written, unanswered = Library(shelves.articles, shelves.passages).asked(shelves.questions)
    lay = read_lay_questions(books.lay) if books.lay else []
    lay = [asked for asked in lay if books.without.isdisjoint(core_name(answer.law) for answer in asked.answers)]
    passages = [article_of(passage) for passage in shelves.passages]
    material = training.Material(shelves.articles, passages, written, lay)
    training.train(
        material, out, settings.as_of or date.today(), recipe=recipe, results=results, resume=resume, progress=progress
    )
    return unanswered


# The second stage ------------------------------------------------------------------------------------------------


def train_second_stage(
    settings: Settings, books: Schoolbooks, out: Path, recipe: training.Recipe = training.DEFAULT, *,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Train the second stage for the encoder in the folder ``out``; gives the number of questions it learnt from.

    The parts' encoders are kept in ``<out>.parts``, and one that is there is used again. Raises ``AssistantError`` where
    there is no encoder in ``out`` or no question that the corpus answers.
    """
    if not is_model(out):
        raise AssistantError(f"{out} 里还没有训练好的编码器，请先不带 --second-stage 训练一次")
    shelves = _read(settings, books, progress)
    corpus = read_passages(settings.corpus, progress)
    wide = asked_about(shelves.articles, shelves.passages, shelves.questions)
    unanswered = read_unanswered(books.unanswered) if books.unanswered else []
    parts: list[Part] = []
    for number, laws in enumerate(parted(shelves.questions, PARTS)):
        folder = out.with_name(f"{out.name}.parts") / str(number)
        if not is_model(folder):
            rest = replace(books, without=books.without | laws)
            _train(settings, rest, _without(shelves, laws), folder, recipe, "", True, progress)
        encoder = StaticEncoder(folder)
        own = sorted(
            (question for question in shelves.questions if core_name(question.law) in laws),
            key=lambda question: core_name(question.law),
        )
        classroom = _Classroom(settings, corpus, encoder, shelves.questions, unanswered)
        lessons = list(classroom.corpus_lessons(own, shelves))
        chosen = random.Random(recipe.seed).sample(own, min(_CHOSEN, len(own)))
        parts.append(
            Part(
                here=[lesson for lesson, answered in lessons if answered],
                everywhere=list(_Classroom(settings, wide, encoder, shelves.questions).lessons(chosen)),
                deprived=[lesson for lesson, answered in lessons if not answered],
                in_vain=list(classroom.lessons_in_vain(unanswered[number::PARTS])),
            )
        )
        if progress:
            progress("第二步排序的例子", number + 1, PARTS)
    if not any(lesson.grades.any() for part in parts for lesson in part.here):
        raise AssistantError("语料答不了任何一道训练题，第二步排序没有可以学的")
    rerank_training.write(rerank_training.fit(parts), out / rerank.FILE)
    return sum(len(part.here) + len(part.everywhere) for part in parts)


def parted(questions: Sequence[Question], parts: int) -> list[frozenset[str]]:
    """The laws of ``questions`` in so many parts, each law whole, with about as many questions in each."""
    counts = Counter(core_name(question.law) for question in questions)
    laws: list[set[str]] = [set() for _ in range(parts)]
    sizes = [0] * parts
    for law, count in counts.most_common():
        smallest = sizes.index(min(sizes))
        laws[smallest].add(law)
        sizes[smallest] += count
    return [frozenset(names) for names in laws]


def asked_about(
    articles: Sequence[Article], passages: Sequence[Passage], questions: Sequence[Question]
) -> list[Passage]:
    """The passages of every law that has questions: those of the documents, or else its articles' newest version."""
    laws = {core_name(question.law) for question in questions}
    known = [passage for passage in passages if core_name(passage.document.title) in laws]
    there = {core_name(passage.document.title) for passage in known}
    return known + as_passages([article for article in articles if core_name(article.law) in laws - there])


class _Classroom:
    """An encoder over passages with what is asked about them, and what it finds for questions."""

    def __init__(
        self, settings: Settings, passages: Sequence[Passage], encoder: StaticEncoder, questions: Sequence[Question],
        unanswered: Sequence[str] = (),
    ) -> None:  # fmt: skip
        documents = list({passage.document.id: passage.document for passage in passages}.values())
        self._index = Index.of(documents, passages, encoder)
        self._assistant: Assistant = assistant_over(self._index, settings)
        self._questions = questions
        self._unanswered = unanswered
        self._passages = passages
        self._library = Library((), passages)
        self._places = {passage.id: place for place, passage in enumerate(passages)}
        self._laws = [core_name(passage.document.title) for passage in passages]
        self._encoder = encoder

    def lessons(self, questions: Sequence[Question]) -> Iterator[Lesson]:
        """What is found for each question, without what is known of the documents."""
        for question in questions:
            text = self._read(question.text)
            right = {self._places[passage.id] for passage in self._library.passages(question)}
            aid = replace(NO_AID, official=self._assistant.aid(text).official)
            index = self._familiar(question.text) if _chance(question.text) < 0.5 else self._index
            if right and (found := index.candidates(text, aid=aid)):
                yield Lesson(index.traits(text, found, aid), _grades(found, right))

    def lessons_in_vain(self, questions: Sequence[str]) -> Iterator[Lesson]:
        """What is found for questions that nothing here answers."""
        for question in questions:
            text = self._read(question)
            aid, index = self._assistant.aid(text), self._familiar(question)
            if found := index.candidates(text, aid=aid):
                yield Lesson(index.traits(text, found, aid), _grades(found, set()))

    def corpus_lessons(self, questions: Sequence[Question], shelves: _Shelves) -> Iterator[tuple[Lesson, bool]]:
        """Lessons on the corpus, and whether it is sure what is right.

        A question on what has lapsed, or on the rules of another place that it does not name, teaches nothing here. One
        that the corpus does not answer, or no longer when its law is taken away, teaches only to doubt; but where
        another law has a passage much like the answer, it is left out.
        """
        library = Library(shelves.articles, shelves.passages)
        unfamiliar = self._unfamiliar(frozenset(core_name(question.law) for question in questions))
        for place, question in enumerate(questions):
            text = self._read(question.text)
            aid = self._assistant.aid(text)
            index = unfamiliar if _chance(question.text) < _UNFAMILIAR else self._familiar(question.text)
            answers = self._library.passages(question)
            right = {
                self._places[one.id]
                for one in answers
                if aid.in_force.get(one.document.id, 1) and aid.place.get(one.document.id, 1)
            }
            if answers and not right:
                continue
            found = index.candidates(text, aid=aid)
            if found and right:
                yield Lesson(index.traits(text, found, aid), _grades(found, right)), True
            if (right and place % 3) or self._answered_elsewhere(question, library):
                continue
            law = core_name(question.law)
            deprived = self._deprived(law) if answers else index
            if left := [one for one in deprived.candidates(text, aid=aid) if self._laws[one.place] != law]:
                yield Lesson(deprived.traits(text, left, aid), _grades(left, set())), False

    @cache  # noqa: B019 - a classroom lives as long as its lessons
    def _read(self, text: str) -> str:
        return self._assistant.read(text)

    def _familiar(self, question: str) -> Index:
        """The index with what people ask, but for the part that the question is of."""
        return self._fold(_fold(question))

    @cache  # noqa: B019
    def _fold(self, fold: int) -> Index:
        return self._asked_by(
            [question for question in self._questions if _fold(question.text) != fold],
            [question for question in self._unanswered if _fold(question) != fold],
        )

    @lru_cache(maxsize=1)  # noqa: B019 - questions come law by law
    def _deprived(self, law: str) -> Index:
        """The index with what people ask, but nothing on this law."""
        return self._asked_by([one for one in self._questions if core_name(one.law) != law], self._unanswered)

    def _unfamiliar(self, laws: frozenset[str]) -> Index:
        """The index with what people ask, but nothing on these laws, as if they had been added after it was written.

        So some questions on them are among those that nothing answered.
        """
        own = [question for question in self._questions if core_name(question.law) in laws]
        others = [question for question in self._questions if core_name(question.law) not in laws]
        late = [question.text for question in own if _chance(question.text) >= _LATE]
        return self._asked_by(others, [*self._unanswered, *late])

    def _asked_by(self, questions: Sequence[Question], in_vain: Sequence[str]) -> Index:
        return self._index.expanded(pose(questions, self._passages, self._read, in_vain))

    def _answered_elsewhere(self, question: Question, library: Library) -> bool:
        """Whether a passage of another law is much like what answers the question."""
        answers = self._encoder.encode([answer.text for answer in library.answers(question)])
        law = core_name(question.law)
        near = [self._index.nearest(answer, _ALIKE) for answer in answers]
        return any(self._laws[place] != law for places in near for place in places)


def _fold(question: str) -> int:
    """Which part of what people ask a question is of: by its letters alone, so always the same."""
    return zlib.crc32(question.encode()) % _FOLDS


def _chance(question: str) -> float:
    """From 0 to 1, as if by chance, but always the same for a question."""
    return (zlib.crc32(question.encode()) // _FOLDS) % 1000 / 1000


def _grades(found: Sequence[Found], right: set[int]) -> rerank_training.Grades:
    return rerank_training.grades([2 if one.place in right else 0 for one in found])
