"""A handful of items written by hand on the project's own corpus, for the tests of sessions and pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.ingest.read import read_file
from assistant.ingest.split import split
from assistant.quiz.paper import Question
from assistant.quiz.types import RIGHT_WRONG, Item, Origin
from assistant.types import Passage

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


@cache
def passages(file: str) -> tuple[Passage, ...]:
    return tuple(split(read_file(DOCUMENTS / file, DOCUMENTS)))


def origin(file: str, quote: str) -> Origin:
    passage = next(passage for passage in passages(file) if quote in passage.text)
    document, start = passage.document, passage.start + passage.text.index(quote)
    end = start + len(quote)
    return Origin(
        document.id, document.title, document.metadata.number, document.sha256, passage.label_at(start, end), quote,
        start, end, passage.text, passage.start, document.metadata.effective,
    )  # fmt: skip


MARRIAGE = "婚姻登记条例（2025）.txt"
ADOPTION = "中国公民收养子女登记办法（2023）.txt"
REVIEW = "中华人民共和国行政复议法（2023）.txt"

FEE = Item(
    "判断", "应当可以不得", "根据《婚姻登记条例》，办理婚姻登记要交纳登记费。", RIGHT_WRONG, (1,),
    explanation="办理婚姻登记不收费。", origin=origin(MARRIAGE, "办理婚姻登记不收费。"), why_wrong=("条例规定不收费。", ""),
)  # fmt: skip
SINGLE = Item(
    "单选", "责任主体", "根据《中国公民收养子女登记办法》，办理收养登记的机关是哪一个？",
    ("县级人民政府民政部门", "乡镇人民政府", "县级公安机关", "村民委员会"), (0,), explanation="收养登记由县级人民政府民政部门办理。",
    origin=origin(ADOPTION, "县级人民政府民政部门是办理收养登记的机关。"),
    why_wrong=("", "乡镇人民政府不办理收养登记。", "公安机关出具报案证明，不办理登记。", "村民委员会只出具证明。"),
)  # fmt: skip
MULTIPLE = Item(
    "多选", "条件情形", "根据《婚姻登记条例》，内地居民办理结婚登记要带哪些材料？",
    ("本人的身份证", "本人签字的声明", "户口簿", "单位介绍信"), (0, 1), explanation="带本人的身份证和本人签字的声明，不需要户口簿。",
    origin=origin(MARRIAGE, "内地居民办理结婚登记，要带本人的身份证和本人签字的声明。"),
    why_wrong=("", "", "办理结婚登记不需要户口簿。", "条例没有要求单位介绍信。"),
)  # fmt: skip
BLANKS = Item(
    "填空", "期限数字", "连州市2024年困难残疾人生活补贴的标准是每人每月____元。", answers=("202",),
    explanation="2024年的标准是202元/人·月。",
    origin=origin("残疾人两项补贴（2015）.txt", "连州市2024年困难残疾人生活补贴的标准是202元/人·月"),
)  # fmt: skip
ESSAY = Item(
    "简答", "条件情形", "根据《中国公民收养子女登记办法》，收养登记工作应当做到哪些？",
    answers=("坚持中国共产党的领导", "遵循最有利于被收养人的原则", "保障被收养人和收养人的合法权益"),
    explanation="共三点。", origin=origin(ADOPTION, "坚持中国共产党的领导；遵循最有利于被收养人的原则"),
)  # fmt: skip
MEDIATION = Item(
    "单选", "应当可以不得", "根据《行政复议法》，办理行政复议案件时，行政复议机关能不能调解？", ("可以调解", "不得调解", "应当先调解"), (0,),
    explanation="可以调解，调解应当合法、自愿。", origin=origin(REVIEW, "办理行政复议案件时，行政复议机关可以调解。"),
    why_wrong=("", "法律没有禁止调解。", "是可以，不是应当。"),
)  # fmt: skip

CLOSED = (FEE, SINGLE, MULTIPLE, MEDIATION)
ITEMS = (*CLOSED, BLANKS, ESSAY)


def questions(*items: Item, marks: float = 1.0) -> tuple[Question, ...]:
    return tuple(Question(number, item, marks) for number, item in enumerate(items, start=1))
