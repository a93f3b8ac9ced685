"""The school: what is left out is left out, the laws are parted whole, and a second stage comes out that serves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError, CorpusError
from assistant.pipeline import build, load
from assistant.schooling import Schoolbooks, _read, hold_out, parted, train, train_second_stage
from assistant.search import rerank
from assistant.search.articles import Question
from assistant.search.training import Recipe
from assistant.settings import PROJECT, Settings

SMALL = Recipe(features=400, dimensions=8, contexts=50, sample=20, steps=3, batch=16)
LAWS = {
    "救济条例": ("家庭收入低于当地标准的，可以申领救济。", "申领救济向村里递交材料；村里应当在十日内公示。", "救济按户发放，每月核对一次。"),
    "收养条例": ("无子女的夫妻可以收养一名儿童。", "收养应当到登记机关登记，登记之日起成立。", "被收养的儿童满八岁的，应当征得他本人同意。"),
    "车辆条例": ("机动车上路行驶应当系安全带。", "机动车每年检验一次。", "酒后不得驾驶机动车。"),
    "殡葬规定": ("骨灰可以寄存。", "火化要预约。", "公墓应当节约用地。"),
}  # fmt: skip
NUMBERS = ("第一条", "第二条", "第三条")


def lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def books(tmp_path: Path) -> Schoolbooks:
    """Four laws with questions, two of them in the corpus."""
    place = {"date": "", "cat": "", "ch": "", "sec": ""}
    articles = [
        {**place, "law": law, "no": no, "text": text}
        for law, texts in LAWS.items()
        for no, text in zip(NUMBERS, texts, strict=True)
    ]
    (tmp_path / "questions").mkdir()
    questions = [
        {"law": law, "no": no, "register": "city", "question": f"{text[:6]}怎么办"}
        for law, texts in LAWS.items()
        for no, text in zip(NUMBERS, texts, strict=True)
    ]
    lines(tmp_path / "questions" / "own.jsonl", questions)
    (tmp_path / "corpus").mkdir()
    for law in ("救济条例", "收养条例"):
        text = "\n".join(f"{no}　{text}" for no, text in zip(NUMBERS, LAWS[law], strict=True))
        (tmp_path / "corpus" / f"{law}.txt").write_text(f"{law}\n\n{text}\n", encoding="utf-8")
    lay = lines(
        tmp_path / "lay.jsonl", [{"question": "系不系安全带", "articles": {"车辆条例第一条": LAWS["车辆条例"][0]}}]
    )
    return Schoolbooks(lines(tmp_path / "a.jsonl", articles), tmp_path / "questions", lay, (tmp_path / "corpus",))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        corpus=(tmp_path / "corpus",), index=tmp_path / "index", encoder=str(tmp_path / "model"),
        dictionary=tmp_path / "none.txt", synonyms=tmp_path / "none.toml", regions=tmp_path / "none.toml",
    )  # fmt: skip


def test_laws_left_out_leave_no_trace(books: Schoolbooks, settings: Settings, tmp_path: Path) -> None:
    without = Schoolbooks(
        books.articles, books.questions, books.lay, books.folders, frozenset({"救济条例", "车辆条例"})
    )
    shelves = _read(settings, without, None)
    assert {article.law for article in shelves.articles} == {"收养条例", "殡葬规定"}
    assert {passage.document.title for passage in shelves.passages} == {"收养条例"}
    assert {question.law for question in shelves.questions} == {"收养条例", "殡葬规定"}
    train(settings, without, tmp_path / "model", SMALL)
    card = (tmp_path / "model" / "README.md").read_text("utf-8")
    assert "training part) | 0 |" in card
    vocabulary = json.loads((tmp_path / "model" / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    assert "登记" in vocabulary
    assert "安全带" not in vocabulary


def test_a_second_stage_is_trained_and_serves(books: Schoolbooks, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="second-stage"):
        train_second_stage(settings, books, tmp_path / "model", SMALL)
    train(settings, books, tmp_path / "model", SMALL)
    assert train_second_stage(settings, books, tmp_path / "model", SMALL) > 12
    assert sorted(path.name for path in (tmp_path / "model.parts").iterdir()) == ["0", "1", "2", "3"]
    assert rerank.load(tmp_path / "model" / rerank.FILE) is not None
    build(settings)
    hits = load(settings).search("收养要登记吗", 3)
    assert len(hits) == 3
    assert all(hit.confidence is not None for hit in hits)


def test_laws_are_parted_whole_and_evenly() -> None:
    questions = [
        Question(law, "", "city", str(count))
        for law, size in zip("甲乙丙丁戊", (5, 4, 3, 2, 1), strict=True)
        for count in range(size)
    ]
    parts = parted(questions, 3)
    assert sorted(law for laws in parts for law in laws) == sorted("甲乙丙丁戊")
    assert sorted(sum(one.law in laws for one in questions) for laws in parts) == [5, 5, 5]


def test_the_laws_held_out_are_read_and_have_questions() -> None:
    laws = hold_out(PROJECT / "training" / "held_out.txt")
    assert len(laws) == 20
    asked = {
        json.loads(line)["law"]
        for path in (PROJECT / "training" / "questions").glob("*.jsonl")
        for line in path.open(encoding="utf-8")
    }
    assert laws <= asked
    assert hold_out(PROJECT / "training" / "held_out_lay.txt")
    with pytest.raises(CorpusError, match="读不了"):
        hold_out(Path("/no/such/file"))
