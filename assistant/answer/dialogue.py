"""Follow-ups without a model: a question that leans on the one before it is completed from that one's words.

A follow-up may point into the same document (第二款呢), exchange slots (那城镇的呢, 去年呢), put another noun in the place of one
(村民会议呢), name another side of the same subject (材料呢, 怎么申请), or go on asking what was asked (可以延长吗). A question
that names a subject of its own, or words that the corpus never has beside the subject, stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import leaning
from assistant.answer.lexicon import Lexicon, Mention
from assistant.answer.places import Places
from assistant.answer.topics import Topics
from assistant.answer.wording import ASKING, STOP
from assistant.text.normalize import normalize
from assistant.text.numbers import chinese_value
from assistant.text.tokens import is_noun, words

SUBJECT, _MEASURE = "对象", "计量"
_LONGEST_LEANING = 30
_LONGEST_CARRIED = 26
_MOST_TOPIC_WORDS = 5
_ALIKE, _SAME_END = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class _Turn:
    """A follow-up: its core without the leaning words, and the completed question before it in official terms."""

    core: str
    earlier: str
    asks_about: bool
    leads: bool


class Dialogue:
    """Completes the questions of a conversation, one after another."""

    def __init__(self, lexicon: Lexicon, places: Places, topics: Topics) -> None:
        self._lexicon = lexicon
        self._places = places
        self._topics = topics

    def complete(self, question: str, turns: Sequence[str]) -> str:
        """``question`` with what it leaves to the conversation filled in; itself where it stands alone.

        ``turns`` are the questions asked before it, oldest first. 「农村低保标准是多少」「那城镇的呢」 gives
        「城镇最低生活保障标准是多少」. A question that names its own subject drops what was carried.
        """
        completed = ""
        for turn in (*turns, question):
            completed = self._follow(turn, completed) if completed else turn
        return completed

    def _follow(self, question: str, before: str) -> str:
        normal = normalize(question)
        if change := leaning.CHANGES.search(normal):
            return normal[change.end() :] or question
        core = leaning.TRAILING.sub("", leaning.LEADING.sub("", normal))
        if not core:
            return before if leaning.LEADING.match(normal) else question
        leads = bool(leaning.LEADING.match(normal) or leaning.CONDITION.match(core) or leaning.PRONOUN.match(core))
        earlier = leaning.TRAILING.sub("", self._lexicon.official(normalize(before)))
        turn = _Turn(core, earlier, bool(leaning.ASKS_ABOUT.search(normal)), leads)
        return (
            self._in_same_document(turn)
            or self._aspect(turn)
            or self._exchanged(turn)
            or self._continued(turn)
            or question
        )

    # In the same law ------------------------------------------------------------------------------------------------

    def _in_same_document(self, turn: _Turn) -> str:
        """第二款 of the article, or 第三十条 of the law, that the question before asked for."""
        title, article = self._title(turn.earlier), leaning.ARTICLE.search(turn.earlier)
        if not title:
            return ""
        if article and (neighbour := leaning.NEIGHBOUR.match(turn.core)):
            return f"{title}{_next_article(article.group(), 1 if neighbour[1] in '下后' else -1)}"
        if not leaning.PLACE_IN_LAW.match(turn.core):
            return ""
        named = turn.core if turn.core.startswith("第") else f"第{turn.core}"
        if "条" in turn.core or article is None:
            return f"{title}{named}"
        return f"{title}{article.group()}{named}"

    def _title(self, text: str) -> str:
        """The document that a question names: in front of an article, in 《》, or by a name of the synonyms."""
        if title := leaning.TITLE.search(text):
            return title.group()
        names = (each.term.name for each in self._lexicon.mentions(text))
        return next((name for name in names if name.endswith(leaning.KINDS_OF_DOCUMENT)), "")

    # Another side of the subject, other slots, another noun -----------------------------------------------------------

    def _aspect(self, turn: _Turn) -> str:
        """材料呢: another side of the same subject, named by its noun alone."""
        for pattern, asking in leaning.ASPECTS if turn.asks_about or turn.leads else ():
            if re.fullmatch(pattern, turn.core):
                return f"{self._subject(turn.earlier)}{asking}"
        return ""

    def _exchanged(self, turn: _Turn) -> str:
        """The question before with slots, its year, its place or a noun exchanged for those of the follow-up."""
        if len(turn.core) > _LONGEST_LEANING:
            return ""
        rest, result = turn.core, turn.earlier
        mentions = [each for each in self._lexicon.mentions(turn.core) if each.term.group not in ("", _MEASURE)]
        for mention in mentions:
            rest = rest.replace(turn.core[mention.start : mention.end], "", 1)
            result = self._lexicon.put(result, mention.term, SUBJECT)
        for pattern in (leaning.YEAR, leaning.MONTH):
            if time := pattern.search(rest):
                rest = rest.replace(time.group(), "", 1)
                result = time.group() + pattern.sub("", result)
        if named := self._places.named(rest):
            rest = self._places.without_names(rest)
            result = named[0] + self._places.without_names(result)
        if turn.asks_about and leaning.EMPTY.sub("", rest) and any(each.term.group == SUBJECT for each in mentions):
            return self._subject_exchanged(turn)
        return self._noun_exchanged(turn) if result == turn.earlier else _with_limit(rest, result)

    def _subject_exchanged(self, turn: _Turn) -> str:
        """跟亲戚住的孤儿呢: a subject with words of its own stands in the place of the one before."""
        old = [each for each in self._lexicon.mentions(turn.earlier) if each.term.group not in ("", _MEASURE)]
        subjects = [each for each in old if each.term.group == SUBJECT]
        return f"{turn.earlier[: old[0].start]}{turn.core}{turn.earlier[subjects[-1].end :]}" if subjects else ""

    def _noun_exchanged(self, turn: _Turn) -> str:
        """村民会议呢 for 村民代表会议: the run of words that is most like the noun is exchanged for it."""
        if not turn.asks_about or leaning.CONDITION.match(turn.core):
            return ""
        pieces, core = words(turn.earlier), turn.core
        ends = range(len(pieces) + 1)
        runs = {"".join(pieces[start:end]) for start in ends for end in ends[start + 1 : start + 6]}
        likeness = {run: SequenceMatcher(None, run, core).ratio() for run in sorted(runs) if run in turn.earlier}
        best = max(likeness, key=lambda run: (likeness[run], len(run)), default="")
        enough = _SAME_END if best[-2:] == core[-2:] else _ALIKE
        if best and likeness[best] >= enough and best != core:
            return turn.earlier.replace(best, core, 1)
        if not self._topics.related(_nouns(core), self._anchors(turn.earlier)):
            return ""
        asked = re.search(r"(?:多少|几)(?:个|名|位|家)?(?=[\u4e00-\u9fff])", turn.earlier)
        counted = words(turn.earlier[asked.end() :]) if asked else []
        if asked and len(counted) == 1 and counted[0] != "人" and is_noun(counted[0]) and is_noun(words(core)[-1]):
            return f"{turn.earlier[: asked.end()]}{core}"
        asking = None if _says_nothing(core) else ASKING.search(turn.earlier)
        return f"{self._subject(turn.earlier)}{core}{turn.earlier[asking.start() :]}" if asking else ""

    # Going on -------------------------------------------------------------------------------------------------------

    def _continued(self, turn: _Turn) -> str:
        """The follow-up behind what the conversation is about, where it leaves that out."""
        core, anchors = turn.core, self._anchors(turn.earlier)
        if not anchors or len(core) > _LONGEST_LEANING or leaning.TITLE.search(core + "第"):
            return ""
        if day := leaning.SAME_DAY.match(core):
            return f"{self._subject(turn.earlier)}{core[day.start() :]}"
        if pronoun := leaning.PRONOUN.match(core):
            return f"{self._subject(turn.earlier)}{core[pronoun.end() :]}"
        own = any(mention.term.group == SUBJECT for mention in self._lexicon.mentions(core))
        topics = self._topics.of(leaning.AFTER_SUBJECT.split(core)[0])
        if own or set(topics) - set(anchors) or _says_again(core, turn.earlier):
            return ""
        return self._joined(turn) if self._belongs(core, anchors) else ""

    def _belongs(self, core: str, anchors: Sequence[str]) -> bool:
        """Whether the corpus has what the follow-up names beside what the conversation is about."""
        official = _told(self._lexicon.official(_told(core)))
        named = [each.term.name for each in self._lexicon.mentions(official)]
        terms = [name for name in named if len(name) > 3 and not leaning.NO_THING.match(name)]
        nouns = [word for word in _nouns(official) if is_noun(word)]
        return all(self._topics.related([term], anchors) for term in terms) and self._topics.related(nouns, anchors)

    def _joined(self, turn: _Turn) -> str:
        core, earlier = turn.core, turn.earlier
        for mention in reversed(self._lexicon.mentions(core)):
            if mention.term.group not in ("", _MEASURE, SUBJECT):
                core = core[: mention.start] + core[mention.end :].removeprefix("的")
                earlier = self._lexicon.put(earlier, mention.term, SUBJECT)
        subject = self._subject(earlier)
        told = _nouns(_told(core))
        goes_on = not leaning.OTHER_SIDE.search(core) and (
            not told or (len(told) == 1 and not is_noun(told[0]) and not leaning.YES_NO.search(earlier))
        )
        carried = (_stripped(earlier) if goes_on else "") or subject
        carried = carried[: len(carried) - _overlap(carried, core)]
        asks_figure = re.search("多少(?:人|户|钱)|人数|户数|是多少|标准", core) and not leaning.YEAR.search(
            carried + core
        )
        year = leaning.YEAR.search(earlier)
        ending = "怎么办" if turn.asks_about and not ASKING.search(core) else ""
        comma = "，" if re.search("[，,]", carried) or len(carried) > (8 if goes_on else 14) else ""
        return f"{year.group() if asks_figure and year else ''}{carried}{comma}{core}{ending}"

    def _anchors(self, earlier: str) -> list[str]:
        """What the conversation is about, for asking whether a word belongs to it."""
        mentions = self._lexicon.mentions(earlier)
        subjects = [each.term.name for each in mentions if each.term.group == SUBJECT]
        terms = [each.term.name for each in mentions if len(each.term.name) > 2]
        return subjects or self._topics.of(earlier) or terms or sorted(_nouns(earlier), key=len, reverse=True)[:3]

    def _subject(self, earlier: str) -> str:
        """What the next question is about: the slots but the measure, with their place; else the topic or the words."""
        mentions = self._lexicon.mentions(earlier)
        slots = list(dict.fromkeys(each.term.name for each in mentions if each.term.group not in ("", _MEASURE)))
        place = "".join(self._places.named(earlier)[:1])
        if any(each.term.group == SUBJECT for each in mentions):
            verb = re.search("成立|设立", earlier)
            last = max(each.end for each in mentions if each.term.group == SUBJECT)
            return f"{place}{verb.group() if verb else ''}{''.join(slots)}{_thing(mentions, last)}"
        if topics := self._topics.of(earlier):
            acted = re.search(rf"(?:{leaning.ACTS})?{re.escape(topics[-1])}", earlier)
            return f"{place}{acted.group() if acted else topics[-1]}{_thing(mentions, acted.end() if acted else 0)}"
        terms = [each.term.name for each in mentions if len(each.term.name) > 4]
        return (terms[0] if terms else _stripped(earlier)) or "".join(_nouns(earlier)[:_MOST_TOPIC_WORDS])


def _told(text: str) -> str:
    """What a follow-up says beyond asking for another side or going on."""
    return leaning.OTHER_SIDE.sub("，", leaning.GOES_ON.sub("，", text))


def _overlap(carried: str, core: str) -> int:
    """How many characters at the end of what is carried the follow-up begins with."""
    return next((size for size in range(min(len(carried) - 1, len(core)), 1, -1) if carried.endswith(core[:size])), 0)


def _thing(mentions: Sequence[Mention], start: int) -> str:
    """The first term behind ``start`` that says more closely what was asked about: 行政处罚的听证."""
    names = (each.term.name for each in mentions if each.start >= start and not each.term.group)
    return next((name for name in names if not leaning.NO_THING.match(name)), "")


def _says_nothing(core: str) -> bool:
    """Whether a follow-up only says how far or on what condition: 超过了, 不批."""
    return bool(leaning.GOES_ON.search(core)) or core.startswith("不")


def _with_limit(rest: str, result: str) -> str:
    """The exchanged question, with 最低 or 以前 where the follow-up has it; nothing where more is left over."""
    limit = leaning.LIMIT.search(rest)
    left = leaning.EMPTY.sub("", rest.replace(limit.group(), "", 1) if limit else rest)
    if left or not limit or limit.group() in result:
        return "" if left else result
    measure = "标准" if "标准" in rest and "标准" not in result else ""
    return re.sub("(?=标准|是?多少)", f"{limit.group()}{measure}", result, count=1)


def _says_again(core: str, earlier: str) -> bool:
    """Whether the follow-up itself names, in part at least, what the question before was about."""
    pairs = {noun[place : place + 2] for noun in _nouns(core) if len(noun) > 2 for place in range(len(noun) - 1)}
    return len(core) > 6 and not core.startswith("不") and any(pair in earlier for pair in pairs)


def _nouns(text: str) -> list[str]:
    """The words that say something, of two characters or more."""
    text = re.sub(r"([\u4e00-\u9fff])[不没]\1", "，", ASKING.sub("，", text))
    told = (word for word in words(text) if len(word) > 1 and word not in STOP)
    return list(dict.fromkeys(word for word in told if not word.isdigit()))


def _stripped(earlier: str) -> str:
    """The question before without its asking words, where that is short enough to stand before the next."""
    text = ASKING.sub("", re.sub(r"[？?。！!]|是?(?:哪一?天|几号|什么日子|什么时候)", "", earlier))
    text = re.sub(r"^(?:请问|你好|您好|有没有|能不能|可不可以)|应当在(?=内)|(?<=[，,])有没有", "", text)
    text = re.sub(r"(?:可以吗|吗|嘛|能不能|会不会|需要|应当|应该|得有|要|是|有|在|内|由|向)+$", "", text).strip("，, ")
    return text if 2 <= len(text) <= _LONGEST_CARRIED else ""


def _next_article(article: str, step: int) -> str:
    """The article before or behind: 第二十三条 behind 第二十二条."""
    numeral = article.strip("第条")
    value = int(numeral) if numeral.isascii() else int(chinese_value(numeral) or 1)
    return f"第{max(1, value + step)}条"
