"""What does not add up in a document: parts against their total, a stated growth or share against the computed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from assistant.answer.amounts import SUBJECT, Amount, amounts
from assistant.answer.lexicon import Lexicon
from assistant.answer.wording import Kind
from assistant.text.numbers import plain
from assistant.types import Passage

_TOTAL = re.compile(r"(?:共有?|合计|总计|总共)[^，。；\d]{0,8}$")
_PARTS = re.compile(r"其中|：|:")
_GROWTH = re.compile(r"(?:提高|增长|增加|上升|上涨|降低|下降|减少)了?$")
_SHARE = re.compile(r"(?:率|比例|占比|占)[^，。；\d]{0,6}$|^的?[^，。；\d]{0,4}(?:率|比例)")
_TOLERANCE = Decimal("0.5")
"""By how many percentage points a stated share may differ from the computed one: shares are often rounded."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Numbers of a passage that do not agree: where, what it says, and the computation that comes out otherwise."""

    passage: Passage
    quote: str
    computed: str


def audit(passages: Iterable[Passage], lexicon: Lexicon) -> tuple[int, list[Doubt]]:
    """How many relations between numbers were checked in the passages of one document, and those that do not hold."""
    found = [amounts(passage, lexicon) for passage in passages]
    totals = [each for of_passage in found for each in of_passage if each.kind is Kind.THINGS and _is_total(each)]
    checks = [
        check
        for of_passage in found
        for check in (*_growths(of_passage), *_sums(of_passage), *_shares(of_passage, totals))
    ]
    return len(checks), [check for check in checks if check is not None]


def _growths(found: Sequence[Amount]) -> Iterator[Doubt | None]:
    """A value that replaced another, with the percentage of the change beside it."""
    for amount, stated in pairwise(found):
        beside = stated.unit == "%" and amount.sentence == stated.sentence
        if amount.earlier and beside and _GROWTH.search(_between(amount, stated)):
            change = (amount.value - amount.earlier).copy_abs() / amount.earlier * 100
            computed = f"|{plain(amount.value)} − {plain(amount.earlier)}| ÷ {plain(amount.earlier)}"
            yield _compared(stated, change, computed, _exactness(stated.value))


def _sums(found: Sequence[Amount]) -> Iterator[Doubt | None]:
    """A total and its parts, parted by 其中 or a colon: the last amount of each unit before the mark, and those behind it."""
    for sentence in dict.fromkeys(each.sentence for each in found):
        within = [each for each in found if each.sentence == sentence]
        mark = _PARTS.search(within[0].passage.document.text, within[0].end, sentence[1])
        totals = {each.unit: each for each in within if mark and each.end <= mark.start()}
        for unit, total in totals.items():
            parts = [each.value for each in within if mark and each.start >= mark.end() and each.unit == unit]
            if len(parts) >= 2 and (_is_total(total) or (mark and mark.group() == "其中")):
                computed = (
                    f"{' + '.join(map(plain, parts))} = {plain(sum(parts, Decimal(0)))}，写的是{plain(total.value)}"
                )
                yield None if sum(parts) == total.value else Doubt(total.passage, _sentence(total), computed)


def _shares(found: Sequence[Amount], totals: Sequence[Amount]) -> Iterator[Doubt | None]:
    """A stated share with the count it is a share of in its sentence, against the document's total of that subject."""
    for stated in found:
        text = stated.passage.document.text
        if stated.unit != "%" or not (
            _SHARE.search(text[stated.clause[0] : stated.start]) or _SHARE.search(text[stated.end : stated.clause[1]])
        ):
            continue
        counts = [each for each in found if each.kind is Kind.THINGS and each.sentence == stated.sentence]
        nearest = min(counts, key=lambda each: abs(each.start - stated.start), default=None)
        whole = [each for each in totals if nearest and each.slots.get(SUBJECT) == nearest.slots.get(SUBJECT)]
        largest = max(whole, key=lambda each: each.value, default=None)
        if nearest and largest and nearest.value < largest.value:
            share = nearest.value / largest.value * 100
            yield _compared(stated, share, f"{plain(nearest.value)} ÷ {plain(largest.value)}", _TOLERANCE)


def _compared(stated: Amount, computed: Decimal, how: str, tolerance: Decimal) -> Doubt | None:
    if (stated.value - computed).copy_abs() <= tolerance:
        return None
    rounded = computed.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Doubt(stated.passage, _sentence(stated), f"{how} ≈ {plain(rounded)}%，写的是{plain(stated.value)}%")


def _exactness(value: Decimal) -> Decimal:
    """Half a unit of the last digit that a percentage is written with."""
    return Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _is_total(amount: Amount) -> bool:
    return bool(_TOTAL.search(amount.passage.document.text[amount.sentence[0] : amount.start]))


def _between(one: Amount, other: Amount) -> str:
    return one.passage.document.text[one.end : other.start]


def _sentence(amount: Amount) -> str:
    return amount.passage.document.text[slice(*amount.sentence)]
