"""Texts as vectors, and the vectors nearest to one: sentence-transformers and FAISS.

An encoder is a value that the index is given by name: ``fitted`` (see ``static``), a local folder or a Hugging Face id.
The latter two are loaded by sentence-transformers, which is imported when the first text is encoded and not before.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingsError
from assistant.search.fuse import Ranking
from assistant.search.generation import digests

Matrix = NDArray[np.float32]
_OTHER_RUNTIMES = ["*.h5", "*.msgpack", "*.onnx", "*.ot", "*.tflite", "onnx/*", "openvino/*"]
_OTHERWISE = {"encoder": "fitted", "reranker": "built-in"}
_HUB_ID = re.compile(r"[\w.-]+(/[\w.-]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """How a foreign model is used: what is put before a question or a passage, and how many dimensions are kept.

    Without a prompt the model's own one is used where it has one. Fewer dimensions than a model has are for those that
    were trained for it (Matryoshka); ``None`` keeps all.
    """

    question_prompt: str = ""
    passage_prompt: str = ""
    dimensions: int | None = None


PLAIN = EncoderOptions()


class Encoder(Protocol):
    """Turns texts into vectors of length 1 (shape [texts, dimensions]); equal ``sha256`` means equal vectors."""

    @property
    def id(self) -> str:
        """The name that it goes by in the settings."""

    @property
    def sha256(self) -> str:
        """Hex digest of everything that its vectors depend on."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of passages in their order."""

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        """Vectors of questions in their order."""


class SentenceTransformerEncoder:
    """Any model that sentence-transformers can load: a local folder, or a Hugging Face id.

    The network is only used where ``allow_download`` says so. Every method raises ``SettingsError`` where there is no
    such model or it cannot be loaded.
    """

    def __init__(self, name: str, options: EncoderOptions = PLAIN, *, allow_download: bool = False) -> None:
        self.id = name
        self._options = options
        self._local = not allow_download

    @cached_property
    def sha256(self) -> str:
        """Of the model's files, so that a model that was trained on or exchanged is noticed without loading it.

        And of the options that passages' vectors depend on.
        """
        options = [self._options.passage_prompt, self._options.dimensions]
        made_of = [digests(self._folder), *(options if any(options) else [])]
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of passages, of length 1, shape [texts, dimensions], in the order of ``texts``."""
        return self._encode(self._model.encode_document, texts, self._options.passage_prompt)

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        """Vectors of questions, of length 1, shape [texts, dimensions], in the order of ``texts``."""
        return self._encode(self._model.encode_query, texts, self._options.question_prompt)

    @staticmethod
    def _encode(encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Matrix:
        vectors = encode(list(texts), prompt=prompt or None, normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(vectors, dtype=np.float32)

    @cached_property
    def _folder(self) -> Path:
        return model_folder(self.id, "encoder", "编码器", allow_download=not self._local)

    @cached_property
    def _model(self) -> Any:
        folder = str(self._folder)
        from sentence_transformers import SentenceTransformer  # takes seconds, and the default encoder does without

        try:
            return SentenceTransformer(folder, local_files_only=True, truncate_dim=self._options.dimensions)
        except Exception as error:  # whatever a foreign model's files may cause
            raise SettingsError(f"编码器“{self.id}”无法由 sentence-transformers 载入：{first_line(error)}") from error


def model_folder(name: str, setting: str, kind: str, *, allow_download: bool) -> Path:
    """Where a model's files are; for a Hugging Face id the local cache, filled first where that is allowed.

    Raises ``SettingsError``, naming the ``setting`` and the ``kind`` of model, where there is no such model.
    """
    if Path(name).is_dir():
        return Path(name)
    if not _HUB_ID.fullmatch(name):
        raise SettingsError(f"没有{kind}“{name}”这个文件夹，请检查设置 {setting}")
    from huggingface_hub import snapshot_download  # the default encoder does without, and so does its start

    try:
        return Path(snapshot_download(name, local_files_only=not allow_download, ignore_patterns=_OTHER_RUNTIMES))
    except Exception as error:  # of the network, the cache and the hub's own many kinds
        reason = f"下载失败（{first_line(error)}）" if allow_download else "本机没有这个模型，也没有允许联网下载"
        advice = f"请把设置 {setting} 改为本机的模型文件夹或 {_OTHERWISE[setting]}"
        raise SettingsError(f"{kind}“{name}”不能用：{reason}；{advice}") from error


def first_line(error: Exception) -> str:
    """What an error says first, or its kind where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


class DenseIndex:
    """Vectors of length 1 in an exact FAISS index: the score is the inner product, which is the cosine."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Matrix) -> DenseIndex:
        """The index of ``vectors``, shape [passages, dimensions]."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @property
    def vectors(self) -> Matrix:
        """All vectors in their order, shape [passages, dimensions]."""
        vectors: Matrix = self._index.reconstruct_n(0, self._index.ntotal)
        return vectors

    def search(self, vector: Matrix, k: int) -> Ranking:
        """The ``k`` nearest to ``vector`` (shape [dimensions]), all of them where there are fewer.

        FAISS may keep any of those that share the last place, so it is asked for more until the last place is
        undivided: of equal scores, the earlier passage comes first and stays.
        """
        wanted = asked = min(k, self._index.ntotal)
        while True:
            scores, places = self._index.search(vector[None, :], asked)
            divided = asked < self._index.ntotal and scores[0, wanted - 1] == scores[0, -1]
            if not divided:
                break
            asked = min(2 * asked + 1, self._index.ntotal)
        found = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(found, key=lambda item: (-item[1], item[0]))[:wanted]

    def cosines(self, vectors: Matrix, places: Sequence[int]) -> Matrix:
        """Those of the passages at ``places`` and ``vectors`` (shape [vectors, dimensions]), shape [places, vectors]."""
        if not places:
            return np.zeros((0, len(vectors)), dtype=np.float32)
        own: Matrix = self._index.reconstruct_batch(np.asarray(places, dtype=np.int64))
        return own @ vectors.T

    def save(self, path: Path) -> None:
        """Write the index as one file of FAISS's own format."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index that ``save`` wrote."""
        return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8)))
