from __future__ import annotations

import pytest

from assistant.answer.story import parts, tells


@pytest.mark.parametrize(
    "turn",
    [
        "我们几个同乡想凑个同乡会。",
        "过几天村委会换届。",
        "孩子爸妈都在坐牢",
        "双方已就解除收养关系达成一致。",
        "听说国家有救助",
    ],
)
def test_a_turn_that_tells(turn: str) -> None:
    assert tells(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "农村低保标准是多少", "那城镇的呢", "连州 低保 户数", "农村低保标准。", "行政处罚法第二十九条",
        "我家有几个人能领低保", "对处理不服就找上级对吧", "换成一类地区", "我能申请吗",
    ],
)  # fmt: skip
def test_a_turn_that_asks_or_only_names_something(turn: str) -> None:
    assert not tells(turn)


def test_a_story_goes_to_the_question_behind_it() -> None:
    first, second = parts(["我想办个养老院", "不挣钱的那种。", "要多少钱？", "谁批？"])
    assert first.story == ("我想办个养老院", "不挣钱的那种。")
    assert first.whole == "我想办个养老院。不挣钱的那种。要多少钱？"
    assert second.story == ()
    assert second.whole == "谁批？"


def test_the_last_turn_is_never_a_story() -> None:
    assert [part.turn for part in parts(["低保怎么申请", "我是农村的。"])] == ["低保怎么申请", "我是农村的。"]
