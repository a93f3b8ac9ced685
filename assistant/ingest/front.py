"""What stands around the body of a text: title and adoption notes, the table of contents, the signature and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingest.lines import BLANKS, CHINESE, DIVISIONS, NUMBERED, Kind, Line

_SPACE = re.compile(f"[{BLANKS}]+")
_DATE = rf"(?:\d{{4}}|{CHINESE}{{4}})\s?年\s?(?:\d{{1,2}}|{CHINESE}{{1,3}})\s?月\s?(?:\d{{1,2}}|{CHINESE}{{1,3}})\s?日"
_DATE_ALONE = re.compile(rf"[（(]?(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|{_DATE})(?:印发|发布)?[)）]?")
_ADOPTED = re.compile(r"通过|公布|发布|颁布|印发|批准|修订|修正|施行|实施|废止")
_OFFICER = re.compile(
    r"(?:总\s?理|主\s?席|部\s?长|省\s?长|市\s?长|县\s?长|区\s?长|主\s?任|局\s?长)\s*[\u4e00-\u9fff\s]{2,6}"
)
_NUMBER_ALONE = re.compile(
    r"第\d+号|[（(]?[\w\u4e00-\u9fff]{0,30}(?:令\s*(?:第\s*\d+\s*号)?|[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*\d+\s*号)[)）]?"
)
_TITLE = re.compile(
    r"(?:法|条例|办法|规定|细则|规则|规程|决定|意见|通知|公告|通告|报告|方案|纲要|规划|标准|制度|章程|准则|指南|编|批复|函|解释)(?:[（(][^（()）]{1,12}[)）])?"
)
_CAPTION_LINES = 40
_SHORT = 40


def squeezed(text: str) -> str:
    """``text`` without blanks."""
    return _SPACE.sub("", text)


def tidy(text: str) -> str:
    """``text`` with single blanks and none beside Chinese signs: how a title is written."""
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", _SPACE.sub(" ", text.strip()))


def is_date_alone(text: str) -> bool:
    """Whether ``text`` is a date and nothing else."""
    return bool(_DATE_ALONE.fullmatch(squeezed(text)))


def is_adoption_note(text: str) -> bool:
    """Whether ``text`` says who adopted, issued or amended it and when: 2006年1月21日 国务院令第456号公布."""
    return bool(re.search(_DATE, text) and _ADOPTED.search(text)) and not text.rstrip("）)").endswith(("：", ":"))


def is_number_alone(text: str) -> bool:
    """Whether ``text`` is a 发文字号 and nothing else."""
    return bool(_NUMBER_ALONE.fullmatch(squeezed(text)))


# Title lines -----------------------------------------------------------------------------------------------------


def caption_end(lines: Sequence[Line], title: str) -> int:
    """The line at which the body begins: behind the title, the adoption notes, the number and the date at the top."""
    wanted, end = squeezed(title), 0
    for line in lines[:_CAPTION_LINES]:
        if line.mark is not None and line.kind in (*DIVISIONS, *NUMBERED, Kind.ARTICLE):
            break
        if squeezed(line.text) in ("目录", "目次") or not _belongs_to_caption(line.text, wanted, first=end == 0):
            break
        end += 1
    return end


def _belongs_to_caption(text: str, title: str, *, first: bool) -> bool:
    bare = squeezed(text)
    if (title and (bare in title or title in bare)) and len(bare) <= len(title) + 12:
        return True
    if (
        is_number_alone(text)
        or is_date_alone(text)
        or _OFFICER.fullmatch(text)
        or (is_adoption_note(text) and not text.startswith("现"))
    ):
        return len(text) <= 200
    titled = len(text) <= 2 * _SHORT and bool(_TITLE.search(bare[-16:])) and text[-1] not in "。；：，、,;:"
    return titled and first


# Contents --------------------------------------------------------------------------------------------------------

_LEADERS = re.compile(r"[.…·\-—\s]*\d*$")


def contents_end(lines: Sequence[Line], at: int) -> int:
    """Where the table of contents that begins at ``at`` ends, or 0 where none begins.

    It begins with 目录, or with a run of heading lines of which the first comes again further down; it goes up to that
    repetition, or to the first line that is no heading.
    """
    if re.fullmatch(r"(?:目录|目次)(?:第.{1,200})?", squeezed(lines[at].text)):
        return _entries_end(lines, at + 1, at + 1)
    if lines[at].kind not in (Kind.BOOK, Kind.CHAPTER) or at + 2 >= len(lines):
        return 0
    if any(line.kind not in DIVISIONS for line in lines[at : at + 3]):
        return 0
    repeated = any(_entry(line) == _entry(lines[at]) for line in lines[at + 1 :])
    return _entries_end(lines, at, at + 1) if repeated else 0


def _entries_end(lines: Sequence[Line], first: int, at: int) -> int:
    end = at
    while (
        end < len(lines) and _is_entry(lines[end]) and not (end > first and _entry(lines[end]) == _entry(lines[first]))
    ):
        end += 1
    return end


def _entry(line: Line) -> tuple[Kind, int] | str:
    """What tells an entry from others: its number, else its words without dots and the page's number."""
    return (line.mark.kind, line.mark.number) if line.mark else _LEADERS.sub("", squeezed(line.text))


def _is_entry(line: Line) -> bool:
    named = line.kind in DIVISIONS or line.kind in NUMBERED or _entry(line) in ("附则", "附件", "附录", "前言", "总则")
    return named and len(line.text) <= 80 and line.text[-1] not in "。；：，"


# Signature -------------------------------------------------------------------------------------------------------

_SIGNERS = 16
_BEHIND = ("附", "（此件", "(此件", "（联系", "(联系", "（公开", "抄送", "主题词", "公开方式", "信息公开", "公开属性")


def closing_end(lines: Sequence[Line], at: int) -> int:
    """Where the signature that begins at ``at`` ends (issuers, one a line, then a date alone), or 0 where none begins.

    Behind it the text is at its end, or only annexes and notes on copies follow.
    """
    if at and not (lines[at - 1].finished or lines[at - 1].kind is not None):
        return 0
    for end in range(at, min(at + _SIGNERS, len(lines))):
        text = lines[end].text
        if is_date_alone(text):
            last = end + 1 == len(lines) or lines[end + 1].text.startswith(_BEHIND)
            return end + 1 if last else 0
        signer = lines[end].mark is None and len(text) <= _SHORT and text[-1] not in "。；：，、,;:" and "|" not in text
        if not signer:
            return 0
    return 0
