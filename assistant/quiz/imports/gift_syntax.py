r"""The syntax of Moodle's GIFT format: a file into questions, a question into its parts.

Read are multiple choice (one or several right, by ``=`` or by weights), true/false, short answer, missing word and essay;
general feedback after ``####``. Not numerical and matching questions. Escapes are ``\~ \= \# \{ \} \: \\`` and ``\n``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.types import BLANK, RIGHT_WRONG, ItemType

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_NAME = re.compile(r"\s*::((?:\\.|(?!::).)*)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_ANSWERS = re.compile(r"((?:\\.|[^\\{}])*)\{((?:\\.|[^\\{}])*)\}((?:\\.|[^\\{}])*)", re.DOTALL)
_GENERAL = re.compile(r"((?:\\.|(?!####)[^\\])*)(?:####(.*))?", re.DOTALL)
_TRUTH = re.compile(r"(TRUE|T|FALSE|F)\s*(?:#((?:\\.|[^\\#])*))?(?:#((?:\\.|[^\\#])*))?", re.DOTALL | re.IGNORECASE)
_ANSWER = re.compile(r"\s*([=~])\s*(?:%(-?[\d.]+)%)?((?:\\.|[^\\=~#])*)(?:#((?:\\.|[^\\=~#])*))?", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ARROW = re.compile(r"(?:\\.|[^\\])*?->", re.DOTALL)
_GAP = "（　　）"


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A question of the file, its texts unescaped. ``answers`` are the ways to write a short answer."""

    name: str
    type: ItemType
    stem: str
    feedback: str
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftBlock:
    """The text of one question, with the comments above it, and the line it begins on, from 1."""

    line: int
    text: str

    def question(self) -> GiftQuestion:
        """Its parts. Raises ``ValueError``, in words for the person who imports, where it is not one that is read."""
        lines = [line for line in self.text.splitlines() if not line.lstrip().startswith(("//", "$CATEGORY"))]
        return _question("\n".join(lines))


def split_gift(text: str) -> Iterator[GiftBlock]:
    """The questions of a file; blank lines are between them. What has only comments and categories is passed over."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        block = text[start:end].strip("\n")
        if any(line.strip() and not line.lstrip().startswith(("//", "$CATEGORY")) for line in block.splitlines()):
            leading = len(text[start:end]) - len(text[start:end].lstrip("\n"))
            yield GiftBlock(text.count("\n", 0, start + leading) + 1, block)
        start = gap.end() if gap else end


def _question(text: str) -> GiftQuestion:
    name = _NAME.match(text)
    rest = text[name.end() :] if name else text
    form = _FORMAT.match(rest)
    parts = _ANSWERS.fullmatch(rest[form.end() :] if form else rest)
    if parts is None:
        raise ValueError("没有用大括号 { } 写出答案，或者大括号没有配对；题目里的大括号请写成 \\{ \\}")
    before, inside, after = (part.strip() for part in parts.groups())
    general = _GENERAL.fullmatch(inside)
    answers, feedback = general.groups() if general else (inside, "")
    markup = form[1] if form else ""
    found = _by_answers(answers.strip(), markup)
    gap = "" if not after else BLANK if found.type == "填空" else _GAP
    stem = f"{_plain(before, markup)}{gap}{_plain(after, markup)}"
    return GiftQuestion(
        _plain(name[1].strip()) if name else "", found.type, stem, _plain((feedback or "").strip(), markup),
        found.options, found.key, found.reasons, found.answers,
    )  # fmt: skip


def _by_answers(text: str, markup: str) -> GiftQuestion:
    """The type and the answers of what stands between the braces."""
    if not text:
        return GiftQuestion("", "简答", "", "")
    if text.startswith("#"):
        raise ValueError("不支持数值题；请改成填空题，如 {=60 =六十}")
    if truth := _TRUTH.fullmatch(text):
        right = truth[1].upper().startswith("T")
        wrong = _plain((truth[2] or "").strip(), markup)
        key, against = ((0,), ("", wrong)) if right else ((1,), (wrong, ""))
        return GiftQuestion("", "判断", "", "", RIGHT_WRONG, key, against)
    choices = _choices(text)
    if any(_ARROW.match(text) for _, _, text, _ in choices):
        raise ValueError("不支持匹配题（->）；请改成单选题或填空题")
    options = tuple(_plain(text.strip(), markup) for _, _, text, _ in choices)
    if all(mark == "=" for mark, _, _, _ in choices):
        if any(weight not in ("", "100") for _, weight, _, _ in choices):
            raise ValueError("不支持只得部分分的填空答案；请只写算对的答案")
        return GiftQuestion("", "填空", "", "", answers=options)
    right = tuple(
        place
        for place, (mark, weight, _, _) in enumerate(choices)
        if (_share(weight) > 0 if weight else mark == "=")
    )  # fmt: skip
    if not right:
        raise ValueError("没有写哪个选项是对的；对的选项前写 = 号")
    reasons = tuple(_plain(why.strip(), markup) for _, _, _, why in choices)
    return GiftQuestion("", "多选" if len(right) > 1 else "单选", "", "", options, right, reasons)


def _choices(text: str) -> Sequence[tuple[str, str, str, str]]:
    """Mark, weight, text and feedback of every answer."""
    found, place = [], 0
    while place < len(text):
        match = _ANSWER.match(text, place)
        if match is None or match.end() == place:
            raise ValueError(f"读不懂答案“{text[place : place + 20]}”；每个答案前写 =（对）或 ~（错）")
        mark, weight, answer, why = match.groups()
        found.append((mark, weight or "", answer, why or ""))
        place = match.end()
    return found


def _share(weight: str) -> float:
    try:
        return float(weight)
    except ValueError as error:
        raise ValueError(f"读不懂得分比例“%{weight[:20]}%”；请写成 %50% 这样") from error


def _plain(text: str, markup: str = "") -> str:
    text = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
    return html.unescape(re.sub(r"<[^<>]+>", "", re.sub(r"<br\s*/?>", "\n", text))) if markup == "html" else text
