"""The plots' geometry: nothing leaves the frame, and what is drawn is what was counted."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.app import quiz_plots
from assistant.app.quiz_plots import BOTTOM, HEIGHT, LEFT, TOP, WIDTH
from assistant.quiz.marking import Response
from assistant.quiz.session import Given, Score, Session, Sheet
from assistant.quiz.statistics import item_statistics

sys.path.append(str(Path(__file__).resolve().parents[1] / "quiz"))
from study_items import CLOSED, FEE, SINGLE, questions

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@given(st.lists(st.integers(0, 100), max_size=80))
def test_every_score_is_in_one_bar_of_the_frame(scores: list[int]) -> None:
    bars = quiz_plots.score_bars([Score(awarded, 100) for awarded in scores])
    assert sum(int(bar.value) for bar in bars) == len(scores)
    assert int(bars[9].value) == sum(awarded >= 90 for awarded in scores)
    for bar in bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= TOP
        assert abs(bar.y + bar.height - (HEIGHT - BOTTOM)) < 0.11
    if scores:
        tallest = max(bars, key=lambda bar: bar.height)
        assert int(tallest.value) == max(int(bar.value) for bar in bars)
        assert tallest.y == TOP


def test_an_items_dot_stands_at_its_facility_and_discrimination() -> None:
    session = Session("s", "1", "exam", "题", questions(*CLOSED), NOW, minutes=30)
    clever = Sheet(NOW, {item.id: Given(Response(item.key), NOW) for item in (FEE, SINGLE)})
    statistics = item_statistics(session, [clever, Sheet(NOW), Sheet(NOW), Sheet(NOW)])
    dots = quiz_plots.item_dots(statistics)
    assert [dot.label for dot in dots] == ["1", "2"]  # Nobody answered the others, so nothing varies.
    assert dots[0].x == LEFT + 0.25 * (WIDTH - LEFT - 10)
    assert dots[0].y == TOP
    bars = quiz_plots.facility_bars(statistics)
    assert [bar.value for bar in bars] == ["0.25", "0.25", "0.00", "0.00"]
    assert [bar.height > 0 for bar in bars] == [True, True, False, False]
