"""Items from GIFT files, our own exports and others'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.quiz.drafts import cited
from assistant.quiz.export.text import POINT, QUOTE, SOURCE
from assistant.quiz.imports.gift_syntax import GiftQuestion, split_gift
from assistant.quiz.imports.outcome import ID, MISTAKE, Imported, RowError, against, keep
from assistant.quiz.imports.provenance import Clauses
from assistant.quiz.types import BLANK, Item, Origin
from assistant.types import Passage

_HINT = re.compile(r"（(\d+) 个空按顺序填，用“(.+?)”隔开）$", re.DOTALL)
_PIECE = re.compile(rf"(?:^|\n)({POINT}|{SOURCE})")
_QUOTE = re.compile(rf"(?:^|\n){QUOTE}")
_CLAUSE = re.compile(r"《(?P<title>.+)》(?:（[^（）]*）)?(?P<label>[^《》]*)")


def read_gift(text: str, passages: Iterable[Passage]) -> Imported:
    """The items of a GIFT file.

    The general feedback of a question may hold lines 依据：《文件》第九条 and 原文：…, from which its clause is read, and
    for an essay its marking points, 要点：… each.
    """
    clauses, items, errors = Clauses(passages), dict[str, Item](), []
    for block in split_gift(text):
        try:
            keep(items, _item(block.question(), clauses))
        except ValueError as error:
            errors.append(RowError(f"第 {block.line} 行起的题", str(error), (block.text,)))
    return Imported(tuple(items.values()), tuple(errors))


def refused_questions(errors: Sequence[RowError]) -> str:
    """A GIFT file of the questions that did not come in, each under a comment that says what is wrong."""
    return "".join(f"// {MISTAKE}：{' '.join(error.message.split())}\n{error.content[0]}\n\n" for error in errors)


def _item(question: GiftQuestion, clauses: Clauses) -> Item:
    remark, points, origin = _feedback(question.feedback, clauses)
    stem, answers = _blanks(question) if question.type == "填空" else (question.stem, points)
    if question.type == "简答" and not answers:
        raise ValueError("简答题要在 #### 后面写出评分要点，一个要点一行：要点：……")
    try:
        item = Item(
            type=question.type, kind="其他", stem=stem, options=question.options, key=question.key,
            answers=answers if not question.options else (), origin=origin,
            explanation=f"{remark}{cited(origin)}" if origin else remark,
            why_wrong=against(question.reasons, question.key),
        )  # fmt: skip
    except ValueError as error:
        raise ValueError("题目不完整：题干不能空，选项要有 2 到 8 个，不能有空的或一样的") from error
    return replace(item, id=question.name) if ID.fullmatch(question.name) else item


def _blanks(question: GiftQuestion) -> tuple[str, tuple[str, ...]]:
    """The stem and the answers of its blanks; a stem without a blank gets one at its end."""
    hint = _HINT.search(question.stem)
    if hint is None:
        stem = question.stem if BLANK in question.stem else question.stem + BLANK
        if stem.count(BLANK) > 1:
            raise ValueError("题干有几个空，答案却没有分开；题干末尾请写（2 个空按顺序填，用“；”隔开）")
        return stem, ("|".join(question.answers),)
    stem, count, divider = question.stem[: hint.start()], int(hint[1]), hint[2]
    rows = [answer.split(divider) for answer in question.answers]
    if any(len(row) != count for row in rows) or stem.count(BLANK) != count:
        raise ValueError(f"题干和每个答案都要有 {count} 个空，用“{divider}”隔开")
    return stem, tuple("|".join(dict.fromkeys(column)) for column in zip(*rows, strict=True))


def _feedback(text: str, clauses: Clauses) -> tuple[str, tuple[str, ...], Origin | None]:
    """The remark, the marking points and the origin that a general feedback holds."""
    quoted = _QUOTE.search(text)
    head, quote = (text[: quoted.start()], text[quoted.end() :]) if quoted else (text, "")
    remark, *pieces = _PIECE.split(head)
    marked = list(zip(pieces[::2], pieces[1::2], strict=True))
    points = tuple(content.strip() for mark, content in marked if mark == POINT and content.strip())
    sources = [content.strip() for mark, content in marked if mark == SOURCE]
    if not sources:
        return text if not points else remark, points, None
    match = _CLAUSE.fullmatch(sources[0])
    if match is None:
        raise ValueError(f"读不懂依据“{sources[0][:30]}”；请写成“依据：《文件名》第几条”")
    if not match["label"] and not quote:
        raise ValueError("依据里请再写第几条")
    return remark, points, clauses.origin(match["title"], match["label"], quote)
