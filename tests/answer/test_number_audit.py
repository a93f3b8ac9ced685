from __future__ import annotations

import pytest

from assistant.answer.audit import audit
from tests.making import document, lexicon, passages

CASES = [
    ("标准由每人每月1127元提高到每人每月1170元，比上年提高3.82%。", 1, []),
    ("标准由每人每月1127元提高到每人每月1170元，比上年提高4.2%。", 1, ["≈ 3.82%，写的是4.2%"]),
    ("低保对象共有5636户10432人，其中城镇343户490人，农村5293户9942人。", 2, []),
    ("低保对象共有5636户10432人，其中城镇343户491人，农村5293户9942人。", 2, ["491 + 9942 = 10433，写的是10432"]),
    ("孤儿有36人；事实孤儿有257人，其中散居256人，集中供养1人。", 1, []),
    ("登记的社会组织共150个：社会团体80个，民办非企业单位71个。", 1, ["80 + 71 = 151，写的是150"]),
    ("登记的社会组织共150个。\n\n提交报告的社会组织有123个，年报率达到90%。", 1, ["123 ÷ 150 ≈ 82%，写的是90%"]),
    ("登记的社会组织共150个。\n\n提交报告的社会组织有123个，年报率达到82%。", 1, []),
    ("第一条　申请人应当在30日内提出，可以延长15日。", 0, []),
]


@pytest.mark.parametrize(("text", "checked", "computed"), CASES)
def test_what_does_not_add_up_is_found_and_nothing_else(text: str, checked: int, computed: list[str]) -> None:
    count, doubts = audit(passages(document(f"工作报告\n\n{text}\n")), lexicon())
    assert count == checked
    assert [doubt.computed[-len(end) :] for doubt, end in zip(doubts, computed, strict=True)] == computed
    assert all(doubt.quote in doubt.passage.text for doubt in doubts)
