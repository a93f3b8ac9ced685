from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.focus import focus
from assistant.answer.lexicon import Lexicon, Term
from assistant.answer.places import places_from

CASES = yaml.safe_load(Path(__file__).with_name("focus.yaml").read_text("utf-8"))
TERMS = ["最低生活保障", "特困人员", "临时救助", "社会团体"]
LEXICON = Lexicon(
    [
        *((Term(name, "对象"), []) for name in TERMS),
        (Term("农村", "城乡"), []),
        (Term("家庭经济状况"), []),
        (Term("标准", "计量"), []),
    ]
)
PLACES = places_from(
    {"home": ["连州市", "广东省", "国家"], "provinces": {"上海市": [], "浙江省": [], "湖南省": [], "广东省": []}}
)


@pytest.mark.parametrize("case", CASES, ids=[case["ask"][:20] for case in CASES])
def test_what_asks_is_kept_and_the_story_goes(case: dict[str, Any]) -> None:
    chosen = focus(case["ask"], LEXICON, PLACES)
    assert [part for part in case["keeps"] if part not in chosen] == []
    assert [part for part in case.get("drops", ()) if part in chosen] == []


@given(st.text(alphabet="请问我家低保多少钱吗，。？！去年上海 \n", max_size=120))
def test_something_is_left_of_any_text(text: str) -> None:
    chosen = focus(text, LEXICON, PLACES)
    assert bool(chosen.strip("，。？！ \n")) or not text.strip("，。？！ \n") or chosen == text
