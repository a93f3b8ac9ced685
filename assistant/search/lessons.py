"""What an encoder is taught: texts as numbers, and pairs of a query with the text that it should find.

Articles teach by themselves: a sentence finds the rest of its article, and its beginning, some of its rarer words or
its headings find the whole. Questions find what answers them. Which pairs make a batch depends on the seed and the
batch's number alone, so that a training that was broken off goes on as if it had not been.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.search.articles import Article, Asked, core_name
from assistant.text.tokens import features

Numbers = NDArray[np.int32]
"""A text's features in their order, as numbers."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is in all."""

Kind = Literal["rest", "beginning", "keywords", "headings"]

_SHARES: dict[Kind, float] = {"rest": 1, "beginning": 1, "keywords": 0.6, "headings": 0.15}
"""Of the articles, how many teach in each way."""

_BEGINNING, _KEYWORDS = 40, 8  # features
_SHORTEST = 9  # features of a sentence that can be told from others
_SENTENCE_END = re.compile("[。；！？;!?\n]")
_NOTHING = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a text that it should find; texts of the same ``place`` (law and number) answer it as well.

    ``near`` is a text of the same law that it should not find, empty where there is none.
    """

    query: Numbers
    text: Numbers
    place: int
    near: Numbers


@dataclass(frozen=True, slots=True)
class Text:
    """An article in numbers: the names above it, its sentences, and the numbers of its place and of its law."""

    place: int
    law: int
    head: Numbers
    sentences: tuple[Numbers, ...]

    @property
    def whole(self) -> Numbers:
        """Everything of it, as the index would have it."""
        return np.concatenate([self.head, *self.sentences])


@dataclass(frozen=True, slots=True)
class Lessons:
    """Articles and questions in numbers; ``exercises`` say which article teaches how, in the order of their use.

    ``laws`` are the texts of each law by its number, of each place the last one that was given.
    ``counts`` says in how many of the ``total`` texts (articles and questions) each feature of the vocabulary occurs.
    """

    vocabulary: tuple[str, ...]
    counts: NDArray[np.int64]
    total: int
    texts: tuple[Text, ...]
    questions: tuple[tuple[Numbers, tuple[Text, ...]], ...]
    exercises: tuple[tuple[int, Kind], ...]
    laws: tuple[tuple[Text, ...], ...]


def lessons(articles: Sequence[Article], asked: Sequence[Asked], size: int, seed: int, progress: Progress) -> Lessons:
    """The lessons of ``articles`` and questions over the ``size`` most frequent features of both.

    What occurs in more than one question comes before everything else: few articles have the words that people use.
    """
    reader = _Reader()
    texts = []
    for done, article in enumerate(articles):
        if done % 1000 == 0:
            progress("读入条文", done, len(articles))
        texts.append(reader.text(article))
    questions = [(reader.numbers(one.text), tuple(map(reader.text, one.answers))) for one in asked]
    progress("读入条文", len(articles), len(articles))

    in_texts = _counts([text.whole for text in texts], len(reader.ids))
    in_questions = _counts([question for question, _ in questions], len(reader.ids))
    kept = _most_frequent(in_texts + in_questions, in_questions, size)
    order = np.full(len(reader.ids), -1, dtype=np.int32)
    order[kept] = np.arange(len(kept), dtype=np.int32)
    names = list(reader.ids)
    known = tuple(_renumbered(text, order) for text in texts)
    return Lessons(
        tuple(names[number] for number in kept),
        (in_texts + in_questions)[kept],
        len(texts) + len(questions),
        known,
        tuple((_kept(query, order), tuple(_renumbered(text, order) for text in found)) for query, found in questions),
        _exercises(known, seed),
        _by_law(known),
    )


class _Reader:
    """Gives features and places their numbers, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._laws: dict[str, int] = {}

    def numbers(self, text: str) -> Numbers:
        return np.array([self.ids.setdefault(feature, len(self.ids)) for feature in features(text)], dtype=np.int32)

    def text(self, article: Article) -> Text:
        name = core_name(article.law)
        place = self._places.setdefault((name, article.number), len(self._places))
        law = self._laws.setdefault(name, len(self._laws))
        head = self.numbers("。".join([article.law, *article.headings, article.number]))
        return Text(place, law, head, tuple(self.numbers(sentence) for sentence in _SENTENCE_END.split(article.text)))


def _counts(texts: Sequence[Numbers], size: int) -> NDArray[np.int64]:
    """In how many of the texts each feature occurs, shape [size]."""
    once = [np.unique(text) for text in texts]
    return np.bincount(np.concatenate([np.empty(0, np.int32), *once]), minlength=size)


