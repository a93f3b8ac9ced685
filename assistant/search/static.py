"""The encoder that needs no download: a vector for each feature, fitted on the corpus itself or trained (``training``).

A feature's vector comes from the company it keeps: positive pointwise mutual information of features within a sentence
(Levy and Goldberg 2014, with their context smoothing), cut down to a few hundred dimensions by a truncated singular
value decomposition and weighted by inverse document frequency. A text is the mean of its features' vectors, brought to
length 1.

A model is a sentence-transformers folder (StaticEmbedding and Normalize), which
``SentenceTransformer(folder).encode(" ".join(features(text)))`` reads; here the same files are read without torch,
whose import alone takes longer than a person waits for an answer. The weights are whole numbers from -127 to 127 with
one scale a row, a quarter of the size, in the layout that StaticEmbedding takes over from model2vec (``embeddings``
times ``weights``, since sentence-transformers 6.2).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save
from scipy import sparse

from assistant.text.tokens import features

FITTED, BUILT_IN = "fitted", "built-in"
"""Names in the settings: the encoder fitted on the corpus at every build, and the trained one that comes with us."""

SHIPPED = Path(__file__).parent / "model"
"""The folder of the built-in encoder."""

DIMENSIONS = 256
CONTEXTS = 1000
"""Features whose company counts, the most frequent ones: more of them found no more, and took longer."""

_SMOOTHING = 0.75  # exponent on the frequency of contexts
_SINGULAR = 0.5  # exponent on the singular values
_BLOCK = 4096  # rows at a time
_UNKNOWN = "[UNK]"
_LARGEST = 127  # of a weight as a whole number
_WEIGHTS, _TOKENIZER, _CONFIG = "model.safetensors", "tokenizer.json", "config_sentence_transformers.json"
_INPUT = "assistant.text.tokens.features"  # what the tokenizer expects, parted by blanks; marks a folder as ours
_SENTENCE_END = re.compile("[。；！？;!?]")

Matrix = NDArray[np.float32]


class StaticEncoder:
    """Texts to vectors by a folder that ``write_model`` wrote; ``id`` is the name that it goes by in the settings.

    Raises ``OSError``, ``ValueError`` or ``KeyError`` where the folder is not as it was written.
    """

    def __init__(self, folder: Path, id: str = FITTED) -> None:
        self.id = id
        self.folder = folder
        self._ids: dict[str, int] = json.loads((folder / _TOKENIZER).read_text("utf-8"))["model"]["vocab"]
        tensors = _tensors(folder / _WEIGHTS)
        self._numbers: NDArray[np.int8] = tensors["embeddings"]
        self._scales: Matrix = tensors["weights"]

    @cached_property
    def sha256(self) -> str:
        """Of vocabulary and weights: equal digests give equal vectors."""
        files = [(self.folder / name).read_bytes() for name in (_TOKENIZER, _WEIGHTS)]
        return hashlib.sha256(b"".join(files)).hexdigest()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of length 1, shape [texts, dimensions]; all zero for a text of which no feature is known."""
        return self.encode_ids([self.ids(text) for text in texts])

    def encode_ids(self, texts: Sequence[NDArray[np.integer]]) -> Matrix:
        """Vectors of texts that are given as the numbers of their known features."""
        vectors = np.zeros((len(texts), self._numbers.shape[1]), dtype=np.float32)
        for row, known in enumerate(texts):
            vectors[row] = self._scales[known] @ self._numbers[known].astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, np.float32(1e-12))
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        """The same: questions and passages go one way."""
        return self.encode(texts)

    def ids(self, text: str) -> NDArray[np.int64]:
        """The numbers of the known features of ``text``, in order."""
        return self.ids_of(features(text))

    def ids_of(self, names: Iterable[str]) -> NDArray[np.int64]:
        """The numbers of those of the features ``names`` that are known, in order."""
        return np.array([self._ids[name] for name in names if name in self._ids], dtype=np.int64)

    @cached_property
    def long(self) -> NDArray[np.bool_]:
        """Whether each feature has two characters or more, shape [features]."""
        lengths = np.zeros(len(self._numbers), dtype=bool)
        lengths[list(self._ids.values())] = [len(name) > 1 for name in self._ids]
        return lengths

    def cosines(self, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> Matrix:
        """The cosines of the features' own vectors, shape [rows, columns]; 0 for a vector that is zero."""
        left, right = (self._numbers[ids].astype(np.float32) for ids in (rows, columns))
        left *= self._reciprocals[rows][:, None]
        products: Matrix = left @ right.T
        products *= self._reciprocals[columns]
        return products

    @cached_property
    def _reciprocals(self) -> Matrix:
        """1 / the length of each row of whole numbers, shape [features]; 0 for a row of zeros."""
        lengths = np.sqrt(np.einsum("ij,ij->i", self._numbers, self._numbers, dtype=np.float32))
        reciprocals: Matrix = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return reciprocals


def _tensors(path: Path) -> dict[str, Any]:
    try:
        tensors: dict[str, Any] = load(path.read_bytes())
    except SafetensorError as error:
        raise ValueError(path.name) from error
    return tensors


def is_model(folder: Path) -> bool:
    """Whether ``folder`` holds a model that ``write_model`` wrote, and so ``StaticEncoder`` reads."""
    try:
        config = json.loads((folder / _CONFIG).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.get("input") == _INPUT


def fit(texts: Sequence[str], folder: Path, *, dimensions: int = DIMENSIONS) -> None:
    """Fit an encoder on ``texts``, of which one at least has a feature, and write it into ``folder``, which is made.

    Features of a single text are left out, since they are in no company that could be compared; BM25 finds them.
    """
    sentences = [[features(sentence) for sentence in _SENTENCE_END.split(text)] for text in texts]
    frequencies = Counter(feature for text in sentences for feature in set().union(*text))
    vocabulary = sorted(feature for feature, count in frequencies.items() if count > 1) or sorted(frequencies)
    ids = {feature: number for number, feature in enumerate(vocabulary)}
    numbered = [[ids[feature] for feature in sentence if feature in ids] for text in sentences for sentence in text]
    counts = np.array([frequencies[feature] for feature in vocabulary])
    write_model(folder, vocabulary, company_vectors(numbered, counts, len(texts), dimensions=dimensions))


def company_vectors(
    sentences: Sequence[Sequence[int] | NDArray[np.integer]], counts: NDArray[np.integer], texts: int, *,
    dimensions: int = DIMENSIONS, contexts: int = CONTEXTS,
) -> Matrix:  # fmt: skip
    """Vectors of the features 0, 1, … by the company they keep in ``sentences``, shape [features, dimensions or fewer].

    ``counts`` says in how many of all the ``texts`` each occurs.
    """
    frequent = np.sort(np.argsort(-counts, kind="stable")[:contexts])
    occurrences = _occurrences(sentences, len(counts))
    vectors = _reduce(_mutual_information(occurrences.T @ occurrences[:, frequent]), dimensions)
    rarity = np.log1p((texts - counts + 0.5) / (counts + 0.5))  # BM25's inverse document frequency
    weighted: Matrix = (vectors * rarity[:, None]).astype(np.float32)
    return weighted


def _occurrences(sentences: Sequence[Sequence[int] | NDArray[np.integer]], size: int) -> sparse.csr_matrix:
    """1 where a sentence (row) has a feature (column)."""
    columns = [np.unique(np.asarray(sentence, dtype=np.int32)) for sentence in sentences]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate(columns)
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(sentences), size))


