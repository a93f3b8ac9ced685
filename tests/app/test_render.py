"""What is drawn of an answer, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import demo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app import reader, render
from assistant.app.conversation import Turn
from assistant.text.numbers import plain
from assistant.types import (
    Answer,
    Citation,
    Document,
    Figure,
    Metadata,
    Part,
    Passage,
    Refusal,
    Sentence,
    Source,
)

TODAY = date(2025, 6, 1)
SOURCE = Source("a.txt", "0" * 64, "utf-8", "txt")


class Shape(HTMLParser):
    """The elements and attribute names of a page, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def figure(value: str, earlier: str | None = None, unit: str = "元/人·月") -> Figure:
    quote = f"标准为{value}。"
    document = Document("d", "题", quote, SOURCE)
    cited = Citation(Passage(document, 0, len(quote)), quote)
    return Figure(Decimal(value), unit, value, cited, earlier=None if earlier is None else Decimal(earlier))


@pytest.mark.parametrize(
    ("value", "earlier", "unit", "words"),
    [
        ("731", "704", "元/人·月", "原 704 · +27（3.84%）"),
        ("690", "704", "元/人·月", "原 704 · −14（1.99%）"),
        ("704", "704", "元/人·月", "原 704 · 没有变化"),
        ("1893.60", "1800.5", "万元", "原 1800.5 · +93.1（5.17%）"),
        ("98.5", "97", "%", "原 97 · +1.5 个百分点"),
        ("12", "0", "人", "原 0 · +12"),
        ("800", "400", "元", "原 400 · +400（100%）"),
        ("1005", "1000", "元", "原 1000 · +5（0.5%）"),
        ("731", None, "元/人·月", ""),
    ],
)
def test_the_change_of_a_figure_is_computed(value: str, earlier: str | None, unit: str, words: str) -> None:
    assert render.change(figure(value, earlier, unit)) == words


@pytest.mark.parametrize(
    ("text", "value", "unit", "earlier", "shown", "when"),
    [
        ("1893.6万元", "18936000", "元", "18000000", "1893.6 万元", "原 1800 · +93.6（5.2%）"),
        ("1,893.60万元", "18936000.0", "元", None, "1893.6 万元", ""),
        ("2亿元", "200000000", "元", None, "2 亿元", ""),
        ("1893.6万元", "1893.6", "万元", None, "1893.6 万元", ""),
        ("三万元", "30000", "元", None, "30000 元", ""),
        ("731元", "731", "元/人·月", None, "731 元/人·月", ""),
    ],
)
def test_a_figure_is_shown_in_the_unit_that_its_quote_writes(
    text: str, value: str, unit: str, earlier: str | None, shown: str, when: str
) -> None:
    document = Document("d", "题", text, SOURCE)
    cited = Citation(Passage(document, 0, len(text)), text)
    before = None if earlier is None else Decimal(earlier)
    card = render.figure_card(Figure(Decimal(value), unit, text, cited, earlier=before), {})
    assert f"{card.value} {card.figure.unit}" == shown
    assert " · ".join(card.when) == when


@pytest.mark.parametrize(
    ("value", "words"), [("1E+3", "1000"), ("100", "100"), ("0.50", "0.5"), ("2.00", "2"), ("4102", "4102")]
)
def test_numbers_are_written_plainly(value: str, words: str) -> None:
    assert plain(Decimal(value)) == words


@pytest.mark.parametrize(
    ("metadata", "word", "kind"),
    [
        (Metadata(status="现行有效"), "现行有效", "good"),
        (Metadata(status="已失效"), "已失效", "warn"),
        (Metadata(status="已废止"), "已废止", "warn"),
        (Metadata(status="现行有效", expires=date(2025, 5, 31)), "已失效，自2025-05-31", "warn"),
        (Metadata(status="已废止", expires=date(2025, 5, 31)), "已废止，自2025-05-31", "warn"),
        (Metadata(status="已失效", expires=date(2025, 6, 2)), "现行有效", "good"),
        (Metadata(status="现行有效", expires=date(2025, 6, 2)), "现行有效", "good"),
        (Metadata(status="现行有效", effective=date(2025, 7, 1)), "尚未施行", "warn"),
        (Metadata(status="尚未施行", effective=date(2025, 5, 1)), "现行有效", "good"),
        (Metadata(status="尚未施行"), "尚未施行", "warn"),
    ],
)
def test_the_stamp_says_whether_a_document_holds_today(metadata: Metadata, word: str, kind: str) -> None:
    assert render.stamp(metadata, TODAY) == render.Stamp(word, kind)


