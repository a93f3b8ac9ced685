"""Cantonese and other dialect words as Mandarin ones, word by word: 佢係唔係可以攞低保 is 他是不是可以拿低保.

Word order is close enough to be left alone. What may be Mandarin as well (系, 食, 點) counts only in a text that has a
word of dialect besides, and where it stands as a word by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.errors import CorpusError
from assistant.text.normalize import normalize
from assistant.text.tokens import words


class Dialect:
    """Reads texts in simplified characters."""

    def __init__(self, table: Mapping[str, Any], terms: Mapping[str, str] | None = None) -> None:
        """``table`` is the parsed ``dialect.toml``; ``terms`` are further words with what they mean, official terms.

        Of ``terms`` only those are taken that have a word of dialect in them; they win over the table's words.
        Raises ``CorpusError`` where the table is not lists of words.
        """
        self._always = _forms(table, "words")
        self._beside = _forms(table, "beside")
        self._terms = {
            form: official
            for form, official in (terms or {}).items()
            if form not in self._always and self._marked(form)
        }
        self._by_first: dict[str, list[str]] = {}
        for form in sorted(self._always.keys() | self._beside.keys() | self._terms.keys(), key=len, reverse=True):
            self._by_first.setdefault(form[0], []).append(form)

    def _marked(self, text: str) -> bool:
        """Whether a word of dialect of one or two characters stands in ``text``."""
        return any(text[place : place + size] in self._always for place in range(len(text)) for size in (1, 2))

    def read(self, text: str) -> str:
        """``text`` in Mandarin words; itself where it has no word of dialect."""
        if not any(form in text for form in self._always):
            return text
        alone = _places_of_words(text)
        found = self._found(text, alone)
        if not any(form in self._always or form in self._terms for form, _ in found):
            return text
        parts, end = [], 0
        for form, place in found:
            parts += [text[end:place], self._meaning(form)]
            end = place + len(form)
        return "".join((*parts, text[end:]))

    def _found(self, text: str, alone: set[tuple[int, int]]) -> list[tuple[str, int]]:
        found, place = [], 0
        while place < len(text):
            form = next(
                (form for form in self._by_first.get(text[place], ()) if self._stands(form, text, place, alone)), ""
            )
            if form:
                found.append((form, place))
            place += len(form) or 1
        return found

    def _stands(self, form: str, text: str, place: int, alone: set[tuple[int, int]]) -> bool:
        """Whether ``form`` stands at ``place``; a single character, or a word of both, only as a word by itself."""
        if not text.startswith(form, place) or (form.isascii() and _in_latin(text, place, place + len(form))):
            return False
        anywhere = len(form) > 1 or (form in self._always and form not in _IN_WORDS)
        return anywhere or (place, place + len(form)) in alone

    def _meaning(self, form: str) -> str:
        for meanings in (self._terms, self._always, self._beside):
            if form in meanings:
                return meanings[form]
        raise KeyError(form)


_BETWEEN = "|"
_IN_WORDS = frozenset("仲喇")
"""Words of dialect that are also parts of Mandarin words: 仲裁, 喇叭."""


def _forms(table: Mapping[str, Any], section: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for mandarin, said in table.get(section, {}).items():
        if not isinstance(said, list) or not all(isinstance(form, str) and form for form in said):
            raise CorpusError(f'dialect.toml 的 [{section}] 里“{mandarin}”要写成词的列表，例如 ["嘅"]')
        for form in said:
            forms.setdefault(form, mandarin)
    written = normalize(_BETWEEN.join(forms)).split(_BETWEEN)  # at once: each call has its cost
    return dict(zip(written, forms.values(), strict=True)) if forms else {}


def _in_latin(text: str, start: int, end: int) -> bool:
    """Whether a span is part of a longer word of Latin letters: bb in hobby."""
    return bool(re.search("[A-Za-z]", text[max(0, start - 1) : start] + text[end : end + 1]))


def _places_of_words(text: str) -> set[tuple[int, int]]:
    """Where the words of ``text`` stand."""
    places, end = set(), 0
    for word in words(text):
        start = text.find(word, end)
        if start >= 0:
            end = start + len(word)
            places.add((start, end))
    return places
