"""By how much a monthly amount is multiplied: the months of a year or of a time, the people of a household."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.numbers import numerals, plain

MONTHS = 12
HALF = 6
ALL_YEAR = "全年"
_NUMBER = "[二两三四五六七八九十1-9]\\d?"
_PAID = r"(?=[^。；？?]{0,30}?(?:[领拿发给补得]|到手|享受)[^。；？?]{0,8}(?:多少|几))"
_NOT_A_LIMIT = "(?!以?[内上下]|之内|[前后没未了就]|以[前后])"
_ALL_YEAR = re.compile(
    r"(?<![\d〇零一二三四五六七八九])(?:一整?年(?:到头|下来)?|整年|全年|每年|1年|(?:12|十二)个月)(?=.{0,14}(?:多少|几))"
)
_HALF_YEAR = re.compile(rf"(?<![\d每大下上])半年{_NOT_A_LIMIT}{_PAID}")
_SOME_MONTHS = re.compile(rf"(?<![\d每第前后])(?P<n>{_NUMBER})个月{_NOT_A_LIMIT}{_PAID}")
_SOME_YEARS = re.compile(rf"(?<![\d每第前后〇零一二三四五六七八九])(?P<n>[二两三四五2-5])年{_NOT_A_LIMIT}{_PAID}")
_PEOPLE = re.compile(
    rf"(?:我们?)?(?:一家|全家|家里|家中)?(?:共有?|有|一共|总共)?(?P<n>{_NUMBER})"
    r"(?:口(?:之家|人|子)?，?|个(?=(?:散居|集中供养|农村|城镇|特困|五保|低保|困难|重度|残疾|的)*(?:人|孤儿|孩子|小孩|娃|老人|儿童)))"
    rf"{_PAID}"
)
ASKS = re.compile(
    "|".join(
        re.sub(r"\?P<n>", "?:", each.pattern) for each in (_ALL_YEAR, _HALF_YEAR, _SOME_MONTHS, _SOME_YEARS, _PEOPLE)
    )
)
_NOT_ALL = re.compile("收入|只有|其中|人均|有[一1两二]个|里面?有")
"""Said where not everybody of a household gets the whole amount."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a monthly amount ``per`` 月 or 人: its value written out, its name, the words that say it, and what the
    question for the amount says ``instead``. A ``given`` number is the asker's own. Where it is ``certain``, the amount
    without it does not answer."""

    value: int
    terms: str
    name: str
    per: str
    said: str
    instead: str
    given: int | None = None
    certain: bool = True

    def of(self, unit: str) -> str:
        """The unit of what comes out: 元/人·月 over a year 元/人·年, over three months 元/人."""
        money, *per = re.split("[/·]", unit)
        left = [each for each in per if each != self.per] + (["年"] if self.name == ALL_YEAR else [])
        return f"{money}/{'·'.join(left)}" if left else money


def factors(question: str) -> tuple[Factor, ...]:
    """What a question wants a monthly amount multiplied by, each at most once."""
    return tuple(each for each in (_time(question), _people(question)) if each)


def _time(question: str) -> Factor | None:
    if found := _ALL_YEAR.search(question):
        return Factor(MONTHS, str(MONTHS), ALL_YEAR, "月", found[0], "每月", certain=False)
    if found := _HALF_YEAR.search(question):
        return Factor(HALF, str(HALF), "半年", "月", found[0], "每月")
    if found := _SOME_MONTHS.search(question):
        number = _number(found)
        return Factor(number, str(number), f"{number}个月", "月", found[0], "每月", number)
    if found := _SOME_YEARS.search(question):
        number = _number(found)
        return Factor(number * MONTHS, f"{MONTHS} × {number}", f"{number}年", "月", found[0], "每月", number)
    return None


def _people(question: str) -> Factor | None:
    found = _PEOPLE.search(question)
    if found is None or _NOT_ALL.search(question):
        return None
    number = _number(found)
    return Factor(number, str(number), f"{number}人", "人", found[0], "", number)


def _number(found: re.Match[str]) -> int:
    return int(plain(numerals(found["n"])[0].value))
