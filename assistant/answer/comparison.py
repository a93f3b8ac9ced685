"""Questions that compare: taken apart into one question for each side, since each side has its own clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.answer.sides import asking_sentence, by_year, years
from assistant.answer.titles import title_match, years_of
from assistant.types import Answer, Document, Hit

_SIDES = re.compile(
    r"(?P<one>[^，,。；;？?、和与跟同]{2,16})(?:和|与|跟|同|、)(?P<other>[^，,。；;？?、和与跟同]{2,16}?)"
    r"(?=[，,]|的|在|各|分别|有|相比|之间)"
)
_COMPARES = re.compile(
    r"各(?:由|是|有|要|为|自)|分别|不同|不一样|区别|差别|差异|相比|对比|一样吗|是否相同|是否一致|一致吗|有何不同"
)
_RULES = "(?:(?<![办方没])法(?![院律定人])|条例|(?<!没)(?<!没有)办法|规定|法规)"
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
_DIFFERENCE = re.compile(
    r"(?:有?(?:什么|啥|哪些|何))分别|[和与跟同]?的?规定有何(?:不同|变化)|是?怎么[改变]的|[和与跟同](?=[，,]|的规定|$)|(?:和|与|跟|同)?(?:现行的?|现在的?|新的?|老的?|旧的?)(?:法律?|条例|办法|规定)?(?:相比|比)?|(?:的|有|作|做)?了?(?:什么|啥|哪些|何)?(?:不同|不一样|区别|差别|差异|变化|改动)|各(?=由|是|有|要|为|自)|分别|相比|对比"
)
_TWO_YEARS = re.compile(r"\d{4}年?(?:和|与|跟|同|、|以及)\d{4}")
_OWN = re.compile("国家|全国|中央|我们这[里儿边]?|本地|我市|当地")
_OWN_END = re.compile(f"(?:{_OWN.pattern})$")
_JOIN = re.compile("[和与跟同、]|以及")
_LONGEST = 60
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


def then_and_now(question: str, lexicon: Lexicon, places: Places) -> str | None:
    """The question about a rule and the one before it without the words for the two; ``None`` where it asks for one rule.

    「新旧慈善法关于公开募捐的规定有什么变化」 gives 「慈善法关于公开募捐的规定」.
    """
    if not _THEN_AND_NOW.search(question) or not (_OF_RULES.search(question) or _TURNED.search(question)):
        return None
    sentence = asking_sentence(question, _THEN_AND_NOW, lexicon, places)
    return _DIFFERENCE.sub("", _VERSION.sub("", sentence)).strip("，,、。？? ")


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


def comparison(question: str, lexicon: Lexicon, places: Places) -> tuple[str, ...]:
    """The sides of a question that compares, each as a question of its own; nothing for any other question.

    「村委会和居委会，各由几个人组成」 gives 「村委会，由几个人组成」 and 「居委会，由几个人组成」.
    """
    if (_COMPARES.search(question) or _TWO_YEARS.search(question)) and (two_years := by_year(question)):
        return tuple(_DIFFERENCE.sub("", side) for side in two_years)
    if len(question) > _LONGEST:
        return ()
    if two_places := _by_place(question, places):
        return two_places
    found = _SIDES.search(question)
    if found is None or not _COMPARES.search(question, found.end()):
        return ()
    before, after = question[: found.start()], _DIFFERENCE.sub("", question[found.end() :])
    return tuple(f"{before}{side}{after or '是什么'}" for side in (found["one"], found["other"]))


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


def lapsed_notice(document: Document) -> str:
    """That a document is quoted for comparison only."""
    since = f"（{document.metadata.effective.isoformat()}起施行的）" if document.metadata.effective else ""
    return f"{since}《{document.title}》已被取代，只作对照，不能再作依据。"
