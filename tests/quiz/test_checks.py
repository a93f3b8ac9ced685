"""Each check catches what it is there for: good items of the real corpus, spoilt in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from assistant.quiz.checks import ALONE, FALSE, IN_FORCE, LEAK, OFFSETS, SUPPORTED, Context, problems
from assistant.quiz.doubles import doubles
from assistant.quiz.items import generate
from assistant.quiz.library import library
from assistant.quiz.quantities import ways
from assistant.text.normalize import normalize
from tests.quiz.study_items import passages

FILES = (
    "基金会管理条例（2004）.txt", "特困人员认定办法（2021）.txt", "中华人民共和国行政处罚法（2021）.txt",
    "社会组织评估管理办法（2011）.txt", "中华人民共和国慈善法（2023）.txt",
)  # fmt: skip


@cache
def shelf():
    return library(tuple(passage for file in FILES for passage in passages(file)))


@cache
def context():
    return Context(shelf(), lambda text: normalize(text).replace("负责人", "主任"))


@cache
def items():
    return tuple(generate(shelf().passages, count=250, seed=4, today=date(2026, 11, 28)))


def found(item):
    return {problem.check for problem in problems(item, context())}


def one(type_, kind):
    return next(item for item in items() if item.type == type_ and item.kind == kind)


def test_good_items_have_no_problem():
    assert not any(found(item) for item in items())


@pytest.mark.parametrize("kind", ["期限数字", "责任主体", "应当可以不得", "条文查找", "案例", "定义"])
def test_a_wrong_key_is_not_supported(kind):
    item = one("单选", kind)
    other = next(place for place in range(len(item.options)) if place not in item.key)
    assert SUPPORTED in found(replace(item, key=(other,), why_wrong=()))


@pytest.mark.parametrize("key", [0, 1])
def test_a_judgement_turned_round_is_not_supported(key):
    item = next(item for item in items() if item.type == "判断" and item.key == (key,))
    assert SUPPORTED in found(replace(item, key=(1 - key,), why_wrong=()))


def test_a_wrong_answer_in_a_blank_is_not_supported():
    item = one("填空", "期限数字")
    assert SUPPORTED in found(replace(item, answers=("八十八",)))


def test_a_marking_point_from_elsewhere_is_not_supported():
    item = one("简答", "条件情形")
    assert SUPPORTED in found(replace(item, answers=(*item.answers, "有三名以上专职律师")))


def test_a_listed_entry_as_wrong_option_is_true():
    item = next(item for item in items() if item.type == "多选")
    assert FALSE in found(replace(item, key=item.key[:2], why_wrong=())) or len(item.key) == 2
    wrong = next(place for place in range(len(item.options)) if place not in item.key)
    listed = item.origin.quote.split("（一）")[-1].split("；")[0]
    options = tuple(listed if place == wrong else option for place, option in enumerate(item.options))
    if len(set(options)) == len(options):
        assert FALSE in found(replace(item, options=options, why_wrong=()))


def test_the_same_figure_in_other_digits_is_no_wrong_option():
    item = next(
        item
        for item in items()
        if item.type == "单选" and len(ways(item.key_text[0])) == 2 and not item.key_text[0][0].isdigit()
    )
    right = item.key_text[0]
    same = next(way for way in ways(right) if way != right)
    assert FALSE in found(replace(item, options=(right, same, "九百日"), key=(0,), why_wrong=()))
    assert FALSE not in found(replace(item, options=(right, f"9{same}", "九百日"), key=(0,), why_wrong=()))


def test_a_synonym_of_the_key_is_no_wrong_option():
    item = one("单选", "责任主体")
    options = tuple("主任" if place in item.key else option for place, option in enumerate(item.options))
    wrong = next(place for place in range(len(options)) if place not in item.key)
    options = tuple("负责人" if place == wrong else option for place, option in enumerate(options))
    assert FALSE in found(replace(item, options=options, why_wrong=()))


@pytest.mark.parametrize("stem", ["依照前款规定，{}", "{}以上情形除外，依照本办法办理。", "{}（未完"])
def test_a_stem_that_points_elsewhere_does_not_stand_alone(stem):
    item = one("判断", "期限数字")
    assert ALONE in found(replace(item, stem=stem.format(item.stem)))


def test_a_stem_without_its_law_does_not_stand_alone():
    item = one("单选", "期限数字")
    assert ALONE in found(replace(item, stem=item.stem.split("》，", 1)[1]))


def test_an_answer_that_stands_in_the_stem_leaks():
    item = one("单选", "责任主体")
    assert LEAK in found(replace(item, stem=item.stem.replace("（　　）", f"{item.options[item.key[0]]}或者（　　）")))


def test_only_the_key_with_a_figure_or_very_long_leaks():
    item = one("单选", "责任主体")
    figure = tuple("3个工作日内" if place in item.key else option for place, option in enumerate(item.options))
    assert LEAK in found(replace(item, options=figure, why_wrong=()))
    long = tuple(option * 12 if place in item.key else option for place, option in enumerate(item.options))
    assert LEAK in found(replace(item, options=long, why_wrong=()))


def test_a_document_that_changed_or_is_gone():
    item = items()[0]
    assert IN_FORCE in found(replace(item, origin=replace(item.origin, sha256="0" * 64)))
    assert IN_FORCE in found(replace(item, origin=replace(item.origin, document_id="gone")))
    assert OFFSETS in found(replace(item, origin=None))


def test_a_moved_quote_and_a_wrong_label():
    item = items()[0]
    moved = replace(
        item.origin, start=item.origin.start + 1, end=item.origin.end + 1, passage_start=item.origin.passage_start + 1
    )
    assert OFFSETS in found(replace(item, origin=moved))
    assert OFFSETS in found(replace(item, origin=replace(item.origin, label="第九百条")))


def test_doubles_are_found():
    item = one("单选", "期限数字")
    near = replace(item, id="", stem=item.stem.replace("应当", "必须"))
    assert doubles([item, near, *items()[:20]])[0] == (near, item)
