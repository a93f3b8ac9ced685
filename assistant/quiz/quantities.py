"""Figures of a clause with their units, and other figures of the same unit that a distractor may be.

Figures are compared as numbers (``assistant.text.numbers``), written as the clause writes them (三十日, 30日).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.text.numbers import chinese_numeral, numerals

_UNITS = re.compile(
    r"个?工作日|个?小时|日(?![常益])|天|个月|周年|年(?![度末底初检])|周岁|岁|人(?=$|[^均民员次口])|名(?![称单额])|户(?!籍)|次(?!性)"
    r"|倍|万元|元|%|％"
)
_DATE = re.compile(
    r"\d+年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日|底|份)?|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日|底)"
)
_FRACTION = re.compile(r"\d+/\d+|[二三四五六七八九十]+分之[一二三四五六七八九十]+")
_RANGE = re.compile(r"以上(?P<high>[^，。；、]{1,8})以下")
_USUAL: dict[str, tuple[str, ...]] = {
    "工作日": ("3", "5", "7", "10", "15", "20", "30", "45", "60"),
    "日": ("3", "5", "7", "10", "15", "20", "30", "45", "60", "90"),
    "小时": ("2", "6", "12", "24", "48", "72"), "个月": ("1", "2", "3", "6", "9", "12", "18", "24"),
    "年": ("1", "2", "3", "5", "7", "10"), "周岁": ("14", "16", "18", "20", "60", "65", "70", "80"),
    "人": ("2", "3", "5", "7", "9", "11", "15", "20", "25"), "户": ("5", "10", "15", "20", "30"),
    "次": ("2", "3", "4", "5", "6"), "倍": ("1.5", "2", "3", "5", "10"),
    "%": ("3", "5", "8", "10", "15", "20", "30", "40", "50", "60", "70", "80"),
    "元": ("100", "200", "500", "1000", "2000", "3000", "5000", "10000", "20000", "50000", "100000", "200000"),
    "万元": ("3", "5", "10", "20", "30", "50", "100", "200", "300", "400", "500", "800", "1000"),
}  # fmt: skip
_NUMERAL = r"0-9０-９一二两三四五六七八九十百千万点.．"
_NUMERIC = re.compile(rf"[{_NUMERAL}]")
_AT_LEAST = re.compile(r"(?:不得少于|不少于|至少|不低于|不得低于|最低)[^，。；]{0,4}$")
_AT_MOST = re.compile(r"(?:超过|最多|最长|不高于|不得高于|不得多于)[^，。；]{0,4}$")
_MODAL = re.compile(r"应当|必须|可以|允许|有权|(?<!许)可(?![能以])|(?<!必)须|不得")
_SAME = {"个工作日": "工作日", "天": "日", "个小时": "小时", "周年": "年", "岁": "周岁", "名": "人", "％": "%"}
_PARTS = ("五分之一", "四分之一", "三分之一", "二分之一", "三分之二", "四分之三", "五分之四")
_TRIVIAL_ONE = frozenset(("人", "户", "次", "元"))
_FARTHEST = {"周岁": Decimal(2), "次": Decimal(3)}
_FAR = Decimal(4)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit at ``[start, end)`` of a text; ``digits`` is the number without the unit, as written.

    ``measure`` is the class of the unit (工作日 and 日 are two); a fraction has the measure 分数 and no unit.
    """

    start: int
    end: int
    text: str
    digits: str
    value: Decimal
    measure: str

    @property
    def unit(self) -> str:
        """The unit as written: 个工作日."""
        return self.text.removeprefix(self.digits)

    @property
    def arabic(self) -> bool:
        """Whether the number is written in Arabic digits."""
        return any(char.isdigit() for char in self.digits)


