"""Papers: chosen from a pool of items by a plan, swapped, dropped, and shuffled into A and B. Values in, values out.

Everything is drawn under the plan's seed and from the items in the order of their ids, so the same pool and plan make
the same paper, whatever order the pool came in.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.errors import QuizError
from assistant.quiz.types import TYPES, Item, ItemType, item_from, item_record

_LEANS_ON_ORDER = re.compile(r"以上|上述(?:选项|各项|都|均)|[A-H]\s*(?:项|选项)|选项\s*[A-H]|[A-H]\s*[和与、]\s*[A-H]")
"""Words with which an option or an explanation speaks of the others by their places; such options are not shuffled."""


@dataclass(frozen=True, slots=True)
class Part:
    """So many items of a type at so many marks each. Raises ``ValueError`` unless both are above zero."""

    type: ItemType
    count: int
    marks: float

    def __post_init__(self) -> None:
        if self.type not in TYPES or self.count < 1 or not 0 < self.marks < float("inf"):
            raise ValueError(f"not a part of a paper: {self.count} × {self.type} at {self.marks}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paper is to be made of; empty ``documents`` (ids) and ``kinds`` mean any.

    ``difficulty`` is the least and the greatest, both included. Raises ``ValueError`` without parts or where the range
    is empty.
    """

    title: str
    parts: tuple[Part, ...]
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    difficulty: tuple[float, float] = (0.0, 1.0)
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.parts or self.difficulty[0] > self.difficulty[1]:
            raise ValueError("a plan needs parts, and a range of difficulty that is not empty")

    def allows(self, item: Item) -> bool:
        """Whether an item is of the plan's documents, kinds and difficulty."""
        document = item.origin.document_id if item.origin else None
        return (
            (not self.documents or document in self.documents)
            and (not self.kinds or item.kind in self.kinds)
            and self.difficulty[0] <= item.difficulty <= self.difficulty[1]
        )


@dataclass(frozen=True, slots=True)
class Question:
    """An item in its place on a paper; ``number`` counts from 1 through the whole paper."""

    number: int
    item: Item
    marks: float


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one type, each worth ``marks``. Raises ``ValueError`` for an item of another type."""

    type: ItemType
    marks: float
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if any(item.type != self.type for item in self.items):
            raise ValueError(f"an item of another type in the section of {self.type}")

    @property
    def total(self) -> float:
        """The marks of all its items."""
        return self.marks * len(self.items)


@dataclass(frozen=True, slots=True)
class Paper:
    """Sections of items under a title; ``variant`` is A or B, empty where it was not shuffled.

    ``plan`` is what it was chosen by, and ``dropped`` the ids that were swapped or taken out and do not come back. Raises
    ``ValueError`` for a paper without items or with one twice.
    """

    title: str
    plan: Plan
    sections: tuple[Section, ...]
    variant: str = ""
    dropped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids = [item.id for item in self.items]
        if not all(section.items for section in self.sections) or not ids:
            raise ValueError("a paper has items in every section")
        if len(set(ids)) < len(ids):
            raise ValueError("an item stands on the paper twice")

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in the order of the paper."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every item with its number and its marks."""
        marked = [(item, section.marks) for section in self.sections for item in section.items]
        return tuple(Question(number, item, marks) for number, (item, marks) in enumerate(marked, start=1))

    @property
    def total(self) -> float:
        """The marks of the whole paper."""
        return sum(section.total for section in self.sections)

    @property
    def name(self) -> str:
        """The title, with the variant where there is one: 九月学法测试（A卷）."""
        return f"{self.title}（{self.variant}卷）" if self.variant else self.title


def choose(items: Iterable[Item], plan: Plan) -> Paper:
    """The paper of a plan: clauses and documents are drawn on evenly, so that one item does not answer another.

    Raises ``QuizError`` saying how many items there are where they are too few.
    """
    pool = _pool(items, plan)
    taken: list[Item] = []
    sections = []
    for part in plan.parts:
        free = [item for item in pool if item.type == part.type and item not in taken]
        if len(free) < part.count:
            raise QuizError(f"合适的{part.type}题只有 {len(free)} 道，要 {part.count} 道；请放宽文件、难度，或少出几道")
        drawn: list[Item] = []
        for _ in range(part.count):
            drawn.append(_least_alike(free, [*taken, *drawn]))
            free.remove(drawn[-1])
        taken += drawn
        sections.append(Section(part.type, part.marks, tuple(drawn)))
    return Paper(plan.title, plan, tuple(sections))


def swap(paper: Paper, number: int, items: Iterable[Item]) -> Paper:
    """Another item of the same type and the paper's plan in the place of ``number``; what was taken out stays out.

    Raises ``QuizError`` where there is no such number, or nothing else to put there.
    """
    old = _question(paper, number).item
    out = {*paper.dropped, *(item.id for item in paper.items)}
    free = [item for item in _pool(items, paper.plan) if item.type == old.type and item.id not in out]
    if not free:
        raise QuizError(f"没有别的{old.type}题可以换上第 {number} 题；请放宽文件、难度，或先补充题库")
    kept = [item for item in paper.items if item.id != old.id]
    return put(paper, number, _least_alike(free, kept))


