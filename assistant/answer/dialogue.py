"""Follow-ups without a model: a question that leans on the one before it is completed from that one's words.

A question leans where it names no subject of its own. It may exchange slots (那城镇的呢, 去年呢), point into the same document
(第二款呢), put another noun in the place of one (村民会议呢), or ask something else of the same subject (怎么申请).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.wording import ASKING, STOP
from assistant.text.normalize import normalize
from assistant.text.tokens import words

SUBJECT = "对象"
_LEADING = re.compile(r"^(?:那么?|咁|还有|然后|另外|以及|and|what about|how about|then)[，,\s]*", re.IGNORECASE)
_TRAILING = re.compile(r"(?:的|嘅)?(?:呢|咧|呐|呀|啊)?[？?。！!\s]*$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?|今年|去年|前年|明年")
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条")
_PLACE_IN_LAW = re.compile(
    r"^第?[零〇一二三四五六七八九十百千\d]+[条款项](?:第.{1,6}[款项])*(?:规定|说)?(?:了|的)?(?:什么|是什么|内容)?$"
)
_TITLE = re.compile(r"《[^》]+》|[\u4e00-\u9fff]{2,20}(?:法|条例|办法|规定|意见|通知|细则)(?=第)")
_EMPTY = re.compile(r"[的呢嘅，,。？?\s]|多少|是|标准")
_LONGEST_LEANING = 24
_MOST_TOPIC_WORDS = 5
_FEW_WORDS, _FEW_CHARACTERS, _NOUN = 3, 6, 4
_ALIKE = 0.6


def complete(question: str, turns: Sequence[str], lexicon: Lexicon, places: Places) -> str:
    """``question`` with what it leaves to the conversation filled in; itself where it stands alone.

    ``turns`` are the questions asked before it, oldest first. 「农村低保标准是多少」「那城镇的呢」 gives 「城镇最低生活保障标准是多少」.
    A question that names its own subject stands alone, so a change of subject drops what was carried.
    """
    completed = ""
    for turn in (*turns, question):
        completed = _follow(turn, completed, lexicon, places) if completed else turn
    return completed


def _follow(question: str, before: str, lexicon: Lexicon, places: Places) -> str:
    leads = bool(_LEADING.match(question.strip()))
    core = _TRAILING.sub("", _LEADING.sub("", normalize(question)))
    if not core or len(core) > _LONGEST_LEANING:
        return question
    earlier = lexicon.official(normalize(before))
    if _PLACE_IN_LAW.match(core):
        return _in_same_document(core, earlier) or question
    exchanged = _exchange_slots(earlier, core, lexicon, places)
    if exchanged:
        return exchanged
    if any(mention.term.group == SUBJECT for mention in lexicon.mentions(core)):
        return question
    if re.search(r"[呢咧][？?]?$", question.strip()) and (replaced := _exchange_noun(earlier, core)):
        return replaced
    if not (leads or _short(core)):
        return question
    carried = "".join(_carried(earlier, lexicon)) or " ".join((*_topic(earlier), ""))
    return f"{carried}{core}" if carried else question


def _short(core: str) -> bool:
    """A question of a word or two (怎么申请, 要带什么材料) leans on what was said; one with nouns of its own does not."""
    told = [word for word in words(ASKING.sub("，", core)) if word not in STOP]
    return (
        len(told) <= _FEW_WORDS and sum(map(len, told)) <= _FEW_CHARACTERS and all(len(word) < _NOUN for word in told)
    )


def _in_same_document(core: str, earlier: str) -> str | None:
    """第二款 of the article, or 第三十条 of the law, that the question before asked for."""
    title, article = _TITLE.search(earlier), _ARTICLE.search(earlier)
    if title is None:
        return None
    if "条" in core or article is None:
        return f"{title.group()}{core}"
    return f"{title.group()}{article.group()}{core}"


def _exchange_slots(earlier: str, core: str, lexicon: Lexicon, places: Places) -> str | None:
    """``earlier`` with its terms of the same groups, its year or its place exchanged, where ``core`` is nothing else."""
    rest, result = core, earlier
    for mention in lexicon.mentions(core):
        if mention.term.group:
            rest = rest.replace(core[mention.start : mention.end], "", 1)
            result = _put(result, mention.term.name, mention.term.group, lexicon)
    if year := _YEAR.search(rest):
        rest = rest.replace(year.group(), "", 1)
        result = year.group() + _YEAR.sub("", result)
    if named := places.named(rest):
        rest = places.without_names(rest)
        result = named[0] + places.without_names(result)
    return result if not _EMPTY.sub("", rest) and result != earlier else None


def _put(text: str, name: str, group: str, lexicon: Lexicon) -> str:
    """``text`` with its term of ``group`` exchanged for ``name``, or ``name`` before it where it has none."""
    old = next((each for each in lexicon.mentions(text) if each.term.group == group), None)
    return f"{text[: old.start]}{name}{text[old.end :]}" if old else f"{name}{text}"


def _exchange_noun(earlier: str, core: str) -> str | None:
    """``earlier`` with the run of words that is most like ``core`` exchanged for it: 村民代表会议 for 村民会议."""
    pieces = words(earlier)
    runs = [
        "".join(pieces[start:end])
        for start in range(len(pieces))
        for end in range(start + 1, min(start + 5, len(pieces) + 1))
    ]
    best = max(runs, key=lambda run: (SequenceMatcher(None, run, core).ratio(), len(run)), default="")
    if best and best in earlier and SequenceMatcher(None, best, core).ratio() >= _ALIKE:
        return earlier.replace(best, core, 1)
    return None


def _topic(earlier: str) -> list[str]:
    """The words that a question without a known subject is about."""
    told = [word for word in words(ASKING.sub("，", earlier)) if len(word) > 1 and word not in STOP]
    return list(dict.fromkeys(told))[:_MOST_TOPIC_WORDS]


def _carried(earlier: str, lexicon: Lexicon) -> list[str]:
    """What a question is about, for the next one: its exclusive terms but the measure, in order."""
    mentions = [each.term for each in lexicon.mentions(earlier) if each.term.group and each.term.group != "计量"]
    return (
        list(dict.fromkeys(term.name for term in mentions)) if any(term.group == SUBJECT for term in mentions) else []
    )
