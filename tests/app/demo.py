"""A small assistant over documents of our own making, so that the pages are tested apart from the search.

``python tests/app/demo.py FOLDER [--no-index]`` serves it on a free port, to look at; the votes go to FOLDER.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.errors import IndexUnusable
from assistant.types import (
    Answer,
    Calculation,
    Citation,
    Document,
    Figure,
    Hit,
    Metadata,
    Part,
    Passage,
    Refusal,
    Sentence,
    Source,
)

ATTACK = "<script>alert(1)</script>"
IMAGE_ATTACK = '<img src=x onerror="alert(2)">'

REPORT = """青山县民政局2024年度工作报告

一、主要工作

（一）兜牢困难群众底线。今年以来，我们坚持应保尽保，逐村逐户核对家庭收入，凡是符合条件的都及时纳入。
一是提高补助水平。从2024年1月起，农村居民最低生活保障标准由每人每月704元提高到每人每月731元，城镇居民由每人每月930元提高到每人每月961元，补差水平同步提高。各镇民政办已按新标准补发。
二是扩大覆盖范围。全县在册低保对象2316户4102人，全年发放低保金1893.6万元。

（二）管好社会组织。全县登记社会团体86个，其中行业协会21个。

二、下一步打算

继续做好困难群众救助，推进养老服务设施建设。
"""
RULES = f"""青山县临时救助暂行办法

第一章 总则

第一条　为了帮助遇到急难的家庭渡过难关，制定本办法。

第二章 申请

第二条　有下列情形之一的，可以申请临时救助：
（一）因火灾、交通事故等意外，基本生活暂时出现严重困难的；
（二）因家庭成员突发重大疾病，支出突然增加的。

第三条　申请人向户籍所在地乡镇人民政府提出申请；情况紧急的，可以先行救助，再补办手续。\
示例文字：{ATTACK}和{IMAGE_ATTACK}以及${{alert(3)}}、{{{{constructor}}}}都应当照样显示。

第三章 附则

