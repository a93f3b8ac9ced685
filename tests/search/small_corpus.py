"""A small corpus in words of our own, as documents and passages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from assistant.types import Document, Metadata, Part, Passage, Repair, Source

TEXTS = {
    "低保办法": [
        "第一条　家里人均收入低于当地低保标准的，可以申请最低生活保障。",
        "第二条　低保金按月发放，农村低保标准由市里公布。",
        "第三条　申请最低生活保障，向户籍所在地的乡镇提交材料。",
        "第四条　每人每月731元。",
    ],
    "特困办法": [
        "第一条　无劳动能力、无生活来源、无赡养人的老人，认定为特困人员。",
        "第二条　特困人员可以在家分散供养，也可以集中供养。",
        "第三条　供养标准不低于低保标准的一点三倍。",
    ],
    "婚姻登记规定": [
        "第一条　结婚登记由男女双方共同到婚姻登记机关办理。",
        "第二条　离婚登记有三十日的冷静期。",
        "第三条　补领结婚证带身份证。",
    ],
}


def a_document(title: str, lines: Sequence[str]) -> Document:
    text = "\n".join(lines)
    source = Source(f"{title}.txt", hashlib.sha256(text.encode()).hexdigest(), "utf-8", "txt")
    metadata = Metadata(issuer="民政局", issued=date(2024, 1, 7), region="连州市", supersedes=("旧",), omitted=(2, 3))
    repairs = (Repair("标点", 3, ",", "，"), Repair("缺字", 9, "?", "□", certain=False))
    return Document(title, title, text, source, metadata, repairs, ("有一处缺字",))


def passages_of(document: Document) -> list[Passage]:
    passages, start = [], 0
    for line in document.text.split("\n"):
        end = start + len(line)
        parts = (Part(start, end, line[:3]), Part(start + 4, end, f"{line[:3]}第一款"))
        passages.append(Passage(document, start, end, ("第一章 总则",), line[:3], parts))
        start = end + 1
    return passages


def a_corpus(texts: dict[str, list[str]]) -> tuple[list[Document], list[Passage]]:
    documents = [a_document(title, lines) for title, lines in texts.items()]
    return documents, [passage for document in documents for passage in passages_of(document)]
