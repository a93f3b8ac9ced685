"""Questions that compare: taken apart into one question for each side, since each side has its own clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.sides import by_year
from assistant.types import Answer

_SIDES = re.compile(
    r"(?P<one>[^，,。；;？?、和与跟同]{2,16})(?:和|与|跟|同|、)(?P<other>[^，,。；;？?、和与跟同]{2,16}?)"
    r"(?=[，,]|的|在|各|分别|有|相比|之间)"
)
_COMPARES = re.compile(
    r"各(?:由|是|有|要|为|自)|分别|不同|不一样|区别|差别|差异|相比|对比|一样吗|是否相同|是否一致|一致吗|有何不同"
)
_DIFFERENCE = re.compile(
    r"(?:有?(?:什么|啥|哪些|何))分别|[和与跟同]?的?规定有何(?:不同|变化)|是?怎么[改变]的|[和与跟同](?=[，,]|的规定|$)|(?:和|与|跟|同)?(?:现行的?|现在的?|新的?|老的?|旧的?)(?:法律?|条例|办法|规定)?(?:相比|比)?|(?:的|有|作|做)?了?(?:什么|啥|哪些|何)?(?:不同|不一样|区别|差别|差异|变化|改动)|各(?=由|是|有|要|为|自)|分别|相比|对比"
)
_TWO_YEARS = re.compile(r"\d{4}年?(?:和|与|跟|同|、|以及)\d{4}")
_OWN = re.compile("国家|全国|中央|我们这[里儿边]?|本地|我市|当地")
_OWN_END = re.compile(f"(?:{_OWN.pattern})$")
_JOIN = re.compile("[和与跟同、]|以及")
_LONGEST = 60


def comparison(question: str, lexicon: Lexicon, places: Places) -> tuple[str, ...]:
    """The sides of a question that compares, each as a question of its own; nothing for any other question.

    「村委会和居委会，各由几个人组成」 gives 「村委会，由几个人组成」 and 「居委会，由几个人组成」.
    """
    if (_COMPARES.search(question) or _TWO_YEARS.search(question)) and (two_years := by_year(question)):
        return tuple(map(without_difference, two_years))
    if len(question) > _LONGEST:
        return ()
    if two_places := _by_place(question, places):
        return two_places
    found = _SIDES.search(question)
    if found is None or not _COMPARES.search(question, found.end()):
        return ()
    before, after = question[: found.start()], without_difference(question[found.end() :])
    return tuple(f"{before}{side}{after or '是什么'}" for side in (found["one"], found["other"]))


def without_difference(question: str) -> str:
    """A question without the words that ask what is different."""
    return _DIFFERENCE.sub("", question)


def _by_place(question: str, places: Places) -> tuple[str, ...]:
    """A question for each of two places that it joins: 重庆和国家的规定."""
    for found in _JOIN.finditer(question):
        before, after = question[: found.start()], question[found.end() :]
        one, other = _OWN_END.search(before), _OWN.match(after)
        first = one.group() if one else places.at_end(before)
        second = other.group() if other else places.at_start(after)
        if first and second and not (one and other):
            return f"{before}{after[len(second) :]}", f"{before[: -len(first)]}{after}"
    return ()


def together(question: str, answers: Sequence[Answer], notices: tuple[str, ...] = ()) -> Answer | None:
    """The answers of all sides as one, each statement once; ``None`` where a side is refused."""
    if not all(answer.answered for answer in answers):
        return None
    sentences = {sentence.text: sentence for answer in answers for sentence in answer.sentences}
    figures = tuple(figure for answer in answers for figure in answer.figures)
    hits = tuple(hit for answer in answers for hit in answer.hits)
    said = tuple(dict.fromkeys(notice for answer in answers for notice in answer.notices))
    return Answer(question, tuple(sentences.values()), figures, said + notices, hits=hits)
