"""References: the quote in its article, the document in force on the days of the entry, the numbers in the quote."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.check import check_references
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.scheme import Reference
from assistant.errors import CorpusError
from assistant.types import Document
from tests.eligibility.small_book import GRANT, THRESHOLDS, book, passages

CLAUSES = Clauses(passages())
TODAY = date(2026, 3, 1)


def always(document: Document, day: date) -> bool:
    return True


def test_a_sound_book_has_no_flaws() -> None:
    assert check_references(book(), CLAUSES, always, TODAY) == []


def test_a_citation_stands_in_its_article() -> None:
    citation = CLAUSES.cite(Reference("rule", "第二条", "可以申请补助"))
    assert (citation.label, citation.quote) == ("第二条", "可以申请补助")
    assert CLAUSES.cite(Reference("rule", "第四条", "可以申请补助")).start > citation.start


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (Reference("none", "第一条", "可以申请补助"), "没有文件 none"),
        (Reference("rule", "第一条", "可以申请补贴"), "没有这句话：可以申请补贴"),
        (Reference("rule", "第三条", "可以申请补助"), "第三条里没有这句话（它在第一条、第二条、第四条）"),
        (Reference("rule", "第", "可以申请补助"), "里没有这句话"),
    ],
)
def test_a_quote_that_is_not_there(reference: Reference, said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        CLAUSES.cite(reference)


@pytest.mark.parametrize(
    ("grant", "thresholds", "where", "said"),
    [
        (GRANT.replace("服刑年数 ≥ 3", "服刑年数 ≥ 5"), THRESHOLDS, "grant.toml：条件“满三年”", "没有 5 这个数"),
        (GRANT, THRESHOLDS.replace("value = 500", "value = 501"), "标准“补助标准”（东县，2025-01-01 起）", "没有 501 这个数"),
        (GRANT.replace("补助标准 - 人均收入", "补助标准 * 0.5"), THRESHOLDS, "grant.toml：金额“差额”", "没有 0.5 这个数"),
        (GRANT.replace('article = "第一条", quote = "家庭财产', 'article = "第二条", quote = "家庭财产'), THRESHOLDS,
         "grant.toml：条件“财产”", "它在第一条"),
        (GRANT.replace("家里有重病人的\" }", "家里有病人的\" }"), THRESHOLDS, "grant.toml：“病历”", "没有这句话"),
    ],
)  # fmt: skip
def test_a_flaw_names_its_entry(grant: str, thresholds: str, where: str, said: str) -> None:
    (flaw,) = check_references(book(grant=grant, thresholds=thresholds), CLAUSES, always, TODAY)
    assert flaw.where == where
    assert said in flaw.message


def test_a_number_of_the_quote_may_be_written_in_chinese() -> None:
    assert check_references(book(grant=GRANT.replace("服刑年数 ≥ 3", "3 ≤ 服刑年数")), CLAUSES, always, TODAY) == []


def test_a_document_has_to_be_in_force_on_the_days_of_the_entry() -> None:
    def lapsed(document: Document, day: date) -> bool:
        return document.id != "figures" or day < date(2025, 12, 31)

    flaws = check_references(book(), CLAUSES, lapsed, TODAY)
    assert [flaw.message for flaw in flaws] == [
        "2025-12-31 这天《figures的标题》不是现行有效",  # the last day of the figure of 2025
        "2026-01-01 这天《figures的标题》不是现行有效",  # the first of the figure of 2026
        "2026-03-01 这天《figures的标题》不是现行有效",  # the day of the check
        "2026-03-01 这天《figures的标题》不是现行有效",  # … of the province's figure, which still holds
    ]


def test_an_entry_holds_no_longer_than_its_scheme() -> None:
    later = book(grant=GRANT.replace("order = 1", "order = 1\nsince = 2025-06-01"))

    def new(document: Document, day: date) -> bool:
        return document.id != "rule" or day >= date(2025, 6, 1)

    flaws = check_references(later, CLAUSES, new, date(2025, 3, 1))
    assert {flaw.where.split("：")[0] for flaw in flaws} == {"allowance.toml"}
