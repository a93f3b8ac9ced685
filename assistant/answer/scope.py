"""What lies outside: business of other offices, small talk, what can only be looked up about a person at the window, and
details such as telephone numbers that are there only where a passage shows one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer.question import Question
from assistant.errors import CorpusError
from assistant.text.normalize import normalize
from assistant.types import Hit, Refusal

SUBJECT = "对象"
_OF_MINE = re.compile(
    r"(?:(?:帮|替|给|请|麻烦)[^，。？]{0,4}(?:查|看|问)|^(?:查|看|问)(?=一?下|查|看|问))(?:一?下|查|看|问)?[^，。？]{0,4}(?:我|我们|我家|我妈|我爸|我老公|我老婆|我先生|我太太|本人)"
    r"[^，。？]{0,20}(?:没有|没|了吗|记录|进度|情况|到哪|结果|多少钱|状态)|"
    r"我[^，。？]{0,16}(?:申请|补贴|低保金|材料|登记|钱)[^，。？]{0,10}(?:批(?:下来|了|准)?|到账|发下来|办好|审核?完|通过)了?(?:没有?|吗|没)|"
    r"[我俺咱][^？]{0,40}(?:到账|批|审核?完|办好|办完|发下来|批下来|通过)(?:了没有?|咗未|咗冇|没有)(?:[，,。？?！]|啊|呀|呢|$)|"
    r"[我俺咱][^。？]{0,30}(?:啥时候|什么时候|几时|哪天)(?:能|才能|可以)?轮到(?:我|俺|咱|她|他)|"
    r"我(?:的)?[^，。？]{0,10}(?:到哪一?步|什么进度|进度怎么样|为什么还没)"
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Business that is not done here: the words that show it, and the office that does it (empty: nobody's business)."""

    office: str
    all: tuple[str, ...]
    any: tuple[str, ...]

    def meant(self, text: str) -> bool:
        """Whether ``text`` (in lower case) speaks of this."""
        return all(word in text for word in self.all) and any(_said(word, text) for word in self.any)


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that a passage has or has not, such as a telephone number: how it is asked for, and how it looks."""

    name: str
    asked: re.Pattern[str]
    shown: re.Pattern[str]


def _said(word: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", text)) if word.isascii() else word in text


def of_one_person(question: Question) -> bool:
    """Whether it is asked how the case of one person stands, which no document says."""
    return bool(_OF_MINE.search(normalize(question.text)))


def out_of_scope(question: Question, elsewhere: Sequence[Elsewhere]) -> Refusal | None:
    """The refusal of a question that no document here could answer; ``None`` for any other.

    A question that names a subject of this office (低保, 特困人员 …), a document or an article is never held to be outside.
    """
    text = normalize(question.text).lower()
    if question.slots.get(SUBJECT) or question.titles or question.article:
        return None
    found = next((each for each in elsewhere if each.meant(text)), None)
    if found is None:
        return None
    if found.office:
        return Refusal("off_topic", f"这件事不归民政部门办，请向{found.office}咨询。")
    return Refusal("off_topic", "这里只回答民政政策和收录文件里的问题。")


def missing_detail(question: Question, details: Sequence[Detail], hits: Sequence[Hit]) -> Refusal | None:
    """The refusal of a question for a detail that none of ``hits`` shows; ``None`` for any other question."""
    text = normalize(question.text).lower()
    for detail in details:
        if detail.asked.search(text) and not any(detail.shown.search(hit.passage.text) for hit in hits):
            return Refusal("not_found", f"语料里没有{detail.name}，请到窗口询问。")
    return None


def details_from(table: Mapping[str, Any]) -> tuple[Detail, ...]:
    """The ``[[detail]]`` entries of a parsed ``scope.toml``. Raises ``CorpusError`` naming the entry that is wrong."""
    details = []
    for place, entry in enumerate(table.get("detail", ()), start=1):
        try:
            details.append(Detail(entry["name"], re.compile(entry["asked"]), re.compile(entry["shown"])))
        except (KeyError, TypeError, re.error) as error:
            raise CorpusError(
                f"scope.toml 第 {place} 个 [[detail]] 要有 name、asked 和 shown，后两个是正则表达式：{error}"
            ) from error
    return tuple(details)


def elsewhere_from(table: Mapping[str, Any]) -> tuple[Elsewhere, ...]:
    """The entries of a parsed ``scope.toml``. Raises ``CorpusError`` naming the entry that is wrong."""
    entries = []
    for place, entry in enumerate(table.get("elsewhere", ()), start=1):
        lists = [entry.get("all", []), entry.get("any", [])]
        if not all(isinstance(each, list) and all(isinstance(word, str) and word for word in each) for each in lists):
            raise CorpusError(f"scope.toml 第 {place} 个 [[elsewhere]] 的 all 和 any 要是文字的列表")
        if not lists[1]:
            raise CorpusError(f"scope.toml 第 {place} 个 [[elsewhere]] 的 any 不能是空的")
        entries.append(Elsewhere(entry.get("office", ""), *(tuple(word.lower() for word in each) for each in lists)))
    return tuple(entries)
