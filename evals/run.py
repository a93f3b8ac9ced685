"""One run: every case asked, every measure taken, for each search system side by side."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.pipeline import SERVED, SYSTEMS, Assistant
from assistant.types import Answer
from evals import metrics
from evals.cases import Case

MEASURES: dict[str, Callable[[Case, Answer], float | None]] = {
    "answer exactness": lambda case, answer: None if case.refuse else float(metrics.exact(case, answer)),
    "citation precision": metrics.citation_precision,
    "citation recall": metrics.citation_recall,
    "wrong-figure rate": lambda case, answer: float(metrics.wrong_figure(case, answer)),
    "refusal recall": lambda case, answer: float(not answer.answered) if case.refuse else None,
    "false-refusal rate": lambda case, answer: None if case.refuse else float(not answer.answered),
}
"""Each measure's value for a case, or ``None`` where the measure does not speak of such a case."""
Values = dict[str, dict[str, float]]


def run(
    cases: Sequence[Case], assistant: Assistant, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """The whole result as plain values, ready for JSON: a summary, splits of it, systems, and each case."""
    answers: dict[str, Answer] = {}
    for place, case in enumerate(cases, start=1):
        answers[case.id] = assistant.ask(case.turns[-1], case.turns[:-1])
        if progress:
            progress(place, len(cases))
    values = _answer_values(cases, answers)
    retrieval = _retrieval_values(cases, answers, assistant)
    for case_id, measured in retrieval[SERVED].items():
        values[case_id] |= measured
    return {
        "date": date.today().isoformat(),
        "commit": _commit(),
        "cases": len(cases),
        "summary": _summary(values.values()),
        "recall": _recall_curves(cases, answers, assistant),
        "thresholds": _threshold_curves(cases, assistant),
        "systems": {name: _summary(of_system.values()) for name, of_system in retrieval.items()},
        **{f"by {trait}": _by(cases, values, trait) for trait in ("split", "register", "form", "topic")},
        "each": [_record(case, answers[case.id], values[case.id]) for case in cases],
    }


def _answer_values(cases: Iterable[Case], answers: dict[str, Answer]) -> Values:
    values: Values = {}
    for case in cases:
        measured = {name: measure(case, answers[case.id]) for name, measure in MEASURES.items()}
        values[case.id] = {name: value for name, value in measured.items() if value is not None}
    return values


def _retrieval_values(cases: Sequence[Case], answers: dict[str, Answer], assistant: Assistant) -> dict[str, Values]:
    """For each system the ranking measures of the cases that name passages, asked in completed words."""
    relevant = {case.id: metrics.relevant_passages(case, assistant.passages) for case in cases if case.cite}
    relevant = {case: passages for case, passages in relevant.items() if passages}
    asked = {case.id: answers[case.id].understood or case.question for case in cases}
    return {
        system: metrics.ranking(relevant, {case: assistant.search(asked[case], 10, system) for case in relevant})
        for system in SYSTEMS
    }


def _recall_curves(
    cases: Sequence[Case], answers: dict[str, Answer], assistant: Assistant
) -> dict[str, list[tuple[int, float]]]:
    """For each system recall@k against k."""
    relevant = {case.id: metrics.relevant_passages(case, assistant.passages) for case in cases if case.cite}
    curves: dict[str, list[tuple[int, float]]] = {}
    for system in SYSTEMS:
        found = {
            case.id: [
                hit.passage.id for hit in assistant.search(answers[case.id].understood or case.question, 20, system)
            ]
            for case in cases
            if relevant.get(case.id)
        }
        curves[system] = [
            (
                k,
                sum(len(relevant[case].intersection(ids[:k])) / len(relevant[case]) for case, ids in found.items())
                / max(1, len(found)),
            )
            for k in (1, 2, 3, 5, 10, 15, 20)
        ]
    return curves


def _threshold_curves(cases: Sequence[Case], assistant: Assistant) -> dict[str, list[tuple[float, float]]]:
    """The shares of all cases answered rightly, refused rightly and answered wrongly, against the least coverage."""
    curves: dict[str, list[tuple[float, float]]] = {"答对": [], "该拒的拒了": [], "答错": [], "不该拒的拒了": []}
    for least in (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95):
        at = assistant.with_settings(least_confidence=least)
        seen = [(case, at.ask(case.turns[-1], case.turns[:-1])) for case in cases]
        counts = {
            "答对": sum(not case.refuse and metrics.exact(case, answer) for case, answer in seen),
            "该拒的拒了": sum(case.refuse and not answer.answered for case, answer in seen),
            "答错": sum(answer.answered and not metrics.exact(case, answer) for case, answer in seen),
            "不该拒的拒了": sum(not case.refuse and not answer.answered for case, answer in seen),
        }
        for name, count in counts.items():
            curves[name].append((least, count / max(1, len(cases))))
    return curves


def _summary(values: Iterable[dict[str, float]]) -> dict[str, dict[str, float]]:
    gathered: dict[str, list[float]] = defaultdict(list)
    for measured in values:
        for name, value in measured.items():
            gathered[name].append(value)
    return {name: _mean(gathered[name]) for name in (*map(str, metrics.RANKING), *MEASURES) if name in gathered}


def _mean(values: Sequence[float]) -> dict[str, float]:
    low, high = metrics.interval(values)
    return {"mean": round(sum(values) / len(values), 4), "low": round(low, 4), "high": round(high, 4), "n": len(values)}


def _by(cases: Sequence[Case], values: Values, trait: str) -> dict[str, Any]:
    names = sorted({getattr(case, trait) for case in cases})
    return {name: _summary(values[case.id] for case in cases if getattr(case, trait) == name) for name in names}


def _record(case: Case, answer: Answer, values: dict[str, float]) -> dict[str, Any]:
    return {
        "id": case.id, "split": case.split, "turns": list(case.turns), "why": case.why,
        "right": metrics.exact(case, answer),
        "expected": {
            "refuse": case.refuse, "figures": sorted(map(str, case.figures)), "contain": list(case.contain),
            "avoid": list(case.avoid), "cite": [f"{each.document} {each.label}" for each in case.cite],
        },
        "answered": answer.answered,
        "answer": [sentence.text for sentence in answer.sentences],
        "citations": [f"{one.passage.document.id} {one.label}" for one in answer.citations],
        "refusal": answer.refusal and answer.refusal.message,
        "understood": answer.understood or None,
        "hits": [f"{hit.passage.document.id} {hit.passage.label}" for hit in answer.hits[:5]],
        "values": values,
    }  # fmt: skip


def _commit() -> str:
    """The commit of the working tree, with + where it was changed since; empty outside a repository."""
    here = Path(__file__).parent

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=here, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    changed = git("status", "--porcelain", "--untracked-files=no", ":!results")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def save(result: dict[str, Any], folder: Path) -> Path:
    """Write the result as ``<date>-<commit>.json`` and return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result['date']}-{result['commit'] or 'unversioned'}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
