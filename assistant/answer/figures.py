"""Which amounts answer a question: the right kind, the right year, every slot met, the words around it covered.

Two kinds of amounts are looked for in two ways. A *dated* one (a standard, a count, a sum paid in a year) is a fact with
slots and is found among all of them, wherever it stands. An amount of a *rule* (within 30 days, at least 50 members) means
nothing without its rule, so the rule is found first and the amount in it second, if it is clear which one is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer.amounts import MEASURE, RULED, Amount
from assistant.answer.choice import Choice
from assistant.answer.question import Question
from assistant.answer.shelf import Shelf
from assistant.answer.wording import Kind
from assistant.types import Hit, Passage

_CLEARLY = 0.15
"""How much more of a question the words around one amount of a rule have to say than those around another."""
_NEAR = 0.3
"""A second passage that scores this beside a first of 1 may be meant as well. Chosen on the dev cases."""
_LEAST_AHEAD = 0.15
"""What the first needs that no other is near. Chosen on the dev cases: what nothing answers has less, or other words."""
_MOST = 6


def answering_amounts(question: Question, hits: Sequence[Hit], shelf: Shelf, today: date) -> list[Amount]:
    """The amounts in the ``hits`` that answer the question, in the document's order; none where nothing fits.

    Where the question leaves a slot open (低保标准 without 城镇 or 农村) these are the amounts of every value of the slot.
    """
    if question.year is not None and question.year > today.year:
        return []
    if not (question.kinds or question.earlier or MEASURE in question.slots):
        return []
    found = [
        (each, hit)
        for hit in hits
        for each in shelf.amounts(hit.passage)
        if (each.year or MEASURE in each.slots) and each.kind not in RULED
    ]
    chosen = []
    for kinds in question.kinds or (frozenset(),):
        made = Choice(question, kinds, shelf, found).made()
        chosen += made or Choice(question, wider(kinds), shelf, found).made()
    return sorted(dict.fromkeys(chosen), key=lambda each: (each.passage.id, each.start))[:_MOST]


def sole_amounts(question: Question, hits: Sequence[Hit], shelf: Shelf, today: date) -> list[Amount]:
    """For each kind asked for the one dated amount that may be meant in the first passage, where no other is near it.

    None where one is lacking or two may be meant.
    """
    if not hits or not question.kinds or (question.year or 0) > today.year:
        return []
    first, second = hits[0], hits[1].score if len(hits) > 1 else 0.0
    if second >= _NEAR or (first.confidence or 0.0) < _LEAST_AHEAD:
        return []
    found = [(each, hit) for hit in hits for each in shelf.amounts(hit.passage)]
    chosen = [Choice(question, wider(kinds), shelf, found).sole(first) for kinds in question.kinds]
    return [each for each in chosen if each] if all(chosen) else []


def wider(kinds: frozenset[Kind]) -> frozenset[Kind]:
    """The kinds with people where things are asked for: 孤儿有多少个, 派几个代表."""
    return kinds | {Kind.PEOPLE} if Kind.THINGS in kinds else kinds


def of_kind(amount: Amount, kinds: frozenset[Kind]) -> bool:
    """Whether an amount of a rule is of one of ``kinds`` (none: any); people are counted in 个 as well: 会员50个以上."""
    return not kinds or amount.kind in wider(kinds) or (Kind.PEOPLE in kinds and amount.unit == "个")


def clear_amount(question: Question, passage: Passage, shelf: Shelf) -> Amount | None:
    """The amount of a rule that was asked for, where it is clear which one it is: the only one of its kind and slots, or
    the one whose own clause says clearly more of the question than any other's."""
    if len(question.kinds) != 1:
        return None
    kinds = frozenset().union(*question.kinds)
    choice = Choice(question, frozenset(), shelf, ())
    rules = [each for each in shelf.amounts(passage) if not each.dated and of_kind(each, kinds)]
    amounts = [each for each in rules if choice.right_kind(each) and choice.slots(each) > 0]
    amounts = [each for each in amounts if not each.told or choice.singled_out(each)]
    covered = sorted(((choice.covered_near(each), place) for place, each in enumerate(amounts)), reverse=True)
    if len(covered) > 1 and covered[0][0] - covered[1][0] < _CLEARLY:
        return None
    return amounts[covered[0][1]] if covered else None


def is_of_another(question: Question, passage: Passage, shelf: Shelf) -> bool:
    """Whether all dated amounts of the kind asked for in a passage are of another place, year or slot than is asked."""
    choice = Choice(question, frozenset().union(*question.kinds), shelf, ())
    dated = [each for each in shelf.amounts(passage) if each.dated and choice.right_kind(each)]
    return bool(dated) and not any(map(choice.may_be_meant, dated))


def notices(question: Question, best: Amount, today: date) -> tuple[str, ...]:
    """What the reader must know beside the figure: it is of an earlier year than the one asked, or than this one."""
    if best.year is None or best.replaced:
        return ()
    if question.year and best.year < question.year:
        return (f"语料里没有{question.year}年的数字，最新的是{best.year}年的。",)
    if question.year is None and best.year < today.year:
        return (f"语料里最新的是{best.year}年的数字，之后有没有调整请向窗口核实。",)
    return ()
