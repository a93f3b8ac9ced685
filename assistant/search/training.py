"""Training an encoder of our own: a vector for each feature, moved until questions lie near what answers them.

The start is the company that features keep (see ``static``); then multiple-negatives ranking: in a batch of pairs every
query has to find its own text among the texts of all (Henderson et al. 2017, "Efficient Natural Language Response
Suggestion", section 4.4). Only some hundred steps: more of them, or larger ones, forget how people speak (measured).
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import AssistantError
from assistant.search.articles import Article, Asked
from assistant.search.lessons import Lessons, Numbers, Pair, Progress, batch, lessons
from assistant.search.static import Matrix, company_vectors, write_model

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained; the defaults are what served best on the dev cases."""

    features: int = 60_000  # vectors in the model, of the most frequent features
    dimensions: int = 256
    contexts: int = 2_000  # features whose company counts at the start
    sample: int = 60_000  # articles whose sentences show that company
    steps: int = 300
    batch: int = 1024  # pairs
    asked: float = 0.5  # share of questions in a batch
    rate: float = 0.005  # Adam's, risen to in the first steps and then falling to a twentieth
    rising: int = 20  # steps
    scale: float = 20.0  # of the cosines
    longest: int = 256  # features of a text that are looked at
    keep_every: int = 50  # steps from one checkpoint to the next
    seed: int = 0


DEFAULT = Recipe()


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is trained on: statutes, passages of the corpus, our questions and the questions of lay people."""

    articles: Sequence[Article]
    passages: Sequence[Article]
    written: Sequence[Asked]
    lay: Sequence[Asked]


def train(
    material: Material, folder: Path, today: date, *,
    recipe: Recipe = DEFAULT, results: str = "", resume: bool = False, progress: Progress | None = None,
) -> None:  # fmt: skip
    """Train a model on ``material`` and write it into ``folder``, with a card that has the day and the ``results``.

    Beside the folder stands a checkpoint while the training lasts; ``resume`` goes on from it where there is one. The
    same material and recipe give the same model on the same machine. Raises ``AssistantError`` where the checkpoint is
    of another training, or nothing can be learnt or written.
    """
    report = progress or (lambda stage, done, total: None)
    articles = [*material.articles, *material.passages]
    taught = lessons(articles, [*material.written, *material.lay], recipe.features, recipe.seed, report)
    if not taught.exercises and not taught.questions:
        raise AssistantError("没有可以学的条文或题目")
    checkpoint = _Checkpoint(folder.with_name(f"{folder.name}.checkpoint"), _fingerprint(taught, recipe))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        vectors = _learn(taught, recipe, checkpoint, resume, report)
        write_model(folder, taught.vocabulary, vectors)
        (folder / "README.md").write_text(_card(material, recipe, today, results), encoding="utf-8")
        checkpoint.path.unlink(missing_ok=True)
    except OSError as error:
        raise AssistantError(f"写不了模型文件夹 {folder}：{error.strerror or error}") from error


# Learning --------------------------------------------------------------------------------------------------------


def _learn(taught: Lessons, recipe: Recipe, checkpoint: _Checkpoint, resume: bool, report: Progress) -> Matrix:
    """The vectors after all steps, shape [features, dimensions]."""
    import torch  # takes seconds, and no answer needs it

    state = checkpoint.read() if resume else None
    start = torch.from_numpy(_start(taught, recipe, report)) if state is None else state["vectors"]
    bag = torch.nn.EmbeddingBag.from_pretrained(start, freeze=False, mode="mean")
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.rate)
    if state is not None:
        optimizer.load_state_dict(state["optimizer"])
    for step in range(state["step"] if state is not None else 0, recipe.steps):
        report("训练", step, recipe.steps)
        for group in optimizer.param_groups:
            group["lr"] = _rate(recipe, step)
        loss = _loss(bag, batch(taught, step, recipe.batch, recipe.asked, recipe.seed), recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if (step + 1) % recipe.keep_every == 0:
            checkpoint.write({"step": step + 1, "vectors": bag.weight.data, "optimizer": optimizer.state_dict()})
    report("训练", recipe.steps, recipe.steps)
    vectors: Matrix = bag.weight.detach().numpy()
    return vectors


def _start(taught: Lessons, recipe: Recipe, report: Progress) -> Matrix:
    """The vectors before the first step: those of the features' company, of length 1 in the root mean square."""
    report("初始向量", 0, 1)
    chosen = random.Random(recipe.seed).sample(taught.texts, min(recipe.sample, len(taught.texts)))
    sentences = [sentence for text in chosen for sentence in text.sentences]
    sentences += [query for query, _ in taught.questions]
    found = company_vectors(
        sentences, taught.counts, taught.total, dimensions=recipe.dimensions, contexts=recipe.contexts
    )
    vectors = np.zeros((len(found), recipe.dimensions), dtype=np.float32)
    vectors[:, : found.shape[1]] = found / max(float(np.sqrt((found**2).sum(axis=1).mean())), 1e-12)
    report("初始向量", 1, 1)
    return vectors


def _rate(recipe: Recipe, step: int) -> float:
    return recipe.rate * min(1.0, (step + 1) / recipe.rising) * max(0.05, 1 - step / recipe.steps)


