"""Items about cases: a short situation, and the article that decides it.

A situation is made from the facts of one clause by a template; it names nobody real. It is asked only where no other
article of the law speaks of like facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.clauses import Clause, Entry, Listing, article_number, article_of, law_name, origin_of
from assistant.quiz.drafts import ranked
from assistant.quiz.library import Library
from assistant.quiz.likeness import covered, dice
from assistant.quiz.makers import Seed
from assistant.quiz.makers.lists import option_text
from assistant.quiz.stems import GAP, named
from assistant.quiz.types import Item
from assistant.text.tokens import words

_WRONG = 3
_DIFFICULTY = 0.65
_LISTED = re.compile(
    r"^(?P<who>[^，。：；]{0,40}?)(?:出现|遇有|属于|具有|有)(?:下列|以下)(?:任一)?(?:情形|行为|情况)(?:之一)?的(?P<who2>[^，。；]{0,12})"
    r"，(?P<then>.+)$"
)
_WHO = r"组织|机构|基金会|单位|机关|部门|站|人|人员|(?<!或)者|委员|专家|成员|委员会|个人|团体"
_DOES = (
    "没有|不|未|把|拒|擅自|借|以|用|在|违反|侵害|截留|向|使|逾期|弄虚作假|出具|虚报|骗取|连续|索取|收受|泄露|伪造|隐瞒"
)
_ACT = re.compile(
    rf"^(?P<who>[\u4e00-\u9fff]{{2,14}}?(?:{_WHO}))(?P<does>(?:{_DOES})[^。；：]{{6,60}}?)的，(?P<then>[^。]+)。$"
)
_IF = re.compile(r"^(?P<facts>[^。：；]{8,60})的，(?P<then>[^。：；]{8,48})[。；]")
_SETTLES = re.compile(
    r"责令|警告|罚款|撤销|吊销|处分|取缔|没收|终止|注销|退还|退回|无效|降低|收缴|批评|减发|停发|不予|不得(?!超过|低于|少于)|回避|解除"
)
_MAY = re.compile(r"可以|应当|有权|由")
_DULL = re.compile(r"其他|有关|相关|规定的(?:宗旨|情形)|^依照章程|^[^，]{0,7}$")
_PERSON = re.compile(r"(?<!被申请)(?:人员|人|者|委员|专家|成员|村民|居民|公民)$")
_SURNAMES = "王李张刘陈杨黄周吴林何郭马罗梁"
_VERB = re.compile(
    rf"{_DOES}|对|超出|从事|强行|因|填制|编制|收取|侵占|私分|挪用|涂改|篡改|受|被|已|正|具有|自愿|同|上年度|年度检查"
)
_UNCLEAR = re.compile(r"前款|本条|前项|第[一二三四五六七八九十百]+[条款项]|上述|以上|[该此这]|所列|本[章节款项]|《")
_NEIGHBOURS = 2
"""Articles so near may go on with what the article of the key leads to."""
_NO_CONSEQUENCE = re.compile(
    r"应当|可以|不得|有权|依法|及时|限期|直接|负责|主管|人员|其他|责任|上级|有关|机关|部门|单位|机构|行政|人民政府|民政部门|县级|以上|国务院"
    r"|登记|管理|业务|规定|情况|工作|社会|组织|申请|[的由并对或把将]+"
)
"""Words that any article may have, whatever it leads to."""
_LIKE = 0.3
_SAME_END = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What an article attaches to which facts: ``facts`` as the law says them, ``then`` what follows."""

    label: str
    who: str
    facts: tuple[str, ...]
    then: str
    clause: Clause
    listing: Listing | None = None


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """One item a fact that only one article speaks of."""
    for key in shelf.documents:
        rules = [rule for rule in _rules(key, shelf) if len(rule.then) > 3]
        for rule in rules:
            yield from _applied(rule, rules, shelf, seed)


def _rules(document_id: str, shelf: Library) -> Iterator[Rule]:
    """The rules of a law: its lists of facts with what follows, and its sentences that say if … then …."""
    for listing in shelf.listings_of(document_id):
        match, label = _LISTED.match(listing.heading), article_of(listing.passage)
        if match and label:
            facts = tuple(text for text in (_fact(entry, listing) for entry in listing.entries) if text)
            yield Rule(label, match["who"] or match["who2"], facts, _then(match["then"]), listing.header, listing)
    for clause in shelf.clauses_of(document_id):
        label = article_of(clause.passage)
        act, condition = _ACT.match(clause.text), _IF.match(clause.text)
        if label and clause.opens and act:
            facts = tuple(fact for fact in (_first_of(act["does"]),) if fact)
            yield Rule(label, act["who"], facts, _then(act["then"]), clause)
        elif label and clause.opens and condition:
            yield Rule(label, "", (condition["facts"],), _then(condition["then"]), clause)


def _fact(entry: Entry, listing: Listing) -> str:
    text = option_text(entry, listing.passage.document)
    return "" if not text or _UNCLEAR.search(text) else _first_of(text)


