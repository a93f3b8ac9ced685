"""When a figure cannot be asked for by itself: its premise stands elsewhere, or its law gives another one for the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.bodies import bodies
from assistant.quiz.library import Library
from assistant.quiz.quantities import Quantity, quantities
from assistant.quiz.stems import Said
from assistant.text.tokens import words

_LATER = re.compile(r"第[二三四五六七八九十]+款")
_CONDITION = re.compile(r"[^，。；]{2,}(?:的|时|以后|的时候)，|[^，。；]{2,}时应当|适用[^，。；]{2,10}程序")
_TIMES = frozenset(("日", "工作日", "小时", "个月"))
"""Measures in which the law may give two limits for the same act."""
_PART = re.compile(r"[^。；]+")
_NO_ACT = re.compile(
    r"之?[日内前后]+|应当|可以|不得|必须|有关|规定|办理|决定书|[一二三四五六七八九十\d]+|作出|提出|进行|依法|书面|收到|申请|材料|理由|说明"
)
"""Words that say nothing of what is done."""
_SHARED_ACT = 0.5
"""So much of what is done has to be the same for two figures without a named body to be taken for the same matter."""


def premise_missing(said: Said) -> bool:
    """Whether figures stand in a later paragraph (款) of an article without naming the case they are for.

    Such a paragraph goes on with the case of the paragraphs before it, which a stem does not show.
    """
    if not _LATER.search(said.passage.label_at(said.start, said.end)):
        return False
    sentences = re.findall(r"[^。]+。", said.text)
    return any(quantities(each) and not _CONDITION.search(each) for each in sentences)


def set_otherwise(said: Said, quantity: Quantity, shelf: Library) -> bool:
    """Whether the law gives another figure of the same class for the same act of the same body.

    Then each holds in a case of its own, and a stem with one of the sentences does not say which case is meant.
    """
    own = next(part for part in _parts(said.text) if part.start() <= quantity.start < part.end())
    does, names = _act(own.group(), quantity.start - own.start(), quantity.end - own.start()), _names(own.group())
    for clause in shelf.clauses_of(said.passage.document.id):
        if clause.text in said.text:
            continue
        for part in _parts(clause.text):
            for other in quantities(part.group()):
                differs = _class(other) == _class(quantity) and other.value != quantity.value
                if differs and _same_matter(does, names, part.group(), other):
                    return True
    return False


def _same_matter(does: frozenset[str], names: frozenset[str], text: str, other: Quantity) -> bool:
    shared = does & _act(text, other.start, other.end)
    theirs = _names(text)
    if names and theirs:
        return bool(shared) and bool(names & theirs)
    return bool(does) and len(shared) > _SHARED_ACT * len(does)


def _parts(text: str) -> Iterator[re.Match[str]]:
    return _PART.finditer(text)


def _class(quantity: Quantity) -> str:
    return "期间" if quantity.measure in _TIMES else quantity.measure


def _act(text: str, start: int, end: int) -> frozenset[str]:
    """The words of what is done within, or to, a figure: those behind it, up to the next comma but one."""
    behind = text[end:].lstrip("之内前后以，")
    done = behind.split("，")[0] or text[:start].rsplit("，", 1)[-1]
    return frozenset(word for word in words(done) if len(word) > 1 and not _NO_ACT.fullmatch(word))


def _names(text: str) -> frozenset[str]:
    return frozenset(body.name for body in bodies(text))
