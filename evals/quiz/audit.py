"""The audit: sampled items that were read one by one, each with a verdict and the reason for it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

AUDIT = Path(__file__).with_name("audit.jsonl")
Verdict = Literal["keep", "fix", "throw"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item that was read: ``round`` counts the samples, each of a later generator and a new ``seed``.

    ``wrong_key`` says that the key was wrong or another option right too; such an item is always a ``throw``.
    """

    round: int
    seed: int
    id: str
    kind: str
    text: str
    verdict: Verdict
    reason: str
    wrong_key: bool = False

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict) or not self.reason.strip():
            raise ValueError(f"item {self.id} needs a verdict (keep, fix, throw) and a reason")
        if self.wrong_key and self.verdict != "throw":
            raise ValueError(f"item {self.id} has a wrong key and has to be thrown away")


def read_audit(path: Path = AUDIT) -> list[Entry]:
    """Every entry of the audit, in order. Raises ``ValueError`` naming the line that is wrong."""
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
    return entries


def summary(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """By round: how many items were read, kept, to be mended, thrown away, and how many had a wrong key."""
    rows = []
    for number in sorted({entry.round for entry in entries}):
        read = [entry for entry in entries if entry.round == number]
        verdicts = Counter(entry.verdict for entry in read)
        rows.append(
            {
                "round": number, "seed": read[0].seed, "read": len(read), "keep": verdicts["keep"], "fix": verdicts["fix"],
                "throw": verdicts["throw"], "wrong key": sum(entry.wrong_key for entry in read),
            }
        )  # fmt: skip
    return rows
