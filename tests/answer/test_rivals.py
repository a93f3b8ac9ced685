from __future__ import annotations

import pytest

from assistant.answer.rivals import about_a_rival

RIVALS = [(("结婚", "离婚"), ("结婚证", "离婚证")), (("非公募基金会", "公募基金会"), ())]


@pytest.mark.parametrize(
    ("asked", "told", "rival"),
    [
        ("结婚登记要带什么", "离婚登记要带身份证和结婚证", True),
        ("结婚登记要带什么", "婚姻登记不收费", False),
        ("结婚登记要带什么", "结婚、离婚登记都要本人到场", False),
        ("登记收费吗", "离婚登记不收费", False),
        ("公募基金会的原始基金", "非公募基金会不低于二百万元", True),
        ("基金会的理事", "非公募基金会的理事", False),
    ],
)
def test_a_text_is_about_a_rival_where_it_names_only_the_other(asked: str, told: str, rival: bool) -> None:
    assert about_a_rival(asked, told, RIVALS) is rival
