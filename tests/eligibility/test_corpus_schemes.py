"""The schemes of the corpus: every reference and case holds, and the properties hold for their rules and people too."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking import check_schemes
from assistant.eligibility.cases import read_households
from assistant.eligibility.expression import Value
from assistant.eligibility.interview import Interview, answer, next_question, replay
from assistant.eligibility.judge import judge_all
from assistant.eligibility.rules import Rules, rules_on
from assistant.pipeline import home, schemes
from assistant.settings import load_settings

SETTINGS = load_settings()
BOOK = schemes(SETTINGS)
DAYS = (
    date(2024, 3, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
)  # with older clauses, and on both sides of the law's first day
HOUSEHOLDS = read_households(SETTINGS.schemes / "households.toml", BOOK)

_days = st.sampled_from(DAYS)
_people = st.fixed_dictionaries(
    {name: st.one_of(st.none(), st.sampled_from(fact.outcomes())) for name, fact in BOOK.facts.items()}
)


@lru_cache
def rules_of(day: date) -> Rules:
    return rules_on(BOOK, day, home(SETTINGS))


def verdicts(answers: dict[str, Value], day: date) -> dict[str, str]:
    return {each.scheme.id: each.verdict for each in judge_all(answers, rules_of(day))}


def test_every_reference_holds_and_every_case_comes_out() -> None:
    report = check_schemes(load_settings(as_of="2026-07-01"))
    assert report.flaws == ()
    assert report.failures == ()
    assert len(report.book.schemes) >= 11
    assert len(report.cases) >= 200
    assert set(Counter(case.scheme for case in report.cases)) == {scheme.id for scheme in report.book.schemes}


@given(_people, _days, st.integers())
@settings(deadline=None, max_examples=30)
def test_no_order_of_answers_changes_a_verdict(people: dict[str, Value | None], day: date, seed: int) -> None:
    given_ = list(people.items())
    shuffled = given_.copy()
    Random(seed).shuffle(shuffled)
    one, other = replay(given_, rules_of(day)), replay(shuffled, rules_of(day))
    assert dict(one.answers) == dict(other.answers)
    assert verdicts(dict(one.known), day) == verdicts(dict(other.known), day)


@given(_people, _days, st.data())
@settings(deadline=None, max_examples=40)
def test_one_more_true_fact_leaves_every_settled_verdict(
    people: dict[str, Value | None], day: date, data: st.DataObject
) -> None:
    known = {name: value for name, value in people.items() if value is not None}
    name = data.draw(st.sampled_from(sorted(BOOK.facts)))
    more = known | ({} if name in known else {name: data.draw(st.sampled_from(BOOK.facts[name].outcomes()))})
    after = verdicts(more, day)
    assert {id: after[id] for id, verdict in verdicts(known, day).items() if verdict != "还缺信息"} == {
        id: verdict for id, verdict in verdicts(known, day).items() if verdict != "还缺信息"
    }


@pytest.mark.parametrize("day", DAYS[1:])
def test_the_interview_of_each_household_ends_with_the_verdicts_of_all_it_knows(day: date) -> None:
    assert len(HOUSEHOLDS) >= 50
    for household in HOUSEHOLDS:
        interview = Interview()
        while (question := next_question(interview, rules_of(day))) is not None:
            assert question.name not in interview.asked
            interview = answer(interview, rules_of(day), question.name, household.facts.get(question.name))
        assert verdicts(dict(interview.known), day) == verdicts(dict(household.facts), day), household.name