def _loss(bag: torch.nn.EmbeddingBag, pairs: Sequence[Pair], recipe: Recipe) -> torch.Tensor:
    """Cross entropy of each query's own text among all texts of the batch, but for others of the same place.

    For questions the batch also has other articles of the laws that answer them, which are never right.
    """
    import torch

    queries = _encoded(bag, [pair.query for pair in pairs], recipe.longest)
    near = [pair.near for pair in pairs if len(pair.near)]
    texts = _encoded(bag, [*(pair.text for pair in pairs), *near], recipe.longest)
    places = torch.tensor([pair.place for pair in pairs])
    also_right = (places[:, None] == places[None, :]).fill_diagonal_(False)
    also_right = torch.nn.functional.pad(also_right, (0, len(near)))
    scores = (queries @ texts.T * recipe.scale).masked_fill(also_right, -torch.inf)
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(pairs)))


def _encoded(bag: torch.nn.EmbeddingBag, texts: Sequence[Numbers], longest: int) -> torch.Tensor:
    """Vectors of length 1, shape [texts, dimensions]."""
    import torch

    cut = [text[:longest] for text in texts]
    starts = np.cumsum([0, *(len(text) for text in cut[:-1])])
    vectors = bag(torch.from_numpy(np.concatenate(cut).astype(np.int64)), torch.from_numpy(starts))
    return torch.nn.functional.normalize(vectors, dim=1)


# Checkpoints -----------------------------------------------------------------------------------------------------


def _fingerprint(taught: Lessons, recipe: Recipe) -> str:
    """What a checkpoint has to have been made from to go on from it."""
    digest = hashlib.sha256(repr((recipe, taught.vocabulary, taught.exercises)).encode())
    for text in taught.texts:
        digest.update(text.whole.tobytes())
    for query, answers in taught.questions:
        for numbers in (query, *(answer.whole for answer in answers)):
            digest.update(numbers.tobytes())
    return digest.hexdigest()


class _Checkpoint:
    """A training that was broken off, in one file that is replaced as a whole."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self._fingerprint = fingerprint

    def write(self, state: dict[str, Any]) -> None:
        import torch

        beside = self.path.with_name(f"{self.path.name}.new")
        torch.save({"fingerprint": self._fingerprint, **state}, beside)
        os.replace(beside, self.path)

    def read(self) -> dict[str, Any] | None:
        """The state last written, ``None`` where there is none. Raises ``AssistantError`` for another training's."""
        import torch

        if not self.path.is_file():
            return None
        advice = "请去掉 --resume 重新训练"
        try:
            state: dict[str, Any] = torch.load(self.path, weights_only=True)
        except Exception as error:  # of pickle's and torch's many kinds
            raise AssistantError(f"中断处的记录 {self.path} 已损坏，{advice}") from error
        if state.get("fingerprint") != self._fingerprint:
            raise AssistantError(f"中断处的记录 {self.path} 是用别的材料或参数训练的，{advice}")
        return state


# The card --------------------------------------------------------------------------------------------------------


def _card(material: Material, recipe: Recipe, today: date, results: str) -> str:
    steps = "\n".join(f"| {name} | {value} |" for name, value in asdict(recipe).items())
    return f"""---
language: zh
license: apache-2.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, static-embedding, chinese, law, civil-affairs]
---
# A static encoder for questions to Chinese policy documents

A text is the mean of its features' vectors, brought to length 1. Features are jieba's words, single characters and pairs
of characters (`assistant.text.tokens.features`). No torch is needed to use it:

```python
from pathlib import Path
from assistant.search.static import StaticEncoder
StaticEncoder(Path("FOLDER")).encode(["家里揭不开锅，能不能吃低保？"])
```

With sentence-transformers 6.2 or later the features are given, parted by blanks; the vectors are the same:

```python
from assistant.text.tokens import features
from sentence_transformers import SentenceTransformer
SentenceTransformer("FOLDER").encode(" ".join(features("家里揭不开锅，能不能吃低保？")))
```

## Data

| what | how many | licence |
|---|---|---|
| articles of statutes and local rules | {len(material.articles)} | none: no copyright in China (Copyright Law, article 5) |
| passages of the corpus | {len(material.passages)} | as the corpus |
| questions written for this project | {len(material.written)} | as the project |
| questions of lay people (LeCoQA/STARD, training part) | {len(material.lay)} | MIT |

## Recipe

Vectors begin as positive pointwise mutual information reduced by a singular value decomposition. Then multiple-negatives
ranking with Adam over pairs: a sentence and the rest of its article, the beginning of a sentence, weighted keywords or the
headings and the article, a question and what answers it. Other texts of the same article are no negatives; for questions,
other articles of the same law are. Stored as
whole numbers of 8 bits with one scale a row.

| setting | value |
|---|---|
{steps}

Trained on {today.isoformat()}.

## Second stage

Where there is a `reranker.json`, what words and vectors find is put in order by small decision trees over traits that a
person can check (`assistant/search/traits.py`), learnt from the same questions with encoders that had not seen them, and
each passage gets a probability that it answers.

## Results

{results.strip() or "None given."}
"""
