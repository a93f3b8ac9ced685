"""The screens of the kiosk up to the result: pure functions from a visit's values to strings, without gradio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.app import render
from assistant.app.conversation import LONGEST_QUESTION, Turn
from assistant.app.render import fill
from assistant.eligibility.expression import Value
from assistant.eligibility.interview import Interview, progress
from assistant.eligibility.rules import Rules
from assistant.eligibility.scheme import Fact, Scheme
from assistant.eligibility.telling import answer_text

TITLE = "民政自助"
# From so many answers on a person may stop and see what has come of them.
ENOUGH_TO_STOP = 5
MANY_OPTIONS = 5
SHORT_OPTION = 12


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the check of the answers shows it."""

    fact: Fact
    says: str


def page(home: str, idle_seconds: int, countdown_seconds: int) -> str:
    """The whole page, once; everything after is drawn into it."""
    return fill("kiosk.html", title=TITLE, home=home, idle_seconds=idle_seconds, countdown_seconds=countdown_seconds)


def home(standards: bool, schemes: bool) -> str:
    """The doors."""
    return fill("kiosk_home.html", standards=standards, schemes=schemes)


def closed(reason: str) -> str:
    """What stands in place of the doors where nothing can be answered."""
    return fill("kiosk_closed.html", reason=reason)


def standards(offered: Sequence[tuple[str, str]]) -> str:
    """The standards to choose from."""
    return fill("kiosk_standards.html", standards=offered)


def ask(examples: Sequence[str]) -> str:
    """Any question: examples as buttons, and a line to write one's own."""
    return fill("kiosk_ask.html", examples=examples, longest=LONGEST_QUESTION)


def answer(turn: Turn, today: date) -> str:
    """An answer with its figures large and its clauses below."""
    assert turn.answer is not None
    return fill("kiosk_answer.html", item=render.shown(turn), cards=render.cards(turn.answer, today))


def begin(only: Scheme | None, rules: Rules) -> str:
    """What the interview is, before its first question; ``only`` where it is about one scheme."""
    return fill("kiosk_begin.html", only=only, schemes=rules.schemes)


def question(fact: Fact, interview: Interview, rules: Rules) -> str:
    """One question, with its answers as buttons or a pad for its number."""
    answers = dict(interview.answers)
    return fill(
        "kiosk_question.html",
        fact=fact,
        number=list(answers).index(fact.name) + 1 if fact.name in answers else len(answers) + 1,
        settled=progress(interview, rules),
        choices=choices(fact),
        before=said(fact, answers[fact.name]) if fact.name in answers else "",
        many=len(fact.options) > MANY_OPTIONS,
        short=all(len(option.says) <= SHORT_OPTION for option in fact.options),
        may_stop=len(answers) >= ENOUGH_TO_STOP and fact.name not in answers,
    )


def choices(fact: Fact) -> tuple[tuple[str, bool | str], ...]:
    """The answers to a question that is not of a number: what a button says and what it means."""
    if fact.kind == "yes_no":
        yes, no = ("有", "没有") if "有没有" in fact.question else ("是", "不是")
        return (yes, True), (no, False)
    return tuple((option.says, option.value) for option in fact.options)


def said(fact: Fact, value: Value | None) -> str:
    """An answer in the words of its button, a number with its unit."""
    if isinstance(value, bool):
        return next(says for says, meant in choices(fact) if meant is value)
    return answer_text(fact, value)


def review(interview: Interview, rules: Rules) -> str:
    """Every answer, by what it is about, each to be changed."""
    groups: dict[str, list[Given]] = {}
    for name, value in interview.answers:
        fact = rules.facts[name]
        groups.setdefault(fact.group, []).append(Given(fact, said(fact, value)))
    return fill("kiosk_review.html", groups=groups)
