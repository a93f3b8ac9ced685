"""Slips of an input method: 底保 for 低保 (sounds alike), 特因人员 for 特困人员 (looks alike), put right by known terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from assistant.text.pinyin import sound
from assistant.text.tokens import words

_LOOKS_ALIKE = 4
"""Characters that a term needs before one wrong character is put right without sounding alike."""
_COMMON = frozenset("的了是有在和我你他她它没不也都就要会能可人个这那里去来到说对把被让给比从啲嘅咗冇唔喺佢哋咁㗎")
"""Characters that stand alone in any sentence; a short run with one of them is no slip."""
_SAFE = 4
_HAN = re.compile(r"[\u4e00-\u9fff]+")


class Corrector:
    """Puts known terms in the place of runs of characters that are no words and sound or look like one of them."""

    def __init__(self, terms: Iterable[str]) -> None:
        """``terms`` come with the commoner first: of those that sound alike the first is taken."""
        self._terms = dict.fromkeys(term for term in terms if len(term) > 1 and _HAN.fullmatch(term))
        self._lengths = sorted({len(term) for term in self._terms}, reverse=True)
        self._by_sound = {sound(term): term for term in reversed(self._terms)}

    def correct(self, text: str) -> str:
        """``text`` with such slips put right; words of the dictionary are never changed."""
        return _HAN.sub(lambda run: self._correct_run(run.group()), text)

    def _correct_run(self, run: str) -> str:
        pieces = words(run)
        starts = list(accumulate(map(len, pieces), initial=0))
        if starts[-1] != len(run):
            return run
        for length in self._lengths:
            for start in starts:
                end = start + length
                inside = [piece for piece, place in zip(pieces, starts, strict=False) if start <= place < end]
                if end in starts and len(inside) > 1 and any(len(piece) == 1 for piece in inside):
                    term = self._meant(run[start:end])
                    if term:
                        return run[:start] + term + self._correct_run(run[end:])
        return run

    def _meant(self, written: str) -> str:
        """The term that ``written`` stands for, or nothing."""
        if written in self._terms or (len(written) < _SAFE and _COMMON.intersection(written)):
            return ""
        if term := self._by_sound.get(sound(written)):
            return term
        if len(written) < _LOOKS_ALIKE:
            return ""
        near = [
            term
            for term in self._terms
            if len(term) == len(written) and sum(one != other for one, other in zip(term, written, strict=True)) == 1
        ]
        return near[0] if len(near) == 1 else ""
