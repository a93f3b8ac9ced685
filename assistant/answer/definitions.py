"""Definitions: which terms a passage says the meaning of, and whether a question asks for that of a term."""

from __future__ import annotations

import re
from functools import lru_cache

_RULE = "本(?:法|条例|办法|规定|规则|细则|意见|通知|方案)"
_NAME = r"[“「]?(?P<name>(?:(?!是)[\u4e00-\u9fff]){2,14}?)[”」]?"
_DEFINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[。；：\s])(?:{_RULE}(?:所称|所说|中|里)?的?)?{_NAME}(?:，?(?:是|都是|均)指|指的是|，指|是统称，指)",
        rf"(?:^|[。\s]){_NAME}指(?![导定派示明挥令出向标引纹南])",
        rf"{_RULE}(?:所称|所说|中|里)的?{_NAME}，?(?:是|指|既指)",
        rf"(?:称为|称作){_NAME}(?=[，。；：])",
        rf"认定为{_RULE}所称的{_NAME}(?=[：。])",
    )
)
"""X是指…; 本法所称X，是…; …，都称为“X”; 有下列情形之一的，应当认定为本办法所称的X."""
_MEANING = "定义|界定|含义|涵义|意思|概念|何指|何意"


@lru_cache(maxsize=4096)
def defined_terms(text: str) -> frozenset[str]:
    """The terms that ``text`` says the meaning of."""
    return frozenset(match["name"] for pattern in _DEFINES for match in pattern.finditer(text))


def asks_meaning(question: str, term: str) -> bool:
    """Whether ``question`` asks what ``term`` is: 什么是X, X怎么定义, 什么人才叫X. Not 什么是X的条件."""
    name = rf"[“「《]?{re.escape(term)}[”」》]?"
    return bool(
        re.search(
            rf"(?:什么(?:是|叫做?)|何谓|何为|什么[^，。？]{{1,4}}[才算]+(?:叫做?|是)?){name}(?!的|[\u4e00-\u9fff]{{2}})"
            rf"|{name}[^，。？?]{{0,12}}(?:{_MEANING})"
            rf"|(?:{_MEANING})[^，。？?]{{0,4}}{name}|{name}(?:到底|究竟|又)?(?:是|指)(?:的是)?(?:指|什么|啥|哪些人|怎样的)",
            question,
        )
    )
