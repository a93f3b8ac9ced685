"""Real documents and passages for tests, made from a few lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer.lexicon import Lexicon, lexicon_from
from assistant.answer.places import Places, places_from
from assistant.ingest.split import split
from assistant.types import Document, Metadata, Passage, Source

SYNONYMS = {
    "term": [
        {"official": "最低生活保障", "group": "对象", "say": ["低保", "低保金", "dibao"]},
        {"official": "特困人员", "group": "对象", "say": ["特困", "五保户"]},
        {"official": "孤儿", "group": "对象", "say": []},
        {"official": "事实无人抚养儿童", "group": "对象", "say": ["事实孤儿"]},
        {"official": "社会组织", "group": "对象", "say": []},
        {"official": "社会团体", "group": "对象", "within": "社会组织", "say": ["社团"]},
        {"official": "民办非企业单位", "group": "对象", "within": "社会组织", "say": ["民非"]},
        {"official": "农村", "group": "城乡", "say": ["乡下", "rural"]},
        {"official": "城镇", "group": "城乡", "say": ["城里", "城市", "urban"]},
        {"official": "散居", "group": "供养方式", "say": []},
        {"official": "集中供养", "group": "供养方式", "say": []},
        {"official": "标准", "group": "计量", "say": ["standard"]},
        {"official": "发放", "group": "计量", "say": ["发了"]},
        {"official": "多少钱", "say": ["几多钱", "how much"]},
        {"official": "是什么", "say": ["what is"]},
    ]
}
REGIONS = {
    "home": ["甲县", "乙市", "丙省", "国家"],
    "inside": ["东镇"],
    "provinces": {"北京市": [], "丙省": ["乙市"], "丁省": ["戊市"]},
    "aliases": {"beijing": "北京市"},
}


def lexicon() -> Lexicon:
    return lexicon_from(SYNONYMS)


def places() -> Places:
    return places_from(REGIONS)


def document(text: str, *, id: str = "a", title: str = "文件", **known: Any) -> Document:
    """A document of ``text`` under a title, with what is known of it as ``Metadata`` fields."""
    return Document(id, title, text, Source(f"{id}.txt", "0" * 64, "utf-8", "txt"), Metadata(**known))


def passage(text: str, **known: Any) -> Passage:
    """A passage that is the whole of a document of ``text``."""
    return Passage(document(text, **known), 0, len(text), label="第1段")


def passages(*documents: Document) -> Sequence[Passage]:
    return [each for one in documents for each in split(one)]