def test_a_document_of_unknown_validity_gets_no_stamp() -> None:
    assert render.stamp(Metadata(effective=date(2020, 1, 1)), TODAY) is None


@pytest.mark.parametrize("stress", [(0, 0), (0, 14), (3, 10), (10, 13)])
def test_a_sentence_is_shown_whole_with_its_stress_and_its_amount_set_apart(stress: tuple[int, int]) -> None:
    one = figure("731")
    sentence = Sentence("农村标准每月731元，按月。", (one.citation,), stress)
    shown = render.said(sentence, (one,), render.numbers(Answer("问", (sentence,))))
    pieces = {kind: "".join(piece.text for piece in shown.pieces if piece.kind == kind) for kind in ("figure", "lit")}
    whole = stress == (0, len(sentence.text))
    assert "".join(piece.text for piece in shown.pieces) + shown.tail == sentence.text
    assert pieces["figure"] == ("731" if stress[0] <= sentence.text.index("731") else "")
    assert pieces["lit"] == ("" if whole else sentence.text[slice(*stress)].replace("731", "").rstrip("。"))


def test_the_name_of_a_figure_is_said_once() -> None:
    one = figure("731")
    named = [
        replace(one, category="农村", subject="低保", measure="标准", region="连州市"),
        replace(one, category="农村", subject="农村低保标准", measure="标准"),
        replace(one, subject="社会团体"),
        one,
    ]
    assert [render.figure_card(each, {}).about for each in named] == [
        "农村低保标准 · 连州市",
        "农村低保标准",
        "社会团体",
        "",
    ]


def test_an_answer_is_copied_with_numbers_that_lead_to_its_sources() -> None:
    text = render.answer_as_text(demo.rural("农村低保标准是多少"))
    assert text.splitlines() == [
        "问：农村低保标准是多少",
        "答：农村居民最低生活保障标准为每人每月731元。[1]全县在册低保对象2316户4102人。[2]",
        "注意：语料中最新的是2024年的标准。",
        "",
        "出处：",
        f"[1] 《青山县民政局2024年度工作报告》（摘编），一（一）一是，2025-01-07 公布：“{demo.rural_quote}”",
        "[2] 《青山县民政局2024年度工作报告》（摘编），一（一）二是，2025-01-07 公布：“全县在册低保对象2316户4102人”",
    ]


def test_a_question_back_is_copied_with_what_may_have_been_meant() -> None:
    lines = render.answer_as_text(demo.either("城乡低保")).splitlines()
    assert f"您问的是哪一个？农村的标准是多少；城镇的标准是多少{demo.ATTACK}" in lines


def test_a_completed_follow_up_is_shown_and_copied_as_it_was_understood() -> None:
    turn = Turn("那城镇的呢", demo.urban("那城镇的呢"))
    assert "理解为：青山县城镇低保标准是多少" in Shape(render.conversation((turn,), ())).text
    assert render.shown(turn).text.startswith("问：青山县城镇低保标准是多少")


def test_sources_show_the_cards_of_the_last_turn_only() -> None:
    turns = (Turn("一", demo.rural("一"), id="first"), Turn("二", demo.urgent("二"), id="second"))
    html = render.sources(turns, TODAY)
    assert '<div class="cards" data-turn="first" hidden>' in html
    assert '<div class="cards" data-turn="second">' in html
    refused = render.sources((*turns, Turn("三", demo.refused("三"), id="third")), TODAY)
    assert refused.count(" hidden") == 2
    assert "这一问没有可以引用的依据" in refused
    working = render.sources((*turns, Turn("三")), TODAY)
    assert '<div class="cards" data-turn="second">' in working


def test_a_refusal_says_the_same_thing_once() -> None:
    title = render.REFUSAL_TITLES["not_found"]
    refused = Answer("一", refusal=Refusal("not_found", f"{title}。"))
    assert Shape(render.conversation((Turn("一", refused),), ())).text.count(title) == 1


def test_a_voted_turn_cannot_be_voted_on_again() -> None:
    turn = Turn("一", demo.rural("一"))
    assert "data-vote" in render.conversation((turn,), ())
    assert "data-vote" not in render.conversation((replace(turn, vote="up"),), ())


def test_the_newest_day_is_none_of_the_future() -> None:
    assert render.newest(tuple(demo.DemoAssistant().documents.values()), TODAY) == date(2025, 1, 7)
    assert render.newest(tuple(demo.DemoAssistant().documents.values()), date(2024, 12, 1)) == date(2024, 11, 2)
    assert render.newest((), TODAY) is None


