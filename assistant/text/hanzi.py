"""What is known of single Chinese characters: readings, GBK codes, and which belong to one script only."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
"""Inside of a regular expression's character class."""

VOWELS_WITH_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề"
SYLLABLE = rf"[a-zêü{VOWELS_WITH_TONE}]{{1,6}}"

LEADS = range(0x81, 0xFF)
TRAILS = tuple(byte for byte in range(0x40, 0xFF) if byte != 0x7F)


@cache
def _pinyin() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # a third of a second that clean text need not wait for

    return dict(pinyin_dict)


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of ``character`` with tone marks, as pypinyin has them; the toneless one where a page writes none."""
    found = {reading for reading in _pinyin().get(ord(character), "").split(",") if reading}
    return frozenset(found | {_toneless(reading) for reading in found})


def first_reading(character: str) -> str:
    """The reading that stands first in the dictionary, with its tone mark."""
    return _pinyin().get(ord(character), "").partition(",")[0]


@cache
def syllables() -> frozenset[str]:
    """Every reading that any character has."""
    return frozenset(reading for entry in _pinyin().values() for reading in entry.split(","))


def has_tone(reading: str) -> bool:
    """Whether a reading is written with its tone mark."""
    return any(letter in VOWELS_WITH_TONE for letter in reading)


def _toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(mark for mark in plain if mark not in "\u0304\u0301\u030c\u0300"))


@cache
def character_of(lead: int, trail: int) -> str:
    """The character with this two-byte GBK code, or nothing."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def code_of(character: str) -> bytes:
    """The GBK code of ``character``, user-defined characters included; nothing where it has none."""
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) <= 2 else b""


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """``text`` in simplified characters, words converted as words (乾隆 keeps its 乾)."""
    return str(_converter("t2s").convert(text))


@cache
def _single(name: str) -> dict[str, str]:
    """Characters of the basic block that conversion changes, taken one by one."""
    characters = [chr(point) for point in range(0x3400, 0xA000)]
    converted = str(_converter(name).convert("\n".join(characters))).split("\n")
    return {before: after for before, after in zip(characters, converted, strict=True) if before != after}


def simplified(character: str) -> str:
    """The simplified form of one character."""
    return _single("t2s").get(character, character)


@cache
def traditional_only() -> frozenset[str]:
    """Characters that simplified text does not use."""
    return frozenset(_single("t2s"))


@cache
def simplified_only() -> frozenset[str]:
    """Characters that traditional text does not use (后, 里 and others that both use are none)."""
    return frozenset(
        character for character in _single("s2t") if character not in _single("t2s") and not _in_big5(character)
    )


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


@cache
def with_reading(reading: str) -> frozenset[bytes]:
    """GBK codes of the traditional characters that have this reading."""
    return frozenset(code for code, found in _codes_with_readings() if reading in found)


@cache
def _codes_with_readings() -> tuple[tuple[bytes, frozenset[str]], ...]:
    codes = [(code_of(character), readings(character)) for character in sorted(traditional_only())]
    return tuple((code, found) for code, found in codes if len(code) == 2 and character_of(*code))


def is_han(character: str) -> bool:
    """Whether a character is one of the common Han characters."""
    return re.fullmatch(f"[{HAN}]", character) is not None
