"""Definitions: which terms a passage says the meaning of, and whether a question asks for that of a term."""

from __future__ import annotations

import re
from functools import lru_cache

_RULE = "本(?:法|条例|办法|规定|规则|细则|意见|通知|方案)"
_NAME = r"[“「]?(?P<name>(?:(?!是)[\u4e00-\u9fff]){2,14}?)[”」]?"
_STARTS = rf"(?:^|[。；：\s])(?:{_RULE}(?:所称|所说|中|里)?的?)?"
_DEFINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_STARTS}{_NAME}(?:一般|通常)?(?:，?(?:是|都是|均)指|指的是|，指|是统称，指)",
        rf"(?:^|[。\s]){_NAME}(?:一般|通常)?指(?![导定派示明挥令出向标引纹南])",
        rf"{_STARTS}{_NAME}(?:是(?:下列|以下)|包括[两二三四五六]类)",
        rf"{_RULE}(?:所称|所说|中|里)的?{_NAME}，?(?:是|指|既指)",
        rf"(?:称为|称作){_NAME}(?=[，。；：])",
        rf"认定为{_RULE}所称的{_NAME}(?=[：。])",
        rf"认定为{_NAME}的，应当(?:同时)?(?:符合|满足|具备)",
        rf"(?:下列|以下)条件同时(?:具备|符合|满足)的[^。：]{{0,40}}纳入{_NAME}(?:救助供养|保障)?的?范围",
        rf"(?:下列|以下)(?:人员|家庭|儿童)(?:属于|是){_NAME}(?=[：。])",
    )
)
"""X是指…; 本法所称X，是…; …，都称为“X”; 有下列情形之一的，应当认定为本办法所称的X; 下列人员属于X."""
_MEANING = "定义(?!务)|界定|含义|涵义|意思|概念|何指|何意|解释|怎么理解|如何理解"
_WHAT = r"(?:什么|啥|哪些|哪种|哪类)(?!时候|部门|机关|地方)"
_COUNTS = r"(?:才|先|就|能|可以|可)*(?:算|叫|称|属于|是)(?:是|得上|为|作|做)*"
_WHAT_IS = (
    rf"(?:(?:什么|啥)(?:是|叫[做作]?)|何谓|何为|{_WHAT}[^，,。？?]{{1,6}}?{_COUNTS}"
    rf"|(?:怎么|咋)样?(?:的[^，,。？?]{{1,6}}?)?(?!是){_COUNTS}|(?:怎样|如何|哪样)(?:的[^，,。？?]{{1,6}}?)?(?!是){_COUNTS})"
)
_SOMEBODY = "(?:人|样|家庭|孩子|小孩|儿童|老人|组织|单位|东西|玩意|群体|情[形况])"
_IS_WHAT = (
    rf"(?:到底|究竟|又)?(?:[是指]|包括)(?:的是)?(?:指|个?(?:什么|啥)(?={_SOMEBODY}|[意概]|[，,。？?\s呢啊呀]|$)|哪些(?={_SOMEBODY})"
    rf"|怎样的|怎么样的|谁(?=[，,。？?\s呢啊呀]|$))"
)
_GOES_ON = r"(?![\u4e00-\u9fff]{2})"
_SAID_OF = r"(?:(?![\u4e00-\u9fff]{2})|(?=[在是的又到究一这那怎如作有什按依用里该应要算才叫]))[^，,。？?]{0,12}?"


@lru_cache(maxsize=4096)
def defined_terms(text: str) -> frozenset[str]:
    """The terms that ``text`` says the meaning of."""
    return frozenset(match["name"] for pattern in _DEFINES for match in pattern.finditer(text))


def asks_meaning(question: str, term: str) -> bool:
    """Whether ``question`` asks what ``term`` is: 什么是X, X怎么定义, 怎么才算X, 什么人才叫X. Not 什么是X的条件."""
    name = rf"[“「《\"]?{re.escape(term)}[”」》\"]?"
    return bool(
        re.search(
            rf"{_WHAT_IS}{name}(?!的){_GOES_ON}|{name}{_SAID_OF}(?:{_MEANING})"
            rf"|(?:{_MEANING})[^，,。？?]{{0,4}}{name}{_GOES_ON}|{name}{_IS_WHAT}",
            question,
        )
    )
