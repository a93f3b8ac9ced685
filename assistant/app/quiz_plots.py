"""Plots as values that a template draws as SVG: places and lengths in the plot's own units, nothing of colours or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quiz.session import Score
from assistant.quiz.statistics import ItemStatistics

WIDTH, HEIGHT = 560, 220
LEFT, BOTTOM, TOP = 36, 28, 14
BINS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the base line up; ``label`` stands under it and ``value`` over it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """An item in the plane of facility (x) and discrimination (y); ``label`` is its number."""

    x: float
    y: float
    label: str
    doubtful: bool


def score_bars(scores: Sequence[Score]) -> tuple[Bar, ...]:
    """How many people reached each tenth of the full marks; the last tenth includes all of them."""
    counts = [0] * BINS
    for score in scores:
        counts[min(BINS - 1, int(score.awarded / score.possible * BINS))] += 1
    labels = [f"{bin * 10}—{bin * 10 + 10}" for bin in range(BINS)]
    return _bars([float(count) for count in counts], max(counts) or 1, labels, [str(count) for count in counts])


def facility_bars(statistics: Sequence[ItemStatistics]) -> tuple[Bar, ...]:
    """The facility of every question, from 0 to 1, in the order of the paper."""
    heights = [one.facility or 0.0 for one in statistics]
    every = max(1, len(statistics) // 25 + 1)
    labels = [str(one.question.number) if place % every == 0 else "" for place, one in enumerate(statistics)]
    values = ["" if one.facility is None or len(heights) > 20 else f"{one.facility:.2f}" for one in statistics]
    return _bars(heights, 1.0, labels, values, [bool(one.doubts) for one in statistics])


def item_dots(statistics: Sequence[ItemStatistics]) -> tuple[Dot, ...]:
    """Facility against discrimination; items of which one is not known are left out."""
    wide, high = WIDTH - LEFT - 10, HEIGHT - TOP - BOTTOM
    return tuple(
        Dot(
            LEFT + one.facility * wide, TOP + (1 - one.discrimination) / 2 * high, str(one.question.number),
            bool(one.doubts),
        )
        for one in statistics
        if one.facility is not None and one.discrimination is not None
    )  # fmt: skip


def _bars(
    heights: Sequence[float], most: float, labels: Sequence[str], values: Sequence[str], doubtful: Sequence[bool] = ()
) -> tuple[Bar, ...]:
    step = (WIDTH - LEFT - 10) / max(1, len(heights))
    full = HEIGHT - TOP - BOTTOM
    marks = doubtful or [False] * len(heights)
    return tuple(
        Bar(
            round(LEFT + place * step + step * 0.12, 1), round(TOP + full * (1 - height / most), 1),
            round(step * 0.76, 1), round(full * height / most, 1), label, value, mark,
        )
        for place, (height, label, value, mark) in enumerate(zip(heights, labels, values, marks, strict=True))
    )  # fmt: skip
