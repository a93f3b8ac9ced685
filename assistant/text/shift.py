"""Text that is read one byte out of step, put back in step.

Where "(pinyin)" was inserted between the two bytes of a character, or a lead byte was lost, the GBK bytes after that
place are paired wrongly (兼備的 shows as 兼?zhèn)涞…) until a byte in the ASCII range or a second cut restores the
pairing. Which text stood there is found as the likeliest one whose bytes, so damaged, would show what the page shows.

A line is a row of items. Between two items the reading is either *in step* with the characters or a byte is *pending*:
a lead byte of which the next item shows the trail byte. So the texts that a line can stand for are the paths of a small
lattice, and the likeliest is found exactly, by dynamic programming over words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from assistant.text.hanzi import (
    LEADS,
    SYLLABLE,
    TRAILS,
    character_of,
    code_of,
    first_reading,
    has_tone,
    readings,
    simplified,
    syllables,
    traditional_only,
    with_reading,
)
from assistant.text.lexicon import LONGEST, PUNCTUATION, Lexicon
from assistant.text.neighbours import neighbours

UNREADABLE = "?\ufffd"

# States between two items; a state from 0x81 to 0xFE is the pending lead byte itself.
IN_STEP = -1
LOST = 256  # a lead byte is pending that shows as "?"
VANISHED = 257  # a lead byte is pending whose pair with the byte before it does not show
VANISHED_TWICE = 258
GARBLED = 259  # the same, from the rows whose second byte may be any

_VANISHING = {lead: -1.0 if lead >= 0xF8 else -1.5 for lead in (*range(0xF8, 0xFF), *range(0xAA, 0xB0))}
"""First bytes of the user-defined rows: decoders drop such a pair or show it as "?"."""
_GARBLING = (*range(0xA1, 0xAA), 0xFE)
"""First bytes of other rows with holes, which show as "?"."""
_UNDEFINED = (0x80, *sorted({*_VANISHING, *_GARBLING}))
_SECOND_BYTES = {VANISHED: range(0xA1, 0xFF), VANISHED_TWICE: range(0xA1, 0xFF), GARBLED: LEADS}
_FOLDED = {chr(code): 0xA1 + code - 0x21 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
"""ASCII signs that may stand for full-width ones: the second byte of those (the first is A3)."""

# Log probabilities of what is not text
_LITERAL_MARK = -7.0  # "?" was written by the author
_GENUINE_READING = -14.0  # "(zhèn)" was written by the author
_UNSEEN_ANNOTATED = -3.0  # a character is annotated here that is annotated nowhere else on the page
_RARE_READING = -2.0  # it is annotated with another than its first reading
_MISSING_ANNOTATION = -9.0  # a character that this page annotates would stand here without
_UNDEFINED_PAIR = -1.0  # a pair that might have vanished shows as "?"
_HIDDEN_CUT = -2.0  # an undecodable byte does not show at all
_UNLIKE_THE_PAGE = -10.0  # an undefined pair shows otherwise than the page's decoder shows them
_FOLDED_MARK = -1.0  # "?" is a full-width ？ of the shifted text

_NO_PARTNER = -2.5  # a bracket or quotation mark stands alone
_RAREST = -18.5  # characters below this are not tried where a byte is free
_COMMON = -11.5  # only characters above this are tried where both bytes are free
_BEAM = 30.0  # a state this much less likely than another at the same place is given up
_BEST = 4  # readings kept for each state
_CONTEXT = 8  # items before the first and after the last sign of damage that take part


class Item(NamedTuple):
    """A piece of a line, ``[start, end)``. ``codes``: what the reading after it says the code before is, with costs."""

    kind: Literal["text", "unreadable", "hidden", "reading"]
    start: int
    end: int
    text: str
    code: bytes = b""
    codes: Mapping[bytes, float] | None = None


class Arc(NamedTuple):
    """A step through the lattice: ``text`` (as it was stored) for the items up to ``to``."""

    to: int
    state: int
    text: str
    cost: float


class Piece(NamedTuple):
    """What a stretch of a line, ``[start, end)``, was found to stand for; ``margin`` is its lead over the next best."""

    start: int
    end: int
    text: str
    rule: str
    margin: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a page as a whole teaches.

    ``lexicon`` knows its phrases; ``annotated`` are the codes after which it shows readings; ``endings`` count by what
    its lines end, by whether the line is a list item and whether the next one is; ``swallows``: its "?" took the byte
    after an undecodable lead byte along; ``resumes``: after an undefined pair's first byte it read on at the second.
    """

    lexicon: Lexicon
    annotated: Mapping[bytes, int] = field(default_factory=dict)
    endings: Mapping[tuple[bool, bool], Mapping[str, int]] = field(default_factory=dict)
    swallows: bool | None = None
    resumes: bool = False

    def ending(self, line: str, following: str) -> Mapping[str, float]:
        """The log factor by which a sign is likelier at the end of this line than anywhere; "" for any other."""
        kind = (is_list_item(line), is_list_item(following))
        counts = Counter(_USUAL_ENDINGS[kind]) + Counter(self.endings.get(kind, {}))
        total = sum(counts.values()) + 1.0
        gains = {sign: math.log((counts[sign] + 0.1) / total / share) for sign, share in PUNCTUATION.items()}
        others = total - sum(counts[sign] for sign in PUNCTUATION)
        return {**gains, "": math.log(others / total)}


