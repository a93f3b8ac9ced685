"""Amounts in passages, each with what it is an amount of.

An amount belongs to the words before it: its *segment* runs from the amount before it in the same clause (or the
clause's start) to the amount itself. A slot (农村 or 城镇, 低保 or 特困) is filled by the nearest term of its group: in the
segment, else behind the amount within the clause, else in the segments before it in the clause, else in the clauses
before it in the sentence, unless its own clause names a subject. Only the subject is inherited further: from earlier
sentences, the headings, the title. So the total of a sentence never inherits the category of another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.answer.lexicon import Lexicon, Mention
from assistant.answer.wording import Kind
from assistant.text.numbers import Numeral, numerals
from assistant.text.sentences import clauses, sentences
from assistant.types import Passage

SUBJECT = "对象"
MEASURE = "计量"
RULED = (Kind.TIME, Kind.AGE)
"""Kinds that are always amounts of a rule, never facts of their year."""

_UNITS: tuple[tuple[str, Kind], ...] = (
    ("元/人·月", Kind.MONEY), ("元/人/月", Kind.MONEY), ("元/月·人", Kind.MONEY), ("元/月", Kind.MONEY), ("元/年", Kind.MONEY),
    ("元", Kind.MONEY), ("人次", Kind.PEOPLE), ("人", Kind.PEOPLE), ("名", Kind.PEOPLE), ("位", Kind.PEOPLE),
    ("户", Kind.HOUSEHOLDS), ("个百分点", Kind.PERCENT), ("个工作日", Kind.TIME), ("工作日", Kind.TIME),
    ("个自然月", Kind.TIME), ("个月", Kind.TIME), ("个小时", Kind.TIME), ("小时", Kind.TIME), ("天", Kind.TIME), ("日", Kind.TIME),
    ("年", Kind.TIME), ("周岁", Kind.AGE), ("岁", Kind.AGE), ("倍", Kind.MULTIPLE),
    ("个", Kind.THINGS), ("家", Kind.THINGS), ("项", Kind.THINGS), ("份", Kind.THINGS), ("件", Kind.THINGS), ("次", Kind.THINGS),
    ("所", Kind.THINGS), ("起", Kind.THINGS), ("平方米", Kind.THINGS), ("级", Kind.THINGS),
)  # fmt: skip
_UNIT = re.compile(r"\s?(" + "|".join(re.escape(unit) for unit, _ in _UNITS) + ")")
_KIND = dict(_UNITS)
_EACH = re.compile(r"每人每月|每人每年|每户每月|每月|每年|人均月|人均")
_CHANGE = re.compile(r"^[^，。；]{0,6}(?:提高|增加|上调|调整|增长|上升|增|升|降低|下调|减少|降)(?:到|至|为)")
_FORMERLY = re.compile(r"^[（(，,]?原(?:来)?(?:为|是)?(?:每人每月)?$")
_MORE_THAN = re.compile(
    r"(?:不低于|不少于|不得少于|不得低于|不超过|不得超过|至少|最多|超过|低于|高于|未满|不满|年满|满)$"
)
_OR_MORE = re.compile(r"(?:以上|以下|以内|以外|之内|内)")
_PERIOD = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:度|(?P<month>\d{1,2})月(?:份|起|底)?|(?P<range>\d{1,2}[-—–~至]\d{1,2}月)份?)?"
    r"|(?P<months>\d{1,2}[-—–~至]\d{1,2}月)份?"
)


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """An amount at ``[start, end)`` of its document, with its slots.

    ``slots`` gives for each group the term that the amount belongs to; ``topics`` are all terms between the sentence's
    amount before it and this one; ``clause`` and ``sentence`` are spans of the document. ``earlier`` is the value that
    this one replaced, and ``replaced`` is True of that older value itself. ``bound`` tells a limit (50个以上) from a count.
    """

    passage: Passage
    start: int
    end: int
    value: Decimal
    unit: str
    kind: Kind
    clause: tuple[int, int]
    sentence: tuple[int, int]
    slots: dict[str, str]
    topics: frozenset[str]
    year: int | None = None
    period: str = ""
    bound: bool = False
    earlier: Decimal | None = None
    replaced: bool = False

    @property
    def dated(self) -> bool:
        """Whether it is a fact of its year (a standard, a count), not the amount of a rule; spans of time are rules."""
        return self.year is not None and self.kind not in (*RULED, Kind.MULTIPLE)

    @property
    def text(self) -> str:
        """The amount as the document writes it."""
        return self.passage.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: Decimal
    unit: str


def amounts(passage: Passage, lexicon: Lexicon) -> list[Amount]:
    """Every amount of ``passage`` in order; article numbers, dates and document numbers are not amounts."""
    text = passage.text
    mentions = lexicon.mentions(text)
    named = [(mention.start, mention.end) for mention in mentions]
    found = [each for each in _amounts_with_units(text) if not _inside_a_term(each, named)]
    if not found:
        return []
    spans, sentence_spans = clauses(text), sentences(text)
    result = []
    for place, each in enumerate(found):
        clause = _holding(spans, each.start) or (each.start, each.end)
        sentence = _holding(sentence_spans, each.start) or (0, len(text))
        before = [other for other in found[:place] if clause[0] <= other.start]
        following = next((other.start for other in found[place + 1 :] if other.start < clause[1]), clause[1])
        terms = _slots(mentions, each, clause, sentence, before, following)
        _inherit_subject(terms, passage, lexicon)
        year, period = _period(text, each.start, sentence, passage)
        since = max([sentence[0], *(other.end for other in found[:place])])
        topics = frozenset(m.term.name for m in mentions if since <= m.start < each.start)
        result.append(_amount(passage, each, clause, sentence, terms, topics, year, period))
    return _with_changes(result)


def _inside_a_term(each: _Found, named: Sequence[tuple[int, int]]) -> bool:
    """Whether an amount is only a part of a term (四类地区, 一次性), which a term that is just the amount (一个月) is not."""
    term = _holding(named, each.start)
    return term is not None and not (each.start <= term[0] and term[1] <= each.end)


def _amounts_with_units(text: str) -> Iterator[_Found]:
    for numeral in numerals(text):
        if found := _with_unit(text, numeral):
            yield found


def _with_unit(text: str, numeral: Numeral) -> _Found | None:
    before = text[max(0, numeral.start - 12) : numeral.start]
    if before.endswith(("第", "〔", "[", "令第", "-", "—")) or re.search(r"年$|第\d*$", before):
        return None
    if numeral.percent:
        return _Found(numeral.start, numeral.end, numeral.value, "%")
    unit = _UNIT.match(text, numeral.end)
    if not unit or _is_date(text, numeral, unit[1]) or _is_empty_one(text, numeral, unit[1]):
        return None
    each = list(_EACH.finditer(_clause_before(text, numeral.start)))
    name = unit[1].replace("元/人/月", "元/人·月").replace("元/月·人", "元/人·月")
    if name == "元" and each:
        name = {
            "每人每月": "元/人·月",
            "每月": "元/月",
            "每人每年": "元/人·年",
            "每年": "元/年",
            "每户每月": "元/户·月",
        }.get(each[-1].group(), name)
    return _Found(numeral.start, unit.end(), numeral.value, name)


def _clause_before(text: str, place: int) -> str:
    return re.split(r"[，,；;。：:（）()\n]", text[max(0, place - 40) : place])[-1]


def _is_date(text: str, numeral: Numeral, unit: str) -> bool:
    """2024年 and 12月1日 are dates; 三年 and 30日 are spans of time."""
    if unit == "年":
        return numeral.value >= 1900
    return unit in ("日", "天") and bool(re.search(r"月$", text[: numeral.start]))


def _is_empty_one(text: str, numeral: Numeral, unit: str) -> bool:
    """「一个」「一项」 count nothing, nor does 「一级」 or 「一次性」."""
    if text[numeral.start : numeral.end] != "一":
        return False
    behind = text[numeral.end + len(unit) :]
    return unit in (
        "个",
        "项",
        "家",
        "次",
        "份",
        "件",
        "人",
        "名",
        "位",
        "所",
        "起",
        "户",
        "级",
        "日",
        "天",
    ) and not _OR_MORE.match(behind)


def _holding(spans: Sequence[tuple[int, int]], place: int) -> tuple[int, int] | None:
    return next(((start, end) for start, end in spans if start <= place < end), None)


def _slots(
    mentions: Sequence[Mention],
    each: _Found,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    before: Sequence[_Found],
    following: int,
) -> dict[str, str]:
    """For each group the nearest term: in the clause before the amount, behind it, then back through the sentence."""
    boundary = before[-1].end if before else clause[0]
    layers = (
        [m for m in reversed(mentions) if boundary <= m.start < each.start],
        [m for m in mentions if each.end <= m.start < following] if not _followed_by_amount(before, each) else [],
        [m for m in reversed(mentions) if clause[0] <= m.start < boundary],
        [m for m in reversed(mentions) if sentence[0] <= m.start < clause[0]],
    )
    slots: dict[str, str] = {}
    for place, layer in enumerate(layers):
        if place == len(layers) - 1 and SUBJECT in slots:
            break
        for mention in layer:
            if mention.term.group:
                slots.setdefault(mention.term.group, mention.term.name)
    return slots


def _followed_by_amount(before: Sequence[_Found], each: _Found) -> bool:
    """343户490人: the second amount shares the words of the first, whatever comes behind it."""
    return bool(before) and before[-1].end == each.start


def _inherit_subject(slots: dict[str, str], passage: Passage, lexicon: Lexicon) -> None:
    if SUBJECT in slots:
        return
    for text in (passage.text[:60], *reversed(passage.heading), passage.document.title):
        subjects = [m.term.name for m in lexicon.mentions(text) if m.term.group == SUBJECT]
        if subjects:
            slots[SUBJECT] = subjects[0]
            return


def _period(text: str, place: int, sentence: tuple[int, int], passage: Passage) -> tuple[int | None, str]:
    """The year and the words of the nearest period: in the sentence, before it in the passage, the headings, the title."""
    words = ""
    for match in reversed(list(_PERIOD.finditer(text, 0, place))):
        if match["year"]:
            in_sentence = match.start() >= sentence[0]
            return int(match["year"]), words or (match.group() if in_sentence else f"{match['year']}年")
        words = words or match.group()
    for line in (*reversed(passage.heading), passage.document.title):
        if year := re.search(r"((?:19|20)\d{2})年", line):
            return int(year[1]), words
    return None, words


def _amount(
    passage: Passage,
    each: _Found,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    slots: dict[str, str],
    topics: frozenset[str],
    year: int | None,
    period: str,
) -> Amount:
    text, shift = passage.text, passage.start
    bound = bool(_MORE_THAN.search(text[: each.start]) or _OR_MORE.match(text, each.end))
    return Amount(
        passage, shift + each.start, shift + each.end, each.value, each.unit, _KIND.get(each.unit, _kind(each.unit)),
        (shift + clause[0], shift + clause[1]), (shift + sentence[0], shift + sentence[1]),
        slots, topics, year, period, bound,
    )  # fmt: skip


def _kind(unit: str) -> Kind:
    return Kind.MONEY if unit.startswith("元") else Kind.PERCENT


def _with_changes(found: Sequence[Amount]) -> list[Amount]:
    """由704元提高到731元, 731元（原704元）: the new value takes the old one, and the old one is marked as replaced."""
    result = list(found)
    for place, (old, new) in enumerate(pairwise(found)):
        between = old.passage.document.text[old.end : new.start]
        unit = max(old.unit, new.unit, key=len)
        if old.clause == new.clause and old.kind is new.kind and _CHANGE.match(between):
            result[place] = replace(result[place], replaced=True)
            result[place + 1] = replace(result[place + 1], earlier=old.value, unit=unit)
        elif old.kind is new.kind and _FORMERLY.match(between):
            result[place] = replace(result[place], earlier=new.value, unit=unit)
            result[place + 1] = replace(result[place + 1], replaced=True, unit=unit)
    return result
