from __future__ import annotations

import pytest

from assistant.text.rewording import Rewording

TABLE = {
    "the meaning of …": ["what does … mean"],
    "the purpose of …": ["what is … for $"],
    "reserve": ["set aside", "set … aside"],
    "be served …": ["get a =notice|letter"],
    "": ["under the law"],
}


@pytest.fixture(scope="module")
def rewording() -> Rewording:
    return Rewording(TABLE.items(), lambda word: [word.removesuffix("s")])


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("what does a trust mean", "the meaning of a trust"),
        ("he sets aside money", "he reserve money"),
        ("what is the fund for", "the purpose of the fund"),
        ("what is the fund for orphans", "what is the fund for orphans"),
        ("we get a letter", "we be served letter"),
        ("who pays under the law", "who pays"),
        ("what , does it mean", "what , does it mean"),
    ],
)
def test_what_is_said_in_another_way_is_said_plainly(rewording: Rewording, said: str, plain: str) -> None:
    assert " ".join(rewording.plain(said.split())) == plain
