"""A text as what is searched for in it: jieba's words, single characters and pairs of neighbours.

Words alone find too little where people speak otherwise than documents write (measured: 36 of 100 colloquial questions,
against 68 with characters and pairs), so the search gets all three; words are also what slots, synonyms and
highlighting work with. Passages and questions go through the same functions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import jieba
import numpy as np

from assistant.errors import CorpusError
from assistant.text.normalize import HAN, normalize

TOTAL_FREQUENCY = 60_101_967
"""The sum of all frequencies in the dictionary of jieba 0.42.1 (adding it up takes longer than a question has)."""

DEFAULT_FREQUENCY = 2_000
"""For a term that comes without one: enough to be kept whole among common words."""

_KEY = 3  # bytes of a Han character in UTF-8; the rare ones of four share a block with their neighbours

_LETTER = rf"(?![{HAN}])[^\W_]"  # of any script but Han, or a digit
_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    rf"|(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)*(?!{_LETTER}))"
    rf"|(?P<word>(?:{_LETTER})+)"
)


class _Segmenter(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's tokenizer over its own dictionary and our terms, reading of it only what a text needs.

    jieba reads all 350,000 entries before the first word (0.6 s and 100 MB) or keeps a cache in the shared temporary
    folder. An entry can only matter where its first character stands, so entries are read by first character when a
    text brings it: a question starts within milliseconds, and no cache is kept anywhere. Segments as jieba does.
    """

    initialized: bool

    def __init__(self, terms: Iterable[tuple[str, int, str]]) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.classes: dict[str, str] = {}
        self._terms: dict[bytes, list[tuple[str, int]]] = {}
        self._read_keys: set[bytes] = set()
        self._data = b""
        self._blocks: dict[bytes, list[tuple[int, int]]] = {}
        self.total = TOTAL_FREQUENCY
        for word, frequency, tag in terms:
            word = normalize(word)
            if not word or frequency < 1:
                raise ValueError(f"a term needs letters and a frequency of at least 1: {word!r}, {frequency}")
            self.tags[word] = tag
            self.total += frequency
            self._terms.setdefault(word.encode()[:_KEY], []).append((word, frequency))

    def initialize(self, dictionary: str | None = None) -> None:
        """Note where in the dictionary the entries of each first character stand."""
        with self.lock:
            if not self.initialized:
                with self.get_dict_file() as file:
                    self._data = file.read()
                self._blocks = _blocks(self._data)
                self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        """All the words that begin at each place of ``sentence``, as jieba gives them."""
        self.check_initialized()
        for key in {character.encode()[:_KEY] for character in sentence} - self._read_keys:
            self.FREQ.update(self._entries(key))
            self._read_keys.add(key)
        dag: dict[int, list[int]] = super().get_DAG(sentence)
        return dag

    def frequency(self, word: str) -> int:
        """How often ``word`` stands in the dictionary's texts, 0 for a word it does not have."""
        self.get_DAG(word)
        return int(self.FREQ.get(word, 0))

    def _entries(self, key: bytes) -> dict[str, int]:
        """Words with their frequency, and the beginnings of words with 0, as jieba's algorithm wants them."""
        lines = [line.split(" ") for start, end in self._blocks.get(key, ()) for line in _lines(self._data[start:end])]
        entries = {word: int(frequency) for word, frequency, *_ in lines}
        self.classes.update((word, rest[0]) for word, _, *rest in lines if rest)
        entries.update(self._terms.get(key, ()))
        for word in tuple(entries):
            for length in range(1, len(word)):
                entries.setdefault(word[:length], 0)
        return entries


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8").rstrip("\n").split("\n")


def _blocks(data: bytes) -> dict[bytes, list[tuple[int, int]]]:
    """For every three bytes that lines of ``data`` begin with: the spans of neighbouring lines that begin with them."""
    content = np.frombuffer(data, dtype=np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(content == ord("\n")) + 1))
    starts = starts[starts + _KEY <= len(content)]
    keys = sum(content[starts + place].astype(np.int32) << (8 * place) for place in range(_KEY))
    firsts = starts[np.flatnonzero(np.diff(keys, prepend=-1))].tolist()
    blocks: dict[bytes, list[tuple[int, int]]] = {}
    for start, end in zip(firsts, [*firsts[1:], len(data)], strict=True):
        blocks.setdefault(data[start : start + _KEY], []).append((start, end))
    return blocks


_segmenter = _Segmenter(())


def configure(terms: Iterable[tuple[str, int, str]]) -> None:
    """Take ``terms`` (word, frequency, tag) as the domain's words, in place of those given before.

    A term of Han characters is kept whole where its frequency makes that the likeliest reading; other terms only have
    their tag. Raises ``ValueError`` for an empty word or a frequency below 1.
    """
    global _segmenter
    _segmenter = _Segmenter(terms)


def parse_terms(text: str) -> list[tuple[str, int, str]]:
    """The terms of a dictionary file: a line each, ``word [frequency] [tag]``, in jieba's order; # begins a comment.

    Raises ``CorpusError`` for a line that is none.
    """
    terms = []
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        fields = line.partition("#")[0].split()
        if not fields:
            continue
        word, *rest = fields
        frequency = int(rest.pop(0)) if rest and re.fullmatch("[1-9][0-9]{0,8}", rest[0]) else DEFAULT_FREQUENCY
        if len(rest) > 1 or (rest and not re.fullmatch("[A-Za-z_]+", rest[0])):
            raise CorpusError(f"词典第 {number} 行应为“词 频次 词性”：{line.strip()}")
        terms.append((word, frequency, rest[0] if rest else ""))
    return terms


def tag(word: str) -> str:
    """The tag that ``configure`` gave a term, or nothing for any other word."""
    return _segmenter.tags.get(normalize(word), "")


def rarity(word: str) -> float:
    """How rare ``word`` is in general Chinese: 0 (one word in a thousand, 材料) to 1 (one in a million, or unknown)."""
    share = _segmenter.frequency(normalize(word)) / TOTAL_FREQUENCY
    return 1.0 if share <= 0 else min(1.0, max(0.0, (-math.log10(share) - 3) / 3))


def is_noun(word: str) -> bool:
    """Whether ``word`` is a noun in general Chinese, or a set phrase; a term of ours that the dictionary does not have is one."""
    if not _segmenter.frequency(word):
        return False
    return _segmenter.classes.get(word, "n").startswith(("n", "i", "l"))


def words(text: str) -> list[str]:
    """The words of ``text`` in order, normalised: jieba's for Han characters, Latin words and numbers whole.

    Punctuation and blanks are left out.
    """
    return [word for run in _RUN.finditer(normalize(text)) for word in _words_of(run)]


def features(text: str) -> list[str]:
    """What BM25 and the encoder index: the words of ``text``, and of Han characters each one and each pair.

    A pair stands within one run of Han characters, never across a blank, a sign or a number. A word of two characters
    is both a word and a pair and so counts twice, as a single character does that jieba takes for a word.
    """
    found: list[str] = []
    for run in _RUN.finditer(normalize(text)):
        found += _words_of(run)
        if run.lastgroup == "han":
            characters = run.group()
            found += characters
            found += [characters[place : place + 2] for place in range(len(characters) - 1)]
    return found


def _words_of(run: re.Match[str]) -> list[str]:
    if run.lastgroup == "han":
        return list(_segmenter.lcut(run.group(), HMM=False))
    return [run.group().replace(",", "")]
