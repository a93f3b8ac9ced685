"""English said plainly before it is read: "what does … mean" is "what is the meaning of …", "set … aside" is "reserve …".

A form may have gaps (…), choices (do|does|did), choices that are kept like what fills a gap (=notice|letter), and an end ($):
"what is … for $" is not "what is the fee for that".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

GAP = "…"
_END = "$"
_KEPT = "="
_SIGNS = frozenset(",;:.?!()")
_LONGEST_GAP = 12


@dataclass(frozen=True, slots=True)
class _Choices:
    """The words of which one has to stand in a place, and whether it is kept."""

    words: frozenset[str]
    kept: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say something: the choices of each of its words, and what is said for it."""

    words: tuple[_Choices, ...]
    plain: tuple[str, ...]


class Rewording:
    """Says plainly what a table has other words for."""

    def __init__(self, table: Iterable[tuple[str, Iterable[str]]], bases: Callable[[str], Iterable[str]]) -> None:
        """``table`` has plain English with the forms that mean it; ``bases`` the forms that a word may be a form of."""
        self._bases = bases
        self._forms: dict[str, list[_Form]] = {}
        for plain, forms in table:
            for form in forms:
                words, said_plainly = form.split(), plain.split()
                if words[-1] == GAP == said_plainly[-1]:
                    words, said_plainly = words[:-1], said_plainly[:-1]
                said = _Form(tuple(_choices(word) for word in words), tuple(said_plainly))
                for first in said.words[0].words:
                    self._forms.setdefault(first, []).append(said)
        for found in self._forms.values():
            found.sort(key=lambda form: -len(form.words))

    def plain(self, words: Sequence[str]) -> list[str]:
        """``words`` with every form that the table has said plainly, from left to right."""
        said = list(words)
        place = 0
        while place < len(said):
            bases = dict.fromkeys((said[place], *self._bases(said[place])))
            for form in (form for base in bases for form in self._forms.get(base, ())):
                if (found := self._match(form.words, said, place)) is not None:
                    end, gaps = found
                    said[place:end] = _filled(form.plain, gaps)
                    break
            place += 1
        return said

    def _match(
        self, form: Sequence[_Choices], words: Sequence[str], place: int
    ) -> tuple[int, list[Sequence[str]]] | None:
        """Where the form ends that begins at ``place``, and what fills its gaps."""
        if not form:
            return place, []
        if _END in form[0].words:
            return (place, []) if place == len(words) or words[place] in _SIGNS else None
        if GAP in form[0].words:
            for end in range(place + 1, min(place + _LONGEST_GAP, len(words)) + 1):
                if words[end - 1] in _SIGNS:
                    return None
                if len(form) > 1 and (found := self._match(form[1:], words, end)) is not None:
                    return found[0], [words[place:end], *found[1]]
            return None
        if place == len(words) or form[0].words.isdisjoint((words[place], *self._bases(words[place]))):
            return None
        found = self._match(form[1:], words, place + 1)
        return (found[0], [words[place : place + 1], *found[1]]) if found and form[0].kept else found


def _choices(word: str) -> _Choices:
    return _Choices(frozenset(word.removeprefix(_KEPT).split("|")), word.startswith(_KEPT))


def _filled(plain: Sequence[str], gaps: Iterable[Sequence[str]]) -> list[str]:
    rest = iter(gaps)
    return [word for part in plain for word in (next(rest, ()) if part == GAP else (part,))]
