"""What the second stage looks at: traits of a passage that was found for a question, as numbers.

A trait is a plain measure of how question and passage agree (scores of the first stage, covered words, the nearest words,
the longest common run, whether the document is in force…). ``TRAITS`` names them in the order of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.search.lexical import LexicalIndex
from assistant.search.static import StaticEncoder
from assistant.text.normalize import normalize
from assistant.text.tokens import features, rarity, words
from assistant.types import Passage

Matrix = NDArray[np.float32]

CUES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    name: (re.compile(question), re.compile(passage))
    for name, question, passage in (
        ("money", r"多少钱|几多钱|金额|标准|多少元|补贴|how much", r"\d+元|万元|标准|金额|倍"),
        (
            "time",
            r"多久|几天|几日|多长时间|期限|时限|多少天|几个月|how long|deadline",
            r"日内|工作日|个月|年内|期限|小时",
        ),
        (
            "when",
            r"什么时候|啥时候|几时|何时|哪天|哪一天|几号|几月|最迟|最晚|之前要|when\b|by what date",
            r"\d+月|之日|当日|每年|每月|次月|下月|\d+年",
        ),
        (
            "count",
            r"几个|几名|几人|多少人|多少个|多少名|几成|几倍|百分之几|比例|人数|how many",
            r"[0-9一二三四五六七八九十百]+(?:个|名|人|户|倍)|分之|过半数|%",
        ),
        (
            "fee",
            r"收费|收钱|要钱|花钱|免费|交钱|出钱|费用|手续费|charge|free\b|fee\b|cost",
            r"收费|费用|免费|收取|工本费|无偿|承担",
        ),
        (
            "duty",
            r"要不要|必须|非要|是不是要|该不该|有没有义务|一定要|must|have to|obliged",
            r"应当|必须|不得|有义务|负责",
        ),
        ("papers", r"材料|证件|手续|带什么|什么证明|document|paper", r"材料|证明|证件|身份证|户口簿|申请书"),
        ("who", r"谁|哪个部门|哪个单位|找哪|哪里|哪儿|who\b|which", r"负责|主管|机关|部门|管理"),
        (
            "conditions",
            r"条件|哪些人|什么人|能不能|可以|算不算|符合|可唔可以|can i|eligib",
            r"下列|条件|可以|不得|具有",
        ),
        ("penalty", r"罚|处分|责任|后果|追究|penalt|punish|fine", r"罚款|处分|责令|追究|警告|没收|吊销|撤销"),
        ("definition", r"什么是|什么叫|是指|意思|what is|mean", r"是指|所称|包括"),
        ("procedure", r"怎么|如何|咋|流程|程序|步骤|点样|how (?:do|to|can)", r"申请|受理|审核|提出|程序|决定"),
    )
}
"""By form of question: what such questions say, and what the passages that answer them say."""

TRAITS = (
    "bm25", "bm25 rank", "bm25 of all words", "cosine", "cosine gap", "cosine rank",
    "sentence", "sentence gap", "near words", "near words gap", "missing word", "far word", "covered", "covered gap", "title", "run", "run share",
    "length", "same document", "question length", "latin", "in force", "place", "year", "number", "law",
    "official bm25", "official cosine", "official covered",
    "asked about", "asked alike", "asked alike gap", "asked share", "asked bm25", "in vain", "in vain gap", "vain share",
    *(f"cue {name}" for name in CUES),
)  # fmt: skip

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBER = re.compile("第[零〇一二三四五六七八九十百千]+条")
_SENTENCE_END = re.compile("[。；！？;!?\n]")
_NOT_OF_THE_NAME = re.compile(r"中华人民共和国|[（(].*?[）)]|[《》\s]")
_SHORTEST = 4  # characters of a sentence that is looked at alone
_LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Aid:
    """What others know of a question: its text in official terms, and of documents by id how they stand.

    ``in_force`` and ``place`` are from 0 (lapsed; of another place than asked) to 1; 1 for a document not named.
    """

    official: str = ""
    in_force: Mapping[str, float] = field(default_factory=dict)
    place: Mapping[str, float] = field(default_factory=dict)


NO_AID = Aid()


@dataclass(frozen=True, slots=True)
class Asked:
    """How people ask for a passage, beside a question, and how near that is to what nothing answers (``expansion.Alike``)."""

    about: float = 0.0
    nearest: float = 0.0
    share: float = 0.0
    bm25: float = 0.0
    in_vain: float = 0.0
    vain_share: float = 0.0


NOT_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that the first stage found, at ``place`` of the index, with the scores of its searches (0: not found).

    ``official_…`` are those of the question in official terms; ``asked`` tells how people ask for the passage.
    """

    place: int
    bm25: float
    cosine: float
    official_bm25: float
    official_cosine: float
    asked: Asked = NOT_ASKED


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it is compared: its features of two characters or more, a vector for each sentence, and its letters."""

    ids: NDArray[np.int32]
    sentences: Matrix
    letters: str
    head: str
    title: str


class TraitReader:
    """Reads traits over one index; what it has read of a passage it keeps for the next question."""

    def __init__(self, passages: Sequence[Passage], lexical: LexicalIndex, encoder: StaticEncoder) -> None:
        self._passages = passages
        self._lexical = lexical
        self._encoder = encoder
        self._read = lru_cache(maxsize=20_000)(self._read_passage)

    def traits(self, question: str, found: Sequence[Found], aid: Aid = NO_AID) -> Matrix:
        """The traits of every passage that was ``found``, shape [found, len(TRAITS)]."""
        if not found:
            return np.zeros((0, len(TRAITS)), dtype=np.float32)
        columns = self._scores(found) | self._nearness(question, found) | self._coverage(question, found, aid)
        columns |= self._wording(question, found) | self._standing(found, aid) | self._cues(question, found)
        columns |= self._asked_alike(found)
        return np.stack([np.asarray(columns[name], dtype=np.float32) for name in TRAITS], axis=1)

    def _read_passage(self, place: int) -> _Read:
        passage = self._passages[place]
        parts = [(len(part), self._encoder.ids(part)) for part in _SENTENCE_END.split(passage.text)]
        together = np.unique(np.concatenate([ids for _, ids in parts]))
        ids = np.append(together[self._encoder.long[together]], 0)  # 0 has no direction, and there is always one
        sentences = [known for length, known in parts if length >= _SHORTEST] or [self._encoder.ids(passage.text)]
        title = normalize(_NOT_OF_THE_NAME.sub("", passage.document.title))
        head = normalize("。".join((title, *passage.heading)))
        return _Read(ids.astype(np.int32), self._encoder.encode_ids(sentences), normalize(passage.text), head, title)

    @staticmethod
    def _scores(found: Sequence[Found]) -> dict[str, Matrix]:
        bm25, cosine, official, official_cosine = _columns(found)
        return {
            "bm25": bm25 / max(float(bm25.max()), 1e-6), "bm25 rank": _rank(bm25),
            "cosine": cosine, "cosine gap": cosine - cosine.max(), "cosine rank": _rank(cosine),
            "official bm25": official / max(float(official.max()), 1e-6),
            "official cosine": official_cosine - official_cosine.max(),
        }  # fmt: skip

    def _nearness(self, question: str, found: Sequence[Found]) -> dict[str, Matrix]:
        """How near the nearest sentence is, and each word's nearest feature in the mean, weighted by rarity."""
        read = [self._read(one.place) for one in found]
        vector = self._encoder.encode([question])[0]
        starts = np.cumsum([0, *(len(each.sentences) for each in read[:-1])])
        sentence = np.maximum.reduceat(np.concatenate([each.sentences for each in read]) @ vector, starts)
        nearest, weights = self._nearest(question, read)
        near = weights @ nearest
        return {
            "sentence": sentence, "sentence gap": sentence - sentence.max(),
            "near words": near, "near words gap": near - near.max(),
            "missing word": (weights[:, None] * (1 - nearest)).max(axis=0),
            "far word": nearest[np.argsort(-weights)[:3]].min(axis=0),
        }  # fmt: skip

    def _nearest(self, question: str, read: Sequence[_Read]) -> tuple[Matrix, Matrix]:
        """For each word asked the cosine of each passage's nearest feature, shape [words, passages], and its weight.

        The weights add up to 1: how rare the word is in the passages, times how rare in general Chinese.
        """
        asked = list(dict.fromkeys(words(question)))
        known = [word for word in asked if len(self._encoder.ids_of([word]))]
        if not known:
            return np.zeros((1, len(read)), dtype=np.float32), np.ones(1, dtype=np.float32)
        weights = self._lexical.rarity(known) * np.array([max(0.1, rarity(word)) for word in known])
        there, where = np.unique(np.concatenate([each.ids for each in read]), return_inverse=True)
        cosines = self._encoder.cosines(self._encoder.ids_of(known), there)
        starts = np.cumsum([0, *(len(each.ids) for each in read[:-1])])
        nearest = np.maximum.reduceat(cosines[:, where], starts, axis=1)
        return nearest, (weights / weights.sum()).astype(np.float32)

    def _coverage(self, question: str, found: Sequence[Found], aid: Aid) -> dict[str, Matrix]:
        """The share of the question's features, weighted by rarity, that stand in the passage's field."""
        places = np.array([one.place for one in found])
        covered, most = self._covered(question, places)
        bm25 = _columns(found)[0]
        return {
            "covered": covered, "covered gap": covered - covered.max(),
            "bm25 of all words": bm25 / max(most, 1e-6),
            "official covered": self._covered(aid.official or question, places)[0],
        }  # fmt: skip

    def _covered(self, question: str, places: NDArray[np.integer]) -> tuple[Matrix, float]:
        asked = list(dict.fromkeys(features(question)))
        weights = self._lexical.rarity(asked)
        total = float(weights.sum())
        covered: Matrix = (weights @ self._lexical.holds(asked, places)).astype(np.float32) / max(total, 1e-6)
        return covered, total

    def _wording(self, question: str, found: Sequence[Found]) -> dict[str, Matrix]:
        normal = normalize(question)
        read = [self._read(one.place) for one in found]
        documents = [self._passages[one.place].document.id for one in found]
        runs = np.array([longest_run(normal, each.letters) for each in read], dtype=np.float32)
        asked = list(dict.fromkeys(word for word in words(question) if len(word) > 1))
        weights = self._lexical.rarity(asked)
        in_head = np.array([[word in each.head for word in asked] for each in read], np.float32).reshape(len(read), -1)
        title = (in_head @ weights).astype(np.float32)
        cosine = _columns(found)[1]
        return {
            "title": title / max(float(weights.sum()), 1e-6),
            "run": runs, "run share": runs / max(1, min(len(normal), _LONGEST_RUN)),
            "length": np.log1p(np.array([len(each.letters) for each in read], dtype=np.float32)),
            "same document": _by_document(documents, cosine),
            "question length": np.full(len(found), np.log1p(len(normal)), np.float32),
            "latin": np.full(len(found), normal.isascii(), np.float32),
            "year": _agreement(set(_YEAR.findall(normal)), [f"{each.head}{each.letters}" for each in read]),
            "number": _agreement(set(_NUMBER.findall(normal)), [self._passages[one.place].label for one in found]),
            "law": np.array([bool(each.title) and each.title in normal for each in read], np.float32),
        }  # fmt: skip

    def _standing(self, found: Sequence[Found], aid: Aid) -> dict[str, Matrix]:
        documents = [self._passages[one.place].document.id for one in found]
        return {
            "in force": np.array([aid.in_force.get(each, 1.0) for each in documents], np.float32),
            "place": np.array([aid.place.get(each, 1.0) for each in documents], np.float32),
        }

    @staticmethod
    def _asked_alike(found: Sequence[Found]) -> dict[str, Matrix]:
        """How near the questions are that were written for each passage, 0 for one that has none, and those in vain."""
        asked = [one.asked for one in found]
        alike = np.array([one.nearest for one in asked], np.float32)
        scores = np.array([one.bm25 for one in asked], np.float32)
        in_vain = np.array([one.in_vain for one in asked], np.float32)
        return {
            "asked about": np.array([one.about for one in asked], np.float32),
            "asked alike": alike, "asked alike gap": alike - alike.max(),
            "asked share": np.array([one.share for one in asked], np.float32),
            "asked bm25": scores / max(float(scores.max()), 1e-6),
            "in vain": in_vain, "in vain gap": (in_vain - alike.max()) * (in_vain > 0),
            "vain share": np.array([one.vain_share for one in asked], np.float32),
        }  # fmt: skip

    def _cues(self, question: str, found: Sequence[Found]) -> dict[str, Matrix]:
        """For each form of question: 0 where it is not asked, 1 where the passage has its words, -1 where not."""
        normal = normalize(question)
        columns = {}
        for name, (asks, answers) in CUES.items():
            asked = bool(asks.search(normal))
            values = [(1.0 if answers.search(self._read(one.place).letters) else -1.0) * asked for one in found]
            columns[f"cue {name}"] = np.array(values, dtype=np.float32)
        return columns


