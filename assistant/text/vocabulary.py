"""The words of a corpus with how common they are and how they sound; made at build time, read when a question needs it.

Sounds come from pypinyin, whose tables take a third of a second to load: a question must not wait for them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.text.lexicon import frequencies
from assistant.text.tokens import words

Sound = tuple[str, ...]
"""Syllables without tones, ü as v."""

HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")
_COMMON, _LONGEST_COMMON = 1e-6, 4
"""Of general Chinese: words of at least this share and at most so many characters."""
_SOUNDS: dict[str, Sound] = {"最长": ("zui", "chang")}
"""Where pypinyin has another reading than the one that is meant in a question."""
_ASKED = 6e-4
"""The share of general Chinese that a phrase of questions is taken to have, at least."""
_SHARE_OF_CORPUS = 0.7
_LEAST = 1e-9


@dataclass(frozen=True)
class Vocabulary:
    """Words with their shares of all words, and their sounds; ``counts`` are of the corpus alone."""

    counts: Mapping[str, int]
    shares: Mapping[str, float]
    sounds: Mapping[str, Sound]

    def sound(self, word: str) -> Sound:
        """How ``word`` sounds; nothing where a character of it is in no word."""
        if found := self.sounds.get(word):
            return found
        syllables = tuple(self.sounds.get(character, ("",))[0] for character in word)
        return syllables if all(syllables) else ()

    def with_terms(self, terms: Iterable[str], count: int) -> Vocabulary:
        """These words and ``terms`` of Han characters besides, each as if it occurred ``count`` times."""
        share = _SHARE_OF_CORPUS * count / (sum(self.counts.values()) or 1)
        added = [term for term in terms if HAN_WORD.fullmatch(term) and self.counts.get(term, 0) < count]
        sounds = {term: sound for term in added if (sound := self.sound(term))}
        return Vocabulary(
            {**self.counts, **dict.fromkeys(added, count)},
            {**self.shares, **{term: max(share, self.shares.get(term, 0.0)) for term in sounds}},
            {**self.sounds, **sounds},
        )

    def dump(self) -> str:
        """As JSON: the words, and for each its count, share and syllables, in lists of the same order."""
        columns = {
            "words": list(self.sounds),
            "counts": [self.counts.get(word, 0) for word in self.sounds],
            "shares": [float(f"{self.shares[word]:.3e}") for word in self.sounds],
            "sounds": [" ".join(sound) for sound in self.sounds.values()],
        }
        return json.dumps(columns, ensure_ascii=False)


def vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    """The vocabulary of a corpus: the words of its texts, mixed with common words of general Chinese."""
    return vocabulary_from(Counter(word for text in texts for word in words(text)))


def vocabulary_from(counts: Mapping[str, int]) -> Vocabulary:
    """The vocabulary of words with their counts in a corpus, mixed with common words of general Chinese."""
    total = sum(counts.values()) or 1
    shares = {word: (1 - _SHARE_OF_CORPUS) * share for word, share in _general().items()}
    for word, count in counts.items():
        shares[word] = shares.get(word, 0.0) + _SHARE_OF_CORPUS * count / total
    for character in {character for word in shares for character in word}:
        shares.setdefault(character, _LEAST)  # so that every character has its sound
    sounds = {word: sound for word in sorted(shares) if (sound := _general_sounds().get(word) or sound_of(word))}
    return Vocabulary(
        {word: count for word, count in counts.items() if word in sounds},
        {word: shares[word] for word in sounds},
        sounds,
    )


def parse_vocabulary(text: str) -> Vocabulary:
    """What ``Vocabulary.dump`` gave. Raises ``ValueError`` for a text that is none."""
    columns = json.loads(text)
    words_ = columns["words"]
    sounds = dict(zip(words_, map(tuple, map(str.split, columns["sounds"])), strict=True))
    counts = {word: count for word, count in zip(words_, columns["counts"], strict=True) if count}
    return Vocabulary(counts, dict(zip(words_, columns["shares"], strict=True)), sounds)


def sound_of(word: str) -> Sound:
    """The syllables of a word of Han characters, by pypinyin; nothing for any other word."""
    from pypinyin import lazy_pinyin  # only a build needs it

    return tuple(lazy_pinyin(word, v_to_u=False)) if HAN_WORD.fullmatch(word) else ()


@cache
def _general() -> dict[str, float]:
    """Common short words of general Chinese with their shares, and the phrases that questions are made of."""
    shares = {word: share for word, share in frequencies().items() if share > _COMMON and len(word) <= _LONGEST_COMMON}
    return shares | {word: max(_ASKED, shares.get(word, 0.0)) for word in asked()}


@cache
def asked() -> frozenset[str]:
    """Phrases that questions are made of."""
    lines = files("assistant.text").joinpath("asked.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _general_sounds() -> dict[str, Sound]:
    """How the common words sound, once for all the builds of a process."""
    return {word: sound_of(word) for word in _general()} | _SOUNDS
