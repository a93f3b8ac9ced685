"""What may be cited of what was found: rules in force, of the place asked about, or of home that speak of that place."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.question import understand
from assistant.answer.shelf import shelf
from assistant.types import Hit
from tests.making import document, lexicon, passages, places

TODAY = date(2026, 11, 23)
LAW = document("境外基金会，指在外国或者在北京市合法成立的基金会。", title="基金会条例", region="国家")


@pytest.mark.parametrize(
    ("question", "cited"),
    [("境外基金会包括北京市的吗", True), ("境外基金会包括戊市的吗", False), ("境外基金会是什么", True)],
)
def test_a_rule_of_home_that_speaks_of_the_place_may_be_cited(question: str, cited: bool) -> None:
    own = shelf(passages(LAW), lexicon(), places())
    hits = [Hit(each, score=1.0, rank=1) for each in own.passages]
    asked = understand(question, lexicon(), places(), TODAY)
    assert bool(own.citable(hits, asked, TODAY)) == cited
