"""An English question as a Chinese one, word by word: the words of a glossary, put into the order in which Chinese asks.

No grammar is parsed. A clause is its phrases, the longest that the glossary has; "A of B" becomes BA, places and times
go to the front, and the asking words go where their entry says: 「……由谁决定」 stands behind what is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.errors import CorpusError
from assistant.text.grammar import (
    AREAS,
    ASKING,
    AUXILIARIES,
    COPULAS,
    DETERMINERS,
    DROPPED,
    JOINED,
    LEADS,
    MODALS,
    RELATIVE,
    STRUCTURE,
    SWAPS,
    WHEN_ASKED,
    Piece,
    clauses,
    numbered,
    owned,
    spelling,
    split,
)
from assistant.text.rewording import Rewording
from assistant.text.word_order import INVERTED, asked_last, by_whom, changed_last, with_verb

REST = "……"
"""Stands in an asking entry for what is asked about."""

_WHAT = f"{REST}是什么"
_BY_HOW_MUCH = f"{REST}百分之几"
_BEFORE_VERB = {f"{REST}什么时候": max, f"{REST}怎么": min}
"""What asks in front of a verb, and which of several: the last or the first."""
_ALLOWED = {f"{REST}可以吗": "可以", f"{REST}必须吗": "必须"}
"""What asks whether something may or must be, with what then stands in front of the verb."""
_SEVERAL = "哪些"
_MEASURED = frozenset(("最低", "最高", "最多", "最少", "每月", "每年"))
"""What is said of an amount."""
_HELPING = (AUXILIARIES | MODALS.keys()) - COPULAS
"""Behind what a verb is to be expected."""
_SUBJECTS = DETERMINERS | frozenset("i we you he she they".split())
_OPENING = "opening"
"""The kind of what asks only at the beginning: is it allowed to."""
_LONGEST = 8
_LEAST_KNOWN = 0.6
"""The share of a text's content words that have to be known for it to be taken for understood."""


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
        known = frozenset(self._phrases)
        for form, chinese in (names or {}).items():
            if _key(form) not in known:
                self._add("noun", chinese, [form])
        self._first = {key[0] for key in self._phrases}
        self._words = {word for key in self._phrases for word in key}
        self._bases = lru_cache(maxsize=4096)(self._find_bases)
        self._rewording = Rewording(_table(glossary, "rewording"), self._bases)

    def _add(self, kind: str, chinese: str, forms: Iterable[str]) -> None:
        for form in forms:
            key = _key(form)
            if key and (len(key) > 1 or key[0] not in STRUCTURE or key[0] in RELATIVE):
                meanings = self._phrases.setdefault(key, {})
                if kind != "noun" or "ask" not in meanings:
                    meanings.setdefault(_OPENING if kind == "ask" and form.split()[0] in AUXILIARIES else kind, chinese)

    def knows(self, word: str) -> bool:
        """Whether a Latin word means something by itself: one of the glossary, or a small word of English."""
        word = word.lower()
        small = word in DROPPED or word in STRUCTURE or word in JOINED or word in ASKING
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
        return "".join(piece.text.replace(REST, "") for piece in self._pieces(split(text)) if piece.kind != "structure")

    # A sentence as clauses, a clause as pieces ----------------------------------------------------------------------

    def _sentence(self, sentence: str) -> list[_Clause]:
        """The clauses of a sentence; those of a condition or a time stand first."""
        found: list[_Clause] = []
        for words in clauses(self._rewording.plain(split(sentence))):
            join = words[0] if words[0] in JOINED and words[1:2] != ["how"] else ""
            if join == "when" and (len(words) == 1 or words[1] in WHEN_ASKED):
                join = ""
            body = words[1:] if join else words
            yes_no = bool(body) and not join and body[0] in AUXILIARIES
            found.append(_Clause(join, yes_no, _to_do(body), self._pieces(body, joined=bool(join))))
        return sorted((clause for clause in found if clause.pieces), key=lambda clause: not clause.join)

    def _pieces(self, words: Sequence[str], *, joined: bool = False) -> list[Piece]:
        """The pieces of a clause; one that is ``joined`` to another asks nothing with its modal verb."""
        kept = [place for place, word in enumerate(words) if word not in DROPPED]
        tokens = [words[place] for place in kept]
        pieces: list[Piece] = []
        place = 0
        while place < len(tokens):
            before = words[kept[place] - 1] if kept[place] else ""
            length, piece = self._piece(tokens, place, _Around(before, words, kept, joined), pieces)
            if _inverted(pieces, piece, words[kept[place - 1] : kept[place]] if place else ()):
                pieces.append(INVERTED)
            elif before in COPULAS and pieces and pieces[-1].kind == "noun":
                pieces.append(Piece("is", "structure"))
            if piece.text and not _said_already(piece, pieces):
                pieces.append(piece)
            place += length
        return with_verb(pieces) if any(word in _HELPING for word in words) else pieces

    def _piece(self, tokens: Sequence[str], place: int, around: _Around, done: Sequence[Piece]) -> tuple[int, Piece]:
        """How many tokens the next piece takes, and the piece."""
        word = tokens[place]
        if found := numbered(tokens, place):
            return found
        if word in AREAS and done and done[-1].kind == "place":
            return 1, Piece("", "other")
        if word in RELATIVE and around.before not in SWAPS and any(piece.kind != "structure" for piece in done):
            return 1, Piece(word, "structure")
        if word in MODALS and (done or around.joined):
            return _modal(tokens, place, done)
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            end = place + length
            for meanings in self._meanings(tokens[place:end]):
                if kind := _fitting(meanings, around.before, tokens[end - 1], around.behind(end), first=not done):
                    text = _plural(meanings[kind], tokens[end] if end < len(tokens) else "", around.behind(end))
                    verb = "" if tokens[end - 1].endswith("s") else meanings.get("verb", "")
                    return length, Piece(text, "ask" if kind == _OPENING else kind, verb)
        if chinese := self._places.get(word.removesuffix("'s")):
            return 1, Piece(chinese, "place")
        if word in STRUCTURE:
            return 1, Piece(word, "structure")
        return 1, Piece(word, "unknown" if word.isascii() and word.isalpha() else "noun")

    def _meanings(self, words: Sequence[str]) -> Iterator[dict[str, str]]:
        """What the glossary has for exactly these words, by kind: as they stand, then in other forms of theirs."""
        options = [self._bases(word) for word in words]
        if not any(base in self._first for base in options[0]):
            return
        keys: list[tuple[str, ...]] = [()]
        for bases in options:
            keys = [(*key, base) for key in keys for base in bases]
        yield from (self._phrases[key] for key in keys if key in self._phrases)

    def _find_bases(self, word: str) -> tuple[str, ...]:
        """The word itself and the forms that it may be a form of: houses, paid, running."""
        word = owned(word)
        found = [spelling(word)]
        if base := self._irregular.get(word):
            found.append(spelling(base))
        for ending, replacements in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stem = word[: -len(ending)]
                found += [spelling(stem + replacement) for replacement in replacements]
                if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                    found.append(spelling(stem[:-1]))
        return tuple(dict.fromkeys(found))

    # Pieces in Chinese order ----------------------------------------------------------------------------------------

    def _said(self, clause: _Clause) -> str:
        pieces = by_whom(asked_last(clause.pieces))
        ask = next((piece for piece in pieces if piece.kind == "ask" and REST in piece.text), None)
        others = [piece for piece in pieces if piece is not ask and (piece.kind != "ask" or REST not in piece.text)]
        if ask and ask.text == _BY_HOW_MUCH:
            others = changed_last(others)
        others = [piece for piece in others if not _is_part_of_name(piece, others)]
        rest = "".join(_spaced(piece) for piece in others if piece.kind != "structure").strip()
        if self._amount(others):
            rest = rest.replace("多少次", "多少倍")
        if ask and ask.text in _BEFORE_VERB:
            rest = _before_verb(others, ask.text.removeprefix(REST), _BEFORE_VERB[ask.text])
        elif ask:
            template = clause.to_do if clause.to_do and ask.text == _WHAT else ask.text
            rest = self._asked(template, rest, others)
        elif clause.yes_no and not any(piece.kind == "ask" for piece in pieces):
            rest += "吗"
        before, behind = JOINED.get(clause.join, ("", ""))
        return f"{before}{rest}{behind}" if rest else ""

    def _asked(self, template: str, rest: str, pieces: Sequence[Piece]) -> str:
        if template == _WHAT and self._amount(pieces):
            template = f"{REST}是多少"
        if template in _ALLOWED and any(piece.kind == "verb" for piece in pieces):
            return f"{_before_verb(pieces, _ALLOWED[template], min)}吗"
        for ending in ("吗", "是多少", "多少", "由", "不得", "不"):
            if rest.endswith(ending) and ending in template:
                rest = rest.removesuffix(ending)
        first, *more = template.split(REST)
        return f"{first}{rest}{''.join(more)}"

    def _amount(self, pieces: Sequence[Piece]) -> bool:
        """Whether a noun is an amount, of which one asks how much it is, or something is said to be the least or monthly."""
        nouns = [piece.text for piece in pieces if piece.kind == "noun"]
        return any(noun.endswith(tuple(self._amounts)) for noun in nouns) or any(
            piece.text in _MEASURED for piece in pieces
        )


