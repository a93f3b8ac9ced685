"""The little grammar that reading English takes: where clauses part, what counts as one word, and Chinese word order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+a+\b|\d+(?:,\d{3})*(?:\.\d+)?%?|[^\x00-\x7f]+|[,;:.?!()\n]")
_GLOSS = re.compile(r"\s\(([a-z]+)\)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile("[12]?[0-9]|3[01]")
DROPPED = frozenset(
    "a an the do does did i we you he she it they my our your his her their its is are was were be been being am have has had "
    "will would there please me us him them this that these those just also any some so then still really very such myself himself "
    "herself themselves itself own i'm i've we're we've it's he's she's that's there's i'd actually exactly ever already both "
    "one's oneself ourselves someone's really quite simply china china's chinese left instead even such most like "
    "here too either anything become becomes became rest since well ex think having done doing ones something lot".split()
)
"""Small words that a question does without in Chinese."""
AUXILIARIES = frozenset("do does did is are was were has have will would should am shall".split())
"""What a yes-or-no question begins with."""
MODALS = {"can": "", "could": "", "may": "", "might": "", "must": "应当", "should": "应当", "shall": "应当"}
"""Modal verbs with what is said for them behind a subject."""
WHEN_ASKED = frozenset("is are was were do does did can could will would should must may has have".split())
JOINED = {
    "if": ("如果", ""), "when": ("", "时"), "while": ("", "时"), "once": ("", "后"), "after": ("", "后"), "before": ("", "前"),
    "because": ("因为", ""), "unless": ("除非", ""), "although": ("虽然", ""), "though": ("虽然", ""), "until": ("", "前"),
}  # fmt: skip
"""What joins a clause to the main one, with what stands before and behind it in Chinese."""
ASKING = frozenset("how what who when where which why whom whose can could may must is are do does".split())
SWAPS = frozenset("of for in on about among regarding concerning within into as against between at with during".split())
"""Prepositions whose phrase stands before the noun in Chinese."""
LEADS = {"from": "从", "by": "由", "to": "向", "under": "按", "through": "通过"}
COPULAS = frozenset("is are was were be".split())
STRUCTURE = (
    SWAPS
    | LEADS.keys()
    | frozenset("and or but nor than per away back down who that which whose where whether off out up over".split())
)
"""Words that only hold others together."""
RELATIVE = frozenset("that which who whom whose where".split())
"""What asks only at the beginning of a clause."""
_MONTHS = {
    name: place
    for place, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|"
        "december dec".split("|"),
        start=1,
    )
    for name in names.split()
    if name != "may"
}
_DATED = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d\d?), (?=(?:19|20)\d\d)")
_NUMBERS = (
    {
        name: str(value)
        for value, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
    }
    | {
        name: str(value)
        for value, name in enumerate("thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=13)
    }
    | {
        name: str(value)
        for value, name in zip(
            range(20, 101, 10), "twenty thirty forty fifty sixty seventy eighty ninety hundred".split(), strict=True
        )
    }
)
_UNITS = {
    "day": "日",
    "month": "个月",
    "year": "年",
    "week": "周",
    "yuan": "元",
    "rmb": "元",
    "hour": "小时",
    "time": "次",
    "percent": "%",
}
_PARTS = {"article": "条", "paragraph": "款", "item": "项", "subparagraph": "项", "art": "条"}
DETERMINERS = frozenset(
    "a an the my our your his her their its this that these those any some me us him them it himself herself themselves".split()
)
"""What stands behind a verb rather than behind a noun."""
_OPENED = frozenset("a the my our your his her their last written valid".split())
"""What makes a noun of "will"."""
AREAS = frozenset("city province county municipality district".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a clause: ``kind`` is ask, noun, verb, other, place, time, number, structure or unknown."""

    text: str
    kind: str
    verb: str = ""
    """What it is as a verb, where it may be one."""


def split(text: str) -> list[str]:
    """The words, numbers and signs of a text in lower case.

    Hyphens part words, but not from "re" (re-check); a single word in brackets only says again what it stands behind.
    """
    text = re.sub(r"\bre-(?=[a-z])", "re", text.lower()).replace("-", " ").replace("’", "'")
    text = re.sub(r"(?<=[a-z])n't\b", " not", text.replace("can't", "cannot").replace("won't", "will not"))
    text = _DATED.sub(r"\1 \2 ", _GLOSS.sub(r" \1", text))
    words = _TOKEN.findall(text)
    return ["testament" if word == "will" and _a_noun(words, place) else word for place, word in enumerate(words)]


