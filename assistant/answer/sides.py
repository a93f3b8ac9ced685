"""The sides of a question that sets things against each other or adds them up: each becomes a question of its own.

What one side leaves unsaid it takes from the others: 「连州2024年城镇低保比省定最低标准高多少」 asks for the minimum of 2024 for
低保 in 城镇, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.amounts import MEASURE, SUBJECT
from assistant.answer.lexicon import Lexicon, Mention
from assistant.answer.places import Places
from assistant.answer.wording import SHORT_YEAR, YEAR

_JOINED = re.compile(r"(?<![共不相参])[和与跟同](?![谐样时意步])|以及|加上?|、|(?<![a-z\d])\+(?![a-z])")
_THAN = re.compile(r"(?<![相对之])[比较](?![例重如对较])(?:起来)?")
_YEAR_SAID = re.compile(
    r"(?:从|自|由|在|到|至|[和与跟同比较、,，~～—–-]|相比)*(?P<year>(?<!\d)(?:19|20)\d{2})(?!\d|\s?[元块万千人户个名])\s?年?(?:度|底|末)?"
    r"(?:[-~～—–]|到|至|[和与跟同]|的时候|期间|之间|相?比|较|这两年|以来|的)*"
)
_HEAD = re.compile("[领拿享吃有].{2,}(?:的|那些|这些)((?:残疾|老年|困难)?人|老人|孩子|儿童|家庭)$")
_GETS = re.compile("[领拿吃]|享受")
_LEFT_OF_THAN = re.compile("[，,]+(?:[和与跟同比较]|对比)[^，,]{0,5}[，,]*$")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_AMOUNT = re.compile("多少|几(?![乎十])")
_SAID = re.compile(r"[\u4e00-\u9fff](?<![的是了时])[\u4e00-\u9fff]")
_NOTHING_NAMED = re.compile(
    "[省市县区国]里?面?|里面?|定|的|当地|本地|最低|最高|标准|下限|上限|底线|线|地区|[一二三四五六七八九]类|居民|户口|户籍|家庭|对象|人员?|"
    "一个月|每个?月|保障|供养|救助|水平|那边|这边|规定|要求|[要是在和跟与同，,、年月元钱个]|多少|几"
)
"""What a side may say beside terms, places and years and still speak of what the other side names."""
_OF_ONE = "供养方式"
"""What is said of one thing is not said of another that is named beside it: 散居孤儿和事实无人抚养儿童."""
_LISTED = (SUBJECT, "城乡", _OF_ONE)
_OPTIONAL = "城乡"
"""What a side may go without though another names it: 孤儿 have no 农村 and no 城镇."""


def asking_sentence(question: str, asks: re.Pattern[str], lexicon: Lexicon, places: Places) -> str:
    """Of a story the sentence with what ``asks``, with the place and the terms that only those before it name.

    What a sentence only tells (一个加在一起的数对不上) is not asked where another asks for an amount.
    """
    matches = list(asks.finditer(question))
    if not matches:
        return question
    asking = [each for each in matches if _AMOUNT.search(_SENTENCE_END.split(question[each.start() :])[0])]
    found = asking[0] if asking else _AMOUNT.search(question) or matches[0]
    ends = [end.end() for end in _SENTENCE_END.finditer(question, 0, found.start())]
    before, sentence = question[: ends[-1] if ends else 0], question[ends[-1] if ends else 0 :]
    own = {mention.term.group for mention in lexicon.mentions(sentence)}
    terms = {mention.term.group: mention.term.name for mention in lexicon.mentions(before)}
    more = "".join(name for group, name in terms.items() if group not in ("", MEASURE, *own))
    return f"{_place_for(sentence, before, places)}{more}{sentence}"


def years(question: str) -> tuple[str, ...]:
    """The years that a question names, in their order of time."""
    return tuple(sorted({match["year"] for match in _YEAR_SAID.finditer(_with_whole_years(question))}))


def by_year(question: str) -> tuple[str, ...]:
    """The question of each of two years, the later first; nothing where there are not two."""
    named = years(question)
    if len(named) != 2:
        return ()
    rest = re.sub("，+", "，", _YEAR_SAID.sub("，", _with_whole_years(question)))
    rest = _LEFT_OF_THAN.sub("", rest).strip("，,、 ")
    return tuple(f"{year}年{rest}" for year in reversed(named))


def _with_whole_years(question: str) -> str:
    return question if YEAR.search(question) else SHORT_YEAR.sub(r"20\1年", question)


def against(question: str, lexicon: Lexicon, places: Places, *, listed_too: bool) -> tuple[tuple[str, ...], ...]:
    """For each of two sides (A比B; where ``listed_too`` A和B) its questions, the fullest first; else nothing."""
    parts = _cut(question, list(_THAN.finditer(question))[-1:])
    if len(parts) < 2 and listed_too:
        parts = _terms_listed(question, lexicon) or _joined(question, lexicon)
    if len(parts) != 2 or not all(_SAID.search(_YEAR_SAID.sub("", part)) for part in parts):
        return ()
    return completed(parts, lexicon, places)


def listed(question: str, lexicon: Lexicon, places: Places) -> tuple[tuple[str, ...], ...]:
    """For each of the terms that a question lists (A、B和C) its questions, the fullest first; nothing for only one."""
    return completed(_terms_listed(question, lexicon), lexicon, places)


def added(question: str, lexicon: Lexicon, places: Places) -> tuple[tuple[str, ...], ...]:
    """For each of the things that a question joins to be added up, whether or not it is known, its questions."""
    parts = _joined(question, lexicon)
    known = any(mention.term.group == SUBJECT for part in parts for mention in lexicon.mentions(part))
    return completed(parts, lexicon, places) if known and all(map(_SAID.search, parts)) else ()


def completed(parts: Sequence[str], lexicon: Lexicon, places: Places) -> tuple[tuple[str, ...], ...]:
    """The parts, each with the year, the place and the terms that only the others say; then also without 城镇 or 农村."""
    full = []
    parts = _with_head(parts)
    for place, part in enumerate(parts):
        others = "，".join((*parts[:place], *parts[place + 1 :]))
        year, region = _year_for(part, others), _place_for(part, "，".join(parts[:place]), places)
        terms = _terms_for(part, others, lexicon, places)
        wanted = dict.fromkeys(
            ("".join(terms.values()), "".join(terms[group] for group in terms if group != _OPTIONAL))
        )
        full.append(tuple(f"{year}{region}{more}{part}" for more in wanted))
    return tuple(full)


def part_and_whole(part: str, whole: str, lexicon: Lexicon, places: Places) -> tuple[str, str]:
    """A part and its whole, each with what it leaves to the other: the part is of the whole's subject, the whole of no
    narrower thing; a whole without a name is what the part is counted among (社会团体占总数: 社会组织)."""
    named = [mention.term for mention in lexicon.mentions(part) if mention.term.group == SUBJECT]
    if named and not any(mention.term.group == SUBJECT for mention in lexicon.mentions(whole)):
        whole = f"{named[0].within or named[0].name}{whole}"
    whole = f"{_year_for(whole, part)}{_place_for(whole, part, places)}{whole}"
    return completed((whole, part), lexicon, places)[1][0], whole


def _with_head(parts: Sequence[str]) -> Sequence[str]:
    """The parts, those that only say what somebody gets with the noun of another: 领护理补贴的残疾人比领生活补贴的."""
    heads = {found[1] for part in parts if (found := _HEAD.search(part))}
    if len(heads) != 1:
        return parts
    return [f"{part}的{head}" if _GETS.match(part) and head not in part else part for head in heads for part in parts]


def _year_for(part: str, others: str) -> str:
    elsewhere = years(others)
    return f"{elsewhere[0]}年" if len(elsewhere) == 1 and not years(part) else ""


def _place_for(part: str, before: str, places: Places) -> str:
    """The place that the parts before name: whoever sets 低保 against that of the province means the own one first."""
    elsewhere = places.named(before)
    return elsewhere[0] if len(elsewhere) == 1 and not places.named(part) else ""


def _terms_for(part: str, others: str, lexicon: Lexicon, places: Places) -> dict[str, str]:
    """The terms by group that the others name, one of each, where the part names none of the group."""
    own = {mention.term.group for mention in lexicon.mentions(part)}
    if SUBJECT in own:
        own.add(_OF_ONE)
    if _names_a_thing(part, lexicon, places):
        own.add(SUBJECT)
    names: dict[str, list[str]] = {}
    for mention in lexicon.mentions(others):
        if mention.term.group not in ("", MEASURE, *own):
            names.setdefault(mention.term.group, []).append(mention.term.name)
    return {group: found[0] for group, found in names.items() if len(set(found)) == 1}


def _names_a_thing(part: str, lexicon: Lexicon, places: Places) -> bool:
    """Whether a side says what it is of in words that no list has (城镇职工养老金), so that it is not what the other names."""
    text = list(_YEAR_SAID.sub("，", part))
    for mention in lexicon.mentions("".join(text)):
        text[mention.start : mention.end] = "，" * (mention.end - mention.start)
    return bool(_SAID.search(_NOTHING_NAMED.sub("，", places.without_names("".join(text), "，"))))


def _terms_listed(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a question lists in terms, each with what is said of all behind the last."""
    if "城乡" in question:
        return tuple(question.replace("城乡", each) for each in ("城镇", "农村"))
    parts = _joined(question, lexicon)
    named = [{mention.term for mention in lexicon.mentions(part) if mention.term.group in _LISTED} for part in parts]
    if len(parts) > 1 and all(named) and len(set(map(frozenset, named))) == len(parts):
        return parts
    return _told_apart(question, lexicon)


