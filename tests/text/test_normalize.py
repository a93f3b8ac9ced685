from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.normalize import normalize

CASES = yaml.safe_load(Path(__file__).with_name("normalize.yaml").read_text("utf-8"))
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, exclude_characters="薴")  # 薴 > 苧 > 苎


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["given"]))
def test_case(case: dict[str, str]) -> None:
    assert normalize(case["given"]) == case["normal"]


@given(st.text(st.one_of(HAN, st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]))))
def test_twice_is_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_width_does_not_matter(text: str) -> None:
    assert normalize("".join(FULL_WIDTH.get(character, character) for character in text)) == normalize(text)


@given(st.lists(HAN, max_size=12), st.sampled_from([" ", "\n", "\u3000", "\t ", "\u200b"]))
def test_blanks_between_han_characters_do_not_matter(characters: list[str], blank: str) -> None:
    assert normalize(blank.join(characters)) == normalize("".join(characters))
