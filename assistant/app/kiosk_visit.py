"""What a visit to the kiosk is: a frozen value that the page holds and sends along, and what a touch can ask for.

Nothing of a visit is kept here between two touches. What arrives is from a browser, so it is checked as if it were from
anybody: its shape and its size here, what it means by the questions it claims to answer.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.app.conversation import LONGEST_QUESTION
from assistant.eligibility.interview import Interview, answer, next_question, replay
from assistant.eligibility.rules import Rules
from assistant.eligibility.scheme import Fact

Screen = Literal[
    "home", "standards", "ask", "answer", "begin", "question", "review", "results", "result", "ways", "way"
]

Name = Annotated[str, StringConstraints(max_length=100)]
Said = Annotated[str, StringConstraints(max_length=100)] | bool | None
"""What was answered: a number as it was typed, an option's value, yes or no, and ``None`` for 不知道."""
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]

MOST_ANSWERS = 200
MOST_QUESTIONS = 50


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Visit(_Frozen):
    """Where a person stands and what they said so far.

    ``answers`` are ``(fact, what was answered)`` in the order of asking; ``fact`` is the one that is asked (or changed)
    now; ``scheme`` is the one looked at; ``only`` is the one that the interview is about, empty for all of them;
    ``questions`` are those put to the assistant, oldest first.
    """

    screen: Screen = "home"
    answers: Annotated[tuple[tuple[Name, Said], ...], Field(max_length=MOST_ANSWERS)] = ()
    fact: Name = ""
    scheme: Name = ""
    only: Name = ""
    questions: Annotated[tuple[Words, ...], Field(max_length=MOST_QUESTIONS)] = ()


class Open(_Frozen):
    """Go to a screen: ``scheme`` is the one that ``way`` and ``result`` show, and the one ``begin`` is about."""

    do: Literal["open"]
    screen: Screen
    scheme: Name = ""


class Ask(_Frozen):
    """Put a question to the assistant."""

    do: Literal["ask"]
    question: Words


class Reply(_Frozen):
    """Answer a question of the interview, for the first time or anew."""

    do: Literal["reply"]
    fact: Name
    value: Said


class Change(_Frozen):
    """Go to a question that was answered before, to answer it anew."""

    do: Literal["change"]
    fact: Name


Act = Open | Ask | Reply | Change


class Touch(_Frozen):
    """One touch: the visit as it stood, and what is asked for."""

    visit: Visit
    act: Annotated[Act, Field(discriminator="do")]


def moved(visit: Visit, act: Act, rules: Rules | None) -> Visit:
    """The visit after ``act``. Raises ``AnswerError`` for an answer that its question does not admit."""
    match act:
        case Ask(question=question):
            return visit.model_copy(update={"screen": "answer", "questions": (*visit.questions, question)})
        case Change(fact=fact):
            return visit.model_copy(update={"screen": "question", "fact": fact})
        case Open(screen="question") if rules is not None:
            return _asking(visit, rules)
        case Reply(fact=fact, value=value) if rules is not None:
            return _asking(_answered(visit, fact, value, rules), rules)
        case Open(screen="begin", scheme=scheme):
            return visit.model_copy(update={"screen": "begin", "answers": (), "only": scheme})
        case Open(screen="standards"):
            return visit.model_copy(update={"screen": "standards", "questions": ()})
        case Open(screen=screen, scheme=scheme):
            return visit.model_copy(update={"screen": screen, "scheme": scheme})
        case _:
            return Visit()


def interview_of(visit: Visit, rules: Rules) -> Interview:
    """The interview that the answers of ``visit`` make. Raises ``AnswerError``."""
    return replay(visit.answers, rules, (visit.only,) if visit.only else ())


def _answered(visit: Visit, fact: str, value: bool | str | None, rules: Rules) -> Visit:
    interview = answer(interview_of(visit, rules), rules, fact, value)
    said = dict(visit.answers) | {fact: value}
    # The interview says which answers still count; they are passed on as they were given.
    return visit.model_copy(update={"answers": tuple((name, said[name]) for name, _ in interview.answers)})


def _asking(visit: Visit, rules: Rules) -> Visit:
    """At the next question, or at the check of the answers where there is none."""
    fact: Fact | None = next_question(interview_of(visit, rules), rules)
    return visit.model_copy(
        update={"screen": "question", "fact": fact.name} if fact else {"screen": "review", "fact": ""}
    )
