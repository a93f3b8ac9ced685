"""What an interview came to, and how to go about a scheme: pure functions from judgements to strings, without gradio.

Nothing here promises: a verdict is a first look, what the window alone can establish is said beside it, and every
condition stands with its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.app.kiosk_render import said
from assistant.app.kiosk_take import code, takeaway
from assistant.app.render import bracketed, dates, fill, stamp
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.interview import Interview
from assistant.eligibility.judge import Calculation, Choice, Finding, Judgement, Status, Verdict, choices
from assistant.eligibility.notation import value_text
from assistant.eligibility.rules import Rules
from assistant.eligibility.scheme import Fact, Reference, Relation, Scheme, Statement
from assistant.types import Citation

SIGNS: dict[Verdict, tuple[str, str]] = {
    "可能符合": ("✓", "good"),
    "还缺信息": ("…", "open"),
    "可能不符合": ("✕", "bad"),
}
"""A verdict's sign and its kind, by which it is coloured."""

_WORDS: dict[Status, tuple[str, str, str]] = {
    "符合": ("✓", "good", "符合"),
    "不符合": ("✕", "bad", "不符合"),
    "还缺信息": ("…", "open", "还不清楚"),
    "由窗口核定": ("※", "open", "由窗口核定"),
    "不适用": ("–", "none", "不涉及"),
}
_AN_EXCEPTION = ("✓", "good", "属于这种例外")


