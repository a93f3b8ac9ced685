"""Arithmetic that shows its work: how much more than before, how far apart, what share, in a year, together.

From the cited figures of each side of a ``Computation`` the result is computed and written out. Nothing is computed from
figures of different units, measures or years, and where a result is clearly asked for and cannot be computed, none of its
operands is given in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.answer.computation import ADDED_UP, RATIO, Computation, Task
from assistant.answer.factors import Factor
from assistant.answer.measured import of_unit
from assistant.answer.places import CLASS, NATIONAL, Places
from assistant.answer.sides import years
from assistant.text.numbers import numerals, plain
from assistant.types import Answer, Calculation, Citation, Figure, Refusal, Sentence

_HUNDREDTH = Decimal("0.01")
_ROSE = re.compile("提高|增长|增加|上[涨升调]|[降减]")
_RISE = frozenset({Task.CHANGE, Task.DIFFERENCE, Task.GROWTH})
_STATED_GROWTH = re.compile(rf"[，,][^，,；。]{{0,8}}(?:{_ROSE.pattern})[^，,；。]{{0,3}}?\d[\d.]*[%％]")
_FORMERLY = re.compile("[（(]原[^（()）]*[)）]")
_FULL = "这是按标准全额计算的结果，实际发放多少以审核确认为准。"
_APART = "这几项标准各发给不同的人，合计只是把数字相加。"


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


def operands(
    side: Sequence[str], ask: Callable[[str], Answer], places: Places, *, unit: str = "", least: int = 1
) -> Answer:
    """The answer to the first question of a side that gives ``least`` figures of the ``unit`` (none: of any) which fit it,
    with those only; else the one with the most."""
    found: list[Answer] = []
    for question in side:
        answer = ask(question)
        fitting = (each for each in answer.figures if of_unit(each, unit) and _fits(each, question, places))
        found.append(replace(answer, figures=tuple(fitting)))
        if len(found[-1].figures) >= least:
            break
    return max(reversed(found), key=lambda each: len(each.figures))


def calculated(asked: Computation, sides: Sequence[Answer], places: Places) -> Answer | None:
    """The results over the operands of each side; ``None`` where they cannot be computed."""
    if not sides or not all(side.figures for side in sides):
        return None
    sides = _with_shared_citations(sides)
    if Task.MEAN in asked.tasks:
        return _with_results(asked, sides, _mean(*(side.figures for side in sides)), ())
    if _RISE.isdisjoint(asked.tasks) and RATIO.isdisjoint(asked.tasks):
        made = _totals(asked, [side.figures for side in sides])
        return _with_results(asked, sides, made, _cautions(asked, made))
    pairs = _pairs(sides, places)
    said = [note for pair in pairs if Task.GROWTH in asked.tasks for note in _stated_otherwise(pair.one)]
    sides = [replace(side, sentences=tuple(_with_what_was(each, asked) for each in side.sentences)) for side in sides]
    return _with_results(asked, sides, [result for pair in pairs for result in _of_pair(pair, asked)], said)


def _with_what_was(sentence: Sentence, asked: Computation) -> Sentence:
    """The sentence of a figure, up to what the document says behind it of the change: （原为261元）, 比上年提高3.82%."""
    _, said, behind = sentence.citations[0].quote.partition(sentence.text)
    patterns = [
        *([_FORMERLY] if Task.CHANGE in asked.tasks else []),
        *([_STATED_GROWTH] if Task.GROWTH in asked.tasks else []),
    ]
    stated = next((found for each in patterns if (found := each.match(behind))), None) if said else None
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


def _of_pair(pair: _Pair, asked: Computation) -> list[Calculation]:
    tasks = asked.tasks
    if pair.other and not RATIO.isdisjoint(tasks):
        return _ratio(pair.one, pair.other, tasks)
    if Task.DIFFERENCE in tasks and pair.other and pair.values[0] < pair.values[1]:
        pair = _Pair(pair.other, pair.one)
    made = [_apart(pair)] if set(tasks) & {Task.CHANGE, Task.DIFFERENCE} else []
    if Task.TIMES in tasks:
        high, low = pair.values
        made += _times(made[0].says, f"({plain(high)} − {plain(low)})", high - low, pair.figures, asked.factors)
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


def _ratio(one: Figure, other: Figure, tasks: Sequence[Task]) -> list[Calculation]:
    """The share of a part in its whole, or how many times the other the one is; a part is less than its whole."""
    names = _told_apart(one, other)
    is_share = Task.SHARE in tasks
    if not names or not other.value or (is_share and one.value >= other.value):
        return []
    says = f"{names[0]}占{names[1]}的比例" if is_share else f"{names[0]}是{names[1]}的倍数"
    quotient = _rounded(one.value / other.value * (100 if is_share else 1))
    expression = f"{plain(one.value)} ÷ {plain(other.value)}"
    return [_calculation(says, expression, quotient, "%" if is_share else "倍", (one, other))]


def _mean(ones: Sequence[Figure], others: Sequence[Figure]) -> list[Calculation]:
    """What there is of one thing for each that shares it, of one thing and time: 10432人 ÷ 5636户."""
    if len(ones) != 1 or len(others) != 1:
        return []
    one, other = ones[0], others[0]
    of_one_thing = (one.subject, one.category, one.region) == (other.subject, other.category, other.region)
    if not of_one_thing or one.period != other.period or one.unit == other.unit or "/" in f"{one.unit}{other.unit}":
        return []
    expression = f"{plain(one.value)} ÷ {plain(other.value)}"
    unit = f"{one.unit}/{other.unit}"
    return [_calculation(f"{_name(one)}平均", expression, _rounded(one.value / other.value), unit, (one, other))]


def _totals(asked: Computation, sides: Sequence[Sequence[Figure]]) -> list[Calculation]:
    if len(sides) > 1 and any(len(side) > 1 for side in sides):
        return []
    figures = [figure for side in sides for figure in side]
    whoever = bool(ADDED_UP.search(asked.question))
    together = _sum(figures, whoever=whoever) if Task.SUM in asked.tasks else []
    if Task.TIMES not in asked.tasks or (len(sides) > 1 and not together):
        return together
    if together:
        terms = f"({' + '.join(plain(each.value) for each in figures)})"
        return together + _times(together[0].says, terms, together[0].value, figures, asked.factors)
    return [
        total
        for each in figures
        for total in _times(f"按{_name(each)}的每月标准", plain(each.value), each.value, (each,), asked.factors)
    ]


def _times(
    says: str, terms: str, value: Decimal, figures: Sequence[Figure], factors: Sequence[Factor]
) -> list[Calculation]:
    """What a monthly value comes to over a time and for several people; nothing for a value of any other unit."""
    unit, per = figures[0].unit, re.split("[/·]", figures[0].unit)[1:]
    if "月" not in per or any(each.per not in per for each in factors):
        return []
    for each in factors:
        value, terms, says = value * each.value, f"{terms} × {each.terms}", f"{says}，{each.name}"
        unit = each.of(unit)
    given = tuple(Decimal(each.given) for each in factors if each.given)
    return [replace(_calculation(says, terms, value, unit, figures), given=given)]


def _sum(figures: Sequence[Figure], *, whoever: bool) -> list[Calculation]:
    if len(figures) < 2 or not _may_be_added(figures, whoever=whoever):
        return []
    total = sum((each.value for each in figures), Decimal(0))
    says = "、".join(_name(each) for each in figures) + "合计"
    return [_calculation(says, " + ".join(plain(each.value) for each in figures), total, figures[0].unit, figures)]


def _may_be_added(figures: Sequence[Figure], *, whoever: bool) -> bool:
    """Things told apart, none of them the total of the others; what each person gets only of benefits that differ, unless
    the sum is asked for ``whoever`` gets them."""
    first, *others = figures
    names = {each.subject if "/" in each.unit and not whoever else _name(each) for each in figures}
    return (
        all(_alike(first, other) for other in others)
        and len(names) == len(figures)
        and 2 * max(each.value for each in figures) != sum(each.value for each in figures)
    )


def _cautions(asked: Computation, made: Sequence[Calculation]) -> list[str]:
    """What has to be known beside a sum or product: that what is paid may be less, and that nobody gets both of two."""
    operands = [each for result in made[:1] for each in result.operands]
    exclusive = len(operands) > len({each.subject for each in operands}) and any("/" in each.unit for each in operands)
    for_several = any(each.per == "人" for each in asked.factors)
    return [*([_APART] if exclusive else []), *([_FULL] if for_several else [])]


def _alike(one: Figure, other: Figure, *, whatever_year: bool = False) -> bool:
    """Whether two figures may be set against each other: two of them, of one unit, measure and (unless told) year."""
    same_measure = "/" in one.unit or one.measure == other.measure
    same_year = _year_of(one) == _year_of(other) or (whatever_year and ("/" in one.unit or _same_season(one, other)))
    return one is not other and one.unit == other.unit and same_measure and same_year and not _same_place(one, other)


def _same_season(one: Figure, other: Figure) -> bool:
    """Whether two counts are of the same time of their years: the end of one is no part of the whole of another."""
    return len({re.sub(r"\d{4}年度?|[份起底]", "", each.period) for each in (one, other)}) == 1


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


def _with_results(
    asked: Computation, sides: Sequence[Answer], made: Sequence[Calculation], said: Sequence[str]
) -> Answer | None:
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
        asked.question, tuple(sentences.values()), tuple(used.values()), notices, hits=hits, calculations=tuple(made)
    )


def is_stated(asked: Computation, answer: Answer) -> bool:
    """Whether a document itself gives the share or the multiple that is asked for: 年报率达到90%."""
    unit = {Task.SHARE: "%", Task.MULTIPLE: "倍"}.get(asked.tasks[0])
    return bool(answer.figures) and all(
        each.unit == unit and not _ROSE.search(each.citation.quote.partition(each.text)[0][-4:])
        for each in answer.figures
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
    equals = "≈" if "÷" in terms else "="
    return Calculation(says, f"{terms} {equals} {plain(value)}", value, unit, tuple(operands))


def _percent(value: Decimal, earlier: Decimal) -> Decimal:
    return _rounded((value - earlier).copy_abs() / earlier * 100)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


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
