"""One spelling for matching: full-width and half-width, traditional and simplified, upper and lower case fall together.

What is shown to people is never normalised; only what is compared is. Offsets are not kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters (々 and 〇 among them), to be put inside a regular expression's square brackets."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_CJK = HAN + "\u3001-\u3004\u3006\u3008-\u303f"
_BLANK_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_BLANKS = re.compile(r"\s+")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalize(text: str) -> str:
    """``text`` as it is compared: NFKC, simplified characters, lower case; blanks beside CJK dropped, others one space.

    Normalising twice changes nothing more.
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKC", text.lower())
    text = _BLANKS.sub(" ", _BLANK_BESIDE_CJK.sub("", text)).strip()
    return text if text.isascii() else str(_converter().convert(text))