def _first_of(text: str) -> str:
    """A fact as something that happened: the first of two alternatives, without the 的 behind it.

    Empty where the alternatives cannot be taken apart, or what follows (造成严重后果) may go for both.
    """
    first, either, second = text.partition("，或者")
    fact = first if either and "，" not in second and "，" not in first else text
    if "或者" in fact or "以及" in fact:
        return ""
    return "" if re.search(r"(?:(?<!不)是|属于)[^，]*的$", fact) else fact.removesuffix("的")


def _then(text: str) -> str:
    """What follows, up to the first semicolon: what comes after it is for graver cases."""
    first = re.split("[；：。]", text)[0].rstrip("，的")
    return first if len(first) <= 48 and not _UNCLEAR.search(first) else ""


def _applied(rule: Rule, rules: Sequence[Rule], shelf: Library, seed: Seed) -> Iterator[Item]:
    document = rule.clause.passage.document
    who = _somebody(rule.who)
    if not who or not (_SETTLES.search(rule.then) or (rule.listing is None and _MAY.match(rule.then))):
        return
    settled = "处理此事" if _SETTLES.search(rule.then) else "对此"
    for fact in rule.facts:
        rng = seed((document.id, rule.clause.start, fact))
        if len(fact) < 8 or _DULL.search(fact) or _UNCLEAR.search(fact) or _elsewhere(fact, rule, shelf):
            continue
        chosen = _others(rule, fact, rules, rng)
        if len(chosen) == _WRONG:
            options = [(_option(rule), "")] + [(_option(each), _why(each, rule)) for each in chosen]
            options.sort(key=lambda each: article_number(each[0]))
            place = rule.listing or rule.clause
            origin = origin_of(rule.clause.passage, place.start, place.end)
            stem = f"{_situation(who, fact, rng)}。{settled}，应当适用{law_name(document)}的{GAP}。"
            yield ranked("案例", named(stem, document), options, origin, _DIFFICULTY)


def _others(rule: Rule, fact: str, rules: Sequence[Rule], rng: Random) -> list[Rule]:
    """Three other articles that do not speak of the fact and lead elsewhere, those that settle something first.

    None is a neighbour of the key's article, which may go on with its consequence, and none speaks of that consequence.
    """
    found: dict[str, Rule] = {}
    for other in sorted(rules, key=lambda each: (not _SETTLES.search(each.then), rng.random())):
        apart = all(dice(other.then, each.then) < _SAME_END for each in (rule, *found.values()))
        if apart and not follows_from(other, rule) and not _speaks_of(other, fact):
            found.setdefault(other.label, other)
    return list(found.values())[:_WRONG]


def follows_from(other: Rule, rule: Rule) -> bool:
    """Whether another article may apply because of what ``rule`` leads to: it stands near or speaks of the consequence."""
    if abs(article_number(other.label) - article_number(rule.label)) <= _NEIGHBOURS:
        return True
    told = {word for word in words(rule.then) if len(word) > 1 and not _NO_CONSEQUENCE.fullmatch(word)}
    return any(word in other.clause.passage.text for word in told)


def _situation(who: str, fact: str, rng: Random) -> str:
    """A sentence that says what happened: 某基金会未按规定办理变更登记."""
    name = f"{who}{rng.choice(_SURNAMES)}某" if _PERSON.search(who) else f"某{who}"
    return f"{name}{fact}" if _VERB.match(fact) else f"{name}有这样的情况：{fact}"


def _option(rule: Rule) -> str:
    return f"{rule.label}：{named(rule.then, rule.clause.passage.document)}"


def _why(other: Rule, rule: Rule) -> str:
    facts = "；".join(other.facts[:3])
    return f"{other.label}管的是另外的事实（{facts}），本案的事实写在{rule.label}。"


def _speaks_of(rule: Rule, fact: str) -> bool:
    like = any(dice(fact, each) > _LIKE or covered(fact, each) > 0.5 for each in rule.facts)
    return like or covered(fact, rule.clause.text) > 0.5


def _elsewhere(fact: str, rule: Rule, shelf: Library) -> bool:
    """Whether another article of the law speaks of like facts."""
    document = rule.clause.passage.document
    for clause in shelf.clauses_of(document.id):
        if (
            clause.passage is not rule.clause.passage
            and _SETTLES.search(clause.text)
            and covered(fact, clause.text) > 0.6
        ):
            return True
    return any(
        covered(fact, entry.text) > 0.5 or dice(fact, entry.text) > _LIKE
        for listing in shelf.listings_of(document.id) if listing.passage is not rule.clause.passage
        for entry in listing.entries
    )  # fmt: skip


def _somebody(who: str) -> str:
    """The first of those a rule speaks of: 基金会 of 基金会及其分支机构、代表机构.

    Empty where there is none, or only one with a qualifier (已获评估等级的), which a situation would lose.
    """
    first = re.split("及其|以及|、|和|或者|与|违反", who)[0]
    first = first.removeprefix("有关")
    fits = re.fullmatch(r"[\u4e00-\u9fff]{2,12}", first) and not re.search(
        r"[的对由从按在]|发现|^(?:机关|单位|国家|人|具)", first
    )
    return first if fits else ""
