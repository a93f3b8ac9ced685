"""An index in memory: passages and the systems that find them.

The first stage is BM25, vectors, and both fused; the second orders what the first found (see ``rerank``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from assistant.search.cross import CrossEncoderReranker
from assistant.search.dense import DenseIndex, Encoder, Matrix
from assistant.search.expansion import Alike, Expansion, Posed
from assistant.search.fuse import DEPTH, WEIGHTS, Ranking, fuse, ranked
from assistant.search.lexical import LexicalIndex
from assistant.search.rerank import Reranker
from assistant.search.static import StaticEncoder
from assistant.search.traits import NO_AID, NOT_ASKED, Aid, Asked, Found, TraitReader
from assistant.text.vocabulary import Vocabulary, parse_vocabulary, vocabulary_of
from assistant.types import Document, Hit, Passage

SYSTEMS = ("bm25", "dense", "fused", "reranked")

CANDIDATES = 30
"""Of each search and each wording, the first so many are what the second stage chooses from."""

ASKED_ALIKE = 10
"""Of the passages whose own questions are the nearest, so many are among them."""

READ = 20
"""How many of the first passages a cross-encoder reads."""


class Index:
    """Passages and the systems that find them. Nothing in it changes, so any number of people may search at once."""

    def __init__(
        self, documents: Sequence[Document], passages: Sequence[Passage],
        lexical: LexicalIndex, dense: DenseIndex, encoder: Encoder, reranker: Reranker | None = None,
        cross: CrossEncoderReranker | None = None, words: str = "", expansion: Expansion | None = None,
    ) -> None:  # fmt: skip
        self.documents = {document.id: document for document in documents}
        self.passages = tuple(passages)
        self._lexical = lexical
        self._dense = dense
        self._encoder = encoder
        self._reranker = reranker
        self._cross = cross
        self._words = words
        self._expansion = expansion
        self._reader = TraitReader(passages, lexical, encoder) if isinstance(encoder, StaticEncoder) else None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the passages and of general Chinese, with how they sound."""
        if self._words:
            return parse_vocabulary(self._words)
        return vocabulary_of(passage.text for passage in self.passages)

    @classmethod
    def of(
        cls, documents: Sequence[Document], passages: Sequence[Passage], encoder: Encoder,
        reranker: Reranker | None = None,
    ) -> Index:  # fmt: skip
        """An index that is kept nowhere."""
        texts = [field(passage) for passage in passages]
        return cls(documents, passages, LexicalIndex.of(texts), DenseIndex.of(encoder.encode(texts)), encoder, reranker)

    def expanded(self, posed: Sequence[Posed]) -> Index:
        """The same index with these questions as what people ask."""
        expansion = Expansion.of(posed, len(self.passages), self._encoder) if posed else None
        return Index(
            list(self.documents.values()), self.passages, self._lexical, self._dense, self._encoder, self._reranker,
            self._cross, self._words, expansion,
        )  # fmt: skip

    def search(
        self, question: str, k: int = 50, systems: str = "fused", *,
        weights: Mapping[str, float] = WEIGHTS, depth: int = DEPTH, aid: Aid = NO_AID,
    ) -> list[Hit]:  # fmt: skip
        """The ``k`` best passages for ``question``, best first; of equal scores the earlier passage first.

        ``systems`` is ``bm25``, ``dense``, ``fused`` or ``reranked``; the scores are that system's own. A passage that
        shares nothing with the question is never found. ``fused`` joins the first ``depth`` of the two by ``weights``,
        and so finds at most twice as many. ``reranked`` orders what both find, for the question and for ``aid``'s
        official wording of it, by a second stage, and its hits have a confidence; with an encoder that has no second
        stage it is ``fused``. A cross-encoder, where there is one, has the last word on the first of them. Raises
        ``ValueError`` for another system.
        """
        if systems not in SYSTEMS:
            raise ValueError(f"no such system: {systems}")
        if systems == "reranked":
            hits = self._second_stage(question, max(k, READ), aid)
            return (self._cross.order(question, hits, field, READ) if self._cross else hits)[:k]
        rankings = {
            each: self._rank(question, each, max(k, depth)) for each in ("bm25", "dense") if systems in (each, "fused")
        }
        ranking = fuse(rankings, weights, depth) if systems == "fused" else rankings[systems]
        cosines = dict(rankings.get("dense", ()))
        return [
            Hit(self.passages[place], score, rank, cosines.get(place, 0.0))
            for rank, (place, score) in enumerate(ranking[:k], start=1)
        ]

    def _second_stage(self, question: str, k: int, aid: Aid) -> list[Hit]:
        if self._reader and self._reranker:
            return self._reranked(question, k, aid, self._reader, self._reranker)
        return self.search(f"{question} {aid.official}".strip(), k)

    def _reranked(self, question: str, k: int, aid: Aid, reader: TraitReader, reranker: Reranker) -> list[Hit]:
        found = self.candidates(question, aid=aid)
        if not found:
            return []
        traits = reader.traits(question, found, aid)
        scores = reranker.scores(traits)
        confidences = reranker.confidences(traits, scores)
        odds = np.exp(scores - scores.max())
        order = sorted(range(len(found)), key=lambda row: (-scores[row], found[row].place))
        return [
            Hit(
                self.passages[found[row].place], float(odds[row]), rank, found[row].cosine,
                confidence=float(confidences[row]),
            )
            for rank, row in enumerate(order[:k], start=1)
        ]  # fmt: skip

    def candidates(self, question: str, depth: int = CANDIDATES, aid: Aid = NO_AID) -> list[Found]:
        """What the second stage chooses from, by place: the first ``depth`` of BM25 and dense, for both wordings, and
        those for which people ask alike.
        """
        asked = [question, f"{question} {aid.official}"] if aid.official and aid.official != question else [question]
        lexical = [self._lexical.scores(each) for each in asked]
        vectors = self._encoder.encode_questions(asked)
        places = {place for scores in lexical for place, _ in ranked(scores, depth)}
        places |= {place for vector in vectors for place, score in self._dense.search(vector, depth) if score > 0}
        alike = self._expansion.alike(question, vectors[0]) if self._expansion else None
        places |= {
            place for by in ((alike.nearest, alike.bm25) if alike else ()) for place, _ in ranked(by, ASKED_ALIKE)
        }
        chosen = sorted(places)
        cosines = self._dense.cosines(vectors, chosen)
        return [
            Found(
                place, float(lexical[0][place]), float(row[0]), float(lexical[-1][place]), float(row[-1]),
                _asked(alike, place) if alike else NOT_ASKED,
            )
            for place, row in zip(chosen, cosines, strict=True)
        ]  # fmt: skip

    def traits(self, question: str, found: Sequence[Found], aid: Aid = NO_AID) -> Matrix:
        """What the second stage sees of each passage ``found``, shape [found, traits]. Only with a static encoder."""
        if self._reader is None:
            raise ValueError("the second stage needs an encoder of our own")
        return self._reader.traits(question, found, aid)

    def nearness(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosines of the vectors of ``question`` and each of ``texts``, which need not be of the index."""
        vector = self._encoder.encode_questions([question])[0]
        return [float(cosine) for cosine in self._encoder.encode(texts) @ vector]

    def nearest(self, vector: Matrix, least: float) -> list[int]:
        """The places of the passages whose cosine with ``vector`` is at least that, nearest first."""
        return [place for place, cosine in self._dense.search(vector, DEPTH) if cosine >= least]

    def _rank(self, question: str, system: str, k: int) -> Ranking:
        if system == "bm25":
            return ranked(self._lexical.scores(question), k)
        vector = self._encoder.encode_questions([question])[0]
        return [(place, score) for place, score in self._dense.search(vector, k) if score > 0]


def _asked(alike: Alike, place: int) -> Asked:
    return Asked(
        float(alike.about[place]), float(alike.nearest[place]), float(alike.share[place]), float(alike.bm25[place]),
        alike.in_vain, alike.vain_share,
    )  # fmt: skip


def field(passage: Passage) -> str:
    """The text under which a passage is found: the document's title, the headings above it, its label and itself.

    Each once: a title tells documents apart, not the passages of one, and counting it twice found no more (measured).
    The full stops keep pairs of characters and sentences from reaching across.
    """
    return "。".join([passage.document.title, *passage.heading, passage.label, passage.text])
