"""Papers: what a plan gives, and what swapping, dropping and shuffling leave alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from exam_papers import item, items, paper, pool
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import QuizError
from assistant.quiz.paper import Part, Plan, choose, drop, paper_from, paper_record, put, swap, variants

PLAN = Plan("九月学法测试", (Part("单选", 4, 2), Part("多选", 3, 3.5), Part("判断", 2, 1)), seed=5)


def test_a_paper_has_what_the_plan_asks_for() -> None:
    made = choose(pool(), PLAN)
    assert [(section.type, len(section.items)) for section in made.sections] == [("单选", 4), ("多选", 3), ("判断", 2)]
    assert [each.number for each in made.questions] == list(range(1, 10))
    assert made.total == 4 * 2 + 3 * 3.5 + 2


@given(st.randoms(use_true_random=False), st.integers(0, 10_000))
def test_the_same_seed_makes_the_same_paper_whatever_the_order_of_the_pool(draw: object, seed: int) -> None:
    shuffled = pool()
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    plan = replace(PLAN, seed=seed)
    assert choose(shuffled, plan) == choose(pool(), plan)


def test_another_seed_makes_another_paper() -> None:
    assert len({choose(pool(), replace(PLAN, seed=seed)).items for seed in range(20)}) > 10


def test_clauses_are_drawn_on_evenly() -> None:
    """Six items of a type stand on four clauses: four of them take each clause once."""
    made = choose(pool(), replace(PLAN, parts=(Part("单选", 4, 1),)))
    assert len({each.origin.passage_id for each in made.items if each.origin}) == 4


def test_only_what_the_plan_allows() -> None:
    easy = choose(pool(), replace(PLAN, difficulty=(0, 0.5), parts=(Part("单选", 4, 1),)))
    assert max(each.difficulty for each in easy.items) <= 0.5
    one = choose(pool(), replace(PLAN, documents=("order",), parts=(Part("判断", 1, 1),)))
    assert one.items[0].origin is not None
    assert one.items[0].origin.document_id == "order"
    with pytest.raises(QuizError, match="只有 0 道"):
        choose(pool(), replace(PLAN, kinds=("处罚",)))


def test_too_few_items_are_said_in_one_line() -> None:
    with pytest.raises(QuizError, match="合适的单选题只有 6 道，要 7 道"):
        choose(pool(), replace(PLAN, parts=(Part("单选", 7, 1),)))


def test_swapping_never_brings_back_what_was_there() -> None:
    made = choose(pool(), PLAN)
    seen = {made.items[1].id}
    for _ in range(2):
        made = swap(made, 2, pool())
        assert made.items[1].id not in seen
        assert made.items[1].type == "单选"
        seen.add(made.items[1].id)
    with pytest.raises(QuizError, match="没有别的单选题"):
        swap(made, 2, pool())


def test_swapping_leaves_the_other_questions_alone() -> None:
    made = choose(pool(), PLAN)
    other = swap(made, 5, pool())
    assert [a == b for a, b in zip(made.items, other.items, strict=True)] == [place != 4 for place in range(9)]
    assert other.total == made.total


def test_dropping_numbers_the_rest_anew() -> None:
    made = choose(pool(), PLAN)
    less = drop(drop(made, 8), 8)
    assert [section.type for section in less.sections] == ["单选", "多选"]
    assert [each.number for each in less.questions] == list(range(1, 8))
    assert set(less.dropped) == {made.items[7].id, made.items[8].id}
    with pytest.raises(QuizError, match="只剩这一道题"):
        drop(paper([item()]), 1)


def test_putting_an_item_in_a_place() -> None:
    made = choose(pool(), PLAN)
    new = item("单选", "另一问")
    assert put(made, 1, new).items[0] == new
    with pytest.raises(QuizError, match="不能换成判断题"):
        put(made, 1, item("判断", "另一问"))
    with pytest.raises(QuizError, match="已经在试卷上"):
        put(made, 1, made.items[1])
    with pytest.raises(QuizError, match="题号是 1 到 9"):
        put(made, 10, new)


@given(st.lists(items(), min_size=1, max_size=8, unique_by=lambda each: each.id), st.integers(0, 1000))
def test_variants_hold_the_same_questions_with_the_same_answers(given_items: list, seed: int) -> None:  # type: ignore[type-arg]
    made = paper(given_items)
    made = replace(made, plan=replace(made.plan, seed=seed))
    for variant in variants(made):
        for before, after in zip(made.sections, variant.sections, strict=True):
            theirs = {each.id: each for each in after.items}
            assert {each.id for each in before.items} == set(theirs)
            for each in before.items:
                other = theirs[each.id]
                assert set(other.options) == set(each.options)
                assert set(other.key_text) == set(each.key_text)
                assert _reasons(other) == _reasons(each)
                assert (other.stem, other.answers, other.origin) == (each.stem, each.answers, each.origin)


def _reasons(item) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return dict(zip(item.options, item.why_wrong, strict=False))


def test_a_and_b_are_in_another_order_and_come_out_the_same_again() -> None:
    made = choose(pool(), PLAN)
    a, b = variants(made)
    assert (a.name, b.name) == ("九月学法测试（A卷）", "九月学法测试（B卷）")
    assert a.items != b.items
    assert [each.key for each in a.items] != [each.key for each in b.items]
    assert variants(made) == (a, b)


def test_options_that_speak_of_each_other_stay_in_their_order() -> None:
    fixed = item(options=("731元", "704元", "931元", "以上都不对"))
    for seed in range(10):
        made = paper([fixed])
        for variant in variants(replace(made, plan=replace(made.plan, seed=seed))):
            assert variant.items[0].options == fixed.options


@given(st.lists(items(), min_size=1, max_size=5, unique_by=lambda each: each.id))
def test_a_paper_comes_back_from_json(given_items: list) -> None:  # type: ignore[type-arg]
    made = replace(paper(given_items), variant="A", dropped=("x",))
    assert paper_from(json.loads(json.dumps(paper_record(made)))) == made


def test_a_record_that_is_none() -> None:
    with pytest.raises(ValueError, match="record of a paper"):
        paper_from({"title": "x"})


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"marks": 0}, {"marks": float("nan")}, {"marks": float("inf")}, {"type": "论述"}]
)
def test_a_part_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a part"):
        Part(**{"type": "单选", "count": 1, "marks": 1} | wrong)  # type: ignore[arg-type]


def test_an_item_stands_on_a_paper_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        paper([item(), item()])


def test_two_items_on_one_sentence_do_not_meet_where_it_can_be_helped() -> None:
    """One would tell the other's key."""
    twins = [item("单选", f"问{n}", place) for n in range(3) for place in range(4)]
    made = choose(twins, replace(PLAN, parts=(Part("单选", 4, 1),)))
    assert len({each.origin.end for each in made.items if each.origin}) == 4
