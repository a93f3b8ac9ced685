"""Follow-ups: conversations over the shipped corpus as data, and a small library for what must hold of any text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.dialogue import Dialogue
from assistant.answer.lexicon import lexicon_from
from assistant.answer.places import places_from
from assistant.answer.reading import Reader
from assistant.answer.topics import Topics
from assistant.ingest.folder import read_folder
from assistant.ingest.split import split
from assistant.search.index import use_dictionary
from assistant.settings import PROJECT
from assistant.text.tokens import configure
from assistant.text.vocabulary import vocabulary_of
from tests.making import document, lexicon, passages, places

CASES = yaml.safe_load(Path(__file__).with_name("dialogues.yaml").read_text("utf-8"))
LIBRARY = passages(
    document("第一条　最低生活保障由乡镇人民政府受理。\n第二条　农村最低生活保障标准每年调整。", title="救助办法"),
    document("第一条　村民会议由村民委员会召集。", id="b", title="村民委员会组织法"),
)
SMALL = Dialogue(lexicon(), places(), Topics(LIBRARY, lexicon()))


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((PROJECT / "corpus" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def shipped() -> Iterator[tuple[Reader, Dialogue]]:
    use_dictionary(PROJECT / "corpus" / "dictionary.txt")
    documents, _ = read_folder(PROJECT / "corpus" / "documents")
    found = [passage for each in documents for passage in split(each)]
    words, where = lexicon_from(_table("synonyms.toml")), places_from(_table("regions.toml"))
    vocabulary = vocabulary_of(passage.text for passage in found)
    reader = Reader(words, where, lambda: vocabulary, lambda: _table("english.toml"), lambda: _table("dialect.toml"))
    yield reader, Dialogue(words, where, Topics(found, words))
    configure(())


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(case["turns"]) for case in CASES])
def test_a_follow_up_is_completed(shipped: tuple[Reader, Dialogue], case: dict[str, Any]) -> None:
    reader, dialogue = shipped
    heard: list[str] = []
    for turn in case["turns"]:
        heard.append(reader.read(turn, "。".join(heard)))
    *before, question = heard
    completed = dialogue.complete(question, before)
    if "says" in case:
        assert completed == case["says"]
    assert [word for word in case.get("has", ()) if word not in completed] == []
    assert [word for word in case.get("lacks", ()) if word in completed] == []


def test_a_question_behind_a_story_is_read_in_two_ways(shipped: tuple[Reader, Dialogue]) -> None:
    _, dialogue = shipped
    story, topic = dialogue.readings("要多少人签字", ["村主任贪了钱。", "大家想把他罢免掉。"])
    assert story == "村主任贪了钱。大家想把他罢免掉。要多少人签字"
    assert "村主任" not in topic
    own, whole = dialogue.readings("临时救助去哪里申请", ["我在连州打工。", "昨天出租屋着火了。"])
    assert own == "临时救助去哪里申请"
    assert whole.startswith("我在连州打工。")


def test_there_are_enough_conversations() -> None:
    assert len([case for case in CASES if len(case["turns"]) > 1]) >= 60


TEXT = st.text(alphabet="农村城镇低保标准是多少呢那去年第二款条法怎么申请村民会议，？ ", max_size=16)


@given(st.lists(TEXT, max_size=3), TEXT)
def test_any_conversation_can_be_completed(turns: list[str], question: str) -> None:
    completed = SMALL.complete(question, turns)
    assert completed == SMALL.complete(question, turns)
    assert bool(completed) or not question


@given(TEXT)
def test_a_first_question_stands_alone(question: str) -> None:
    assert SMALL.complete(question, []) == question
