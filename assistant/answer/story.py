"""A conversation told piecemeal: turns that ask nothing, and the question that they lead up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import leaning
from assistant.answer.focus import asks
from assistant.answer.wording import HOW_MANY, UNCOUNTED

_TELLS = re.compile(
    r"我|俺|咱|他|她|[了着过](?:[，,。！!\s]|$)|想|打算|准备|已|拟|[正都]在|听说|有人|[是有被][^，,]{2,}|"
    r"[^，,。]{6,}(?<!标准|条件|材料|程序|流程|手续|期限|时间|人数|户数|金额|数量|定义|意思|规定|范围|对象)。$"
)
"""Tells something, unlike words of a search: 连州 低保 标准."""
_GUESS = re.compile("(?:对吧|对吗|对不对|是吧|是不是)[？?。！!]*$|[？?]\\s*$")
"""Asks whether it is so: 找上级复查对吧."""
_LONGEST_STORY = 120
_ENDS = "。！？!?"


@dataclass(frozen=True, slots=True)
class Part:
    """A turn with what was told right before it."""

    story: tuple[str, ...]
    turn: str

    @property
    def whole(self) -> str:
        """The story and the question as one text."""
        told = "".join(each if each[-1:] in _ENDS else f"{each}。" for each in self.story)
        return f"{told}{self.turn}"


def parts(turns: Sequence[str]) -> list[Part]:
    """The turns of a conversation, those that only tell put to the one that they lead up to."""
    found: list[Part] = []
    story: list[str] = []
    for turn in turns[:-1]:
        short = sum(map(len, story)) + len(turn) <= _LONGEST_STORY
        if short and tells(turn, begun=bool(story)):
            story.append(turn)
        else:
            found.append(Part(tuple(story), turn))
            story = []
    return [*found, Part(tuple(story), turns[-1])]


def tells(turn: str, *, begun: bool = False) -> bool:
    """Whether a turn only tells something, or tells on in a story that has ``begun``, and asks for nothing."""
    if leaning.ARTICLE.search(turn) or leaning.TRAILING.sub("", turn) != turn.rstrip("？?。！! "):
        return False
    if asks(turn) or HOW_MANY.search(UNCOUNTED.sub("", turn)) or _GUESS.search(turn):
        return False
    return begun or bool(_TELLS.search(turn))
