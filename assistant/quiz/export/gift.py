r"""Moodle's GIFT text format; ``quiz.imports`` reads it back.

Every question has its item's id as its name, its marking in Moodle's own terms, and the clause as general feedback. GIFT
has one answer field a question, so a 填空 item of several blanks asks for its answers in order with a divider between
them. Control characters of the format (``\ ~ = # { } :``) are escaped, a newline is written ``\n``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from assistant.quiz.export.text import feedback_of, writable
from assistant.quiz.paper import Paper
from assistant.quiz.types import Item

DIVIDERS = ("；", "、", " / ", " | ", " ; ")
HINT = "（{count} 个空按顺序填，用“{divider}”隔开）"
"""Added to the stem of an item with several blanks."""
MOST_COMBINATIONS = 64
"""How many ways of writing the answers of several blanks are listed."""

_CONTROL = re.compile(r"[\\~=#{}:]")


def gift(paper: Paper) -> str:
    """The items of a paper."""
    head = f"// {' '.join(writable(paper.name).split())}\n\n"
    return head + "\n".join(_question(item) for item in paper.items)


def escape(text: str) -> str:
    """The text as GIFT writes it."""
    return _CONTROL.sub(lambda found: "\\" + found[0], writable(text)).replace("\n", "\\n")


def divider(item: Item) -> str:
    """What stands between the answers of an item with several blanks: the first divider that is in none of them."""
    return next((each for each in DIVIDERS if not any(each in answer for answer in item.answers)), "\t")


def _question(item: Item) -> str:
    stem = item.stem
    if item.type == "填空" and len(item.answers) > 1:
        stem += HINT.format(count=len(item.answers), divider=divider(item))
    feedback = escape(feedback_of(item))
    general = f"\n\t####{feedback}" if feedback else ""
    body = "".join(f"\n\t{line}" for line in _answers(item))
    return f"// [id:{item.id}] {item.type}\n::{escape(item.id)}::[plain]{escape(stem)} {{{body}{general}\n}}\n"


def _answers(item: Item) -> Iterator[str]:
    if item.type == "简答":
        return  # an essay is marked by hand, by the points in its feedback
    if item.type == "判断":
        why = next((each for each in item.why_wrong if each), "")
        yield ("TRUE" if item.key == (0,) else "FALSE") + _reason(why)
    elif item.type == "填空":
        for answer in _written(item):
            yield _choice("=", "100", answer)
    else:
        yield from _choices(item)


def _choices(item: Item) -> Iterator[str]:
    """Of 多选 every right option earns its share and every wrong one loses the whole."""
    share = f"~%{100 / len(item.key):.5f}".rstrip("0").rstrip(".") + "%"
    for place, option in enumerate(item.options):
        right = place in item.key
        why = item.why_wrong[place] if item.why_wrong else ""
        if item.type == "单选":
            yield _choice("=" if right else "~", "100" if right else "0", option) + _reason(why)
        else:
            yield f"{share if right else '~%-100%'}{_inside(option)}{_reason(why)}"


def _choice(mark: str, weight: str, text: str) -> str:
    """An answer with its mark, and its weight where the text would be taken for one."""
    written = f"%{weight}%" if text.lstrip().startswith("%") else ""
    return f"{mark}{written}{_inside(text)}"


def _reason(why: str) -> str:
    return f"#{_inside(why)}" if why else ""


def _inside(text: str) -> str:
    """A text between the braces, where -> would make a matching question of it and cannot be escaped."""
    return escape(text.replace("->", "→"))


def _written(item: Item) -> Iterator[str]:
    """Every accepted way of writing the answers, at most ``MOST_COMBINATIONS``."""
    blanks = [[one.strip() for one in answer.split("|") if one.strip()] for answer in item.answers]
    for answers in islice(product(*blanks), MOST_COMBINATIONS):
        yield divider(item).join(answers)
