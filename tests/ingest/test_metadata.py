"""What a text says of itself, on made-up texts and on the originals where they are."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.metadata import dates_in, read_metadata
from assistant.ingest.parts import spoken

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "metadata.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"].split("\n")[0] for case in CASES])
def test_metadata_is_read_from_the_text_and_the_file_name(case: dict[str, Any]) -> None:
    title, metadata = read_metadata(case["text"], case.get("file", "文件"))
    found = asdict(metadata) | {"title": title}
    expected = {name: value for name, value in case.items() if name not in ("text", "file")}
    assert {name: found[name] for name in expected} == expected


@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_dates_read_the_same_in_arabic_and_chinese_numerals(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    written = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{spoken(day.month)}月{spoken(day.day)}日",
        day.isoformat(),
    ]
    assert dates_in("，".join(written)) == [day, day, day]


def test_a_date_that_no_calendar_has_is_none() -> None:
    assert dates_in("2021年2月30日") == []