第四条　本办法自2020年3月1日起施行，有效期三年。
"""


def _document(id: str, title: str, text: str, metadata: Metadata, warnings: tuple[str, ...] = ()) -> Document:
    return Document(id, title, text, Source(f"{id}.txt", "0" * 64, "utf-8", "txt"), metadata, warnings=warnings)


report = _document(
    "bao-gao/2024",
    "青山县民政局2024年度工作报告",
    REPORT,
    Metadata(
        issuer="青山县民政局", issued=date(2025, 1, 7), region="青山县", form="摘编", level="工作报告", omitted=(3, 4)
    ),
    warnings=("第12行有一个数字无法复原。",),
)
rules = _document(
    'ban-fa "2020"&<b>',
    f"青山县临时救助暂行办法{IMAGE_ATTACK}",
    RULES,
    Metadata(
        issuer="青山县人民政府",
        number="青府规〔2020〕3号",
        issued=date(2020, 2, 10),
        effective=date(2020, 3, 1),
        expires=date(2023, 2, 28),
        status="已失效",
        region="青山县",
        source_url="javascript:alert(4)",
    ),
)
notice = _document(
    "tong-zhi",
    "青山县关于做好冬季救助工作的通知",
    "青山县关于做好冬季救助工作的通知\n\n各镇：请于12月前完成排查。\n",
    Metadata(
        issuer="青山县民政局", number="青民〔2024〕20号", issued=date(2024, 11, 2), status="现行有效", region="青山县"
    ),
)


def _passage(document: Document, first: str, last: str, heading: tuple[str, ...], label: str, *parts: str) -> Passage:
    start = document.text.index(first)
    end = document.text.index(last, start) + len(last)
    named = []
    for part in parts:
        label_of_part, _, begins = part.partition("=")
        at = document.text.index(begins, start)
        stop = document.text.find("\n", at)
        named.append(Part(at, stop if stop > 0 else end, label_of_part))
    return Passage(document, start, end, heading, label, tuple(named))


floor = _passage(
    report,
    "（一）兜牢",
    "1893.6万元。",
    ("一、主要工作",),
    "一（一）",
    "一（一）一是=一是提高",
    "一（一）二是=二是扩大",
)
associations = _passage(report, "（二）管好", "21个。", ("一、主要工作",), "一（二）")
plans = _passage(report, "继续做好", "建设。", ("二、下一步打算",), "二")
purpose = _passage(rules, "第一条", "本办法。", ("第一章 总则",), "第一条")
cases = _passage(
    rules,
    "第二条",
    "增加的。",
    ("第二章 申请",),
    "第二条",
    "第二条第一款第（一）项=（一）因",
    "第二条第一款第（二）项=（二）因",
)
where = _passage(rules, "第三条", "照样显示。", ("第二章 申请",), "第三条")
validity = _passage(rules, "第四条", "三年。", ("第三章 附则",), "第四条")
winter = _passage(notice, "各镇：", "排查。", (), "第一段")

rural_quote = "从2024年1月起，农村居民最低生活保障标准由每人每月704元提高到每人每月731元"


def rural(question: str) -> Answer:
    """An answer with a figure, two sources and a notice."""
    amount, covered = Citation(floor, rural_quote), Citation(floor, "全县在册低保对象2316户4102人")
    return Answer(
        question,
        sentences=(
            Sentence("农村居民最低生活保障标准为每人每月731元。", (amount,)),
            Sentence("全县在册低保对象2316户4102人。", (covered,)),
        ),
        figures=(
            Figure(
                Decimal("731"),
                "元/人·月",
                "731元",
                amount,
                "低保",
                "标准",
                "农村",
                "青山县",
                "2024年1月起",
                Decimal("704"),
            ),
        ),
        notices=("语料中最新的是2024年的标准。",),
        hits=(Hit(floor, 9.5, 1),),
    )


def urban(question: str) -> Answer:
    """A follow-up that was completed."""
    quote = Citation(floor, "城镇居民由每人每月930元提高到每人每月961元")
    return Answer(
        question,
        understood="青山县城镇低保标准是多少",
        sentences=(Sentence("城镇居民最低生活保障标准为每人每月961元。", (quote,)),),
        figures=(
            Figure(Decimal("961"), "元/人·月", "961元", quote, "城镇低保", "标准", "城镇", earlier=Decimal("930")),
        ),
    )


def either(question: str) -> Answer:
    """An answer that leaves open which of two figures was meant; one of the questions back holds markup."""
    both = rural(question), urban(question)
    return Answer(
        question,
        sentences=(both[0].sentences[0], both[1].sentences[0]),
        figures=both[0].figures + both[1].figures,
        choices=("农村的标准是多少", f"城镇的标准是多少{ATTACK}"),
    )


def grown(question: str) -> Answer:
    """A result computed from a cited figure, in a sentence that says more than was asked."""
    quote = Citation(floor, f"{rural_quote}，城镇居民由每人每月930元提高到每人每月961元")
    now = Figure(
        Decimal("731"), "元/人·月", "731元", quote, "低保", "标准", "农村", "青山县", earlier=Decimal("704")
    )  # fmt: skip
    return Answer(
        question,
        sentences=(Sentence(quote.quote, (quote,), (0, len(rural_quote))),),
        figures=(now,),
        calculations=(Calculation("农村低保比原来高", "731 − 704 = 27", Decimal(27), "元/人·月", (now,)),),
    )


def urgent(question: str) -> Answer:
    """An answer from a repealed document that holds markup."""
    quotes = [
        Citation(where, f"情况紧急的，可以先行救助，再补办手续。示例文字：{ATTACK}和{IMAGE_ATTACK}以及${{alert(3)}}"),
        Citation(cases, "（一）因火灾、交通事故等意外，基本生活暂时出现严重困难的；"),
    ]
    return Answer(
        question,
        sentences=(Sentence(quotes[0].quote, (quotes[0], quotes[1])),),
        notices=("所引办法已经失效。",),
    )


def refused(question: str) -> Answer:
    """A refusal with a document near to it."""
    message = f"语料里没有说到“{question}”。可以换一种说法，或者写明是哪项救助。"
    return Answer(question, refusal=Refusal("not_found", message, (notice, rules)))


@dataclass(frozen=True)
class DemoAssistant:
    """Answers by a word in the question; with no word that it knows, it refuses."""

    documents: Mapping[str, Document] = field(default_factory=lambda: {one.id: one for one in (report, rules, notice)})
    passages: Sequence[Passage] = (floor, associations, plans, purpose, cases, where, validity, winter)

    def ask(self, question: str, turns: Sequence[str] = (), day: date | None = None) -> Answer:
        if "出错" in question:
            raise RuntimeError("as asked")
        if "等一等" in question:
            time.sleep(0.8)
        if "城镇" in question and turns and "农村" in turns[-1]:
            return urban(question)
        if "城乡" in question:
            return either(question)
        if "涨了多少" in question:
            return grown(question)
        if "农村" in question:
            return rural(question)
        if "急" in question:
            return urgent(question)
        return refused(question)


def today() -> date:
    """A day on which nothing about the documents changes with time."""
    return date(2025, 6, 1)


NO_INDEX = IndexUnusable("还没有建立索引。请运行：assistant build")


if __name__ == "__main__":
    from assistant.app.main import serve

    serve(
        NO_INDEX if "--no-index" in sys.argv else DemoAssistant(),
        host="127.0.0.1",
        port=0,
        feedback=Path(sys.argv[1]) / "feedback.sqlite3",
    )
