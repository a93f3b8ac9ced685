"""A Chinese typeface for PDF: one of the machine's, cut down to the characters of a text, or the reader's own.

A PDF that carries its typeface looks the same everywhere. Where the machine has none of those below, the text is set
in STSong-Light, which readers of PDF that know Chinese bring with them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, TTLibError, newTable
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

SONG = (
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
"""Where the typefaces for running text lie on Windows, macOS and Linux; the first that is there is taken."""
HEI = (
    "C:/Windows/Fonts/simhei.ttf",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
"""The same for headings."""
READERS_OWN = "STSong-Light"
MISSING = "□"
"""What stands for a character that the typeface has no picture of."""


TYPESETTING = Lock()
"""To be held from asking for typefaces until the document is made: reportlab knows one of a name in the whole process."""


@dataclass(frozen=True)
class Face:
    """A typeface under its name in reportlab, and the characters that it can show."""

    name: str
    characters: frozenset[str]

    def shown(self, text: str) -> str:
        """The text with ``MISSING`` for what the typeface cannot show."""
        return "".join(char if char in self.characters or char.isspace() else MISSING for char in text)


def face(name: str, places: Iterable[str], text: str) -> Face:
    """The first typeface of ``places`` under ``name``, with the characters of ``text``; else the reader's own.

    ``TYPESETTING`` has to be held.
    """
    characters = set(text) | set(MISSING)
    for place in places:
        if Path(place).is_file():
            try:
                return _embedded(name, place, characters)
            except (TTLibError, OSError, KeyError, ValueError):
                continue  # a damaged file, or a kind of font that cannot be carried along
    pdfmetrics.registerFont(UnicodeCIDFont(READERS_OWN))
    return Face(READERS_OWN, frozenset(char for char in characters if _in_gbk(char)))


def _embedded(name: str, path: str, characters: set[str]) -> Face:
    font = _simplified_chinese(path)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(characters))
    cutter.subset(font)
    if "CFF " in font:
        _to_truetype(font)
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    if name in _registered:
        _registered[name].renew(file)
    else:
        _registered[name] = _Renewable(name, file)
        pdfmetrics.registerFont(_registered[name])
    return Face(name, frozenset(map(chr, font.getBestCmap())))


class _Renewable(EmbeddedFont):
    """A typeface that takes other characters for the next document; reportlab would keep the first ones for ever."""

    def renew(self, file: io.BytesIO) -> None:
        super().__init__(self.fontName, file)


_registered: dict[str, _Renewable] = {}


def _simplified_chinese(path: str) -> TTFont:
    """The font of a file; of a collection the one for the mainland, by its name, else the first."""
    if Path(path).suffix != ".ttc":
        return TTFont(path, lazy=True, recalcTimestamp=False)
    names = [str(each["name"].getDebugName(4)) for each in TTCollection(path, lazy=True).fonts]
    number = next((place for place, each in enumerate(names) if " SC" in each), 0)
    return TTFont(path, fontNumber=number, lazy=True, recalcTimestamp=False)


def _to_truetype(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones in place, the only kind that reportlab can carry along."""
    outlines, glyphs = font.getGlyphSet(), {}
    for glyph in font.getGlyphOrder():
        pen = TTGlyphPen(outlines)
        outlines[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[glyph] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for each in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(limits, f"max{each}", 0)
    limits.maxZones, limits.maxComponentElements = 1, 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def _in_gbk(char: str) -> bool:
    try:
        return bool(char.encode("gbk"))
    except UnicodeEncodeError:
        return False
