"""What a question wants computed: the task, and for each operand the question that asks for its figure.

「农村低保比去年涨了多少」 needs the figures of 「农村低保标准是多少」, 「民非占社会组织的百分之几」 those of 「民非有多少个」 and
「社会组织有多少个」. What is counted or paid is named by the unit that the question asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.answer.amounts import SUBJECT
from assistant.answer.factors import ASKS as ASKS_TIMES
from assistant.answer.factors import Factor, factors
from assistant.answer.lexicon import Lexicon
from assistant.answer.measured import asked_for, counted, how_much, measure_of, standard_of
from assistant.answer.places import Places
from assistant.answer.sides import added, against, asking_sentence, by_year, completed, listed, part_and_whole


class Task(Enum):
    """What is to be computed."""

    CHANGE = "change"  # 比去年涨了多少
    DIFFERENCE = "difference"  # 城乡差多少
    GROWTH = "growth"  # 涨了百分之几
    SUM = "sum"  # 两项一共多少人
    SHARE = "share"  # 占百分之几
    MULTIPLE = "multiple"  # 是几倍
    MEAN = "mean"  # 平均每户几人
    TIMES = "times"  # 一年能领多少, 三口之家一个月多少


_ROSE_CLEARLY = "(?:上?涨|提高|提升|增加|增长|上升|上调|调高|下降|降低|下调|减少)"
_ROSE = f"(?:{_ROSE_CLEARLY}|[加多升降少])"
_UNTIL_IT_ROSE = "(?:还?[没未])?(?:涨价?|调整?|上调|提高|提标|调标|增加|加钱?|改)了?(?:之前|以前|前)"
_BEFORE = (
    rf"(?:(?:对?比|较|跟|和|与|同)起?)?(?:{_UNTIL_IT_ROSE}|去年|上一?年度?|前一?年|以前|从前|原来|原先|之前|过去|上次|[原老旧]标准)"
    r"(?:的?时候)?(?:相?比)?(?:的?标准)?"
)
_THAN_NOW = "比?(?:现在|如今|目前|眼下)"
_TOTAL = "(?:，|一共|总共|合计|累计|到底|大概|又|都|各|分别)*"
_THAN_BEFORE = f"(?:{_BEFORE})?{_TOTAL}"
_HOW_MUCH = "(?:多少|几)[块元]?钱?"
_PERCENT = "(?:百分之(?:几|多少)|几个百分点|多少个?百分点|百分比|百分数|几成|多少%)"
_AS = "(?:是|等于|相当于|按|折合?成?|约?合|算成|[折换]算成)"
_RATE = "的?(?:[涨增升降]幅|增长率|(?:提高|上调|增长|上涨|增加|调整)的?(?:幅度|比例))"
_PARTED = "(?:之间)?的?(?:标准)?(?:到底)?"
_APART = (
    rf"{_PARTED}(?:相差|差距|差额|差)了?[是有]?(?:{_HOW_MUCH}|多大)|{_PARTED}(?:相差|差距|差额)(?=[？?。]?$)"
    rf"|(?<![至最不提升调])更?[高多低少](?:出|出来)?[拿领发得给补]?了?{_HOW_MUCH}"
    r"|(?<=\d{4}年\d{4}年)更[高多低少](?=.*多少)"
)
_MORE_OR_LESS = "(?:高|多|涨|增加|提高|上升)了?，?(?:还是|或者?)(?:低|少|降|减少|降低|下降|跌)了?"
_CHANGED = "[怎咋]么变[的化]?|有(?:什么|多大|啥)变化"
_FRACTION = rf"(?:{_PERCENT}|几分之几|(?:多大|多少|什么|多高)?的?(?:比例|比重|份额))"
_SHARE = rf"(?:占比|所?占(?:了|到|的)?(?=[^，,。；]{{0,24}}?(?:{_FRACTION}|多少(?:[？?。]?$))))"
_TIMES_AS = r"(?:是|相当于|等于|为|达到?)了?(?=[^，,。；]{2,30}?(?:的?(?:几|多少)倍))"
_MEAN = (
    r"(?:平均|均摊|摊)(?:下来|到|算)?，?(?:每一?|[一1]|到?每?)?个?"
    r"(?P<per>户|家庭|家|人次|(?:低保|特困|供养|救助)?(?:对象|人员)|人|名|位|个月|月)(?=[^。；]*(?:多少|几))"
    r"|(?P<each>[户人月])均(?=[^，,。；]{0,6}(?:多少|几|发|领|拿|补|人口))"
)
_PATTERNS: tuple[tuple[Task, str], ...] = (
    (Task.CHANGE, rf"{_THAN_BEFORE}(?:{_ROSE}了|{_ROSE_CLEARLY}是?){_HOW_MUCH}"),
    (Task.CHANGE, rf"{_BEFORE}{_TOTAL}(?:{_THAN_NOW})?(?:[高多涨低少](?:出|出来)?了?{_HOW_MUCH}|{_MORE_OR_LESS})"),
    (Task.DIFFERENCE, f"{_APART}|{_MORE_OR_LESS}|{_CHANGED}"),
    (Task.GROWTH, rf"{_THAN_BEFORE}(?:{_ROSE}出?了?有?{_PERCENT}|[高低]出?了?{_PERCENT}|{_RATE})"),
    (Task.GROWTH, rf"{_THAN_BEFORE}{_ROSE_CLEARLY}了?(?:的?(?:金额|数额|额度|部分|钱))?{_AS}{_PERCENT}"),
    (Task.GROWTH, rf"{_ROSE_CLEARLY}(?=[^，,。；到至]{{2,24}}{_PERCENT}[？?]?$)"),
    (Task.CHANGE, rf"{_ROSE_CLEARLY}(?![后之以的幅])(?=[^，,。；到至为百幅率]{{2,24}}多少[块元]?钱?[？?]?$)"),
    (
        Task.SUM,
        "合计|加起来|加在一起|加到一起|加总|相加|总共|一共|合起来|合在一起|共计|总和|总计|拢共"
        "|(?=加上[^。；？?]{2,30}(?:多少|几))",
    ),
    (Task.SHARE, _SHARE),
    (Task.MULTIPLE, _TIMES_AS),
    (Task.MEAN, _MEAN),
)
_TASKS = tuple((task, re.compile(pattern)) for task, pattern in _PATTERNS)
_ASKS = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for _, pattern in _PATTERNS))
ADDED_UP = re.compile("加起来|加在一起|加到一起|加总|相加|合起来|合在一起|总和|加上")
"""Asks for a sum whatever is listed, as 一共多少 does not."""
_ALSO_PERCENT = re.compile(rf"[，,、和]\s*(?:也?就是|即)?{_AS}?{_PERCENT}")
"""Asked behind a change: 涨了多少元，合百分之几."""
_RATES = re.compile(_RATE)
_THAN = re.compile("^(?:那|这|它|这个|那个)?么?比")
"""Compares with something that is not named: 那比特困供养金多出多少."""
_RISE = frozenset({Task.CHANGE, Task.DIFFERENCE, Task.GROWTH})
RATIO = frozenset({Task.SHARE, Task.MULTIPLE, Task.MEAN})
_ASIDE = re.compile(r"[（(][^（()）\d]+[）)]")
_GIVEN = re.compile(
    r"[从由]?\d+(?:\.\d+)?[元块]?钱?[，,]?(?:上?涨|加|提高|上?调整?|升|增加|变)(?:到|成|为)了?\d+(?:\.\d+)?[元块]?钱?"
)
"""The values that the person who asks gives along: 从1359加到1484."""
_YEAR = re.compile(r"\d{4}年?")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_PAID_OUT = re.compile("[万亿]元|发放|发出|支出|花[了费掉]|[发付]了|多少[人户个]")
"""Said of what is counted over a year and not paid each month."""
_LIST = re.compile(
    "[这那]?[两俩几三][项样种笔类份](?!补|残|救|待|标)(?:[钱人]?(?:都|全)?[领拿有享]?受?)?|(?:连|包括)?在内"
)
"""What a question says of its own list (两样, 这两笔钱)."""
_WHEREABOUTS = re.compile(
    "[住放养留]?在?(?:(?:儿童)?(?:福利|养老|敬老)(?:院|机构|中心)|(?:亲戚|亲人|祖父母|爷爷奶奶|外公外婆|自己)家)里?面?的?(?=集中|分散|散居)"
)
"""Where somebody is brought up, which 集中供养 and 散居 say already."""
_WHOLE = re.compile("[里中]面?(?:的|头)?，?|当中的?，?|之中，?|其中，?")
_SHARE_END = re.compile(rf"的?(?:{_FRACTION}|多少|[是有为？?。])+$")
_MEAN_END = re.compile(r"(?:的?(?:人口|人数))?(?:[有是为]|大约|约)*(?:多少|几).*$")
_TIMES_END = re.compile("的?(?:几|多少)倍.*$")


@dataclass(frozen=True, slots=True)
class Computation:
    """What is to be computed in ``question``, and for each side the questions for its figures, the fullest first.

    Of two years the later comes first. ``unit`` is the one that the result or its operands are asked for in, empty where
    it is left open; ``factors`` are what a monthly amount is multiplied by. Where a computation is ``certain`` to be asked
    for, one of its operands does not answer the question.
    """

    tasks: tuple[Task, ...]
    sides: tuple[tuple[str, ...], ...]
    certain: bool = False
    question: str = ""
    unit: str = ""
    factors: tuple[Factor, ...] = ()

    @property
    def least(self) -> int:
        """How many figures each side has to give: of one side there are several to add up."""
        return 2 if Task.SUM in self.tasks and len(self.sides) == 1 else 1


def computation(question: str, lexicon: Lexicon, places: Places) -> Computation | None:
    """What a question wants computed; ``None`` where it asks for nothing of the kind."""
    whole = _ASIDE.sub("", question)
    multiplied = factors(whole)
    asks = ASKS_TIMES if multiplied and not _ASKS.search(whole) else _ASKS
    question = asking_sentence(whole, asks, lexicon, places)
    found: dict[Task, re.Match[str]] = {}
    for task, asked in _TASKS:
        if match := asked.search(question):
            found.setdefault(task, match)
    if Task.CHANGE in found:
        found.pop(Task.DIFFERENCE, None)
    if _PAID_OUT.search(question):
        multiplied = ()
    ratio = next((task for task in found if task in RATIO), None)
    if ratio and (made := _ratio(question, ratio, found[ratio], lexicon, places)):
        return made
    if found.keys() & _RISE:
        return _rise(question, found, multiplied, lexicon, places)
    if Task.SUM in found or multiplied:
        return _total(question, Task.SUM in found, multiplied, lexicon, places)
    return None


def _ratio(question: str, task: Task, asked: re.Match[str], lexicon: Lexicon, places: Places) -> Computation | None:
    """What is divided by what: a part by the whole, one by another, what there is by those that share it."""
    if task is Task.MEAN:
        return _mean(question, asked, lexicon, places)
    parts = _part_and_whole(question, asked) if task is Task.SHARE else _one_and_other(question, asked)
    unit = asked_for(question, asked.end()) or counted("".join(parts)) or ("人" if task is Task.SHARE else "")
    if task is Task.MULTIPLE and (two_years := by_year("".join(parts))):
        return _of_sides((task,), [(each,) for each in two_years], question, unit)
    is_of_known = task is Task.SHARE and any(mention.term.group == SUBJECT for mention in lexicon.mentions(parts[0]))
    if not _WORDS.search(parts[0]) or not (is_of_known or _WORDS.search(parts[1])):
        return None
    if task is Task.SHARE:
        return _of_sides((task,), [(each,) for each in part_and_whole(*parts, lexicon, places)], question, unit)
    return _of_sides((task,), completed(parts, lexicon, places), question, unit)


def _part_and_whole(question: str, asked: re.Match[str]) -> tuple[str, str]:
    """A and B of A占B的百分之几, of B里A占几成 and of B中A的占比."""
    before, behind = question[: asked.start()].rstrip("的，, "), _SHARE_END.sub("", question[asked.end() :])
    if _WORDS.search(behind):
        return before, behind.strip("的，, ")
    within = _WHOLE.search(before)
    return (before[within.end() :], before[: within.start()]) if within else (before, "")


def _one_and_other(question: str, asked: re.Match[str]) -> tuple[str, str]:
    return question[: asked.start()], _TIMES_END.sub("", question[asked.end() :])


def _mean(question: str, asked: re.Match[str], lexicon: Lexicon, places: Places) -> Computation | None:
    """平均每户几人: the number of people over that of households."""
    per = asked["per"] or asked["each"]
    of_what = question[: asked.start()].rstrip("的，, ")
    behind = _MEAN_END.sub("", question[asked.end() :])
    if not lexicon.mentions(of_what):
        of_what = f"{of_what}{behind if asked['each'] else per}"
    unit = asked_for(question, asked.end()) or counted(question[asked.end() :], only_said=True)
    below = {"户": "户", "家": "户", "家庭": "户", "人次": "人次", "月": "", "个月": ""}.get(per, "人")
    if not below or not lexicon.mentions(of_what):
        return None
    above = "万元" if unit in ("", "元", "万元") else unit
    sides = ((measure_of(of_what, above),), (measure_of(of_what, below),))
    return Computation((Task.MEAN,), sides, certain=True, question=question, unit="")


def _rise(
    question: str, found: dict[Task, re.Match[str]], multiplied: tuple[Factor, ...], lexicon: Lexicon, places: Places
) -> Computation | None:
    """How far two values are apart: of the thing before and now, of two years, or of two things."""
    asked = [match for task, match in found.items() if task in _RISE]
    start, end = min(each.start() for each in asked), max(each.end() for each in asked)
    unit = "" if Task.GROWTH in found else asked_for(question, start)
    of_what = _of_what(question, start, end, places)
    tasks = tuple(task for task in found if task in _RISE)
    if Task.DIFFERENCE in found and multiplied:
        tasks = (*tasks, Task.TIMES)
    for each in multiplied:
        of_what = of_what.replace(each.said, "")
    if Task.GROWTH not in tasks and _ALSO_PERCENT.search(question):
        tasks = (*tasks, Task.GROWTH)
    if unit in ("", "个"):
        unit = counted(of_what, only_said=True) or unit
    if len(_RATES.findall(question)) > 1:
        return Computation(tasks, (), certain=True, question=question)
    if sides := against(of_what, lexicon, places, listed_too=Task.DIFFERENCE in found):
        return _of_sides(tasks, sides, question, unit, multiplied)
    if two_years := by_year(of_what):
        return _of_sides(tasks, [(each,) for each in two_years], question, unit)
    if tasks[0] is Task.DIFFERENCE:
        return Computation(tasks, (), certain=True, question=question) if _THAN.search(question[:start]) else None
    return _of_sides(tasks, [(of_what,)], question, unit)


def _of_what(question: str, start: int, end: int, places: Places) -> str:
    """What is asked about: what stands before the asking, or behind it where that names nothing but years and places."""
    before = _GIVEN.sub("", question[:start])
    if _WORDS.search(places.without_names(_YEAR.sub("", before))):
        return before
    return f"{before}{re.sub(f'{_PERCENT}[？?。]?$', '', question[end:])}"


def _of_sides(
    tasks: tuple[Task, ...],
    sides: Sequence[Sequence[str]],
    question: str,
    unit: str,
    multiplied: tuple[Factor, ...] = (),
) -> Computation:
    named = ((*side, *(_WHEREABOUTS.sub("", each) for each in side)) for side in sides)
    asks = tuple(tuple(dict.fromkeys(measure_of(each, unit) for each in side)) for side in named)
    return Computation(tasks, asks, certain=True, question=question, unit=unit, factors=multiplied)


def _total(
    question: str, is_sum: bool, multiplied: tuple[Factor, ...], lexicon: Lexicon, places: Places
) -> Computation | None:
    """What is added up: the sums of two things, the months of a year, or both."""
    tasks = (*((Task.SUM,) if is_sum else ()), *((Task.TIMES,) if multiplied else ()))
    needed = _LIST.sub("", dict(_TASKS)[Task.SUM].sub("", question)) if is_sum else question
    for each in multiplied:
        needed = needed.replace(each.said, each.instead, 1)
    sides = listed(needed, lexicon, places) if is_sum else ()
    if len(sides) < 2 and ADDED_UP.search(question):
        sides = added(needed, lexicon, places)
    certain = len(sides) > 1 or any(each.certain for each in multiplied)
    unit = asked_for(question, 0) if is_sum else ""
    for_people = any(each.per == "人" for each in multiplied)
    monthly = (standard_of(needed),) if for_people or (is_sum and (multiplied or "月" in needed)) else ()
    asks = tuple(tuple(map(how_much, each)) for each in sides) if len(sides) > 1 else ((needed, *monthly),)
    return Computation(tasks, asks, certain, question, unit, multiplied)
