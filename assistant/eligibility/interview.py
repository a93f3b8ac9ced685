"""The interview: which question to ask next, and answers as a frozen value that each answer replaces by a new one.

The next question is the greedy one: of the facts that could still settle a scheme, the one after which the fewest
schemes are expected to be open, every possible answer being as likely as another; of such, the one that leaves the
fewest facts to ask. When every scheme is settled, what the amounts of those that are 可能符合 still lack is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.eligibility.expression import Unknown, Value
from assistant.eligibility.judge import requirement, worth
from assistant.eligibility.notation import number_text
from assistant.eligibility.rules import Rules, Situation
from assistant.eligibility.scheme import Fact, Scheme
from assistant.errors import AnswerError

_NUMBER = re.compile(r"\d{1,8}(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Interview:
    """What was answered so far, in the order of asking; ``None`` is 不知道. ``schemes`` are screened, none: all."""

    answers: tuple[tuple[str, Value | None], ...] = ()
    schemes: tuple[str, ...] = ()

    @property
    def known(self) -> Mapping[str, Value]:
        """The facts that are known."""
        return {name: value for name, value in self.answers if value is not None}

    @property
    def asked(self) -> frozenset[str]:
        """The facts that were asked, with or without an answer."""
        return frozenset(name for name, _ in self.answers)


def read_answer(fact: Fact, raw: object) -> Value:
    """A raw answer (bool, text or number) as a value of ``fact``. Raises ``AnswerError`` saying what it should be."""
    if fact.kind == "yes_no":
        if isinstance(raw, bool):
            return raw
        raise AnswerError(f"“{fact.name}”要答是或否（true 或 false）")
    if fact.kind == "choice":
        values = [option.value for option in fact.options]
        if isinstance(raw, str) and raw in values:
            return raw
        raise AnswerError(f"“{fact.name}”只能是：{'、'.join(values)}")
    return _number(fact, raw)


def _number(fact: Fact, raw: object) -> Fraction:
    text = str(raw).strip() if isinstance(raw, int | float | str | Decimal | Fraction) else ""
    if isinstance(raw, bool) or not _NUMBER.fullmatch(text):
        raise AnswerError(f"“{fact.name}”要填数字，最多 8 位，小数最多 2 位，不要负数")
    number = Fraction(text)
    if fact.kind == "count" and number.denominator != 1:
        raise AnswerError(f"“{fact.name}”要填整数")
    if number < fact.least or (fact.most is not None and number > fact.most):
        most = "" if fact.most is None else f"，不大于 {number_text(fact.most)}"
        raise AnswerError(f"“{fact.name}”要不小于 {number_text(fact.least)}{most}")
    return number


# Answering -------------------------------------------------------------------------------------------------------


def answer(interview: Interview, rules: Rules, name: str, raw: object | None) -> Interview:
    """The interview after ``name`` was answered; ``None`` is 不知道. A fact answered before is changed.

    Answers to questions that are no longer asked (their ``only_if`` became false) are dropped. Raises ``AnswerError``.
    """
    fact = rules.facts.get(name)
    if fact is None:
        raise AnswerError(f"没有“{name}”这个问题")
    value = None if raw is None else read_answer(fact, raw)
    if name in interview.asked:
        answers = tuple((each, value if each == name else old) for each, old in interview.answers)
    else:
        answers = (*interview.answers, (name, value))
    return _without_needless(replace(interview, answers=answers), rules)


def replay(answers: Iterable[tuple[str, object | None]], rules: Rules, schemes: tuple[str, ...] = ()) -> Interview:
    """The interview in which these answers were given one after the other. Raises ``AnswerError``."""
    interview = Interview(schemes=schemes)
    for name, raw in answers:
        interview = answer(interview, rules, name, raw)
    return interview


def _without_needless(interview: Interview, rules: Rules) -> Interview:
    """Without the answers to questions that would not be asked now; dropping one may make another needless."""
    situation = Situation(rules, interview.known)
    kept = tuple((name, value) for name, value in interview.answers if situation.asks(name))
    return interview if kept == interview.answers else _without_needless(replace(interview, answers=kept), rules)


def progress(interview: Interview, rules: Rules) -> tuple[int, int]:
    """How many of the schemes no further answer can change, and how many there are."""
    schemes, asked = _screened(interview, rules), interview.asked
    situation = Situation(rules, interview.known)
    return sum(not _missing(scheme, situation) - asked for scheme in schemes), len(schemes)


# Asking ----------------------------------------------------------------------------------------------------------


def next_question(interview: Interview, rules: Rules) -> Fact | None:
    """The fact to ask next, ``None`` where no answer can settle anything more."""
    schemes, asked, known = _screened(interview, rules), interview.asked, interview.known
    situation = Situation(rules, known)
    missing = {scheme.id: _missing(scheme, situation) - asked for scheme in schemes}
    candidates = frozenset().union(*missing.values())
    if not candidates:
        wanted = frozenset().union(*(_missing_to_amounts(scheme, situation) for scheme in schemes)) - asked
        return next((fact for name, fact in rules.facts.items() if name in wanted), None)

    def left_open(name: str) -> tuple[Fraction, Fraction]:
        """What answering ``name`` is expected to change: the number of open schemes, and of facts they lack."""
        affected = [scheme for scheme in schemes if name in missing[scheme.id]]
        outcomes = rules.facts[name].outcomes()
        situations = [Situation(rules, {**known, name: outcome}) for outcome in outcomes]
        after = [len(_missing(scheme, each) - asked - {name}) for each in situations for scheme in affected]
        opened = Fraction(sum(count > 0 for count in after), len(outcomes)) - len(affected)
        lacking = Fraction(sum(after), len(outcomes)) - sum(len(missing[scheme.id]) for scheme in affected)
        return opened, lacking

    return min(
        (fact for name, fact in rules.facts.items() if name in candidates), key=lambda fact: left_open(fact.name)
    )


def _screened(interview: Interview, rules: Rules) -> list[Scheme]:
    return [each for each in rules.schemes if not interview.schemes or each.id in interview.schemes]


def _missing(scheme: Scheme, situation: Situation) -> frozenset[str]:
    """The facts that could settle ``scheme``, none where it is settled."""
    result = requirement(scheme, situation)
    return result.missing if isinstance(result, Unknown) else frozenset()


def _missing_to_amounts(scheme: Scheme, situation: Situation) -> frozenset[str]:
    """The facts that the amounts of ``scheme`` lack, where it is 可能符合."""
    if requirement(scheme, situation) is not True:
        return frozenset()
    values = (worth(amount, situation) for amount in scheme.amounts if amount.formula is not None)
    return frozenset().union(*(value.missing for value in values if isinstance(value, Unknown)))
