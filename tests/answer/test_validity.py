from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answer.validity import validity
from tests.making import document

DAY = date(2026, 7, 1)
CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "现行有效"),
    ({"effective": DAY}, "现行有效"),
    ({"effective": date(2026, 7, 2)}, "尚未施行"),
    ({"expires": DAY}, "已失效"),
    ({"expires": date(2026, 7, 2)}, "现行有效"),
    ({"status": "已失效"}, "已失效"),
    ({"status": "已失效", "effective": date(2012, 1, 1), "expires": date(2030, 1, 1)}, "现行有效"),
]


@pytest.mark.parametrize(("known", "expected"), CASES)
def test_validity_on_a_day(known: dict[str, Any], expected: str) -> None:
    assert validity(document("文", **known), DAY) == expected
