"""Versions of a rule: the one that a question set in the past asks for, and the two that a question sets against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.answer.comparison import without_difference
from assistant.answer.evidence import Evidence
from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.sides import asking_sentence, years
from assistant.answer.titles import title_match, years_of
from assistant.answer.validity import IN_FORCE, validity
from assistant.answer.wording import ARTICLE
from assistant.types import Document, Hit

_NAMED_RULES = "(?<![办方没])法(?![院律定人])|条例|(?<!没)(?<!没有)办法"
_RULES = f"(?:{_NAMED_RULES}|规定|法规)"
_OLD = "(?:旧(?![金衣账表])|老(?![年人师家乡板百])|以前|原来|过去|从前|原先|早先|当年|那时)"
_NOW = "(?:新(?![闻生建增农疆])|现在|现行|如今|眼下)"
_OF_YEAR = r"(?:19|20)\d{2}年?(?:的|那|这|版|部|修订|公布|施行|试行|新|旧|老)*"
_AMENDED = r"(?:改|修改|修订|修正|新法)了?(?:以前|之前|前)[^。！？?]{0,6}?(?:以后|之后|后|现在)"
_GAP = "[^。！？?]{0,30}"
_THEN_AND_NOW = re.compile(
    f"{_AMENDED}|新[旧老]|[旧老]新|{_OLD}{_GAP}{_NOW}|{_NOW}{_GAP}{_OLD}"
    f"|{_RULES}[和与跟同比较]{_GAP}{_OLD}{_GAP}{_RULES}|{_OF_YEAR}{_GAP}(?:{_NOW}|{_OF_YEAR})|{_NOW}{_GAP}{_OF_YEAR}"
)
_OF_RULES = re.compile(f"(?:{_OLD}|{_NOW}|{_OF_YEAR})[^，,。！？?]{{0,14}}?(?:{_RULES}|版)|新旧|{_AMENDED}")
_TURNED = re.compile("不同|不一样|[区差分]别|变化|变了|改动|改成|改为|怎么改|怎么变")
"""What tells 以前的办法 and 新办法 from 以前办过, 现在还能办吗."""
_VERSION = re.compile(
    rf"{_AMENDED}|(?:(?:在|按|按照|根据|依照)?(?:{_OF_YEAR}|新[旧老]|{_OLD}|{_NOW})的?[两那这]?[版部个]?的?"
    rf"(?:(?:试行)?{_RULES}|ones)?(?:里面?|中)?[和与跟同比、]*(?:改成|改为)?)+"
)
_BACK_THEN = "那(?:会儿?|阵子?|时候?|几?年)"
_YEAR_THEN = rf"(?:19|20)\d{{2}}年?(?:的?(?:{_BACK_THEN}|时候|年间|前后)|(?:的|那|版|部|份|个|修订|公布|试行)*)"
_ONCE = f"(?<![个年月日天次])(?:以前|过去|从前|原先|早先|早年|早些年|当年|当时|{_BACK_THEN})"
_OLD_RULE = f"(?:{_OLD}|(?:19|20)\\d{{2}}年?的?)[^，,。！？?]{{0,14}}?(?:{_NAMED_RULES})"
_PAST_RULE = re.compile(f"{_OLD_RULE}|{_OLD}的?(?:规定|政策|老?规矩)|{_ONCE}的?[^，,。！？?]{{0,4}}(?:{_RULES}|政策)")
_SAYS_THEN = re.compile(
    f"(?:在|按照?|根据|依照?|照)?(?:{_YEAR_THEN}|{_ONCE}|[旧老](?=[^，,。！？?]{{0,14}}?{_RULES}))+(?:的|那|部|份|版|个|本|旧)*"
)
_IN_A_YEAR = re.compile(
    rf"(?:19|20)\d{{2}}年?的?(?:{_BACK_THEN}|时候|年间|前后|当时)|(?:19|20)\d{{2}}年[^，,]{{1,12}}(?:{_BACK_THEN}|的时候)"
)
_PAUSE = re.compile(f"((?:^|[，,])(?:{_IN_A_YEAR.pattern}))[，,]")
"""A comma behind the time, which parts it from what is asked: 2020年那会儿，要满几年."""
_FORMERLY = re.compile("^(?:那|我们|咱们?|在)*(?:以前|过去|从前|早年|早些年)(?!.*(?:还|再|重新|继续|[涨提调]))")
_TODAY = re.compile("现在|现行|如今|眼下|目前|今年|今天|后来|新(?:法|条例|办法|规定|版)|还能|还可以")
_DONE = re.compile("过(?![去世程户期后])|了(?!解)|(?:户口|户籍|住|人)在")
"""Tells what somebody did or had, and asks of no rule."""
_ASKS = re.compile(r"吗|什么|啥|哪|谁|多少|几|怎么|如何|多久|([要能用该让])不\1|可不可以|是不是|有没有")
_WANTS = re.compile("想|要|得|能|可以|该|申请|办|领|按|照")
_CLAUSE = re.compile("[^，,。；;？?！!]+")
_ALIKE = 0.3
"""How like each other, as a share of character pairs, two versions of an article are at the least."""
_AS_SURE = 0.03
"""Of two versions' answers that differ by less the one leads whose article has the more alike counterpart."""
_NEARLY = 0.8
"""How much less than the first found what is of a lapsed rule may fit a question set in the past."""
_FAR = 10
"""Rules found behind this rank are not those that were asked about."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A rule and the one that it has replaced."""

    new: Document
    old: Document


