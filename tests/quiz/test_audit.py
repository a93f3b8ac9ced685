from __future__ import annotations

import json

import pytest

from evals.quiz.audit import read_audit, summary

ENTRY = {"round": 1, "seed": 7, "id": "a", "kind": "定义", "text": "题", "verdict": "keep", "reason": "对"}


def test_the_last_round_meets_the_target():
    rounds = summary(read_audit())
    last = rounds[-1]
    assert last["read"] >= 100
    assert last["wrong key"] == 0
    assert last["throw"] <= 0.03 * last["read"]


def test_every_round_is_a_new_sample():
    entries = read_audit()
    rounds = summary(entries)
    assert len({row["seed"] for row in rounds}) == len(rounds)
    for row in rounds:
        ids = [entry.id for entry in entries if entry.round == row["round"]]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "wrong", [{"verdict": "good"}, {"reason": " "}, {"wrong_key": True}, {"more": 1}, {"verdict": None}]
)
def test_a_verdict_needs_its_reason(tmp_path, wrong):
    path = tmp_path / "audit.jsonl"
    path.write_text(json.dumps(ENTRY) + "\n" + json.dumps(ENTRY | wrong) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"audit\.jsonl:2"):
        read_audit(path)
