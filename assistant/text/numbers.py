"""Numbers as Chinese documents write them: 731, 6257.0246万, 三十, 百分之二十, 1.6倍, 2021—2025.

Arabic, full-width and Chinese numerals are read as exact decimals, so that 三十日 and 30日 compare equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CHINESE = "零〇○一二两三四五六七八九十百千万亿"
_ARABIC = r"[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")

_NUMERAL = re.compile(
    rf"(?P<percent>百分之(?P<percent_of>[{_CHINESE}]+(?:点[{_CHINESE}]+)?|{_ARABIC}))"
    rf"|(?P<fraction>(?P<below>[{_CHINESE}]+)分之(?P<above>[{_CHINESE}]+))"
    rf"|(?P<arabic>{_ARABIC})\s?(?P<scale>[万亿千百]+)?(?P<sign>[%％])?"
    rf"|(?P<chinese>[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``[start, end)`` of a text. ``percent`` tells 20% and 百分之二十 (value 20) from a plain 20."""

    start: int
    end: int
    value: Decimal
    percent: bool = False


def chinese_value(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral (二十一, 一千二百六十, 二〇二一, 三点五), or ``None`` where it is not one."""
    whole, _, decimals = numeral.partition("点")
    if not whole or any(char not in _CHINESE for char in whole + decimals):
        return None
    if all(char in _DIGITS for char in whole):
        value = int("".join(str(_DIGITS[char]) for char in whole))
    else:
        value = _positional(whole)
    if not decimals:
        return Decimal(value)
    if any(char not in _DIGITS for char in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[char]) for char in decimals)}")


def _positional(numeral: str) -> int:
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total = (total + section + digit) * _LARGE[char] or _LARGE[char]
            section = digit = 0
    return total + section + digit


def chinese_numeral(number: int) -> str:
    """A number from 1 to 9999 as articles are numbered: 十二, 一百零二, 一千二百六十. Raises ``ValueError`` outside."""
    if not 0 < number < 10_000:
        raise ValueError(f"no article is numbered {number}")
    digits = "零一二三四五六七八九"
    written = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number_left = divmod(number, size)
        number = number_left
        if digit:
            written += digits[digit] + unit
        elif written and number and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def arabic_value(numeral: str) -> Decimal:
    """The value of Arabic digits, full-width ones included, an ASCII comma as thousands separator."""
    return Decimal(numeral.translate(_FULL_WIDTH).replace(",", ""))


def numerals(text: str) -> list[Numeral]:
    """Every number in ``text``, in order. A scale belongs to its number: 6257.0246万 is 62570246."""
    found = []
    for match in _NUMERAL.finditer(text):
        numeral = _read(match)
        if numeral is not None:
            found.append(numeral)
    return found


def _read(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["percent"]:
        part = match["percent_of"]
        value = chinese_value(part) if part[0] in _CHINESE else arabic_value(part)
        return None if value is None else Numeral(start, end, value, percent=True)
    if match["fraction"]:
        below, above = chinese_value(match["below"]), chinese_value(match["above"])
        return Numeral(start, end, above / below) if below and above is not None else None
    if match["arabic"]:
        value = arabic_value(match["arabic"])
        for char in match["scale"] or "":
            value *= _SMALL.get(char) or _LARGE[char]
        return Numeral(start, end, value, percent=bool(match["sign"]))
    value = chinese_value(match["chinese"])
    return None if value is None else Numeral(start, end, value)


def values(text: str) -> set[tuple[Decimal, bool]]:
    """The numbers of ``text`` as (value, is a percentage), for comparing texts whatever the script of the digits."""
    return {(numeral.value.normalize(), numeral.percent) for numeral in numerals(text)}


def plain(value: Decimal) -> str:
    """A number as a clerk writes it: no exponent, no zeros behind the point, no grouping (62570246, 3.82)."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