_LACKS_A_DIGIT = re.compile(r"\d{3}年|[.]\d|[%％年月日]")
_LIST_ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?\d{1,2}[)）.、．](?!\d))")
_USUAL_ENDINGS: Mapping[tuple[bool, bool], Mapping[str, int]] = {
    (False, True): {"：": 2, "。": 1}, (True, True): {"；": 2, "。": 1}, (True, False): {"。": 2},
    (False, False): {"。": 2},
}  # fmt: skip


def is_list_item(line: str) -> bool:
    """Whether a line begins with a number of a list (一、 （二） 3.)."""
    return _LIST_ITEM.match(line) is not None


class _Entry(NamedTuple):
    score: float
    digest: int
    last: str
    before: _Entry | None
    arcs: tuple[tuple[int, Arc], ...]


_READING = re.compile(rf"[(（](?P<reading>{SYLLABLE})[)）]|(?<=[{UNREADABLE}])(?P<rest>{SYLLABLE})[)）]")


CUT_TAG = re.compile(rf"(?<=[{UNREADABLE}])/?(?:p|div|span|br|td|tr|li|font|strong|b|a)\s*/?>", re.IGNORECASE)
"""What is left of a tag whose "<" went with the undecodable byte before it."""


def find_readings(line: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Inserted readings of ``line``, each with its syllable and whether the character before it has that reading."""
    for match in _READING.finditer(line):
        reading = match["reading"] or match["rest"]
        before = line[match.start() - 1] if match.start() else ""
        if before in traditional_only() and reading in readings(before):
            yield match, reading, True
        elif reading in syllables() and (has_tone(reading) or before in UNREADABLE):
            yield match, reading, False


def parse(line: str, page: Page) -> list[Item]:
    """The items of a line."""
    items: list[Item] = []
    place = 0
    tags = [(match, "", True) for match in CUT_TAG.finditer(line)]
    for match, reading, fits in sorted([*find_readings(line), *tags], key=lambda found: found[0].start()):
        _read(items, line, place, match.start())
        if not fits:
            _ask(items, reading, match.start(), page)
        items.append(Item("reading", match.start(), match.end(), "" if fits else match.group()))
        place = match.end()
    _read(items, line, place, len(line))
    return items


def _read(items: list[Item], line: str, start: int, end: int) -> None:
    for place in range(start, end):
        character = line[place]
        kind: Literal["text", "unreadable"] = "unreadable" if character in UNREADABLE else "text"
        items.append(Item(kind, place, place + 1, character, code_of(character)))


def _ask(items: list[Item], reading: str, place: int, page: Page) -> None:
    """Note on the last item that its bytes, or those around it, have ``reading``; a hidden cut where they cannot."""
    codes = {code: _cost_of_annotation(code, reading, page) for code in with_reading(reading)}
    last = items[-1] if items else None
    if last is not None and (last.kind == "unreadable" or (last.kind == "text" and _is_trail(last))):
        items[-1] = last._replace(codes=codes)
    else:
        items.append(Item("hidden", place, place, "", codes=codes))


def _cost_of_annotation(code: bytes, reading: str, page: Page) -> float:
    cost = 0.0 if code in page.annotated else _UNSEEN_ANNOTATED
    return cost if first_reading(code.decode("gbk")) == reading else cost + _RARE_READING


def _is_trail(item: Item) -> bool:
    return len(item.code) == 1 and 0x40 <= item.code[0] < 0x7F


class Lattice:
    """The texts that the items ``[first, last)`` of a line can stand for."""

    def __init__(self, items: Sequence[Item], page: Page) -> None:
        self.items = items
        self.page = page
        self._leads: dict[int, Mapping[int, float]] = {}
        self._steps: dict[tuple[int, int], dict[str, list[Arc]]] = {}

    # The arcs out of a state -----------------------------------------------------------------------------------------

    def arcs(self, place: int, state: int) -> Iterator[Arc]:
        """Every step from before item ``place`` in ``state``."""
        item = self.items[place]
        if item.kind == "reading":
            if not item.text:
                yield Arc(place + 1, state, "", 0.0)
            elif state == IN_STEP:
                yield Arc(place + 1, state, item.text, _GENUINE_READING)
            return
        if item.kind == "hidden":
            yield Arc(place + 1, state, "", 0.0)
        if state == IN_STEP:
            yield from self._in_step(place, item)
            return
        leads = self._pending(place, state)
        yield from self._show(place, item, leads, free=state > 0xFF)
        yield from self._vanish(place, item, state, leads)

    def _arcs(self, place: int, state: int) -> dict[str, list[Arc]]:
        """The same, kept, by their texts in simplified characters."""
        if (place, state) not in self._steps:
            steps: defaultdict[str, list[Arc]] = defaultdict(list)
            for arc in self.arcs(place, state):
                steps[simplified(arc.text)].append(arc)
            self._steps[place, state] = steps
        return self._steps[place, state]

    def _in_step(self, place: int, item: Item) -> Iterator[Arc]:
        if item.kind == "text":
            yield Arc(place + 1, IN_STEP, item.text, 0.0)
            return
        if item.kind == "unreadable":
            yield Arc(place + 1, IN_STEP, item.text, _LITERAL_MARK)
        to = place + 1 if item.codes is None else place + 2
        self._leads[to] = self._lost_leads(place, item)
        yield Arc(to, LOST, "", _HIDDEN_CUT if item.kind == "hidden" else 0.0)

    def _lost_leads(self, place: int, item: Item) -> Mapping[int, float]:
        """The bytes that may show as "?": the second ones of the annotated codes that begin with the byte before."""
        if item.codes is None:
            return dict.fromkeys(LEADS, 0.0)
        before = self.items[place - 1].code[-1:] if place else b""
        codes = {code: cost for code, cost in item.codes.items() if code[1] >= 0x80}
        return {code[1]: cost for code, cost in codes.items() if not before or code[:1] == before}

    def _pending(self, place: int, state: int) -> Mapping[int, float]:
        if state == LOST:
            return self._leads[place]
        return {state: 0.0} if state <= 0xFF else dict.fromkeys(_SECOND_BYTES[state], 0.0)

    def _show(self, place: int, item: Item, leads: Mapping[int, float], *, free: bool) -> Iterator[Arc]:
        """The item shows the trail byte of the pending character, and perhaps the lead byte of the next."""
        if item.kind != "text":
            yield from self._cut(place, item, leads, free=free)
            return
        if len(item.code) == 2:
            yield from self._pairs(leads, item.code[0], place + 1, item.code[1])
        elif item.codes is not None:
            for code, cost in item.codes.items():
                if code[0] in leads and code[1:] == item.code:
                    yield Arc(place + 2, IN_STEP, code.decode("gbk"), cost + leads[code[0]])
        elif _is_trail(item):
            yield from self._pairs(leads, item.code[0], place + 1, IN_STEP)
        if item.text in _FOLDED and item.codes is None:
            yield from self._pairs(leads, 0xA3, place + 1, _FOLDED[item.text])

    def _pairs(self, leads: Mapping[int, float], trail: int, to: int, state: int, cost: float = 0.0) -> Iterator[Arc]:
        for lead, price in leads.items():
            character = character_of(lead, trail)
            if not character or (len(leads) > 1 and self._frequency(character) < _RAREST):
                continue
            price += cost
            if len(leads) < len(LEADS) and bytes((lead, trail)) in self.page.annotated:
                price += _MISSING_ANNOTATION
            yield Arc(to, state, character, price)

    def _cut(self, place: int, item: Item, leads: Mapping[int, float], *, free: bool) -> Iterator[Arc]:
        """The trail byte of the pending character cannot be read, or it and the byte after it."""
        cost = _HIDDEN_CUT if item.kind == "hidden" else 0.0
        if item.codes is not None:
            for code, price in item.codes.items():
                if code[0] in leads and code[1] >= 0x80:
                    yield Arc(place + 2, IN_STEP, code.decode("gbk"), price + cost + leads[code[0]])
            return
        alone = _stands_alone(self.items, place)
        for trail in TRAILS if alone else _UNDEFINED:
            price = 0.0 if alone or self.page.resumes else _UNLIKE_THE_PAGE
            yield from self._common(self._pairs(leads, trail, place + 1, IN_STEP, price), free=free)
        if alone:
            return
        price = _UNLIKE_THE_PAGE if self.page.resumes else _UNDEFINED_PAIR
        for trail in _VANISHING:
            yield from self._common(self._pairs(leads, trail, place + 1, VANISHED, price), free=free)
        for trail in _GARBLING:
            yield from self._common(self._pairs(leads, trail, place + 1, GARBLED, price), free=free)
        if item.text == "?":
            yield from self._pairs(leads, 0xA3, place + 1, 0xBF, _FOLDED_MARK)

    def _vanish(self, place: int, item: Item, state: int, leads: Mapping[int, float]) -> Iterator[Arc]:
        """The pending character's trail byte and the lead byte after it fell into an undefined row and do not show."""
        if state == VANISHED_TWICE or item.kind == "hidden":
            return
        to = VANISHED_TWICE if state in (VANISHED, GARBLED) else VANISHED
        for trail, price in _VANISHING.items():
            yield from self._common(self._pairs(leads, trail, place, to, price), free=len(leads) > 1)

    def _common(self, arcs: Iterator[Arc], *, free: bool) -> Iterator[Arc]:
        """Where both bytes are free, common characters only."""
        least = _COMMON if free else _RAREST
        return (arc for arc in arcs if self._frequency(arc.text) >= least)

    def _frequency(self, character: str) -> float:
        """The log share of a character, by itself or inside of words."""
        shown = simplified(character)
        share = neighbours().share(shown)
        return max(self.page.lexicon.word(shown) or 0.0, math.log(share) if share else -math.inf)

    # The best path ---------------------------------------------------------------------------------------------------

    def solve(self, first: int, signs: Sequence[int]) -> tuple[int, list[_Entry]]:
        """The likeliest readings from item ``first`` on, and the item where they end.

        That is the first place after the first sign where every likely reading is in step and no sign is near, or the
        end of the line.
        """
        reached: dict[int, dict[int, list[_Entry]]] = {first: {IN_STEP: [_Entry(0.0, 0, "", None, ())]}}
        end = len(self.items)
        for place in range(first, end):
            states = reached.pop(place, {})
            if not states:
                continue
            if set(_likely(states)) == {IN_STEP} and place > signs[0] and _far_from(signs, place):
                return place, states[IN_STEP]
            for state in (*[each for each in states if each <= LOST], GARBLED, VANISHED, VANISHED_TWICE):
                if state in states and state in _likely(states):
                    self._leave(place, state, states, reached)
        final = reached.get(end, {}).get(IN_STEP, [])
        return end, final

    def _leave(
        self, place: int, state: int, states: dict[int, list[_Entry]], reached: dict[int, dict[int, list[_Entry]]]
    ) -> None:
        entries = states[state]
        gain = neighbours().gain
        for score, text, arcs in self._words(place, state):
            arc = arcs[-1][1]
            target = states if arc.to == place else reached.setdefault(arc.to, {})
            row = target.setdefault(arc.state, [])
            least = row[-1].score if len(row) == _BEST else row[0].score - _BEAM if row else -math.inf
            for entry in entries:
                if entry.score + score + 4.0 < least:
                    break
                total = entry.score + score + (gain(entry.last, text[0]) if entry.last and text else 0.0)
                if total > least:
                    _insert(row, _Entry(total, _digest(entry.digest, text), text[-1:] or entry.last, entry, arcs))

    def _words(self, place: int, state: int) -> list[tuple[float, str, tuple[tuple[int, Arc], ...]]]:
        """Every word that can begin here: its log probability with the costs on its way, and its steps."""
        found: list[tuple[float, str, tuple[tuple[int, Arc], ...]]] = []
        for shown, arcs in self._arcs(place, state).items():
            if len(shown) != 1:
                found += [(arc.cost, shown, ((place, arc),)) for arc in arcs]
            else:
                self._continue("", shown, 0.0, (), place, arcs, found)
        return found

    def _continue(
        self,
        text: str,
        shown: str,
        cost: float,
        steps: tuple[tuple[int, Arc], ...],
        place: int,
        arcs: Sequence[Arc],
        found: list[tuple[float, str, tuple[tuple[int, Arc], ...]]],
    ) -> None:
        text += shown
        score = self.page.lexicon.word(text)
        followers = self.page.lexicon.followers(text) if len(text) < LONGEST else frozenset()
        for arc in arcs:
            total, taken = cost + arc.cost, (*steps, (place, arc))
            if score is not None and shown:
                found.append((score + total, text, taken))
            if followers and arc.to < len(self.items):
                following = self._arcs(arc.to, arc.state)
                for each in following.keys() & followers:
                    self._continue(text, each, total, taken, arc.to, following[each], found)
                if "" in following:
                    self._continue(text, "", total, taken, arc.to, following[""], found)


def _stands_alone(items: Sequence[Item], place: int) -> bool:
    """Whether a lead byte could find no trail byte after item ``place``: at the end, or before a byte below 40."""
    if place + 1 == len(items):
        return True
    following = items[place + 1]
    return following.kind == "reading" or (following.kind == "text" and following.text < "@")


def _far_from(signs: Sequence[int], place: int) -> bool:
    """Whether no sign is within ``_CONTEXT`` items of ``place``."""
    return bisect_left(signs, place - _CONTEXT) == bisect_left(signs, place + _CONTEXT + 1)


def _likely(states: Mapping[int, Sequence[_Entry]]) -> list[int]:
    best = max(entries[0].score for entries in states.values())
    return [state for state, entries in states.items() if entries[0].score > best - _BEAM]


def _digest(digest: int, text: str) -> int:
    for character in text:
        digest = (digest * 1_000_003 + ord(character)) % (1 << 61)
    return digest


def _insert(row: list[_Entry], entry: _Entry) -> None:
    """Put ``entry`` into ``row`` in order, once for each text."""
    for index, other in enumerate(row):
        if other.digest == entry.digest:
            if other.score >= entry.score:
                return
            del row[index]
            break
    row.append(entry)
    row.sort(key=lambda each: -each.score)
    del row[_BEST:]


def restore(line: str, page: Page, following: str = "") -> list[Piece]:
    """What each stretch of ``line`` that is out of step stands for, in characters as they were stored.

    ``following`` is the next line, which tells by what this one may end.
    """
    items = parse(line, page)
    signs = [index for index, item in enumerate(items) if _is_sign(item)]
    pieces: list[Piece] = []
    done = 0
    while signs:
        first = max(done, signs[0] - _CONTEXT)
        done, entries = Lattice(items, page).solve(first, signs)
        if done == len(items):
            entries = _closed(entries, page.ending(line, following))
        entries = _balanced(entries, line, items[first].start, items[done - 1].end)
        if entries:
            margin = entries[0].score - entries[1].score if len(entries) > 1 else _BEAM
            pieces += _pieces(items, entries[0], margin, page)
        signs = [index for index in signs if index >= done]
    return pieces


def _closed(entries: Sequence[_Entry], ending: Mapping[str, float]) -> list[_Entry]:
    return [entry._replace(score=entry.score + ending.get(entry.last, ending[""])) for entry in entries]


def _balanced(entries: Sequence[_Entry], line: str, start: int, end: int) -> list[_Entry]:
    """The entries, best first, after taking off for each bracket or quotation mark that has no partner in the line."""
    odd = [_partnerless(line[:start] + "".join(arc.text for _, arc in _path(each)) + line[end:]) for each in entries]
    scored = [each._replace(score=each.score + _NO_PARTNER * many) for each, many in zip(entries, odd, strict=True)]
    return sorted(scored, key=lambda entry: -entry.score)


def _partnerless(text: str) -> int:
    return sum(
        abs(sum(text.count(sign) for sign in opening) - sum(text.count(sign) for sign in closing))
        for opening, closing in (("（(", "）)"), ("“", "”"), ("《", "》"), ("〔", "〕"), ("【", "】"), ("‘", "’"))
    )


def _is_sign(item: Item) -> bool:
    return item.kind in ("unreadable", "hidden") or (item.kind == "reading" and bool(item.text))


def _pieces(items: Sequence[Item], best: _Entry, margin: float, page: Page) -> Iterator[Piece]:
    state, begin, text, rules = IN_STEP, 0, "", set[str]()
    for index, arc in _path(best):
        if state == IN_STEP and arc.state != IN_STEP:
            begin, text, rules = index, "", set()
        if state != IN_STEP or arc.state != IN_STEP:
            text += arc.text
            rules |= _rules(items[index : arc.to], arc)
            if arc.state == IN_STEP:
                rule = next(rule for rule in ("vanished", "lost-byte", "shift") if rule in rules)
                gap = _swallowed(items, index, page)
                yield Piece(items[begin].start, items[arc.to - 1].end, text + gap, rule, 0.0 if gap else margin)
        state = arc.state


def _swallowed(items: Sequence[Item], place: int, page: Page) -> str:
    """A mark for the character, a digit it may be, that the undecodable byte before it took along."""
    if items[place].kind != "unreadable" or items[place].codes is not None or place + 1 == len(items):
        return ""
    rest = "".join(item.text for item in items[place + 1 : place + 5])
    following = items[place + 1]
    if following.kind != "text" or not following.text.isascii() or page.swallows is False:
        return ""
    return items[place].text if page.swallows or _LACKS_A_DIGIT.match(rest) else ""


def _path(entry: _Entry | None) -> list[tuple[int, Arc]]:
    steps: list[tuple[int, Arc]] = []
    while entry is not None:
        steps[:0] = entry.arcs
        entry = entry.before
    return steps


def _rules(items: Sequence[Item], arc: Arc) -> set[str]:
    if arc.state > LOST:
        return {"vanished", "shift"}
    if arc.state == LOST and not any(item.codes for item in items):
        return {"lost-byte", "shift"}
    return {"shift"}
