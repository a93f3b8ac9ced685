"""How people speak and how documents speak: surface forms to official terms, and terms that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Term:
    """An official term. Terms of the same ``group`` exclude each other (农村 and 城镇 in the group 城乡).

    ``within`` names the wider term of the same group that this one is a part of (社会团体 within 社会组织).
    """

    name: str
    group: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A term at ``[start, end)`` of a text, in whichever words."""

    term: Term
    start: int
    end: int


class Lexicon:
    """Finds terms in texts, the longest surface form first, left to right, without overlaps, in any letter case.

    ``rivals`` are words in official terms, the longest first, of which a rule for one says nothing of the others, each with
    words that contain one of them and do not tell what a rule is for (结婚证 in a rule for 离婚).
    """

    def __init__(
        self,
        entries: Iterable[tuple[Term, Iterable[str]]] = (),
        rivals: Iterable[tuple[Sequence[str], Sequence[str]]] = (),
    ) -> None:
        self.rivals = tuple((tuple(sorted(words, key=len, reverse=True)), tuple(beside)) for words, beside in rivals)
        self._terms: dict[str, Term] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._by_first: dict[str, list[str]] = {}
        for term, forms in entries:
            for form in dict.fromkeys(form.lower() for form in (term.name, *forms)):
                if form not in self._terms:
                    self._terms[form] = term
                    self._forms[term.name] = (*self._forms.get(term.name, ()), form)
                    self._by_first.setdefault(form[0], []).append(form)
        self._groups: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}
        for term in self._terms.values():
            self._groups.setdefault(term.group, set()).add(term.name)
            self._parts.setdefault(term.within, set()).add(term.name)
        for each in self._by_first.values():
            each.sort(key=len, reverse=True)

    def mentions(self, text: str) -> list[Mention]:
        """Every term in ``text``, in order."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose lower case is longer: offsets are worth more than its case
            lower = text
        found, place = [], 0
        while place < len(lower):
            form = self._form_at(lower, place)
            if form:
                found.append(Mention(self._terms[form], place, place + len(form)))
            place += len(form) or 1
        return found

    def _form_at(self, text: str, place: int) -> str:
        for form in self._by_first.get(text[place], ()):
            if text.startswith(form, place) and not (form.isascii() and _inside_word(text, place, place + len(form))):
                return form
        return ""

    def official(self, text: str) -> str:
        """``text`` with every surface form replaced by its official term."""
        parts, end = [], 0
        for mention in self.mentions(text):
            parts += [text[end : mention.start], mention.term.name]
            end = mention.end
        return "".join((*parts, text[end:]))

    def put(self, text: str, term: Term, before: str) -> str:
        """``text`` with its first term of the group of ``term`` exchanged for it; where it has none, ``term`` is put before
        the first one of the group ``before``, else at the beginning."""
        mentions = self.mentions(text)
        if old := next((each for each in mentions if each.term.group == term.group), None):
            return f"{text[: old.start]}{term.name}{text[old.end :]}"
        start = next((each.start for each in mentions if each.term.group == before), 0)
        return f"{text[:start]}{term.name}{text[start:]}"

    def forms(self, name: str) -> tuple[str, ...]:
        """Every surface form of the term ``name``, in lower case, itself included."""
        return self._forms.get(name, (name,))

    def term(self, form: str) -> Term:
        """The term that ``form``, in lower case, is a surface form of. Raises ``KeyError`` where it is none."""
        return self._terms[form]

    def terms(self) -> tuple[Term, ...]:
        """Every term once."""
        return tuple(dict.fromkeys(self._terms.values()))

    def all_forms(self) -> tuple[str, ...]:
        """Every surface form of every term."""
        return tuple(self._terms)

    def group(self, name: str) -> frozenset[str]:
        """The terms of a group."""
        return frozenset(self._groups.get(name, ()))

    def parts_of(self, name: str) -> frozenset[str]:
        """The terms that stand within the term ``name``."""
        return frozenset(self._parts.get(name, ()))


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether Latin letters or digits go on before or behind ``[start, end)``."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (behind.isascii() and behind.isalnum())


def lexicon_from(table: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a parsed ``synonyms.toml``. Raises ``CorpusError`` naming the entry that is wrong."""
    entries = []
    for place, entry in enumerate(table.get("term", ()), start=1):
        official, say = entry.get("official"), entry.get("say", [])
        if not isinstance(official, str) or not official or not all(isinstance(form, str) and form for form in say):
            raise CorpusError(f"synonyms.toml 第 {place} 个 [[term]] 要有 official（文字）和 say（文字的列表）")
        entries.append((Term(official, entry.get("group", ""), entry.get("within", "")), say))
    rivals = [(entry.get("words", []), entry.get("beside", [])) for entry in table.get("rivals", ())]
    if not all(len(words) > 1 and all(isinstance(word, str) for word in (*words, *beside)) for words, beside in rivals):
        raise CorpusError("synonyms.toml 的每个 [[rivals]] 要有 words（至少两个词的列表）")
    return Lexicon(entries, rivals)
