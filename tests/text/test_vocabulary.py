from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.vocabulary import Vocabulary, parse_vocabulary, sound_of, vocabulary_from, vocabulary_of

SMALL = vocabulary_from({"低保": 8, "率": 1, "a1": 3})


def test_a_corpus_and_general_chinese_are_mixed() -> None:
    assert SMALL.counts == {"低保": 8, "率": 1}
    assert SMALL.shares["低保"] > SMALL.shares["材料"] > 0
    assert (SMALL.sound("低保"), SMALL.sound("底保"), SMALL.sound("女率")) == (
        ("di", "bao"),
        ("di", "bao"),
        ("nv", "lv"),
    )


def test_what_is_written_is_read() -> None:
    back = parse_vocabulary(SMALL.dump())
    assert (back.counts, back.sounds) == (SMALL.counts, SMALL.sounds)
    assert back.dump() == SMALL.dump()


def test_terms_are_added_once() -> None:
    more = SMALL.with_terms(["五保户", "低保", "abc"], 20)
    assert more.counts["五保户"] == more.counts["低保"] == 20
    assert more.sounds["五保户"] == ("wu", "bao", "hu")
    assert "abc" not in more.shares
    assert more.with_terms(["五保户"], 5).counts == more.counts


def test_the_words_of_texts_are_counted() -> None:
    assert vocabulary_of(["申请低保。", "申请"]).counts["申请"] == 2


@given(st.text(max_size=8))
def test_only_han_words_have_a_sound(text: str) -> None:
    assert len(sound_of(text)) in (0, len(text))


def test_no_words_are_no_failure() -> None:
    assert Vocabulary({}, {}, {}).with_terms(["低保"], 2).sound("低保") == ()
