from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.errors import QuizError
from assistant.ingest.folder import read_folder
from assistant.ingest.split import split
from assistant.quiz.checks import Context, problems
from assistant.quiz.doubles import doubles
from assistant.quiz.items import generate, rules
from assistant.quiz.library import library
from assistant.text.numbers import values
from tests.making import document, passages

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
TODAY = date(2026, 11, 28)


@cache
def corpus():
    documents, failures = read_folder(DOCUMENTS, lambda *_: None)
    assert not failures
    return tuple(passage for one in documents if one.metadata.region in ("国家", "广东省") for passage in split(one))


@cache
def in_force():
    return tuple(
        each for each in corpus()
        if each.document.metadata.status != "已失效" and not each.document.metadata.expires
    )  # fmt: skip


@cache
def made(seed=5, count=300):
    return tuple(generate(rules(in_force()), count=count, seed=seed, today=TODAY, among=in_force()))


def test_every_item_passes_every_check():
    items = made()
    assert len(items) == 300
    context = Context(library(in_force()))
    assert [(item.stem, problems(item, context)) for item in items if problems(item, context)] == []
    assert doubles(items) == []
    assert len({item.id for item in items}) == len(items)


def test_quotes_stand_in_their_documents():
    texts = {each.document.id: each.document for each in corpus()}
    for item in made():
        found = texts[item.origin.document_id]
        assert found.text[item.origin.start : item.origin.end] == item.origin.quote
        assert found.sha256 == item.origin.sha256


def test_the_same_seed_gives_the_same_items_and_another_others():
    again = generate(rules(in_force()), count=300, seed=5, today=TODAY, among=in_force())
    assert tuple(again) == made()
    other = made(seed=6)
    assert {item.id for item in other} != {item.id for item in made()}


def test_all_types_kinds_and_many_documents_have_their_share():
    items = made()
    types, kinds = Counter(item.type for item in items), Counter(item.kind for item in items)
    assert set(types) == {"单选", "多选", "判断", "填空", "简答"}
    assert set(kinds) == {"期限数字", "责任主体", "条件情形", "定义", "应当可以不得", "处罚", "条文查找", "案例"}
    assert max(Counter(item.origin.document_id for item in items).values()) < len(items) / 8
    answers = Counter(item.key[0] for item in items if item.type == "判断")
    assert min(answers.values()) > sum(answers.values()) / 4
    letters = Counter(item.key[0] for item in items if item.type == "单选" and item.kind != "应当可以不得")
    assert max(letters.values()) < sum(letters.values()) / 2


def test_no_rule_that_lapsed_is_asked_and_no_replaced_one():
    lapsed = {each.document.id for each in corpus()} - {each.document.id for each in in_force()}
    assert lapsed
    found = generate(corpus(), count=200, seed=1, today=TODAY)
    expired = {
        each.document.id for each in corpus()
        if each.document.metadata.expires and each.document.metadata.expires <= TODAY
    }  # fmt: skip
    assert not {item.origin.document_id for item in found} & expired
    kept = {each.document.id for each in rules(in_force())}
    assert "shehui-jiuzhu-zanxing-banfa-2019" not in kept
    assert "lianzhou-fazhi-baogao-2024" not in kept


def test_a_rule_that_is_not_yet_in_force_is_not_asked():
    passed = [each for each in corpus() if each.document.id == "shehui-jiuzhu-fa-2026"]
    assert generate(passed, count=5, today=TODAY)
    assert generate(passed, count=5, today=date(2026, 6, 1)) == []


def test_only_the_types_that_were_asked_for():
    found = generate(rules(in_force()), types=["填空"], count=20, seed=2, today=TODAY)
    assert {item.type for item in found} == {"填空"}
    with pytest.raises(QuizError, match="作文"):
        generate(in_force(), types=["作文"], count=1, today=TODAY)
    with pytest.raises(QuizError, match="至少"):
        generate(in_force(), count=0, today=TODAY)


LAW = """某某管理办法

第一条　乡镇人民政府应当自受理之日起七日内启动家庭经济状况调查。

第二条　县级人民政府民政部门应当在收到材料后二十日内提出确认意见。

第三条　申请人对决定不服的，可以在收到决定之日起六十日内申请行政复议。
"""
OTHER = """另一管理办法

第一条　乡镇人民政府应当自受理之日起{limit}日内启动家庭经济状况调查。
"""


def offered(*others):
    """The figures that are offered for the seven days of the law, over many seeds, with other laws' limits beside it."""
    rule = document(LAW, title="某某管理办法")
    among = passages(
        rule, *(document(OTHER.format(limit=limit), id=f"o{limit}", title=f"另{limit}办法") for limit in others)
    )
    found = set()
    for seed in range(12):
        items = generate(passages(rule), types=["单选"], count=30, seed=seed, today=TODAY, among=among)
        for item in items:
            if item.kind == "期限数字" and "启动" in item.stem:
                found |= {value for option in item.options for value in values(option)}
    return found


def test_a_figure_that_another_rule_gives_is_no_wrong_option():
    ten, fifteen = values("十"), values("十五")
    assert ten | fifteen <= offered()
    assert not offered("十", "十五") & (ten | fifteen)


def test_a_document_that_says_nothing_gives_nothing():
    assert generate(passages(document("说明\n\n这里什么也没有规定。\n")), count=5, today=TODAY) == []
