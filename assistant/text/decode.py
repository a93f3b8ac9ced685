"""Bytes to text where nobody says which encoding they are in.

The candidates are the encodings Chinese pages and files come in; each reading of the bytes is scored as a run of
Chinese, and the likeliest wins. ``charset-normalizer`` is asked only where none of the readings looks like Chinese.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from functools import cache

import opencc
from charset_normalizer import from_bytes

from assistant.text.lexicon import PUNCTUATION, frequencies

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE = 20_000  # bytes that are scored

_ASCII = -4.5
_SIGN = -12.0  # kana, Greek, circled digits: rare in such texts, and no sign of an error
_RARE_HAN = -17.0
_ERROR = -25.0  # what no text contains: controls, private use, unassigned, U+FFFD
_PLAUSIBLE = -11.5  # mean of the characters beyond ASCII: common Chinese has about -7, a wrong reading -14 and less

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_TELLING = re.compile(rb"[^\t\n\x0c\r\x20-\x7e]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_TWO_TOGETHER = re.compile(r"(?<![A-Za-z])[^\x00-\x7f]{2,}(?![A-Za-z])")


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding it was read with; line ends stay as they are.

    Never raises: bytes that cannot be read become U+FFFD. A byte order mark is not part of the text; the encoding is
    then the one that drops it (``utf-8-sig``, ``utf-16``, ``utf-32``), so that decoding ``data`` again gives the text.
    """
    encoding = _marked(data) or _certainly_utf8(data) or _likeliest(data)
    return data.decode(encoding, "replace"), encoding


def likelihood(text: str) -> float:
    """The sum over the characters of the log of their share in Chinese, simplified or traditional."""
    return sum(_log_share(character) * count for character, count in Counter(text).items())


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _certainly_utf8(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) or _may_be_gbk(data, text) else "utf-8"


def _may_be_gbk(data: bytes, text: str) -> bool:
    """Whether valid UTF-8 without a CJK character reads as common Chinese: many a GBK pair is also a UTF-8 letter."""
    if text.isascii() or _CJK.search(text) or not _TWO_TOGETHER.search(text):
        return False
    sample = _sample(data)
    reading = sample.decode("gb18030", "replace")
    return _mean(reading) > max(_mean(sample.decode("utf-8", "replace")), _PLAUSIBLE + 2)


def _likeliest(data: bytes) -> str:
    sample = _sample(data)
    readings = {name: sample.decode(name, "replace") for name in _CANDIDATES}
    best = max(readings, key=lambda name: likelihood(readings[name]))  # of equals the first
    if _mean(readings[best]) > _PLAUSIBLE:
        return best
    guess = from_bytes(sample).best()
    return guess.encoding if guess else "utf-8"


def _sample(data: bytes) -> bytes:
    """The bytes from the first that tells encodings apart; a multiple of four before it, so that no unit is cut."""
    telling = _TELLING.search(data)
    start = telling.start() // 4 * 4 if telling else 0
    return data[start : start + _SAMPLE]


def _mean(text: str) -> float:
    """Mean log share of the characters beyond ASCII and of controls; that of ASCII where there are none."""
    beyond = "".join(_BEYOND_ASCII.findall(text)) + "".join(_CONTROL.findall(text))
    return likelihood(beyond) / len(beyond) if beyond else _ASCII


@cache
def _log_share(character: str) -> float:
    if character.isascii():
        return _ERROR if _CONTROL.match(character) else _ASCII
    if character in PUNCTUATION:
        return math.log(PUNCTUATION[character])
    if character == "\ufffd" or unicodedata.category(character)[0] == "C":
        return _ERROR
    if not "\u3400" <= character <= "\u9fff":
        return _SIGN
    return max(_shares().get(form, _RARE_HAN) for form in (character, _simplified(character)))


@cache
def _simplified(character: str) -> str:
    return str(_converter().convert(character))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _shares() -> dict[str, float]:
    """The log of each Chinese character's share of the characters of all words."""
    counts: Counter[str] = Counter()
    for word, share in frequencies().items():
        for character in word:
            counts[character] += share  # type: ignore[assignment]  # a Counter adds shares as well as counts
    total = sum(counts.values())
    return {character: max(math.log(share / total), _RARE_HAN) for character, share in counts.items() if share}
