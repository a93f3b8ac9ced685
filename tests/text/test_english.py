from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.settings import PROJECT
from assistant.text.english import English

CASES = yaml.safe_load(Path(__file__).with_name("english.yaml").read_text("utf-8"))
GLOSSARY = tomllib.loads((PROJECT / "corpus" / "english.toml").read_text("utf-8"))
ENGLISH = English(GLOSSARY, places={"lianzhou": "连州"})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_a_question_is_understood(case: dict[str, Any]) -> None:
    read = ENGLISH.read(case["ask"])
    if "says" in case:
        assert read == case["says"]
    assert [part for part in case.get("has", ()) if part not in read] == []


def test_british_and_american_spelling_are_the_same() -> None:
    assert ENGLISH.read("Is a labour organisation licence required?") == ENGLISH.read(
        "Is a labor organization license required?"
    )


def test_the_glossary_is_large_and_its_words_are_found() -> None:
    forms = [
        form for name in ("asking", "nouns", "verbs", "others") for forms in GLOSSARY[name].values() for form in forms
    ]
    assert len(forms) > 2500
    unread = [
        form
        for name in ("nouns", "verbs")
        for forms in GLOSSARY[name].values()
        for form in forms
        if ENGLISH.read(form) == form
    ]
    assert len(unread) < 0.01 * len(forms), unread


@given(st.text(alphabet="abcdehilnorstuw ',.?-0123456789%", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(ENGLISH.read(text), str)


@pytest.mark.parametrize("table", [{"nouns": ["低保"]}, {"verbs": {"申请": "apply"}}, {"nouns": {"低保": [""]}}])
def test_a_wrong_glossary_is_named(table: dict[str, Any]) -> None:
    with pytest.raises(CorpusError, match=r"english\.toml"):
        English(table)
