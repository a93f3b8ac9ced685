from __future__ import annotations

import pytest

from assistant.answer.dialogue import complete
from tests.making import lexicon, places

FIRST = "农村低保标准是多少"
CASES: list[tuple[list[str], str, str]] = [
    ([], FIRST, FIRST),
    ([FIRST], "那城镇的呢", "城镇最低生活保障标准是多少"),
    ([FIRST], "城镇呢？", "城镇最低生活保障标准是多少"),
    ([FIRST], "去年呢", "去年农村最低生活保障标准是多少"),
    ([FIRST, "去年呢"], "2023年呢", "2023年农村最低生活保障标准是多少"),
    ([FIRST, "那城镇的呢"], "有多少人领", "城镇最低生活保障有多少人领"),
    ([FIRST], "怎么申请", "农村最低生活保障怎么申请"),
    ([FIRST], "北京市的呢", "北京市农村最低生活保障标准是多少"),
    ([FIRST], "那五保户呢", "农村特困人员标准是多少"),
    ([FIRST], "社会团体有多少个", "社会团体有多少个"),
    (["慈善法第二十二条说什么"], "第二款呢", "慈善法第二十二条第二款"),
    (["慈善法第二十二条说什么"], "第三十条", "慈善法第三十条"),
    (["村民代表会议多长时间召开一次？"], "村民会议呢？", "村民会议多长时间召开一次?"),
    (["志愿者向服务对象收报酬可以吗"], "罚款几倍", "志愿者 服务 对象 报酬 罚款几倍"),
    ([FIRST], "今天天气怎么样", "今天天气怎么样"),
    ([FIRST], "社会救助法什么时候施行", "社会救助法什么时候施行"),
    ([FIRST], "要带什么材料", "农村最低生活保障要带什么材料"),
    ([FIRST], "", ""),
]


@pytest.mark.parametrize(("turns", "question", "expected"), CASES)
def test_a_follow_up_is_completed(turns: list[str], question: str, expected: str) -> None:
    assert complete(question, turns, lexicon(), places()) == expected
