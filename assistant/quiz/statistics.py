"""How items did with the people who answered them: facility and discrimination index, as Moodle's quiz statistics."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from typing import Literal

from assistant.quiz.paper import Question
from assistant.quiz.session import Session, Sheet, share

Doubt = Literal["negative", "weak", "hard", "distractor"]

FEWEST = 10
"""Below so many answers nothing is said against an item: chance alone would do it."""
WEAK, HARD = 0.2, 0.2


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What is known of one question after ``answers`` people answered it.

    ``facility`` is 0 to 1, ``discrimination`` -1 to 1, or ``None`` where nobody answered or nothing varies.
    ``chosen`` counts each option (empty for items without), in the order of the options.
    """

    question: Question
    answers: int
    facility: float | None
    discrimination: float | None
    chosen: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def item_statistics(session: Session, sheets: Sequence[Sheet]) -> tuple[ItemStatistics, ...]:
    """The statistics of every question of a session, in its order.

    A question that was left blank counts as 0 in an exam; elsewhere the person is left out for that question.
    """
    table = [_shares(session, sheet) for sheet in sheets]
    found = []
    for question in session.questions:
        rows = [row for row in table if question.item.id in row]
        own = [row[question.item.id] * question.marks for row in rows]
        rest = [_total(session, row) - mine for row, mine in zip(rows, own, strict=True)]
        facility, index = facility_index(own, question.marks), discrimination_index(own, rest)
        answered = [sheet for sheet, row in zip(sheets, table, strict=True) if question.item.id in row]
        chosen = _chosen(question, answered)
        best = _chosen(question, [sheet for sheet, _ in _best(answered, rest)])
        doubts = _doubts(question, len(rows), facility, index, best)
        found.append(ItemStatistics(question, len(rows), facility, index, chosen, doubts))
    return tuple(found)


def facility_index(marks: Sequence[float], most: float) -> float | None:
    """The mean mark of an item over the most it can earn, 0 to 1; ``None`` without marks.

    Moodle, Quiz statistics calculations: F = 100 · x̄ / x(max), here without the factor 100, the least mark being 0.
    """
    return fmean(marks) / most if marks else None


def discrimination_index(marks: Sequence[float], rest: Sequence[float]) -> float | None:
    """How well an item agrees with the rest of the quiz, -1 to 1; ``None`` where one of them does not vary.

    Moodle, Quiz statistics calculations: D = 100 · C(x, X) / √(V(x) · V(X)), x being each person's mark on the item and X
    their total without it: Pearson's correlation, here without the factor 100.
    """
    if len(marks) < 2:
        return None
    mean, mean_rest = fmean(marks), fmean(rest)
    apart = [(mark - mean, total - mean_rest) for mark, total in zip(marks, rest, strict=True)]
    spread = math.fsum(x * x for x, _ in apart) * math.fsum(y * y for _, y in apart)
    if spread < 1e-18:
        return None
    return max(-1.0, min(1.0, math.fsum(x * y for x, y in apart) / math.sqrt(spread)))


def _shares(session: Session, sheet: Sheet) -> Mapping[str, float]:
    """What a sheet earned by item; without what waits for a person to mark it."""
    found = {}
    for question in session.questions:
        part = share(question, sheet)
        if part is not None and (session.mode == "exam" or question.item.id in sheet.answers):
            found[question.item.id] = part
    return found


def _total(session: Session, shares: Mapping[str, float]) -> float:
    return math.fsum(question.marks * shares.get(question.item.id, 0.0) for question in session.questions)


def _chosen(question: Question, sheets: Sequence[Sheet]) -> tuple[int, ...]:
    given = [sheet.answers[question.item.id].response for sheet in sheets if question.item.id in sheet.answers]
    choices = list(chain.from_iterable(response.choices for response in given))
    return tuple(choices.count(option) for option in range(len(question.item.options)))


def _best(sheets: Sequence[Sheet], rest: Sequence[float]) -> list[tuple[Sheet, float]]:
    """The third of the people who did best on the rest of the quiz."""
    ranked = sorted(zip(sheets, rest, strict=True), key=lambda one: -one[1])
    return ranked[: math.ceil(len(ranked) / 3)]


def _doubts(
    question: Question, answers: int, facility: float | None, index: float | None, best: Sequence[int]
) -> tuple[Doubt, ...]:
    """Why a trainer should look at an item again, after at least ``FEWEST`` answers.

    negative: the index is below 0, so those who know more do worse (Moodle's guidance: the key is probably wrong);
    weak: it is below 0.2 (there: very weak) although right and wrong answers are mixed (facility from 0.2 to 0.95);
    hard: the facility is below 0.2; distractor: the best third chose a wrong option more often than a right one.
    """
    if answers < FEWEST or facility is None:
        return ()
    wrong = [count for option, count in enumerate(best) if option not in question.item.key]
    right = [best[option] for option in question.item.key if best]
    rules: tuple[tuple[Doubt, bool], ...] = (
        ("negative", index is not None and index < 0),
        ("weak", index is not None and 0 <= index < WEAK and HARD <= facility <= 0.95),
        ("hard", facility < HARD),
        ("distractor", bool(wrong and right) and max(wrong) > min(right)),
    )
    return tuple(doubt for doubt, holds in rules if holds)
