"""Whether a corpus can be trusted: front matter, dates, links, article numbers, and every figure of a restated original.

The functions look at values and report findings; nothing is read or changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from assistant.text.numbers import chinese_value, numerals
from assistant.types import Document, Passage

FACTS = "事实摘录"
"""The level of a document that only holds single facts of another, so that it may lack an issuer or a title of its own."""
_STATUSES = ("现行有效", "已失效", "尚未施行", "")
_EARLIEST = date(1949, 10, 1)
_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千]+)条")
_UNIT = re.compile(
    r"个?工作日|日|天|个?月|周?岁|周年|年|万?元|亿元|倍|[%％]|户|人|名|次|份|个|以上|以下|以内|成|级|类|种|项|款|条|章|小时|公里|平方米|张|届|号|分之"
)
_WHOLE = "全文"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a document: which rule of the check it breaks, where, and in words."""

    document_id: str
    rule: str
    where: str
    message: str


def check_documents(
    documents: Sequence[Document], passages: Mapping[str, Sequence[Passage]], today: date
) -> list[Finding]:
    """Findings on front matter, dates, ``supersedes`` and article numbers; ``passages`` are by document id."""
    known = {document.id: document for document in documents}
    findings: list[Finding] = []
    for document in documents:
        findings += _front_matter(document)
        findings += _dates(document, today)
        findings += _links(document, known)
        findings += _articles(document, passages[document.id])
    return findings


def _front_matter(document: Document) -> list[Finding]:
    known = document.metadata
    needed = {"region": known.region, "level": known.level}
    if known.level != FACTS:
        needed["issuer"] = known.issuer
    findings = [Finding(document.id, "front matter", name, "没有填写") for name, value in needed.items() if not value]
    if known.status not in _STATUSES:
        findings.append(Finding(document.id, "front matter", "status", f"不认识“{known.status}”"))
    return findings


def _dates(document: Document, today: date) -> list[Finding]:
    known = document.metadata
    findings = []
    for name in ("issued", "effective", "expires"):
        day = getattr(known, name)
        if day and not _EARLIEST <= day <= date(today.year + 5, 12, 31):
            findings.append(Finding(document.id, "dates", name, f"{day} 不可能"))
    if known.expires and known.effective and known.expires <= known.effective:
        findings.append(Finding(document.id, "dates", "expires", "失效日期不在施行日期之后"))
    if known.expires and known.expires <= today and known.status != "已失效":
        findings.append(
            Finding(document.id, "dates", "status", f"{known.expires} 已经失效，状态却写着“{known.status}”")
        )
    if known.effective and known.effective > today and known.status == "现行有效":
        findings.append(Finding(document.id, "dates", "status", f"{known.effective} 才施行，状态却写着“现行有效”"))
    return findings


def _links(document: Document, known: Mapping[str, Document]) -> list[Finding]:
    findings = []
    for older in document.metadata.supersedes:
        if older not in known:
            findings.append(Finding(document.id, "supersedes", older, "语料里没有这份文件"))
        elif known[older].metadata.status != "已失效" and not known[older].metadata.note:
            findings.append(Finding(document.id, "supersedes", older, "被取代的文件没有写已失效，也没有写明关系"))
    return findings


def _articles(document: Document, passages: Iterable[Passage]) -> list[Finding]:
    numbers = list(dict.fromkeys(number for passage in passages if (number := article_number(passage)) is not None))
    omitted = set(document.metadata.omitted)
    findings = [
        Finding(document.id, "articles", f"第{number}条", "写在 omitted 里，正文却有")
        for number in numbers
        if number in omitted
    ]
    if numbers != sorted(numbers):
        findings.append(Finding(document.id, "articles", _WHOLE, "条号的次序不对"))
    gaps = set(range(min(numbers), max(numbers) + 1)) - set(numbers) - omitted if len(numbers) > 1 else set()
    if document.metadata.level != FACTS:
        findings += [
            Finding(document.id, "articles", f"第{number}条", "缺这一条，omitted 里也没有写") for number in sorted(gaps)
        ]
    return findings


def article_number(passage: Passage) -> int | None:
    """The number of the article that a passage is (a piece of), or ``None``."""
    match = _ARTICLE.match(passage.label)
    value = chinese_value(match[1]) if match else None
    return None if value is None else int(value)


