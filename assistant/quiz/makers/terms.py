"""Items about definitions: which term is meant, or what a term means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.clauses import Clause, law_name, origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, filled, judged
from assistant.quiz.library import Library, whose
from assistant.quiz.likeness import dice, longest_common
from assistant.quiz.makers import Seed
from assistant.quiz.stems import GAP, lead, named
from assistant.quiz.types import BLANK, Item

_TERM = r"[“]?(?P<term>[\u4e00-\u9fff]{2,14})[”]?"
_SELF = r"(?:本(?:法|条例|办法)(?:中的|所称的?|中，|里的))"
_DEFINES = re.compile(
    rf"^(?:{_SELF}{_TERM}，?(?:是指|指的是|指|是)|[“]?(?P<term2>[\u4e00-\u9fff]{{2,14}})[”]?，?是?指(?![标定导示挥出派数]))(?P<meaning>[^。：]{{12,110}})。$"
)
_IS = re.compile(r"^(?P<meaning>[^。：]{12,110}?)的，(?:是|属于|称为|都称为)[“]?(?P<term>[\u4e00-\u9fff]{3,14})[”]?。$")
_UNCLEAR = re.compile(r"前款|本条|上述|第[一二三四五六七八九十百]+[条款项]|以下|下列|该|此|这")
_WRONG = 3
_LONGEST = 90


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A term with its meaning, from one clause."""

    clause: Clause
    term: str
    meaning: str


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Up to four items a definition."""
    every = [each for each in map(_read, shelf.clauses) if each]
    for each in every:
        document = each.clause.passage.document
        rng = seed((document.id, each.clause.start))
        home = [other for other in every if other.clause.passage.document is document and other.term != each.term]
        away = [other for other in every if other.clause.passage.document is not document and other.term != each.term]
        yield from _items(each, home, away, rng)


def _read(clause: Clause) -> Definition | None:
    match = _DEFINES.match(clause.text) or _IS.match(clause.text)
    if not match or _UNCLEAR.search(match["meaning"]) or (not clause.opens and "本" not in clause.text[:2]):
        return None
    term = next(value for name, value in match.groupdict().items() if name.startswith("term") and value)
    if re.search(r"^[对由应可不在]|[的了]|情形|[是不应]", term) or len(match["meaning"]) > _LONGEST:
        return None
    return Definition(clause, term, match["meaning"])


def _items(each: Definition, home: Sequence[Definition], away: Sequence[Definition], rng: Random) -> Iterator[Item]:
    document = each.clause.passage.document
    origin = origin_of(each.clause.passage, each.clause.start, each.clause.end)
    meaning = named(each.meaning, document)
    terms = _terms(each, home, away, rng)
    if len(terms) == _WRONG and not _given_away(each, [other.text for other in terms]):
        stem = lead(document, f"“{meaning}”，指的是{GAP}。")
        yield choice("定义", stem, [each.term], terms, origin, rng, bounded(0.35 + len(meaning) / 400))
    if not _told(each.term, each.meaning):
        yield filled("定义", lead(document, f"“{meaning}”，称为{BLANK}。"), [[each.term]], origin, 0.6)
    meanings = _meanings(each, home, away, rng)
    if len(meanings) == _WRONG:
        stem = f"{law_name(document)}中的“{each.term}”，是指{GAP}。"
        yield choice("定义", stem, [meaning], meanings, origin, rng, bounded(0.4 + len(meaning) / 400))
    if meanings:
        other = meanings[0]
        false = rng.random() < 0.5
        statement = f"{law_name(document)}中的“{each.term}”，是指{other.text if false else meaning}。"
        yield judged("定义", statement, origin, wrong=other.why if false else "")


def _told(term: str, meaning: str) -> bool:
    """Whether the meaning gives the term away: it holds half of it word for word."""
    return len(longest_common(term, meaning)) * 2 >= len(term)


def _given_away(each: Definition, others: Sequence[str]) -> bool:
    """Whether the term shares more with its meaning than every other option does."""
    own = len(longest_common(each.term, each.meaning))
    return own > 1 and all(len(longest_common(other, each.meaning)) < own for other in others)


def _terms(each: Definition, home: Sequence[Definition], away: Sequence[Definition], rng: Random) -> list[Wrong]:
    found: dict[str, Wrong] = {}
    kin = [other for other in away if other.term[-2:] == each.term[-2:] or other.term[:2] == each.term[:2]]
    for other in (*_shuffled(home, rng), *_shuffled(kin, rng)):
        same = other.term in found or other.term in each.term or each.term in other.term
        if (
            not same
            and dice(other.meaning, each.meaning) < (0.95 if other in home else 0.5)
            and other.term not in each.meaning
        ):
            found[other.term] = Wrong(other.term, f"{_place(other)}中“{other.term}”另有含义：{other.meaning}。")
    return list(found.values())[:_WRONG]


def _meanings(each: Definition, home: Sequence[Definition], away: Sequence[Definition], rng: Random) -> list[Wrong]:
    """Meanings of other terms that end like this one (…的家庭), none of them saying this term's name or meaning."""
    found: list[Wrong] = []
    kin = [other for other in away if other.meaning[-2:] == each.meaning[-2:]]
    for other in (*_shuffled(home, rng), *_shuffled(kin, rng)):
        text = named(other.meaning, other.clause.passage.document)
        length = 0.5 <= len(other.meaning) / len(each.meaning) <= 2
        apart = dice(other.meaning, each.meaning) < (0.95 if other in home else 0.5)
        shared = len(longest_common(each.term, each.meaning)) <= max(1, len(longest_common(each.term, other.meaning)))
        if length and apart and shared and "《" not in text:
            found.append(Wrong(text, f"这是{_place(other)}中“{other.term}”的含义。"))
    return found[:_WRONG]


def _place(other: Definition) -> str:
    where = whose(other.clause.passage)
    return f"{law_name(other.clause.passage.document)}{'' if '段' in where else where}"


def _shuffled(definitions: Sequence[Definition], rng: Random) -> list[Definition]:
    return rng.sample(list(definitions), len(definitions))