def put(paper: Paper, number: int, item: Item) -> Paper:
    """``item`` in the place of ``number``.

    Raises ``QuizError`` where there is no such number, the item is of another type, or it stands on the paper already.
    """
    old = _question(paper, number).item
    if item.type != old.type:
        raise QuizError(f"第 {number} 题是{old.type}题，不能换成{item.type}题")
    if item.id != old.id and item.id in {each.id for each in paper.items}:
        raise QuizError("这道题已经在试卷上了")
    dropped = paper.dropped if item.id == old.id else (*paper.dropped, old.id)
    return _with(paper, [item if each.id == old.id else each for each in paper.items], dropped)


def drop(paper: Paper, number: int) -> Paper:
    """The paper without ``number``. Raises ``QuizError`` where there is no such number, or it is the only one."""
    old = _question(paper, number).item
    if len(paper.items) == 1:
        raise QuizError("试卷上只剩这一道题，不能再去掉")
    return _with(paper, [None if each.id == old.id else each for each in paper.items], (*paper.dropped, old.id))


def variants(paper: Paper, names: Sequence[str] = ("A", "B")) -> tuple[Paper, ...]:
    """The paper once a name, with the items of every section and the options of every item in another order.

    Keys and the reasons why options are wrong go with their options. 正确/错误 stay as they are, and so do options that
    speak of each other by their places (以上都对).
    """
    return tuple(_variant(paper, name) for name in names)


def _variant(paper: Paper, name: str) -> Paper:
    draw = random.Random(f"{paper.plan.seed}/{name}")
    sections = []
    for section in paper.sections:
        items = [shuffle_options(item, draw) for item in section.items]
        draw.shuffle(items)
        sections.append(replace(section, items=tuple(items)))
    return replace(paper, sections=tuple(sections), variant=name)


def shuffle_options(item: Item, draw: random.Random) -> Item:
    """The item with its options in another order, under the same id."""
    words = (*item.options, *item.why_wrong, item.explanation)
    if item.type not in ("单选", "多选") or any(_LEANS_ON_ORDER.search(each) for each in words):
        return item
    order = list(range(len(item.options)))
    draw.shuffle(order)
    return replace(
        item,
        options=tuple(item.options[place] for place in order),
        key=tuple(new for new, old in enumerate(order) if old in item.key),
        why_wrong=tuple(item.why_wrong[place] for place in order) if item.why_wrong else (),
    )


def _pool(items: Iterable[Item], plan: Plan) -> list[Item]:
    """The items that the plan allows, each once, in an order that hangs on the seed alone."""
    allowed = {item.id: item for item in items if plan.allows(item)}
    pool = [allowed[id] for id in sorted(allowed)]
    random.Random(plan.seed).shuffle(pool)
    return pool


def _least_alike(free: Sequence[Item], taken: Sequence[Item]) -> Item:
    """The first of the items whose sentence, then clause, then document stands least often among ``taken``."""
    counts = Counter(place for item in taken for place in _places(item))
    return min(free, key=lambda item: [counts[place] for place in _places(item)])


def _places(item: Item) -> tuple[tuple[object, ...], ...]:
    """Where an item stands, from narrow to wide: two items on one sentence tell each other's key."""
    if item.origin is None:
        return (("item", item.id),)
    document, clause = item.origin.document_id, item.origin.passage_id
    return (document, item.origin.end), (clause,), (document, "whole")


def _question(paper: Paper, number: int) -> Question:
    if not 1 <= number <= len(paper.items):
        raise QuizError(f"试卷没有第 {number} 题，题号是 1 到 {len(paper.items)}")
    return paper.questions[number - 1]


def _with(paper: Paper, items: Sequence[Item | None], dropped: tuple[str, ...]) -> Paper:
    """The paper with its items replaced place by place; ``None`` leaves one out, and an empty section with it."""
    rest = iter(items)
    sections = [
        replace(section, items=tuple(item for item in (next(rest) for _ in section.items) if item))
        for section in paper.sections
    ]
    return replace(paper, sections=tuple(section for section in sections if section.items), dropped=dropped)


def paper_record(paper: Paper) -> dict[str, Any]:
    """The paper as plain values, ready for JSON; ``paper_from`` reads it back."""
    return {
        "title": paper.title,
        "variant": paper.variant,
        "plan": asdict(paper.plan),
        "sections": [
            {"type": section.type, "marks": section.marks, "items": [item_record(item) for item in section.items]}
            for section in paper.sections
        ],
        "dropped": list(paper.dropped),
    }


def paper_from(record: Mapping[str, Any]) -> Paper:
    """The paper of a record of ``paper_record``. Raises ``ValueError`` where one is incomplete or wrong."""
    try:
        plan = record["plan"]
        least, most = plan["difficulty"]
        return Paper(
            title=record["title"],
            plan=Plan(
                plan["title"], tuple(Part(**part) for part in plan["parts"]), tuple(plan["documents"]),
                tuple(plan["kinds"]), (least, most), plan["seed"],
            ),
            sections=tuple(
                Section(each["type"], each["marks"], tuple(item_from(item) for item in each["items"]))
                for each in record["sections"]
            ),
            variant=record["variant"],
            dropped=tuple(record["dropped"]),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the record of a paper: {error!r}") from error