def revisions(documents: Mapping[str, Document]) -> list[Revision]:
    """Every rule among ``documents`` by id that replaced another of them."""
    return [
        Revision(new, documents[id]) for new in documents.values() for id in new.metadata.supersedes if id in documents
    ]


Judge = Callable[[Sequence[Hit]], Sequence[Evidence]]
"""Some hits as what may answer a question, the best first."""


@dataclass(frozen=True, slots=True)
class Past:
    """A question set in the past, without the words that say so, and the year that it names."""

    asked: str
    year: int | None


def corresponding(sides: tuple[Sequence[Hit], Sequence[Hit]], judge: Judge) -> tuple[Sequence[Hit], Sequence[Hit]]:
    """The hits of two versions; where the one that is less sure of its answer has an article more like the surer one's,
    that alone and as likely. The question's own words may be found in only one of them."""
    judged = [judge(side) for side in sides]
    if not all(judged):
        return sides
    surest = max(found[0].confidence for found in judged)
    alike = [
        (
            *max(((_likeness(found[0].passage.text, hit.passage.text), hit) for hit in other), key=lambda one: one[0]),
            lead,
        )
        for lead, found, other in zip((0, 1), judged, reversed(sides), strict=True)
        if found[0].confidence >= surest - _AS_SURE
    ]
    likeness, best, lead = max(alike, key=lambda one: one[0])
    if likeness < _ALIKE or best.passage is judged[1 - lead][0].passage:
        return sides
    meant = [replace(best, confidence=judged[lead][0].confidence)]
    return (sides[0], meant) if lead == 0 else (meant, sides[1])


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of the character pairs of two texts, 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def set_in_the_past(question: str) -> Past | None:
    """The question where it asks what a rule said then: 2019年那会儿…, 按当时的规定…, 以前的办法….

    Not where somebody only tells what they did (2018年那阵办过), or asks of today.
    """
    question = _PAUSE.sub(r"\1", question)
    named = years(question)
    if _TODAY.search(question) or ARTICLE.search(question) or len(named) > 1:
        return None
    if not (_PAST_RULE.search(question) or any(map(_asks_of_then, _CLAUSE.findall(question)))):
        return None
    asked = re.sub("[，,]{2,}", "，", _SAYS_THEN.sub("", question)).strip("，,、。？? ")
    return Past(asked, int(named[0]) if named else None)


def _asks_of_then(clause: str) -> bool:
    if _DONE.search(clause):
        return False
    in_a_year = _IN_A_YEAR.search(clause) and (_WANTS.search(clause) or _ASKS.search(clause))
    return bool(in_a_year or (_FORMERLY.search(clause) and _ASKS.search(clause)))


def version_meant(
    past: Past, documents: Mapping[str, Document], found: Sequence[Evidence], day: date
) -> Document | None:
    """The version that held in the past and is lapsed on ``day``, of a rule that is among the best that was ``found``."""
    known = revisions(documents)
    successor = {each.old.id: each.new for each in known}
    predecessor = {each.new.id: each.old for each in known}
    for each in found[:_FAR]:
        said_by = each.passage.document
        old = predecessor.get(said_by.id) if validity(said_by, day) == IN_FORCE else said_by
        lapsed = old is not None and validity(old, day) != IN_FORCE
        if old and lapsed and _held_in(past.year, old, successor.get(old.id)):
            return old if each.score >= found[0].score - _NEARLY else None
    return None


def _held_in(year: int | None, old: Document, new: Document | None) -> bool:
    """Whether a version was the rule in a year: begun by then, and neither lapsed nor replaced in it."""
    if year is None or year in years_of(old):
        return True
    ended = (years_of(new) if new else set()) | ({old.metadata.expires.year} if old.metadata.expires else set())
    return min(years_of(old), default=year + 1) <= year < min(ended, default=0)


def then_and_now(question: str, lexicon: Lexicon, places: Places) -> str | None:
    """The question about a rule and the one before it without the words for the two; ``None`` where it asks for one rule.

    「新旧慈善法关于公开募捐的规定有什么变化」 gives 「慈善法关于公开募捐的规定」.
    """
    if not _THEN_AND_NOW.search(question) or not (_OF_RULES.search(question) or _TURNED.search(question)):
        return None
    sentence = asking_sentence(question, _THEN_AND_NOW, lexicon, places)
    return without_difference(_VERSION.sub("", sentence)).strip("，,、。？? ")


def revision_meant(question: str, known: Sequence[Revision], hits: Sequence[Hit]) -> Revision | None:
    """The revision that a question speaks of: of the years it names, by a title it spells out, else by what was found."""
    named = set(map(int, years(question)))
    fitting = [each for each in known if named <= years_of(each.old) | years_of(each.new)]
    spelt = [
        each
        for each in fitting
        if max(title_match(question, each.new.title), title_match(question, each.old.title)) >= 1
    ]
    found = {hit.passage.document.id: hit.rank for hit in reversed(hits)}
    ranked = [(min(found.get(each.new.id, _FAR), found.get(each.old.id, _FAR)), each) for each in spelt or fitting]
    rank, best = min(ranked, key=lambda pair: pair[0], default=(_FAR, None))
    return best if rank < _FAR else None


def lapsed_notice(document: Document) -> str:
    """That a document is quoted for what was the rule then."""
    since = f"（{document.metadata.effective.isoformat()}起施行的）" if document.metadata.effective else ""
    return f"{since}《{document.title}》已经失效，只能说明当时的规定，现在办事不能作依据。"
