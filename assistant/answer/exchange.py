"""A question with one of its parts exchanged for that of a follow-up: its year, what it counts, a noun."""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.answer import leaning
from assistant.text.numbers import chinese_value

_RELATIVE = ("前年", "去年", "今年", "明年", "后年")
_SHORTEST_PART = 2
_COUNTS = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3}


def year_on(core: str, earlier: str) -> str:
    """``core`` with the year that it counts from the question before: 再往前一年 behind 2021年 is 2020年."""
    said, known = leaning.YEARS_ON.search(core), leaning.YEAR.search(earlier)
    if not said or not known:
        return core
    count = _COUNTS.get(said["count"] or "一", 1)
    if count > 1 and not re.match("[再又更往向]", said.group()):
        return core  # 前两年 are the last two years
    year = _moved(known.group(), -count if said["back"] else count)
    return f"{core[: said.start()]}{year}{core[said.end() :]}" if year else core


def dated(time: str, pattern: re.Pattern[str], earlier: str) -> str:
    """``earlier`` with ``time`` for the one that it has, else before it."""
    old = pattern.search(earlier)
    return f"{earlier[: old.start()]}{time}{pattern.sub('', earlier[old.end() :])}" if old else f"{time}{earlier}"


def _moved(year: str, step: int) -> str:
    if digits := re.match(r"(?:19|20)\d{2}", year):
        return f"{int(digits.group()) + step}年"
    place = _RELATIVE.index(year) + step if year in _RELATIVE else -1
    return _RELATIVE[place] if 0 <= place < len(_RELATIVE) else ""


def counted(rest: str, result: str) -> tuple[str, str] | None:
    """What is left of a follow-up that asks for an amount, and the question asking for that one.

    None where the question before asked for no amount, or for money and not for a count.
    """
    if re.search("多少|几", rest) and not re.search("多少|几|标准|金额|[人户]数|费", result):
        return None
    asked, before = leaning.COUNT.search(rest), leaning.COUNT.search(result)
    if asked and (bare := leaning.BARE_COUNT.search(result)) and not before and asked["unit"] not in leaning.MONEY:
        return rest.replace(asked.group(), "", 1), f"{result[: bare.start()]}{asked.group()}{result[bare.end() :]}"
    if not asked or not before:
        return rest, result
    units, others = _counted_alike(asked["unit"]), _counted_alike(before["unit"])
    left = f"{rest[: asked.start()]}{rest[asked.end() :]}"
    if units == others:
        return left, result
    if leaning.MONEY in (units, others):
        return None
    return left, f"{result[: before.start()]}{asked.group()}{result[before.end() :]}"


def _counted_alike(unit: str) -> frozenset[str]:
    return next(units for units in leaning.SAME_UNITS if unit in units)


def amount_before(earlier: str, asked: str) -> str:
    """The question for an amount as it was before: 提高之前 where the follow-up speaks of a change, else its own word."""
    said = leaning.BEFORE.match(asked)
    if not said or not re.search("多少|几|标准|金额|费", earlier):
        return ""
    word = "提高之前" if said["change"] else asked[: said.end()].strip("在的")[:2]
    place = leaning.AMOUNT.search(earlier)
    where = place.start() if place else len(earlier)
    return f"{earlier[:where]}{word}{earlier[where:] or '是多少'}"


def noun(earlier: str, old: str, new: str) -> str:
    """``earlier`` with ``new`` for ``old``, and with it whom the two name: 居民 for 村民 where it is 居民委员会."""
    text = earlier.replace(old, new, 1)
    same = next((size for size in range(min(len(old), len(new)) - 1, 0, -1) if old[-size:] == new[-size:]), 0)
    if same < 3:
        return text
    one, other = (f"{each[:-same]}{each[-same]}" for each in (old, new))
    return text.replace(one, other) if len(one) > 1 and one not in other else text


def compared(earlier: str, core: str) -> str:
    """What was asked about before what the follow-up sets it against, or what it compares: 农村低保标准比城镇少多少."""
    if than_it := leaning.THAN_IT.match(core):
        return f"{_asked_of(earlier)}和{than_it['other']}相差{than_it['much']}"
    return f"{_asked_of(earlier)}{core}"


def both(one: str, other: str, core: str) -> str:
    """Two questions that differ in one part taken together: 农村和城镇低保标准差多少; nothing where they do not."""
    if not leaning.BOTH.match(core):
        return ""
    before, *parts, behind = _parted(one, other)
    if min(map(len, parts)) < _SHORTEST_PART or 2 * len(before + behind) < max(map(len, parts)):
        return ""
    operation = re.search("加|合|相?差|一共|总共", core)
    asked = core[operation.start() :] if operation else core
    how_much = "" if re.search("多少|几", asked) else "多少"
    return f"{_asked_of(f'{before}{parts[0]}和{parts[1]}{behind}')}{asked}{how_much}"


def _parted(one: str, other: str) -> tuple[str, str, str, str]:
    """What two questions begin with alike, the part in which each differs, a year whole, and what they end with alike."""
    start = _alike(one, other)
    start -= len(one[:start]) - len(one[:start].rstrip("0123456789"))
    end = _alike(one[start:][::-1], other[start:][::-1])
    behind = one[len(one) - end :]
    year = "年" if behind.startswith("年") and one[start : start + 1].isdigit() else ""
    own, others = (f"{each[start : len(each) - end]}{year}" for each in (one, other))
    return one[:start], own, others, behind.removeprefix(year)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _asked_of(question: str) -> str:
    """A question for an amount without the asking: 低保户数 of 低保有多少户."""
    named = re.sub("有?(?:多少|几)个?(?=[户人])(.)", r"\1数", question)
    return re.sub(
        "(?:现在)?(?:每个?月|每人)*(?:能|可以)?(?:[领拿发给收]|是|有|为|要)*(?:多少|几)(?:钱|元|个|块)?(?:每个?月)?$",
        "",
        named,
    )


def version_now(earlier: str, core: str) -> str:
    """The question before as of today, where it asked for an earlier version; nothing where it did not."""
    left = re.sub(rf"(?:{leaning.YEAR.pattern})的?", "", leaning.OLD.sub("", earlier))
    return f"现在{left}" if leaning.NOW.match(core) and left != earlier else ""


def with_limit(rest: str, result: str) -> str:
    """The exchanged question, with 最低 or 以前 where the follow-up has it; nothing where more is left over."""
    limit = leaning.LIMIT.search(rest)
    left = leaning.EMPTY.sub("", rest.replace(limit.group(), "", 1) if limit else rest)
    if left or not limit or limit.group() in result:
        return "" if left else result
    measure = "标准" if "标准" in rest and "标准" not in result else ""
    return re.sub("(?=标准|是?多少)", f"{limit.group()}{measure}", result, count=1)


def other_limit(core: str, earlier: str) -> str:
    """The question before with the other end of its limit: 最多 for 最少; nothing where it has not that one."""
    said = leaning.ONLY_LIMIT.match(core)
    old = leaning.OPPOSITE.get(said["limit"], "") if said else ""
    return earlier.replace(old, said["limit"], 1) if said and old and old in earlier else ""


def next_article(article: str, step: int) -> str:
    """The article before or behind: 第二十三条 behind 第二十二条."""
    numeral = article.strip("第条")
    value = int(numeral) if numeral.isascii() else int(chinese_value(numeral) or 1)
    return f"第{max(1, value + step)}条"
