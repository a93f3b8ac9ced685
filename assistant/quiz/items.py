"""Items from clauses: every maker's candidates, checked, without doubles, and chosen so that all kinds have their share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random

from assistant.errors import QuizError
from assistant.quiz.checks import Context, problems
from assistant.quiz.clauses import ARTICLE
from assistant.quiz.doubles import Kept, tells
from assistant.quiz.library import Library, library
from assistant.quiz.makers import (
    Maker,
    articles,
    cases,
    duties,
    figures,
    limits,
    lists,
    penalties,
    responsible,
    terms,
)
from assistant.quiz.types import TYPES, Item, ItemType, Kind
from assistant.text.normalize import normalize
from assistant.types import Metadata, Passage

MAKERS: tuple[Maker, ...] = (
    figures.make, responsible.make, lists.make, terms.make, duties.make, penalties.make, articles.make, cases.make,
    limits.make,
)  # fmt: skip
_NO_RULE = ("工作报告", "事实摘录")
"""Levels of documents that hold no rules."""
_IN_PART = re.compile(r"只收|没有收录全文|摘录")
"""What a note says of a text that holds a part of its document."""
_SHARES: dict[Kind, float] = {
    "期限数字": 3.0, "责任主体": 2.2, "条件情形": 3.0, "定义": 1.0, "应当可以不得": 1.2, "处罚": 1.6, "条文查找": 0.8, "案例": 1.6,
}  # fmt: skip
"""How many items of each kind a paper wants, in proportion, as long as there are any."""
_TYPE_SHARES: dict[ItemType, float] = {"单选": 4.0, "多选": 1.5, "判断": 2.0, "填空": 1.0, "简答": 0.8}
"""The same for the types."""
_AT_MOST: dict[Kind, float] = {"条文查找": 0.07, "应当可以不得": 0.13}
"""The share of all items that a kind may have while others are left: these are many and teach less."""


def generate(
    passages: Sequence[Passage], *, types: Sequence[ItemType] = TYPES, count: int, seed: int = 0, today: date,
    among: Sequence[Passage] = (), same: Callable[[str], str] = normalize,
) -> list[Item]:  # fmt: skip
    """Up to ``count`` items of ``types`` from ``passages``, the same for the same ``seed``.

    ``among`` are the passages of all documents in force (left out: ``passages``): no wrong option may be true under one
    of them. Documents that do not hold on ``today`` are left out of both. ``same`` gives texts that mean the same one
    spelling. There are fewer items where the clauses give no more that pass every check. Raises ``QuizError`` for an
    unknown type or a count below one.
    """
    unknown = [each for each in types if each not in TYPES]
    if unknown or count < 1:
        raise QuizError(f"没有“{unknown[0]}”这种题型，可以选：{'、'.join(TYPES)}" if unknown else "题数至少是 1")
    every = {passage.id: passage for passage in (*among, *passages) if holds(passage, today)}
    shelf = library(tuple(every.values()))
    wanted = {passage.document.id for passage in passages}
    context = Context(shelf, same)
    found = [
        each
        for each in candidates(shelf, seed)
        if each.type in types and each.origin and each.origin.document_id in wanted
    ]
    return choose(found, count, seed, lambda item: not problems(item, context))


def holds(passage: Passage, today: date) -> bool:
    """Whether the passage's document is in force on a day, by its dates."""
    known = passage.document.metadata
    return not (known.expires and known.expires <= today) and not (known.effective and known.effective > today)


