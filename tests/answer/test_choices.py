"""The short question back: what is offered, and that every choice leads on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer.choices import choices
from assistant.answer.question import understand
from assistant.types import Answer
from tests.answer.library import TODAY, Library

CASES = yaml.safe_load(Path(__file__).with_name("choices.yaml").read_text(encoding="utf-8"))
LIBRARY = Library(CASES["documents"])
LEXICON = LIBRARY.shelf.lexicon


def offered(text: str, hears: Any = lambda choice: [choice]) -> tuple[str, ...]:
    """What is offered for a question, where a choice that is asked is heard as ``hears`` says."""

    def ask(choice: str) -> list[Answer]:
        return [LIBRARY.ask(each) for each in hears(choice)]

    question = understand(text, LEXICON, LIBRARY.shelf.places, TODAY)
    return choices(question, LIBRARY.ask(text), LEXICON, LIBRARY.shelf.places, ask)


@pytest.mark.parametrize("case", CASES["questions"], ids=[case["ask"] for case in CASES["questions"]])
def test_what_may_have_been_meant(case: dict[str, Any]) -> None:
    found = offered(case["ask"])
    assert list(found) == case.get("choices", [])
    for choice in found:
        again = LIBRARY.ask(choice)
        assert len(again.sentences) == 1
        assert len(again.figures) <= 1
        assert offered(choice) == ()


def test_a_choice_that_leads_elsewhere_takes_the_question_back_away() -> None:
    assert offered("低保标准是多少", lambda choice: ["农村低保标准是多少"]) == ()
    assert offered("低保标准是多少", lambda choice: [choice, "低保标准是多少"]) == ()
    assert offered("低保标准是多少", lambda choice: ["宠物补贴是多少"]) == ()
