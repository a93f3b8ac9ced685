"""Over generated documents: passages are spans in order, and nothing of the text is lost between them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from split_invariants import check, document_of

from assistant.ingest.parts import spoken
from assistant.ingest.split import LIMIT, split

numbers = st.integers(1, 23).map(spoken)
words = st.text(
    "申请家庭收入低保标准按规定审核确认乡镇人民政府民政部门，、“”（）《》0123456789年月日元 ", min_size=1, max_size=40
)
sentences = st.builds(lambda word, end: word.strip() + end, words, st.sampled_from("。；：，")).filter(
    lambda text: len(text) > 1
)
paragraphs = st.lists(sentences, min_size=1, max_size=6).map("".join)
long_paragraphs = st.builds(lambda text, times: text * times, paragraphs, st.integers(20, 60))
marked = st.one_of(
    st.builds(
        "第{}{}{}{}".format,
        numbers,
        st.sampled_from(["编", "章", "节", "分编"]),
        st.sampled_from(["", " ", "\u3000"]),
        words,
    ),
    st.builds("第{}条{}{}".format, numbers, st.sampled_from(["", " ", "\u3000", "\u2002"]), paragraphs),
    st.builds("第{}条之{} {}".format, numbers, numbers, paragraphs),
    st.builds("{}、{}".format, numbers, st.one_of(words, paragraphs)),
    st.builds("（{}）{}".format, numbers, st.one_of(words, paragraphs)),
    st.builds("({}){}".format, numbers, paragraphs),
    st.builds("{}.{}".format, st.integers(1, 12), st.one_of(words, paragraphs)),
    st.builds("（{}）{}".format, st.integers(1, 12), paragraphs),
    st.builds("{}是{}".format, numbers, paragraphs),
    st.builds("{}：（一）{}；（二）{}。{}".format, words, words, words, paragraphs),
    st.builds("附件{}".format, st.integers(1, 9)),
    st.builds("附表{} {}".format, st.integers(1, 9), words),
)
rows = st.lists(words.map(lambda word: word.replace(" ", "")), min_size=1, max_size=4)
tables = st.builds(
    lambda lines, cell, frame: "\n".join(frame + cell.join(line) + frame for line in lines),
    st.lists(rows, min_size=1, max_size=4),
    st.sampled_from(["\t", " | ", "|"]),
    st.sampled_from(["", "|"]),
)
furniture = st.sampled_from(
    [
        "目录",
        "2024年3月5日",
        "某市民政局",
        "单位：元",
        "2006年1月21日 某部令第3号公布",
        "|---|---|",
        "\u200b",
        "附：1.表一",
        "——",
        "\ufeff",
    ]
)
lines = st.one_of(words, paragraphs, marked, marked, tables, furniture, long_paragraphs)
documents = st.builds(
    lambda pieces, gap: gap.join(pieces),
    st.lists(lines, min_size=1, max_size=25),
    st.sampled_from(["\n", "\n\n", "\r\n\u3000\u3000"]),
)


@settings(max_examples=150)
@given(documents, st.sampled_from(["", "低保标准", "某市民政局"]))
def test_nothing_is_lost_between_passages(text: str, title: str) -> None:
    document = document_of(text, title)
    check(document, split(document))


@settings(max_examples=150)
@given(st.text("第一二三条章节、（）(1.)一是：；。|\t \n目录附件年月日2024\u3000\u200b", max_size=120))
def test_nothing_is_lost_of_a_text_made_of_marks_alone(text: str) -> None:
    document = document_of(text)
    check(document, split(document))


@settings(max_examples=40)
@given(st.lists(long_paragraphs, min_size=1, max_size=4), st.sampled_from(["", "第一条 ", "一、", "（一）"]))
def test_no_passage_of_running_text_is_over_the_limit(texts: list[str], mark: str) -> None:
    document = document_of("\n".join(mark + text for text in texts))
    assert max(len(passage.text) for passage in split(document)) <= LIMIT


@settings(max_examples=60)
@given(st.lists(st.tuples(paragraphs, st.booleans()), min_size=2, max_size=30))
def test_every_article_becomes_a_passage_with_its_number(articles: list[tuple[str, bool]]) -> None:
    """Also where a transcription ran an article on behind the full stop of the one before it."""
    text = ""
    for number, (said, runs_on) in enumerate(articles, start=1):
        text += ("" if runs_on and text.endswith("。") else "\n") + f"第{spoken(number)}条 甲{said.replace('第', '')}。"
    labels = [passage.label.split("第", 2)[1] for passage in split(document_of(text)) if "条" in passage.label]
    assert list(dict.fromkeys(labels))[: len(articles)] == [
        f"{spoken(number)}条" for number in range(1, len(articles) + 1)
    ]
