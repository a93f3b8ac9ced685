"""The rules of one day and place, and what they say of one person's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.eligibility.expression import Expression, Result, Unknown, Value, evaluate, names_in
from assistant.eligibility.scheme import Book, Dated, Derived, Fact, Scheme, Threshold, holds


@dataclass(frozen=True, slots=True)
class Rules:
    """The book as it is on ``day`` in a place: only the parts that hold, and of each threshold the nearest figure.

    ``regions`` are the place's, the smallest first: 连州市, 清远市, 广东省, 国家.
    """

    book: Book
    day: date
    regions: tuple[str, ...]
    schemes: tuple[Scheme, ...]
    figures: Mapping[str, Dated]

    def scheme(self, id: str) -> Scheme | None:
        """The scheme of that id, where it holds on this day."""
        return next((scheme for scheme in self.schemes if scheme.id == id), None)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Everything that can be asked, by name, in the book's order."""
        return self.book.facts


def rules_on(book: Book, day: date, regions: Sequence[str]) -> Rules:
    """The rules of ``book`` on ``day`` in the place whose ``regions`` are given from the smallest to the largest."""
    figures = {
        name: figure
        for name, threshold in book.thresholds.items()
        if (figure := _nearest(threshold, day, regions)) is not None
    }
    schemes = tuple(scheme.on(day) for scheme in book.schemes if holds(scheme, day))
    return Rules(book, day, tuple(regions), schemes, figures)


def _nearest(threshold: Threshold, day: date, regions: Sequence[str]) -> Dated | None:
    """The figure of the smallest region that has one on ``day``; of several, the one that came last."""
    there = [value for value in threshold.values if value.region in regions and holds(value, day)]
    return min(there, key=lambda value: (regions.index(value.region), -value.since.toordinal()), default=None)


class Situation:
    """One person's ``answers`` under ``rules``: looks up any name. Facts without an answer are unknown.

    A fact whose ``only_if`` is false counts as its ``otherwise``; while that is unknown, so is the fact, and what is
    missing is what decides whether it is asked at all.
    """

    def __init__(self, rules: Rules, answers: Mapping[str, Value]) -> None:
        self.rules = rules
        self.answers = answers
        self._known: dict[str, Result] = {}

    def __call__(self, name: str) -> Result:
        """The value of a fact, a derived value or a threshold."""
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def value(self, expression: Expression) -> Result:
        """The value of ``expression`` in this situation."""
        return evaluate(expression, self)

    def asks(self, name: str) -> bool:
        """Whether ``name`` is not a fact that is left out because its ``only_if`` is false."""
        fact = self.rules.facts.get(name)
        return fact is None or fact.only_if is None or self.value(fact.only_if) is not False

    def facts_of(self, expression: Expression) -> tuple[str, ...]:
        """The facts on which ``expression`` rests, through derived values too, in the book's order."""
        found = _facts_below(self.rules.book, names_in(expression))
        return tuple(name for name in self.rules.facts if name in found)

    def _look_up(self, name: str) -> Result:
        book = self.rules.book
        if name in book.facts:
            return self._fact(book.facts[name])
        if name in book.derived:
            return self._derive(book.derived[name])
        figure = self.rules.figures.get(name)
        return Unknown() if figure is None else Fraction(figure.value)

    def _fact(self, fact: Fact) -> Result:
        asked = True if fact.only_if is None else self.value(fact.only_if)
        if isinstance(asked, Unknown):
            return asked
        if not asked:
            return Unknown() if fact.otherwise is None else fact.otherwise
        return self.answers.get(fact.name, Unknown(frozenset({fact.name})))

    def _derive(self, derived: Derived) -> Result:
        for way in derived.ways:
            so = True if way.when is None else self.value(way.when)
            if isinstance(so, Unknown):
                return so
            if so:
                return self.value(way.value)
        return Unknown()


def _facts_below(book: Book, names: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name in book.facts:
            found.add(name)
        elif name in book.derived:
            for way in book.derived[name].ways:
                inner = names_in(way.value) | (names_in(way.when) if way.when else frozenset())
                found |= _facts_below(book, inner)
    return found
