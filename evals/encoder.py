"""What an encoder finds of laws that it never saw: colloquial, formal and lay questions, each system side by side.

``assistant train --without training/held_out.txt --without training/held_out_lay.txt`` makes the model that this
measures; its second stage must not have learnt from those laws either. Nothing is tuned on what is measured here.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.corpus import read_passages
from assistant.errors import AssistantError
from assistant.pipeline import AIDED, SERVED, Assistant, assistant_over
from assistant.schooling import asked_about, hold_out
from assistant.search.articles import (
    Article,
    Asked,
    Library,
    as_passages,
    core_name,
    in_force,
    read_lay_questions,
    read_national_articles,
    read_questions,
)
from assistant.search.index import use_dictionary
from assistant.search.rerank import load as load_reranker
from assistant.search.static import StaticEncoder
from assistant.search.systems import Index
from assistant.settings import PROJECT, Settings, load_settings
from assistant.types import Hit, Passage
from evals.metrics import interval

UNAIDED = "reranked, no synonyms"
SYSTEMS = ("bm25", "dense", "fused", AIDED, UNAIDED, SERVED)
COLLOQUIAL = ("village", "city", "long", "typo", "cantonese")
"""The registers in which people speak; the others are reported beside them."""

_FIRST = re.compile(r"^.*?[。；！？\n]", re.DOTALL)
_SENTENCE = 15  # characters that a first sentence has at least, and the rest of its article
_CIVIL_CODE = "民法典"
Values = dict[str, list[float]]
"""The value of each measure for each question."""


@dataclass(frozen=True)
class Exam:
    """Questions over one collection; ``right`` are the places of the passages that answer each."""

    name: str
    assistant: Assistant
    questions: tuple[str, ...]
    right: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Collection:
    """The passages of the laws held out, those of all national laws with them, and the questions on both."""

    held_out: list[Passage]
    national: list[Passage]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table and keep it as JSON. Returns 0, or 2 after one line that says what to do."""
    options = _parser().parse_args(argv)
    try:
        settings = load_settings()
        use_dictionary(settings.dictionary)
        exams = list(_exams(options, settings))
    except (AssistantError, ValueError, OSError) as error:
        print(f"evals.encoder: {error}", file=sys.stderr)
        return 2
    result = {exam.name: {system: measure(exam, system) for system in SYSTEMS} for exam in exams}
    _print(result)
    if options.out:
        summary = {name: {system: _summary(of) for system, of in rows.items()} for name, rows in result.items()}
        record = {"date": date.today().isoformat(), "model": StaticEncoder(options.model).sha256, "sets": summary}
        options.out.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.encoder", description="用没有学过的法规检验编码器。")
    parser.add_argument("--articles", type=Path, required=True, metavar="FILE", help="条文，JSON 行，可用 xz 压缩")
    parser.add_argument("--lay", type=Path, required=True, metavar="FILE", help="群众提问，JSON 行，可用 xz 压缩")
    parser.add_argument("--corpus", type=Path, action="append", default=[], metavar="DIR", help="原文所在的文件夹")
    parser.add_argument("--model", type=Path, required=True, metavar="DIR", help="没学过这些法规的模型")
    parser.add_argument("--second-stage", type=Path, required=True, metavar="FILE", help="没学过这些法规的第二步排序")
    parser.add_argument("--most", type=int, default=600, metavar="N", help="每组最多问多少题（抽样）")
    parser.add_argument("--out", type=Path, metavar="FILE", help="结果另存为 JSON")
    return parser


# What is asked ---------------------------------------------------------------------------------------------------


def _exams(options: argparse.Namespace, settings: Settings) -> Iterator[Exam]:
    laws = hold_out(PROJECT / "training" / "held_out.txt")
    collection = _collection(options, laws)
    encoder, reranker = StaticEncoder(options.model), load_reranker(options.second_stage)
    if reranker is None:
        raise AssistantError(f"没有这个文件：{options.second_stage}")

    def over(passages: Sequence[Passage]) -> Assistant:
        documents = list({passage.document.id: passage.document for passage in passages}.values())
        return assistant_over(Index.of(documents, passages, encoder, reranker), settings)

    held_out, national = over(collection.held_out), over(collection.national)
    questions = [one for one in read_questions(PROJECT / "training" / "questions") if core_name(one.law) in laws]
    library = Library((), collection.held_out)
    spoken = [one for one in questions if one.register in COLLOQUIAL]
    formal = [one for one in questions if one.register == "formal"]
    other = [one for one in questions if one.register not in (*COLLOQUIAL, "formal")]
    sets = (
        ("colloquial, statutes held out", held_out, spoken),
        ("colloquial, all national articles", national, spoken),
        ("formal, statutes held out", held_out, formal),
        ("keywords, traditional, pinyin, English, statutes held out", held_out, other),
    )
    for name, assistant, chosen in sets:
        asked = [(one.text, frozenset(passage.id for passage in library.passages(one))) for one in chosen]
        yield _exam(name, assistant, asked, options.most)
    bare, first = _first_sentences(collection.held_out)
    yield _exam("first sentence of a law, rest of its article", over(bare), first, options.most)
    lay = _lay(read_lay_questions(options.lay), hold_out(PROJECT / "training" / "held_out_lay.txt"), collection)
    yield _exam("lay questions, all national articles", national, lay, options.most)


