"""How an item of each type is put together from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.clauses import law_name
from assistant.quiz.types import RIGHT_WRONG, Item, Kind, Origin


@dataclass(frozen=True, slots=True)
class Wrong:
    """A distractor with the reason why it is wrong, in words for the person who chose it."""

    text: str
    why: str


def cited(origin: Origin) -> str:
    """The clause behind a key, as an explanation says it: 《…》第九条规定：“…”."""
    place = origin.label if "段" not in origin.label else ""
    return f"{law_name(origin)}{place}规定：{quoted(origin.quote)}"


def quoted(text: str) -> str:
    """A text in quotation marks; those inside it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def choice(
    kind: Kind, stem: str, right: Sequence[str], wrong: Sequence[Wrong], origin: Origin, rng: Random,
    difficulty: float = 0.5,
) -> Item:  # fmt: skip
    """A 单选 item with its options shuffled, or a 多选 item where there is more than one right option."""
    options = [(text, "") for text in right] + [(each.text, each.why) for each in wrong]
    rng.shuffle(options)
    key = tuple(place for place, (text, _) in enumerate(options) if text in right)
    return Item(
        type="多选" if len(right) > 1 else "单选", kind=kind, stem=stem, options=tuple(text for text, _ in options),
        key=key, explanation=cited(origin), origin=origin, why_wrong=tuple(why for _, why in options),
        difficulty=difficulty,
    )  # fmt: skip


def ranked(kind: Kind, stem: str, options: Sequence[tuple[str, str]], origin: Origin, difficulty: float) -> Item:
    """A 单选 item whose ``options`` (text, why it is wrong) stay in their order; the right one has no reason."""
    key = tuple(place for place, (_, why) in enumerate(options) if not why)
    return Item(
        type="单选", kind=kind, stem=stem, options=tuple(text for text, _ in options), key=key,
        explanation=cited(origin), origin=origin, why_wrong=tuple(why for _, why in options), difficulty=difficulty,
    )  # fmt: skip


def judged(kind: Kind, statement: str, origin: Origin, *, wrong: str = "", difficulty: float = 0.4) -> Item:
    """A 判断 item: ``statement`` is right, or it is wrong for the reason ``wrong``."""
    key, why = ((1,), (wrong, "")) if wrong else ((0,), ("", "条文正是这样规定的。"))
    explanation = f"{wrong}{cited(origin)}" if wrong else cited(origin)
    return Item(
        type="判断", kind=kind, stem=statement, options=RIGHT_WRONG, key=key, explanation=explanation, origin=origin,
        why_wrong=why, difficulty=difficulty,
    )  # fmt: skip


def filled(kind: Kind, stem: str, answers: Sequence[Sequence[str]], origin: Origin, difficulty: float = 0.5) -> Item:
    """A 填空 item; ``answers`` has for each blank the ways to write what is accepted."""
    return Item(
        type="填空", kind=kind, stem=stem, answers=tuple("|".join(dict.fromkeys(ways)) for ways in answers),
        explanation=cited(origin), origin=origin, difficulty=difficulty,
    )  # fmt: skip


def written(kind: Kind, stem: str, points: Sequence[str], origin: Origin, difficulty: float = 0.6) -> Item:
    """A 简答 item with its marking points."""
    return Item(
        type="简答", kind=kind, stem=stem, answers=tuple(points), origin=origin, difficulty=difficulty,
        explanation=f"评分标准：共{len(points)}个要点，答出一个要点得一分，意思相同即可。{cited(origin)}",
    )  # fmt: skip


def bounded(difficulty: float) -> float:
    """A difficulty between 0.05 and 0.95, two decimals."""
    return round(min(0.95, max(0.05, difficulty)), 2)
