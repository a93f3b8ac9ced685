"""Questions typed in pinyin without tones (nongcun dibao biaozhun), read back into the words of the corpus."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from assistant.text.lexicon import frequencies

_LATIN = re.compile(r"[a-zü']+", re.IGNORECASE)
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 8
"""Syllables of the longest word that is looked up."""
_SHARE = 0.85
"""The share of a text's Latin words that have to be pinyin for the text to be taken for it."""
_UNKNOWN = 1e-12
_FEWEST_LETTERS = 5
_COMMON, _LONGEST_COMMON = 1e-6, 4
_SHARE_OF_CORPUS = 0.7


def has_pinyin(text: str) -> bool:
    """Whether a text may be pinyin: mostly Latin letters."""
    letters = sum(map(len, _LATIN.findall(text)))
    return letters >= _FEWEST_LETTERS and 3 * letters >= 2 * len(re.sub(r"[\s\d\W]", "", text))


class PinyinReader:
    """Reads pinyin with a vocabulary: words with their shares of all words; of those that sound alike the commonest."""

    def __init__(self, corpus: Mapping[str, int]) -> None:
        """``corpus`` counts its words; they are mixed with the shares of words in general Chinese."""
        self._words: dict[tuple[str, ...], tuple[str, float]] = {}
        for word, share in sorted(_mix(corpus, _general()).items()):
            heard = sound(word)
            if heard and share > self._words.get(heard, ("", 0.0))[1]:
                self._words[heard] = (word, share)
        self._syllables = {syllable for heard in self._words for syllable in heard}

    def read(self, text: str) -> str:
        """``text`` with its pinyin turned into words, or unchanged where it is not pinyin (English, say)."""
        latin = _LATIN.findall(text.lower())
        split = {word: self._split(word) for word in latin}
        if sum(map(bool, split.values())) < _SHARE * len(split):
            return text
        return "".join(self._read_run(run, split) for run in re.split(r"([^a-zü'\s]+)", text.lower()))

    def _split(self, word: str) -> tuple[str, ...]:
        """A word as syllables, as few as possible, or nothing where it is not pinyin."""
        word = word.replace("'", "")
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                before = best[start]
                if before is not None and word[start:end] in self._syllables:
                    found = (*before, word[start:end])
                    known = best[end]
                    best[end] = found if known is None or len(found) < len(known) else known
        return best[len(word)] or ()

    def _read_run(self, run: str, split: Mapping[str, tuple[str, ...]]) -> str:
        words = _LATIN.findall(run)
        if not words:
            return run.strip()
        syllables = [syllable for word in words for syllable in (split.get(word) or (word,))]
        return "".join(self._likeliest(syllables))

    def _likeliest(self, syllables: list[str]) -> tuple[str, ...]:
        """The words that the syllables most likely are (Viterbi); a syllable that no word has stays as it is."""
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(syllables) + 1):
            options = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                word, share = self._words.get(tuple(syllables[start:end]), ("", 0.0))
                if not word and end - start == 1:
                    word, share = syllables[start], _UNKNOWN
                if word:
                    options.append((best[start][0] + math.log(share), (*best[start][1], word)))
            best.append(max(options))
        return best[-1][1]


@cache
def sound(word: str) -> tuple[str, ...]:
    """The syllables of a word of Han characters, without tones; nothing for any other word."""
    from pypinyin import lazy_pinyin  # only questions in pinyin need it

    if not re.fullmatch(r"[\u4e00-\u9fff]+", word):
        return ()
    return tuple(lazy_pinyin(word, v_to_u=False))


def _mix(corpus: Mapping[str, int], general: Mapping[str, float]) -> dict[str, float]:
    total = sum(corpus.values()) or 1
    shares = {word: (1 - _SHARE_OF_CORPUS) * share for word, share in general.items()}
    for word, count in corpus.items():
        shares[word] = shares.get(word, 0.0) + _SHARE_OF_CORPUS * count / total
    return shares


def _general() -> dict[str, float]:
    """Common short words of general Chinese with their shares."""
    return {word: share for word, share in frequencies().items() if share > _COMMON and len(word) <= _LONGEST_COMMON}
