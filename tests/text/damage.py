"""The forward model of the damage that repair undoes, to make cases whose right answer is known.

Simplified text is turned into traditional and stored as GBK; after each place where two bytes equal the GBK code of an
annotated character, "(pinyin)" is inserted, across character boundaries too; here and there a lead byte is lost; the
bytes are decoded by a lenient decoder that writes "?" for what it cannot read and nothing for GBK's user-defined rows.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import opencc
from pypinyin import Style, pinyin

FOLDED = str.maketrans("，：；！？（）", ",:;!?()")
# Full-width signs whose code a byte-wise step cuts out even where it straddles two characters: 。現 = a1 [a3ac] 46
_CUT = 0  # not in any text: where the byte-wise step cuts
STRADDLED = tuple(sign.encode("gbk") for sign in "，；！")


@cache
def to_traditional(text: str) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


@cache
def reading(character: str) -> str:
    return str(pinyin(character, style=Style.TONE)[0][0])


def annotatable(text: str) -> list[str]:
    """The characters of the traditional form of ``text`` that have another simplified one, most frequent first."""
    traditional = to_traditional(text)
    simplified = opencc.OpenCC("t2s")
    found = [
        c for c in sorted(set(traditional)) if "\u4e00" <= c <= "\u9fff" and simplified.convert(c) != c and _gbk(c)
    ]
    return sorted(found, key=lambda c: -traditional.count(c))


def damage(
    text: str,
    annotated: Sequence[str],
    *,
    swallow: bool = True,
    fold: bool = False,
    straddle: float = 0.5,
    lost: float = 0.0,
    seed: int = 0,
) -> str:
    """``text`` (simplified) as the faulty page shows it.

    ``swallow``: an undecodable lead byte takes the byte after it along; ``fold``: full-width punctuation becomes ASCII;
    ``straddle``: the share of places where a sign of ``STRADDLED`` matches across two characters and cuts the first; ``lost``: the
    share of characters whose lead byte is lost.
    """
    chance = random.Random(seed)
    lines = [_line(line, annotated, swallow, straddle, lost, chance) for line in to_traditional(text).split("\n")]
    shown = "\n".join(lines)
    return shown.translate(FOLDED) if fold else shown


def _line(
    line: str, annotated: Sequence[str], swallow: bool, straddle: float, lost: float, chance: random.Random
) -> str:
    data = bytearray()
    starts = set()
    for character in line:
        starts.add(len(data))
        code = character.encode("gb18030")
        if len(code) == 2 and chance.random() < lost:
            code = b"?" + code[1:]
        data += code
    data = _cut_signs(bytes(data), starts, straddle, chance)
    for character in annotated:
        code = character.encode("gbk")
        data = data.replace(code, code + b"(" + reading(character).encode("gb18030") + b")")
    return _decode(bytes(data), swallow)


def _cut_signs(data: bytes, starts: set[int], straddle: float, chance: random.Random) -> bytearray:
    out = bytearray()
    place = 0
    while place < len(data):
        straddles = data[place : place + 2] in STRADDLED and place not in starts
        if straddles and chance.random() < straddle:
            out.append(_CUT)
        out.append(data[place])
        place += 1
    return out


def _decode(data: bytes, swallow: bool) -> str:
    shown = []
    place = 0
    while place < len(data):
        lead = data[place]
        if lead < 0x80:
            shown.append(chr(lead) if lead != _CUT else "")
            place += 1
        elif lead in (0x80, 0xFF):
            shown.append("?")
            place += 1
        else:
            text, size = _pair(data[place : place + 2], swallow)
            shown.append(text)
            place += size
    return "".join(shown)


def _pair(pair: bytes, swallow: bool) -> tuple[str, int]:
    try:
        return pair.decode("gbk"), 2
    except UnicodeDecodeError:
        pass
    if len(pair) < 2 or pair[1] < 0x40 or pair[1] in (0x7F, 0xFF):
        return "?", 2 if swallow and len(pair) == 2 and _CUT < pair[1] < 0x80 else 1
    return ("", 2) if pair[0] >= 0xF8 and pair[1] >= 0xA1 else ("?", 2)


def _gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False
