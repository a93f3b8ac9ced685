"""What only accompanies a follow-up is taken off; what says something stays."""

from __future__ import annotations

import pytest

from assistant.answer.spoken import is_nod, plain

PLAIN = {
    "哦1461,那调之前呢": "那调之前呢",
    "是913吧?那2025年呢": "那2025年呢",
    "好的。那怎么申请": "那怎么申请",
    "住房救助呢?听说不用找镇上": "住房救助呢",
    "困难残疾人那个补贴呢": "困难残疾人补贴呢",
    "我家还有个公司,它的年报呢": "公司的年报呢",
    "不对,我是说城镇的": "城镇的呢",
    "我想问的是怎么申请": "怎么申请",
    "不是农村,是城镇": "城镇呢",
    "这样的孩子有几个?我说的是集中供养的": "集中供养的孩子有几个?",
}
KEPT = (
    "好人好事怎么表彰",
    "2023年,城镇的呢",
    "是不是要本人去啊,还是可以代办",
    "行政复议多少天",
    "住房救助呢",
    "不是本人,可以代办吗",
    "我是残疾人,能领吗",
    "不对外公开的有哪些",
    "有个孩子没人管,他先前领低保",
)


@pytest.mark.parametrize("said", PLAIN)
def test_what_accompanies_a_follow_up_is_taken_off(said: str) -> None:
    assert plain(said) == PLAIN[said]


@pytest.mark.parametrize("said", KEPT)
def test_what_says_something_stays(said: str) -> None:
    assert plain(said) == said


def test_a_nod_asks_nothing() -> None:
    assert all(map(is_nod, ("好的", "谢谢!", "好的,谢谢", "明白了", "算了,不问了")))
    assert not any(map(is_nod, ("好的那要多久", "低保怎么申请", "行政复议", "好人好事")))
