from __future__ import annotations

from datetime import date

from assistant.answer.question import understand
from assistant.answer.shelf import shelf
from assistant.answer.span import quote, units
from tests.making import document, lexicon, passages, places

RULE = "　　第三条　甲由民政部门办理，收到材料后办结。其中乙不收取费用。\n　　丙另行规定，由省人民政府决定。"
ALL = passages(document(RULE, title="某办法"))
TODAY = date(2026, 11, 28)


def stressed(question: str, near: str = "") -> str:
    own = shelf(
        ALL, lexicon(), places(), nearness=lambda _, texts: [float(bool(near) and near in each) for each in texts]
    )
    asked = understand(question, own.lexicon, own.places, TODAY)
    sentence = quote(asked, ALL[0], own.speller, own.weights, own.nearness)
    return sentence.text[slice(*sentence.stress)]


def test_what_is_near_is_stressed_where_no_word_is_shared() -> None:
    assert "省人民政府" in stressed("谁说了算", near="丙")
    assert "不收取费用" in stressed("白干吗", near="乙")


def test_without_vectors_the_words_tell() -> None:
    assert "不收取费用" in stressed("收取费用吗")


def test_a_list_belongs_to_the_sentence_that_opens_it() -> None:
    text = "下列收入不计入：\n（一）奖学金；\n（二）抚恤金。\n其余计入。"
    assert [text[start:end] for start, end in units(text)] == [text[: text.index("其余")].strip(), "其余计入。"]
