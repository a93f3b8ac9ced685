"""When an item that was answered wrongly is asked again: FSRS, the free spaced repetition scheduler. Value in, value out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

LEARNT = timedelta(days=21)
"""An item whose next review is at least this far away counts as learnt (the usual bound of a mature card)."""

# No steps of minutes: a person reviews once a day. No fuzz: the same answers give the same days.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of one person's memory of one item. Times are aware and in UTC.

    ``stability`` is in days: after so long the item is remembered with a probability of 0.9; ``difficulty`` goes from 1
    to 10; ``reviews`` counts the answers and ``lapses`` the wrong ones.
    """

    state: int
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int = 1
    lapses: int = 1

    @property
    def learnt(self) -> bool:
        """Whether the item is remembered for good, for now."""
        return self.due - self.last_review >= LEARNT


def begin(now: datetime) -> Memory:
    """The memory of an item that was answered wrongly for the first time. Raises ``ValueError`` unless ``now`` is UTC."""
    card, _ = _SCHEDULER.review_card(Card(card_id=0, due=now), Rating.Again, _utc(now))
    return _memory(card, 1, 1)


def review(memory: Memory, right: bool, now: datetime) -> Memory:
    """The memory after one more answer at ``now``; a wrong answer brings the item back the next day."""
    card = Card(
        card_id=0, state=State(memory.state), step=None, stability=memory.stability, difficulty=memory.difficulty,
        due=memory.due, last_review=memory.last_review,
    )  # fmt: skip
    after, _ = _SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, _utc(now))
    return _memory(after, memory.reviews + 1, memory.lapses + (not right))


def _utc(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("a review needs an aware time")
    return now.astimezone(UTC)


def _memory(card: Card, reviews: int, lapses: int) -> Memory:
    assert card.stability is not None
    assert card.difficulty is not None
    assert card.last_review is not None
    return Memory(int(card.state), card.stability, card.difficulty, card.due, card.last_review, reviews, lapses)
