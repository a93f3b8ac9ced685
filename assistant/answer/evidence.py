"""How well a text covers a question, and which of the passages found answer it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer.lexicon import Lexicon
from assistant.answer.looks import LIST_WORDS, defines, is_beside_the_point, lists_what_is_asked, looks_right
from assistant.answer.question import Question
from assistant.answer.rivals import about_a_rival
from assistant.text.tokens import rarity, words
from assistant.types import Hit, Passage

ARTICLE_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?[\s　]+")
_DEFINING = 1.0
"""What it counts that a passage says the meaning of the term asked about: as much as being the first found."""
_SURE_OF_MEANING = 0.5
"""How likely such a passage answers at the least."""
_OF_ANOTHER = 0.8
"""What it counts against a passage that it is about a rival of what is asked, or only says when a rule begins."""
_LISTED = 0.8
"""What it counts that a passage lists what is asked for, in the measure that it covers the question."""
_COSINE, _COVERED, _FORM = 0.5, 0.5, 0.2
"""What the nearness of vectors, the words that are covered and the look of an answer count beside the order of the search.
Chosen on dev, where many others do as well; without the words 结婚登记 and 离婚登记 are too much alike."""
LEARNED_SHARE = 0.6
"""What the second stage's probability counts in an answer's confidence, where there is one. Chosen on dev."""
COSINE_SHARE = 0.6
"""What the nearness of vectors counts in an answer's confidence, beside the words that are covered. Chosen on dev."""


class Weights:
    """How telling a word is: rare in the passages and rare in general Chinese, so that chatter weighs little.

    The first is BM25's inverse document frequency (Robertson and Spärck Jones), ``log(1 + (N - n + 0.5) / (n + 0.5))``
    where ``n`` counts the passages whose text contains the word; it is multiplied by the word's rarity, at least 0.1.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts = [f"{passage.document.title}\n{passage.text}" for passage in passages]
        self._weight = lru_cache(maxsize=4096)(self._compute)

    def __call__(self, word: str) -> float:
        """The weight of ``word``, above 0."""
        return self._weight(word)

    def _compute(self, word: str) -> float:
        containing = sum(word in text for text in self._texts)
        frequency = math.log(1 + (len(self._texts) - containing + 0.5) / (containing + 0.5))
        return frequency * max(0.1, rarity(word))


@dataclass(frozen=True, slots=True)
class Layer:
    """A spaced text that may cover words, and how much a word found there counts (0 to 1)."""

    text: str
    credit: float


class Speller:
    """Texts as their words, as written and in official terms, parted by blanks: 护照 is not found in 监护照料."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rivals = lexicon.rivals
        self.spaced = lru_cache(maxsize=20_000)(self._spaced)
        self.official = lru_cache(maxsize=20_000)(lexicon.official)

    def _spaced(self, text: str) -> str:
        official = self.official(text)
        return " ".join((*words(text), *(words(official) if official != text else ())))


def coverage(terms: Iterable[str], layers: Sequence[Layer], weights: Weights, met: float = 0.0) -> float:
    """The share of the words' weight that the layers cover, 0 to 1; 1 where there are no words.

    ``met`` is the weight of what is known to be covered beside the words, such as slots.

    A word counts with the credit of the best layer that contains it. A word of three characters or more that is
    nowhere whole counts by the share of its character pairs that stand in one layer.
    """
    total = covered = met
    for word in terms:
        weight = weights(word)
        total += weight
        covered += weight * max((layer.credit * contains(layer.text, word) for layer in layers), default=0.0)
    return covered / total if total else 1.0


def contains(text: str, word: str) -> float:
    """How far a spaced text says a word, 0 to 1: of a long word that is nowhere whole its pairs count."""
    if word in text:
        return 1.0
    if len(word) < 3 or word.isascii():
        return 0.0
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.8 * share if share >= 0.5 else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer a question. ``score`` ranks, ``confidence`` (0 to 1) decides on refusal."""

    passage: Passage
    score: float
    confidence: float


def evidence(question: Question, hits: Sequence[Hit], speller: Speller, weights: Weights) -> list[Evidence]:
    """The hits as what may answer the question, best first; their scores are from 0 to 1."""
    found = [_judged(question, hit, speller, weights) for hit in hits]
    return sorted(found, key=lambda each: -each.score)


def question_terms(question: Question) -> tuple[str, ...]:
    """All that evidence for a question in words has to be about: its slots' terms and its content words."""
    slots = (name for group, names in question.slots.items() if group != "计量" for name in names)
    return (*(word for name in slots for word in words(name)), *question.words)


def heading_layers(passage: Passage, speller: Speller) -> list[Layer]:
    """The headings and the title above a passage, which say what it is about."""
    return [Layer(speller.spaced("\n".join((passage.document.title, *passage.heading))), 0.9)]


def _judged(question: Question, hit: Hit, speller: Speller, weights: Weights) -> Evidence:
    layers = [Layer(speller.spaced(hit.passage.text), 1.0), *heading_layers(hit.passage, speller)]
    terms = question_terms(question)
    covered = coverage(terms, layers, weights)
    score = hit.score + _COSINE * hit.cosine + _COVERED * covered + _FORM * looks_right(question, hit.passage.text)
    if lists_what_is_asked(question, hit.passage.text):
        covered = coverage((term for term in terms if term not in LIST_WORDS), layers, weights)
        score += _LISTED * covered
    score -= _OF_ANOTHER * _is_of_another(question, hit.passage, speller)
    confidence = _confidence(hit, covered)
    if defines(question, hit.passage.text):
        return Evidence(hit.passage, score + _DEFINING, max(confidence, _SURE_OF_MEANING))
    return Evidence(hit.passage, score, confidence)


def _is_of_another(question: Question, passage: Passage, speller: Speller) -> bool:
    told = "\n".join((passage.document.title, *passage.heading, passage.text))
    return is_beside_the_point(question, passage.text) or about_a_rival(
        question.official, speller.official(told), speller.rivals
    )


def _confidence(hit: Hit, covered: float) -> float:
    words_and_vectors = COSINE_SHARE * hit.cosine + (1 - COSINE_SHARE) * covered
    if hit.confidence is None:
        return words_and_vectors
    return LEARNED_SHARE * hit.confidence + (1 - LEARNED_SHARE) * words_and_vectors
