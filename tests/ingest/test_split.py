"""Passages of made-up texts, one case for each form that a document's structure takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from split_invariants import check, document_of

from assistant.ingest.split import LIMIT, split

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "split.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_passages_follow_the_structure_of_the_text(case: dict[str, Any]) -> None:
    document = document_of(case["text"], case["title"])
    passages = split(document)
    check(document, passages)
    found = [[passage.label, list(passage.heading)] for passage in passages]
    assert found == [[label, heading] for label, heading, _ in case["passages"]]
    for passage, (_, _, beginning) in zip(passages, case["passages"], strict=True):
        assert passage.text.startswith(beginning)
    parts = {part.label: document.text[part.start : part.end] for passage in passages for part in passage.parts}
    for label, text in case.get("parts", {}).items():
        assert parts.get(label) == text


def test_a_long_article_falls_into_its_clauses_and_items() -> None:
    clause = "申请人应当如实申报。" * 40
    items = "".join(f"\n（{number}）{'应当提交的材料；' * 50}" for number in "一二三")
    document = document_of(f"第五条 {clause}\n{clause}\n应当提交下列材料：{items}")
    passages = split(document)
    check(document, passages)
    assert all(len(passage.text) <= LIMIT for passage in passages)
    assert [passage.label for passage in passages] == ["第五条", "第五条第三款", "第五条第三款"]
    assert passages[0].label_at(passages[0].end - 5, passages[0].end) == "第五条第二款"
    assert passages[-1].label_at(passages[-1].end - 5, passages[-1].end) == "第五条第三款第（三）项"


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    document = document_of("一、要求\n" + "各地要加强组织领导，确保落实到位。" * 100)
    passages = split(document)
    assert len(passages) == 2
    assert all(passage.text.endswith("。") and passage.label == "一第1段" for passage in passages)


def test_a_text_that_is_only_its_title_is_still_a_passage() -> None:
    assert [passage.text for passage in split(document_of("低保标准", "低保标准"))] == ["低保标准"]
