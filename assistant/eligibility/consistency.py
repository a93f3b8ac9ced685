"""Whether a book fits together: no circles, every expression of the right kind, every id there and once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise

from assistant.eligibility.expression import Expression, ExpressionError, names_in
from assistant.eligibility.kinds import Kind, kind_of
from assistant.eligibility.scheme import Book, Derived, Fact, Scheme
from assistant.errors import CorpusError


def check_book(book: Book) -> None:
    """Raises ``CorpusError`` naming the first entry that does not fit."""
    _check_facts(book)
    _check_expressions(book)
    _check_schemes(book)


def _check_facts(book: Book) -> None:
    for fact in book.facts.values():
        flaw = _flaw_of(fact)
        if flaw:
            raise CorpusError(f"facts.toml：“{fact.name}”{flaw}")
    _check_circles(book)


def _flaw_of(fact: Fact) -> str:
    if (fact.kind == "choice") != bool(fact.options):
        return "是 choice 才有 options，也一定要有"
    if (fact.kind in ("amount", "count")) != bool(fact.typical):
        return "是 amount、count 才有 typical，也一定要有"
    if (fact.only_if is None) != (fact.otherwise is None):
        return "的 only_if 和 otherwise 要么都写，要么都不写"
    kind: type = {"yes_no": bool, "choice": str}.get(fact.kind, Fraction)
    if fact.otherwise is not None and not isinstance(fact.otherwise, kind):
        return "的 otherwise 与它的答案不是一类"
    return ""


def _check_circles(book: Book) -> None:
    below = {name: _used_by(book, name) for name in (*book.facts, *book.derived)}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise CorpusError(f"facts.toml：{' → '.join((*path[path.index(name) :], name))} 互相依赖，算不出来")
        if name not in done:
            for inner in sorted(below.get(name, ())):
                visit(inner, (*path, name))
            done.add(name)

    for name in below:
        visit(name, ())


def _used_by(book: Book, name: str) -> frozenset[str]:
    if name in book.facts:
        gate = book.facts[name].only_if
        return names_in(gate) if gate else frozenset()
    ways = book.derived[name].ways
    parts = [part for way in ways for part in (way.when, way.value) if part is not None]
    return frozenset().union(*map(names_in, parts))


def kinds_of(book: Book) -> dict[str, Kind]:
    """What each name of the book is. Raises ``CorpusError`` where a derived value is not one thing."""
    kinds: dict[str, Kind] = dict.fromkeys(book.thresholds, "number")
    for fact in book.facts.values():
        kinds[fact.name] = _kind_of_fact(fact)
    pending = dict(book.derived)
    while pending:
        ready = [name for name in pending if all(inner in kinds for inner in _used_by(book, name))]
        for name in ready:
            kinds[name] = _kind_of_derived(pending.pop(name), kinds)
    return kinds


def _kind_of_fact(fact: Fact) -> Kind:
    if fact.kind == "choice":
        otherwise = [fact.otherwise] if isinstance(fact.otherwise, str) else []
        return frozenset([*(option.value for option in fact.options), *otherwise])
    return "truth" if fact.kind == "yes_no" else "number"


def _kind_of_derived(derived: Derived, kinds: Mapping[str, Kind]) -> Kind:
    try:
        for way in derived.ways:
            if way.when is not None and kind_of(way.when, kinds) != "truth":
                raise ExpressionError("when 不是能用是、否回答的")
        found = [kind_of(way.value, kinds) for way in derived.ways]
    except ExpressionError as error:
        raise CorpusError(f"facts.toml：“{derived.name}”：{error}") from error
    words = [kind for kind in found if isinstance(kind, frozenset)]
    if len(words) == len(found):
        return frozenset().union(*words)
    if len(set(found)) > 1:
        raise CorpusError(f"facts.toml：“{derived.name}”的几种 value 不是一类")
    return found[0]


def _check_expressions(book: Book) -> None:
    kinds = kinds_of(book)
    for place, expression, wanted in _expressions(book):
        try:
            found = kind_of(expression, kinds)
        except ExpressionError as error:
            raise CorpusError(f"{place}：{error}") from error
        if found != wanted:
            words = "、".join(sorted(found)) if isinstance(found, frozenset) else ""
            reason = "要是能用是、否回答的" if wanted == "truth" else "要是一个数"
            raise CorpusError(f"{place}：{f'不认识“{words}”，' if words else ''}{reason}")


def _expressions(book: Book) -> Iterable[tuple[str, Expression, Kind]]:
    """Every expression with where it stands and what it has to be."""
    for fact in book.facts.values():
        if fact.only_if:
            yield f"facts.toml：“{fact.name}”的 only_if", fact.only_if, "truth"
    for scheme in book.schemes:
        for place, expression, wanted in chain(_of_conditions(scheme), _of_the_rest(scheme)):
            yield f"{scheme.id}.toml：{place}", expression, wanted


def _of_conditions(scheme: Scheme) -> Iterable[tuple[str, Expression, Kind]]:
    for condition in scheme.conditions:
        for key, expression in (("when", condition.when), ("applies", condition.applies)):
            if expression:
                yield f"条件“{condition.id}”的 {key}", expression, "truth"


def _of_the_rest(scheme: Scheme) -> Iterable[tuple[str, Expression, Kind]]:
    for amount in scheme.amounts:
        if amount.formula:
            yield f"金额“{amount.id}”的 formula", amount.formula, "number"
        if amount.when:
            yield f"金额“{amount.id}”的 when", amount.when, "truth"
    for statement in (*scheme.papers, *scheme.where, *scheme.limits):
        if statement.when:
            yield f"“{statement.says}”的 when", statement.when, "truth"


def _check_schemes(book: Book) -> None:
    ids = {scheme.id for scheme in book.schemes}
    for scheme in book.schemes:
        flaws = [*_flaws_of_conditions(scheme), *_flaws_of_amounts(scheme), *_flaws_of_relations(scheme, ids)]
        if flaws:
            raise CorpusError(f"{scheme.id}.toml：{flaws[0]}")


def _flaws_of_conditions(scheme: Scheme) -> Iterable[str]:
    liftable = {each for condition in scheme.conditions for each in (condition.id, condition.one_of)}
    for condition in scheme.conditions:
        name = f"条件“{condition.id}”"
        if condition.window == (condition.when is not None):
            yield f"{name}：window = true 时不写 when，其他时候一定要写"
        if (condition.role == "exception") != bool(condition.lifts):
            yield f"{name}：是 exception 才有 lifts，也一定要有"
        yield from (f"{name}的 lifts 里没有这个条件：{each}" for each in condition.lifts if each not in liftable)
        if condition.one_of and condition.role != "required":
            yield f"{name}：one_of 只用于 required 的条件"
        if _overlapping(condition.id, scheme):
            yield f"{name}用了两次，日期有重叠"


def _overlapping(id: str, scheme: Scheme) -> bool:
    same = sorted((each.since or date.min, each.until or date.max) for each in scheme.conditions if each.id == id)
    return any(later[0] < earlier[1] for earlier, later in pairwise(same))


def _flaws_of_amounts(scheme: Scheme) -> Iterable[str]:
    for amount in scheme.amounts:
        if amount.window == (amount.formula is not None):
            yield f"金额“{amount.id}”：window = true 时不写 formula，其他时候一定要写"


def _flaws_of_relations(scheme: Scheme, ids: Collection[str]) -> Iterable[str]:
    names = {name for condition in scheme.conditions for name in (condition.id, condition.one_of) if name}
    for relation in scheme.relations:
        if relation.other not in ids or relation.other == scheme.id:
            yield f"没有“{relation.other}”这个项目"
        if (relation.kind == "先办") != bool(relation.lacking) or relation.lacking not in names | {""}:
            yield f"与 {relation.other} 的关系：先办才有 lacking，也一定要有，写所缺的条件"
