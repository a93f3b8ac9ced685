"""The folder of schemes: what is wrong in it is named by file and entry, in plain words."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.reading import book_from, read_book
from assistant.errors import CorpusError
from tests.eligibility.small_book import ALLOWANCE, FACTS, GRANT, THRESHOLDS, book, table


def test_a_book_is_read_in_its_order(tmp_path: Path) -> None:
    for name, text in {"facts": FACTS, "thresholds": THRESHOLDS, "grant": GRANT, "allowance": ALLOWANCE}.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "households.toml").write_text("", encoding="utf-8")
    read = read_book(tmp_path)
    assert [scheme.id for scheme in read.schemes] == ["grant", "allowance"]
    assert read == book()


def test_a_folder_without_schemes_and_a_file_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"读不了 .*facts\.toml"):
        read_book(tmp_path)
    (tmp_path / "facts.toml").write_text(FACTS, encoding="utf-8")
    with pytest.raises(CorpusError, match="没有救助项目"):
        read_book(tmp_path)
    (tmp_path / "bad.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"读不懂 .*bad\.toml"):
        read_book(tmp_path)


FLAWS = [
    # (which text, what to replace, by what, what is said)
    ("facts", 'name = "年龄"', 'name = "年 龄"', "名字“年 龄”不能用"),
    ("facts", 'name = "年龄"', 'name = "且"', "名字“且”不能用"),
    ("facts", 'name = "年龄"', 'name = "人口"', "名字“人口”用了两次"),
    ("facts", "typical = [30, 59, 60, 80]\n", "", "“年龄”是 amount、count 才有 typical"),
    ("facts", 'options = ["一级", "二级", "三级"]\n', "", "“残疾等级”是 choice 才有 options"),
    ("facts", 'otherwise = "没有"\n', "", "“残疾等级”的 only_if 和 otherwise"),
    ("facts", 'otherwise = "没有"\n', "otherwise = 3\n", "“残疾等级”的 otherwise 与它的答案不是一类"),
    ("facts", 'only_if = "残疾证"', 'only_if = "残疾证 = 有"', "“残疾等级”的 only_if：“是、否”和文字不能比较"),
    ("facts", 'only_if = "残疾证"', 'only_if = "老年"\nwhose = 1', "facts.toml：“残疾等级”，whose：没有这一项"),
    ("facts", 'value = "年龄 ≥ 60"', 'value = "年龄 ≥ 六十"', "“老年”：数和文字不能比较"),
    ("facts", 'value = "年龄 ≥ 60"', 'value = "年龄 ≥"', "facts.toml：“老年”，cases “年龄 ≥”，value：没有写完"),
    ("facts", 'name = "服刑"\nkind = "choice"', 'name = "服刑"\nkind = "pick"', "“服刑”，kind：只能是 'yes_no'、'choice'"),
    ("thresholds", 'region = "北省", since = 2024-01-01', 'region = "北省"', "“补助标准”，数值“450”，since：缺少这一项"),
    ("thresholds", "[[threshold]]", "[[figure]]", "thresholds.toml：不认识“figure”"),
    ("grant", 'when = "本县户籍"', 'when = "本市户籍"', "grant.toml：条件“户籍”的 when：不认识“本市户籍”"),
    ("grant", 'when = "本县户籍"', 'when = "本县户籍 且"', "grant.toml：条件“户籍”，when：没有写完"),
    ("grant", 'when = "本县户籍"', "when = true", "grant.toml：条件“户籍”，when：要写成文字"),
    ("facts", "most = 130", 'most = "很大"', "facts.toml：“年龄”，most：要写成数"),
    ("grant", 'when = "服刑年数 ≥ 3"', 'when = "服刑年数"', "条件“满三年”的 when：要是能用是、否回答的"),
    ("grant", 'when = "服刑 = 在服刑"', 'when = "服刑 = 坐牢"', "“坐牢”不在可选的答案“在服刑、没有”里"),
    ("grant", 'when = "服刑 = 在服刑"', "", "条件“服刑”：window = true 时不写 when"),
    ("grant", 'lifts = ["服刑"]', 'lifts = ["坐牢"]', "条件“满三年”的 lifts 里没有这个条件：坐牢"),
    ("grant", 'lifts = ["服刑"]\n', "", "条件“满三年”：是 exception 才有 lifts"),
    ("grant", 'id = "收入"', 'id = "户籍"', "条件“户籍”用了两次，日期有重叠"),
    ("grant", 'role = "disqualifies"\n', 'role = "disqualifies"\none_of = "甲"\n', "one_of 只用于 required"),
    ("grant", 'role = "disqualifies"\n', 'role = "forbids"\n', "grant.toml：条件“服刑”，role：只能是 'required'、"),
    ("grant", 'formula = "补助标准 - 人均收入"', 'formula = "老年"', "金额“差额”的 formula：要是一个数"),
    ("grant", 'formula = "补助标准 - 人均收入"\n', "", "金额“差额”：window = true 时不写 formula"),
    ("grant", 'with = "allowance"', 'with = "pension"', "没有“pension”这个项目"),
    ("grant", 'kind = "不能同时享受"', 'kind = "先办"', "与 allowance 的关系：先办才有 lacking"),
    ("grant", 'kind = "不能同时享受"', 'kind = "先办"\nlacking = "年纪"', "与 allowance 的关系：先办才有 lacking"),
    ("grant", 'quote = "家庭财产由窗口核定"', 'quote = ""', "条件“财产”，出处第 1 个，quote：不能是空的"),
    ("grant", "until = 2026-07-01", 'until = "明年"', "条件“户籍”，until：要写成日期"),
    ("grant", 'title = "补助"\n', "", "title：缺少这一项"),
    ("grant", 'title = "补助"', 'title = "补助"\nname_of = "x"', "name_of：没有这一项"),
]  # fmt: skip


@pytest.mark.parametrize(("which", "before", "after", "said"), FLAWS)
def test_a_flaw_is_named(which: str, before: str, after: str, said: str) -> None:
    texts = {"facts": FACTS, "thresholds": THRESHOLDS, "grant": GRANT}
    assert before in texts[which]
    texts[which] = texts[which].replace(before, after, 1)
    with pytest.raises(CorpusError, match=said):
        book(**texts)


def test_facts_that_depend_on_each_other() -> None:
    circle = FACTS.replace('only_if = "残疾证"', 'only_if = "老年"').replace(
        'value = "年龄 ≥ 60"', 'value = "残疾等级 = 一级"'
    )
    with pytest.raises(CorpusError, match="残疾等级 → 老年 → 残疾等级 互相依赖"):
        book(facts=circle)


def test_a_condition_may_stand_twice_on_other_days() -> None:
    later = GRANT.replace('id = "收入"', 'id = "户籍"\nsince = 2026-07-01').replace(
        'lifts = ["收入"]', 'lifts = ["户籍"]'
    )
    assert [each.id for each in book(grant=later).schemes[0].conditions][:2] == ["户籍", "户籍"]


def test_a_scheme_may_have_thresholds_of_its_own() -> None:
    own = GRANT + THRESHOLDS.replace("补助标准", "另外的标准").split("\n\n[[threshold]]")[0]
    assert "另外的标准" in book(grant=own).thresholds


_VALUES = st.sampled_from(
    [None, 3, True, "", "年龄", "甲 且", [], [1], {}, {"with": 1}, date(2026, 1, 1), Decimal("1.5")]
)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_spoilt_table_is_a_book_or_a_named_flaw(data: st.DataObject) -> None:
    tables = {name: table(text) for name, text in (("facts", FACTS), ("thresholds", THRESHOLDS), ("grant", GRANT))}
    here: Any = tables[data.draw(st.sampled_from(sorted(tables)))]
    while isinstance(here, dict | list) and here:
        step = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[step], dict | list) or data.draw(st.integers(0, 5)) == 0:
            value = data.draw(_VALUES)
            if value is None:
                del here[step]
            else:
                here[step] = value
            break
        here = here[step]
    with contextlib.suppress(CorpusError):
        book_from(tables["facts"], tables["thresholds"], {"grant": tables["grant"], "allowance": table(ALLOWANCE)})
