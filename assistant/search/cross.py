"""A cross-encoder as a last stage, where the settings name one: question and passage are read together.

Far slower than everything before it, so it reads only the first passages. Loaded by sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from assistant.errors import SettingsError
from assistant.search.dense import first_line, model_folder
from assistant.types import Hit, Passage


class CrossEncoderReranker:
    """Any cross-encoder that sentence-transformers can load: a local folder, or a Hugging Face id.

    The network is only used where ``allow_download`` says so. Raises ``SettingsError`` when it is first used and there is
    no such model or it cannot be loaded.
    """

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        self.id = name
        self._local = not allow_download

    def order(self, question: str, hits: Sequence[Hit], text_of: Callable[[Passage], str], read: int) -> list[Hit]:
        """The first ``read`` hits by the model's score, which becomes score and confidence; the others follow unread.

        The scores are from 0 to 1 as sentence-transformers gives them for models of one label.
        """
        head, tail = list(hits[:read]), hits[read:]
        if not head:
            return []
        scores = self._model.predict([(question, text_of(hit.passage)) for hit in head], show_progress_bar=False)
        scored = [
            replace(hit, score=1 + float(score), confidence=float(score))
            for hit, score in zip(head, scores, strict=True)
        ]
        ordered = sorted(scored, key=lambda hit: (-hit.score, hit.rank))
        return [replace(hit, rank=rank) for rank, hit in enumerate([*ordered, *tail], start=1)]

    @cached_property
    def _model(self) -> Any:
        folder = str(model_folder(self.id, "reranker", "重排模型", allow_download=not self._local))
        from sentence_transformers import CrossEncoder  # takes seconds, and the default does without

        try:
            return CrossEncoder(folder, local_files_only=True)
        except Exception as error:  # whatever a foreign model's files may cause
            raise SettingsError(f"重排模型“{self.id}”无法由 sentence-transformers 载入：{first_line(error)}") from error
