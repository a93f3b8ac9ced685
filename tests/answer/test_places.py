from __future__ import annotations

from typing import Any

import pytest

from assistant.answer.places import Places
from tests.making import places

NAMED = [
    ("甲县低保标准", ("甲县",)),
    ("东镇低保标准", ("甲县",)),
    ("北京低保标准", ("北京市",)),
    ("Beijing dibao", ("北京市",)),
    ("戊市和丁省", ("戊市", "丁省")),
    ("低保标准", ()),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_regions_that_a_question_names(text: str, expected: tuple[str, ...]) -> None:
    assert places().named(text) == expected


@pytest.mark.parametrize(
    ("region", "home", "distance"),
    [("甲县", True, 0), ("丙省", True, 2), ("国家", True, 3), ("", True, 4), ("丁省", False, 4)],
)
def test_what_holds_at_home(region: str, home: Any, distance: int) -> None:
    assert places().is_home(region) is home
    assert places().distance(region) == distance


def test_without_a_home_every_region_holds() -> None:
    assert Places().is_home("丁省")


def test_names_of_places_can_be_taken_out() -> None:
    assert places().without_names("北京市的低保") == "的低保"
