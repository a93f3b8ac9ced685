"""A rule and the one that it replaced: which of them a question gets, and what it gets of both."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.evidence import Evidence
from assistant.answer.versions import (
    Past,
    Revision,
    corresponding,
    revision_meant,
    revisions,
    set_in_the_past,
    then_and_now,
    version_meant,
)
from assistant.types import Hit, Passage
from tests.answer.library import Library
from tests.making import document, lexicon, places

LIBRARY = Library(
    [
        {
            "id": "rules-2003", "title": "登记条例", "text": "第五条　登记要带户口簿。\n第六条　登记应当交纳工本费。",
            "known": {"effective": date(2003, 10, 1), "expires": date(2025, 5, 10)},
        },
        {
            "id": "rules-2025", "title": "登记条例", "text": "第六条　登记不收费。",
            "known": {"effective": date(2025, 5, 10), "supersedes": ("rules-2003",)},
        },
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("登记条例第六条", "登记不收费"),
        ("《登记条例》第六条", "登记不收费"),
        ("旧的登记条例第六条", "交纳工本费"),
        ("2003年的登记条例第五条", "带户口簿"),
        ("《登记条例》规定登记收费吗", "登记不收费"),
    ],
)
def test_the_version_in_force_unless_the_old_one_is_named(question: str, said: str) -> None:
    answer = LIBRARY.ask(question)
    assert [said in sentence.text for sentence in answer.sentences] == [True], answer


THEN_AND_NOW = [
    ("新旧慈善法关于公开募捐资格的规定有什么变化", "慈善法关于公开募捐资格的规定"),
    ("慈善法修改以前和以后，登记满几年才能公开募捐", "慈善法，登记满几年才能公开募捐"),
    ("基地由谁命名，2018年国防教育法与现行法的规定有何不同", "基地由谁命名，国防教育法"),
    ("审核的时限，2012年的试行办法和2021年的办法分别是几天", "审核的时限，是几天"),
    ("新旧两部村民委员会组织法的条件有什么不一样", "村民委员会组织法的条件"),
    ("我们要结婚了。户口簿这一块，现在的条例跟2003年那版比是怎么改的", "户口簿这一块"),
]


@pytest.mark.parametrize(("question", "plain"), THEN_AND_NOW)
def test_a_rule_is_compared_with_the_one_before_it(question: str, plain: str) -> None:
    assert then_and_now(question, lexicon(), places()) == plain


@pytest.mark.parametrize(
    "question",
    [
        "以前办过低保，现在还能再申请吗",
        "以前没办法办低保，现在可以了吗",
        "老年人现在能领补贴吗",
        "新办法什么时候施行",
        "老家的房子现在算财产吗",
    ],
)
def test_before_and_now_in_a_life_are_not_two_versions_of_a_rule(question: str) -> None:
    assert then_and_now(question, lexicon(), places()) is None


OLD = document("旧。", id="law-2016", title="慈善法", effective=date(2016, 9, 1))
NEW = document("新。", id="law-2023", title="慈善法", effective=date(2024, 9, 5), supersedes=("law-2016",))
LATER = document("今。", id="rules-2021", title="审核办法", effective=date(2021, 7, 1), supersedes=("rules-2012",))
EARLIER = document("昔。", id="rules-2012", title="审批办法")
KNOWN = revisions({each.id: each for each in (OLD, NEW, LATER, EARLIER)})


def test_what_a_document_replaced_is_known_from_its_front_matter() -> None:
    assert [Revision(NEW, OLD), Revision(LATER, EARLIER)] == KNOWN
    assert revisions({NEW.id: NEW}) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("新旧慈善法对募捐的规定", KNOWN[0]),
        ("2012年的办法和2021年的办法", KNOWN[1]),
        ("旧办法和新办法对时限的规定", KNOWN[1]),
        ("1998年的办法和2021年的办法", None),
    ],
)
def test_the_revision_is_that_of_the_years_the_title_or_what_was_found(question: str, meant: Revision | None) -> None:
    hits = [Hit(Passage(each, 0, 2), 1.0, rank) for rank, each in enumerate((LATER, NEW), start=1)]
    assert revision_meant(question, KNOWN, hits) == meant
    assert revision_meant(question, KNOWN, []) is None


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("2019年的时候申请公开募捐资格，要登记满几年", Past("申请公开募捐资格，要登记满几年", 2019)),
        ("2020年那会儿，公开募捐要登记满几年", Past("公开募捐要登记满几年", 2020)),
        ("2020年那会儿想办公募证，按当时那部慈善法，要登记满几年", Past("想办公募证，慈善法，要登记满几年", 2020)),
        ("以前的登记条例，结婚要交什么材料", Past("登记条例，结婚要交什么材料", None)),
        ("2022年办离婚登记那阵要不要户口簿", Past("办离婚登记要不要户口簿", 2022)),
        ("从前办理登记要交多少钱", Past("办理登记要交多少钱", None)),
        ("2018年那阵办过低保，材料要重新交吗", None),
        ("2018年那阵办的低保，现在多久复核一次", None),
        ("2019年我领了结婚证，补领要带什么", None),
        ("以前办过低保还能再申请吗", None),
        ("以前没办法办低保，可以申请了吗", None),
        ("2024年连州农村低保标准是多少", None),
        ("结婚以前要做什么检查", None),
        ("2003年的登记条例第五条", None),
    ],
)
def test_a_question_is_set_in_the_past_where_it_asks_what_was_the_rule_then(question: str, past: Past | None) -> None:
    assert set_in_the_past(question) == past


LAPSED = document("旧。", id="law-2016", title="慈善法", effective=date(2016, 9, 1), expires=date(2024, 9, 5))
BOTH = {LAPSED.id: LAPSED, NEW.id: NEW}


@pytest.mark.parametrize(("year", "meant"), [(2020, LAPSED), (None, LAPSED), (2012, None), (2025, None)])
def test_the_version_of_a_year_is_the_one_that_held_in_it(year: int | None, meant: object) -> None:
    found = [Evidence(Passage(NEW, 0, 2), 1.0, 0.9)]
    assert version_meant(Past("登记满几年", year), BOTH, found, date(2026, 1, 1)) == meant


def test_the_surer_version_leads_to_its_article_in_the_other() -> None:
    old = document("登记要带户口簿和身份证。补领要交证明。", id="old", title="条例")
    new = document("登记要带身份证，不要户口簿。", id="new", title="条例")
    right, wrong = Passage(old, 0, 12), Passage(old, 12, 19)
    kept = Passage(new, 0, len(new.text))
    sides = (
        [Hit(wrong, 1.0, 1, confidence=0.4), Hit(right, 0.5, 2, confidence=0.1)],
        [Hit(kept, 1.0, 1, confidence=0.9)],
    )
    first, second = corresponding(
        sides, lambda hits: [Evidence(hit.passage, hit.score, hit.confidence or 0.0) for hit in hits]
    )
    assert [(hit.passage, hit.confidence) for hit in first] == [(right, 0.9)]
    assert second == sides[1]
