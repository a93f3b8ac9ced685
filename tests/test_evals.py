"""The evaluation's own measures, and that its test questions stand nowhere in code or data."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Answer, Citation, Figure, Hit, Refusal, Sentence
from evals import metrics
from evals.cases import Case, Support, read_cases
from evals.report import compare
from tests.making import passage

ROOT = Path(__file__).parents[1]
ONE = passage("农村低保标准由每人每月704元提高到每人每月731元。", id="report")
CITATION = Citation(ONE, ONE.text)
FIGURE = Figure(Decimal(731), "元/人·月", "731元", CITATION, earlier=Decimal(704))
ANSWERED = Answer("问", (Sentence(ONE.text, (CITATION,)),), (FIGURE,))
QUOTED = Answer("问", (Sentence(ONE.text, (CITATION,), (ONE.text.index("提高"), len(ONE.text))),))
REFUSED = Answer("问", refusal=Refusal("not_found", "没有"))


def case(**changes: Any) -> Case:
    usual: dict[str, Any] = {
        "id": "a", "turns": ("问",), "split": "dev", "register": "formal", "form": "figure", "topic": "低保", "refuse": False,
        "figures": frozenset([Decimal(731)]), "contain": (), "avoid": (), "cite": (Support("report", "第1段"),), "why": "",
    }  # fmt: skip
    return Case(**(usual | changes))


@pytest.mark.parametrize(
    ("changes", "answer", "expected"),
    [
        ({}, ANSWERED, True),
        ({}, REFUSED, False),
        ({"figures": frozenset([Decimal(913)])}, ANSWERED, False),
        ({"contain": ("每人每月731元",)}, ANSWERED, True),
        ({"contain": ("城镇",)}, ANSWERED, False),
        ({"avoid": ("704",)}, ANSWERED, True),
        ({"avoid": ("731",)}, ANSWERED, False),
        ({"avoid": ("农村低保",)}, ANSWERED, False),
        ({"refuse": True, "figures": frozenset()}, REFUSED, True),
        ({"refuse": True, "figures": frozenset()}, ANSWERED, False),
    ],
)
def test_exactness(changes: dict[str, Any], answer: Answer, expected: bool) -> None:
    assert metrics.exact(case(**changes), answer) is expected


@pytest.mark.parametrize(
    ("changes", "answer", "expected"),
    [
        ({}, ANSWERED, False),
        ({}, REFUSED, False),
        ({"figures": frozenset([Decimal(913)])}, ANSWERED, True),
        ({"avoid": ("731",), "figures": frozenset()}, ANSWERED, True),
        ({"refuse": True}, ANSWERED, True),
        ({}, QUOTED, False),
        ({"figures": frozenset([Decimal(704)])}, QUOTED, False),
        ({"figures": frozenset([Decimal(913)])}, QUOTED, True),
        ({"figures": frozenset()}, QUOTED, False),
    ],
)
def test_wrong_figures(changes: dict[str, Any], answer: Answer, expected: bool) -> None:
    assert metrics.wrong_figure(case(**changes), answer) is expected


def test_citations_are_judged_by_place() -> None:
    assert metrics.citation_precision(case(), ANSWERED) == 1
    assert metrics.citation_precision(case(cite=(Support("other", ""),)), ANSWERED) == 0
    assert metrics.citation_recall(case(), REFUSED) == 0
    assert metrics.citation_precision(case(), REFUSED) is None
    assert metrics.citation_recall(case(refuse=True), ANSWERED) is None


def test_ranking_agrees_with_the_definitions() -> None:
    others = [passage(f"其他{number}", id=str(number)) for number in range(4)]
    hits = [Hit(each, 1.0 / rank, rank) for rank, each in enumerate([others[0], ONE, *others[1:]], start=1)]
    values = metrics.ranking({"a": {ONE.id, "missing"}}, {"a": hits})["a"]
    assert values["R@5"] == 0.5
    assert values["RR@10"] == 0.5


def test_the_exact_label_wins_over_what_is_around_it() -> None:
    assert metrics.relevant_passages(case(), [ONE]) == {ONE.id}
    assert metrics.relevant_passages(case(cite=(Support("report", "第1"),)), [ONE]) == {ONE.id}
    assert metrics.relevant_passages(case(cite=(Support("report", "第2段"),)), [ONE]) == set()


def test_an_interval_holds_its_mean() -> None:
    low, high = metrics.interval([0.0, 1.0, 1.0, 1.0])
    assert 0 <= low <= 0.75 <= high <= 1


def test_results_are_compared_question_by_question(tmp_path: Path) -> None:
    for name, rights in (("a", (True, False)), ("b", (False, True))):
        each = [{"id": str(place), "right": right, "turns": ["问"]} for place, right in enumerate(rights)]
        (tmp_path / name).write_text(json.dumps({"each": each}), encoding="utf-8")
    assert compare(tmp_path / "a", tmp_path / "b") == ["＋ 1 问", "－ 0 问", "共同的 2 题：得 1，失 1"]
    (tmp_path / "c").write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="不是评测结果"):
        compare(tmp_path / "a", tmp_path / "c")


def test_the_shipped_cases_are_as_they_should_be() -> None:
    cases = read_cases()
    assert len(cases) >= 400
    assert sum(each.refuse for each in cases) >= 100
    assert all(each.refuse or each.cite for each in cases)
    for register in {each.register for each in cases}:
        assert {each.split for each in cases if each.register == register} == {"dev", "test"}


def test_no_test_question_stands_in_code_or_data() -> None:
    written = [*ROOT.glob("assistant/**/*.py"), *ROOT.glob("corpus/*.t*"), *ROOT.glob("training/questions/*.jsonl")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in written)
    asked = [turn for each in read_cases() if each.split == "test" for turn in each.turns if len(turn) >= 8]
    assert [turn for turn in asked if turn in text] == []


@pytest.mark.parametrize("line", ["{}", '{"id": "a"}', "[]", "nonsense"])
def test_a_wrong_case_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.jsonl:1"):
        read_cases(tmp_path)
