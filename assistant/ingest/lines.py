"""The lines of a text and the mark that each begins with: 第二章, 第九条, 一、, （一）, 1., 附件1, 一是.

A line here is a logical one: where a transcription ran two articles together after a full stop, each is its own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from assistant.text.numbers import arabic_value, chinese_value

BLANKS = "\\s\u200b\ufeff"
"""What counts as blank, for a character class: white space and the two invisible signs that pages are full of."""

CHINESE = "[零〇○一二三四五六七八九十百千]"
"""Pattern for one sign of a Chinese numeral."""

_SPACE = f"[{BLANKS}]"
_NUMBER = rf"(?:{CHINESE}(?:[ \u3000]?{CHINESE})*|\d{{1,4}})"
_SENTENCE_END = "。！？；：!?;:"
_CLOSING = "”’」』）)》〉】\"'"


class Kind(IntEnum):
    """What a mark numbers, outermost first."""

    ANNEX = 0
    BOOK = 1
    SUBBOOK = 2
    CHAPTER = 3
    SECTION = 4
    ARTICLE = 5
    CHINESE = 6
    CHINESE_BRACKETED = 7
    ARABIC = 8
    ARABIC_BRACKETED = 9
    CIRCLED = 10
    ORDINAL = 11


DIVISIONS = (Kind.ANNEX, Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION)
"""Marks of lines that are nothing but headings."""

NUMBERED = (Kind.CHINESE, Kind.CHINESE_BRACKETED, Kind.ARABIC, Kind.ARABIC_BRACKETED, Kind.CIRCLED)
"""Marks that number headings and paragraphs of a notice, and the items inside an article."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark at the beginning of a line: kind, number, name in a label, and how many characters it has."""

    kind: Kind
    number: int
    label: str
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` without blanks around it stands at ``[start, end)`` of the document; it is never empty."""

    start: int
    end: int
    text: str
    mark: Mark | None = None

    @property
    def kind(self) -> Kind | None:
        """The kind of its mark."""
        return self.mark.kind if self.mark else None

    @property
    def body(self) -> str:
        """The line behind its mark."""
        return self.text[self.mark.size :].lstrip() if self.mark else self.text

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence or a clause does."""
        return self.text.rstrip(_CLOSING)[-1:] in tuple(_SENTENCE_END) if self.text.rstrip(_CLOSING) else False


def ordinal(numeral: str) -> int:
    """The number that a numeral of signs from ``CHINESE``, or of Arabic digits, writes; blanks inside do not count."""
    signs = "".join(numeral.split())
    return int(arabic_value(signs) if signs.isdecimal() else chinese_value(signs) or 0)


_DIVISION_KINDS = {
    "编": Kind.BOOK,
    "部分": Kind.BOOK,
    "分编": Kind.SUBBOOK,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
}
_DIVISION = re.compile(
    rf"(第[ \u3000]?({_NUMBER})[ \u3000]?(编|分编|部分|章|节))(?:{_SPACE}+|$|(?=[^。；，]{{1,40}}$))"
)
_DIVISION_REFERENCE = re.compile(r"(?:规定|所|的|至|、|和|与|及|或|以|除|中)")
_ARTICLE = re.compile(rf"(第[ \u3000]?({_NUMBER})[ \u3000]?条(?:之({CHINESE}+))?){_SPACE}*")
_ARTICLE_REFERENCE = re.compile(
    r"第|规定|、|，|,|；|。|和|或者?[第本]|[及与到]第|及其|至|的|所(?!有)|中(?![华国央小介外])|之[规外间]|以[外及上下内]|除外"
    r"|修改为|改为|删去|增加一|[项款]|（[^）]*）[、和，]"
)
_ANNEX = re.compile(
    rf"(附[ \u3000]?(?:件|表|录|则表)[ \u3000]?({_NUMBER})?)(?![:：][ \u3000]?(?:\d|$))[ \u3000:：.．]*"
)
_ANNEX_ALONE = re.compile(rf"附[ \u3000]?(?:件|表|录)[ \u3000]?(?:{_NUMBER})?$")
_MARKS = (
    (Kind.CHINESE, re.compile(rf"({CHINESE}{{1,4}})[ \u3000]?[、．.]{_SPACE}*")),
    (Kind.CHINESE_BRACKETED, re.compile(rf"[（(〔]{_SPACE}?({CHINESE}{{1,4}}){_SPACE}?[)）〕]、?{_SPACE}*")),
    (Kind.ARABIC, re.compile(rf"(\d{{1,3}})[ \u3000]?[.．、](?!\d){_SPACE}*")),
    (Kind.ARABIC_BRACKETED, re.compile(rf"[（(]?{_SPACE}?(\d{{1,2}}){_SPACE}?[)）]、?{_SPACE}*")),
    (Kind.CIRCLED, re.compile(rf"([①-⑳]){_SPACE}*")),
    (Kind.ORDINAL, re.compile(r"([一二三四五六七八九]|十[一二三四五]?)是(?![否的])")),
)
_SIGNS = {chr(0x3220 + index): f"（{sign}）" for index, sign in enumerate("一二三四五六七八九十")}

_SHORT_HEADING = 60
"""A 编, 章, 节 or 附件 line with more characters than this is a sentence about one."""


def _division(text: str) -> Mark | None:
    found = _DIVISION.match(text)
    if not found or len(text) > _SHORT_HEADING or text[-1] in "。；，：、,;:":
        return None
    if _DIVISION_REFERENCE.match(text, found.end()) and not found.group(0)[-1].isspace():
        return None
    label = "".join(found.group(1).split())
    return Mark(_DIVISION_KINDS[found.group(3)], ordinal(found.group(2)), label, found.end())


def _annex(text: str) -> Mark | None:
    found = _ANNEX.match(text)
    if not found or len(text) > _SHORT_HEADING or text[-1] in "。；，、,;：:":
        return None
    named = found.group(2) or found.group(0)[-1] in " \u3000:：" or _ANNEX_ALONE.match(text)
    number = ordinal(found.group(2)) if found.group(2) else 1
    return Mark(Kind.ANNEX, number, "".join(found.group(1).split()), found.end()) if named else None


def _article(text: str) -> Mark | None:
    found = _ARTICLE.match(text)
    if not found:
        return None
    if _ARTICLE_REFERENCE.match(text, found.end()) and found.end() == found.end(1):
        return None
    return Mark(Kind.ARTICLE, ordinal(found.group(2)), "".join(found.group(1).split()), found.end())


def _label(kind: Kind, numeral: str) -> str:
    if kind in (Kind.CHINESE_BRACKETED, Kind.ARABIC_BRACKETED):
        return f"（{numeral}）"
    return f"{numeral}是" if kind is Kind.ORDINAL else numeral


def mark_of(text: str) -> Mark | None:
    """The mark that ``text`` begins with, or ``None``; ``text`` has no blanks before it."""
    if text[0] in _SIGNS:
        label = _SIGNS[text[0]]
        return Mark(Kind.CHINESE_BRACKETED, ordinal(label[1:-1]), label, 1)
    if text[0] in "第附":
        return _article(text) or _division(text) or _annex(text)
    for kind, pattern in _MARKS:
        if found := pattern.match(text):
            numeral = found.group(1)
            number = ord(numeral) - ord("①") + 1 if kind is Kind.CIRCLED else ordinal(numeral)
            return Mark(kind, number, _label(kind, numeral), found.end())
    return None


_GAP = "[ \t\u3000\u2002\u2003]"
_ARTICLE_INSIDE = re.compile(
    rf"(?:(?<=[。；！？]){_GAP}*|(?<=[”）)]){_GAP}+)(?=第[ \u3000]?{_NUMBER}[ \u3000]?条)",
)
_ARTICLE_BEHIND_HEADING = re.compile(rf"{_SPACE}+(?=第({_NUMBER})条{_SPACE})")
_DIVISION_INSIDE = re.compile(
    rf"(?:(?<=[。；]){_GAP}*|{_GAP}+(?=第一))"
    rf"(?=第{_NUMBER}[编章节]{_SPACE}+[^。；，]{{1,30}}?{_SPACE}第{_NUMBER}条{_SPACE})"
)


def _cuts(text: str, last: int) -> Iterator[int]:
    """Where inside one written line further lines begin: the next article in number, or a heading before it."""
    candidates = sorted(_candidates(text))
    for cut, following in zip(candidates, [*candidates[1:], len(text)], strict=False):
        mark = mark_of(text[cut:following].rstrip())
        if mark is None:
            continue
        if mark.kind is not Kind.ARTICLE:
            yield cut
        elif mark.number == last + 1:
            last = mark.number
            yield cut


def _candidates(text: str) -> set[int]:
    found = {match.end() for match in _ARTICLE_INSIDE.finditer(text)}
    divisions = {match.end() for match in _DIVISION_INSIDE.finditer(text)}
    for start in divisions | {0}:
        if re.match(rf"第{_NUMBER}[编章节]{_SPACE}", text[start:]):
            behind = _ARTICLE_BEHIND_HEADING.search(text, start, start + _SHORT_HEADING)
            found |= {behind.end()} if behind else set()
    return found | divisions


def _written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, as (start, text without blanks around it)."""
    for match in re.finditer(rf"[^{BLANKS}](?:[^\n\r\v\f\x85\u2028\u2029]*[^{BLANKS}])?", text):
        yield match.start(), match.group(0)


def lines_of(text: str) -> list[Line]:
    """The logical lines of ``text`` in order, each with its mark."""
    lines: list[Line] = []
    last = 0
    for start, written in _written_lines(text):
        opening = mark_of(written)
        before = opening.number if opening and opening.kind is Kind.ARTICLE else last
        bounds = [0, *(cut for cut in _cuts(written, before) if cut), len(written)]
        for begin, end in pairwise(bounds):
            piece = written[begin:end].rstrip().rstrip("\u200b\ufeff").rstrip()
            mark = _accepted(mark_of(piece), lines[-1] if lines else None, last)
            lines.append(Line(start + begin, start + begin + len(piece), piece, mark))
            last = mark.number if mark and mark.kind is Kind.ARTICLE else last
    return lines


def _accepted(mark: Mark | None, previous: Line | None, last: int) -> Mark | None:
    """``mark``, unless it is an article's number at the head of a line that a break put in the middle of a sentence."""
    if mark is None or mark.kind is not Kind.ARTICLE or previous is None or mark.number == last + 1:
        return mark
    broken = last > 0 and not previous.finished and previous.kind not in DIVISIONS
    return None if broken else mark
