"""Reading a question however it is typed, before anything is searched: pinyin, English, dialect, slips of spelling.

Each reader leaves a question alone that is not its own, so a plain question comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from assistant.answer.lexicon import Lexicon
from assistant.answer.places import Places
from assistant.text.dialect import Dialect
from assistant.text.english import English
from assistant.text.misspelling import Corrector
from assistant.text.normalize import HAN, normalize
from assistant.text.pinyin import PinyinReader, has_pinyin, without_tones
from assistant.text.tokens import words
from assistant.text.vocabulary import Vocabulary

_SAID_OFTEN = 20
"""How often a surface form of the synonyms is taken to occur among the words of the corpus."""
_LATIN = re.compile(
    r"[a-zü'\u0101\u00e1\u01ce\u00e0\u0113\u00e9\u011b\u00e8\u012b\u00ed\u01d0\u00ec\u014d\u00f3\u01d2\u00f2\u016b\u00fa\u01d4\u00f9\u01d6\u01d8\u01da\u01dc]{2,}"
)
_LATIN_RUN = re.compile(r"[a-zü'][a-zü'0-9]*(?:[\s-]+[a-zü'][a-zü'0-9]*)*")
_GRADE = re.compile(r"\d*[a-z]{1,5}\d*")
"""Latin letters that stand in Chinese as they are: 5A, ktv, bb."""
_SYLLABLES = frozenset("shi de ma ne yao zai you bu ge nian yue hao neng".split())
"""Pinyin of small words, though as short as what is left as it is."""
_WHAT_ABOUT = re.compile(
    r"^(?:(?:and )?(?:what|how) about|and(?= (?!(?:how|what|who|when|where|which|if|is|are|was|do|does|did|can|could|"
    r"must|should|will|has|have)\b)))\s+"
)
"""Begins an English follow-up that only names something."""
_CITY = re.compile("[省市]$")


class Reader:
    """Turns what was typed into a Chinese question. Nothing in it changes, so any number of people may share it."""

    def __init__(
        self, lexicon: Lexicon, places: Places, vocabulary: Callable[[], Vocabulary],
        english: Callable[[], Mapping[str, Any]], dialect: Callable[[], Mapping[str, Any]],
    ) -> None:  # fmt: skip
        """The last three give the corpus's words, and the parsed ``english.toml`` and ``dialect.toml``, when first needed."""
        self._lexicon = lexicon
        self._places = places
        self._words_of_corpus = vocabulary
        self._glossary = english
        self._dialect_table = dialect

    def read(self, question: str, before: str = "") -> str:
        """The question in Mandarin words; itself, letter for letter, where there is nothing to read.

        Words of ``before``, what was said earlier in the conversation, are right as they are.
        """
        text = normalize(question)
        read = self._latin(text) if _LATIN.search(text) else text
        read = self._dialect.read(read)
        read = self._corrector.correct(read, lambda text: [*self._known(text), *_said_before(text, before)])
        return question if read == text else read

    def _latin(self, text: str) -> str:
        """Latin letters read as pinyin or as English; left where they are neither."""
        if not re.search(f"[{HAN}]", text):
            if has_pinyin(text) and self._is_pinyin(text):
                return self._pinyin.read(text)
            return self._in_english(text)
        return _LATIN_RUN.sub(lambda run: self._latin_run(run.group()), without_tones(text))

    def _in_english(self, text: str) -> str:
        """English as Chinese; what only names something, behind "what about", as Chinese asks about it."""
        lead = _WHAT_ABOUT.match(text)
        named = self._english.read(text[lead.end() :]) if lead else ""
        return self._english.read(text) if not named or re.search("[a-z]", named) else f"{named.rstrip('? .')}呢"

    def _is_pinyin(self, text: str) -> bool:
        """Whether Latin words are pinyin rather than English: those that are only the one decide."""
        words = re.findall("[a-zü']+", without_tones(text))
        pinyin = [bool(self._pinyin.split(word)) for word in words]
        english = [self._english.knows(word) for word in words]
        return sum(pinyin) > sum(english) or (all(pinyin) and not all(english))

    def _latin_run(self, run: str) -> str:
        """Latin words amid Chinese."""
        words = re.findall("[a-zü']+", run)
        if all(self._english.knows(word) for word in words):
            return self._english.words(run)
        if run in _SYLLABLES or not _GRADE.fullmatch(run) or len(run) > 3:
            return self._pinyin.read(run)
        return run

    def _known(self, text: str) -> list[tuple[int, int]]:
        """Where words stand that are right as they are: those of the synonyms, titles."""
        spans = [(each.start, each.end) for each in self._lexicon.mentions(text) if each.end - each.start > 1]
        return spans + [match.span() for match in re.finditer(r"《[^》]*》|“[^”]*”", text)]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """The corpus's words and what people say for them; short forms only where they are a slot's."""
        forms = [form for form in self._lexicon.all_forms() if len(form) > 2 or self._lexicon.term(form).group]
        return self._words_of_corpus().with_terms(forms, _SAID_OFTEN)

    @cached_property
    def _pinyin(self) -> PinyinReader:
        return PinyinReader(self._vocabulary.with_terms(self._lexicon.all_forms(), 1))

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self._vocabulary)

    @cached_property
    def _dialect(self) -> Dialect:
        forms = self._lexicon.all_forms()
        return Dialect(self._dialect_table(), {form: self._lexicon.term(form).name for form in forms})

    @cached_property
    def _english(self) -> English:
        forms = {form: self._lexicon.term(form).name for form in self._lexicon.all_forms() if form.isascii()}
        return English(self._glossary(), forms, self._latin_places())

    def _latin_places(self) -> dict[str, str]:
        """The names of places in Latin letters: as the list of places has them, and in pinyin."""
        found = {}
        for name, region in self._places.names.items():
            short = _CITY.sub("", name)
            if name.isascii():
                found[name] = region
            elif len(short) > 1 and (heard := self._words_of_corpus().sound(short)):
                found.setdefault("".join(heard), short)
        return found


def _said_before(text: str, before: str) -> list[tuple[int, int]]:
    """Where words stand that were said before; a single character is none."""
    said = {word for word in words(text) if len(word) > 1 and word in before}
    return [match.span() for word in sorted(said) for match in re.finditer(re.escape(word), text)]
