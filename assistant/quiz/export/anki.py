"""An Anki deck (.apkg): one note an item, under an id that hangs on the item alone, so a second import updates it."""

from __future__ import annotations

import hashlib
import html
import io

import genanki

from assistant.quiz.export.handout import printed_answer, printed_options
from assistant.quiz.export.text import reasons, remark_of, source_of, writable
from assistant.quiz.paper import Paper
from assistant.quiz.types import Item

MODEL_ID = 1_607_392_811
FIELDS = ("编号", "题型", "题干", "选项", "答案", "解析", "依据", "原文")
_FRONT = '<div class="type">{{题型}}</div><div class="stem">{{题干}}</div><div class="options">{{选项}}</div>'
_BACK = (
    "{{FrontSide}}<hr id=answer>"
    '<div class="key">{{答案}}</div><div>{{解析}}</div><div class="source">{{依据}}</div><div class="quote">{{原文}}</div>'
)
_CSS = """
.card { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-size: 20px; line-height: 1.6;
  text-align: left; color: #1a1a1a; background: #fff; max-width: 40em; margin: 0 auto; padding: 0.5em; }
.type { color: #555; font-size: 14px; } .stem { margin: 0.4em 0; } .key { font-weight: bold; color: #1a4a8a; }
.source { margin-top: 0.6em; color: #555; font-size: 16px; } .quote { font-family: "Songti SC", "Noto Serif CJK SC", serif; }
.nightMode.card { color: #eee; background: #222; } .nightMode .key { color: #8ab8f0; }
"""
_MODEL = genanki.Model(
    MODEL_ID,
    "法律题",
    fields=[{"name": name} for name in FIELDS],
    templates=[{"name": "一题一卡", "qfmt": _FRONT, "afmt": _BACK}],
    css=_CSS,
)


def anki(paper: Paper) -> bytes:
    """The deck of a paper, named by its title; A and B papers go into the same deck."""
    deck = genanki.Deck(_number(paper.title), _html(paper.title) or "法律题")
    for item in paper.items:
        deck.add_note(
            genanki.Note(_MODEL, fields=_fields(item), guid=guid(item), tags=[_tag(item.type), _tag(item.kind)])
        )
    out = io.BytesIO()
    # Not the clock: a note that has not changed should not look newer than the learner's own.
    genanki.Package(deck).write_to_file(out, timestamp=1_577_836_800)
    return out.getvalue()


def guid(item: Item) -> str:
    """The note's id, the same for every export of an item."""
    return str(genanki.guid_for("policy-assistant", item.id))


def _fields(item: Item) -> list[str]:
    quote = item.origin.quote if item.origin else ""
    options = "\n".join(printed_options(item)) if item.type in ("单选", "多选") else ""
    answer = "\n".join(map(writable, item.answers)) if item.type == "简答" else printed_answer(item)
    remark = "\n".join([remark_of(item), *(f"{letter}：{why}" for letter, why in reasons(item))]).strip()
    texts = (item.id, item.type, item.stem, options, answer, remark, source_of(item), quote)
    return [_html(text) for text in texts]


def _html(text: str) -> str:
    # Anki reads {{ as the beginning of a field only in templates, not in the fields of a note.
    return html.escape(writable(text)).replace("\n", "<br>").replace("\x1f", "")


def _tag(text: str) -> str:
    return "".join(text.split())


def _number(name: str) -> int:
    """A deck's id: 31 bits of a digest of its name."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4], "big") >> 1 | 1 << 30