def _joined(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What words like 和 join in a question, each with what is said of all behind the last."""
    joined = [found for found in _JOINED.finditer(question) if found.start() > 1 and len(question) - found.end() > 1]
    return _with_what_is_said_of_all(_cut(question, joined), lexicon) if joined else ()


def _with_what_is_said_of_all(parts: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    *firsts, last = parts
    end = _end_of_last(last, lexicon)
    return (*(f"{first}{last[end:]}" for first in firsts), last)


def _told_apart(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A question for each of the terms of one group, the others left out: 低保金、特困金合计; 城镇农村差多少."""
    groups: dict[str, dict[str, list[Mention]]] = {}
    for mention in lexicon.mentions(question):
        if mention.term.group in _LISTED:
            groups.setdefault(mention.term.group, {}).setdefault(mention.term.name, []).append(mention)
    several = [terms for terms in groups.values() if len(terms) > 1]
    terms = several[0] if len(several) == 1 else {}
    return tuple(
        _without(question, [each for other, found in terms.items() if other != name for each in found])
        for name in terms
    )


def _without(question: str, mentions: Sequence[Mention]) -> str:
    text = list(question)
    for mention in mentions:
        text[mention.start : mention.end] = "，" * (mention.end - mention.start)
    return re.sub(
        r"[，\s]*(?:[和与跟同、]|以及|加上?)?，+(?:[和与跟同、]|以及|加上?)?[，\s]*", "，", "".join(text)
    ).strip("， ")


def _end_of_last(part: str, lexicon: Lexicon) -> int:
    """Where the last of what is listed ends and what is said of all begins: at its first 的, else behind its first term."""
    if (of := part.find("的")) > 0 and of + 1 < len(part):
        return of
    mentions = lexicon.mentions(part)
    first = next((each for each in mentions if each.term.group == SUBJECT), mentions[0] if mentions else None)
    return first.end if first else len(part)


def _cut(question: str, at: Sequence[re.Match[str]]) -> tuple[str, ...]:
    starts = (0, *(found.end() for found in at))
    ends = (*(found.start() for found in at), len(question))
    return tuple(question[start:end].strip("，,、 的") for start, end in zip(starts, ends, strict=True))
