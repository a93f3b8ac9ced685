"""Items about figures and time limits: 单选, 判断 and 填空 that ask for one figure of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from assistant.quiz.clauses import Clause, origin_of
from assistant.quiz.drafts import bounded, filled, judged, ranked
from assistant.quiz.library import Library, whose
from assistant.quiz.makers import Seed
from assistant.quiz.premises import premise_missing, set_otherwise
from assistant.quiz.quantities import Quantity, alternatives, in_range, leans, quantities, rewritten, spread, ways
from assistant.quiz.stems import GAP, Said, lead, named
from assistant.quiz.types import BLANK, Item, Kind
from assistant.text.numbers import chinese_numeral

_OPTIONS = 4
_FALSE = 0.6
"""How many of the statements that can be made false are."""
_FINES = re.compile(r"罚款|违法所得")
_LEFT_OPEN = re.compile(r"左右|大约|约(?=\d)|一般")


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Three items a figure, of which the choice takes one: a choice, a statement to judge, a blank to fill."""
    for said in shelf.said:
        if premise_missing(said):
            continue
        for quantity in askable(said.text):
            if quantity.start >= said.focus and not _depends(said, quantity, shelf):
                rng = seed((said.passage.document.id, said.start + quantity.start))
                yield from _items(said, quantity, shelf, rng)


def _depends(said: Said, quantity: Quantity, shelf: Library) -> bool:
    """Whether another clause of the law sets another figure for the same: then the stem does not say which case is meant."""
    frame = said.frame(quantity.start, quantity.end)
    others = shelf.parallels(frame, said.text, said.passage.document.id)
    figures = [{each.value for each in quantities(other.text) if each.measure == quantity.measure} for other in others]
    parallel = any(values and quantity.value not in values for values in figures)
    return parallel or set_otherwise(said, quantity, shelf)


def askable(text: str) -> list[Quantity]:
    """The figures that a sentence can be asked for: alone in their sentence part, not one end of a range."""
    found = quantities(text)
    times = [each.value for each in found]
    return [
        each for each in found
        if times.count(each.value) == 1 and not in_range(each, text) and not _LEFT_OPEN.search(text)
        and text[each.start - 1 : each.start] not in ("“", "、")
    ]  # fmt: skip


def _items(said: Said, quantity: Quantity, shelf: Library, rng: Random) -> Iterator[Item]:
    text, document = said.text, said.passage.document
    before, behind = text[: quantity.start], _cut(text[quantity.end :])
    origin = origin_of(said.passage, said.start, said.end)
    kind: Kind = "处罚" if _FINES.search(text) else "期限数字"
    wrong = _wrong_values(said, quantity, said.frame(quantity.start, quantity.end), shelf, rng)
    hard = bounded(0.35 + 0.1 * len(quantities(text)) + len(text) / 600)
    if len(wrong) >= _OPTIONS - 1:
        stem = lead(document, named(before + GAP + behind, document))
        options = sorted([(quantity.value, quantity.text, ""), *wrong])
        yield ranked(kind, stem, [(written, why) for _, written, why in options], origin, hard)
    yield from _judged(said, quantity, before, behind, wrong, kind, rng)
    stem = lead(document, named(f"{before}{BLANK}{_unit(quantity)}{behind}", document))
    yield filled(kind, stem, [_accepted(quantity)], origin, bounded(hard + 0.1))


def _judged(
    said: Said,
    quantity: Quantity,
    before: str,
    behind: str,
    wrong: list[tuple[Decimal, str, str]],
    kind: Kind,
    rng: Random,
) -> Iterator[Item]:
    """The statement as it stands, or with a figure that makes it false beyond doubt."""
    document, side = said.passage.document, leans(said.text, quantity)
    false = [each for each in wrong if side * (each[0] - quantity.value) >= 0]
    _, other, why = (
        false[rng.randrange(len(false))] if false and rng.random() < _FALSE else (quantity.value, quantity.text, "")
    )
    origin = origin_of(said.passage, said.start, said.end)
    yield judged(kind, lead(document, named(before + other + behind, document)), origin, wrong=why)


def _cut(behind: str) -> str:
    """What follows the figure, up to the next semicolon: what comes after that speaks of another case."""
    first, semicolon, rest = behind.partition("；")
    return f"{first}。" if semicolon and rest else behind


def _wrong_values(
    said: Said, quantity: Quantity, frame: str, shelf: Library, rng: Random
) -> list[tuple[Decimal, str, str]]:
    """Up to three other figures of the same unit as (value, as written, why wrong); none holds under any clause."""
    same_passage = {each.value for each in quantities(said.passage.text) if each.measure == quantity.measure}
    near = {
        each.value.normalize(): other
        for other in shelf.clauses_of(said.passage.document.id)
        for each in quantities(other.text) if each.measure == quantity.measure
    }  # fmt: skip
    siblings = [each for other in dict.fromkeys(near.values()) for each in quantities(other.text)]
    usable = []
    for value, sibling in alternatives(quantity, siblings):
        written = rewritten(quantity, value) if value not in same_passage else ""
        if written and not shelf.held_elsewhere(frame, ways(written), but=said.text):
            usable.append((value, sibling))
    chosen = spread(quantity.value, usable, _OPTIONS - 1, rng)
    return [(value, rewritten(quantity, value), _why(quantity, value, near.get(value))) for value, _ in chosen]


def _why(quantity: Quantity, value: Decimal, other: Clause | None) -> str:
    written = rewritten(quantity, value)
    where = (
        f"“{written}”是{whose(other.passage)}就另一事项规定的。" if other and "段" not in whose(other.passage) else ""
    )
    return f"条文规定的是“{quantity.text}”，不是“{written}”。{where}"


def _unit(quantity: Quantity) -> str:
    return "" if quantity.measure in ("分数", "%") else quantity.unit


def _accepted(quantity: Quantity) -> list[str]:
    if quantity.measure == "分数":
        return [quantity.text, *_fraction_ways(quantity.text)]
    whole = quantity.value == quantity.value.to_integral_value() and 0 < quantity.value < 10_000
    plain = f"{quantity.value.normalize():f}"
    chinese = [chinese_numeral(int(quantity.value))] if whole else []
    if quantity.measure == "%":
        return [quantity.text, f"{plain}%", f"{plain}％", *(f"百分之{each}" for each in (*chinese, plain))]
    return [quantity.digits, plain, *chinese]


def _fraction_ways(written: str) -> list[str]:
    """2/3 for 三分之二, and 三分之二 for 2/3."""
    signs = "零一二三四五六七八九十"
    if "/" in written:
        top, bottom = map(int, written.split("/"))
        return [f"{signs[bottom]}分之{signs[top]}"] if max(top, bottom) < len(signs) else []
    below, above = written.split("分之")
    return [f"{signs.index(above)}/{signs.index(below)}"] if len(below) == len(above) == 1 else []
