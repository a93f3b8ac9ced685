"""What a follow-up takes over from the question before it, and what it says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import leaning
from assistant.answer.lexicon import Mention
from assistant.answer.wording import ASKING, KINDS, STOP
from assistant.text.tokens import words

LONGEST_CARRIED = 26
"""The longest question that is carried whole."""
LONGEST_STORY = 40
"""The same of one with its story."""


def told(text: str) -> str:
    """What a follow-up says beyond asking for another side or going on."""
    return leaning.OTHER_SIDE.sub("，", leaning.GOES_ON.sub("，", text))


def overlap(carried: str, core: str) -> int:
    """How many characters at the end of what is carried the follow-up begins with."""
    return next((size for size in range(min(len(carried) - 1, len(core)), 1, -1) if carried.endswith(core[:size])), 0)


def thing(mentions: Sequence[Mention], start: int) -> str:
    """The first term behind ``start`` that says more closely what was asked about: 行政处罚的听证."""
    names = (each.term.name for each in mentions if each.start >= start and not each.term.group)
    return next((name for name in names if not leaning.NO_THING.match(name)), "")


def says_again(core: str, earlier: str) -> bool:
    """Whether the follow-up itself names, in part at least, what the question before was about."""
    pairs = {noun[place : place + 2] for noun in nouns(core) if len(noun) > 2 for place in range(len(noun) - 1)}
    return len(core) > 6 and not core.startswith("不") and any(pair in earlier for pair in pairs)


def counts_another(core: str, earlier: str) -> bool:
    """Whether a follow-up wants another kind of quantity than the question before: 最少几个人 behind 几年一换届."""
    wanted, before = ({kind for kind, pattern in KINDS if re.search(pattern, text)} for text in (core, earlier))
    return bool(wanted and before) and not wanted & before


def nouns(text: str) -> list[str]:
    """The words that say something, of two characters or more."""
    text = re.sub(r"会(?=怎|咋|如何|有什么|受什么)", "，", text)
    text = re.sub(r"([\u4e00-\u9fff])[不没]\1", "，", ASKING.sub("，", text))
    kept = (word for word in words(text) if len(word) > 1 and word not in STOP)
    return list(dict.fromkeys(word for word in kept if not word.isdigit()))


def stripped(earlier: str) -> str:
    """The question before without its asking words, where that is short enough to stand before the next."""
    text = re.sub(r"[？?。！!]+(?=.)", "，", earlier)
    text = re.sub(r"由?谁来?(?=定|管|批|办|审)", "", text)
    text = re.sub(r"^什么情况下|哪几?(?:些|个|项|种|类|样|家|位)|要?[交带填写]哪?些?东西", "", text)
    text = re.sub(r"在?(?:多少|几)个?(?:工作)?[天日月年](?:之内|以内|内)", "", text)
    text = ASKING.sub("", re.sub(r"[？?。！!]|是?(?:哪一?天|几号|什么日子|什么时候)", "", text))
    text = re.sub(r"^(?:请问|你好|您好|有没有|能不能|可不可以)|应当在(?=内)|(?<=[，,])有没有", "", text)
    text = re.sub(r"(?:可以吗|吗|嘛|能不能|会不会|需要|应当|应该|得有|要|是|有|在|内|由|向)+$", "", text).strip("，, ")
    longest = LONGEST_STORY if "，" in text else LONGEST_CARRIED
    return text if 2 <= len(text) <= longest else ""
