"""The encoder that needs no download: a static embedding fitted on the corpus itself.

A feature's vector comes from the company it keeps: positive pointwise mutual information of features within a sentence
(Levy and Goldberg 2014, with their context smoothing), cut down to a few hundred dimensions by a truncated singular
value decomposition and weighted by inverse document frequency. A text is the mean of its features' vectors, brought to
length 1. It is kept as a sentence-transformers model folder (StaticEmbedding and Normalize), which
``SentenceTransformer(folder).encode(" ".join(features(text)))`` reads; here the same files are read without torch,
whose import alone takes longer than a person waits for an answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save
from scipy import sparse

from assistant.text.tokens import features

DIMENSIONS = 256
CONTEXTS = 1000
"""Features whose company counts, the most frequent ones: more of them found no more, and took longer."""

_SMOOTHING = 0.75  # exponent on the frequency of contexts
_SINGULAR = 0.5  # exponent on the singular values
_BLOCK = 4096  # rows at a time
_UNKNOWN = "[UNK]"
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
_SENTENCE_END = re.compile("[。；！？;!?]")

Matrix = NDArray[np.float32]


class StaticEncoder:
    """Texts to vectors by a folder that ``fit`` wrote."""

    id = "fitted"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids: dict[str, int] = json.loads((folder / _TOKENIZER).read_text("utf-8"))["model"]["vocab"]
        self._weights: Matrix = load((folder / _WEIGHTS).read_bytes())["embedding.weight"]

    @cached_property
    def sha256(self) -> str:
        """Of vocabulary and weights: equal digests give equal vectors."""
        files = [(self._folder / name).read_bytes() for name in (_TOKENIZER, _WEIGHTS)]
        return hashlib.sha256(b"".join(files)).hexdigest()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of length 1, shape [texts, dimensions]; all zero for a text of which no feature is known."""
        vectors = np.zeros((len(texts), self._weights.shape[1]), dtype=np.float32)
        for row, text in enumerate(texts):
            known = [self._ids[feature] for feature in features(text) if feature in self._ids]
            vectors[row] = self._weights[known].sum(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, np.float32(1e-12))
        return vectors


def fit(texts: Sequence[str], folder: Path, *, dimensions: int = DIMENSIONS) -> None:
    """Fit an encoder on ``texts``, of which one at least has a feature, and write it into ``folder``, which is made.

    Features of a single text are left out, since they are in no company that could be compared; BM25 finds them.
    """
    sentences = [[features(sentence) for sentence in _SENTENCE_END.split(text)] for text in texts]
    frequencies = Counter(feature for text in sentences for feature in set().union(*text))
    vocabulary = sorted(feature for feature, count in frequencies.items() if count > 1) or sorted(frequencies)
    counts = np.array([frequencies[feature] for feature in vocabulary])
    contexts = np.sort(np.argsort(-counts, kind="stable")[:CONTEXTS])

    occurrences = _occurrences([sentence for text in sentences for sentence in text], vocabulary)
    vectors = _reduce(_mutual_information(occurrences.T @ occurrences[:, contexts]), dimensions)
    rarity = np.log1p((len(texts) - counts + 0.5) / (counts + 0.5))  # BM25's inverse document frequency
    _write_model(folder, vocabulary, (vectors * rarity[:, None]).astype(np.float32))


def _occurrences(sentences: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> sparse.csr_matrix:
    """1 where a sentence (row) has a feature (column)."""
    ids = {feature: number for number, feature in enumerate(vocabulary)}
    columns = [sorted({ids[feature] for feature in sentence if feature in ids}) for sentence in sentences]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(sentences), len(vocabulary)))


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


def _write_model(folder: Path, vocabulary: Sequence[str], vectors: Matrix) -> None:
    folder.mkdir(parents=True)
    unknown = np.zeros((1, vectors.shape[1]), dtype=np.float32)  # adds nothing to a text's mean but its divisor
    (folder / _WEIGHTS).write_bytes(save({"embedding.weight": np.concatenate([unknown, vectors])}))
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
    _write_json(folder / "config_sentence_transformers.json", {"prompts": {}, "similarity_fn_name": "cosine"})
    (folder / "1_Normalize").mkdir()
    _write_json(folder / "1_Normalize" / "config.json", {})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
