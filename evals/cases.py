"""The cases: questions with what a right answer must hold, or the reason why there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from assistant.text.numbers import numerals

FOLDER = Path(__file__).parent / "cases"
Split = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Support:
    """A passage that rightly supports an answer; its label covers the parts inside it (第九条 covers 第九条第二款)."""

    document: str
    label: str

    def covers(self, document_id: str, label: str) -> bool:
        """Whether a citation at ``label`` of the document is (inside) this passage."""
        return document_id == self.document and label.startswith(self.label)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is expected of the answer; ``turns`` end with the question itself."""

    id: str
    turns: tuple[str, ...]
    split: Split
    register: str
    form: str
    topic: str
    refuse: bool
    figures: frozenset[Decimal]
    contain: tuple[str, ...]
    avoid: tuple[str, ...]
    cite: tuple[Support, ...]
    why: str

    @property
    def question(self) -> str:
        """The question to be answered."""
        return self.turns[-1]


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case of the folder's ``*.jsonl``, by file and line. Raises ``ValueError`` naming the line that is wrong."""
    cases = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                cases.append(_case(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}:{number}: {error!r}") from error
    ids = [case.id for case in cases]
    if repeated := {each for each in ids if ids.count(each) > 1}:
        raise ValueError(f"ids used twice: {sorted(repeated)}")
    return cases


def _case(record: dict[str, Any]) -> Case:
    if record["split"] not in ("dev", "test") or record["kind"] not in ("answer", "refuse"):
        raise ValueError("split is dev or test, kind is answer or refuse")
    return Case(
        id=record["id"],
        turns=tuple(record.get("turns") or [record["question"]]),
        split=record["split"],
        register=record["register"],
        form=record["form"],
        topic=record["topic"],
        refuse=record["kind"] == "refuse",
        figures=frozenset(_figure(figure) for figure in record.get("figures", ())),
        contain=tuple(record.get("contain", ())),
        avoid=tuple(record.get("avoid", ())),
        cite=tuple(Support(each["document"], each["label"]) for each in record.get("cite", ())),
        why=record["why"],
    )


def _figure(text: str) -> Decimal:
    found = numerals(text)
    if len(found) != 1:
        raise ValueError(f"not one number: {text!r}")
    return found[0].value.normalize()
