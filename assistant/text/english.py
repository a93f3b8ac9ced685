"""An English question as a Chinese one, word by word: the words of a glossary, put into the order in which Chinese asks.

No grammar is parsed. A clause is its phrases, the longest that the glossary has; "A of B" becomes BA, places and times
go to the front, and the asking words go where their entry says: 「……由谁决定」 stands behind what is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.errors import CorpusError

REST = "……"
"""Stands in an asking entry for what is asked about."""

_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+a+\b|\d+(?:,\d{3})*(?:\.\d+)?%?|[^\x00-\x7f]+|[,;:.?!()\n]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DROPPED = frozenset(
    "a an the do does did i we you he she it they my our your his her their its is are was were be been being am have has had "
    "will would there please me us him them this that these those just also any some so then still really very such myself himself "
    "herself themselves itself own i'm i've we're we've it's he's she's that's there's i'd actually exactly ever already both "
    "one's oneself ourselves someone's really quite simply china china's chinese left instead even such most like "
    "here too become becomes became rest since well ex re think".split()
)
_AUXILIARIES = frozenset("do does did is are was were has have will would should am shall".split())
_MODALS = {"can": "", "could": "", "may": "", "might": "", "must": "应当", "should": "应当", "shall": "应当"}
_WHEN_ASKED = frozenset("is are was were do does did can could will would should must may has have".split())
_JOINED = {
    "if": ("如果", ""), "when": ("", "时"), "while": ("", "时"), "once": ("", "后"), "after": ("", "后"), "before": ("", "前"),
    "because": ("因为", ""), "unless": ("除非", ""), "although": ("虽然", ""), "though": ("虽然", ""), "until": ("", "前"),
}  # fmt: skip
_ASKING = frozenset("how what who when where which why whom whose can could may must is are do does".split())
_SWAPS = frozenset("of for in on about among regarding concerning within into as against between at with".split())
_LEADS = {"from": "从", "by": "由", "to": "向", "under": "按", "through": "通过"}
_COPULAS = frozenset("is are was were be".split())
_STRUCTURE = (
    _SWAPS
    | _LEADS.keys()
    | frozenset("and or but nor than per away back down who that which whose where whether off out up over".split())
)
_RELATIVE = frozenset("that which who whom whose where".split())
"""What asks only at the beginning of a clause."""
_MONTHS = {
    name: place
    for place, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|"
        "december dec".split("|"),
        start=1,
    )
    for name in names.split()
    if name != "may"
}
_NUMBERS = {
    name: str(value)
    for value, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "fifty": "50", "sixty": "60", "hundred": "100"}
_UNITS = {
    "day": "日",
    "month": "个月",
    "year": "年",
    "week": "周",
    "yuan": "元",
    "rmb": "元",
    "hour": "小时",
    "time": "次",
    "percent": "%",
}
_PARTS = {"article": "条", "paragraph": "款", "item": "项", "subparagraph": "项", "art": "条"}
_AREAS = frozenset("city province county municipality district".split())
_LONGEST = 8
_LEAST_KNOWN = 0.6
"""The share of a text's content words that have to be known for it to be taken for understood."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a clause: ``kind`` is ask, noun, verb, other, place, time, number, structure or unknown."""

    text: str
    kind: str


