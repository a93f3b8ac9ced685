"""What is asked: the form of the question, its slots, and the words that evidence has to cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.answer.focus import asking_clauses, focus
from assistant.answer.lexicon import Lexicon, Mention
from assistant.answer.places import Places
from assistant.answer.wording import (
    APART,
    ARTICLE,
    ASKING,
    BARE,
    BOTH,
    CHINESE_YEAR,
    DECIDES,
    DENIED,
    EACH_MONTH,
    EARLIER,
    FORM_WORDS,
    FORMS,
    HOW_MANY,
    IN_ALL,
    KINDS,
    LIMIT,
    MEANT_YEAR,
    MEASURING,
    OFTEN_WORDS,
    RELATIVE_YEARS,
    RULED_OUT,
    SHORT_YEAR,
    STOP,
    THRESHOLD,
    UNCOUNTED,
    YEAR,
    Form,
    Kind,
)
from assistant.text.normalize import normalize
from assistant.text.numbers import chinese_value
from assistant.text.tokens import words

SUBJECT, MEASURE, _AREA = "对象", "计量", "城乡"
_OF_A_PERSON = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:居民|同胞|人士|(?:户口|户籍)(?![^，。,]{0,3}在)|籍)(?!的?(?:标准|条例|规定|办法))|(?:户口|人|住|家)[^，。,]{0,4}在[\u4e00-\u9fff]{2,4}|"
    r"(?:在|去|到)[\u4e00-\u9fff]{2,4}(?:打工|上班|工作|读书|上学|上大学|出差|旅游|做生意)"
)
"""A place that is where somebody is from, and not whose rules are asked for: 香港居民, 在广州打工."""
_GAP = "，"
"""Put where words are taken out of a question, so that those around do not run together (a blank would not part them)."""


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """An article that the question points at: its number, and the paragraph and item where named."""

    article: int
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Question:
    """A question taken apart.

    ``official`` is the text in official terms; ``slots`` are the exclusive terms it names, by group; ``words`` are the
    remaining content words; ``kinds`` for each amount that is asked for (多少户、多少人 asks for two) the kinds of quantity that
    would answer it (none: any); ``year`` the one asked for;
    ``asked`` those of the words in the clauses that ask which say of what; ``regions`` those named; ``titles`` documents named in 《》, or by id.
    """

    text: str
    official: str
    form: Form
    slots: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    kinds: tuple[frozenset[Kind], ...] = ()
    year: int | None = None
    regions: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    article: ArticleReference | None = None
    earlier: bool = False
    threshold: bool = False
    asked: tuple[str, ...] = ()

    @property
    def asks_how_often(self) -> bool:
        """Whether a frequency is asked for: 多久一次."""
        return any(Kind.FREQUENCY in kinds for kinds in self.kinds)

    def slot(self, group: str) -> str | None:
        """The first term of ``group`` that the question names."""
        return self.slots.get(group, (None,))[0]


def understand(text: str, lexicon: Lexicon, places: Places, today: date) -> Question:
    """Take a question apart; ``today`` gives 去年 its year."""
    titles = tuple(re.findall(r"《([^》]+)》", text))
    official = focus(_meant(lexicon.official(normalize(text))), lexicon, places)
    mentions = lexicon.mentions(official)
    slots = _slots(mentions, official)
    asking = _GAP.join(asking_clauses(UNCOUNTED.sub(_GAP, official)))
    asking_mentions = lexicon.mentions(asking)
    kinds = _kinds(asking, official, slots, measured=any(each.term.group == MEASURE for each in asking_mentions))
    if kinds == (frozenset({Kind.MONEY}),) and EACH_MONTH.search(official):
        slots.setdefault(MEASURE, ("标准",))
    elif kinds == (frozenset({Kind.MONEY}),) and IN_ALL.search(asking):
        slots.setdefault(MEASURE, ("发放",))
    article = _article(official)
    form = _form(asking, article, bool(kinds), slots)
    return Question(
        text=text,
        official=official,
        form=form,
        slots=slots,
        words=_content_words(official, _asking_words(form, kinds), mentions, places),
        kinds=kinds,
        year=_year("" if MEANT_YEAR.search(official) else asking, today) or _year(official, today),
        regions=places.named(_OF_A_PERSON.sub(_GAP, official)),
        titles=titles,
        article=article,
        earlier=bool(EARLIER.search(official)),
        threshold=bool(THRESHOLD.search(official)),
        asked=tuple(
            word
            for word in _content_words(asking, _asking_words(form, kinds), asking_mentions, places)
            if word not in MEASURING
        ),
    )


def _meant(official: str) -> str:
    """A question without what it says that it does not ask about."""
    kept = RULED_OUT.sub("", official)
    return kept if kept.strip() else official


def _slots(mentions: Iterable[Mention], official: str) -> dict[str, tuple[str, ...]]:
    slots: dict[str, tuple[str, ...]] = {}
    for mention in mentions:
        group, name = mention.term.group, mention.term.name
        denied = group != SUBJECT and DENIED.search(official, 0, mention.start)
        if group and not denied and name not in slots.get(group, ()):
            slots[group] = (*slots.get(group, ()), name)
    if len(slots.get(_AREA, ())) > 1 and BOTH.search(official) and not APART.search(official):
        del slots[_AREA]
    return slots


def _kinds(
    asking: str, official: str, slots: dict[str, tuple[str, ...]], *, measured: bool
) -> tuple[frozenset[Kind], ...]:
    """The kinds of quantity that the asking clauses want; where they say 多少 alone, what else is said tells of what."""
    open_amount = bool(HOW_MANY.search(asking))
    if found := _said_kinds(asking) or (_said_kinds(official) if open_amount else ()):
        return found
    if measured or EACH_MONTH.search(asking) or (open_amount and MEASURE in slots):
        return (frozenset({Kind.MONEY}),)
    if EARLIER.search(official):
        return ()
    bare = bool(BARE.search(asking))
    if SUBJECT in slots and bare and "有多少" not in asking:
        return (frozenset({Kind.MONEY}),)
    if bare and LIMIT.search(asking):
        return ()
    if (bare or re.search(r"[有共]多少", asking)) and not re.search("[率额费资度幅罚款]", asking):
        return (frozenset({Kind.PEOPLE, Kind.HOUSEHOLDS, Kind.THINGS}),)
    return ()


def _said_kinds(text: str) -> tuple[frozenset[Kind], ...]:
    found = []
    for kind, pattern in KINDS:
        text, count = re.subn(pattern, _GAP, text)
        found += [frozenset({kind})] if count else []
    return tuple(found)


def _form(asking: str, article: ArticleReference | None, has_kind: bool, slots: dict[str, tuple[str, ...]]) -> Form:
    if article:
        return Form.ARTICLE
    for form, pattern in FORMS[:2]:
        if re.search(pattern, asking):
            return form
    if HOW_MANY.search(asking):
        return Form.YES_NO if _decides(asking) else Form.FIGURE
    asks_amount = has_kind and (MEASURE not in slots or SUBJECT in slots) and "第几" not in asking
    for form, pattern in FORMS[2:]:
        if re.search(pattern, asking):
            return Form.FIGURE if asks_amount and form is Form.DEFINITION else form
    return Form.FIGURE if asks_amount else Form.OTHER


def _decides(asking: str) -> bool:
    """Whether the last clause asks for yes or no, and not how many."""
    *before, last = re.split("[，,。；？?]", asking.rstrip("，,。；？? "))
    return bool(before and DECIDES.search(last)) and not HOW_MANY.search(last)


def _article(official: str) -> ArticleReference | None:
    match = ARTICLE.search(official)
    if not match or (article := _number(match[1])) is None:
        return None
    return ArticleReference(article, _number(match[2]), _number(match[3]))


def _number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    value = int(numeral) if numeral.isascii() else chinese_value(numeral)
    return None if value is None else int(value)


def _year(normal: str, today: date) -> int | None:
    """The year asked for: written out, in short (24年), in Chinese numerals, or as seen from ``today`` (去年)."""
    if match := MEANT_YEAR.search(normal) or YEAR.search(normal):
        return int(match[1])
    if match := SHORT_YEAR.search(normal):
        return 2000 + int(match[1])
    if match := CHINESE_YEAR.search(normal):
        value = chinese_value(match[1])
        return None if value is None else int(value)
    for word, shift in RELATIVE_YEARS.items():
        if word in normal:
            return today.year + shift
    return None


def _asking_words(form: Form, kinds: tuple[frozenset[Kind], ...]) -> frozenset[str]:
    return OFTEN_WORDS if frozenset({Kind.FREQUENCY}) in kinds else FORM_WORDS.get(form, frozenset())


def _content_words(
    official: str, asking: frozenset[str], mentions: Iterable[Mention], places: Places
) -> tuple[str, ...]:
    """The words that are neither a slot's term, nor a place, nor the asking itself."""
    rest = list(official)
    for mention in mentions:
        if mention.term.group:
            rest[mention.start : mention.end] = _GAP * (mention.end - mention.start)
    text = places.without_names("".join(rest), _GAP)
    for pattern in (ARTICLE, YEAR, SHORT_YEAR, CHINESE_YEAR, EARLIER, ASKING):
        text = pattern.sub(_GAP, text)
    kept = (word for word in words(text) if word not in STOP and word not in asking and not word.isdigit())
    return tuple(dict.fromkeys(kept))
