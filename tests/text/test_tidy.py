from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.text import tidy
from assistant.text.decode import decode

CASES = yaml.safe_load(Path(__file__).with_name("tidy.yaml").read_text("utf-8"))
KINDS = {
    "mojibake": tidy.mojibake,
    "markup": tidy.markup,
    "entities": tidy.entities,
    "boilerplate": tidy.boilerplate,
    "spacing": tidy.spacing,
    "line_breaks": tidy.line_breaks,
    "punctuation": tidy.punctuation,
    "punctuation of a damaged page": lambda text: tidy.punctuation(text, damaged=True),
}
ON_CLEAN_TEXT = [find for name, find in KINDS.items() if "damaged" not in name]
SOURCES = Path("../shared/sources")
OURS = Path("corpus/documents")

PROSE = [
    "各镇应当按月发放补贴，不得拖欠群众的钱款。",
    "标准为731元，比上年提高",
    "自2024年起执行；",
    "今年走访困难家庭",
]
SPACED = [" ".join(sentence) for sentence in PROSE]
MISREAD = ["涓\ue15f枃", "涓\ue15f枃瀛\ufffd", "ä¸\xadæ\x96\x87", "ä¸\xadæ–‡", "姘戞斂灞\ufffd"]
LINES = [
    "首页 > 公告\n",
    "打印本页\n",
    "版权所有 某局\n",
    "主办：某局\n",
    "上一篇：无\n",
    "第一条 ",
    "（一）",
    "2024年1月5日",
]
TAGS = ["<p>", "</p>", "<br/>", "<span a='1'>", "</", "p>", "&nbsp;", "&amp;", "lt;", "&#38;", "nbsp", "amp;", "&lt;"]
SIGNS = [*",，;；:：。、?!() \n\t\u3000<>&;#1甲é", "\r\n", "  "]
PAGES = st.lists(st.sampled_from(PROSE + SPACED + MISREAD + LINES + TAGS + SIGNS), max_size=40).map("".join)
PARAGRAPHS = st.lists(st.sampled_from([*PROSE, "\n", "\u3000\u3000", "对符合条件的及时纳入"]), max_size=60).map("".join)
WIDTHS = st.integers(8, 40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['given'][:24]!r}")
def test_case(case: dict[str, Any]) -> None:
    options = {"damaged": True} if case.get("damaged") else {}
    edits = getattr(tidy, case["rule"])(case["given"], **options)
    assert tidy.apply(case["given"], edits) == case.get("wanted", case["given"])
    assert edits or case["given"] == case.get("wanted", case["given"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "wanted" not in case], ids=lambda case: repr(case["given"][:24])
)
def test_clean_text_gives_no_edits_of_any_kind(case: dict[str, Any]) -> None:
    assert not any(find(case["given"]) for find in ON_CLEAN_TEXT)


@pytest.mark.parametrize("find", KINDS.values(), ids=KINDS)
@given(text=PAGES)
def test_edits_fit_and_twice_is_once(find: Any, text: str) -> None:
    check(find, text)


@given(PARAGRAPHS, WIDTHS)
def test_wrapped_prose(text: str, width: int) -> None:
    wrapped = "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, len(line) or 1, width))
    check(tidy.line_breaks, wrapped)
    assert tidy.apply(wrapped, tidy.line_breaks(wrapped)).replace("\n", "") == wrapped.replace("\n", "")


def check(find: Any, text: str) -> None:
    edits = find(text)
    assert all(0 <= edit.start < edit.end <= len(text) for edit in edits)
    assert all(before.end <= after.start for before, after in pairwise(edits))
    assert all(text[edit.start : edit.end] != edit.replacement for edit in edits)
    assert find(tidy.apply(text, edits)) == []


@given(
    st.lists(st.sampled_from("民政局救助站低保标准提高孤残疾儿童收养登记社区服务"), min_size=4, max_size=40).map(
        "".join
    )
)
def test_misread_text_comes_back(text: str) -> None:
    assume(b"\x80" not in text.encode())  # not a GBK lead byte
    even = text[: len(text) // 2 * 2]  # of an odd number the last byte is lost
    for whole, misread in ((text, text.encode().decode("latin-1")), (even, even.encode().decode("gb18030"))):
        assert tidy.apply(misread, tidy.mojibake(misread)) == whole


@pytest.mark.parametrize("folder", [SOURCES, OURS], ids=str)
def test_clean_documents_stay(folder: Path) -> None:
    paths = [path for path in sorted(folder.glob("*.txt")) if path.stem != "bureau_report_2024"]
    if not paths:
        pytest.skip(f"{folder} is not here")
    for path in paths:
        text, _ = decode(path.read_bytes())
        assert [edit for find in ON_CLEAN_TEXT for edit in find(text)] == [], path.name