class English:
    """Reads English with a glossary."""

    def __init__(
        self,
        glossary: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
        places: Mapping[str, str] | None = None,
    ) -> None:
        """``glossary`` is the parsed ``english.toml``; ``names`` are further English words for Chinese nouns.

        ``places`` are names of places in Latin letters (lianzhou) with their Chinese names.
        Raises ``CorpusError`` where the glossary is not tables of lists of words.
        """
        self._irregular = {form: base for base, forms in _table(glossary, "irregular") for form in forms}
        self._amounts = frozenset(glossary.get("amounts", {}).get("words", ()))
        self._phrases: dict[tuple[str, ...], dict[str, str]] = {}
        self._places = dict(places or {})
        for kind, section in (("ask", "asking"), ("noun", "nouns"), ("verb", "verbs"), ("other", "others")):
            for chinese, forms in _table(glossary, section):
                self._add(kind, chinese, forms)
        for form, chinese in (names or {}).items():
            self._add("noun", chinese, [form])
        self._first = {key[0] for key in self._phrases}
        self._words = {word for key in self._phrases for word in key}
        self._bases = lru_cache(maxsize=4096)(self._find_bases)

    def _add(self, kind: str, chinese: str, forms: Iterable[str]) -> None:
        for form in forms:
            parts = _split(form.replace(",", " and"))
            key = tuple(_spelling(_owned(word)) for word in parts if word not in _DROPPED)
            if key and (len(key) > 1 or key[0] not in _STRUCTURE or key[0] in _RELATIVE):
                meanings = self._phrases.setdefault(key, {})
                if kind != "noun" or "ask" not in meanings:
                    meanings.setdefault(kind, chinese)

    def knows(self, word: str) -> bool:
        """Whether a Latin word means something by itself: one of the glossary, or a small word of English."""
        word = word.lower()
        small = word in _DROPPED or word in _STRUCTURE or word in _JOINED or word in _ASKING
        return small or word in self._places or any(base in self._words for base in self._bases(word))

    def read(self, text: str) -> str:
        """``text`` as a Chinese question; itself where too few of its words are known."""
        sentences = [self._sentence(part) for part in re.split(r"[.?!;\n]+(?=\s|$)", text.lower().replace("’", "'"))]
        pieces = [piece for sentence in sentences for clause in sentence for piece in clause.pieces]
        told = [piece for piece in pieces if piece.kind not in ("structure", "ask")]
        known = sum(piece.kind != "unknown" for piece in told)
        if not pieces or known < _LEAST_KNOWN * len(told):
            return text
        said = [self._said(clause) for sentence in sentences for clause in sentence]
        return "，".join(filter(None, dict.fromkeys(said)))

    def words(self, text: str) -> str:
        """English words amid Chinese ones: each for itself, without asking or order."""
        return "".join(
            piece.text.replace(REST, "") for piece in self._pieces(_split(text)) if piece.kind != "structure"
        )

    # A sentence as clauses, a clause as pieces ----------------------------------------------------------------------

    def _sentence(self, sentence: str) -> list[_Clause]:
        """The clauses of a sentence; those of a condition or a time stand first."""
        found: list[_Clause] = []
        for words in _clauses(_split(sentence)):
            join = words[0] if words[0] in _JOINED else ""
            if join == "when" and (len(words) == 1 or words[1] in _WHEN_ASKED):
                join = ""
            body = words[1:] if join else words
            found.append(_Clause(join, bool(body) and not join and body[0] in _AUXILIARIES, self._pieces(body)))
        return sorted((clause for clause in found if clause.pieces), key=lambda clause: not clause.join)

    def _pieces(self, words: Sequence[str]) -> list[_Piece]:
        kept = [(word, words[place - 1] if place else "") for place, word in enumerate(words) if word not in _DROPPED]
        tokens = [word for word, _ in kept]
        pieces: list[_Piece] = []
        place = 0
        while place < len(tokens):
            length, piece = self._piece(tokens, place, kept[place][1], pieces)
            if kept[place][1] in _COPULAS and pieces and pieces[-1].kind == "noun":
                pieces.append(_Piece("is", "structure"))
            if piece.text:
                pieces.append(piece)
            place += length
        return pieces

    def _piece(self, tokens: Sequence[str], place: int, before: str, done: Sequence[_Piece]) -> tuple[int, _Piece]:
        """How many tokens the next piece takes, and the piece."""
        word = tokens[place]
        if found := _numbered(tokens, place):
            return found
        if word in _AREAS and done and done[-1].kind == "place":
            return 1, _Piece("", "other")
        if word in _RELATIVE and any(piece.kind != "structure" for piece in done):
            return 1, _Piece(word, "structure")
        if word in _MODALS and done:
            return 1, _Piece(_MODALS[word] if any(piece.kind != "ask" for piece in done) else "", "other")
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            if meanings := self._meanings(tokens[place : place + length]):
                kind = _fitting(meanings, before, tokens[place + length - 1], first=not done)
                return length, _Piece(_plural(meanings[kind], tokens[place + length :]), kind)
        if chinese := self._places.get(word.removesuffix("'s")):
            return 1, _Piece(chinese, "place")
        if word in _STRUCTURE:
            return 1, _Piece(word, "structure")
        return 1, _Piece(word, "unknown" if word.isascii() and word.isalpha() else "noun")

    def _meanings(self, words: Sequence[str]) -> dict[str, str] | None:
        """What the glossary has for exactly these words, in any of their forms, by kind."""
        options = [self._bases(word) for word in words]
        if not any(base in self._first for base in options[0]):
            return None
        keys: list[tuple[str, ...]] = [()]
        for bases in options:
            keys = [(*key, base) for key in keys for base in bases]
        return next((self._phrases[key] for key in keys if key in self._phrases), None)

    def _find_bases(self, word: str) -> tuple[str, ...]:
        """The word itself and the forms that it may be a form of: houses, paid, running."""
        word = _owned(word)
        found = [_spelling(word)]
        if base := self._irregular.get(word):
            found.append(_spelling(base))
        for ending, replacements in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stem = word[: -len(ending)]
                found += [_spelling(stem + replacement) for replacement in replacements]
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    found.append(_spelling(stem[:-1]))
        return tuple(dict.fromkeys(found))

    # Pieces in Chinese order ----------------------------------------------------------------------------------------

    def _said(self, clause: _Clause) -> str:
        pieces = _in_order(clause.pieces)
        ask = next((piece for piece in pieces if piece.kind == "ask" and REST in piece.text), None)
        others = [piece for piece in pieces if piece is not ask and (piece.kind != "ask" or REST not in piece.text)]
        rest = "".join(_spaced(piece) for piece in others if piece.kind != "structure").strip()
        if self._amount(others):
            rest = rest.replace("多少次", "多少倍")
        if ask:
            rest = self._asked(ask.text, rest, others)
        elif clause.yes_no and not any(piece.kind == "ask" for piece in pieces):
            rest += "吗"
        before, behind = _JOINED.get(clause.join, ("", ""))
        return f"{before}{rest}{behind}" if rest else ""

    def _asked(self, template: str, rest: str, pieces: Sequence[_Piece]) -> str:
        if template == f"{REST}是什么" and self._amount(pieces):
            template = f"{REST}是多少"
        for ending in ("吗", "是多少", "多少", "由"):
            if rest.endswith(ending) and ending in template:
                rest = rest.removesuffix(ending)
        first, *more = template.split(REST)
        return f"{first}{rest}{''.join(more)}"

    def _amount(self, pieces: Sequence[_Piece]) -> bool:
        """Whether a noun is an amount, of which one asks how much it is."""
        nouns = [piece.text for piece in pieces if piece.kind == "noun"]
        return any(noun.endswith(tuple(self._amounts)) for noun in nouns)


