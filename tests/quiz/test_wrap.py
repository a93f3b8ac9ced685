"""Line breaking: where Chinese lines may end, and that nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.export.wrap import CLOSING, OPENING, wrap

CASES = [
    ("期限是三十日，逾期不办。", ["期限是三十", "日，逾期不", "办。"]),
    ("应当按照《办法》办理", ["应当按照", "《办法》办", "理"]),
    ("每人每月731元整", ["每人每月", "731元整"]),
    ("由（　　）制定办法", ["由（　　）", "制定办法"]),
    ("一\n二", ["一", "二"]),
    ("", [""]),
]


def test_where_lines_end() -> None:
    for text, lines in CASES:
        assert wrap(text, 5, 5, len) == lines


def test_the_first_line_has_its_own_width() -> None:
    assert wrap("一二三四五六七八", 5, 3, len) == ["一二三四五", "六七八"]


def test_what_is_wider_than_a_line_is_broken() -> None:
    assert wrap("http" * 3, 5, 5, len) == ["httph", "ttpht", "tp"]


@given(st.text(st.sampled_from("救助金。，（）《》“”731Aa _"), max_size=60), st.integers(4, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


@given(st.text(st.sampled_from("救助金办法期限"), min_size=1), st.text(st.sampled_from("，。）救《"), max_size=3))
def test_no_mark_stands_where_it_may_not(start: str, end: str) -> None:
    for line in wrap((start + end) * 3, 12, 12, len)[1:]:
        assert line[0] not in CLOSING or len(end) > 1
    for line in wrap((start + end) * 3, 12, 12, len)[:-1]:
        assert line[-1] not in OPENING or len(end) > 1
