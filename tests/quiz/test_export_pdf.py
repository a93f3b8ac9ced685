"""The PDF read back with pypdfium2: the text between header and footer, page by page, against the paper's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from exam_papers import item, paper, papers, pool
from hypothesis import given, settings

from assistant.quiz.export import export, fonts, pdf
from assistant.quiz.export.handout import printed_answer, printed_options, printed_source, printed_stem
from assistant.quiz.paper import Paper, variants

MARGIN = 50
"""Points at the head and the foot of a page that hold its header and its number."""


def read(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for page in document:
            width, height = page.get_size()
            pages.append(page.get_textpage().get_text_bounded(0, MARGIN, width, height - MARGIN))
        return "".join(pages)
    finally:
        document.close()


def plain(text: str) -> str:
    """What every typeface shows and every reader gives back alike: not blanks, line ends' hyphens, rare characters."""
    return "".join(char for char in text if _in_gbk(char) and not char.isspace() and char not in "-□\x02")


def _in_gbk(char: str) -> bool:
    try:
        return char.isprintable() and bool(char.encode("gbk"))
    except UnicodeEncodeError:
        return False


def compare(made: Paper) -> None:
    text, place = plain(read(export(made, "pdf-paper"))), 0
    for each in made.questions:
        listed = printed_options(each.item) if each.item.type in ("单选", "多选") else []
        for line in (f"{each.number}. {printed_stem(each.item)}", *listed):
            place = _behind(text, plain(line), place)
    text, place = plain(read(export(made, "pdf-key"))), 0
    for each in made.questions:
        place = _behind(text, plain(f"{each.number}. {printed_stem(each.item)}"), place)
        if each.item.type == "简答":
            for point in each.item.answers:
                place = _behind(text, plain(point), place)
        else:
            place = _behind(text, plain(f"答案：{printed_answer(each.item)}"), place)
        place = _behind(text, plain(printed_source(each.item)), place)


def _behind(text: str, wanted: str, place: int) -> int:
    found = text.find(wanted, place)
    assert found >= 0, f"{wanted[:80]!r} is not in {text[place : place + 300]!r}"
    return found + len(wanted)


def test_every_type() -> None:
    compare(paper(pool(4)))


@given(papers(3))
@settings(max_examples=8, deadline=None)
def test_any_text(made: Paper) -> None:
    compare(made)


def test_very_long_texts() -> None:
    long = "长<&>文" * 2000
    compare(paper([item(stem=long, options=(long, long + "二", "三"), why_wrong=())]))


def test_a_and_b_papers() -> None:
    for variant in variants(paper(pool(3))):
        assert variant.name in read(export(variant, "pdf"))
        compare(variant)


def test_paper_sheet_and_key_begin_on_pages_of_their_own() -> None:
    document = pypdfium2.PdfDocument(export(paper(), "pdf"))
    texts = [page.get_textpage().get_text_range() for page in document]
    firsts = [text for text in texts if "第 1 页" in text]
    assert len(firsts) == 3
    assert "答题纸" in firsts[1]
    assert "参考答案及依据" in firsts[2]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert export(paper(), "pdf") == export(paper(), "pdf")


def test_papers_made_at_the_same_time_do_not_mix_their_characters() -> None:
    stems = ["低保家庭赡养", "流浪乞讨寻亲", "殡葬骨灰撒海", "婚姻登记颁证"]
    made = [paper([item(stem=stem)]) for stem in stems]
    with ThreadPoolExecutor(4) as threads:
        files = list(threads.map(lambda each: export(each, "pdf-paper"), made))
    assert all(stem in read(data) for stem, data in zip(stems, files, strict=True))


def test_without_a_typeface_of_the_machine_the_reader_brings_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SONG", ("/nowhere.ttc",))
    monkeypatch.setattr(pdf, "HEI", ())
    data = export(paper(pool(2)), "pdf")
    assert fonts.READERS_OWN.encode() in data
    compare(paper(pool(2)))


def test_a_character_that_the_typeface_does_not_have_is_shown_as_missing() -> None:
    face = fonts.face("Test", (), "救助😀")
    assert face.shown("救助😀") == "救助□"
