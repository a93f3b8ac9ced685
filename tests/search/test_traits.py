"""The traits of a passage for a question, against their definitions worked out in the plainest way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import TEXTS, a_corpus

from assistant.search import static
from assistant.search.systems import Index
from assistant.search.traits import CUES, NO_AID, TRAITS, Aid, longest_run
from assistant.text.tokens import features
from assistant.types import Document, Passage

QUESTION = "农村低保标准是多少钱"
Corpus = tuple[list[Document], list[Passage]]


@pytest.fixture
def searched(tmp_path: Path, corpus: Corpus) -> Index:
    static.fit([passage.text for passage in corpus[1]], tmp_path / "encoder", dimensions=16)
    return Index.of(*corpus, static.StaticEncoder(tmp_path / "encoder"))


def column(index: Index, name: str, question: str = QUESTION, aid: Aid = NO_AID) -> dict[str, float]:
    found = index.candidates(question, aid=aid)
    values = index.traits(question, found, aid)[:, TRAITS.index(name)]
    return {index.passages[one.place].text: float(value) for one, value in zip(found, values, strict=True)}


def test_every_trait_is_a_number_for_every_passage(searched: Index) -> None:
    found = searched.candidates(QUESTION)
    assert len(found) > 3
    assert searched.traits(QUESTION, found).shape == (len(found), len(TRAITS))
    assert np.isfinite(searched.traits(QUESTION, found)).all()
    assert searched.traits("xyz？", searched.candidates("xyz？")).shape == (0, len(TRAITS))


def test_a_passage_that_holds_the_whole_question_covers_it(searched: Index) -> None:
    line = TEXTS["低保办法"][1]
    for name in ("covered", "bm25", "bm25 rank"):
        assert column(searched, name, line)[line] == pytest.approx(1), name
    assert column(searched, "run", line)[line] == min(12, len(line.replace("　", "")))
    words = "农村 低保 标准"
    assert column(searched, "near words", words)[line] == pytest.approx(1, abs=1e-4)
    assert column(searched, "missing word", words)[line] == pytest.approx(0, abs=1e-4)


def test_coverage_is_the_rarity_of_what_stands_there(searched: Index) -> None:
    fields = {
        p.text: set(features("。".join([p.document.title, *p.heading, p.label, p.text]))) for p in searched.passages
    }
    asked = set(features(QUESTION))
    rarity = {
        each: np.log1p((len(fields) - n + 0.5) / (n + 0.5))
        for each in asked
        for n in [sum(each in field for field in fields.values())]
    }
    for text, value in column(searched, "covered").items():
        expected = sum(rarity[each] for each in asked & fields[text]) / sum(rarity.values())
        assert value == pytest.approx(expected, rel=1e-5)


def test_what_is_known_of_documents_is_passed_on(searched: Index) -> None:
    aid = Aid("农村最低生活保障标准", in_force={"低保办法": 0.0}, place={"特困办法": 0.0})
    in_force, place = column(searched, "in force", aid=aid), column(searched, "place", aid=aid)
    for passage in searched.passages:
        if passage.text in in_force:
            assert in_force[passage.text] == (passage.document.id != "低保办法")
            assert place[passage.text] == (passage.document.id != "特困办法")
    line = TEXTS["低保办法"][0]
    assert column(searched, "official covered", aid=aid)[line] > column(searched, "covered", aid=aid)[line]


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("cue money", "低保多少钱", {TEXTS["低保办法"][3]: 1, TEXTS["低保办法"][0]: 1, TEXTS["低保办法"][2]: -1}),
        ("cue papers", "申请低保要什么材料", {TEXTS["低保办法"][2]: 1, TEXTS["低保办法"][1]: -1}),
        ("cue papers", "低保是什么", {TEXTS["低保办法"][2]: 0}),
        ("number", "低保第二条", {TEXTS["低保办法"][1]: 1, TEXTS["低保办法"][0]: -1}),
        ("law", "低保办法说什么", {TEXTS["低保办法"][0]: 1, TEXTS["特困办法"][2]: 0}),
    ],
)
def test_cues_and_names(searched: Index, name: str, question: str, expected: dict[str, int]) -> None:
    values = column(searched, name, question)
    assert {text: values[text] for text in expected} == expected


def test_each_cue_has_its_column() -> None:
    assert {f"cue {name}" for name in CUES} <= set(TRAITS)
    assert len(set(TRAITS)) == len(TRAITS)


@given(st.text("甲乙丙", max_size=16), st.text("甲乙丙", max_size=16))
def test_the_longest_run_is_that_of_brute_force(text: str, other: str) -> None:
    runs = {text[start:end] for start in range(len(text)) for end in range(start, len(text) + 1)}
    longest = max((len(run) for run in runs if run in other), default=0)
    assert longest_run(text, other) == min(12, longest)


def test_the_corpus_is_the_one_that_is_tested() -> None:
    assert [passage.text for passage in a_corpus(TEXTS)[1]][:4] == TEXTS["低保办法"]
