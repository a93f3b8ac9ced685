import json
import lzma
from pathlib import Path

import pytest
from schoolbooks import ARTICLES, LAY, write_articles, write_lines, write_questions
from small_corpus import TEXTS, a_corpus

from assistant.errors import CorpusError
from assistant.search.articles import (
    Article,
    Library,
    Question,
    article_of,
    core_name,
    number_of,
    read_articles,
    read_lay_questions,
    read_questions,
)


def test_articles_and_questions_are_read_compressed_or_not(tmp_path: Path) -> None:
    plain = write_articles(tmp_path / "articles.jsonl")
    packed = tmp_path / "articles.jsonl.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes()))
    assert read_articles(plain) == read_articles(packed) == ARTICLES
    questions = read_questions(write_questions(tmp_path / "questions"))
    assert questions[0] == Question("救济条例", "第一条", "village", "屋里没钱吃饭能找村里要钱不")
    lay = write_lines(tmp_path / "lay.jsonl", [
        {"question": LAY[0].text, "keywords": "", "articles": {"车辆条例第一条": "系好安全带。", "车辆条例第二条之一": "检验。"}}
    ])  # fmt: skip
    (asked,) = read_lay_questions(lay)
    assert [(answer.law, answer.number) for answer in asked.answers] == [
        ("车辆条例", "第一条"),
        ("车辆条例", "第二条之一"),
    ]


def test_later_versions_come_last_and_the_books_of_the_civil_code_have_its_name(tmp_path: Path) -> None:
    record = {"law": "办法", "date": "2020-01-01", "cat": "", "ch": "", "sec": "", "no": "第一条", "text": "新的。"}
    old = {**record, "date": "2012-01-01", "text": "旧的。"}
    book = {**record, "law": "婚姻家庭编", "cat": "民法典", "no": "第一千零四十条"}
    read = read_articles(write_lines(tmp_path / "a.jsonl", [record, old, book]))
    library = Library(read, ())
    assert [answer.text for answer in library.answers(Question("办法", "第一条", "city", "?"))] == ["新的。"]
    assert library.answers(Question("民法典婚姻家庭编", "第一千零四十条", "city", "?"))


def test_passages_answer_before_articles() -> None:
    _, passages = a_corpus(TEXTS)
    library = Library([Article("低保办法", (), "第一条", "别处的文本。"), *ARTICLES], passages)
    (answer,) = library.answers(Question("低保办法", "第一条", "city", "?"))
    assert answer == article_of(passages[0])
    asked, unanswered = library.asked([
        Question("《救济条例》", "第二条", "city", "a"), Question("救济条例", "第九条", "city", "b"), Question("无此办法", "一", "city", "c"),
    ])  # fmt: skip
    assert [one.text for one in asked] == ["a"]
    assert unanswered == {"救济条例": 1, "无此办法": 1}


@pytest.mark.parametrize(
    ("name", "core"),
    [("中华人民共和国慈善法（2023年修正）", "慈善法"), ("《慈善法》(2016旧版)", "慈善法"), ("关于 通知", "关于通知")],
)
def test_a_law_goes_by_several_names(name: str, core: str) -> None:
    assert core_name(name) == core


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("第九条第二款", "第九条"), ("第十条之一", "第十条之一"), ("三（二）", "三（二）"), ("二（一）13", "二（一）"),
        ("一第2段", "一"), ("第1段", "第1段"), ("", ""),
    ],
)  # fmt: skip
def test_a_label_inside_an_article_is_of_that_article(label: str, number: str) -> None:
    assert number_of(label) == number


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"law": "办法"}', json.dumps({"law": "a", "no": "b", "register": "shouted", "question": "?"})]
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    good = {"law": "办法", "no": "第一条", "register": "city", "question": "?"}
    (tmp_path / "q.jsonl").write_text(json.dumps(good) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"q\.jsonl 第 2 行"):
        read_questions(tmp_path)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.xz").write_bytes(lzma.compress(b"{}" * 9999)[:-30])
    for path in (tmp_path / "cut.jsonl.xz", tmp_path / "none.jsonl"):
        with pytest.raises(CorpusError, match=path.name):
            read_articles(path)
    with pytest.raises(CorpusError, match="没有题目"):
        read_questions(tmp_path / "nowhere")