def _collection(options: argparse.Namespace, laws: frozenset[str]) -> Collection:
    """All national articles; the laws held out come from their documents where there are such, in force only."""
    articles = read_national_articles(options.articles)
    questions = [one for one in read_questions(PROJECT / "training" / "questions") if core_name(one.law) in laws]
    known = asked_about(articles, read_passages(options.corpus) if options.corpus else [], questions)
    by_law: dict[str, list[Passage]] = {}
    for passage in known:
        by_law.setdefault(core_name(passage.document.title), []).append(passage)
    held_out = [passage for passages in by_law.values() for passage in in_force(passages)]
    others = as_passages([article for article in articles if core_name(article.law) not in by_law])
    return Collection(held_out, held_out + others)


def _exam(name: str, assistant: Assistant, asked: Sequence[tuple[str, frozenset[str]]], most: int) -> Exam:
    answered = [(text, right) for text, right in asked if right]
    if len(answered) > most:
        chosen = np.random.default_rng(0).choice(len(answered), most, replace=False)
        answered = [answered[place] for place in sorted(chosen)]
    return Exam(
        name, assistant, tuple(assistant.read(text) for text, _ in answered), tuple(right for _, right in answered)
    )


def _first_sentences(passages: Sequence[Passage]) -> tuple[list[Passage], list[tuple[str, frozenset[str]]]]:
    """The articles without their first sentences, and each sentence with the article that it was taken from."""
    bare, asked = [], []
    for passage in passages:
        text = re.sub(r"^第[^条]{1,9}条\s*", "", passage.text)
        first = _FIRST.match(text)
        if first is None or len(first.group()) < _SENTENCE or len(text) - first.end() < _SENTENCE:
            continue
        article = Article(passage.document.title, passage.heading, passage.label, text[first.end() :])
        bare.append(article)
        asked.append((first.group(), (core_name(article.law), article.number)))
    made = as_passages(bare)
    ids = {(core_name(one.document.title), one.label): one.id for one in made}
    return made, [(text, frozenset([ids[place]])) for text, place in asked]


def _lay(asked: Sequence[Asked], laws: frozenset[str], collection: Collection) -> list[tuple[str, frozenset[str]]]:
    """The lay questions that only laws held out answer, with the articles of the collection."""
    ids: dict[tuple[str, str], set[str]] = {}
    for passage in collection.national:
        ids.setdefault((core_name(passage.document.title), passage.label), set()).add(passage.id)
    only = [one for one in asked if all(core_name(answer.law) in laws for answer in one.answers)]
    return [
        (one.text, frozenset().union(*(ids.get((core_name(of.law), of.number), ()) for of in one.answers)))
        for one in only
    ]


# Measuring -------------------------------------------------------------------------------------------------------


def measure(exam: Exam, system: str) -> Values:
    """P@1, hit@5, R@10, RR@10 and nDCG@10 (binary gains) of every question."""
    values: Values = {name: [] for name in ("P@1", "hit@5", "R@10", "RR@10", "nDCG@10")}
    pairs = list(zip(exam.questions, exam.right, strict=True))
    for text, right in track(pairs, f"{exam.name}: {system}", console=Console(stderr=True), transient=True):
        for name, value in ranked_values(_search(exam.assistant, text, system), right).items():
            values[name].append(value)
    return values


def _search(assistant: Assistant, text: str, system: str) -> list[Hit]:
    return assistant.search_unaided(text, 10) if system == UNAIDED else assistant.search(text, 10, system)


def ranked_values(hits: Sequence[Hit], right: frozenset[str]) -> dict[str, float]:
    """The measures of one ranking of ten."""
    found = [hit.passage.id in right for hit in hits[:10]]
    gains = sum(1 / np.log2(place + 2) for place, here in enumerate(found) if here)
    ideal = sum(1 / np.log2(place + 2) for place in range(min(10, len(right))))
    return {
        "P@1": float(any(found[:1])),
        "hit@5": float(any(found[:5])),
        "R@10": sum(found) / len(right),
        "RR@10": 1 / (found.index(True) + 1) if any(found) else 0.0,
        "nDCG@10": float(gains / ideal),
    }


def _summary(values: Values) -> dict[str, dict[str, float]]:
    summary = {}
    for name, each in values.items():
        low, high = interval(each)
        summary[name] = {
            "mean": round(float(np.mean(each)), 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "n": len(each),
        }
    return summary


def _print(result: dict[str, dict[str, Values]]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 150)
    for name, rows in result.items():
        count = len(next(iter(rows.values()))["P@1"])
        table = Table(f"{name} ({count})", *next(iter(rows.values())), box=None)
        for system, values in rows.items():
            cells = (f"{of['mean']:.3f} ({of['low']:.2f}–{of['high']:.2f})" for of in _summary(values).values())
            table.add_row(system, *cells)
        console.print(table)


if __name__ == "__main__":
    sys.exit(main())
