"""How well a text covers a question, and which sentences of a passage answer it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answer.lexicon import Lexicon
from assistant.answer.question import Question
from assistant.answer.wording import EVERY, Form
from assistant.text.sentences import sentences
from assistant.text.tokens import rarity, words
from assistant.types import Citation, Hit, Passage, Sentence

_CUES: dict[Form, tuple[str, str]] = {
    Form.DOCUMENTS: (
        r"(?:提交|提供|出具|携带|带|出示|准备|报送|持).{0,40}(?:材料|证明|证|簿|文件|表|照片|书)",
        r"(?:材料|证件|文件)[：:]|下列(?:材料|文件|证件)",
    ),
    Form.PROCEDURE: (
        r"申请|受理|程序|办理|提出",
        r"(?:向|由|到).{2,40}(?:提出|提交|申请|受理)|书面.{0,6}申请|(?:以下|下列)程序",
    ),
    Form.WHO: (
        r"负责|主管|机关|部门",
        r"由.{2,40}(?:负责|决定|确认|审批|批准|审核|认定|办理|实施|登记|管理)|登记管理机关",
    ),
    Form.WHEN: (r"\d+年|\d+月|每年|之日起", r"起施行|起实施|\d+月\d+日"),
    Form.DEFINITION: (r"(?:下列|以下).{0,6}条件|条件同时", r"是指|所称|指的是|，指"),
    Form.CONDITION: (
        r"可以|不得|应当|符合|具备",
        r"(?:下列|以下).{0,10}(?:条件|情形|人员|之一)|同时(?:具备|符合|满足)|条件同时",
    ),
    Form.YES_NO: (r"可以|不得|应当|不能|必须|不需要|无需|不必", r"$^"),
}
"""For each form of question the words that an answer of that form has: the usual ones, and the telling ones."""
CUES = {form: tuple(re.compile(pattern) for pattern in patterns) for form, patterns in _CUES.items()}
_A_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_REVERSAL = re.compile(r"不再|终止|停止|停发|撤销|注销|取消|退出|不予")
_LONGEST_PAIR = 200
_LONGEST_WHOLE = 450
"""Passages of more characters than this are not quoted whole. Chosen on the dev cases."""
_LONGEST_PARAGRAPH = 1000
"""A paragraph with its list is quoted whole up to this: an item says nothing without the sentence that opens the list."""
ARTICLE_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?[\s　]+")
_EXCEPTION = re.compile(r"^(?:但|但是|除|前款|然而|不过)")


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
        self._lexicon = lexicon
        self.spaced = lru_cache(maxsize=20_000)(self._spaced)

    def _spaced(self, text: str) -> str:
        official = self._lexicon.official(text)
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
        covered += weight * max((layer.credit * _contains(layer.text, word) for layer in layers), default=0.0)
    return covered / total if total else 1.0


def _contains(text: str, word: str) -> float:
    if word in text:
        return 1.0
    if len(word) < 3 or word.isascii():
        return 0.0
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.8 * share if share >= 0.5 else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a passage that may answer a question. ``score`` ranks, ``confidence`` (0 to 1) decides on refusal."""

    passage: Passage
    start: int
    end: int
    score: float
    confidence: float

    @property
    def sentence(self) -> Sentence:
        """The passage, or where it is long the paragraph around the span, quoted with the span as its stress.

        What stands around the span are the conditions and exceptions under which it holds, so they are not cut off.
        """
        start, end = self._quoted()
        text = self.passage.document.text[start:end]
        return Sentence(text, (Citation(self.passage, text, start),), (self.start - start, self.end - start))

    def _quoted(self) -> tuple[int, int]:
        passage = self.passage
        label = ARTICLE_LABEL.match(passage.text)
        first = passage.start + (label.end() if label else 0)
        if passage.end - passage.start <= _LONGEST_WHOLE:
            return min(first, self.start), passage.end
        around = [part for part in passage.parts if part.start <= self.start and self.end <= part.end]
        widest = max(around, key=lambda part: part.end - part.start, default=None)
        if widest is None or widest.end - widest.start > _LONGEST_PARAGRAPH:
            return self.start, self.end
        return min(max(widest.start, first), self.start), widest.end


def evidence(question: Question, hits: Sequence[Hit], speller: Speller, weights: Weights) -> list[Evidence]:
    """The best span of each hit's passage for the question, best first; the hits' scores are from 0 to 1."""
    found = [_best_span(question, hit, speller, weights) for hit in hits]
    return sorted(found, key=lambda each: -each.score)


