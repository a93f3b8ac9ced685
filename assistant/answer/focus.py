"""A worried citizen's long question: the clauses that ask, and as much before them as says of what.

Greetings and the story fall away: their words would have to be covered by the evidence, and their benefits, places and
years are not those that are asked about.
"""

from __future__ import annotations

import re

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.wording import ASKING, HOW_MANY, STOP, UNCOUNTED, YEAR
from assistant.text.tokens import words

_CLAUSE = re.compile(r"(?:[^，。！？；,!?;…\n：:]|(?<=\d)[：:](?=\d))+[，。！？；,!?;…\n：:]*")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_FEWEST_CLAUSES, _SHORTEST, _LONG = 3, 30, 60
_ENDS = "，。；,;：: "
_MARKER = re.compile(
    r"请问(?:一下|下)?|我?[就只]?想问(?:一下|问|下)?|我?[就只]?想知道|想了解(?:一下)?|想弄(?:清楚|明白)|麻烦问(?:一下|下)?|问一下|就想弄明白|想咨询(?:一下)?|"
    r"帮我查(?:一下|下)?|请(?:给出|告诉我|解答)|不知道(?=.*(?:吗|什么|怎么|多少|能不能|要不要|该|哪))"
)
"""Says that now the question comes."""
_POLITE = re.compile(
    r"^(?:请)?(?:麻烦)?(?:谢谢|感谢|拜托|多谢|帮帮忙|最好|越详细越好|不要四舍五入|请?帮我查一?下?.{0,8}|请?告诉我.{0,4}|麻烦.{0,6}|怎么办啊?|这可怎么办|"
    r"可怎么办|对吧|对不对|是吗|是不是啊?|有人知道吗|能帮帮我吗|请给出.*|有没有人管)[了啊呀吧您你们]*$"
)
_POINTS_BACK = re.compile(r"它|他们?|她们?|这[种个样些类项笔家]|那[种个样些类项笔家]|其中|上述|像这|这|该")
_DESCRIBES = re.compile(r"的[那这][种类个样][，。！；,!;\s]*$")
"""Says which of several is meant: 不向社会募捐的那种."""
_RHETORICAL = re.compile(
    r"怎么(?:会|能)这|凭什么|什么都|什么书面|啥也|没什么|什么的|谁也|谁都|怎么都|怎么也|多少年都|不管什么|没怎么|怎么说都"
)
_QUESTION = re.compile(
    r"什么|哪|谁|多少|几(?:个|名|天|日|年|岁|倍|成|次|条|级|类|种|点)|多久|多长|多大|多高|多早|怎么|如何|怎样|咋|啥|是否|为何|[吗嘛么]$|[不没]$|没有$|呢$|"
    r"([\u4e00-\u9fff])[不没]\1|有没有|可不可以|[？?]$"
)
_LEFT_OUT = re.compile(
    r"(?<=[？?，,;；])\s*(?:我(?:问|说|要)的)?(?:可?不是|不算|不含|不要|不包括)[^，,。；;？?！!吗]+[。！!]?$|[（(](?:不是|不算|不含|不包括)[^）)]+[）)]"
)
"""Says behind a question what is not asked for: 不是农村的, (不算延长)."""
_BARE = re.compile(
    r"^(?:那|到底|究竟|大概|总共|一共|合计)*(?:应该|该|要|得)?(?:是|有)?(?:多少|几)[^，。？?]{0,3}$|^(?:怎么办|怎么弄|可以吗|行吗|能吗|对吗)$"
)
"""Asks without saying for what: 请问是多少."""
_ENOUGH_NOUNS = 4
_WHOLE = re.compile("(?:合计|总共|一共|总数|加起来).{0,6}(?:多少|几)")
_SHORT_SENTENCE = 3
"""Clauses of a sentence that is taken whole where a part of it asks."""
_MOST_BEFORE = 3


def focus(text: str, lexicon: Lexicon, places: Places) -> str:
    """The asking part of a long question in official terms; a short one as it is."""
    text = _LEFT_OUT.sub("", text)
    clauses = [match.group() for match in _CLAUSE.finditer(text)]
    if len(clauses) < _FEWEST_CLAUSES or len(text) < _SHORTEST or text.isascii():
        return text

    def telling(clause: str) -> bool:
        named = any(each.term.group or len(each.term.name) > 3 for each in lexicon.mentions(clause))
        return bool(named or places.named(clause) or YEAR.search(clause) or _DESCRIBES.search(clause))

    if len(text) < _LONG and not _MARKER.search(text):
        if any(_asks(clause) and _POINTS_BACK.search(clause) for clause in clauses):
            return text
        return "".join(clause for clause in clauses if telling(clause) or _asks(clause)).strip(_ENDS) or text
    first, last = _asking_part(clauses)
    if first is None:
        return text
    part = [_after_marker(clauses[first]), *clauses[first + 1 : last]]
    if _BARE.match(part[0].strip(_ENDS + "？?")):
        part = [*_asking_before(clauses[:first]), *part]
    part = [clause for clause in part if telling(clause) or lexicon.mentions(clause) or _asks(clause)] or part
    part = [*_subject_of(text, "".join(part), lexicon), *part]
    for clause in [clause for clause in clauses[:first] if telling(clause)][: -_MOST_BEFORE - 1 : -1]:
        if not _says_of_what("".join(part), lexicon):
            part.insert(0, clause)
    return _with_place("".join(part).strip(_ENDS), text, places)


