import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.decode import decode

SIMPLIFIED = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三"
TRADITIONAL = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三"
SENTENCE = "农村低保标准是每人每月731元。\r\n\t下一行\n"
HAN = "農村低保標準是每人每月731元。"

CASES = [
    (b"", "", "utf-8"),
    (b"plain ASCII\r\n", "plain ASCII\r\n", "utf-8"),
    (SENTENCE.encode(), SENTENCE, "utf-8"),
    (SENTENCE.encode("utf-8-sig"), SENTENCE, "utf-8-sig"),
    (SENTENCE.encode("gbk"), SENTENCE, "gb18030"),
    (HAN.encode("gbk"), HAN, "gb18030"),
    (HAN.encode("big5"), HAN, "big5"),
    ("婚姻登記處裏的恒".encode("cp950"), "婚姻登記處裏的恒", "cp950"),
    (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), SENTENCE, "utf-16"),
    (SENTENCE.encode("utf-16-le"), SENTENCE, "utf-16-le"),
    (SENTENCE.encode("utf-16-be"), SENTENCE, "utf-16-be"),
    ("中文".encode("utf-16-be"), "中文", "utf-16-be"),
    (SENTENCE.encode("utf-32"), SENTENCE, "utf-32"),
    (SENTENCE.encode("utf-32-le"), SENTENCE, "utf-32-le"),
    (SENTENCE.encode("utf-32-be"), SENTENCE, "utf-32-be"),
    ("plain ASCII".encode("utf-16-le"), "plain ASCII", "utf-16-le"),
    (b"x" * 30_001 + SENTENCE.encode("gbk"), "x" * 30_001 + SENTENCE, "gb18030"),  # ASCII for longer than is looked at
    ("𠮷野家䶮".encode("gb18030") + SENTENCE.encode("gb18030"), "𠮷野家䶮" + SENTENCE, "gb18030"),
    (SENTENCE.encode() * 9 + b"\xe4\xb8\n\xff", SENTENCE * 9 + "\ufffd\n\ufffd", "utf-8"),
    (SENTENCE.encode("gbk") * 9 + b"\xff\n", SENTENCE * 9 + "\ufffd\n", "gb18030"),
    ("路目路".encode("gbk"), "路目路", "gb18030"),  # also valid UTF-8, as Latin letters
    ("résumé naïf".encode(), "résumé naïf", "utf-8"),
    ("Привет, мир".encode(), "Привет, мир", "utf-8"),
    ("25°±3×4·5".encode(), "25°±3×4·5", "utf-8"),
    ("これは日本語の文章です。カタカナも。".encode("shift-jis"), "これは日本語の文章です。カタカナも。", "cp932"),
]


@pytest.mark.parametrize(("data", "text", "encoding"), CASES, ids=lambda value: repr(value)[:24])
def test_case(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@given(st.text(SIMPLIFIED, min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_simplified_sentences_come_back(sentence: str, encoding: str) -> None:
    assert decode(f"{sentence}。".encode(encoding))[0] == f"{sentence}。"


@given(st.text(TRADITIONAL, min_size=1), st.sampled_from(["utf-8", "big5", "utf-16", "gb18030"]))
def test_traditional_sentences_come_back(sentence: str, encoding: str) -> None:
    assert decode(f"{sentence}。".encode(encoding))[0] == f"{sentence}。"


@given(st.binary())
def test_never_raises_and_decoding_again_gives_the_same(data: bytes) -> None:
    text, encoding = decode(data)
    assert data.decode(encoding, "replace") == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_sentences_of_documents_come_back(encoding: str) -> None:
    for path in sorted(Path("corpus/documents").glob("*.txt"))[::6]:
        for line in path.read_text("utf-8").split("\n"):
            if len(line) > 3 and not line.isascii():
                assert decode(line.encode(encoding))[0] == line
