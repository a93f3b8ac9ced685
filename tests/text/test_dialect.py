from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.settings import PROJECT
from assistant.text.dialect import Dialect
from assistant.text.normalize import normalize

CASES = yaml.safe_load(Path(__file__).with_name("dialect.yaml").read_text("utf-8"))
TABLE = tomllib.loads((PROJECT / "corpus" / "dialect.toml").read_text("utf-8"))
DIALECT = Dialect(TABLE, {"冇爹冇娘": "孤儿", "低保": "最低生活保障"})


@pytest.mark.parametrize(("ask", "says"), CASES["says"].items())
def test_dialect_is_read(ask: str, says: str) -> None:
    assert DIALECT.read(normalize(ask)) == says


@pytest.mark.parametrize("text", CASES["must_not_change"])
def test_mandarin_stays_as_it_is(text: str) -> None:
    assert DIALECT.read(text) == text


def test_a_term_in_dialect_words_gives_the_official_one() -> None:
    assert DIALECT.read("冇爹冇娘的低保") == "孤儿的低保"


def test_the_shipped_documents_stay_as_they_are(shipped_texts: list[str]) -> None:
    lines = [normalize(line) for text in shipped_texts for line in text.splitlines()]
    assert [line for line in lines if DIALECT.read(line) != line] == []


@given(st.text(alphabet="佢系唔咗低保嘅边度点样攞返仲㗎 a，。", max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(DIALECT.read(text), str)


def test_a_wrong_table_is_named() -> None:
    with pytest.raises(CorpusError, match=r"dialect\.toml"):
        Dialect({"words": {"的": "嘅"}})


def test_latin_letters_of_dialect_are_not_found_inside_a_word() -> None:
    dialect = Dialect({"words": {"婴儿": ["bb"], "的": ["嘅"]}})
    assert dialect.read("hobby嘅bb") == "hobby的婴儿"