def question_terms(question: Question) -> tuple[str, ...]:
    """All that evidence for a question in words has to be about: its slots' terms and its content words."""
    slots = (name for group, names in question.slots.items() if group != "计量" for name in names)
    return (*(word for name in slots for word in words(name)), *question.words)


def heading_layers(passage: Passage, speller: Speller) -> list[Layer]:
    """The headings and the title above a passage, which say what it is about."""
    return [Layer(speller.spaced("\n".join((passage.document.title, *passage.heading))), 0.9)]


def _best_span(question: Question, hit: Hit, speller: Speller, weights: Weights) -> Evidence:
    """The span that covers the question best and looks like an answer of the form that was asked for."""
    passage, terms = hit.passage, question_terms(question)
    above = heading_layers(passage, speller)
    covered = coverage(terms, [Layer(speller.spaced(passage.text), 1.0), *above], weights)
    around = [Layer(speller.spaced(passage.text), 0.6), Layer(above[0].text, 0.5)]
    best, best_fit = (passage.start, passage.end), -1.0
    for start, end in _windows(passage.text):
        text = passage.text[start:end]
        fit = coverage(terms, [Layer(speller.spaced(text), 1.0), *around], weights)
        fit += _looks_right(question, text) - 0.0008 * len(text)
        if fit > best_fit:
            best, best_fit = (passage.start + start, passage.start + end), fit
    about = coverage(terms, [Layer(above[0].text, 1.0)], weights)
    score = hit.score + hit.cosine + 0.5 * covered + 0.3 * best_fit + 0.2 * about
    return Evidence(passage, *best, score, _confidence(hit, covered))


def _confidence(hit: Hit, covered: float) -> float:
    words_and_vectors = COSINE_SHARE * hit.cosine + (1 - COSINE_SHARE) * covered
    if hit.confidence is None:
        return words_and_vectors
    return LEARNED_SHARE * hit.confidence + (1 - LEARNED_SHARE) * words_and_vectors


def _windows(text: str) -> list[tuple[int, int]]:
    """Each unit, and each with the next of its paragraph where both are short: an answer may need two sentences."""
    spans = units(text)
    near = [(one, other) for one, other in pairwise(spans) if "\n" not in text[one[1] : other[0]]]
    return [*spans, *((one[0], other[1]) for one, other in near if other[1] - one[0] <= _LONGEST_PAIR)]


def _looks_right(question: Question, text: str) -> float:
    """How much a text looks like an answer of the form asked for; less where it is about the end of what is asked."""
    if question.form is Form.DEFINITION and _defines(question, text):
        return 1.0
    if question.form is Form.FIGURE and not (EVERY if question.asks_how_often else _A_NUMBER).search(text):
        return -0.5
    cues = sum(
        weight * bool(cue.search(text)) for weight, cue in zip((0.2, 0.45), CUES.get(question.form, ()), strict=False)
    )
    reversed_sense = bool(_REVERSAL.search(text)) and not _REVERSAL.search(question.official)
    return cues - 0.4 * reversed_sense


def _defines(question: Question, text: str) -> bool:
    """Whether the text says of something asked what it is: 特困人员是指…, or …的，是特困人员."""
    terms = [term for terms in question.slots.values() for term in terms] or [max(question.words, key=len, default="")]
    return any(
        term and re.search(rf"{re.escape(term)}[，,]?(?:（[^）]*）)?(?:是指|是|指的?是?|包括)", text) for term in terms
    )


def units(text: str) -> list[tuple[int, int]]:
    """What may be quoted: a sentence with the list that it opens and the exceptions that follow it."""
    spans: list[tuple[int, int]] = []
    in_list = False
    for start, end in sentences(text):
        sentence = text[start:end]
        exception = _EXCEPTION.match(sentence) and spans and "\n" not in text[spans[-1][1] : start]
        if spans and ((in_list and _is_item(sentence)) or exception):
            spans[-1] = (spans[-1][0], end)
            continue
        label = ARTICLE_LABEL.match(sentence)
        spans.append((start + label.end() if label and not spans else start, end))
        in_list = sentence.endswith(("：", ":"))
    return spans


def _is_item(sentence: str) -> bool:
    return bool(re.match(r"[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|[①-⑳]|[一二三四五六七八九十]是", sentence))
