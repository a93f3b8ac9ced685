"""Arithmetic that shows its work: how much more than before, how far apart, in a year, together.

A question that asks for such a result is put as one for the cited figures that it needs, or as one for each side; from
those the result is computed and written out. Nothing is computed from figures of different units, measures or years, and
where a result is clearly asked for and cannot be computed, none of its operands is given in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import CLASS, NATIONAL, Places
from assistant.answer.sides import against, asking_sentence, by_year, listed, years
from assistant.text.numbers import numerals, plain
from assistant.types import Answer, Calculation, Citation, Figure, Refusal, Sentence

MONTHS = 12
_HUNDREDTH = Decimal("0.01")


class Task(Enum):
    """What is to be computed."""

    CHANGE = "change"  # 比去年涨了多少
    DIFFERENCE = "difference"  # 城乡差多少
    GROWTH = "growth"  # 涨了百分之几
    SUM = "sum"  # 两项一共多少人
    YEAR = "year"  # 一年能领多少


_ROSE_CLEARLY = "(?:上?涨|提高|提升|增加|增长|上升|上调|调高|下降|降低|下调|减少)"
_ROSE = f"(?:{_ROSE_CLEARLY}|[加多升降少])"
_BEFORE = (
    r"(?:(?:对?比|较|跟|和|与|同)起?)?(?:去年|上一?年度?|前一?年|以前|从前|原来|原先|之前|过去|调整?前|上次|[原老旧]标准)"
    r"(?:的?时候)?(?:相?比)?(?:的?标准)?"
)
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
_ALL_YEAR = r"(?<![\d〇零一二三四五六七八九])(?:一整?年(?:到头|下来)?|整年|全年|每年|1年|(?:12|十二)个月)"
_PATTERNS: tuple[tuple[Task, str], ...] = (
    (Task.CHANGE, rf"{_THAN_BEFORE}(?:{_ROSE}了|{_ROSE_CLEARLY}){_HOW_MUCH}"),
    (Task.CHANGE, rf"{_BEFORE}{_TOTAL}(?:[高多涨低少](?:出|出来)?了?{_HOW_MUCH}|{_MORE_OR_LESS})"),
    (Task.DIFFERENCE, f"{_APART}|{_MORE_OR_LESS}|{_CHANGED}"),
    (Task.GROWTH, rf"{_THAN_BEFORE}(?:{_ROSE}出?了?有?{_PERCENT}|[高低]出?了?{_PERCENT}|{_RATE})"),
    (Task.GROWTH, rf"{_THAN_BEFORE}{_ROSE_CLEARLY}了?(?:的?(?:金额|数额|额度|部分|钱))?{_AS}{_PERCENT}"),
    (Task.SUM, "合计|加起来|加在一起|加到一起|加总|相加|总共|一共|合起来|合在一起|共计|总和|总计|拢共"),
    (Task.YEAR, rf"{_ALL_YEAR}(?=.{{0,14}}(?:多少|几))"),
)
_TASKS = tuple((task, re.compile(pattern)) for task, pattern in _PATTERNS)
_ASKS = re.compile("|".join(pattern for _, pattern in _PATTERNS))
_ALSO_PERCENT = re.compile(rf"[，,、和]\s*(?:也?就是|即)?{_AS}?{_PERCENT}")
"""Asked behind a change: 涨了多少元，合百分之几."""
_RISE = frozenset({Task.CHANGE, Task.DIFFERENCE, Task.GROWTH})
_ASIDE = re.compile(r"[（(][^（()）\d]+[）)]")
_GIVEN = re.compile(
    r"[从由]?\d+(?:\.\d+)?[元块]?钱?[，,]?(?:上?涨|加|提高|上?调整?|升|增加|变)(?:到|成|为)了?\d+(?:\.\d+)?[元块]?钱?"
)
"""The values that the person who asks gives along: 从1359加到1484."""
_YEAR = re.compile(r"\d{4}年?")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_HOW_MANY = re.compile("多少|几")
_IS_HOW_MUCH = re.compile("是?(?:多少|几)[元块]?钱?[？?。]?$")
_LARGE = re.compile("[万亿]元")
_PAID_OUT = re.compile("[万亿]元|发放|发出|支出|花[了费掉]|[发付]了|多少[人户个]")
"""Said of what is counted over a year and not paid each month."""
_STATED_GROWTH = re.compile(rf"[，,][^，,；。]{{0,8}}{_ROSE_CLEARLY}[^，,；。]{{0,3}}?\d[\d.]*[%％]")
_LIST = re.compile("[这那]?[两俩几三][项样种笔类份](?!补|残|救|待|标)")
"""What a question says of its own list (两样, 这两笔钱)."""


@dataclass(frozen=True, slots=True)
class Computation:
    """What is to be computed, and for each side the questions for its figures, the fullest first.

    Of two years the later comes first. Where a computation is ``certain`` to be asked for, one of its operands does not
    answer the question.
    """

    tasks: tuple[Task, ...]
    sides: tuple[tuple[str, ...], ...]
    certain: bool = False


def computation(question: str, lexicon: Lexicon, places: Places) -> Computation | None:
    """What a question wants computed; ``None`` where it asks for nothing of the kind.

    「农村低保比去年涨了多少」 needs the figures of 「农村低保标准是多少」.
    """
    question = asking_sentence(_ASIDE.sub("", question), _ASKS, lexicon, places)
    found: dict[Task, re.Match[str]] = {}
    for task, asked in _TASKS:
        if match := asked.search(question):
            found.setdefault(task, match)
    if Task.CHANGE in found:
        found.pop(Task.DIFFERENCE, None)
    if _PAID_OUT.search(question):
        found.pop(Task.YEAR, None)
    if found.keys() & _RISE:
        return _rise(question, found, lexicon, places)
    if found:
        return _total(question, tuple(found), lexicon, places)
    return None


def _rise(question: str, found: dict[Task, re.Match[str]], lexicon: Lexicon, places: Places) -> Computation | None:
    """How far two values are apart: of the thing before and now, of two years, or of two things."""
    asked = [match for task, match in found.items() if task in _RISE]
    of_what = _of_what(question, min(each.start() for each in asked), max(each.end() for each in asked))
    tasks = tuple(task for task in found if task in _RISE or (task is Task.YEAR and Task.DIFFERENCE in found))
    if Task.YEAR in tasks:
        of_what = re.sub(_ALL_YEAR, "", of_what)
    if Task.GROWTH not in tasks and _ALSO_PERCENT.search(question):
        tasks = (*tasks, Task.GROWTH)
    if sides := against(of_what, lexicon, places, listed_too=Task.DIFFERENCE in found):
        return Computation(tasks, tuple(tuple(map(_standard, each)) for each in sides), certain=True)
    if two_years := by_year(of_what):
        return Computation(tasks, tuple((_standard(each),) for each in two_years), certain=True)
    if tasks[0] is Task.DIFFERENCE:
        return None
    return Computation(tasks, ((_standard(of_what),),), certain=True)


def _of_what(question: str, start: int, end: int) -> str:
    """What is asked about: what stands before the asking, or behind it where that names nothing but years."""
    before = _GIVEN.sub("", question[:start])
    return before if _WORDS.search(_YEAR.sub("", before)) else f"{before}{question[end:]}"


def _standard(of_what: str) -> str:
    """The question for the figure of what is asked about, which is a standard where nothing else is said."""
    of_what = _IS_HOW_MUCH.sub("", of_what).rstrip("，,。？?、的是 ")
    if _HOW_MANY.search(of_what):
        return of_what
    return f"{of_what}{'' if '标准' in of_what else '标准'}是多少"


def _total(question: str, tasks: tuple[Task, ...], lexicon: Lexicon, places: Places) -> Computation:
    """What is added up: the sums of two things, the months of a year, or both."""
    patterns = dict(_TASKS)
    needed = _LIST.sub("", patterns[Task.SUM].sub("", question)) if Task.SUM in tasks else question
    if Task.YEAR in tasks:
        needed = patterns[Task.YEAR].sub("每月", needed, count=1)
    sides = listed(needed, lexicon, places) if Task.SUM in tasks else ()
    if len(sides) > 1:
        return Computation(tasks, tuple(tuple(map(_how_much, each)) for each in sides), certain=True)
    return Computation(tasks, ((needed,),))


def _how_much(of_what: str) -> str:
    if _HOW_MANY.search(of_what):
        return of_what
    return f"{of_what}发放多少万元" if _LARGE.search(of_what) else f"{of_what}是多少"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two values of which one is compared with the other: that of ``one`` with ``other``, or else with its earlier one."""

    one: Figure
    other: Figure | None = None

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        """The value of the one and that of the other."""
        return self.one.value, self.other.value if self.other else self.one.earlier or Decimal(0)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The operands."""
        return (self.one, self.other) if self.other else (self.one,)

    def says(self, higher: str, lower: str) -> str:
        """In words which is higher: 城镇低保比农村低保高."""
        one, other = self.values
        verb = higher if one >= other else lower
        if self.other is None:
            return f"{_name(self.one)}比原来{verb}"
        names = _told_apart(self.one, self.other)
        return f"{names[0]}比{names[1]}{verb}" if names else f"{_name(self.one)}，前者比后者{verb}"


def operands(side: Sequence[str], ask: Callable[[str], Answer], places: Places) -> Answer:
    """The answer to the first question of a side that gives figures which fit it, with those only; else to the last."""
    for question in side:
        answer = ask(question)
        answer = replace(answer, figures=tuple(each for each in answer.figures if _fits(each, question, places)))
        if answer.figures:
            break
    return answer


def calculated(asked: Computation, sides: Sequence[Answer], places: Places) -> Answer | None:
    """The results over the operands of each side; ``None`` where they cannot be computed."""
    if not all(side.figures for side in sides):
        return None
    sides = _with_shared_citations(sides)
    if _RISE.isdisjoint(asked.tasks):
        return _with_results(sides, _totals(asked.tasks, [side.figures for side in sides]), ())
    pairs = _pairs(sides, places)
    said = [note for pair in pairs if Task.GROWTH in asked.tasks for note in _stated_otherwise(pair.one)]
    if Task.GROWTH in asked.tasks:
        sides = [replace(side, sentences=tuple(map(_with_stated_growth, side.sentences))) for side in sides]
    return _with_results(sides, [result for pair in pairs for result in _of_pair(pair, asked.tasks)], said)


def _with_stated_growth(sentence: Sentence) -> Sentence:
    """The sentence of a figure, up to the growth where the document states it in the next clause: 比上年提高3.82%."""
    _, said, behind = sentence.citations[0].quote.partition(sentence.text)
    stated = _STATED_GROWTH.match(behind) if said else None
    return replace(sentence, text=f"{said}{stated.group()}") if stated else sentence


def _fits(figure: Figure, question: str, places: Places) -> bool:
    """Whether a figure is of some time, and of the very year, place and class that a side names, not of one near to it."""
    text = f"{figure.citation.quote}{figure.citation.passage.text}"
    named = places.named(question)
    of_place = not named or (figure.region or NATIONAL) in named or bool(set(places.named(text)) & set(named))
    year = _year_of(figure)
    return (
        bool(figure.period)
        and of_place
        and all(said in figure.citation.quote for said in CLASS.findall(question))
        and all(said == str(year) for said in years(question))
    )


def _year_of(figure: Figure) -> int | None:
    """The year that a figure holds for: that of its period, or the one before where the period replaced it."""
    said = re.search(r"\d{4}", figure.period)
    return int(said[0]) - ("以前" in figure.period) if said else None


def _pairs(sides: Sequence[Answer], places: Places) -> list[_Pair]:
    """What is compared with what: a figure with its earlier value, or those of two sides, of one category where both have
    several, and of two places only where the sides name them apart."""
    if len(sides) == 1:
        return [_Pair(each) for each in sides[0].figures if each.earlier]
    ones, others = (side.figures for side in sides)
    several = len(ones) > 1 and len(others) > 1
    apart = len({places.named(side.question) for side in sides}) > 1
    years_said = all(years(side.question) for side in sides)
    return [
        _Pair(one, other)
        for one in ones
        for other in others
        if (not several or one.category == other.category != "")
        and _alike(one, other, whatever_year=years_said)
        and (one.region == other.region or apart)
    ]


def _of_pair(pair: _Pair, tasks: Sequence[Task]) -> list[Calculation]:
    if Task.DIFFERENCE in tasks and pair.other and pair.values[0] < pair.values[1]:
        pair = _Pair(pair.other, pair.one)
    made = [_apart(pair)] if set(tasks) & {Task.CHANGE, Task.DIFFERENCE} else []
    if Task.YEAR in tasks:
        high, low = pair.values
        made += _months(made[0].says, f"({plain(high)} − {plain(low)})", high - low, pair.figures)
    return [*made, _growth(pair)] if Task.GROWTH in tasks else made


def _apart(pair: _Pair) -> Calculation:
    low, high = sorted(pair.values)
    return _calculation(pair.says("高", "低"), f"{plain(high)} − {plain(low)}", high - low, pair.one.unit, pair.figures)


def _growth(pair: _Pair) -> Calculation:
    one, other = pair.values
    verbs = ("高", "低") if pair.other else ("提高", "降低")
    low, high = sorted(pair.values)
    expression = f"({plain(high)} − {plain(low)}) ÷ {plain(other)}"
    return _calculation(pair.says(*verbs), expression, _percent(one, other), "%", pair.figures)


def _totals(tasks: Sequence[Task], sides: Sequence[Sequence[Figure]]) -> list[Calculation]:
    if len(sides) > 1 and any(len(side) > 1 for side in sides):
        return []
    figures = [figure for side in sides for figure in side]
    together = _sum(figures) if Task.SUM in tasks else []
    if Task.YEAR not in tasks or (len(sides) > 1 and not together):
        return together
    if together:
        terms = f"({' + '.join(plain(each.value) for each in figures)})"
        return together + _months(together[0].says, terms, together[0].value, figures)
    return [
        year
        for each in figures
        for year in _months(f"按{_name(each)}的每月标准", plain(each.value), each.value, (each,))
    ]


def _months(says: str, terms: str, value: Decimal, figures: Sequence[Figure]) -> list[Calculation]:
    """What a monthly value comes to in a year; nothing for any other."""
    unit = figures[0].unit
    if not unit.endswith("月"):
        return []
    return [_calculation(f"{says}，全年", f"{terms} × {MONTHS}", value * MONTHS, unit.replace("月", "年"), figures)]


def _sum(figures: Sequence[Figure]) -> list[Calculation]:
    if len(figures) < 2 or not _may_be_added(figures):
        return []
    total = sum((each.value for each in figures), Decimal(0))
    says = "、".join(_name(each) for each in figures) + "合计"
    return [_calculation(says, " + ".join(plain(each.value) for each in figures), total, figures[0].unit, figures)]


def _may_be_added(figures: Sequence[Figure]) -> bool:
    """Things told apart, none of them the total of the others; what each person gets only of benefits that differ."""
    first, *others = figures
    names = {each.subject if "/" in each.unit else _name(each) for each in figures}
    return (
        all(_alike(first, other) for other in others)
        and len(names) == len(figures)
        and 2 * max(each.value for each in figures) != sum(each.value for each in figures)
    )


def _alike(one: Figure, other: Figure, *, whatever_year: bool = False) -> bool:
    """Whether two figures may be set against each other: two of them, of one unit, measure and (unless told) year."""
    same_measure = "/" in one.unit or one.measure == other.measure
    same_year = whatever_year or _year_of(one) == _year_of(other)
    return one is not other and one.unit == other.unit and same_measure and same_year and not _same_place(one, other)


def _same_place(one: Figure, other: Figure) -> bool:
    return _place(one.citation) == _place(other.citation) and one.text == other.text


def _with_shared_citations(sides: Sequence[Answer]) -> list[Answer]:
    """The sides, with one citation where figures of both stand in one quote."""
    first: dict[tuple[str, int, int], Citation] = {}
    return [
        replace(
            side,
            figures=tuple(
                replace(each, citation=first.setdefault(_place(each.citation), each.citation)) for each in side.figures
            ),
        )
        for side in sides
    ]


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.passage.id, citation.start, citation.end


def _with_results(sides: Sequence[Answer], made: Sequence[Calculation], said: Sequence[str]) -> Answer | None:
    """The operands with their sentences and the results, with the notices of every side; ``None`` without a result."""
    used = {id(figure): figure for result in made for figure in result.operands}
    cited = {_place(figure.citation) for figure in used.values()}
    sentences: dict[str, Sentence] = {}
    for sentence in (each for side in sides for each in side.sentences):
        if not cited.isdisjoint(map(_place, sentence.citations)):
            sentences.setdefault(sentence.text, sentence)
    if not sentences:
        return None
    notices = tuple(dict.fromkeys((*(notice for side in sides for notice in side.notices), *said)))
    hits = tuple(hit for side in sides for hit in side.hits)
    return Answer(
        sides[0].question, tuple(sentences.values()), tuple(used.values()), notices, hits=hits, calculations=tuple(made)
    )


def withheld(asked: Computation, sides: Sequence[Answer], instead: Answer) -> Answer | None:
    """The refusal in place of ``instead``, which gives an operand for a result that cannot be computed; ``None`` if not so."""
    dated = [figure for figure in instead.figures if figure.period]
    if not asked.certain or not dated or (Task.GROWTH in asked.tasks and dated[0].unit == "%"):
        return None
    lacking = "、".join(f"“{side.question}”" for side in sides if not side.figures)
    why = f"语料里查不到{lacking}" if lacking else "查到的数字口径不同，或者不够用来计算"
    nearest = tuple(
        {figure.citation.passage.document.id: figure.citation.passage.document for figure in dated}.values()
    )
    return Answer(
        instead.question,
        refusal=Refusal("no_figure", f"{why}，算不出结果；各个数字可以分开来问。", nearest),
        hits=instead.hits,
    )


def _calculation(says: str, terms: str, value: Decimal, unit: str, operands: Sequence[Figure]) -> Calculation:
    equals = "≈" if unit == "%" else "="
    return Calculation(says, f"{terms} {equals} {plain(value)}", value, unit, tuple(operands))


def _percent(value: Decimal, earlier: Decimal) -> Decimal:
    return ((value - earlier).copy_abs() / earlier * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _stated_otherwise(figure: Figure) -> list[str]:
    """Where the sentence of a figure states its growth and that is not what comes out, the difference in words."""
    text = figure.citation.quote
    behind = text.partition(figure.text)[2].split("；")[0].split("。")[0]
    stated = [numeral.value for numeral in numerals(behind) if numeral.percent]
    if not stated or not figure.earlier:
        return []
    computed = _percent(figure.value, figure.earlier)
    if computed == stated[0].copy_abs().quantize(_HUNDREDTH, ROUND_HALF_UP):
        return []
    return [f"{_name(figure)}：原文写的是{plain(stated[0])}%，按数字计算是{plain(computed)}%。"]


def _name(figure: Figure) -> str:
    subject = figure.subject
    return subject if figure.category in subject else f"{figure.category}{subject}"


def _told_apart(one: Figure, other: Figure) -> tuple[str, str] | None:
    """Names by which two figures are told apart: with the place where that differs, with the period where it has to."""
    names = [f"{each.region if one.region != other.region else ''}{_name(each)}" for each in (one, other)]
    if names[0] == names[1]:
        names = [f"{each.period}{_name(each)}" for each in (one, other)]
    return (names[0], names[1]) if names[0] != names[1] else None