def quantities(text: str) -> list[Quantity]:
    """The figures with a unit in ``text``; dates, ordinals and the article 一 (一人, 一次) are none."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _FRACTION.finditer(text):
        value = _fraction(match.group())
        found.append(Quantity(match.start(), match.end(), match.group(), match.group(), value, "分数"))
    taken = [(each.start, each.end) for each in found] + [span for span in dates if _is_date(text, span)]
    for number in numerals(text):
        digits = text[number.start : number.end].rstrip()
        unit = _UNITS.match(text, number.start + len(digits))
        if number.percent:
            written, measure = digits, "%"
        elif unit:
            written, measure = digits + unit.group(), _SAME.get(unit.group(), unit.group())
        else:
            continue
        end = number.start + len(written)
        one = number.value == 1 and measure in _TRIVIAL_ONE
        if (
            digits in ("万", "亿", "百", "千")
            or one
            or text[max(0, number.start - 1)] == "第"
            or any(a < end and number.start < b for a, b in taken)
        ):
            continue
        found.append(Quantity(number.start, end, written, digits, number.value, measure))
    return sorted(found, key=lambda each: each.start)


def _is_date(text: str, span: tuple[int, int]) -> bool:
    """3月31日 and 2021年 are dates; 3年 is a length of time."""
    written = text[slice(*span)]
    return "月" in written or (written[:4].isdigit() and not written[:5].isdigit())


def _fraction(written: str) -> Decimal:
    if "/" in written:
        above, below = written.split("/")
        return Decimal(above) / Decimal(below)
    return numerals(written)[0].value


def in_range(quantity: Quantity, text: str) -> bool:
    """Whether the figure is one end of a range (一倍以上五倍以下, 5人至25人, 三至七人)."""
    behind, before = text[quantity.end : quantity.end + 12], text[max(0, quantity.start - 8) : quantity.start]
    return bool(_RANGE.match(behind) or re.match(r"[至—-]", behind) or re.search(r"[至—-]$|以上$", before))


def rewritten(quantity: Quantity, value: Decimal) -> str:
    """Another value of the same unit, written as the clause writes its own: 三十日, 30日, 百分之三."""
    if quantity.measure == "分数":
        return _part(value, arabic=quantity.arabic)
    plain = f"{value.normalize():f}"
    if quantity.digits.startswith("百分之"):
        return "百分之" + (plain if quantity.arabic else _in_chinese(value))
    if quantity.measure == "%":
        return plain + quantity.text[-1]
    return (plain if quantity.arabic else _in_chinese(value)) + quantity.unit


def _in_chinese(value: Decimal) -> str:
    if value != value.to_integral_value():
        whole, decimals = f"{value.normalize():f}".split(".")
        return f"{chinese_numeral(int(whole))}点{''.join('零一二三四五六七八九'[int(digit)] for digit in decimals)}"
    number = int(value)
    if number >= 10_000:
        return chinese_numeral(number // 10_000) + "万" + (chinese_numeral(number % 10_000) if number % 10_000 else "")
    return chinese_numeral(number)


def _part(value: Decimal, *, arabic: bool) -> str:
    for written in _PARTS:
        if abs(_fraction(written) - value) < Decimal("0.001"):
            below, above = written.split("分之")
            signs = "零一二三四五六七八九"
            return f"{signs.index(above)}/{signs.index(below)}" if arabic else written
    raise ValueError(f"no usual fraction is {value}")


def alternatives(quantity: Quantity, near: Iterable[Quantity]) -> list[tuple[Decimal, bool]]:
    """Other values of the figure's measure: first those that ``near`` clauses give (True), then usual ones (False)."""
    found: dict[Decimal, bool] = {}
    for each in near:
        if each.measure == quantity.measure and each.measure != "分数":
            found.setdefault(each.value.normalize(), True)
    usual = [_fraction(each) for each in _PARTS] if quantity.measure == "分数" else _USUAL.get(quantity.measure, ())
    for value in map(Decimal, usual):
        found.setdefault(value.normalize(), False)
    far = _FARTHEST.get(quantity.measure, _FAR)
    low, high = quantity.value / far, quantity.value * far
    return [
        (value, sibling) for value, sibling in found.items()
        if low <= value <= high and abs(value - quantity.value) > Decimal("0.001") and value > 0
        and not (value == 1 and quantity.measure in _TRIVIAL_ONE)
    ]  # fmt: skip


def spread(key: Decimal, values: list[tuple[Decimal, bool]], count: int, rng: Random) -> list[tuple[Decimal, bool]]:
    """``count`` of ``values``, siblings preferred, so that the key's rank among the options gives nothing away."""
    lower = sorted((each for each in values if each[0] < key), key=lambda each: (not each[1], rng.random()))
    higher = sorted((each for each in values if each[0] > key), key=lambda each: (not each[1], rng.random()))
    below = min(rng.randrange(count + 1), len(lower))
    below = max(below, count - len(higher))
    return lower[:below] + higher[: count - below]


def ways(text: str) -> tuple[str, ...]:
    """The ways to write a figure that a search for it should know: 30日 and 三十日."""
    found = quantities(text)
    if len(found) != 1 or found[0].measure in ("分数", "%"):
        return (text,)
    quantity = found[0]
    if quantity.value != quantity.value.to_integral_value() or not 0 < quantity.value < 10_000:
        return (text,)
    plain = (f"{quantity.value.normalize():f}{quantity.unit}", chinese_numeral(int(quantity.value)) + quantity.unit)
    return tuple(dict.fromkeys((text, *plain)))


def leans(text: str, quantity: Quantity) -> int:
    """On which side of a figure a statement with another figure is false beyond doubt: -1 below, 1 above, 0 on both.

    Who has to act within 15 days has to within 30 as well, that he has 7 only is false; who may act within 30 days may
    within 15, that he may within 60 is false. So it is with what is needed (三分之二以上出席才能) and with what is enough
    (五分之一以上提议的), with an age to be reached (年满) and one not to be reached (未满).
    """
    before, behind = text[: quantity.start], text[quantity.end :]
    if re.search(r"(?<!期)[未不]满$|未超过$|提前$", before) or re.match(r"之?内[^，。；]{0,6}不得", behind):
        return 1
    if re.search(r"(?<![期届])满$|连续$", before):
        return -1
    if behind.startswith("前") or _AT_LEAST.search(before):
        return 1
    if behind.startswith("以上"):
        enough = (
            re.match(r"以上[^，。；]*的，", behind)
            or _may(before, behind)
            or re.search(r"不得[^，。；]{0,10}$", before)
        )
        return -1 if enough else 1
    if _AT_MOST.search(before) or re.match(r"之?以?内|以下", behind):
        return 1 if _may(before, behind) else -1
    return 0


def _may(before: str, behind: str) -> bool:
    """Whether the figure belongs to what somebody may do, by the nearest word before it, or else behind it."""
    words = _MODAL.findall(before.rsplit("。", 1)[-1]) or _MODAL.findall(behind)[:1]
    return bool(words) and words[-1] in ("可以", "允许", "有权", "可")


def stands(way: str, text: str) -> bool:
    """Whether ``way`` stands in ``text``, a figure not as the end of a longer one (5日 in 15日)."""
    if not _NUMERIC.match(way):
        return way in text
    return re.search(rf"(?<![{_NUMERAL}]){re.escape(way)}", text) is not None
