"""Units of amounts: which there are, of what kind, and how a header of a table writes them."""

from __future__ import annotations

import re

from assistant.answer.wording import Kind

_UNITS: tuple[tuple[str, Kind], ...] = (
    ("元/人·月", Kind.MONEY), ("元/人/月", Kind.MONEY), ("元/月·人", Kind.MONEY), ("元/月", Kind.MONEY), ("元/年", Kind.MONEY),
    ("元", Kind.MONEY), ("人次", Kind.PEOPLE), ("人", Kind.PEOPLE), ("名", Kind.PEOPLE), ("位", Kind.PEOPLE),
    ("户", Kind.HOUSEHOLDS), ("个百分点", Kind.PERCENT), ("个工作日", Kind.TIME), ("工作日", Kind.TIME),
    ("个自然月", Kind.TIME), ("个月", Kind.TIME), ("个小时", Kind.TIME), ("小时", Kind.TIME), ("天", Kind.TIME), ("日", Kind.TIME),
    ("年", Kind.TIME), ("周岁", Kind.AGE), ("岁", Kind.AGE), ("倍", Kind.MULTIPLE),
    ("个", Kind.THINGS), ("家", Kind.THINGS), ("项", Kind.THINGS), ("份", Kind.THINGS), ("件", Kind.THINGS), ("次", Kind.THINGS),
    ("所", Kind.THINGS), ("起", Kind.THINGS), ("平方米", Kind.THINGS), ("级", Kind.THINGS),
)  # fmt: skip
UNIT = re.compile(r"\s?(" + "|".join(re.escape(unit) for unit, _ in _UNITS) + ")")
_KIND = dict(_UNITS)
_EACH = re.compile(r"每人每月|每人每年|每户每月|每月|每年|人均月|人均")
_PER = {"每人每月": "元/人·月", "每月": "元/月", "每人每年": "元/人·年", "每年": "元/年", "每户每月": "元/户·月"}

_SCALED = re.compile("[万亿](元|人次|人|户)")
_OF_COLUMNS = {"%": Kind.PERCENT, "张": Kind.THINGS, "人次": Kind.PEOPLE, "元/人": Kind.MONEY, "元/户": Kind.MONEY}
_SAME = {"％": "%", "每人每月": "元/人·月", "每人每年": "元/人·年", "每月": "元/月", "每年": "元/年"}
_OF_MONEY = re.compile(r"(?:元|每)+(?:人|户|月|年|每|/|·|元)+")


def standard(unit: str) -> str:
    """The one way in which a unit is written here."""
    return unit.replace("元/人/月", "元/人·月").replace("元/月·人", "元/人·月")


def per(unit: str, words: str) -> str:
    """What 元 are, by the last of the ``words`` that say for whom and how long: 每人每月 makes 元/人·月 of it."""
    each = list(_EACH.finditer(words))
    return _PER.get(each[-1].group(), unit) if each and unit == "元" else unit


def kind_of(unit: str) -> Kind:
    """What kind of quantity ``unit`` measures; of an unknown unit it is taken for a percentage."""
    if scaled := _SCALED.fullmatch(unit):
        return _KIND[scaled[1]]
    return _KIND.get(unit) or _OF_COLUMNS.get(unit) or (Kind.MONEY if unit.startswith("元") else Kind.PERCENT)


def unit_of(text: str) -> str | None:
    """The unit that the whole of ``text`` writes, as a header of a table does (元/人.月, 元/每人每月, 万元); else none."""
    said = re.sub(r"^单位[:：]|\s", "", text)
    said = re.sub("[.．、•]", "·", said).replace("／", "/")
    said = _SAME.get(said, said)
    if said in _KIND or said in _OF_COLUMNS or _SCALED.fullmatch(said):
        return standard(said)
    return _of_money(said) if _OF_MONEY.fullmatch(said) else None


def _of_money(said: str) -> str | None:
    """元/人月, 元/月/人, 每人每月元: for a person or a household, and for a month or a year, each at most once."""
    whom, when = re.findall("[人户]", said), re.findall("[月年]", said)
    if said.count("元") != 1 or len(whom) > 1 or len(when) > 1 or not [*whom, *when]:
        return None
    return "元/" + "·".join([*whom, *when])
