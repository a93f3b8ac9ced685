from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.comparison import comparison, together
from assistant.answer.versions import Revision, revision_meant, revisions, then_and_now
from assistant.types import Answer, Citation, Hit, Passage, Refusal, Sentence
from tests.making import document, lexicon, passage, places

CASES = [
    ("村委会和居委会，各由几个人组成？", ("村委会，由几个人组成？", "居委会，由几个人组成？")),
    ("普通程序跟简易程序的审理期限有什么不同", ("普通程序的审理期限", "简易程序的审理期限")),
    ("社会团体与民办非企业单位的区别是什么", ("社会团体是什么", "民办非企业单位是什么")),
    ("低保和特困有什么区别", ("低保是什么", "特困是什么")),
    ("农村低保2020年和2024年是多少", ("2024年农村低保，是多少", "2020年农村低保，是多少")),
    ("丁省和国家的规定，低保多久审核完", ("丁省的规定，低保多久审核完", "国家的规定，低保多久审核完")),
]
THEN_AND_NOW = [
    ("新旧慈善法关于公开募捐资格的规定有什么变化", "慈善法关于公开募捐资格的规定"),
    ("慈善法修改以前和以后，登记满几年才能公开募捐", "慈善法，登记满几年才能公开募捐"),
    ("基地由谁命名，2018年国防教育法与现行法的规定有何不同", "基地由谁命名，国防教育法"),
    ("审核的时限，2012年的试行办法和2021年的办法分别是几天", "审核的时限，是几天"),
    ("新旧两部村民委员会组织法的条件有什么不一样", "村民委员会组织法的条件"),
    ("我们要结婚了。户口簿这一块，现在的条例跟2003年那版比是怎么改的", "户口簿这一块"),
]


@pytest.mark.parametrize(("question", "sides"), CASES)
def test_each_side_is_a_question_of_its_own(question: str, sides: tuple[str, ...]) -> None:
    assert comparison(question, lexicon(), places()) == sides


@pytest.mark.parametrize(("question", "plain"), THEN_AND_NOW)
def test_a_rule_is_compared_with_the_one_before_it(question: str, plain: str) -> None:
    assert then_and_now(question, lexicon(), places()) == plain


@pytest.mark.parametrize("question", ["农村低保标准是多少", "申请低保和特困要带什么材料", "爷爷和奶奶能一起申请吗"])
def test_other_questions_are_left_alone(question: str) -> None:
    assert comparison(question, lexicon(), places()) == ()


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


def said(text: str, **known: object) -> Answer:
    quote = Citation(passage(text, **known), text)
    return Answer("问", (Sentence(text, (quote,)),))


def test_sides_stand_together_once_each_or_not_at_all() -> None:
    one, other = said("村委会三至七人。"), said("居委会五至九人。")
    both = together("各几人", [one, other, one])
    assert both is not None
    assert [sentence.text for sentence in both.sentences] == ["村委会三至七人。", "居委会五至九人。"]
    assert together("各几人", [one, Answer("问", refusal=Refusal("not_found", "没有"))]) is None


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
