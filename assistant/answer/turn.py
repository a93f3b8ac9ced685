"""A follow-up taken apart, and what kind of clause it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import leaning
from assistant.answer.wording import ASKING


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up: its core without the leaning words, and the completed question before it in official terms.

    ``asks_about``: it only names something (城镇的呢); ``leads``: it says that it goes on; ``nominal``: it leaves the
    noun out that its words describe; ``topic``: what it names before it asks (支出型呢，收入上有什么要求); ``of_whole``:
    it asks for a part of what was counted (里头民非占几个).
    """

    core: str
    earlier: str
    asks_about: bool
    leads: bool
    nominal: bool
    topic: str
    of_whole: bool


def read_turn(said: str, core: str, earlier: str) -> Turn:
    """A follow-up taken apart: ``said`` is the whole of it, ``core`` what it says."""
    leads = leaning.LEADING.match(said) or leaning.CONDITION.match(core) or leaning.PRONOUN.match(core)
    topic = leaning.TOPIC.match(core)
    return Turn(
        core=f"{topic[1]}{core[topic.end() :]}" if topic else core,
        earlier=earlier,
        asks_about=bool(leaning.ASKS_ABOUT.search(said)),
        leads=bool(leads),
        nominal=bool(leaning.NOMINAL.search(said)),
        topic=topic[1] if topic else "",
        of_whole=bool(leaning.OF_WHOLE.match(said)),
    )


def is_clause(turn: Turn) -> bool:
    """Whether a follow-up tells what happens or asks itself, instead of naming something: 对复查还不服, 公告多少天."""
    told = not turn.nominal and re.search("[不没还了让被]", turn.core)
    return bool(told or leaning.CONDITION.match(turn.core) or ASKING.search(turn.core))


def is_bare_clause(turn: Turn) -> bool:
    """Whether a follow-up only tells what is not so, which is no question by itself: 没有户口本呢."""
    return bool(turn.asks_about and not ASKING.search(turn.core) and re.search("[不没]", turn.core))


def says_nothing(core: str) -> bool:
    """Whether a follow-up only says how far or on what condition: 超过了, 不批."""
    return bool(leaning.GOES_ON.search(core)) or core.startswith("不")
