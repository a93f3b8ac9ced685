"""Chinese word order for the pieces of an English clause."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.grammar import LEADS, SWAPS, Piece

INVERTED = Piece("inverted", "structure")
"""Stands between what is asked and the subject: how many members | a committee has."""
_LASTING = ("多少日", "多少个月", "多少年", "多少岁", "多少次")
_ACTING = tuple(
    "人 者 员 会 局 部门 机关 政府 院 机构 单位 组织 站 学校 银行 企业 处 所 儿童 父母 亲属 孤儿 长 公安 民 方 对象 委 联".split()
)
"""Ends of what may act, give or receive."""
_CHANGES = frozenset("提高 降低 增加 减少 上涨 下降".split())
_MUST = Piece("应当", "other")


def asked_last(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces in order; what is asked of a subject stands behind it: 居民委员会有多少名成员."""
    if INVERTED not in pieces:
        return in_order(_must_before_verb(pieces))
    place = pieces.index(INVERTED)
    asked, rest = pieces[:place], _must_before_verb(pieces[place + 1 :])
    if _MUST in asked:
        asked = [piece for piece in asked if piece != _MUST]
        rest = _must_before_verb([_MUST, *rest])
    if asked[0].text.startswith(_LASTING) or any(piece.kind == "verb" for piece in rest):
        return [*in_order(rest), *in_order(asked)]
    must = [_MUST] if _MUST in rest else []
    subject = [piece for piece in rest if piece != _MUST]
    return [*in_order(subject), *must, Piece("有", "other"), *in_order(asked)]


def changed_last(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a change behind what changes: 低保标准提高百分之几."""
    return sorted(pieces, key=lambda piece: piece.kind == "verb" and piece.text in _CHANGES)


def by_whom(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of who does what with the object first: 老年人由谁照顾."""
    told = [piece for piece in pieces if piece.kind != "structure"]
    if [piece.kind for piece in told[:2]] != ["ask", "verb"] or told[0].text != "谁" or len(told) < 3:
        return list(pieces)
    if any(piece.kind == "verb" for piece in told[2:]):
        return list(pieces)
    return [*told[2:], Piece("由谁", "ask"), told[1]]


def with_verb(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a clause that needs a verb: where it has none, the first behind a noun that can be one is it."""
    found = list(pieces)
    nouns = [place for place, piece in enumerate(found) if piece.kind in ("noun", "unknown")]
    if nouns and all(piece.kind != "verb" for piece in found):
        place = next((place for place in nouns[1:] if found[place].verb), None)
        if place is not None:
            found[place] = Piece(found[place].verb, "verb")
    return found


def _must_before_verb(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with 应当 in front of the verb, where English has the subject between."""
    found = list(pieces)
    if _MUST not in found:
        return found
    place = found.index(_MUST)
    verb = next((at for at, piece in enumerate(found) if at > place and piece.kind == "verb"), None)
    between = found[place + 1 : verb]
    if verb is None or not between or between[0].kind not in ("noun", "place", "unknown"):
        return found
    return [*found[:place], *between, _MUST, *found[verb:]]


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Places and times first; what an English preposition puts behind a noun stands before it."""
    front = [piece for piece in pieces if piece.kind == "place"] + _times(pieces)
    rest = [piece for piece in pieces if piece.kind not in ("place", "time")]
    runs: list[list[Piece]] = [[]]
    for piece in rest:
        runs[-1].append(piece) if not _swaps(piece) else runs.append([piece])
    ordered = runs[0]
    for run in runs[1:]:
        preposition, behind = run[0], run[1:]
        ends = ("verb", "ask", "unknown") if preposition.text == "to" else ("verb", "ask")
        cut = next((place for place, piece in enumerate(behind) if piece.kind in ends), len(behind))
        said = _leads(preposition.text, behind[:cut])
        leads = preposition.text in LEADS and bool(ordered) and said
        phrase = [Piece(LEADS[preposition.text], "other"), *behind[:cut]] if leads else behind[:cut]
        means = preposition.text if said or preposition.text == "by" else "of"
        place = _place_of(ordered, means) if behind[:cut] else len(ordered)
        ordered = [*ordered[:place], *(phrase if behind[:cut] else []), *ordered[place:], *behind[cut:]]
    return [*front, *ordered]


def _times(pieces: Sequence[Piece]) -> list[Piece]:
    """The times of a clause; two that are compared (in 2024 than in 2023) or run on (from 2023 to 2024) with what joins them."""
    found: list[Piece] = []
    compared = False
    for place, piece in enumerate(pieces):
        compared = compared or piece == Piece("than", "structure")
        if piece.kind == "time":
            runs_on = place > 1 and pieces[place - 2].kind == "time" and pieces[place - 1] == Piece("to", "structure")
            if runs_on:
                found[-1:] = _span(found[-1].text, piece.text)
            else:
                found += [Piece("比", "time"), piece] if compared and found else [piece]
            compared = False
    return found


def _span(first: str, last: str) -> list[Piece]:
    """From one time to another; the year that English says last stands first: 2024年8月到12月."""
    year, parted, month = last.partition("年")
    if parted and month and parted not in first:
        first, last = f"{year}年{first}", month
    return [Piece(text, "time") for text in (first, "到", last)]


def _swaps(piece: Piece) -> bool:
    return piece.kind == "structure" and (piece.text in SWAPS or piece.text in LEADS)


def _place_of(ordered: Sequence[Piece], preposition: str) -> int:
    """Where a phrase goes: before the nouns just behind which it stood, or before the verb that it goes with."""
    place = len(ordered)
    kinds = (
        ("noun", "number", "other", "unknown", "part")
        if preposition in SWAPS
        else ("noun", "number", "other", "unknown", "verb", "part")
    )
    while place and ordered[place - 1].kind in kinds:
        place -= 1
        if preposition in LEADS and ordered[place].kind == "verb":
            return place
    return place if preposition in SWAPS else len(ordered)


def _leads(preposition: str, phrase: Sequence[Piece]) -> bool:
    """Whether a preposition is said: to and by only with someone or something that acts."""
    return preposition not in ("to", "by") or any(piece.text.endswith(_ACTING) for piece in phrase)
