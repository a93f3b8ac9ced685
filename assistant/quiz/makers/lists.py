"""Items about enumerations (下列情形 …): which belong (多选), which does not (单选), and name them (简答)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.clauses import Entry, Listing, law_name, origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, written
from assistant.quiz.library import Library, siblings, whose
from assistant.quiz.likeness import covered, dice
from assistant.quiz.makers import Seed
from assistant.quiz.stems import Asked, ask, heading_stands, named
from assistant.quiz.types import Item, Kind
from assistant.types import Document

_LONGEST = 48
_SHORT = 20
_LONG_POINT = 60
_FEWEST_POINTS = 3
_SEVERAL = 2
_FEWEST_OPTIONS = 4
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
_HEADED = re.compile(r"^([^。，]{4,16})(?:。|，即)")
_ASIDE = re.compile("（[^）]*）")
_TITLE = re.compile(r"^([^。]{4,16})。")
_FORBIDS = re.compile(r"不得|不准|不许|禁止|不予|不能|不包括|不算")
_LENIENT = re.compile(r"从轻|减轻|不予|免")
_TASKS = r"工作|职责|义务|措施|内容|方式|原则|要求|职权|权利|活动|服务|方面|形式|责任|待遇|救助|保障"
"""Lists of these overlap in what they say, though they stand apart: what one body has to do it has to do elsewhere too."""
_PENAL = re.compile(r"处分|警告|责令|撤销登记|吊销|取缔|没收|刑事责任|批评教育|降低")


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
    points = _points(listing.entries, document)
    hard = bounded(0.4 + 0.04 * len(points))
    if len(points) >= _FEWEST_POINTS and len(origin.quote) < 900 and _placed(listing):
        yield written(kind, asked.open, points, origin, bounded(hard + 0.15))
    usable = list(dict.fromkeys(text for entry, text in texts.items() if text and not _is_rest(entry)))
    closed = not any(_is_rest(entry) for entry in listing.entries)
    strangers = _strangers(listing, asked, [_whole(entry) for entry in listing.entries], shelf, rng)
    if len(usable) >= _FEWEST_POINTS and asked.negative:
        listed = rng.sample(usable, _FEWEST_POINTS)
        stranger = next((each for each in strangers if _alike(listed, [each])), None)
        wrong = [Wrong(text, f"条文列有这一项：“{text}”。") for text in listed]
        if stranger:
            yield choice(kind, asked.negative, [stranger.text], wrong, origin, rng, bounded(hard + 0.1))
    if len(usable) > 1 and strangers:
        right = rng.sample(usable, min(len(usable), rng.choice((2, 3, 3))))
        wrong = strangers[: max(1, rng.choice((4, 4, 5)) - len(right))]
        asks = asked.closed if closed else asked.positive
        if asks and _alike(right, wrong) and len(right) + len(wrong) >= _FEWEST_OPTIONS:
            yield choice(kind, asks, right, wrong, origin, rng, bounded(hard + 0.15))


def _placed(listing: Listing) -> bool:
    """Whether the stem can say where the list stands: by its paragraph (款) where the article has several."""
    passage = listing.passage
    paragraphs = [part for part in passage.parts if part.label.endswith("款")]
    return len(paragraphs) < _SEVERAL or "款" in passage.label_at(listing.start, listing.end)


def _asks_for(listing: Listing, shelf: Library) -> str:
    """What a listing is a list of: 情形, 事项, 文件; empty where it cannot be asked for."""
    known: dict[int, str] = shelf.notes.setdefault("lists", {})
    if id(listing) not in known:
        asked = ask(listing)
        known[id(listing)] = asked.what if asked else ""
    return known[id(listing)]


def _is_rest(entry: Entry) -> bool:
    """Whether an entry takes in what the list does not name (其他 …)."""
    return bool(_REST.search(entry.text)) or ("其他" in entry.text and len(entry.text) <= _SHORT)


def option_text(entry: Entry, document: Document) -> str:
    """An entry as an option: short, understood by itself; empty where it cannot be one."""
    text = _whole(entry)
    title = _TITLE.match(text)
    text = title.group(1) if title else re.split("，即", _ASIDE.sub("", text))[0] if len(text) > _LONGEST else text
    text = named(_without_de(text.rstrip("。")), document)
    return "" if len(text) > _LONGEST or len(text) < 2 or _UNCLEAR.search(text) or "。" in text else text


def _without_de(text: str) -> str:
    """An entry without the 的 at its end (未按规定登记的), unless that 的 belongs to 是 … 的."""
    clause = text.rsplit("，", 1)[-1]
    return text.removesuffix("的") if not re.search(r"是|属于|有", clause) else text


def _points(entries: Sequence[Entry], document: Document) -> list[str]:
    """The entries as marking points: by their titles (生活支出，即……) where one of them is long."""
    texts = [_whole(entry) for entry in entries]
    if any(len(text) > _LONG_POINT for text in texts):
        texts = [title.group(1) if (title := _HEADED.match(text)) else text for text in texts]
    return [named(text, document).replace("本条", "该条") for text in texts]


def _whole(entry: Entry) -> str:
    return re.sub(r"^(?:[一二三四五六七八九]是|以及|和)", "", entry.text).strip()


def _strangers(listing: Listing, asked: Asked, own: Sequence[str], shelf: Library, rng: Random) -> list[Wrong]:
    """Entries of the document's other lists of the same kind that are unlike every entry of this one, the nearest first."""
    document = listing.passage.document
    penal, forbids = bool(_PENAL.search(listing.heading)), bool(_FORBIDS.search(listing.heading))
    found: list[tuple[float, Wrong]] = []
    for other, entry in siblings(listing, shelf):
        text = option_text(entry, document)
        same_kind = _asks_for(other, shelf) == asked.what and bool(_PENAL.search(other.heading)) == penal
        same_tone = other.passage is listing.passage or bool(_FORBIDS.search(other.heading)) == forbids
        if not text or not same_kind or not same_tone or _is_rest(entry) or _may_belong(text, own):
            continue
        if covered(text, listing.passage.text) > _TOLD and other.passage is not listing.passage:
            continue
        near = dice(other.heading, listing.heading)
        if _apart(listing, other, asked.what, near):
            found.append((near + rng.random() / 4, Wrong(text, _why(other, text))))
    found.sort(key=lambda each: -each[0])
    return list({stranger.text: stranger for _, stranger in reversed(found)}.values())[::-1]


