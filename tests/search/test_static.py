import subprocess
import sys
from pathlib import Path

import numpy as np

from assistant.search import static
from assistant.search.generation import digests
from assistant.search.index import field
from assistant.search.static import StaticEncoder
from assistant.text.tokens import features
from assistant.types import Document, Passage

COMPANY = [
    "申领低保的家庭收入要核对。",
    "申领救济的家庭收入要核对。",
    "低保对象每月领钱，按户发放。",
    "救济对象每月领钱，按户发放。",
    "机动车在高速公路行驶要系安全带。",
    "机动车停放在高速公路应急车道要罚款。",
    "道路行驶的机动车要年检。",
]


def test_sentence_transformers_gives_the_same_vectors(
    tmp_path: Path, corpus: tuple[list[Document], list[Passage]]
) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [field(passage) for passage in corpus[1]]
    static.fit(texts, tmp_path / "encoder")
    questions = ["农村低保標準是多少？", "领结婚证", "unknown words only", "未见之词与低保", ""]
    model = SentenceTransformer(str(tmp_path / "encoder"), device="cpu", local_files_only=True)
    theirs = model.encode([" ".join(features(text)) for text in [*texts, *questions]])
    ours = StaticEncoder(tmp_path / "encoder").encode([*texts, *questions])
    assert ours.dtype == np.float32
    assert np.count_nonzero(np.linalg.norm(ours, axis=1)) >= len(texts) + 3
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_words_in_the_same_company_are_near(tmp_path: Path) -> None:
    static.fit(COMPANY, tmp_path / "encoder", dimensions=4)
    aid, relief, car = StaticEncoder(tmp_path / "encoder").encode(["低保", "救济", "机动车"])
    assert aid @ relief > 0.9
    assert aid @ car < 0.5


def test_vectors_have_length_one_or_nothing(tmp_path: Path) -> None:
    static.fit(COMPANY, tmp_path / "encoder")
    encoder = StaticEncoder(tmp_path / "encoder")
    lengths = np.linalg.norm(encoder.encode([*COMPANY, "xyz", ""]), axis=1)
    np.testing.assert_allclose(lengths, [1] * len(COMPANY) + [0, 0], atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.encode(["x"]).shape[1])


def test_the_same_texts_give_the_same_model_and_others_another(tmp_path: Path) -> None:
    for name, texts in {"a": COMPANY, "b": COMPANY, "c": COMPANY[:-1]}.items():
        static.fit(texts, tmp_path / name)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    first, same, other = (StaticEncoder(tmp_path / name).sha256 for name in "abc")
    assert first == same != other


def test_a_corpus_of_one_sentence_can_be_fitted(tmp_path: Path) -> None:
    static.fit(["低保"], tmp_path / "encoder")
    assert StaticEncoder(tmp_path / "encoder").encode(["低保"]).shape[0] == 1


def test_a_question_needs_no_torch(built: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from assistant.search import index\n"
        f"hits = index.load(Path({str(built)!r}), encoder='fitted').search('农村低保标准', 3)\n"
        "print(len(hits), {'torch', 'sentence_transformers', 'transformers', 'huggingface_hub'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "3 set()"