@dataclass(frozen=True, slots=True)
class _Clause:
    join: str
    yes_no: bool
    to_do: str
    """What asks for something to do, where the clause asks for that."""
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a piece stands: the word before it, all words with the places of those that are kept."""

    before: str
    words: Sequence[str]
    kept: Sequence[int]
    joined: bool

    def behind(self, end: int) -> str:
        """The word behind the kept ones up to ``end``."""
        place = self.kept[end - 1] + 1
        return self.words[place] if place < len(self.words) else ""


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


_BEFORE_VERBS = frozenset("to i we you they he she can could may must should will would not cannot who please".split())


def _modal(tokens: Sequence[str], place: int, done: Sequence[Piece]) -> tuple[int, Piece]:
    """What is said for a modal verb behind a subject, with the "not" behind it."""
    if done and tokens[place + 1 : place + 2] == ["not"]:
        return 2, Piece("不得", "other")
    return 1, Piece(MODALS[tokens[place]] if any(piece.kind != "ask" for piece in done) else "", "other")


def _plural(meaning: str, follows: str, behind: str) -> str:
    """What rights, what are rights: asks for several."""
    several = meaning == _WHAT and follows.endswith("s") and not follows.endswith(("ss", "'s"))
    return (_SEVERAL if follows == behind else f"{REST}有哪些") if several else meaning


def _inverted(done: Sequence[Piece], piece: Piece, passed: Sequence[str]) -> bool:
    """Whether a subject begins with ``piece``, behind what is asked and an auxiliary: how many members does it have.

    ``passed`` are the words from the last one that was kept.
    """
    helping = next((place for place, word in enumerate(passed) if word in AUXILIARIES or word in MODALS), None)
    if helping is None or not done or done[0].kind != "ask" or not done[0].text.startswith(("多少", _SEVERAL)):
        return False
    if any(each.kind in ("verb", "structure") for each in done):
        return False
    return piece.kind in ("noun", "place", "unknown") or any(word in _SUBJECTS for word in passed[helping + 1 :])


def _fitting(meanings: Mapping[str, str], before: str, last: str, behind: str, *, first: bool) -> str:
    """Of several kinds of meaning the one that fits its place: asking comes first, a verb stands behind its subject."""
    if first and _OPENING in meanings:
        return _OPENING
    if "ask" in meanings and (first or len(meanings) == 1 or REST not in meanings["ask"]):
        return "ask"
    acts = before in _BEFORE_VERBS or last.endswith("ed") or (behind in DETERMINERS and before not in DETERMINERS)
    order = ("verb", "other", "noun") if acts else ("noun", "other", "verb")
    return next((kind for kind in (*order, "ask") if kind in meanings), "")


def _before_verb(pieces: Sequence[Piece], asked: str, choose: Callable[[Iterable[int]], int]) -> str:
    """The clause with ``asked`` in front of the verb that is chosen, or at the end where it has none."""
    told = [piece for piece in pieces if piece.kind != "structure"]
    verbs = [place for place, piece in enumerate(told) if piece.kind == "verb"]
    place = choose(verbs) if verbs else len(told)
    return "".join((*map(_spaced, told[:place]), asked, *map(_spaced, told[place:]))).strip()


def _to_do(words: Sequence[str]) -> str:
    """How "what can we do" and "what must they do" ask; empty where the clause does not ask for something to do."""
    does = [place for place, word in enumerate(words) if word in ("do", "done") and place]
    last = does[-1] + 1 if does and words[0] == "what" else 0
    if not last or (last < len(words) and words[last] not in SWAPS | LEADS.keys()):
        return ""
    if "not" in words:
        return f"{REST}不得有哪些行为"
    return f"{REST}应当做什么" if words[1] in ("must", "should", "shall") else f"{REST}怎么办"


def _said_already(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a noun only repeats what the word before it says: a homeless person, a non-enterprise unit (minfei)."""
    if piece.kind != "noun" or not pieces:
        return False
    return piece == pieces[-1] or (piece.text == "人" and pieces[-1].text.endswith(_PEOPLE))


_PEOPLE = ("人", "人员", "儿童", "孤儿", "工人", "者")


def _key(form: str) -> tuple[str, ...]:
    """The words by which a form is found."""
    return tuple(spelling(owned(word)) for word in split(form.replace(",", " and")) if word not in DROPPED)


def _is_part_of_name(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether another piece has these words in its name already: in hardship, of the living allowance for people in hardship."""
    names = (each.text for each in pieces if each is not piece and each.kind == "noun")
    return (
        len(piece.text) > 1
        and piece.kind in ("noun", "other")
        and any(piece.text in name and name not in (piece.text, f"非{piece.text}") for name in names)
    )


def _spaced(piece: Piece) -> str:
    return f" {piece.text} " if piece.kind == "unknown" else piece.text