def _may_belong(text: str, own: Sequence[str]) -> bool:
    return any(dice(text, each) > _ALIKE or covered(text, each) > 0.6 or covered(each, text) > 0.6 for each in own)


def _apart(one: Listing, other: Listing, what: str, near: float) -> bool:
    """Whether what one list leads to cannot be said of the other's entries as well.

    Of two lists that lead to sanctions the other must not lead to all of this one's; of what somebody has to do (工作,
    职责) the lists of two different bodies are apart; a list and its contrary in the same article (包括, 不包括) always are.
    """
    first, second = one.heading, other.heading
    if one.passage is other.passage and bool(_FORBIDS.search(first)) != bool(_FORBIDS.search(second)):
        return True
    if bool(_LENIENT.search(first)) != bool(_LENIENT.search(second)):
        return False
    sanctions = set(_PENAL.findall(first))
    if sanctions and sanctions <= set(_PENAL.findall(second)):
        return False
    if re.search(_TASKS, what):
        return bool(_subject(first)) and _subject(first)[-4:] != _subject(second)[-4:]
    return near < _OTHER_MATTER


def _subject(heading: str) -> str:
    """Whom a header speaks of: 登记管理机关 in 登记管理机关的监督管理职责有."""
    bare = re.sub(r"^(?:下列|以下)[^，]{1,8}，", "", heading)
    found = re.match(r"([\u4e00-\u9fff、]{2,24}?)(?:的|应当|可以|有|在|由)", bare)
    return found.group(1) if found else ""


def _why(other: Listing, text: str) -> str:
    place = whose(other.passage)
    where = f"{law_name(other.passage.document)}{place if '段' not in place else ''}"
    return f"条文没有列这一项。“{text}”出自{where}：“{other.heading}”。"


def _alike(right: Sequence[str], wrong: Sequence[Wrong]) -> bool:
    """Whether neither the right nor the wrong options stand out, by their length or the way they begin and end."""
    others = [each.text for each in wrong]
    longest, shortest = (max(map(len, right)), max(map(len, others))), (min(map(len, right)), min(map(len, others)))
    balanced = longest[1] <= 2.2 * longest[0] and longest[0] <= 2.2 * longest[1] and shortest[1] * 3 >= shortest[0]
    begin, end = _shared(right), _shared([text[::-1] for text in right])[::-1]
    built = [
        (len(begin) < 2 or text.startswith(begin[:2])) and (len(end) < 2 or text.endswith(end[-2:])) for text in others
    ]
    return balanced and all(built)


def _shared(texts: Sequence[str]) -> str:
    """The characters with which all texts begin."""
    place = 0
    while place < min(map(len, texts)) and len({text[place] for text in texts}) == 1:
        place += 1
    return texts[0][:place]