def _a_noun(words: Sequence[str], place: int) -> bool:
    return place > 0 and words[place - 1] in _OPENED


def owned(word: str) -> str:
    """The owner of what is someone's."""
    return word.removesuffix("'s").removesuffix("'")


def spelling(word: str) -> str:
    """One spelling for British and American English."""
    word = re.sub(r"is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word) if len(word) > 5 else word
    word = re.sub(r"our(?=s?$|ed$|ing$|hood)", "or", word) if len(word) > 5 else word
    return re.sub(r"(?<=[cf]en)ce$", "se", word)


def clauses(words: Sequence[str]) -> list[list[str]]:
    """A sentence's words parted at commas, before a joining word, and where a second question begins."""
    found: list[list[str]] = [[]]
    words = _joined_first(words)
    for place, word in enumerate(words):
        follows = words[place + 1] if place + 1 < len(words) else ""
        if word in ":()" or (word == "," and _parts(found[-1], follows)):
            found.append([])
        elif word == ",":
            found[-1].append("and")
        elif word in ("and", "but", "or") and follows in ASKING:
            found.append([])
        elif word in JOINED and not _counts(words, place) and found[-1] and found[-1][-1] not in _UNPARTED:
            found.append([word])
        else:
            found[-1].append(word)
    return [clause for clause in found if clause]


_UNPARTED = frozenset("how long soon look looks looked looking".split())
"""Behind what no clause begins: look after."""
_TURNING = frozenset("do does did can could may might must should will would shall".split())


def _joined_first(words: Sequence[str]) -> Sequence[str]:
    """How many days after X must Y: after X, how many days must Y."""
    join = next((place for place, word in enumerate(words[:7]) if word in ("after", "before")), 0)
    if not join or "how" not in words[:join] or not _TURNING.isdisjoint(words[:join]):
        return words
    turn = max((place for place, word in enumerate(words) if place > join and word in _TURNING), default=0)
    return [*words[join:turn], ",", *words[:join], *words[turn:]] if turn else words


def _parts(before: Sequence[str], follows: str) -> bool:
    """Whether a comma parts clauses and not the items of a list."""
    fronted = bool(before) and (before[0] in SWAPS or before[0] in LEADS or before[0] in JOINED)
    return (
        fronted
        or follows in ASKING
        or follows in JOINED
        or follows in ("and", "but", "so", "i", "we", "they", "he", "she", "my")
    )


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a word that may join clauses only stands before a time: before 2024, until May."""
    follows = words[place + 1] if place + 1 < len(words) else ""
    return (
        bool(_YEAR.fullmatch(follows))
        or follows in _MONTHS
        or (follows == "the" and words[place + 2 : place + 3] == ["increase"])
    )


def numbered(tokens: Sequence[str], place: int) -> tuple[int, Piece] | None:
    """Years, months, articles, and numbers with their unit."""
    word, follows, third = (*tokens[place : place + 3], "", "", "")[:3]
    if found := _date(word, follows, third):
        return found
    if word in _PARTS and (number := _NUMBERS.get(follows, follows)).isdecimal():
        return 2, Piece(f"第{number}{_PARTS[word]}", "part")
    if word in ("old", "former") and _YEAR.fullmatch(follows):
        return 1, Piece("旧", "other")
    number = _NUMBERS.get(word, word)
    if _YEAR.fullmatch(number):
        return 1, Piece(f"{number}年", "time")
    if not number[0].isdecimal():
        return None
    unit = follows.removesuffix("s") if follows != "rmb" else follows
    if unit == "year" and third == "old":
        return 3, Piece(f"{number}岁", "number")
    if unit == "working" and third.startswith("day"):
        return 3, Piece(f"{number}个工作日", "number")
    if unit in _UNITS:
        return 2, Piece(f"{number}{_UNITS[unit]}", "number")
    return (1, Piece(number, "number")) if word != "one" else (1, Piece("", "number"))


def _date(word: str, follows: str, third: str) -> tuple[int, Piece] | None:
    """A month, with its day before or behind it and its year: 6 February 2024, February 6 2024, May."""
    if word in _MONTHS:
        month, day, year = (word, follows, third) if _DAY.fullmatch(follows) else (word, "", follows)
    elif follows in _MONTHS and _DAY.fullmatch(word):
        month, day, year = follows, word, third
    else:
        return None
    dated = f"{year}年" if _YEAR.fullmatch(year) else ""
    on = f"{day}日" if day else ""
    return 1 + bool(dated) + bool(on), Piece(f"{dated}{_MONTHS[month]}月{on}", "time")
