"""Papers for tests: real clauses, items on them, and hypothesis strategies for items with the nastiest of texts."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from assistant.quiz.clauses import origin_at
from assistant.quiz.paper import Paper, Part, Plan, Section
from assistant.quiz.types import BLANK, RIGHT_WRONG, TYPES, Item, ItemType, Origin
from assistant.types import Document, Passage
from tests.making import document, passages

LAW = """甲县救助办法

第一条　农村低保标准为每人每月731元。
第二条　申请低保，应当提交身份证。审核机关应当自受理之日起20个工作日内作出决定。
第三条　有下列情形之一的，可以申请临时救助：
（一）因火灾造成生活困难的；
（二）因重病造成生活困难的。
审核机关应当公示7日。
第四条　骗取救助金的，处骗取金额1倍以上3倍以下的罚款。
"""
ORDER = """乙县收养规定

第一条　收养登记自申请之日起30日内办理。
第二条　收养人应当年满30周岁。
"""


def law(text: str = LAW, **known: str) -> Document:
    return document(text, id="law", title="甲县救助办法", number="甲民〔2024〕1号", **known)


def order() -> Document:
    return document(ORDER, id="order", title="中华人民共和国乙县收养规定")


def clauses() -> list[Passage]:
    return list(passages(law(), order()))


def origin(quote: str) -> Origin:
    """The origin of a quote of one of the documents."""
    passage = next(each for each in clauses() if quote in each.text)
    return origin_at(passage, passage.start + passage.text.index(quote), quote)


QUOTES = ("农村低保标准为每人每月731元。", "审核机关应当公示7日。", "收养人应当年满30周岁。", "应当提交身份证")


def item(type: ItemType = "单选", stem: str = "农村低保标准是每人每月", place: int = 0, **changes: object) -> Item:
    """An item of a type on one of ``QUOTES``."""
    parts: dict[ItemType, dict[str, object]] = {
        "单选": {"options": ("731元", "704元", "931元", "713元"), "key": (0,), "why_wrong": ("", "这是上年的", "", "")},
        "多选": {"options": ("火灾", "重病", "购房", "旅游"), "key": (0, 1), "why_wrong": ("", "", "没有这一项", "")},
        "判断": {"options": RIGHT_WRONG, "key": (1,), "why_wrong": ("应当是731元", "")},
        "填空": {"answers": ("731|七百三十一", "元")},
        "简答": {"answers": ("因火灾造成生活困难", "因重病造成生活困难")},
    }
    stem = f"{stem}{BLANK}{BLANK}" if type == "填空" else stem
    made = Item(
        type, "期限数字", stem, origin=origin(QUOTES[place % len(QUOTES)]), explanation="见条文。", **parts[type]
    )  # type: ignore[arg-type]
    return replace(made, **changes)  # type: ignore[arg-type]


def pool(each: int = 6) -> list[Item]:
    """So many items of every type, over the clauses of both documents, from easy to hard."""
    return [
        item(type, f"第{number}问", number, difficulty=number / each)
        for type in TYPES
        for number in range(each)
    ]  # fmt: skip


def paper(items: list[Item] | None = None, title: str = "九月学法测试") -> Paper:
    """A paper of the items, type by type, 2 marks each."""
    given = items or pool(2)
    types = [type for type in TYPES if any(each.type == type for each in given)]
    plan = Plan(title, tuple(Part(type, 1, 2) for type in types))
    return Paper(title, plan, tuple(Section(t, 2, tuple(each for each in given if each.type == t)) for t in types))


# Nasty texts ------------------------------------------------------------------------------------------------------

_NASTY = "\"'{}~=#<>&\\:\n|;；，。%[]/*-@$()（）《》“”、😀𠮷\t 汉字条文731Aa\r\u2028\x00\x0b"
_LINES = (
    "=1+1",
    "->",
    "//",
    "::a::",
    "{=a}",
    "%50%",
    "TRUE",
    "#",
    "####",
    "<b>x</b>",
    "&amp;",
    "]]>",
    "{{c1::x}}",
    "$CATEGORY: x",
)


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Texts that are not blank, of characters that some format or other gives a meaning to."""
    wild = st.text(st.sampled_from(_NASTY), min_size=1, max_size=most)
    mixed = st.builds(lambda a, b, c: a + b + c, wild, st.sampled_from(_LINES), wild)
    return st.one_of(wild, mixed).filter(lambda text: bool(re.sub(r"[\s|\x00]", "", text)) and "_" not in text)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Items of every type with nasty texts; half of them stand on a clause."""
    type = draw(st.sampled_from(TYPES))
    known = origin(draw(st.sampled_from(QUOTES))) if draw(st.booleans()) else None
    parts: dict[str, object] = {"options": (), "key": (), "answers": (), "why_wrong": ()}
    stem = draw(texts())
    if type in ("单选", "多选"):
        options = draw(st.lists(texts(), min_size=2, max_size=8, unique_by=_skeleton))
        least = 2 if type == "多选" else 1
        key = sorted(Random(draw(st.integers())).sample(range(len(options)), least))
        why = tuple("" if place in key else draw(st.one_of(st.just(""), texts())) for place in range(len(options)))
        parts |= {"options": tuple(options), "key": tuple(key), "why_wrong": why if any(why) else ()}
    elif type == "判断":
        parts |= {"options": RIGHT_WRONG, "key": (draw(st.sampled_from([0, 1])),)}
    elif type == "填空":
        parts["answers"] = tuple(
            draw(st.lists(st.lists(_answers(), min_size=1, max_size=2).map("|".join), min_size=1, max_size=3))
        )
        stem += "".join(f"{BLANK}{draw(texts(6))}" for _ in parts["answers"])  # type: ignore[attr-defined]
    else:
        parts["answers"] = tuple(draw(st.lists(texts(), min_size=1, max_size=4)))
    explanation = draw(st.one_of(st.just(""), texts()))
    return Item(type, "其他", stem, explanation=explanation, origin=known, **parts)  # type: ignore[arg-type]


def _answers() -> st.SearchStrategy[str]:
    return texts(12).map(lambda text: text.replace("|", "/").strip())


def _skeleton(text: str) -> str:
    """What of a text the poorest format keeps, so that options that differ still differ there."""
    return re.sub(r"[\s\x00-\x1f\u2028\ufffd]", "", text).replace("->", "→")


def papers(most: int = 4) -> st.SearchStrategy[Paper]:
    """Papers of a few nasty items under a nasty title."""
    several = st.lists(items(), min_size=1, max_size=most, unique_by=lambda each: each.id)
    return st.builds(paper, several, texts(20))
