"""Whether a book stands on its documents: every quote in its place, in force on its day, with the numbers it is cited for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from assistant.eligibility.clauses import Clauses
from assistant.eligibility.expression import Expression, numbers_in
from assistant.eligibility.notation import number_text
from assistant.eligibility.scheme import Amount, Book, Condition, Reference, Relation, Scheme, Statement, Threshold
from assistant.errors import CorpusError
from assistant.text.numbers import numerals
from assistant.types import Document

InForce = Callable[[Document, date], bool]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an entry: ``where`` is 文件 and the entry, ``message`` says what."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class _Cited:
    """An entry with its references, the days between which it holds, and the numbers that its quotes have to have."""

    where: str
    references: tuple[Reference, ...]
    since: date
    until: date
    numbers: frozenset[Fraction] = frozenset()


def check_references(book: Book, clauses: Clauses, in_force: InForce, day: date) -> list[Flaw]:
    """Every flaw of the book's references, on the first and the last day of each entry and on ``day`` between them."""
    return [flaw for cited in _cited(book) for flaw in _flaws(cited, clauses, in_force, day)]


def _flaws(cited: _Cited, clauses: Clauses, in_force: InForce, day: date) -> Iterable[Flaw]:
    for reference in cited.references:
        try:
            document = clauses.cite(reference).passage.document
        except CorpusError as error:
            yield Flaw(cited.where, str(error))
            continue
        for each in _days(cited, day):
            if not in_force(document, each):
                yield Flaw(cited.where, f"{each} 这天《{document.title}》不是现行有效")
    quoted = frozenset().union(*(_numbers_of(reference.quote) for reference in cited.references))
    for number in sorted(cited.numbers - quoted - {0}):
        yield Flaw(cited.where, f"引文里没有 {number_text(number)} 这个数")


def _days(cited: _Cited, day: date) -> list[date]:
    """The first and the last day of an entry, where it has one, and ``day`` where that is between them."""
    first, after = cited.since, cited.until
    days = {first: first > date.min, after - timedelta(1): after < date.max, day: first <= day < after}
    return [each for each, matters in days.items() if matters]


def _numbers_of(quote: str) -> frozenset[Fraction]:
    """The numbers of a quote; a percentage counts as itself and as the share it is."""
    found = set()
    for numeral in numerals(quote):
        found.add(Fraction(numeral.value))
        if numeral.percent:
            found.add(Fraction(numeral.value / Decimal(100)))
    return frozenset(found)


# What has references ---------------------------------------------------------------------------------------------


def _cited(book: Book) -> Iterable[_Cited]:
    for threshold in book.thresholds.values():
        yield from _of_threshold(threshold)
    for scheme in book.schemes:
        yield from _of_scheme(scheme)


def _of_threshold(threshold: Threshold) -> Iterable[_Cited]:
    for value in threshold.values:
        where = f"标准“{threshold.name}”（{value.region}，{value.since} 起）"
        yield _Cited(where, value.references, value.since, value.until or date.max, frozenset({Fraction(value.value)}))


def _of_scheme(scheme: Scheme) -> Iterable[_Cited]:
    for condition in scheme.conditions:
        numbers = _numbers(condition.when, condition.applies)
        yield _entry(scheme, f"条件“{condition.id}”", condition, numbers)
    for amount in scheme.amounts:
        yield _entry(scheme, f"金额“{amount.id}”", amount, _numbers(amount.formula))
    for statement in (*scheme.papers, *scheme.where, *scheme.limits):
        yield _entry(scheme, f"“{statement.says}”", statement)
    for relation in scheme.relations:
        yield _entry(scheme, f"与 {relation.other} 的关系", relation)


def _entry(
    scheme: Scheme,
    name: str,
    part: Condition | Amount | Statement | Relation,
    numbers: frozenset[Fraction] = frozenset(),
) -> _Cited:
    """A part of a scheme, which holds at most as long as its scheme does."""
    since = max(part.since or date.min, scheme.since or date.min)
    until = min(part.until or date.max, scheme.until or date.max)
    return _Cited(f"{scheme.id}.toml：{name}", part.references, since, until, numbers)


def _numbers(*expressions: Expression | None) -> frozenset[Fraction]:
    return frozenset().union(*(numbers_in(each) for each in expressions if each is not None))