def _mutual_information(together: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information of features (rows) and contexts (columns) from how often they meet."""
    meetings = together.tocoo()
    of_feature = np.asarray(together.sum(axis=1), dtype=np.float64).ravel()
    of_context = np.asarray(together.sum(axis=0), dtype=np.float64).ravel() ** _SMOOTHING
    share = of_context / of_context.sum()
    information = np.log(meetings.data / (of_feature[meetings.row] * share[meetings.col]))
    positive = information > 0
    values = information[positive].astype(np.float32)
    return sparse.csr_matrix((values, (meetings.row[positive], meetings.col[positive])), shape=together.shape)


def _reduce(matrix: sparse.csr_matrix, dimensions: int) -> Matrix:
    """Rows in at most ``dimensions`` dimensions: left singular vectors, each scaled by its value's root.

    The columns are few, so the right singular vectors come from their products with one another, which takes seconds
    where a decomposition of the whole matrix takes minutes.
    """
    products = np.zeros((matrix.shape[1], matrix.shape[1]), dtype=np.float64)
    for start in range(0, matrix.shape[0], _BLOCK):
        block = matrix[start : start + _BLOCK].toarray()
        products += block.T @ block
    squares, right = np.linalg.eigh(products)
    kept = squares > squares[-1] * 1e-10  # what is below is rounding
    if not kept.any():  # nothing keeps company with anything, as in a corpus of one sentence
        return np.zeros((matrix.shape[0], 1), dtype=np.float32)
    squares, right = squares[kept][::-1][:dimensions], right[:, kept][:, ::-1][:, :dimensions]
    scale: Matrix = (right * squares ** ((_SINGULAR - 1) / 2)).astype(np.float32)
    vectors: Matrix = matrix @ scale
    return vectors


def write_model(folder: Path, vocabulary: Sequence[str], vectors: Matrix) -> None:
    """Write the ``vectors`` of ``vocabulary`` as a model into ``folder``, which is made where it is not there."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    unknown = np.zeros((1, vectors.shape[1]), dtype=np.float32)  # adds nothing to a text's mean but its divisor
    numbers, scales = _as_whole_numbers(np.concatenate([unknown, vectors]))
    (folder / _WEIGHTS).write_bytes(save({"embeddings": numbers, "weights": scales}))
    ids = {feature: number for number, feature in enumerate([_UNKNOWN, *vocabulary])}
    _write_json(folder / _TOKENIZER, {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": ids, "unk_token": _UNKNOWN},
    })  # fmt: skip
    _write_json(folder / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ])  # fmt: skip
    _write_json(folder / _CONFIG, {
        "prompts": {}, "similarity_fn_name": "cosine", "input": _INPUT,
        "requirements": {"sentence-transformers": ">=6.2"},
    })  # fmt: skip
    _write_json(folder / "1_Normalize" / "config.json", {})


def _as_whole_numbers(vectors: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Rows as whole numbers and the scale of each, so that their product is the row but for rounding."""
    scales: Matrix = np.abs(vectors).max(axis=1) / np.float32(_LARGEST)
    numbers = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None])
    return numbers.astype(np.int8), scales


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
