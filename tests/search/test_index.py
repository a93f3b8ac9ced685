import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from killed_builds import OTHER
from small_corpus import TEXTS, a_corpus
from small_models import a_static_model

from assistant.errors import AssistantError, CorpusError, IndexUnusable, SettingsError
from assistant.search import generation, index, static, systems
from assistant.types import Document, Hit, Passage

Corpus = tuple[list[Document], list[Passage]]
QUESTION = "农村低保标准是多少"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def found(hits: list[Hit]) -> list[tuple[str, float, int]]:
    return [(hit.passage.id, hit.score, hit.rank) for hit in hits]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("gen-*"))


# What is built comes back ----------------------------------------------------------------------------------------


def test_documents_and_passages_come_back(built: Path, corpus: Corpus) -> None:
    loaded = index.load(built)
    assert list(loaded.documents.values()) == corpus[0]
    assert [passage.id for passage in loaded.passages] == [passage.id for passage in corpus[1]]
    assert all(passage.document is loaded.documents[passage.document.id] for passage in loaded.passages)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (QUESTION, "第二条　低保金按月"),
        ("農村低保標準", "第二条　低保金按月"),
        ("离婚 冷静期", "第二条　离婚登记"),
        ("７３１元", "第四条　每人每月731元"),
    ],
)
def test_the_passage_asked_for_comes_first(built: Path, question: str, start: str) -> None:
    loaded = index.load(built)
    for system in ("bm25", "fused"):
        assert loaded.search(question, 3, system)[0].passage.text.startswith(start), system


def test_hits_are_ranked_and_limited(built: Path) -> None:
    loaded = index.load(built)
    for system in systems.SYSTEMS:
        hits = loaded.search("低保标准", 50, system)
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert found(loaded.search("低保标准", 2, system)) == found(hits)[:2]
        assert loaded.search("xyz？", 5, system) == []
        assert loaded.search("", 5, system) == []
    with pytest.raises(ValueError, match="no such system"):
        loaded.search("低保", 5, "tfidf")


def test_title_heading_and_label_find_a_passage(tmp_path: Path) -> None:
    document = Document("d", "殡葬规定", "骨灰可以寄存。\n火化要预约。", a_corpus(TEXTS)[0][0].source)
    first = Passage(document, 0, 7, ("第二章 公墓",), "第七条")
    second = Passage(document, 8, 14, ("第三章 火化场",), "第八条")
    index.build([document], [first, second], tmp_path)
    loaded = index.load(tmp_path)
    assert [hit.passage.id for hit in loaded.search("公墓", systems="bm25")] == [first.id]
    assert [hit.passage.id for hit in loaded.search("第八条", 1, "bm25")] == [second.id]
    assert len(loaded.search("殡葬", systems="bm25")) == 2


def test_weights_are_parameters(built: Path) -> None:
    loaded = index.load(built)
    lexical = loaded.search(QUESTION, 3, weights={"bm25": 1.0, "dense": 0.0})
    assert [hit.passage.id for hit in lexical] == [hit.passage.id for hit in loaded.search(QUESTION, 3, "bm25")]


def test_the_same_corpus_gives_the_same_index(tmp_path: Path, corpus: Corpus) -> None:
    for name in "ab":
        index.build(*corpus, tmp_path / name)
    assert generation.open_current(tmp_path / "a").manifest == generation.open_current(tmp_path / "b").manifest


# What cannot be built --------------------------------------------------------------------------------------------


def test_a_corpus_that_cannot_be_indexed(tmp_path: Path, corpus: Corpus) -> None:
    documents, passages = corpus
    with pytest.raises(CorpusError, match="没有可以检索的文字"):
        index.build(documents, [], tmp_path)
    with pytest.raises(CorpusError, match="没有可以检索的文字"):
        index.build(*a_corpus({"空": ["——", "……"]}), tmp_path)
    with pytest.raises(CorpusError, match="编号"):
        index.build([*documents, documents[0]], passages, tmp_path)
    with pytest.raises(ValueError, match="not among the documents"):
        index.build(documents[1:], passages, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path, corpus: Corpus) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AssistantError, match="写不了索引文件夹"):
        index.build(*corpus, tmp_path / "file")


def test_a_build_that_fails_leaves_the_index_before(built: Path, corpus: Corpus) -> None:
    before = found(index.load(built).search(QUESTION))
    with pytest.raises(SettingsError):
        index.build(*corpus, built, encoder="nobody-at-all/no-such-model")
    assert found(index.load(built, encoder="fitted").search(QUESTION)) == before


# Stale and damaged -----------------------------------------------------------------------------------------------