def rules(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of documents to be studied as law.

    No reports, no lists of facts, nothing that another one replaces, nothing of which only a part was taken in, and
    nothing of which neither a date nor its status says that it is in force.
    """
    replaced = {key for passage in passages for key in passage.document.metadata.supersedes}
    return [
        passage for passage in passages
        if passage.document.id not in replaced and _whole_and_known(passage.document.metadata)
    ]  # fmt: skip


def _whole_and_known(known: Metadata) -> bool:
    in_force = bool(known.effective) or known.status == "现行有效"
    return in_force and known.level not in _NO_RULE and not _IN_PART.search(known.note)


def candidates(shelf: Library, seed: int) -> Iterator[Item]:
    """Every item that the makers think of, unchecked, in the order of the makers."""
    for maker in MAKERS:
        name = maker.__module__
        yield from maker(shelf, lambda clause, name=name: Random(f"{seed}|{name}|{clause}"))  # type: ignore[misc]


def choose(found: Sequence[Item], count: int, seed: int, fit: Callable[[Item], bool]) -> list[Item]:
    """Up to ``count`` of the items that ``fit``, spread over kinds, types and documents; no two from one sentence.

    Only when no sentence is left does a second item come from one, and then of another kind and type.
    """
    rng = Random(f"{seed}|choose")
    pile = sorted(found, key=lambda item: item.id)
    rng.shuffle(pile)
    chosen = _Chosen(fit, count)
    for again in (False, True, True):
        cells: dict[tuple[Kind, ItemType], list[Item]] = {}
        for item in pile:
            cells.setdefault((item.kind, item.type), []).append(item)
        while cells and len(chosen.items) < count:
            cell = min(cells, key=lambda key: (chosen.share(*key), key))
            if not chosen.take(cells[cell], again=again):
                del cells[cell]
        taken = {item.id for item in chosen.items}
        pile = [item for item in pile if item.id not in taken]
        chosen.bounded = not again
    return chosen.items


class _Chosen:
    """The items chosen so far, and how much of each kind, type and document there is."""

    def __init__(self, fit: Callable[[Item], bool], count: int) -> None:
        self.items: list[Item] = []
        self.bounded = True
        self._fit = fit
        self._count = count
        self._kept = Kept()
        self._kinds: Counter[str] = Counter()
        self._types: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._judged: Counter[tuple[int, ...]] = Counter()
        """How many 判断 items are right and how many wrong: the fewer are wanted next."""
        self._articles: dict[tuple[str, str], list[Item]] = {}
        self._sentences: dict[tuple[str, int], set[str]] = {}
        self._fits: dict[str, bool] = {}

    def share(self, kind: Kind, type_: ItemType) -> float:
        """How well a kind and a type are provided for: the least is wanted next."""
        kinds = self._kinds[kind] * sum(_SHARES.values()) / _SHARES.get(kind, 1.0)
        return kinds + self._types[type_] * sum(_TYPE_SHARES.values()) / _TYPE_SHARES[type_]

    def take(self, pile: list[Item], *, again: bool) -> bool:
        """Take from the pile the item of the document that has least so far; False where none can be taken."""
        pile.sort(key=lambda item: (item.type == "判断" and self._judged[item.key], self._documents[_document(item)]))
        for place, item in enumerate(pile):
            if self._may(item, again=again):
                del pile[: place + 1]
                self._add(item)
                return True
        pile.clear()
        return False

    def _may(self, item: Item, *, again: bool) -> bool:
        taken = self._sentences.get(_sentence(item), set())
        if (taken and not again) or taken & {item.type, item.kind} or self._kept.like(item):
            return False
        if self.bounded and self._kinds[item.kind] >= _AT_MOST.get(item.kind, 1.0) * self._count:
            return False
        if any(tells(item, other) or tells(other, item) for other in self._articles.get(_article(item), ())):
            return False
        if item.id not in self._fits:
            self._fits[item.id] = self._fit(item)
        return self._fits[item.id]

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self._kept.add(item)
        self._kinds[item.kind] += 1
        self._types[item.type] += 1
        self._judged[item.key] += item.type == "判断"
        self._articles.setdefault(_article(item), []).append(item)
        self._documents[_document(item)] += 1
        self._sentences.setdefault(_sentence(item), set()).update((item.type, item.kind))


def _document(item: Item) -> str:
    return item.origin.document_id if item.origin else ""


def _article(item: Item) -> tuple[str, str]:
    found = ARTICLE.match(item.origin.label) if item.origin else None
    return _document(item), found.group() if found else item.origin.label if item.origin else ""


def _sentence(item: Item) -> tuple[str, int]:
    """The sentence an item stands on, by its end: what leads there may differ."""
    return _document(item), item.origin.end if item.origin else 0
