"""The cases of a scheme: read with their flaws named, run, and what none of them shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.eligibility.cases import facts_from, read_cases, read_households, run_cases, uncovered
from assistant.eligibility.scheme import Book
from assistant.errors import AnswerError, CorpusError
from tests.eligibility.small_book import HERE, THRESHOLDS, book

BOOK = book()
POOR = '"本县户籍" = true, "月收入" = 1198, "人口" = 2, "服刑" = "没有", "重病人" = false'
CASE = f"""
[[case]]
name = "低一元"
about = "收入"
day = 2026-03-01
facts = {{ {POOR} }}
finding = "符合"
verdict = "可能符合"
amounts = {{ "差额" = 1 }}
"""


def cases(folder: Path, text: str, found: Book = BOOK):  # type: ignore[no-untyped-def]
    (folder / "grant.toml").write_text(text, encoding="utf-8")
    return read_cases(folder, found)


def test_a_case_that_comes_out_as_it_says(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, CASE)
    assert (case.scheme, case.about, case.day) == ("grant", "收入", date(2026, 3, 1))
    assert run_cases([case], BOOK, HERE) == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"月收入" = 1198', '"月收入" = 1200', "结果应是可能符合，算出来是可能不符合"),
        ('finding = "符合"', 'finding = "不适用"', "“收入”应是不适用，算出来是符合"),
        ('"差额" = 1', '"差额" = 1.5', "“差额”应是 1.5，算出来是 1"),
        ('"月收入" = 1198, ', "", "“差额”应是 1，算出来是 还缺信息"),
        (
            'about = "收入"\nday = 2026-03-01',
            'about = "户籍"\nday = 2026-07-01',
            "“户籍”应是符合，算出来是这一天没有这一条",
        ),
    ],
)
def test_a_case_that_comes_out_otherwise(tmp_path: Path, before: str, after: str, reason: str) -> None:
    assert before in CASE
    failures = run_cases(cases(tmp_path, CASE.replace(before, after)), BOOK, HERE)
    assert reason in [failure.reason for failure in failures]
    assert {(failure.scheme, failure.name) for failure in failures} == {("grant", "低一元")}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('about = "收入"', 'about = "收人"', "about 里没有这个条件或金额：收人"),
        ('about = "收入"\n', "", "缺少 about"),
        ('finding = "符合"', 'finding = "对"', "finding 只能是"),
        ('verdict = "可能符合"', 'verdict = "符合"', "verdict 只能是"),
        ("day = 2026-03-01", 'day = "今天"', "day 要写成日期"),
        ('"差额" = 1', '"补贴" = 1', "amounts 里没有这个金额：补贴"),
        ('"差额" = 1', '"差额" = "一"', "amounts 要写成"),
        (f"facts = {{ {POOR} }}", "facts = 1", "facts 要写成"),
        ("day = 2026-03-01", "day = 2026-03-01T08:00:00", "day 要写成日期"),
        ('"人口" = 2', '"人口" = "两"', "“人口”要填数字"),
        ('"人口" = 2', '"人数" = 2', "没有“人数”这件事"),
        ("[[case]]", "[[case]]\nwhy = 1", "不认识“why”"),
    ],
)
def test_a_case_that_cannot_be_read(tmp_path: Path, before: str, after: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=f"grant.toml：案例“低一元”.*{reason}"):
        cases(tmp_path, CASE.replace(before, after, 1))


@pytest.mark.parametrize(
    ("change", "word"), [(('"月收入" = 1198, ', ""), "还缺信息"), (('"重病人" = false', '"重病人" = true'), "不适用")]
)
def test_an_amount_without_a_value_is_told_in_words(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    text = CASE.replace(*change).replace('"差额" = 1', f'"差额" = "{word}"').replace('finding = "符合"\n', "")
    if word == "不适用":
        text = text.replace("1198", "4000")
    failures = run_cases(cases(tmp_path, text), BOOK, HERE)
    assert not [each for each in failures if "差额" in each.reason]


def test_cases_of_a_scheme_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "pension.toml").write_text(CASE, encoding="utf-8")
    with pytest.raises(CorpusError, match="没有“pension”这个项目"):
        read_cases(tmp_path, BOOK)


def test_what_no_case_shows_is_told(tmp_path: Path) -> None:
    reasons = {
        (each.name, each.reason) for each in uncovered(cases(tmp_path, CASE), BOOK, HERE) if each.scheme == "grant"
    }
    assert ("收入", "没有案例：不符合") in reasons
    assert ("收入", "没有案例：人均收入 < 补助标准 在界线上的 正好、+1") in reasons
    assert ("服刑", "没有案例：符合") in reasons
    assert ("重病", "没有案例：不适用") in reasons
    assert not {name for name, _ in reasons} & {"财产", "差额"}


def test_the_three_cases_at_the_border_cover_a_number(tmp_path: Path) -> None:
    border = CASE + "".join(
        CASE.replace("1198", income).replace("可能符合", "可能不符合").replace('finding = "符合"', 'finding = "不符合"')
        .replace('amounts = { "差额" = 1 }\n', "")
        for income in ("1200", "1202")
    )  # fmt: skip
    written = cases(tmp_path, border)
    assert run_cases(written, BOOK, HERE) == []
    assert "收入" not in {each.name for each in uncovered(written, BOOK, HERE)}


def test_a_case_about_a_figure_that_nobody_has_shows_the_other_side(tmp_path: Path) -> None:
    without = book(
        thresholds=THRESHOLDS.replace("value = 600", "value = 601").replace("since = 2024-01-01", "since = 2030-01-01")
    )
    early = CASE.replace("2026-03-01", "2024-03-01").replace('finding = "符合"', 'finding = "由窗口核定"')
    early = early.replace('verdict = "可能符合"', 'verdict = "还缺信息"').replace('amounts = { "差额" = 1 }\n', "")
    written = cases(tmp_path, CASE + early, without)
    assert "没有案例：不符合" not in [each.reason for each in uncovered(written, without, HERE) if each.name == "收入"]


def test_households_and_facts(tmp_path: Path) -> None:
    (tmp_path / "households.toml").write_text('[[household]]\nname = "甲"\nfacts = { "年龄" = 70 }\n', encoding="utf-8")
    (household,) = read_households(tmp_path / "households.toml", BOOK)
    assert (household.name, dict(household.facts)) == ("甲", facts_from({"年龄": 70}, BOOK))
    with pytest.raises(AnswerError, match="没有“岁数”这件事"):
        facts_from({"岁数": 70}, BOOK)
