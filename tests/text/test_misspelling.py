from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.index import use_dictionary
from assistant.settings import PROJECT
from assistant.text.misspelling import Corrector
from assistant.text.normalize import normalize
from assistant.text.tokens import configure
from assistant.text.vocabulary import Vocabulary, vocabulary_from

CASES = yaml.safe_load(Path(__file__).with_name("misspelling.yaml").read_text("utf-8"))
SMALL = Corrector(vocabulary_from(dict.fromkeys(["低保", "特困人员", "申请", "标准", "救助", "临时救助", "孤儿"], 30)))


@pytest.fixture
def corrector(shipped_words: Vocabulary) -> Iterator[Corrector]:
    use_dictionary(PROJECT / "corpus" / "dictionary.txt")
    yield Corrector(shipped_words)
    configure(())


@pytest.mark.parametrize(("typed", "meant"), CASES["corrected"].items())
def test_slips_are_put_right(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed) == meant


@pytest.mark.parametrize("text", CASES["must_not_change"])
def test_right_words_stay(corrector: Corrector, text: str) -> None:
    assert corrector.correct(text) == text


def test_the_shipped_documents_stay_as_they_are(corrector: Corrector, shipped_texts: list[str]) -> None:
    lines = [normalize(line) for text in shipped_texts for line in text.splitlines()]
    changed = [line for line in lines if corrector.correct(line) != line]
    assert len(changed) <= 0.002 * len(lines), changed


def test_what_is_kept_is_not_changed(corrector: Corrector) -> None:
    assert corrector.correct("底保，底保", lambda text: [(0, 2)]) == "底保，低保"


@given(st.text(alphabet="低底保特因困人员申情请标淮准的我不，。 a1", max_size=30))
def test_correcting_keeps_the_length(text: str) -> None:
    assert len(SMALL.correct(text)) == len(text)