def refusal(folder: Path, **settings: object) -> str:
    with pytest.raises(IndexUnusable) as caught:
        index.load(folder, **settings)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "请运行 assistant build" in message
    assert "\n" not in message
    return message


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    (folder / "子").mkdir(parents=True)
    (folder / "甲.txt").write_text("甲", encoding="utf-8")
    (folder / "子" / "乙.md").write_text("乙", encoding="utf-8")
    return folder


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda folder: (folder / "甲.txt").write_text("丙", encoding="utf-8"), "修改 甲.txt"),
    "new": (lambda folder: (folder / "丁.docx").write_bytes(b"PK"), "新增 丁.docx"),
    "gone": (lambda folder: (folder / "子" / "乙.md").unlink(), "删除 子/乙.md"),
    "renamed": (lambda folder: (folder / "甲.txt").rename(folder / "子" / "甲.txt"), "新增 子/甲.txt等 2 个文件"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_corpus_that_changed(tmp_path: Path, files: Path, corpus: Corpus, change: str) -> None:
    folder = tmp_path / "index"
    index.build(*corpus, folder, corpus=[files])
    index.load(folder)
    make, told = CHANGES[change]
    make(files)
    assert told in refusal(folder)
    index.build(*corpus, folder, corpus=[files])
    index.load(folder)


def test_what_is_no_change_of_the_corpus(tmp_path: Path, files: Path, corpus: Corpus) -> None:
    folder = tmp_path / "index"
    index.build(*corpus, folder, corpus=[files])
    (files / ".甲.txt.swp.txt").write_text("")
    (files / "~$丁.docx").write_text("")
    (files / "图.png").write_text("")
    (files / "子" / "README.md").write_text("")
    (files / "子" / "circle").symlink_to(files)
    os.utime(files / "甲.txt", (0, 0))
    index.load(folder)
    shutil.rmtree(files)
    index.load(folder)


def test_a_file_that_cannot_be_read_stops_nothing(tmp_path: Path, files: Path, corpus: Corpus) -> None:
    (files / "断.txt").symlink_to(files / "没有")
    index.build(*corpus, tmp_path / "index", corpus=[files])
    index.load(tmp_path / "index")
    (files / "断.txt").unlink()
    (files / "断.txt").write_text("通")
    assert "修改 断.txt" in refusal(tmp_path / "index")


def test_questions_that_changed(tmp_path: Path, corpus: Corpus) -> None:
    folder, questions = tmp_path / "index", tmp_path / "questions"
    questions.mkdir()
    index.build(*corpus, folder, questions=[questions])
    index.load(folder)
    (questions / "own.jsonl").write_text("{}\n", encoding="utf-8")
    assert "题目" in refusal(folder, questions=[questions])
    index.build(*corpus, folder, questions=[questions])
    index.load(folder, questions=[questions])


def test_a_dictionary_that_changed(tmp_path: Path, corpus: Corpus) -> None:
    folder, words = tmp_path / "index", tmp_path / "dictionary.txt"
    words.write_text("两项补贴 500 n\n", encoding="utf-8")
    index.build(*corpus, folder, dictionary=words)
    index.load(folder, dictionary=words)
    assert "词典" in refusal(folder)
    words.write_text("两项补贴 600 n\n", encoding="utf-8")
    assert "词典" in refusal(folder, dictionary=words)
    words.write_bytes("两项补贴".encode("gb18030"))
    with pytest.raises(CorpusError, match="UTF-8"):
        index.load(folder, dictionary=words)


def test_another_encoder_is_set(built: Path) -> None:
    index.load(built, encoder="fitted")
    assert "“BAAI/bge-small-zh-v1.5”" in refusal(built, encoder="BAAI/bge-small-zh-v1.5")


def test_no_index(tmp_path: Path) -> None:
    assert "没有索引" in refusal(tmp_path / "nowhere")
    assert "没有索引" in refusal(tmp_path)


def test_another_schema(built: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "SCHEMA", generation.SCHEMA + 1)
    assert "另一个版本" in refusal(built)
    index.build(*corpus, built)
    index.load(built)


def test_every_file_is_verified(built: Path, tmp_path: Path) -> None:
    names = [path.relative_to(built) for path in built.rglob("*") if path.is_file() and path.stat().st_size]
    assert len(names) > 12
    for number, name in enumerate(names):
        for harm in ("bit", "cut", "gone"):
            copy = tmp_path / f"{number}-{harm}"
            shutil.copytree(built, copy)
            content = bytearray((copy / name).read_bytes())
            content[len(content) // 2] ^= 1
            (copy / name).unlink()
            if harm != "gone":
                (copy / name).write_bytes(content if harm == "bit" else content[:-1])
            refusal(copy)


def test_a_pointer_out_of_the_folder_is_not_followed(built: Path) -> None:
    shutil.copytree(built / "gen-000001", built.parent / "gen-000001")
    digest = (built / "current").read_text().split()[1]
    (built / "current").write_text(f"../gen-000001 {digest}\n")
    assert "已损坏" in refusal(built)


def test_a_manifest_of_another_shape(built: Path) -> None:
    path = built / "gen-000001" / "manifest.json"
    for content in (b"[]", b"{}", json.dumps({"schema": generation.SCHEMA}).encode()):
        path.write_bytes(content)
        (built / "current").write_text(f"gen-000001 {generation.hashlib.sha256(content).hexdigest()}\n")
        assert "已损坏" in refusal(built)


# Builds and readers ----------------------------------------------------------------------------------------------


def test_a_reader_during_a_build_sees_the_index_before(built: Path) -> None:
    before = found(index.load(built).search(QUESTION))
    stages: list[str] = []

    def read(stage: str, done: int, total: int) -> None:
        stages.append(stage)
        if (stage, done) != ("写入索引", 1):
            assert found(index.load(built).search(QUESTION)) == before

    index.build(*a_corpus(OTHER), built, progress=read)
    assert len(set(stages)) == 4
    assert len(index.load(built).passages) == len(a_corpus(OTHER)[1])


def test_the_generation_before_is_kept_until_the_next_build(built: Path, corpus: Corpus) -> None:
    index.build(*a_corpus(OTHER), built)
    assert generations(built) == ["gen-000001", "gen-000002"]
    index.build(*corpus, built)
    assert generations(built) == ["gen-000002", "gen-000003"]


def test_two_builds_at_once(built: Path, corpus: Corpus) -> None:
    refused: list[str] = []

    def build_too(stage: str, done: int, total: int) -> None:
        with pytest.raises(AssistantError) as caught:
            index.build(*corpus, built)
        refused.append(str(caught.value))

    index.build(*corpus, built, progress=build_too)
    assert refused
    assert all("另一个 assistant build" in message for message in refused)
    index.build(*corpus, built)


MOMENTS = [
    "open:vocab.index.json",
    "open:tokenizer.json",
    "open:vectors.faiss",
    "open:passages.jsonl",
    "open:manifest.json",
    "open:current.new",
    "rename:current",
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork are POSIX's")
def test_a_killed_build_leaves_the_index_before(built: Path, corpus: Corpus, tmp_path: Path) -> None:
    before = found(index.load(built).search(QUESTION))
    folders = [tmp_path / "killed" / moment.replace(":", "-") for moment in MOMENTS]
    for folder in folders:
        shutil.copytree(built, folder)
    program = [sys.executable, str(Path(__file__).with_name("killed_builds.py")), str(tmp_path / "killed"), *MOMENTS]
    run = subprocess.run(program, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert run.stdout.splitlines() == [f"{moment} {-signal.SIGKILL}" for moment in MOMENTS]
    for folder in folders:
        assert generations(folder) == ["gen-000001", "gen-000002"], folder
        loaded = index.load(folder)
        assert len(loaded.passages) == len(corpus[1])
        assert found(loaded.search(QUESTION)) == before
        index.build(*a_corpus(OTHER), folder)
        assert generations(folder) == ["gen-000001", "gen-000003"], folder
        assert len(index.load(folder).passages) == len(a_corpus(OTHER)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL is POSIX's")
def test_a_build_killed_from_outside_leaves_the_index_before(built: Path, tmp_path: Path) -> None:
    before = found(index.load(built).search(QUESTION))
    program = "from pathlib import Path; from assistant.search import index; from small_corpus import a_corpus\n"
    program += "t = {str(n): [f'{n}号{i}条' for i in range(400)] for n in range(40)}\n"
    program += f"index.build(*a_corpus(t), Path({str(built)!r}))"
    build = subprocess.Popen([sys.executable, "-c", program], env=ENVIRONMENT)
    while build.poll() is None and not (built / "gen-000002").exists():
        time.sleep(0.01)
    build.kill()
    assert build.wait() == -signal.SIGKILL
    assert found(index.load(built).search(QUESTION)) == before
    index.build(*a_corpus(OTHER), built)
    assert generations(built) == ["gen-000001", "gen-000003"]


# Encoders and vectors --------------------------------------------------------------------------------------------


def encoded(corpus: Corpus, folder: Path, **settings: object) -> int:
    """Build, and say how many passages were encoded."""
    totals: list[int] = []
    index.build(*corpus, folder, progress=lambda stage, _, total: totals.append(total * (stage == "编码")), **settings)  # type: ignore[arg-type]
    return max(totals)


def test_only_passages_that_changed_are_encoded_anew(tmp_path: Path, corpus: Corpus) -> None:
    folder, model, words = tmp_path / "index", a_static_model(tmp_path / "model"), tmp_path / "dictionary.txt"
    name = str(model)
    assert encoded(corpus, folder, encoder=name) == len(corpus[1])
    assert encoded(corpus, folder, encoder=name) == 0
    changed = a_corpus(
        {**TEXTS, "特困办法": [*TEXTS["特困办法"][:2], "第三条　标准另行公布。", "第四条　本办法自公布之日起施行。"]}
    )
    assert encoded(changed, folder, encoder=name) == 2
    fresh = tmp_path / "fresh"
    index.build(*changed, fresh, encoder=name)
    reused, anew = index.load(folder), index.load(fresh)
    assert found(reused.search(QUESTION, systems="dense")) == found(anew.search(QUESTION, systems="dense"))
    words.write_text("两项补贴\n", encoding="utf-8")
    assert encoded(changed, folder, encoder=name, dictionary=words) == len(changed[1])
    other = a_static_model(tmp_path / "other")
    (other / "README.md").write_text("changed")
    assert encoded(changed, folder, encoder=str(other), dictionary=words) == len(changed[1])


def test_the_fitted_encoder_encodes_nothing_anew_while_the_corpus_is_the_same(built: Path, corpus: Corpus) -> None:
    assert encoded(corpus, built) == 0
    assert encoded(a_corpus(OTHER), built) == len(a_corpus(OTHER)[1])


def test_damaged_vectors_are_not_taken_over(built: Path, corpus: Corpus) -> None:
    path = built / "gen-000001" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-4] + b"abcd")
    assert encoded(corpus, built) == len(corpus[1])
    index.load(built)


def test_an_index_by_a_named_model(tmp_path: Path, corpus: Corpus) -> None:
    from sentence_transformers import SentenceTransformer

    folder, model = tmp_path / "index", a_static_model(tmp_path / "model")
    index.build(*corpus, folder, encoder=str(model))
    hits = index.load(folder, encoder=str(model)).search(QUESTION, 4, "dense")
    plain = SentenceTransformer(str(model), device="cpu")
    texts = [index.field(passage) for passage in corpus[1]]
    cosines = plain.similarity(plain.encode([QUESTION]), plain.encode(texts))[0].numpy()
    order = np.argsort(-cosines, kind="stable")[:4]
    assert [hit.passage.id for hit in hits] == [corpus[1][place].id for place in order]
    np.testing.assert_allclose([hit.score for hit in hits], cosines[order], atol=1e-5)
    assert index.load(folder).search(QUESTION, 4, "fused")

    (model / "README.md").write_text("changed")
    assert "有改动" in refusal(folder, encoder=str(model))
    shutil.rmtree(model)
    with pytest.raises(AssistantError, match="encoder"):
        index.load(folder, encoder=str(model))


def test_a_model_of_our_own_needs_no_torch_wherever_it_lies(tmp_path: Path, corpus: Corpus) -> None:
    folder, model = tmp_path / "index", tmp_path / "model"
    static.fit([index.field(passage) for passage in corpus[1]], model)
    program = (
        "import sys; from pathlib import Path; from small_corpus import TEXTS, a_corpus; from assistant.search import index\n"
        f"index.build(*a_corpus(TEXTS), Path({str(folder)!r}), encoder={str(model)!r})\n"
        f"hits = index.load(Path({str(folder)!r}), encoder={str(model)!r}).search({QUESTION!r}, 3, 'dense')\n"
        "print(len(hits), {'torch', 'sentence_transformers'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert run.stdout.strip() == "3 set()"


def test_the_built_in_encoder(tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "index"
    monkeypatch.setattr(static, "SHIPPED", tmp_path / "shipped")
    with pytest.raises(SettingsError, match="fitted"):
        index.build(*corpus, folder, encoder="built-in")
    static.fit([index.field(passage) for passage in corpus[1]], tmp_path / "shipped")
    index.build(*corpus, folder, encoder="built-in")
    assert index.load(folder, encoder="built-in").search(QUESTION, 3, "dense")
    shutil.rmtree(tmp_path / "shipped")
    static.fit(["另一个编码器", "另一个模型"], tmp_path / "shipped")
    assert "有改动" in refusal(folder, encoder="built-in")


def test_a_damaged_model_of_our_own(tmp_path: Path, corpus: Corpus) -> None:
    static.fit(["低保", "低保标准"], tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(SettingsError, match="已损坏"):
        index.build(*corpus, tmp_path / "index", encoder=str(tmp_path / "model"))