HOSTILE = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(alphabet="<>&\"'`=/ \n\\${}[]script{%onerror甲。", min_size=1, max_size=40),
).filter(lambda text: bool(text.strip()) and not set(text) & set("\r\x00"))


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, int, int, int, int]:
    """A text, a passage of it and a quote inside the passage."""
    text = draw(st.text(alphabet="甲乙。；\n<>&\"' $", min_size=1, max_size=300))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    start, begins, ends, end = cuts
    if begins == ends:
        start, begins, ends, end = 0, 0, len(text), len(text)
    return text, start, begins, ends, end


@given(spans())
def test_the_quote_stands_lit_in_its_own_surroundings(span: tuple[str, int, int, int, int]) -> None:
    text, start, begins, ends, end = span
    passage = Passage(Document("d", "题", text, SOURCE), start, end)
    pieces = render.quote_in_surroundings(Citation(passage, text[begins:ends], begins))
    assert "".join(piece.text for piece in pieces if piece.kind) == text[begins:ends]
    lit = [bool(piece.kind) for piece in pieces]
    before = "".join(piece.text for piece in pieces[: lit.index(True)]).removeprefix("……")
    after = "".join(piece.text for piece in pieces[len(lit) - lit[::-1].index(True) :]).removesuffix("……")
    assert squeezed(text[start:begins]).endswith(squeezed(before))
    assert squeezed(text[ends:end]).startswith(squeezed(after))
    assert max(len(before), len(after)) <= render.SURROUNDINGS


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_surroundings_begin_and_end_with_sentences_where_they_can() -> None:
    text = "甲" * 80 + "。乙句在前。丙是所引，丁句在后。\n\n" + "戊" * 80 + "。"
    passage = Passage(Document("d", "题", text, SOURCE), 0, len(text))
    pieces = render.quote_in_surroundings(Citation(passage, "丙是所引"))
    assert [piece.text for piece in pieces] == ["……乙句在前。", "丙是所引", "，丁句在后。\n……"]


def everything(word: Callable[[str], str]) -> list[str]:
    """All that can be drawn, with every text that comes from outside put through ``word``."""
    text = f"{word('甲')}\n\n{word('一句')}731元{word('尾')}"
    metadata = Metadata(
        issuer=word("甲"), number=word("甲"), status=word("甲"), region=word("甲"), level=word("甲"), note=word("甲"),
        source_url=word("甲"),
    )  # fmt: skip
    document = Document(word("甲"), word("甲"), text, SOURCE, metadata, warnings=(word("甲"),))
    label = word("第一条")
    passage = Passage(document, 0, len(text), (word("章"),), label, (Part(0, len(text), label),))
    cited = Citation(passage, text)
    number = Figure(
        Decimal(731),
        word("元"),
        "731元",
        cited,
        subject=word("低保"),
        category=word("农村"),
        region=word("甲"),
        period=word("甲"),
    )
    answer = Answer(
        word("问"), (Sentence(text, (cited,)),), (number,), notices=(word("甲"),), understood=word("甲"),
        choices=(word("甲"), word("甲")),
    )  # fmt: skip
    refused = Answer(word("问"), refusal=Refusal("not_found", f"因为{word('甲')}", (document,)))
    turns = (
        Turn(word("问"), answer, id="a"),
        Turn(word("问"), refused, id="b"),
        Turn(word("问"), failure=word("甲"), id="c"),
        Turn(word("问"), id="d"),
    )
    return [
        render.conversation(turns, (word("例"),)),
        render.sources(turns, TODAY),
        render.welcome((word("例"),)),
        render.unusable(word("甲")),
        render.objection(word("甲")),
        reader.document_page(document, (passage,), TODAY, 0, len(text)),
        reader.documents_page((document,), TODAY),
    ]


@settings(max_examples=60)
@given(HOSTILE)
def test_no_text_from_outside_can_become_markup(text: str) -> None:
    for hostile, harmless in zip(everything(lambda word: text), everything(lambda word: "甲"), strict=True):
        if "<main" not in harmless:
            assert Shape(hostile).elements == Shape(harmless).elements
        else:
            # Line by line, so the text's own lines make paragraphs; nothing else may come of it.
            assert set(Shape(hostile).elements) <= set(Shape(harmless).elements) | {("p",), ("p", "class"), ("mark",)}
        if "\n" not in text:
            assert text.strip() in Shape(hostile).text
