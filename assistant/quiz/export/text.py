"""What every export writes alike: characters that files can hold, the source of an item, marks."""

from __future__ import annotations

import re

from assistant.quiz.drafts import cited
from assistant.quiz.types import LETTERS, Item

POINT, SOURCE, QUOTE = "要点：", "依据：", "原文："
"""How the lines of a feedback begin that give a marking point, name the clause, and give its words."""

# Not characters of XML 1.0 (section 2.2), and so of no DOCX, XLSX, QTI or Moodle file.
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def writable(text: str) -> str:
    """The text with every kind of line end as a newline, and a mark (U+FFFD) for what no file can hold."""
    return _UNWRITABLE.sub("\ufffd", _NEWLINE.sub("\n", text))


def source_of(item: Item) -> str:
    """Where an item's clause stands: 《社会救助暂行办法》（国务院令第649号）第九条; empty for an item without one."""
    if item.origin is None:
        return ""
    number = f"（{item.origin.number}）" if item.origin.number else ""
    return f"《{item.origin.title}》{number}{item.origin.label}"


def reasons(item: Item) -> list[tuple[str, str]]:
    """The letters of the wrong options with the reason why each is wrong, where one is known."""
    return [(letter, why) for letter, why in zip(LETTERS, item.why_wrong, strict=False) if why]


def remark_of(item: Item) -> str:
    """The explanation without the citation at its end, for where the clause is shown beside it anyway."""
    return item.explanation.removesuffix(cited(item.origin)).strip() if item.origin else item.explanation


def feedback_of(item: Item) -> str:
    """What a learner is shown after answering: the explanation, where its clause stands, and the clause's own words.

    For 简答 the marking points too.
    """
    lines = [remark_of(item)]
    if item.type == "简答":
        lines += [f"{POINT}{point}" for point in item.answers]
    if item.origin:
        lines += [f"{SOURCE}{source_of(item)}", f"{QUOTE}{item.origin.quote}"]
    return "\n".join(line for line in lines if line)
