from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.question import Question, understand
from tests.making import lexicon, places

CASES = yaml.safe_load(Path(__file__).with_name("question.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)


def _asked(text: str) -> Question:
    return understand(text, lexicon(), places(), TODAY)


@pytest.mark.parametrize("case", CASES, ids=[case["ask"] for case in CASES])
def test_a_question_is_taken_apart(case: dict[str, Any]) -> None:
    asked = _asked(case["ask"])
    seen = {
        "form": asked.form.value,
        "kinds": [sorted(kind.value for kind in kinds) for kinds in asked.kinds],
        "slots": {group: list(names) for group, names in asked.slots.items()},
        "year": asked.year,
        "earlier": asked.earlier,
        "threshold": asked.threshold,
        "regions": list(asked.regions),
        "titles": list(asked.titles),
        "words": list(asked.words),
        "asked": list(asked.asked),
        "article": asked.article and [asked.article.article, asked.article.paragraph, asked.article.item],
    }
    for name, expected in case.items():
        if name == "slots":
            assert expected.items() <= seen["slots"].items()
        elif name == "no_slot":
            assert expected not in asked.slots
        elif name != "ask":
            assert seen[name] == expected, name


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert _asked(text).text == text