def longest_run(text: str, other: str) -> int:
    """The length of the longest run of characters of ``text`` that stands in ``other`` too, at most 12."""
    best = 0
    for start in range(len(text)):
        while best < _LONGEST_RUN and start + best < len(text) and text[start : start + best + 1] in other:
            best += 1
    return best


def _columns(found: Sequence[Found]) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    values = np.array([(one.bm25, one.cosine, one.official_bm25, one.official_cosine) for one in found], np.float32)
    return values[:, 0], values[:, 1], values[:, 2], values[:, 3]


def _rank(scores: Matrix) -> Matrix:
    """1 for the best, 1/2 for the next, …"""
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[order] = 1 / np.arange(1, len(scores) + 1)
    return ranks


def _by_document(documents: Sequence[str], cosine: Matrix) -> Matrix:
    """The mean of the three best cosines of each passage's document, less that of the best document."""
    means = {}
    for document in dict.fromkeys(documents):
        own = sorted((value for name, value in zip(documents, cosine, strict=True) if name == document), reverse=True)
        means[document] = float(np.sum(own[:3])) / 3
    best = max(means.values())
    return np.array([means[document] - best for document in documents], dtype=np.float32)


def _agreement(asked: set[str], texts: Sequence[str]) -> Matrix:
    """0 where nothing is asked for, 1 where the text has any of it, -1 where not."""
    values = [(1.0 if any(each in text for each in asked) else -1.0) if asked else 0.0 for text in texts]
    return np.array(values, dtype=np.float32)