@dataclass(frozen=True, slots=True)
class Clause:
    """A reference as it is shown: where it stands, its dates, whether it holds, and its words."""

    place: str
    dates: tuple[str, ...]
    holds: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """A condition as it is shown: what that comes to, what was asked and ``said`` of it, and the clauses.

    ``lifted`` is what makes a condition that is not met not matter.
    """

    finding: Finding
    sign: str
    kind: str
    word: str
    said: tuple[tuple[str, str], ...]
    lifted: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; of ``alternatives`` one suffices. ``folded`` are those that make no difference."""

    rows: tuple[Row, ...]
    folded: tuple[Row, ...] = ()
    alternatives: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as it is shown; ``value`` is empty where it is not known: for the facts ``missing``, or to the window."""

    calculation: Calculation
    value: str
    missing: tuple[Fact, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement or a relation with the places of its clauses; ``warns`` of what is not had together."""

    says: str
    places: tuple[str, ...]
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a result is drawn from."""

    judgements: Sequence[Judgement]
    interview: Interview
    rules: Rules
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Result:
    """One scheme's judgement as it is shown; ``missing`` are the facts to be answered still."""

    judgement: Judgement
    sign: str
    kind: str
    groups: tuple[Group, ...]
    idle: tuple[Row, ...]
    sums: tuple[Sum, ...]
    papers: tuple[Told, ...]
    where: tuple[Told, ...]
    limits: tuple[Told, ...]
    missing: tuple[Fact, ...]


def overview(outcome: Outcome) -> str:
    """All schemes by their verdict, what excludes what, and the sheet to be printed."""
    hopeful = [judgement for judgement in outcome.judgements if judgement.verdict == "可能符合"]
    return fill(
        "kiosk_results.html",
        kinds=[
            (verdict, *SIGNS[verdict], [each for each in outcome.judgements if each.verdict == verdict])
            for verdict in SIGNS
        ],
        choices=[_related(choice, outcome) for choice in choices(outcome.judgements)],
        sheets=[_result(judgement, outcome) for judgement in hopeful],
        code=_code([(each.scheme, each.papers, each.where) for each in hopeful], outcome.rules),
        day=outcome.rules.day,
    )


def one(outcome: Outcome, id: str) -> str:
    """One scheme's result; the overview where there is no scheme of that id."""
    judgement = next((each for each in outcome.judgements if each.scheme.id == id), None)
    if judgement is None:
        return overview(outcome)
    hopeful = [] if judgement.verdict == "可能不符合" else [(judgement.scheme, judgement.papers, judgement.where)]
    related = [choice for choice in choices(outcome.judgements) if id in (choice.scheme.id, choice.other.id)]
    return fill(
        "kiosk_result.html",
        result=_result(judgement, outcome),
        choices=[_related(choice, outcome) for choice in related],
        code=_code(hopeful, outcome.rules),
        day=outcome.rules.day,
    )


def ways(rules: Rules) -> str:
    """The schemes, to see how one goes about them."""
    return fill("kiosk_ways.html", schemes=rules.schemes)


def way(scheme: Scheme, rules: Rules, clauses: Clauses) -> str:
    """How to go about one scheme: where, with which papers, how long it takes, what is paid."""
    outcome = Outcome((), Interview(), rules, clauses)
    return fill(
        "kiosk_way.html",
        scheme=scheme,
        where=[_told(each, outcome) for each in scheme.where],
        papers_to_bring=[_told(each, outcome) for each in scheme.papers],
        limits=[_told(each, outcome) for each in scheme.limits],
        code=_code([(scheme, scheme.papers, scheme.where)], rules),
        day=rules.day,
    )


def _code(schemes: Iterable[tuple[Scheme, Sequence[Statement], Sequence[Statement]]], rules: Rules) -> str:
    text = takeaway(
        [
            (scheme.title, [paper.says for paper in papers], [place.says for place in where])
            for scheme, papers, where in schemes
        ],
        rules.day,
    )
    return code(text) if text else ""


def _result(judgement: Judgement, outcome: Outcome) -> Result:
    sign, kind = SIGNS[judgement.verdict]
    rows = [_row(finding, judgement, outcome) for finding in judgement.findings]
    idle = tuple(row for row in rows if _is_idle(row.finding, judgement))
    return Result(
        judgement,
        sign,
        kind,
        groups=_groups([row for row in rows if row not in idle]),
        idle=idle,
        sums=tuple(_sum(each, outcome) for each in judgement.amounts),
        papers=tuple(_told(each, outcome) for each in judgement.papers),
        where=tuple(_told(each, outcome) for each in judgement.where),
        limits=tuple(_told(each, outcome) for each in judgement.limits),
        missing=tuple(outcome.rules.facts[name] for name in judgement.missing),
    )


def _is_idle(finding: Finding, judgement: Judgement) -> bool:
    """Whether a condition makes no difference: it does not apply, or it is an exception from what is met anyway."""
    if finding.condition.role != "exception" or finding.status == "不适用":
        return finding.status == "不适用"
    lifts = finding.condition.lifts
    lifted = [each for each in judgement.findings if {each.condition.id, each.condition.one_of} & set(lifts)]
    return all(each.status == "符合" for each in lifted)


def _row(finding: Finding, judgement: Judgement, outcome: Outcome) -> Row:
    condition = finding.condition
    held = condition.role == "exception" and finding.status == "符合"
    says = {each.id: each.says for each in judgement.scheme.conditions}
    return Row(
        finding,
        *(_AN_EXCEPTION if held else _WORDS[finding.status]),
        said=_said(finding, outcome),
        lifted=says.get(finding.lifted_by, ""),
        clauses=_clauses(condition.references, outcome),
    )


def _said(finding: Finding, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """The questions on which a finding rests, each with what was answered."""
    facts = [outcome.rules.facts[name] for name, _ in finding.answers]
    return tuple((fact.question, said(fact, outcome.interview.known[fact.name])) for fact in facts)


def _groups(rows: Sequence[Row]) -> tuple[Group, ...]:
    """The rows in order, those of which one suffices together; where one does, the others are folded away."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.finding.condition.one_of or f"only {row.finding.condition.id}", []).append(row)
    return tuple(map(_group, grouped.values()))


def _group(rows: Sequence[Row]) -> Group:
    """What satisfies the group is shown, what the window may find to satisfy it else; failing both, every way to do so."""
    if len(rows) == 1:
        return Group(tuple(rows))
    for enough in ("符合", "由窗口核定"):
        if shown := tuple(row for row in rows if row.finding.status == enough):
            return Group(shown, folded=tuple(row for row in rows if row not in shown))
    return Group(tuple(rows), alternatives=True)


def _sum(calculation: Calculation, outcome: Outcome) -> Sum:
    value = "" if calculation.value is None else value_text(calculation.value)
    missing = tuple(outcome.rules.facts[name] for name in calculation.missing)
    return Sum(calculation, value, missing, _clauses(calculation.amount.references, outcome))


def _told(statement: Statement | Relation, outcome: Outcome) -> Told:
    places = dict.fromkeys(clause.place for clause in _clauses(statement.references, outcome))
    return Told(statement.says, tuple(places))


def _related(choice: Choice, outcome: Outcome) -> Told:
    """How two schemes stand to each other, begun with the one of which it is said."""
    told = _told(choice.relation, outcome)
    warns = choice.relation.kind != "可以同时享受"
    return replace(told, says=f"{choice.scheme.title}：{told.says}", warns=warns)


def _clauses(references: Iterable[Reference], outcome: Outcome) -> tuple[Clause, ...]:
    citations = map(outcome.clauses.cite, references)
    return tuple(_clause(citation, outcome.rules.day) for citation in citations)


def _clause(citation: Citation, day: date) -> Clause:
    metadata = citation.passage.document.metadata
    holds = stamp(metadata, day)
    return Clause(
        bracketed(citation.passage.document.title) + citation.label,
        dates(metadata),
        "" if holds is None else f"{'✓' if holds.kind == 'good' else '✕'} {holds.word}",
        citation.quote,
    )
