"""A whole document as a page, without a browser."""

from __future__ import annotations

from datetime import date

import demo
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import reader
from assistant.types import Document, Metadata, Source

TODAY = date(2025, 6, 1)


def document(text: str, metadata: Metadata | None = None) -> Document:
    return Document("d", "题", text, Source("a.txt", "0" * 64, "utf-8", "txt"), metadata or Metadata())


def test_the_outline_names_headings_and_clauses_with_how_they_begin() -> None:
    passages = [passage for passage in demo.DemoAssistant().passages if passage.document is demo.rules]
    assert [(entry.depth, entry.text) for entry in reader.outline(passages)] == [
        (0, "第一章 总则"),
        (1, "第一条　为了帮助遇到急难的家庭渡过难关，制定本办法。"),
        (0, "第二章 申请"),
        (1, "第二条　有下列情形之一的，可以申请临时救助："),
        (1, "第三条　申请人向户籍所在地乡镇人民政府提出申请；情况紧急的，可以先行"),
        (0, "第三章 附则"),
        (1, "第四条　本办法自2020年3月1日起施行，有效期三年。"),
    ]


@given(
    st.text(alphabet="甲乙\n 　<\x0b\u2028", max_size=60),
    st.sets(st.integers(0, 60)),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_nothing_of_a_document_is_lost_and_the_quote_alone_is_lit(
    text: str, anchors: set[int], start: int, end: int
) -> None:
    runs = [run for line in reader.lines(document(text), anchors, set(), start, end) for run in line.runs]
    assert all(text[run.start : run.start + len(run.piece.text)] == run.piece.text for run in runs)
    drawn = {run.start + at for run in runs for at in range(len(run.piece.text))}
    assert all(at in drawn for at, character in enumerate(text) if character.strip())
    lit = {run.start + at for run in runs if run.piece.kind == "lit" for at in range(len(run.piece.text))}
    assert {at for at in lit if text[at].strip()} == {
        at for at in range(start, min(end, len(text))) if text[at].strip()
    }


def test_a_quote_is_marked_once_to_be_scrolled_to() -> None:
    page = reader.document_page(document("甲乙\n丙丁\n戊"), (), TODAY, 1, 4)
    assert page.count('<mark id="quote">乙') == 1
    assert page.count("<mark") == 2


def test_the_outline_shows_where_the_quote_is() -> None:
    passages = [passage for passage in demo.DemoAssistant().passages if passage.document is demo.rules]
    start = demo.RULES.index("先行救助")
    page = reader.document_page(demo.rules, passages, TODAY, start, start + 4)
    assert page.count("aria-current") == 1
    assert 'aria-current="location">第三条' in page
    assert "aria-current" not in reader.document_page(demo.rules, passages, TODAY)


def test_a_place_outside_the_document_lights_nothing() -> None:
    for start, end in [(-1, -1), (2, 1), (0, 99), (99, 100)]:
        assert "<mark" not in reader.document_page(document("甲乙"), (), TODAY, start, end)


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    for address, linked in [("https://example.org/a", True), ("javascript:alert(1)", False), ("//example.org", False)]:
        page = reader.document_page(document("甲", Metadata(source_url=address)), (), TODAY)
        assert (f'href="{address}"' in page) is linked


def test_a_restated_document_says_so_and_what_it_leaves_out() -> None:
    page = reader.document_page(demo.report, (), TODAY)
    assert "这是摘编" in page
    assert "没有收入的条：第3条、第4条。" in page
    assert "这是摘编" not in reader.document_page(demo.rules, (), TODAY)
