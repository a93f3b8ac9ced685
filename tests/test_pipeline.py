"""The built-in corpus, built for real, asked what the project promises to answer."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.checking import check_corpus
from assistant.errors import CorpusError, IndexUnusable
from assistant.pipeline import Assistant, build, load
from assistant.report import answer_record, answer_text
from assistant.settings import Settings, load_settings

SOURCES = Path(__file__).parents[2] / "shared" / "sources"
PROMISED = [
    ("农村低保标准是多少", ["731"]),
    ("what is the rural dibao standard", ["731"]),
    ("nongcun dibao biaozhun", ["731"]),
    ("農村低保幾多錢", ["731"]),
    ("农村底保标准是多少", ["731"]),
    ("城镇特困供养标准", ["1461"]),
    ("2024年发了多少低保金", ["62570246"]),
    ("社会团体有多少个", ["80"]),
    ("低保标准是多少", ["913", "731"]),
]
REFUSED = ["今天天气怎么样", "北京市低保标准是多少", "2030年低保标准", ""]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = load_settings(index=tmp_path_factory.mktemp("built-in"))
    build(made)
    return made


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    return load(settings)


@pytest.mark.parametrize(("question", "figures"), PROMISED)
def test_the_figure_with_its_quote(assistant: Assistant, question: str, figures: list[str]) -> None:
    answer = assistant.ask(question)
    assert [figure.value for figure in answer.figures] == [Decimal(figure) for figure in figures]
    assert all(figure.text in figure.citation.quote for figure in answer.figures)
    assert all(each.passage.document.metadata.region == "连州市" for each in answer.citations)


@pytest.mark.parametrize("question", REFUSED)
def test_what_the_corpus_does_not_hold_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refusal is not None


def test_a_follow_up_shows_how_it_was_understood(assistant: Assistant) -> None:
    answer = assistant.ask("那城镇的呢", ["农村低保标准是多少"])
    assert [figure.value for figure in answer.figures] == [913]
    assert "城镇" in answer.understood
    assert answer.question == "那城镇的呢"


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("低保标准是多少", ["城镇低保标准是多少", "农村低保标准是多少"]),
        ("低保标准以前是多少", ["城镇低保标准以前是多少", "农村低保标准以前是多少"]),
        (
            "多少天内作出决定",
            ["《行政许可法》里，多少天内作出决定", "《行政复议法》里，多少天内作出决定"],
        ),
        ("农村低保标准是多少", []),
        ("城镇和农村低保标准分别是多少", []),
        ("城乡低保标准差多少", []),
    ],
)
def test_what_a_question_leaves_open_is_asked_back(assistant: Assistant, question: str, choices: list[str]) -> None:
    answer = assistant.ask(question)
    assert list(answer.choices) == choices
    for choice in choices:
        for turns in ([], [question]):
            again = assistant.ask(choice, turns)
            assert len(again.figures or again.sentences) == 1
            assert not again.choices
    assert all(choice in answer_text(answer) for choice in choices)
    assert answer_record(answer)["choices"] == choices


def test_an_article_is_given_whole_and_by_its_name(assistant: Assistant) -> None:
    (citation,) = assistant.ask("特困人员认定办法第四条").citations
    assert (citation.passage.document.title, citation.label) == ("特困人员认定办法", "第四条")
    assert citation.quote == citation.passage.text


def test_no_lapsed_document_is_cited_as_law(assistant: Assistant) -> None:
    for question in ("低保怎么申请", "慈善组织怎么认定", "国防教育是什么", "低保审核审批要多少天"):
        for citation in assistant.ask(question).citations:
            assert citation.passage.document.metadata.status != "已失效"


def test_a_build_without_documents_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有读到任何文件"):
        build(load_settings(corpus=(tmp_path,), index=tmp_path / "index"))
    with pytest.raises(CorpusError, match="没有这个文件夹"):
        build(load_settings(corpus=(tmp_path / "nowhere",), index=tmp_path / "index"))


def test_loading_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="assistant build"):
        load(load_settings(index=tmp_path / "nowhere"))


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text("甲县办法\n\n第一条　低保标准为每人每月731元。\n", encoding="utf-8")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "空.txt").write_bytes(b"")
    report = build(load_settings(corpus=(tmp_path,), index=tmp_path / "index"))
    assert [document.source.path for document, _ in report.documents] == ["好.txt"]
    assert {file for file, _ in report.failures} == {"坏.pdf", "空.txt"}


def test_folders_with_the_same_ids_are_kept_apart(tmp_path: Path) -> None:
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "办法.txt").write_text(f"办法\n\n第一条　{name}号规定。\n", encoding="utf-8")
    report = build(load_settings(corpus=(tmp_path / "一", tmp_path / "二"), index=tmp_path / "index"))
    first, second = (document for document, _ in report.documents)
    assert first.id != second.id
    assert any("编号" in warning for warning in second.warnings)


def test_the_shipped_corpus_passes_its_check() -> None:
    findings, _ = check_corpus(load_settings())
    assert findings == []


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the originals are not beside the project")
def test_every_figure_of_the_originals_is_in_the_shipped_corpus() -> None:
    findings, without = check_corpus(load_settings(), SOURCES)
    assert findings == []
    assert len(without) < 10


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the originals are not beside the project")
def test_the_same_answers_stand_in_the_originals(tmp_path: Path) -> None:
    settings = load_settings(corpus=(SOURCES,), index=tmp_path / "index")
    report = build(settings)
    assert sum(document.source.format == "txt" for document, _ in report.documents) == 58
    assert report.failures == ()
    assistant = load(settings)
    for question, figures in PROMISED:
        answer = assistant.ask(question)
        assert [figure.value for figure in answer.figures] == [Decimal(figure) for figure in figures], question
    assert all(not assistant.ask(question).answered for question in REFUSED)


def test_hits_of_each_system_come_from_the_index(assistant: Assistant) -> None:
    for system in ("bm25", "dense", "fused", "fused+synonyms"):
        hits = assistant.search("农村低保标准", 5, system)
        assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
        assert json.dumps([hit.score for hit in hits])
