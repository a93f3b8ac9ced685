"""Questions typed in pinyin (nongcun dibao biaozhun, nóngcūn dībǎo, nong2cun1 di1bao3), read back into words.

Tones are left out; of the words that sound alike the likeliest row of words is taken (Viterbi over the shares of words).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.text.vocabulary import Sound, Vocabulary, asked

_LATIN = re.compile(r"[a-zü']+[1-5]?(?![a-z0-9])|[a-zü']+", re.IGNORECASE)
_TONED = re.compile(r"(?<=[a-züA-ZÜ])[1-5](?=[a-züA-ZÜ]|\b)")
_TONE_MARKS = "\u0304\u0301\u030c\u0300"
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 8
"""Syllables of the longest word that is looked up."""
_SHARE = 0.85
"""The share of a text's Latin words that have to be pinyin for the text to be taken for it."""
_UNKNOWN = 1e-12
_FEWEST_LETTERS = 5
_ACROSS = 5.0
"""What it costs, as a logarithm, to read a word across a blank, beside which a word of several syllables was typed."""
_ENDINGS = {"ma": "吗", "ne": "呢"}


def has_pinyin(text: str) -> bool:
    """Whether a text may be pinyin: mostly Latin letters."""
    letters = sum(map(len, _LATIN.findall(without_tones(text))))
    return letters >= _FEWEST_LETTERS and 3 * letters >= 2 * len(re.sub(r"[\s\d\W]", "", text))


def without_tones(text: str) -> str:
    """``text`` with the tones of its pinyin left out: nóngcūn and nong2cun1 give nongcun; other accents stay."""
    plain = re.sub(f"[{_TONE_MARKS}]", "", unicodedata.normalize("NFD", text))
    plain = unicodedata.normalize("NFC", plain)
    return _TONED.sub("", plain) if len(_TONED.findall(plain)) > 1 else plain


class PinyinReader:
    """Reads pinyin with a vocabulary: of the words that sound alike the commonest."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """``vocabulary`` has the words that may be meant."""
        self._words: dict[Sound, tuple[str, float]] = {}
        for word, heard in vocabulary.sounds.items():
            share = vocabulary.shares[word]
            if share > self._words.get(heard, ("", 0.0))[1]:
                self._words[heard] = (word, share)
        self._asked = asked()
        self._syllables = {syllable for heard in self._words for syllable in heard}

    def read(self, text: str) -> str:
        """``text`` with its pinyin turned into words, or unchanged where it is not pinyin (English, say)."""
        plain = without_tones(text.lower()).replace("ü", "v").replace("shei", "shui")
        latin = re.findall(r"(?<![\da-z'])[a-z']+", plain)
        split = {word: self.split(word) for word in latin}
        if not split or sum(map(bool, split.values())) < _SHARE * len(split):
            return text
        return "".join(self._read_run(run, split) for run in re.split(r"(\d+[a-z](?![a-z])|[^a-z'\s]+)", plain))

    def split(self, word: str) -> Sound:
        """A Latin word as syllables, as few as possible, or nothing where it is not pinyin."""
        parts = [self._split(part) for part in word.lower().replace("ü", "v").split("'")]
        return tuple(syllable for part in parts for syllable in part) if all(parts) else ()

    def _split(self, word: str) -> Sound:
        best: list[Sound | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                before = best[start]
                if before is not None and word[start:end] in self._syllables:
                    found = (*before, word[start:end])
                    known = best[end]
                    best[end] = found if known is None or len(found) < len(known) else known
        return best[len(word)] or ()

    def _read_run(self, run: str, split: Mapping[str, Sound]) -> str:
        words = re.findall("[a-z']+", run)
        if not words or run[0].isdigit():
            return run.strip()
        parts = [split.get(word) or (word,) for word in words]
        syllables = [syllable for part in parts for syllable in part]
        ending = _ENDINGS.get(syllables[-1], "") if len(syllables) > 2 else ""
        return "".join(self._likeliest(syllables[:-1] if ending else syllables, _blanks(parts))) + ending

    def _likeliest(self, syllables: Sequence[str], blanks: frozenset[int]) -> Sound:
        """The words that the syllables most likely are (Viterbi); a syllable that no word has stays as it is.

        ``blanks`` are the places between syllables that words do not cross lightly.
        """
        best: list[tuple[float, Sound]] = [(0.0, ())]
        for end in range(1, len(syllables) + 1):
            options = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                word, share = self._words.get(tuple(syllables[start:end]), ("", 0.0))
                if not word and end - start == 1:
                    word, share = syllables[start], _UNKNOWN
                if word:
                    crossed = 0.0 if word in self._asked else _ACROSS * len(blanks.intersection(range(start + 1, end)))
                    options.append((best[start][0] + math.log(share) - crossed, (*best[start][1], word)))
            best.append(max(options))
        return best[-1][1]


def _blanks(parts: Sequence[Sound]) -> frozenset[int]:
    """Where a blank stands beside a word of several syllables, counted in syllables."""
    found, place = set(), 0
    for part, following in pairwise(parts):
        place += len(part)
        if len(part) > 1 or len(following) > 1:
            found.add(place)
    return frozenset(found)
