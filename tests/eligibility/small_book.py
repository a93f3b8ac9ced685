"""A small made-up county: two schemes, a figure that changes with the day and the place, and every kind of condition."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant.eligibility.reading import book_from
from assistant.eligibility.rules import Rules, rules_on
from assistant.eligibility.scheme import Book
from assistant.types import Document, Metadata, Passage, Source

HERE = ("东县", "北省", "国家")

RULE = """第一条　家庭人均收入低于补助标准的，可以申请补助；家庭财产由窗口核定。

第二条　收入不低于补助标准，但是家里有重病人的，也可以申请补助。正在服刑的，不给补助；服刑满三年的除外。

第三条　六十周岁以上的老年人，或者持证的一级、二级残疾人，或者县里认定的其他人，可以申请津贴。

第四条　补助按补助标准与人均收入的差额发给。自2026年7月1日起，外县户籍也可以申请补助。"""
FIGURES = "2025年补助标准为500元；2026年补助标准为600元。北省补助标准为450元。"

FACTS = """
[[fact]]
name = "本县户籍"
kind = "yes_no"
question = "户口在本县吗？"
why = "补助发给本县的人。"
group = "基本情况"

[[fact]]
name = "年龄"
kind = "count"
unit = "岁"
question = "多大年纪？"
why = "津贴发给老年人。"
typical = [30, 59, 60, 80]
most = 130
group = "基本情况"

[[fact]]
name = "人口"
kind = "count"
unit = "人"
question = "几口人？"
why = "要算人均收入。"
typical = [1, 2, 4]
least = 1
group = "家庭"

[[fact]]
name = "月收入"
kind = "amount"
unit = "元/月"
question = "全家一个月收入多少？"
why = "要算人均收入。"
typical = [0, 500, 1000, 2400]
group = "家庭"

[[fact]]
name = "重病人"
kind = "yes_no"
question = "家里有重病人吗？"
why = "有重病人的可以放宽收入。"
group = "家庭"

[[fact]]
name = "服刑"
kind = "choice"
question = "正在服刑吗？"
why = "服刑期间一般不发。"
options = [{ value = "没有", says = "没有服刑" }, { value = "在服刑", says = "正在服刑" }]
group = "基本情况"

[[fact]]
name = "服刑年数"
kind = "count"
unit = "年"
question = "服刑几年了？"
why = "满三年的除外。"
typical = [1, 3, 5]
only_if = "服刑 = 在服刑"
otherwise = 0
group = "基本情况"

[[fact]]
name = "残疾证"
kind = "yes_no"
question = "有残疾证吗？"
why = "津贴发给残疾人。"
group = "身体"

[[fact]]
name = "残疾等级"
kind = "choice"
question = "几级？"
why = "津贴只发给一级、二级。"
options = ["一级", "二级", "三级"]
only_if = "残疾证"
otherwise = "没有"
group = "身体"

[[derived]]
name = "人均收入"
unit = "元/人·月"
value = "月收入 / 人口"

[[derived]]
name = "老年"
value = "年龄 ≥ 60"
"""

THRESHOLDS = """
[[threshold]]
name = "补助标准"
unit = "元/人·月"
values = [
  { value = 500, region = "东县", since = 2025-01-01, until = 2026-01-01, references = [
    { document = "figures", article = "全文", quote = "2025年补助标准为500元" },
  ] },
  { value = 600, region = "东县", since = 2026-01-01, known_until = 2026-12-31, references = [
    { document = "figures", article = "全文", quote = "2026年补助标准为600元" },
  ] },
  { value = 450, region = "北省", since = 2024-01-01, references = [
    { document = "figures", article = "全文", quote = "北省补助标准为450元" },
  ] },
]

[[threshold]]
name = "没有公布的标准"
unit = "元/人·月"
note = "没有公布的标准要到窗口问"
values = []
"""

GRANT = """
title = "补助"
for_whom = "收入低的家庭"
order = 1

[[condition]]
id = "户籍"
says = "户口在本县"
when = "本县户籍"
until = 2026-07-01
references = [{ document = "rule", article = "第一条", quote = "可以申请补助" }]

[[condition]]
id = "收入"
says = "人均收入低于补助标准"
when = "人均收入 < 补助标准"
references = [{ document = "rule", article = "第一条", quote = "家庭人均收入低于补助标准的" }]

[[condition]]
id = "重病"
role = "exception"
lifts = ["收入"]
says = "家里有重病人"
when = "重病人"
references = [{ document = "rule", article = "第二条", quote = "家里有重病人的，也可以申请补助" }]

[[condition]]
id = "服刑"
role = "disqualifies"
says = "正在服刑"
when = "服刑 = 在服刑"
references = [{ document = "rule", article = "第二条", quote = "正在服刑的，不给补助" }]

[[condition]]
id = "满三年"
role = "exception"
lifts = ["服刑"]
says = "服刑满三年"
when = "服刑年数 ≥ 3"
references = [{ document = "rule", article = "第二条", quote = "服刑满三年的除外" }]

[[condition]]
id = "财产"
window = true
says = "家庭财产"
references = [{ document = "rule", article = "第一条", quote = "家庭财产由窗口核定" }]

[[amount]]
id = "差额"
says = "每人每月补足差额"
formula = "补助标准 - 人均收入"
when = "人均收入 < 补助标准"
unit = "元/人·月"
references = [{ document = "rule", article = "第四条", quote = "补助按补助标准与人均收入的差额发给" }]

[[paper]]
says = "病历"
when = "重病人"
references = [{ document = "rule", article = "第二条", quote = "家里有重病人的" }]

[[relation]]
kind = "不能同时享受"
with = "allowance"
says = "补助和津贴只能领一样"
references = [{ document = "rule", article = "第四条", quote = "补助按补助标准与人均收入的差额发给" }]
"""

ALLOWANCE = """
title = "津贴"
for_whom = "老年人、残疾人"
order = 2

[[condition]]
id = "老人"
one_of = "对象"
says = "六十岁以上"
when = "老年"
references = [{ document = "rule", article = "第三条", quote = "六十周岁以上的老年人" }]

[[condition]]
id = "残疾"
one_of = "对象"
says = "一级、二级残疾"
when = "残疾等级 属于 [一级, 二级]"
references = [{ document = "rule", article = "第三条", quote = "一级、二级残疾人" }]

[[amount]]
id = "津贴"
says = "由窗口定"
window = true
references = [{ document = "rule", article = "第三条", quote = "可以申请津贴" }]
"""


def table(text: str) -> dict[str, object]:
    return tomllib.loads(text, parse_float=Decimal)


def book(facts: str = FACTS, thresholds: str = THRESHOLDS, grant: str = GRANT, allowance: str = ALLOWANCE) -> Book:
    return book_from(table(facts), table(thresholds), {"grant": table(grant), "allowance": table(allowance)})


@lru_cache
def rules(day: date = date(2026, 3, 1)) -> Rules:
    return rules_on(book(), day, HERE)


def passages() -> list[Passage]:
    """The rule article by article, and the figures as one passage."""
    found, start = [], 0
    document = _document("rule", RULE, date(2025, 1, 1))
    for article in RULE.split("\n\n"):
        start = RULE.index(article, start)
        found.append(Passage(document, start, start + len(article), label=article.split("　")[0]))
    return [*found, Passage(_document("figures", FIGURES, None), 0, len(FIGURES), label="全文")]


def _document(id: str, text: str, effective: date | None) -> Document:
    source = Source(f"{id}.txt", "0" * 64, "utf-8", "txt")
    return Document(id, f"{id}的标题", text, source, Metadata(effective=effective))
