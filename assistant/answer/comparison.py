"""Questions that compare: taken apart into one question for each side, since each side has its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Answer, Document

_SIDES = re.compile(
    r"(?P<one>[^，,。；;？?、和与跟同]{2,16})(?:和|与|跟|同|、)(?P<other>[^，,。；;？?、和与跟同]{2,16}?)"
    r"(?=[，,]|的|在|各|分别|有|相比|之间)"
)
_COMPARES = re.compile(
    r"各(?:由|是|有|要|为|自)|分别|不同|不一样|区别|差别|差异|相比|对比|一样吗|是否相同|是否一致|一致吗|有何不同"
)
_THEN_AND_NOW = re.compile(
    r"(?:改|修改|修订|修正|新法)了?(?:以前|之前|前).{0,6}(?:以后|之后|后|现在)|新旧|旧(?:法|版|条例|办法).{0,8}新(?:法|版|条例|办法)|"
    r"新(?:法|版|条例|办法).{0,8}[旧老](?:法|版|条例|办法)|老(?:法|版|条例|办法).{0,8}新(?:法|版|条例|办法)|"
    r"(?:19|20)\d{2}年(?:版|的|修订的)?(?=[^，。]{0,14}(?:法|条例|办法)[^，。]{0,4}(?:现行|现在|新|今天))|"
    r"(?:以前|原来|过去).{0,8}现在(?=.*(?:不同|变|区别|不一样))"
)
_DIFFERENCE = re.compile(
    r"(?:和|与|跟|同)?(?:现行的?|现在的?|新的?|老的?|旧的?)(?:法律?|条例|办法|规定)?(?:相比|比)?|(?:的|有|作|做)?了?(?:什么|啥|哪些|何)?(?:不同|不一样|区别|差别|差异|变化|改动)|各(?=由|是|有|要|为|自)|分别|相比|对比"
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: the same question put to two ``sides``, or put to the rule of today and the one before it."""

    sides: tuple[str, ...]
    then_and_now: bool = False


def comparison(question: str) -> Comparison | None:
    """The sides of a question that compares, each as a question of its own; ``None`` for any other question.

    「村委会和居委会，各由几个人组成」 gives 「村委会，由几个人组成」 and 「居委会，由几个人组成」.
    """
    if len(question) > _LONGEST:
        return None
    if _THEN_AND_NOW.search(question):
        return Comparison((_DIFFERENCE.sub("", _THEN_AND_NOW.sub("", question)),), then_and_now=True)
    found = _SIDES.search(question)
    if found is None or not _COMPARES.search(question, found.end()):
        return None
    before, after = question[: found.start()], _DIFFERENCE.sub("", question[found.end() :])
    return Comparison(tuple(f"{before}{side}{after or '是什么'}" for side in (found["one"], found["other"])))


def together(question: str, answers: Sequence[Answer], notices: tuple[str, ...] = ()) -> Answer | None:
    """The answers of all sides as one, each statement once; ``None`` where a side is refused."""
    if not all(answer.answered for answer in answers):
        return None
    sentences = {sentence.text: sentence for answer in answers for sentence in answer.sentences}
    figures = tuple(figure for answer in answers for figure in answer.figures)
    hits = tuple(hit for answer in answers for hit in answer.hits)
    said = tuple(dict.fromkeys(notice for answer in answers for notice in answer.notices))
    return Answer(question, tuple(sentences.values()), figures, said + notices, hits=hits)


def predecessors(answer: Answer, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents that the first one cited has replaced, newest first."""
    current = answer.citations[0].passage.document if answer.citations else None
    replaced = [each for each in documents if current and each.id in current.metadata.supersedes]
    return tuple(sorted(replaced, key=lambda each: each.metadata.effective or date.min, reverse=True))


def lapsed_notice(document: Document) -> str:
    """That a document is quoted for comparison only."""
    since = f"（{document.metadata.effective.isoformat()}起施行的）" if document.metadata.effective else ""
    return f"{since}《{document.title}》已被取代，只作对照，不能再作依据。"