def asking_clauses(text: str) -> tuple[str, ...]:
    """The clauses of a question that ask, without their stops; all of it where none does (keywords)."""
    found = [match.group() for match in _CLAUSE.finditer(text)]
    asking = [clause for clause in found if _asks(clause) or HOW_MANY.search(clause)]
    return tuple(clause.rstrip("，。！？；,!?;… \n") for clause in asking or found)


def asks(text: str) -> bool:
    """Whether any clause of a text asks something."""
    return any(_asks(match.group()) for match in _CLAUSE.finditer(text))


def points_back(text: str) -> bool:
    """Whether a text speaks of something that was said before: 这种, 他们."""
    return bool(_POINTS_BACK.search(text))


def _asking_part(clauses: list[str]) -> tuple[int | None, int]:
    """The clauses from the first that asks to the last: behind the last marker, else in the last sentence that asks."""
    asks = [_asks(clause) for clause in clauses]
    last = max((place + 1 for place, each in enumerate(asks) if each), default=0)
    marked = [place for place, clause in enumerate(clauses) if _MARKER.search(clause)]
    for place in reversed(marked):
        if any(asks[place:]):
            return place, max(last, place + 1)
    if not last:
        return None, 0
    first = last - 1
    for start, end in reversed(_sentences(clauses[:last])):
        if not any(asks[start:end]):
            break
        first = start if end - start <= _SHORT_SENTENCE else next(place for place in range(start, end) if asks[place])
    return first, last


def _asking_before(clauses: list[str]) -> list[str]:
    """The last clause that asks, and those behind it."""
    asking = [place for place, clause in enumerate(clauses) if _asks(clause)]
    return clauses[asking[-1] :] if asking else []


def _sentences(clauses: list[str]) -> list[tuple[int, int]]:
    """The clauses of each sentence, as the first and the one behind the last."""
    ends = [
        place + 1 for place, clause in enumerate(clauses) if _SENTENCE_END.search(clause) or place + 1 == len(clauses)
    ]
    return list(zip([0, *ends], ends, strict=False))


def _asks(clause: str) -> bool:
    bare = UNCOUNTED.sub("", re.sub(r"[，。！；,!;…\s]", "", clause))
    if _POLITE.match(bare.rstrip("？?")) or _RHETORICAL.search(bare):
        return False
    return bool(_QUESTION.search(bare))


def _after_marker(clause: str) -> str:
    marker = _MARKER.search(clause)
    return clause[marker.end() :].lstrip("，, ") if marker else clause


def _says_of_what(text: str, lexicon: Lexicon) -> bool:
    """Whether a part of a question names what it asks about and does not point back."""
    named = any(each.term.group == "对象" or len(each.term.name) > 3 for each in lexicon.mentions(text))
    nouns = [word for word in words(ASKING.sub("，", text)) if len(word) > 1 and word not in STOP]
    if _POINTS_BACK.search(text) and not any(each.term.group == "对象" for each in lexicon.mentions(text)):
        return False
    return (named and len(nouns) > 1) or len(nouns) >= _ENOUGH_NOUNS


def _subject_of(text: str, chosen: str, lexicon: Lexicon) -> list[str]:
    """The subject of the story where an amount is asked for without saying of what, and the story has but one."""
    asked = [each.term for each in lexicon.mentions(chosen)]
    subjects = {each.term.name for each in lexicon.mentions(text) if each.term.group == "对象"}
    measured = any(each.group == "计量" for each in asked) or _WHOLE.search(chosen)
    named = any(each.group == "对象" or len(each.name) > 3 for each in asked)
    return [f"{subjects.pop()}，"] if measured and not named and len(subjects) == 1 else []


def _with_place(chosen: str, text: str, places: Places) -> str:
    """The place of the story where the question has none and the story has but one; a year with four digits likewise."""
    regions, years = places.named(text), YEAR.findall(text)
    if not places.named(chosen) and len(regions) == 1 and not places.is_home(regions[0]):
        chosen = f"{regions[0]}，{chosen}"
    if HOW_MANY.search(chosen) and not YEAR.search(chosen) and len(set(years)) == 1:
        chosen = f"{years[0]}年，{chosen}"
    return chosen
