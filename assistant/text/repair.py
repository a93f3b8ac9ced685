"""Damaged text and what was done to it: one round after the other, every change kept against the raw text.

The rounds and what they undo: text read in the wrong encoding (mojibake), entities and tags left from a web page, pinyin
inserted into traditional text and what it broke (pinyin, shift, lost-byte, vanished, then simplify), navigation around
the body, blanks between characters, hard line breaks, punctuation. A clean text comes back unchanged, byte for byte;
clean traditional text too, since only the faulty step that inserts pinyin also converts. Nothing is invented: what cannot
be restored is kept and marked as uncertain (doubtful), a lost digit above all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from assistant.text import tidy
from assistant.text.edits import compose, replay
from assistant.text.hanzi import code_of, simplified, to_simplified
from assistant.text.lexicon import Lexicon
from assistant.text.shift import CUT_TAG, UNREADABLE, Page, find_readings, is_list_item, restore
from assistant.types import Repair

_FEWEST_READINGS = 3
"""Inserted readings that a page needs to be taken for damaged; a short one needs but one."""
_SHORT = 200
_SURE = 1.0
"""How much likelier (log) than the next best a restored stretch has to be to count as certain."""
_DOUBTFUL_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:19|20)\d{2}年")


def repair(raw: str) -> tuple[str, tuple[Repair, ...]]:
    """The repaired text, and the changes that make it of ``raw``: ``replay(raw, repairs)`` is the text."""
    annotated = is_annotated(raw)
    text, repairs = raw, tuple[Repair, ...]()
    for round_ in (_clear, _read, _simplify, _tidy, _doubt):
        found = round_(text, annotated)
        if found:
            repairs = compose(raw, repairs, found)
            text = replay(raw, repairs)
    return text, repairs


def _clear(text: str, annotated: bool) -> list[Repair]:
    """Wrong encodings, entities and tags."""
    return _first_of(text, (tidy.mojibake, tidy.entities, tidy.markup))


def _first_of(text: str, functions: Sequence[Callable[[str], list[tidy.Edit]]]) -> list[Repair]:
    """The edits of the functions, one after the other, as repairs of ``text``."""
    repairs: tuple[Repair, ...] = ()
    for function in functions:
        current = replay(text, repairs)
        edits = function(current)
        if edits:
            repairs = compose(text, repairs, [_repair(current, edit) for edit in edits])
    return list(repairs)


def _repair(text: str, edit: tidy.Edit) -> Repair:
    return Repair(edit.rule, edit.start, text[edit.start : edit.end], edit.replacement)


def is_annotated(text: str) -> bool:
    """Whether readings were inserted into ``text`` by the faulty step."""
    found = sum(fits for line in text.split("\n") for _, _, fits in find_readings(line))
    return found >= _FEWEST_READINGS or bool(found and len(text) < _SHORT)


def _read(text: str, annotated: bool) -> list[Repair]:
    """Inserted readings out, and what they put out of step back in step."""
    if not is_annotated(text):
        return []
    lines = text.split("\n")
    page = _page(lines)
    repairs: list[Repair] = []
    start = 0
    for number, line in enumerate(lines):
        following = next((each for each in lines[number + 1 :] if each.strip()), "")
        repairs += (_moved(each, start) for each in _read_line(line, page, following))
        start += len(line) + 1
    return repairs


def _read_line(line: str, page: Page, following: str) -> list[Repair]:
    pieces = restore(line, page, following)
    repairs = [
        Repair(each.rule, each.start, line[each.start : each.end], each.text, each.margin >= _SURE) for each in pieces
    ]
    others = [("pinyin", match) for match, _, fits in find_readings(line) if fits]
    others += [("markup", match) for match in CUT_TAG.finditer(line)]
    for rule, match in others:
        if not any(each.start <= match.start() < each.end for each in pieces):
            repairs.append(Repair(rule, match.start(), match.group(), ""))
    return sorted(repairs, key=lambda each: each.start)


def _moved(repair: Repair, by: int) -> Repair:
    return Repair(repair.rule, repair.start + by, repair.before, repair.after, repair.certain)


def _page(lines: Sequence[str]) -> Page:
    """What the page teaches: its phrases before any damage in a line, what it annotates, how its lines end."""
    annotated: Counter[bytes] = Counter()
    phrases = []
    for line in lines:
        for match, _, fits in find_readings(line):
            if fits:
                annotated[code_of(line[match.start() - 1])] += 1
        clean = "".join(_without_readings(line)).split("?")[0]
        phrases.append("".join(map(simplified, clean)))
    whole = "\n".join(lines)
    swallows = len(re.findall(r"\?[a-zà-ǜ]+\)", whole)) > len(re.findall(r"\?\([a-zà-ǜ]+\)", whole))
    return Page(Lexicon(phrases), annotated, _endings(lines, phrases), swallows)


def _without_readings(line: str) -> Iterator[str]:
    place = 0
    for match, _, _ in find_readings(line):
        yield line[place : match.start()]
        place = match.end()
    yield line[place:]


def _endings(lines: Sequence[str], phrases: Sequence[str]) -> dict[tuple[bool, bool], Counter[str]]:
    endings: dict[tuple[bool, bool], Counter[str]] = defaultdict(Counter)
    filled = [(line, phrase) for line, phrase in zip(lines, phrases, strict=True) if phrase.strip()]
    for (line, phrase), (_, after) in zip(filled, [*filled[1:], ("", "")], strict=True):
        if not any(mark in line for mark in UNREADABLE):
            endings[is_list_item(phrase), is_list_item(after)][phrase[-1]] += 1
    return endings


def _simplify(text: str, annotated: bool) -> list[Repair]:
    """The faulty step turned simplified text into traditional: turn it back, where the page shows that step's work."""
    if not annotated:
        return []
    repairs: list[Repair] = []
    start = 0
    for line in text.split("\n"):
        converted = to_simplified(line)
        if len(converted) == len(line):
            repairs += _differences(line, converted, start)
        elif converted != line:
            repairs.append(Repair("simplify", start, line, converted))
        start += len(line) + 1
    return repairs


def _differences(before: str, after: str, start: int) -> Iterator[Repair]:
    """The runs in which two lines of the same length differ."""
    place = start
    for differs, run in groupby(zip(before, after, strict=True), key=lambda pair: pair[0] != pair[1]):
        pairs = list(run)
        if differs:
            yield Repair("simplify", place, "".join(one for one, _ in pairs), "".join(other for _, other in pairs))
        place += len(pairs)


def _tidy(text: str, annotated: bool) -> list[Repair]:
    """Navigation, blanks, line breaks and punctuation."""
    return _first_of(
        text, (tidy.boilerplate, tidy.spacing, tidy.line_breaks, lambda each: tidy.punctuation(each, damaged=annotated))
    )


def _doubt(text: str, annotated: bool) -> list[Repair]:
    """What cannot be restored is marked: unreadable bytes that are left, and years that ran together (20212025年)."""
    if not annotated:
        return []
    marks = [(each.start(), each.group()) for each in re.finditer(rf"[{UNREADABLE}]", text)]
    years = [(each.start(), each.group()) for each in _DOUBTFUL_YEARS.finditer(text)]
    return [Repair("doubtful", start, found, found, certain=False) for start, found in sorted(marks + years)]
