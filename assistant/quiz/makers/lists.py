"""Items about enumerations (下列情形 …): which belong (多选), which does not (单选), and name them (简答)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.clauses import Entry, Listing, origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, written
from assistant.quiz.library import Library, siblings, whose
from assistant.quiz.likeness import covered, dice
from assistant.quiz.makers import Seed
from assistant.quiz.stems import Asked, ask, heading_stands, named
from assistant.quiz.types import Item, Kind
from assistant.types import Document

_LONGEST = 48
_FEWEST_POINTS = 3
_ALIKE = 0.34
"""An entry of another list that shares so much with an entry of this one may belong here too."""
_REST = re.compile(
    r"^其他|其他[^，；]{0,24}(?:情形|条件|事项|行为|人员|材料|职责|规定|措施|方式|权利|项目|收入|信息|内容|决定|支出|义务|活动|文件|证据|工作)"
    r"|另有规定"
)
_UNCLEAR = re.compile(
    r"前[款条项]|本[条款项]|上述|所列|以上(?:各|情|几|人员|行)|前述|第[一二三四五六七八九十百]+[条款项]|上款|[该其](?!他|中)|此|：|这|等$"
)
_TOLD = 0.8
"""An entry of which so much stands in the article may be said there in other words."""
_OTHER_MATTER = 0.45
"""Headers less alike than this lead to different consequences."""
_TITLE = re.compile(r"^([^。]{4,16})。")
_PENAL = re.compile(r"处分|罚款|警告|责令|撤销登记|吊销|取缔|刑事责任|批评教育|降低|处罚")


@dataclass(frozen=True, slots=True)
class Stranger:
    """An entry of another list; ``apart`` says that the other list leads to something else than this one."""

    option: Wrong
    apart: bool


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Up to three items a listing: which belong, which does not, and name them."""
    for listing in shelf.listings:
        document = listing.passage.document
        asked = ask(listing) if heading_stands(listing, shelf.topics[document.id]) else None
        if asked:
            rng = seed((document.id, listing.start))
            yield from _items(listing, asked, shelf, rng)


def _items(listing: Listing, asked: Asked, shelf: Library, rng: Random) -> Iterator[Item]:
    document = listing.passage.document
    kind: Kind = "处罚" if _PENAL.search(listing.heading) else "条件情形"
    origin = origin_of(listing.passage, listing.start, listing.end)
    texts = {entry: option_text(entry, document) for entry in listing.entries}
    points = [named(_whole(entry), document) for entry in listing.entries]
    hard = bounded(0.4 + 0.04 * len(points))
    if len(points) >= _FEWEST_POINTS and len(origin.quote) < 900:
        yield written(kind, asked.open, points, origin, bounded(hard + 0.15))
    usable = [text for entry, text in texts.items() if text and not _REST.search(entry.text)]
    closed = not any(_REST.search(entry.text) for entry in listing.entries)
    strangers = _strangers(listing, asked, [_whole(entry) for entry in listing.entries], shelf, rng)
    if len(usable) >= _FEWEST_POINTS and asked.negative:
        listed = rng.sample(usable, _FEWEST_POINTS)
        stranger = next((each.option for each in strangers if _balanced(listed, [each.option])), None)
        wrong = [Wrong(text, f"条文列有这一项：“{text}”。") for text in listed]
        if stranger:
            yield choice(kind, asked.negative, [stranger.text], wrong, origin, rng, bounded(hard + 0.1))
    apart = [each.option for each in strangers if each.apart]
    if len(usable) > 1 and closed and apart:
        right = rng.sample(usable, min(len(usable), rng.choice((2, 3, 3))))
        wrong = apart[: max(1, 4 - len(right))]
        if _balanced(right, wrong) and len(right) + len(wrong) >= 4:
            yield choice(kind, asked.closed, right, wrong, origin, rng, bounded(hard + 0.15))


def option_text(entry: Entry, document: Document) -> str:
    """An entry as an option: short, understood by itself; empty where it cannot be one."""
    text = _whole(entry)
    title = _TITLE.match(text)
    text = title.group(1) if title else re.split("，即|（", text)[0] if len(text) > _LONGEST else text
    text = named(text.rstrip("。的") if text.endswith("的") and "，" not in text[-6:] else text.rstrip("。"), document)
    return "" if len(text) > _LONGEST or len(text) < 2 or _UNCLEAR.search(text) or "。" in text else text


def _whole(entry: Entry) -> str:
    return re.sub(r"^(?:[一二三四五六七八九]是|以及|和)", "", entry.text).strip()


def _strangers(listing: Listing, asked: Asked, own: Sequence[str], shelf: Library, rng: Random) -> list[Stranger]:
    """Entries of the document's other lists of the same kind that are unlike every entry of this one, the nearest first."""
    document = listing.passage.document
    penal = bool(_PENAL.search(listing.heading))
    found: list[tuple[float, Stranger]] = []
    for other, entry in siblings(listing, shelf):
        text = option_text(entry, document)
        fits = asked.what in other.heading and bool(_PENAL.search(other.heading)) == penal
        if not text or not fits or _REST.search(entry.text) or _may_belong(text, own):
            continue
        if covered(text, listing.passage.text) > _TOLD and other.passage is not listing.passage:
            continue
        near = dice(other.heading, listing.heading)
        apart = near < _OTHER_MATTER or _contrary(other.heading, listing.heading)
        found.append((near + rng.random() / 4, Stranger(Wrong(text, _why(other, text)), apart)))
    found.sort(key=lambda each: -each[0])
    return [stranger for _, stranger in found]


def _may_belong(text: str, own: Sequence[str]) -> bool:
    return any(dice(text, each) > _ALIKE or covered(text, each) > 0.6 or covered(each, text) > 0.6 for each in own)


def _contrary(one: str, other: str) -> bool:
    """Whether of two headers one says what the other denies."""
    return bool(re.search("不|除外|无", one)) != bool(re.search("不|除外|无", other))


def _why(other: Listing, text: str) -> str:
    place = whose(other.passage)
    where = f"《{other.passage.document.title.removeprefix('中华人民共和国')}》{place if '段' not in place else ''}"
    return f"条文没有列这一项。“{text}”出自{where}：“{other.heading}”。"


def _balanced(right: Sequence[str], wrong: Sequence[Wrong]) -> bool:
    """Whether neither the right nor the wrong options stand out by their length."""
    longest = max(map(len, right)), max(len(each.text) for each in wrong)
    shortest = min(map(len, right)), min(len(each.text) for each in wrong)
    return longest[1] <= 2.2 * longest[0] and longest[0] <= 2.2 * longest[1] and shortest[1] * 3 >= shortest[0]
