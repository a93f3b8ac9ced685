"""English questions read as Chinese words, by a glossary that an official can see and change.

Word for word, without grammar: enough to find the documents that are asked about, not to be shown to anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.errors import CorpusError
from assistant.text.normalize import HAN, normalize

_TOKEN = re.compile(rf"[{HAN}]+|[a-z']+|\d+(?:[.,]\d+)*")
_ARTICLE = re.compile(r"\barticle (\d{1,3})\b")
_LONGEST = 4  # words of an entry
_FEWEST = 3  # English words of a question
_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("'s", ""),
    ("s'", ""),
)
_DIGITS = "零一二三四五六七八九"


class Glossary:
    """Chinese words for English ones; an entry may have several words on either side."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._entries = dict(entries or {})

    def read(self, text: str) -> str:
        """``text`` in Chinese words, parted by blanks; unchanged where it is not English or too little of it is known.

        Words that the glossary does not have are left out; Chinese ones and numbers stay.
        """
        normal = _ARTICLE.sub(lambda match: f"第{chinese_numeral(int(match[1]))}条", normalize(text))
        tokens = _TOKEN.findall(normal)
        english = [token for token in tokens if token[0].isascii() and token[0].isalpha()]
        if len(english) < _FEWEST or 2 * sum(map(len, english)) < len("".join(tokens)):
            return text
        found = list(dict.fromkeys(self._words(tokens)))
        return " ".join(found) if len(found) > 1 else text

    def _words(self, tokens: list[str]) -> Iterator[str]:
        place = 0
        while place < len(tokens):
            length, words = self._longest(tokens[place : place + _LONGEST])
            yield from words
            place += length

    def _longest(self, tokens: list[str]) -> tuple[int, tuple[str, ...]]:
        """How many of the first tokens are one entry, and its Chinese words; a Chinese token or a number is its own."""
        if not ("a" <= tokens[0][0] <= "z"):
            return 1, (tokens[0],)
        for length in range(len(tokens), 0, -1):
            for form in _forms(" ".join(tokens[:length])):
                if form in self._entries:
                    return length, self._entries[form]
        return 1, ()


def _forms(phrase: str) -> Iterator[str]:
    """What ``phrase`` may be without the ending of its last word."""
    for ending, other in _ENDINGS:
        if phrase.endswith(ending) and len(phrase) > len(ending) + 1:
            stem = phrase[: len(phrase) - len(ending)] + other
            yield stem
            if ending in ("ed", "ing") and not other and stem[-1] == stem[-2]:
                yield stem[:-1]


def chinese_numeral(number: int) -> str:
    """1 to 999 as laws count their articles: 一百零四, 十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def parse_glossary(text: str) -> Glossary:
    """The glossary of a file: ``english = 中文 中文`` a line, # begins a comment. Raises ``CorpusError`` for another line."""
    entries: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        english, equals, chinese = content.partition("=")
        if not equals or not english.strip() or not chinese.split():
            raise CorpusError(f"英文词表第 {number} 行应为“英文 = 中文”：{content}")
        entries[" ".join(english.lower().split())] = tuple(chinese.split())
    return Glossary(entries)
