from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from schoolbooks import ARTICLES, LAY, MATERIAL, SMALL, WRITTEN

from assistant.errors import AssistantError
from assistant.search.generation import digests
from assistant.search.static import StaticEncoder, is_model
from assistant.search.training import Material, train
from assistant.text.tokens import features

TODAY = date(2026, 1, 2)


def trained(folder: Path, **options: Any) -> dict[str, str]:
    train(MATERIAL, folder, TODAY, **{"recipe": SMALL, **options})
    return digests(folder)


def interrupted_at(step: int) -> Callable[[str, int, int], None]:
    def progress(stage: str, done: int, total: int) -> None:
        if stage == "训练" and done == step:
            raise KeyboardInterrupt

    return progress


def test_the_same_seed_gives_the_same_files_and_another_seed_another_model(tmp_path: Path) -> None:
    assert trained(tmp_path / "a") == trained(tmp_path / "b")
    other = trained(tmp_path / "c", recipe=replace(SMALL, seed=1))
    assert other["model.safetensors"] != digests(tmp_path / "a")["model.safetensors"]


@pytest.mark.parametrize("step", [2, 9])
def test_interrupted_and_resumed_is_as_if_it_had_not_been(tmp_path: Path, step: int) -> None:
    uninterrupted = trained(tmp_path / "a")
    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "b", progress=interrupted_at(step))
    assert not (tmp_path / "b").exists()
    begun: list[int] = []
    resumed = trained(
        tmp_path / "b", resume=True, progress=lambda stage, done, _: begun.append(done) if stage == "训练" else None
    )
    assert resumed == uninterrupted
    assert begun[0] == step - step % SMALL.keep_every
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_without_resume_it_begins_anew(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "b", progress=interrupted_at(9))
    assert trained(tmp_path / "b") == trained(tmp_path / "a")


def test_the_checkpoint_of_another_training_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "m", progress=interrupted_at(9))
    with pytest.raises(AssistantError, match="--resume"):
        trained(tmp_path / "m", recipe=replace(SMALL, rate=0.1), resume=True)
    (tmp_path / "m.checkpoint").write_bytes(b"not a checkpoint")
    with pytest.raises(AssistantError, match="已损坏"):
        trained(tmp_path / "m", resume=True)


def test_questions_come_nearer_to_what_answers_them(tmp_path: Path) -> None:
    def nearness(steps: int) -> float:
        folder = tmp_path / str(steps)
        train(MATERIAL, folder, TODAY, recipe=replace(SMALL, steps=steps, rate=0.05))
        encoder = StaticEncoder(folder)
        texts = encoder.encode([f"{article.law}。{article.number}。{article.text}" for article in ARTICLES])
        scores = encoder.encode([asked.text for asked in WRITTEN]) @ texts.T
        right = [ARTICLES.index(asked.answers[0]) for asked in WRITTEN]
        return float(np.mean([scores[row, place] - scores[row].mean() for row, place in enumerate(right)]))

    assert nearness(60) > nearness(1) + 0.2


def test_sentence_transformers_gives_the_same_vectors(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    trained(tmp_path / "m")
    texts = [
        *(article.text for article in ARTICLES),
        *(asked.text for asked in WRITTEN),
        "農村沒錢食飯",
        "nothing known",
        "",
    ]
    theirs = SentenceTransformer(str(tmp_path / "m"), device="cpu").encode([" ".join(features(text)) for text in texts])
    ours = StaticEncoder(tmp_path / "m").encode(texts)
    assert is_model(tmp_path / "m")
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert np.count_nonzero(np.linalg.norm(ours, axis=1)) >= len(texts) - 2


def test_the_card_says_what_it_was_made_of(tmp_path: Path) -> None:
    trained(tmp_path / "m", results="recall@5 0.9")
    card = (tmp_path / "m" / "README.md").read_text("utf-8")
    assert "2026-01-02" in card
    assert "recall@5 0.9" in card
    assert f"questions written for this project | {len(WRITTEN)} |" in card
    assert f"| {len(LAY)} | MIT |" in card


def test_nothing_to_learn_and_nowhere_to_write(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="没有可以学的"):
        train(Material([], [], [], []), tmp_path / "m", TODAY, recipe=SMALL)
    (tmp_path / "file").write_text("")
    with pytest.raises(AssistantError, match="写不了"):
        trained(tmp_path / "file" / "m")


def test_torch_is_imported_when_training_begins_and_not_before() -> None:
    program = "import sys, assistant.search.training; print({'torch', 'sentence_transformers'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
