"""The gate on every way out: no number without a quote that holds it."""

from __future__ import annotations

from assistant.text.numbers import values
from assistant.types import Answer, Refusal, Sentence


def gate(answer: Answer) -> Answer:
    """``answer`` without the sentences that cannot be shown; a refusal where nothing is left.

    Every number of a sentence must stand in a quote that it cites; 汉字 and Arabic numerals are compared as numbers.
    """
    kept = tuple(sentence for sentence in answer.sentences if _supported(sentence))
    if len(kept) == len(answer.sentences):
        return answer
    if not kept:
        return Answer(
            answer.question, refusal=Refusal("not_found", "找到的内容没有通过出处核对，不予显示。"), hits=answer.hits
        )
    cited = {id(citation) for sentence in kept for citation in sentence.citations}
    figures = tuple(figure for figure in answer.figures if id(figure.citation) in cited)
    return Answer(answer.question, kept, figures, answer.notices, hits=answer.hits)


def _supported(sentence: Sentence) -> bool:
    quoted = set().union(*(values(citation.quote) for citation in sentence.citations))
    return values(sentence.text) <= quoted
