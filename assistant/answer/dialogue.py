"""Follow-ups without a model: a question that leans on the one before it is completed from that one's words.

A follow-up may point into the same document (第二款呢), exchange slots (那城镇的呢, 去年呢), put another noun in the place of one
(村民会议呢), name another side of the same subject (材料呢, 怎么申请), or go on asking what was asked (可以延长吗). A question
that names a subject of its own, or words that the corpus never has beside the subject, stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answer import carrying, exchange, leaning
from assistant.answer.focus import points_back
from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.spoken import is_nod, plain
from assistant.answer.story import Part, parts
from assistant.answer.topics import Topics
from assistant.answer.turn import Turn, is_bare_clause, is_clause, read_turn, says_nothing
from assistant.answer.wording import ASKING
from assistant.text.normalize import normalize
from assistant.text.tokens import is_noun, words

SUBJECT, _MEASURE = "对象", "计量"
_LONGEST_LEANING = 30
_MOST_TOPIC_WORDS = 5
_ALIKE, _SAME_END = 0.6, 0.5
_FEWEST_OF_NAME = 4
_LONGEST_MODIFIER = 4
"""Of more characters are no words that describe a noun which a follow-up leaves out: 小额的, 县里的."""


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
        return self.readings(question, turns)[0]

    def readings(self, question: str, turns: Sequence[str]) -> tuple[str, ...]:
        """The ways to complete ``question``, the likeliest first: behind a story that was told before it, or its topic."""
        completed: list[str] = ["", ""]
        ways: tuple[str, ...] = (question,)
        asked = [turn for turn in turns if not is_nod(normalize(turn))]
        for part in parts((*asked, question)):
            ways = self._ways(part, completed)
            completed.append(ways[0])
        return ways

    def _ways(self, part: Part, completed: Sequence[str]) -> tuple[str, ...]:
        """The ways to complete one turn behind those that are ``completed``."""
        followed = list(completed)
        for turn in (*part.story, part.turn):
            followed.append(self._follow(turn, followed[-1], followed[-2]) if followed[-1] else turn)
        goes_on = completed[-1] and not self._is_about("".join(part.story))
        if not part.story or goes_on or leaning.CHANGES.search(normalize(part.turn)):
            return (followed[-1],)
        own = self._is_about(part.turn) and not points_back(part.turn)
        ways = (followed[-1], part.whole) if own else (part.whole, followed[-1])
        return tuple(dict.fromkeys(ways))

    def _is_about(self, text: str) -> bool:
        """Whether a text names a subject itself."""
        official = self._lexicon.official(normalize(text))
        subject = any(each.term.group == SUBJECT for each in self._lexicon.mentions(official))
        return subject or any(not name.endswith("局") for name in self._topics.of(official))

    def _follow(self, question: str, before: str, long_before: str = "") -> str:
        normal = normalize(question)
        if change := leaning.CHANGES.search(normal):
            return normal[change.end() :] or question
        if is_nod(normal):
            return question
        said = plain(normal)
        core = leaning.TRAILING.sub("", leaning.LEADING.sub("", said))
        if not core:
            return before if leaning.LEADING.match(said) else question
        turn = read_turn(said, core, self._plain(before))
        return (
            self._in_same_document(turn)
            or self._compared(turn)
            or exchange.both(self._plain(long_before), turn.earlier, turn.core)
            or exchange.version_now(turn.earlier, turn.core)
            or self._part(turn)
            or self._aspect(turn)
            or exchange.amount_before(turn.earlier, turn.core)
            or exchange.other_limit(turn.core, turn.earlier)
            or self._exchanged(turn)
            or self._of_whole(turn)
            or self._continued(turn)
            or self._in_same_place(question if said == normal else said, turn.earlier)
        )

    def _plain(self, question: str) -> str:
        """A question in official terms, without what only ends it."""
        return leaning.TRAILING.sub("", self._lexicon.official(normalize(question)))

    def _in_same_place(self, question: str, earlier: str) -> str:
        """A question that stands alone, on the subject of the one before it, goes on about the place named there."""
        named = self._places.named(earlier)
        elsewhere = named and not self._places.is_home(named[0]) and not self._places.named(question)
        if not elsewhere or leaning.HERE.search(question) or len(question) > carrying.LONGEST_CARRIED:
            return question
        before, now = (
            [each.term.name for each in self._lexicon.mentions(text) if each.term.group == SUBJECT]
            for text in (earlier, question)
        )
        same = any(one in other or other in one for one in before for other in now)
        return f"{named[0]}{question}" if same else question

    # In the same law ------------------------------------------------------------------------------------------------

    def _in_same_document(self, turn: Turn) -> str:
        """第二款 of the article, or 第三十条 of the law, that the question before asked for."""
        title, article = self._title(turn.earlier), leaning.ARTICLE.search(turn.earlier)
        if not title:
            return ""
        if article and (neighbour := leaning.NEIGHBOUR.match(turn.core)):
            return f"{title}{exchange.next_article(article.group(), 1 if neighbour[1] in '下后' else -1)}"
        if article and leaning.SAME_ARTICLE.match(turn.core):
            return f"{title}{article.group()}"
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

    def _aspect(self, turn: Turn) -> str:
        """材料呢: another side of the same subject, named by its noun alone."""
        named = (turn.asks_about or turn.leads or turn.core.endswith("吗")) and not turn.nominal
        for pattern, asking in leaning.ASPECTS if named else ():
            if re.fullmatch(pattern, turn.core):
                year = leaning.YEAR.search(turn.earlier) if "多少" in asking else None
                return f"{year.group() if year else ''}{self._subject(turn.earlier)}{asking}"
        return ""

    def _part(self, turn: Turn) -> str:
        """它的分支机构呢: the same asked of what belongs to the subject."""
        part = leaning.PART.match(turn.core)
        subjects = [each for each in self._lexicon.mentions(turn.earlier) if each.term.group == SUBJECT]
        if not turn.asks_about or not part or not subjects:
            return ""
        end = subjects[-1].end
        return f"{turn.earlier[:end]}的{part['part']}{turn.earlier[end:]}"

    def _compared(self, turn: Turn) -> str:
        """比城镇少多少: the amount asked for set against another, or two that the follow-up names itself."""
        if not leaning.COMPARED.match(turn.core):
            return ""
        if leaning.THAN_IT.match(turn.core):
            return exchange.compared(turn.earlier, turn.core)
        earlier, groups = turn.earlier, {each.term.group for each in self._lexicon.mentions(turn.core)} - {"", _MEASURE}
        for mention in reversed(self._lexicon.mentions(earlier) if leaning.TWO_SIDES.match(turn.core) else ()):
            if mention.term.group in groups:
                earlier = earlier[: mention.start] + earlier[mention.end :]
        return exchange.compared(earlier, turn.core)

    def _of_whole(self, turn: Turn) -> str:
        """里头通过年检的有几个: a part, that is no slot, of what the question before counted."""
        if not turn.of_whole or not re.search("多少|几", turn.core):
            return ""
        year = None if leaning.YEAR.search(turn.core) else leaning.YEAR.search(turn.earlier)
        return f"{year.group() if year else ''}{self._subject(turn.earlier)}，其中{turn.core}"

    def _exchanged(self, turn: Turn) -> str:
        """The question before with slots, its year, its place or a noun exchanged for those of the follow-up."""
        if len(turn.core) > _LONGEST_LEANING or self._is_whole(turn):
            return ""
        core = exchange.year_on(self._whole_name(turn) or turn.core, turn.earlier)
        rest, result = core, turn.earlier
        mentions = [each for each in self._lexicon.mentions(core) if each.term.group not in ("", _MEASURE)]
        for mention in mentions:
            rest = rest.replace(core[mention.start : mention.end], "", 1)
            result = self._lexicon.put(result, mention.term, SUBJECT)
        for pattern in (leaning.YEAR, leaning.MONTH):
            if time := pattern.search(rest):
                rest = rest.replace(time.group(), "", 1)
                result = exchange.dated(time.group(), pattern, result)
        if named := self._places.named(rest):
            rest = self._places.without_names(rest)
            result = named[0] + self._places.without_names(result)
        if turn.asks_about and leaning.EMPTY.sub("", rest) and any(each.term.group == SUBJECT for each in mentions):
            return self._subject_exchanged(turn)
        if mentions and (before := exchange.amount_before(result, rest.removeprefix("的"))):
            return before
        if result == turn.earlier:
            return self._noun_exchanged(turn)
        if any(rest in each.term.name for each in mentions):
            return result
        counted = exchange.counted(rest, result)
        return exchange.with_limit(*counted) if counted else ""

    def _whole_name(self, turn: Turn) -> str:
        """The subject of which a follow-up says only the beginning: 刚性支出困难家庭 for 刚性支出的."""
        if not turn.nominal or len(turn.core) < _FEWEST_OF_NAME:
            return ""
        begun = self._lexicon.official(turn.core)
        meant = {each.name for each in self._lexicon.terms() if each.group == SUBJECT and each.name.startswith(begun)}
        return meant.pop() if len(meant) == 1 else ""

    def _is_whole(self, turn: Turn) -> bool:
        """Whether a follow-up says itself of what, and when or where, it asks how much: 2026年城镇低保加到多少."""
        subject = any(each.term.group == SUBJECT for each in self._lexicon.mentions(turn.core))
        asks = not turn.asks_about and re.search("多少|几", turn.core)
        return bool(subject and asks and (leaning.YEAR.search(turn.core) or self._places.named(turn.core)))

    def _subject_exchanged(self, turn: Turn) -> str:
        """跟亲戚住的孤儿呢: a subject with words of its own stands in the place of the one before."""
        old = [each for each in self._lexicon.mentions(turn.earlier) if each.term.group not in ("", _MEASURE)]
        subjects = [each for each in old if each.term.group == SUBJECT]
        return f"{turn.earlier[: old[0].start]}{turn.core}{turn.earlier[subjects[-1].end :]}" if subjects else ""

    def _noun_exchanged(self, turn: Turn) -> str:
        """村民会议呢 for 村民代表会议: the run of words that is most like the noun is exchanged for it."""
        core = self._lexicon.official(turn.core)
        if not turn.asks_about or is_clause(turn):
            return ""
        if core.endswith(leaning.KINDS_OF_DOCUMENT) and (title := self._title(turn.earlier)):
            return turn.earlier.replace(title, core, 1)
        if alike := self._topics.alike(turn.earlier, core):
            return exchange.noun(turn.earlier, alike, core)
        pieces = words(turn.earlier)
        ends = range(len(pieces) + 1)
        runs = {"".join(pieces[start:end]) for start in ends for end in ends[start + 1 : start + 6]}
        likeness = {run: SequenceMatcher(None, run, core).ratio() for run in sorted(runs) if run in turn.earlier}
        best = max(likeness, key=lambda run: (likeness[run], len(run)), default="")
        same_end = best[-2:] == core[-2:] or (len(best) == len(core) and best[-1:] == core[-1])
        enough = _SAME_END if same_end else _ALIKE
        if best and likeness[best] >= enough and best != core:
            return exchange.noun(turn.earlier, best, core)
        if turn.nominal and (described := leaning.DESCRIBED.match(turn.earlier)):
            subjects = [each for each in self._lexicon.mentions(described["how"]) if each.term.group == SUBJECT]
            whose = turn.earlier[: subjects[-1].end] if subjects else ""
            return f"{whose}{core}的{turn.earlier[described.end() :]}"
        if thing := leaning.CLASSED.search(turn.earlier):
            return f"{turn.earlier[: thing.start()]}{core}{turn.earlier[thing.end() :]}"
        if turn.nominal and len(core) <= _LONGEST_MODIFIER and not re.search(r"[\d年月天]", core):
            return f"{core}的{turn.earlier}"
        if not self._topics.related(carrying.nouns(core), self._anchors(turn.earlier)):
            return ""
        asked = re.search(r"(?:多少|几)(?:个|名|位|家)?(?=[\u4e00-\u9fff])", turn.earlier)
        counted = words(turn.earlier[asked.end() :]) if asked else []
        if asked and len(counted) == 1 and counted[0] != "人" and is_noun(counted[0]) and is_noun(words(core)[-1]):
            return f"{turn.earlier[: asked.end()]}{core}"
        asking = None if says_nothing(core) else ASKING.search(turn.earlier)
        return f"{self._subject(turn.earlier)}{core}{turn.earlier[asking.start() :]}" if asking else ""

    # Going on -------------------------------------------------------------------------------------------------------

    def _continued(self, turn: Turn) -> str:
        """The follow-up behind what the conversation is about, where it leaves that out."""
        core, anchors = turn.core, self._anchors(turn.earlier)
        named = leaning.TITLE.search(core + "第") or leaning.NUMBERED.search(core)
        if not anchors or len(core) > _LONGEST_LEANING or named or not re.search("[\u4e00-\u9fff]", core):
            return ""
        if day := leaning.SAME_DAY.match(core):
            return f"{self._subject(turn.earlier)}{core[day.start() :]}"
        if pronoun := leaning.PRONOUN.match(core):
            return f"{self._subject(turn.earlier)}{core[pronoun.end() :]}"
        if leaning.OTHER_OF_TWO.search(core):
            return leaning.OTHER_OF_TWO.sub(self._subject(turn.earlier), core)
        if (leaning.FOR_WHOM.match(core) or leaning.CASE.match(core)) and not self._names(core, anchors):
            return f"{self._subject(turn.earlier)}，{core}"
        return self._joined(turn) if self._is_left_out(turn, anchors) else (core if turn.topic else "")

    def _is_left_out(self, turn: Turn, anchors: Sequence[str]) -> bool:
        """Whether the follow-up names no subject of its own, and nothing foreign to that of the conversation."""
        core = leaning.PARTICIPANT.sub("", turn.core)
        if leaning.SERVICE.match(core) or any(each.term.group == SUBJECT for each in self._lexicon.mentions(core)):
            return False
        if bare := leaning.BARE.search(core):
            return self._is_case_of(core[: bare.start()], anchors)
        if turn.asks_about and leaning.YEARS_ON.search(core):
            return False
        if (done := leaning.DONE.match(core)) and done["verb"] in turn.earlier:
            return True
        topics = set(self._topics.of(leaning.AFTER_SUBJECT.split(core)[0]))
        if turn.topic:
            topics = {name for name in topics if not name.endswith(leaning.PERSONS)}
        foreign = topics - set(anchors) or (topics and topics >= set(anchors))
        described = leaning.DESCRIBED.match(core)
        modified = described and len(described["how"]) <= _LONGEST_MODIFIER
        if not foreign and (modified or leaning.WITHOUT_SUBJECT.match(core) or is_bare_clause(turn)):
            return True
        return not foreign and not carrying.says_again(core, turn.earlier) and self._belongs(core, anchors)

    def _names(self, core: str, anchors: Sequence[str]) -> bool:
        """Whether the follow-up names what the conversation is about itself."""
        return any(each.term.name in anchors for each in self._lexicon.mentions(core))

    def _is_case_of(self, told: str, anchors: Sequence[str]) -> bool:
        """Whether what somebody tells of may be a case of what the conversation is about: half of what the corpus knows."""
        terms = [each.term.name for each in self._lexicon.mentions(told) if len(each.term.name) > 2]
        nouns = [word for word in carrying.nouns(told) if is_noun(word) and word not in leaning.NO_NOUNS | leaning.KIN]
        known = list(dict.fromkeys((*terms, *filter(self._topics.knows, nouns))))
        return self._topics.related(known, anchors) if known else not nouns

    def _belongs(self, core: str, anchors: Sequence[str]) -> bool:
        """Whether the corpus has what the follow-up names beside what the conversation is about."""
        official = carrying.told(self._lexicon.official(carrying.told(core)))
        named = [each.term.name for each in self._lexicon.mentions(official)]
        terms = [name for name in named if len(name) > 3 and not leaning.NO_THING.match(name)]
        nouns = [word for word in carrying.nouns(official) if is_noun(word) and word not in leaning.NO_NOUNS]
        return all(self._topics.related([term], anchors) for term in terms) and self._topics.related(nouns, anchors)

    def _joined(self, turn: Turn) -> str:
        core, earlier = turn.core, turn.earlier
        for mention in reversed(self._lexicon.mentions(core)):
            if mention.term.group not in ("", _MEASURE, SUBJECT):
                core = core[: mention.start] + core[mention.end :].removeprefix("的")
                earlier = self._lexicon.put(earlier, mention.term, SUBJECT)
        subject = self._subject(earlier)
        told = carrying.nouns(carrying.told(core))
        goes_on = (
            not carrying.counts_another(core, earlier)
            and not leaning.OTHER_SIDE.search(core)
            and (not told or (len(told) == 1 and not is_noun(told[0]) and not leaning.YES_NO.search(earlier)))
        )
        done = leaning.DONE.match(core)
        goes_on = (goes_on and not (turn.asks_about and is_clause(turn))) or bool(
            done and done["verb"] in earlier and not re.match(leaning.ACTS, core)
        )
        carried = (carrying.stripped(earlier) if goes_on else "") or subject
        if (
            (act := re.search(leaning.ACTS, earlier))
            and leaning.BARE.search(core)
            and act.group() not in subject + core
        ):
            carried = f"{subject}{act.group()}"
        carried = carried[: len(carried) - carrying.overlap(carried, core)]
        carried = carried.removesuffix(done["verb"]) if done else carried
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
        return (
            subjects or self._topics.of(earlier) or terms or sorted(carrying.nouns(earlier), key=len, reverse=True)[:3]
        )

    def _subject(self, earlier: str) -> str:
        """What the next question is about: the slots but the measure, with their place; else the topic or the words."""
        mentions = self._lexicon.mentions(earlier)
        slots = list(dict.fromkeys(each.term.name for each in mentions if each.term.group not in ("", _MEASURE)))
        place = "".join(self._places.named(leaning.OF_A_PERSON.sub("", earlier))[:1])
        if any(each.term.group == SUBJECT for each in mentions):
            verb = re.search("成立|设立", earlier)
            last = max(each.end for each in mentions if each.term.group == SUBJECT)
            act, thing = leaning.ACT_UPON.match(earlier, last), carrying.thing(mentions, last)
            more = act.group() if act and not thing.startswith(act.group()) else thing
            return f"{place}{verb.group() if verb else ''}{''.join(slots)}{more}"
        if topics := self._topics.of(earlier):
            acted = re.search(rf"(?:{leaning.ACTS})?{re.escape(topics[-1])}", earlier)
            return f"{place}{acted.group() if acted else topics[-1]}{carrying.thing(mentions, acted.end() if acted else 0)}"
        names = [each.term.name for each in mentions if not leaning.NO_THING.match(each.term.name)]
        terms = [name for name in names if len(name) > 3]
        return (terms[0] if terms else carrying.stripped(earlier)) or "".join(
            carrying.nouns(earlier)[:_MOST_TOPIC_WORDS]
        )
