"""The field's measures. Ranking by ir-measures; answers, citations and refusals by the definitions below.

Every score is a list of per-case values, so that means, bootstrap intervals and splits by register come from one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from assistant.text.numbers import numerals
from assistant.types import Answer, Hit, Passage
from evals.cases import Case

RANKING = (R @ 5, R @ 10, RR @ 10, nDCG @ 10)
"""recall@5, recall@10, MRR@10 and nDCG@10 over passages."""


def relevant_passages(case: Case, passages: Sequence[Passage]) -> set[str]:
    """The ids of the passages that the case names: those of exactly that label, else those inside or around it."""
    found: set[str] = set()
    for support in case.cite:
        labelled = [each for each in passages if each.document.id == support.document and each.label]
        exactly = [each for each in labelled if each.label == support.label]
        around = [each for each in labelled if support.covers(each.document.id, each.label)]
        holding = [each for each in labelled if support.label.startswith(each.label)]
        found |= {each.id for each in exactly or around or holding}
    return found


def ranking(relevant: Mapping[str, set[str]], found: Mapping[str, Sequence[Hit]]) -> dict[str, dict[str, float]]:
    """For each case id the value of every ranking measure; ``relevant`` gives its passages, ``found`` the hits."""
    qrels = [ir_measures.Qrel(case, passage, 1) for case, ids in relevant.items() for passage in ids]
    run = [ir_measures.ScoredDoc(case, hit.passage.id, -hit.rank) for case, hits in found.items() for hit in hits]
    values: dict[str, dict[str, float]] = {case: {str(measure): 0.0 for measure in RANKING} for case in relevant}
    for metric in ir_measures.iter_calc(list(RANKING), qrels, run):
        values[metric.query_id][str(metric.measure)] = metric.value
    return values


def exact(case: Case, answer: Answer) -> bool:
    """Whether the answer is the expected one: every figure and phrase there, none of those to be avoided."""
    if case.refuse or not answer.answered:
        return case.refuse and not answer.answered
    text = "\n".join(sentence.text for sentence in answer.sentences)
    return (
        case.figures <= _stated(answer)
        and all(phrase in text for phrase in case.contain)
        and not _avoided(case, answer)
    )


def wrong_figure(case: Case, answer: Answer) -> bool:
    """Whether a figure is given that is not the one asked for: one to be avoided, or only others than those expected.

    Where a figure is expected and the answer gives none as such but stresses numbers, one of those expected must stand in it.
    """
    given = _given(answer)
    if not given and case.figures:
        return bool(_stressed(answer)) and not case.figures & _stated(answer)
    if not given:
        return False
    return case.refuse or _avoided(case, answer) or bool(case.figures and not case.figures & given)


def _given(answer: Answer) -> set[Decimal]:
    """The figures of the answer and the results computed from them."""
    results = {result.value.normalize() for result in answer.calculations}
    return results | {figure.value.normalize() for figure in answer.figures}


def _stressed(answer: Answer) -> set[Decimal]:
    """The numbers in what the answer stresses, those of articles left out."""
    texts = (each.text[slice(*each.stress)] if any(each.stress) else each.text for each in answer.sentences)
    return {
        numeral.value.normalize()
        for text in texts
        for numeral in numerals(text)
        if not text[: numeral.start].endswith("第")
    }


def _stated(answer: Answer) -> set[Decimal]:
    """The numbers that the answer states, in its sentences, as figures or as results."""
    texts = {numeral.value.normalize() for sentence in answer.sentences for numeral in numerals(sentence.text)}
    return texts | _given(answer)


def _avoided(case: Case, answer: Answer) -> bool:
    """Whether something to be avoided is said; of a figure answer the figures count, not the words around them."""
    text = "\n".join(sentence.text for sentence in answer.sentences)
    given = _given(answer)
    for phrase in case.avoid:
        number = numerals(phrase)
        if len(number) == 1 and number[0].start == 0 and number[0].end == len(phrase):
            if number[0].value.normalize() in (given or _stated(answer)):
                return True
        elif phrase in text:
            return True
    return False


def citation_precision(case: Case, answer: Answer) -> float | None:
    """The share of the answer's citations that stand in passages the case names; ``None`` without citations."""
    citations = answer.citations
    if case.refuse or not citations:
        return None
    right = [any(each.covers(one.passage.document.id, one.label) for each in case.cite) for one in citations]
    return sum(right) / len(right)


def citation_recall(case: Case, answer: Answer) -> float | None:
    """1 where the answer cites a passage the case names, 0 where it does not; ``None`` for a case to be refused."""
    if case.refuse:
        return None
    cited = [(one.passage.document.id, one.label) for one in answer.citations]
    return float(any(each.covers(*one) for each in case.cite for one in cited))


def interval(values: Sequence[float], *, repeats: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean (percentile method, Efron and Tibshirani 1993)."""
    if not values:
        return (float("nan"), float("nan"))
    draws = np.random.default_rng(seed).choice(np.asarray(values, dtype=float), size=(repeats, len(values)))
    low, high = np.percentile(draws.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
