"""Which part of a passage is quoted, and which words of it are stressed: those that answer the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.answer.evidence import (
    ARTICLE_LABEL,
    Layer,
    Speller,
    Weights,
    coverage,
    heading_layers,
    question_terms,
)
from assistant.answer.looks import looks_right
from assistant.answer.question import Question
from assistant.text.sentences import sentences
from assistant.types import Citation, Passage, Sentence

Nearness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near a question and each of several texts are: the cosines of their vectors."""

_LONGEST_PAIR = 200
_LONGEST_WHOLE = 600
"""Passages of more characters than this are not quoted whole. Chosen on the dev cases."""
_LONGEST_PARAGRAPH = 1000
"""A paragraph with its list is quoted whole up to this: an item says nothing without the sentence that opens the list."""
_NEAR, _LOOK = 2.0, 0.5
"""What the nearness of vectors and the look of an answer count beside the words that are covered. Chosen on dev."""
_EXCEPTION = re.compile(r"^(?:但|但是|除|前款|然而|不过)")


def quote(question: Question, passage: Passage, speller: Speller, weights: Weights, nearness: Nearness) -> Sentence:
    """The passage, or where it is long the paragraph that answers the question, with the answering sentences as its stress.

    What stands around those are the conditions and exceptions under which they hold, so they are not cut off.
    """
    stress = _answering(question, passage, speller, weights, nearness)
    start, end = _around(passage, *stress)
    text = passage.document.text[start:end]
    return Sentence(text, (Citation(passage, text, start),), (stress[0] - start, stress[1] - start))


def _answering(
    question: Question, passage: Passage, speller: Speller, weights: Weights, nearness: Nearness
) -> tuple[int, int]:
    """The span that is nearest to the question, covers it best and looks like an answer of the form asked for."""
    terms = question_terms(question)
    around = [Layer(speller.spaced(passage.text), 0.6), Layer(heading_layers(passage, speller)[0].text, 0.5)]
    spans = _windows(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    fits = [
        coverage(terms, [Layer(speller.spaced(text), 1.0), *around], weights)
        + _LOOK * looks_right(question, text)
        + _NEAR * near
        for text, near in zip(texts, nearness(question.text, texts), strict=True)
    ]
    start, end = spans[fits.index(max(fits))]
    return passage.start + start, passage.start + end


def _around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """What is quoted for the span from ``start`` to ``end``, without the article's number."""
    label = ARTICLE_LABEL.match(passage.text)
    first = passage.start + (label.end() if label else 0)
    if passage.end - passage.start <= _LONGEST_WHOLE:
        return min(first, start), passage.end
    around = [part for part in passage.parts if part.start <= start and end <= part.end]
    widest = max(around, key=lambda part: part.end - part.start, default=None)
    if widest is None or widest.end - widest.start > _LONGEST_PARAGRAPH:
        return start, end
    return min(max(widest.start, first), start), widest.end


def _windows(text: str) -> list[tuple[int, int]]:
    """Each unit, and each with the next of its paragraph where both are short: an answer may need two sentences."""
    spans = units(text)
    near = [(one, other) for one, other in pairwise(spans) if "\n" not in text[one[1] : other[0]]]
    return [*spans, *((one[0], other[1]) for one, other in near if other[1] - one[0] <= _LONGEST_PAIR)]


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