def _most_frequent(counts: NDArray[np.int64], in_questions: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    order = np.lexsort((-counts, in_questions < 2))  # the last key is the first to decide
    return order[(counts > 1)[order]][:size] if (counts > 1).any() else order[:size]


def _kept(numbers: Numbers, order: Numbers) -> Numbers:
    """``numbers`` in the vocabulary's numbering, without what is not in it."""
    renumbered: Numbers = order[numbers]
    return renumbered[renumbered >= 0]


def _renumbered(text: Text, order: Numbers) -> Text:
    sentences = (_kept(sentence, order) for sentence in text.sentences)
    return Text(
        text.place, text.law, _kept(text.head, order), tuple(sentence for sentence in sentences if len(sentence))
    )


def _exercises(texts: Sequence[Text], seed: int) -> tuple[tuple[int, Kind], ...]:
    chance = random.Random(seed)
    found = [
        (number, kind)
        for number, text in enumerate(texts)
        if _telling(text)
        for kind, share in _SHARES.items()
        if (kind != "rest" or len(text.sentences) > 1) and chance.random() < share
    ]
    chance.shuffle(found)
    return tuple(found)


def _by_law(texts: Sequence[Text]) -> tuple[tuple[Text, ...], ...]:
    laws: dict[int, dict[int, Text]] = {}
    for text in texts:
        laws.setdefault(text.law, {})[text.place] = text
    return tuple(tuple(laws.get(law, {}).values()) for law in range(max(laws, default=-1) + 1))


def _telling(text: Text) -> list[Numbers]:
    """The sentences long enough to be told from others."""
    return [sentence for sentence in text.sentences if len(sentence) >= _SHORTEST]


# Batches ---------------------------------------------------------------------------------------------------------


def batch(taught: Lessons, number: int, size: int, share: float, seed: int) -> list[Pair]:
    """The pairs of batch ``number``, ``share`` of the ``size`` from questions as far as there are so many.

    The exercises come in turn, the questions by chance; pairs without a known feature on either side are left out.
    """
    chance = random.Random(f"{seed} {number}")
    asked = chance.sample(taught.questions, min(round(size * share), len(taught.questions)))
    pairs = [_asked(query, chance.choice(texts), taught, chance) for query, texts in asked]
    rest = size - round(size * share)
    for turn in range(number * rest, (number + 1) * rest if taught.exercises else 0):
        text, kind = taught.exercises[turn % len(taught.exercises)]
        pairs.append(_exercise(taught, taught.texts[text], kind, chance))
    return [pair for pair in pairs if len(pair.query) and len(pair.text)]


def _asked(query: Numbers, text: Text, taught: Lessons, chance: random.Random) -> Pair:
    """A question with what answers it, and another article of the same law, which is the likeliest mistake."""
    others = taught.laws[text.law] if text.law < len(taught.laws) else ()
    other = chance.choice(others) if others else text
    return Pair(query, text.whole, text.place, other.whole if other.place != text.place else _NOTHING)


def _answered(query: Numbers, text: Text) -> Pair:
    return Pair(query, text.whole, text.place, _NOTHING)


def _exercise(taught: Lessons, text: Text, kind: Kind, chance: random.Random) -> Pair:
    if kind == "rest":
        return _sentence_and_rest(text, chance)
    if kind == "beginning":
        return _answered(chance.choice(_telling(text))[:_BEGINNING], text)
    if kind == "keywords":
        return _answered(_keywords(text, taught, chance), text)
    return Pair(text.head, np.concatenate(text.sentences), text.place, _NOTHING)


def _sentence_and_rest(text: Text, chance: random.Random) -> Pair:
    telling = [number for number, sentence in enumerate(text.sentences) if len(sentence) >= _SHORTEST]
    number = chance.choice(telling)
    rest = text.sentences[:number] + text.sentences[number + 1 :]
    return Pair(text.sentences[number], np.concatenate([text.head, *rest]), text.place, _NOTHING)


def _keywords(text: Text, taught: Lessons, chance: random.Random) -> Numbers:
    """A few features of a text, the rarer ones likelier."""
    words = np.concatenate(_telling(text))
    rarity = np.log1p(taught.total / taught.counts[words])
    generator = np.random.default_rng(chance.getrandbits(32))
    picked: Numbers = generator.choice(words, min(_KEYWORDS, len(words)), p=rarity / rarity.sum(), replace=False)
    return picked
