import subprocess
import sys
from pathlib import Path

import numpy as np
from small_models import a_static_model

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


def test_whole_numbers_lose_next_to_nothing(tmp_path: Path) -> None:
    from safetensors.numpy import load

    vectors = np.random.default_rng(5).standard_normal((300, 64)).astype(np.float32)
    vectors *= np.random.default_rng(6).uniform(0, 9, (300, 1)).astype(np.float32)
    vectors[7] = 0
    static.write_model(tmp_path / "m", [f"w{number}" for number in range(300)], vectors)
    tensors = load((tmp_path / "m" / "model.safetensors").read_bytes())
    assert {name: tensor.dtype for name, tensor in tensors.items()} == {"embeddings": np.int8, "weights": np.float32}
    again = tensors["embeddings"] * tensors["weights"][:, None]
    assert (np.abs(again[1:] - vectors) <= 0.501 * tensors["weights"][1:, None]).all()

    texts = [" ".join(f"w{number}" for number in range(start, start + 9)) for start in range(280)]
    before = np.stack([vectors[start : start + 9].sum(axis=0) for start in range(280)])
    before /= np.linalg.norm(before, axis=1, keepdims=True)
    cosines = (StaticEncoder(tmp_path / "m").encode(texts) * before).sum(axis=1)
    assert cosines.min() > 0.999


def test_only_a_folder_of_our_own_is_a_model(tmp_path: Path) -> None:
    static.fit(COMPANY, tmp_path / "ours")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config_sentence_transformers.json").write_text("[")
    assert static.is_model(tmp_path / "ours")
    assert not any(map(static.is_model, [a_static_model(tmp_path / "theirs"), tmp_path / "broken", tmp_path / "none"]))
