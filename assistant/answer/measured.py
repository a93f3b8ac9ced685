"""What is counted or paid, by the unit that a question asks for, and the question that asks for just that of one thing."""

from __future__ import annotations

import re

from assistant.answer.units import kind_of
from assistant.answer.wording import Kind
from assistant.types import Figure

_UNIT_ASKED = re.compile(
    r"(?:多少|几)(万元?|人次|个?人|名|位|个?家庭|户|家(?!里)|间|个(?!百分点|月|工作日|小时|点)|所|项|件|份)"
)
_SAME = {"万": "万元", "个人": "人", "名": "人", "位": "人", "家庭": "户", "个家庭": "户", "间": "家"}
_SAID: tuple[tuple[str, str], ...] = (
    ("人次", "人次"),
    ("人数|人口|(?:[拿领吃有]|享受)[^，,比和]{1,12}?(?:的|那些|这些)(?:残疾人|老年?人|人(?!均)|孩子|儿童)", "人"),
    ("户数", "户"),
    ("发放(?:总?金?额|的)|支出|(?:一共|总共|共)?发了", "万元"),
)
_BY_NOUN: tuple[tuple[str, str], ...] = (
    ("户|家庭", "户"),
    ("社会组织|社会团体|社团|民非|民办非企业|社会服务机构|协会|商会|基金会|机构", "个"),
)
_IS_HOW_MUCH = re.compile("是?(?:多少|几)[元块]?钱?[？?。]?$")
_HOW_MANY = re.compile("多少|几")
_LARGE = re.compile("[万亿]元")
_GETS = re.compile(
    r"(?:每月|每个月|一个月|最多|最高|至多|顶多|大概|一共|总共|能|可以|可|该|会|，)*"
    r"(?:[领拿发给补得]到?手?|享受|合计|是|有)*(?:多少|几)[块元]?钱?.*$"
)


def asked_for(question: str, start: int) -> str:
    """The unit in which a question asks from ``start`` on; empty where it asks for a sum of money or leaves it open."""
    found = _UNIT_ASKED.search(question, start)
    return _SAME.get(found[1], found[1]) if found else ""


def counted(text: str, *, only_said: bool = False) -> str:
    """The unit of what a text counts: what it says (人数), else, unless ``only_said``, by what it names (社会组织: 个)."""
    for pattern, unit in _SAID if only_said else (*_SAID, *_BY_NOUN):
        if re.search(pattern, text):
            return unit
    return ""


def measure_of(of_what: str, unit: str) -> str:
    """The question for how many ``unit`` there are of something, or for its standard where there is no unit."""
    of_what = _IS_HOW_MUCH.sub("", of_what).rstrip("，,。？?、的是 ")
    if _HOW_MANY.search(of_what):
        return of_what
    if unit == "万元":
        return f"{of_what}发放多少万元"
    if unit:
        return f"{of_what}有多少{unit}"
    return f"{of_what}{'' if '标准' in of_what else '标准'}是多少"


def how_much(of_what: str) -> str:
    """The question for an amount of which only the thing is named."""
    if _HOW_MANY.search(of_what):
        return of_what
    return f"{of_what}发放多少万元" if _LARGE.search(of_what) else f"{of_what}是多少"


def standard_of(question: str) -> str:
    """The question for the monthly standard of what a question asks to be paid: 每月能领多少 becomes 标准是多少."""
    return measure_of(_GETS.sub("", question), "")


def of_unit(figure: Figure, unit: str) -> bool:
    """Whether a figure measures what ``unit`` does (none: any): people are counted in 个 as well, a sum is no rate."""
    if not unit:
        return True
    asked, kind = kind_of(unit), kind_of(figure.unit)
    if asked is Kind.MONEY:
        return kind is Kind.MONEY and "/" not in figure.unit
    return kind is asked or {kind, asked} == {Kind.PEOPLE, Kind.THINGS}
