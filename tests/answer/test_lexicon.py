from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.lexicon import Lexicon, Term, lexicon_from
from assistant.errors import CorpusError
from tests.making import SYNONYMS, lexicon


def test_the_longest_form_wins() -> None:
    words = Lexicon([(Term("最低生活保障"), ["低保"]), (Term("低保边缘家庭"), [])])
    assert [mention.term.name for mention in words.mentions("低保和低保边缘家庭")] == ["最低生活保障", "低保边缘家庭"]


def test_latin_forms_are_whole_words_in_any_case() -> None:
    assert [mention.term.name for mention in lexicon().mentions("Rural DIBAO, ruralism")] == ["农村", "最低生活保障"]


def test_official_terms_take_the_place_of_what_people_say() -> None:
    assert lexicon().official("乡下吃低保") == "农村吃最低生活保障"


def test_a_part_knows_what_it_is_within() -> None:
    assert lexicon().parts_of("社会组织") == {"社会团体", "民办非企业单位"}


@pytest.mark.parametrize("entry", [{}, {"official": ""}, {"official": "农村", "say": [""]}, {"official": 3}])
def test_a_wrong_entry_is_named(entry: dict[str, object]) -> None:
    with pytest.raises(CorpusError, match="第 1 个"):
        lexicon_from({"term": [entry]})


@given(st.text(alphabet="农村低保金特困五户社团会组织 rualiboRURAL", max_size=40))
def test_mentions_agree_with_a_plain_search(text: str) -> None:
    forms = {
        form.lower(): entry["official"] for entry in SYNONYMS["term"] for form in (*entry["say"], entry["official"])
    }
    for mention in lexicon().mentions(text):
        assert forms[text[mention.start : mention.end].lower()] == mention.term.name
        longer = [form for form in forms if text.lower().startswith(form, mention.start) and not form.isascii()]
        assert all(len(form) <= mention.end - mention.start for form in longer)