def check_terms(officials: Iterable[str], documents: Sequence[Document]) -> list[Finding]:
    """Official terms of the synonyms that stand in no document."""
    texts = [f"{document.title}\n{document.text}" for document in documents]
    missing = [term for term in officials if not any(term in text for text in texts)]
    return [Finding("", "synonyms", term, "正式的说法在语料里找不到") for term in missing]


def quantities(text: str) -> set[tuple[Decimal, bool]]:
    """The numbers that say something: Arabic ones, percentages, and Chinese ones with a unit (not the 一 of 统一)."""
    text = re.sub(r"\s", "", text)
    found = set()
    for numeral in numerals(text):
        written = text[numeral.start : numeral.end]
        ordinal = text[numeral.start - 1 : numeral.start] == "第"
        if numeral.percent or written[0].isdigit() or ordinal or _UNIT.match(text, numeral.end):
            found.add((numeral.value.normalize(), numeral.percent))
    return found


def compare(restated: Sequence[Passage], original: Sequence[Passage]) -> list[Finding]:
    """Numbers of the original that a restatement lost, or has and the original has not, article by article.

    A document without articles is compared as a whole. 「一」 alone is left out: it counts nothing in most places.
    """
    ours, theirs = _by_article(restated), _by_article(original)
    document = restated[0].document
    findings = []
    for where, text in ours.items():
        if where not in theirs:
            findings.append(Finding(document.id, "against", where, "原文没有这一条"))
            continue
        lost, added = quantities(theirs[where]) - quantities(text), quantities(text) - quantities(theirs[where])
        findings += [
            Finding(document.id, "against", where, f"少了 {_written(each)}") for each in sorted(lost) if each[0] != 1
        ]
        findings += [
            Finding(document.id, "against", where, f"多了 {_written(each)}") for each in sorted(added) if each[0] != 1
        ]
    missing = [where for where in theirs if where not in ours and where != _WHOLE]
    omitted = set(document.metadata.omitted)
    findings += [
        Finding(document.id, "against", where, "没有这一条，omitted 里也没有写")
        for where in missing
        if int(chinese_value(where[1:-1]) or 0) not in omitted
    ]
    return findings


def _written(quantity: tuple[Decimal, bool]) -> str:
    return f"{quantity[0]:f}{'%' if quantity[1] else ''}"


def _by_article(passages: Sequence[Passage]) -> dict[str, str]:
    """The text of each article without its own number; everything under one name where there are no articles."""
    texts: dict[str, str] = {}
    for passage in passages:
        match = _ARTICLE.match(passage.label)
        if match:
            body = passage.text.removeprefix(match[0])
            texts[match[0]] = texts.get(match[0], "") + body + "\n"
    return texts or {_WHOLE: passages[0].document.text}


def original_of(restated: Sequence[Passage], originals: Iterable[Sequence[Passage]]) -> Sequence[Passage] | None:
    """The original of a restatement, or ``None`` where there is none among ``originals``.

    It is of the same title and as valid as the restatement (the law in force is not compared with a repealed one); of
    several the one whose figures agree best. A text without a title of its own is known by its figures.
    """
    document = restated[0].document
    lapsed = document.metadata.status == "已失效"
    candidates = [each for each in originals if each and (each[0].document.metadata.status == "已失效") == lapsed]
    same = [each for each in candidates if _alike(each[0].document.title, document.title)]
    if not same:
        ours = quantities(document.text)
        same = [each for each in candidates if len(ours) >= _TELLING and _agreement(ours, each) > _SAME_FIGURES]
    return min(same, key=lambda each: len(compare(restated, each)), default=None)


_TELLING, _SAME_FIGURES = 30, 0.8
_SAME_TITLE = 0.93


def _alike(one: str, other: str) -> bool:
    first, second = (re.sub(r"中华人民共和国|[（(].*?[）)]|[《》\s]", "", title) for title in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= _SAME_TITLE


def _agreement(ours: set[tuple[Decimal, bool]], original: Sequence[Passage]) -> float:
    theirs = quantities(original[0].document.text)
    return len(ours & theirs) / len(ours | theirs)
