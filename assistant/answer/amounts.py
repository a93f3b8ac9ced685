"""Amounts in passages, each with what it is an amount of.

An amount belongs to the words before it: its *segment* runs from the amount before it in the same clause (or the
clause's start) to the amount itself. A slot (农村 or 城镇, 低保 or 特困) is filled by the nearest term of its group: in the
segment, else behind the amount within the clause, else in the segments before it in the clause, else in the clauses
before it in the sentence, unless its own clause names a subject. Only the subject is inherited further: from earlier
sentences, the headings, the title. So the total of a sentence never inherits the category of another sentence.

A cell of a table is about what its column, its row and the lines above the table name (``rows``), and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.answer.lexicon import Lexicon, Mention
from assistant.answer.rows import Cell, Row, row_of
from assistant.answer.units import UNIT, kind_of, per, standard, unit_of
from assistant.answer.wording import Kind
from assistant.text.numbers import Numeral, numerals
from assistant.text.sentences import clauses, sentences
from assistant.types import Passage

SUBJECT = "对象"
MEASURE = "计量"
RULED = (Kind.TIME, Kind.AGE)
"""Kinds that are always amounts of a rule, never facts of their year."""

_OPENING = 60
"""Characters in which a passage says what it is about."""
_CHANGE = re.compile(r"^[^，。；]{0,6}(?:提高|增加|上调|调整|增长|上升|增|升|降低|下调|减少|降)(?:到|至|为)")
_FORMERLY = re.compile(r"^[（(，,]?原(?:来)?(?:为|是)?(?:每人每月)?$")
_MORE_THAN = re.compile(
    r"(?:不低于|不少于|不得少于|不得低于|不超过|不得超过|至少|最多|超过|低于|高于|未满|不满|年满|满)$"
)
_OR_MORE = re.compile(r"(?:以上|以下|以内|以外|之内|内)")
_BEFORE = re.compile("调整前|提标前|^原")
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
    Of a cell of a table ``told`` is all that its column and row say of it, and ``place`` the place that the row is about.
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
    told: str = ""
    place: str = ""

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
    row = row_of(passage)
    return _of_text(passage, lexicon) if row is None else _of_row(passage, row, lexicon)


def _of_text(passage: Passage, lexicon: Lexicon) -> list[Amount]:
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
        _inherit_subject(terms, passage, lexicon, mentions, sentence[0])
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
    if before.endswith(("第", "〔", "[", "令第")) or re.search(r"年$|第\d*$", before):
        return None
    unit = UNIT.match(text, numeral.end)
    if before.endswith(("-", "—")) and not (unit and _ends_a_range(before)):
        return None
    if numeral.percent:
        return _Found(numeral.start, numeral.end, numeral.value, "%")
    if not unit or _is_date(text, numeral, unit[1]) or _is_empty_one(text, numeral, unit[1]):
        return None
    name = per(standard(unit[1]), _clause_before(text, numeral.start))
    return _Found(numeral.start, unit.end(), numeral.value, name)


def _ends_a_range(before: str) -> bool:
    """Whether a dash stands between two numbers, as in 0—6岁; the one of a document number stands behind a bracket."""
    return bool(re.search(r"(?<![\d〕\]）)])\d{1,3}[-—]$", before))


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


def _inherit_subject(
    slots: dict[str, str], passage: Passage, lexicon: Lexicon, mentions: Sequence[Mention], before: int
) -> None:
    """Take over the subject named last before the sentence where the passage opens with one, else that of the headings
    or the title."""
    if SUBJECT in slots:
        return
    own = [m for m in mentions if m.term.group == SUBJECT]
    if own and own[0].start < _OPENING:
        slots[SUBJECT] = next((m for m in reversed(own) if m.start < before), own[0]).term.name
        return
    for text in (*reversed(passage.heading), passage.document.title):
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
        passage, shift + each.start, shift + each.end, each.value, each.unit, kind_of(each.unit),
        (shift + clause[0], shift + clause[1]), (shift + sentence[0], shift + sentence[1]),
        slots, topics, year, period, bound,
    )  # fmt: skip


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


# Tables


def _of_row(passage: Passage, row: Row, lexicon: Lexicon) -> list[Amount]:
    """The amounts in the cells of a row: each that is clear in unit and year."""
    found = [(cell, each) for cell in row.quantities for each in _of_cell(cell, row)]
    found += [
        (cell, each) for cell in row.keys if not unit_of(cell.value) for each in _inside(cell, passage.text, lexicon)
    ]
    result = []
    for cell, each in sorted(found, key=lambda pair: pair[1].start):
        years = row.years(cell)
        if len(years) > 1:
            continue
        slots, topics = _slots_of_cell(cell, row, lexicon, each.unit)
        told, place = row.told(cell), row.place
        period = _PERIOD.search(told)
        amount = _amount(
            passage, each, (cell.start, cell.end), (0, len(passage.text)), slots, topics,
            min(years, default=None), period.group() if period else "",
        )  # fmt: skip
        place = "" if lexicon.mentions(place) else place
        result.append(replace(amount, told=told, place=place, replaced=bool(_BEFORE.search(cell.name))))
    return result


def _of_cell(cell: Cell, row: Row) -> list[_Found]:
    unit = row.unit(cell)
    return [_Found(cell.at, cell.end, numeral.value, unit) for numeral in numerals(cell.value)[:1] if unit]


def _inside(cell: Cell, text: str, lexicon: Lexicon) -> list[_Found]:
    """The amounts that a cell in words names: 自受理之日起30个工作日内."""
    named = [(mention.start, mention.end) for mention in lexicon.mentions(text)]
    found = [each for each in _amounts_with_units(text) if cell.at <= each.start and each.end <= cell.end]
    return [each for each in found if not _inside_a_term(each, named)]


def _slots_of_cell(cell: Cell, row: Row, lexicon: Lexicon, unit: str) -> tuple[dict[str, str], frozenset[str]]:
    """For each group the term of the nearest place that names one, and all terms of the cell and its row.

    The places are the cell and its column, the row, and each line above. A place that names two leaves the group open.
    What is measured is taken from a line above for sums by the month or year only: of others it says nothing.
    """
    own = f"{cell.name}：{cell.value}"
    row_text = "；".join(key.value for key in row.keys if key is not cell)
    slots: dict[str, str | None] = {}
    for place, text in enumerate((own, row_text, *row.about)):
        named: dict[str, set[str]] = {}
        for mention in lexicon.mentions(text):
            named.setdefault(mention.term.group, set()).add(mention.term.name)
        for group, names in named.items():
            if group and (place < 2 or group != MEASURE or "/" in unit):
                slots.setdefault(group, next(iter(names)) if len(names) == 1 else None)
    topics = frozenset(mention.term.name for mention in lexicon.mentions(f"{own}；{row_text}"))
    return {group: name for group, name in slots.items() if name}, topics