@dataclass(frozen=True, slots=True)
class _Clause:
    join: str
    yes_no: bool
    pieces: list[_Piece]


_ENDINGS = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")), ("d", ("",)),
)  # fmt: skip


def _table(glossary: Mapping[str, Any], section: str) -> list[tuple[str, list[str]]]:
    entries = glossary.get(section, {})
    if not isinstance(entries, Mapping):
        raise CorpusError(f"english.toml 的 [{section}] 要写成：中文 = [英文的列表]")
    for chinese, forms in entries.items():
        if not isinstance(forms, list) or not all(isinstance(form, str) and form for form in forms):
            raise CorpusError(f'english.toml 的 [{section}] 里“{chinese}”要写成英文的列表，例如 ["apply for"]')
    return list(entries.items())


def _split(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("-", " ").replace("’", "'"))


def _owned(word: str) -> str:
    """The owner of what is someone's."""
    return word.removesuffix("'s").removesuffix("'")


def _spelling(word: str) -> str:
    """One spelling for British and American English."""
    word = re.sub(r"is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word) if len(word) > 5 else word
    word = re.sub(r"our(?=s?$|ed$|ing$|hood)", "or", word) if len(word) > 5 else word
    return re.sub(r"(?<=[cf]en)ce$", "se", word)


def _clauses(words: Sequence[str]) -> list[list[str]]:
    """A sentence's words parted at commas, before a joining word, and where a second question begins."""
    found: list[list[str]] = [[]]
    for place, word in enumerate(words):
        follows = words[place + 1] if place + 1 < len(words) else ""
        if word in ":()" or (word == "," and _parts(found[-1], follows)):
            found.append([])
        elif word == ",":
            found[-1].append("and")
        elif word in ("and", "but", "or") and follows in _ASKING:
            found.append([])
        elif (
            word in _JOINED and not _counts(words, place) and found[-1] and found[-1][-1] not in ("how", "long", "soon")
        ):
            found.append([word])
        else:
            found[-1].append(word)
    return [clause for clause in found if clause]


def _parts(before: Sequence[str], follows: str) -> bool:
    """Whether a comma parts clauses and not the items of a list."""
    fronted = bool(before) and (before[0] in _SWAPS or before[0] in _LEADS or before[0] in _JOINED)
    return (
        fronted
        or follows in _ASKING
        or follows in _JOINED
        or follows in ("and", "but", "so", "i", "we", "they", "he", "she", "my")
    )


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a word that may join clauses only stands before a time: before 2024, until May."""
    follows = words[place + 1] if place + 1 < len(words) else ""
    return (
        bool(_YEAR.fullmatch(follows))
        or follows in _MONTHS
        or (follows == "the" and words[place + 2 : place + 3] == ["increase"])
    )


def _numbered(tokens: Sequence[str], place: int) -> tuple[int, _Piece] | None:
    """Years, months, articles, and numbers with their unit."""
    word, follows, third = (*tokens[place : place + 3], "", "", "")[:3]
    if word in _MONTHS:
        if _YEAR.fullmatch(follows):
            return 2, _Piece(f"{follows}年{_MONTHS[word]}月", "time")
        return 1, _Piece(f"{_MONTHS[word]}月", "time")
    if word in _PARTS and (number := _NUMBERS.get(follows, follows)).isdecimal():
        return 2, _Piece(f"第{number}{_PARTS[word]}", "part")
    number = _NUMBERS.get(word, word)
    if _YEAR.fullmatch(number):
        return 1, _Piece(f"{number}年", "time")
    if not number[0].isdecimal():
        return None
    unit = follows.removesuffix("s") if follows != "rmb" else follows
    if unit == "year" and third == "old":
        return 3, _Piece(f"{number}岁", "number")
    if unit == "working" and third.startswith("day"):
        return 3, _Piece(f"{number}个工作日", "number")
    if unit in _UNITS:
        return 2, _Piece(f"{number}{_UNITS[unit]}", "number")
    return (1, _Piece(number, "number")) if word != "one" else (1, _Piece("", "number"))


_BEFORE_VERBS = frozenset("to i we you they he she can could may must should will would not cannot who please".split())


def _plural(meaning: str, behind: Sequence[str]) -> str:
    """What rights: asks for several."""
    several = meaning == f"{REST}是什么" and behind and behind[0].endswith("s") and not behind[0].endswith(("ss", "'s"))
    return f"{REST}有哪些" if several else meaning


def _fitting(meanings: Mapping[str, str], before: str, last: str, *, first: bool) -> str:
    """Of several kinds of meaning the one that fits its place: asking comes first, a verb stands behind its subject."""
    if "ask" in meanings and (first or len(meanings) == 1 or REST not in meanings["ask"]):
        return "ask"
    acts = before in _BEFORE_VERBS or last.endswith("ed")
    order = ("verb", "other", "noun") if acts else ("noun", "other", "verb")
    return next(kind for kind in (*order, "ask") if kind in meanings)


def _in_order(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Places and times first; what an English preposition puts behind a noun stands before it."""
    front = [piece for piece in pieces if piece.kind == "place"] + [piece for piece in pieces if piece.kind == "time"]
    rest = [piece for piece in pieces if piece.kind not in ("place", "time")]
    runs: list[list[_Piece]] = [[]]
    for piece in rest:
        runs[-1].append(piece) if not _swaps(piece) else runs.append([piece])
    ordered = runs[0]
    for run in runs[1:]:
        preposition, behind = run[0], run[1:]
        cut = next((place for place, piece in enumerate(behind) if piece.kind in ("verb", "ask")), len(behind))
        leads = preposition.text in _LEADS and bool(ordered)
        phrase = [_Piece(_LEADS[preposition.text], "other"), *behind[:cut]] if leads else behind[:cut]
        place = _place_of(ordered, preposition.text) if phrase and behind[:cut] else len(ordered)
        ordered = [*ordered[:place], *(phrase if behind[:cut] else []), *ordered[place:], *behind[cut:]]
    return [*front, *ordered]


def _swaps(piece: _Piece) -> bool:
    return piece.kind == "structure" and (piece.text in _SWAPS or piece.text in _LEADS)


def _place_of(ordered: Sequence[_Piece], preposition: str) -> int:
    """Where a phrase goes: before the nouns just behind which it stood, or before the verb that it goes with."""
    place = len(ordered)
    kinds = (
        ("noun", "number", "other", "unknown", "part")
        if preposition in _SWAPS
        else ("noun", "number", "other", "unknown", "verb", "part")
    )
    while place and ordered[place - 1].kind in kinds:
        place -= 1
        if preposition in _LEADS and ordered[place].kind == "verb":
            return place
    return place if preposition in _SWAPS else len(ordered)


def _spaced(piece: _Piece) -> str:
    return f" {piece.text} " if piece.kind == "unknown" else piece.text
