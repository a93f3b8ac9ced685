"""Two rounds of changes as one, against doing them one after the other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.edits import compose, replay, to_raw
from assistant.types import Repair


def repairs_of(text: str, data: st.DataObject, rule: str) -> list[Repair]:
    repairs: list[Repair] = []
    at = 0
    while at <= len(text) and data.draw(st.booleans()):
        start = data.draw(st.integers(at, len(text)))
        length = data.draw(st.integers(0, min(3, len(text) - start)))
        after = data.draw(st.text("xyz", max_size=3))
        repairs.append(Repair(rule, start, text[start : start + length], after, data.draw(st.booleans())))
        at = start + length + (0 if length else 1)
    return repairs


@settings(max_examples=300)
@given(st.text("abc", max_size=20), st.data())
def test_the_composed_repairs_do_what_both_rounds_do(raw: str, data: st.DataObject) -> None:
    first = repairs_of(raw, data, "first")
    between = replay(raw, first)
    second = repairs_of(between, data, "second")
    composed = compose(raw, first, second)
    assert replay(raw, composed) == replay(between, second)
    reached = 0
    for repair in composed:
        assert reached <= repair.start
        assert raw[repair.start : repair.start + len(repair.before)] == repair.before
        reached = repair.start + len(repair.before)
    doubted = [repair.certain for repair in (*first, *second)].count(False)
    assert ([repair.certain for repair in composed].count(False) > 0) == (doubted > 0)


def test_repairs_that_do_not_meet_stay_as_they_are() -> None:
    cut, mended = Repair("front-matter", 0, "ab", ""), Repair("typo", 1, "d", "D")
    assert compose("abcde", [cut], [mended]) == (cut, Repair("typo", 3, "d", "D"))


@given(st.text("abc", max_size=20), st.data())
def test_an_offset_leads_back_to_the_raw_text(raw: str, data: st.DataObject) -> None:
    repairs = repairs_of(raw, data, "any")
    text = replay(raw, repairs)
    offsets = [to_raw(repairs, offset) for offset in range(len(text) + 1)]
    assert offsets == sorted(offsets)
    changed = {place for repair in repairs for place in range(repair.start, repair.start + len(repair.before))}
    kept = [offset for offset in range(len(text)) if text[offset] in "abc"]
    assert [offsets[offset] for offset in kept] == [place for place in range(len(raw)) if place not in changed]


@pytest.mark.parametrize("repair", [Repair("a", 1, "x", ""), Repair("a", 9, "c", "")])
def test_a_repair_that_does_not_fit_is_refused(repair: Repair) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        replay("abc", [repair])
