"""The gate on every way out: no number without a quote that holds it, no result without its operands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.answer.factors import HALF, MONTHS
from assistant.text.numbers import values
from assistant.types import Answer, Calculation, Citation, Figure, Refusal, Sentence


def gate(answer: Answer) -> Answer:
    """``answer`` without what cannot be shown; a refusal where nothing is left.

    A quote must stand at its offsets in its document. Every number of a sentence must stand in a quote that it cites, and
    every number of a calculation must be a figure of it, a value that a figure replaced, a figure's period, the months of a
    year, a number that the question gives, or the result. 汉字 and Arabic numerals are compared as numbers.
    """
    if not answer.answered:
        return answer
    kept = tuple(sentence for sentence in answer.sentences if _supported(sentence))
    if not kept:
        return Answer(
            answer.question, refusal=Refusal("not_found", "找到的内容没有通过出处核对，不予显示。"), hits=answer.hits
        )
    cited = {id(citation) for sentence in kept for citation in sentence.citations}
    figures = tuple(figure for figure in answer.figures if id(figure.citation) in cited and _quoted(figure))
    results = tuple(result for result in answer.calculations if _shown(result, figures, answer.question))
    if (kept, figures, results) == (answer.sentences, answer.figures, answer.calculations):
        return answer
    return replace(answer, sentences=kept, figures=figures, calculations=results)


def _supported(sentence: Sentence) -> bool:
    quoted = set().union(*(values(citation.quote) for citation in sentence.citations))
    return all(_stands(citation) for citation in sentence.citations) and values(sentence.text) <= quoted


def _stands(citation: Citation) -> bool:
    return citation.passage.document.text[citation.start : citation.end] == citation.quote


def _quoted(figure: Figure) -> bool:
    needed = {figure.value} if figure.earlier is None else {figure.value, figure.earlier}
    return needed <= _numbers(figure.citation.quote)


def _shown(result: Calculation, figures: tuple[Figure, ...], question: str) -> bool:
    known = {Decimal(MONTHS), Decimal(HALF), result.value.copy_abs()} | (set(result.given) & _numbers(question))
    for figure in result.operands:
        known |= {figure.value, figure.value if figure.earlier is None else figure.earlier} | _numbers(figure.period)
    told = _numbers(f"{result.says}，{result.expression}")
    return all(figure in figures for figure in result.operands) and told <= known


def _numbers(text: str) -> set[Decimal]:
    return {value for value, _ in values(text)}
