"""``assistant train``: an encoder and its second stage from statutes and questions, or a check of the questions."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.schooling import Schoolbooks
    from assistant.search.articles import Question
    from assistant.search.questions import Flaw
    from assistant.search.training import Recipe
    from assistant.settings import Settings

Progress = Callable[[str, int, int], None]
_FLAWS = {"copy": "照抄", "duplicate": "重复", "unanswered": "找不到条文"}


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``train``."""
    train = commands.add_parser("train", help="训练编码器和第二步排序，或用 --check 检查训练用的题目")
    train.add_argument("--articles", type=Path, required=True, metavar="FILE", help="条文，JSON 行，可用 xz 压缩")
    train.add_argument("--questions", type=Path, required=True, metavar="DIR", help="题目所在的文件夹（*.jsonl）")
    train.add_argument("--lay", type=Path, metavar="FILE", help="群众提问，JSON 行，可用 xz 压缩")
    train.add_argument(
        "--corpus", type=Path, action="append", metavar="DIR", help="题目问到的文件所在的文件夹，可以给多个"
    )
    train.add_argument("--unanswered", type=Path, metavar="FILE", help="语料答不了的问题，JSON 行，第二步排序用")
    train.add_argument("--out", type=Path, metavar="DIR", help="模型写到哪个文件夹")
    train.add_argument(
        "--without", type=Path, action="append", default=[], metavar="FILE",
        help="不学哪些法规（每行一个名称），用来检验没学过的法规，可以给多个",
    )  # fmt: skip
    train.add_argument("--second-stage", action="store_true", help="给 --out 里已有的编码器训练第二步排序")
    train.add_argument("--steps", type=int, metavar="N", help="训练多少步")
    train.add_argument("--seed", type=int, metavar="N", help="随机数的种子")
    train.add_argument("--results", type=Path, metavar="FILE", help="写进模型说明的评测结果（Markdown）")
    train.add_argument("--resume", action="store_true", help="从上次中断的地方接着训练")
    train.add_argument("--check", action="store_true", help="只检查题目：照抄、重复、找不到条文")
    train.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from assistant.schooling import Schoolbooks, check_training, hold_out
    from assistant.search.training import Recipe

    settings = load_settings()
    without = frozenset().union(*map(hold_out, options.without))
    folders = tuple(options.corpus or ())
    books = Schoolbooks(options.articles, options.questions, options.lay, folders, without, options.unanswered)
    if options.check:
        return _print_flaws(*check_training(settings, books))
    if options.out is None:
        raise AssistantError("请用 --out 说明模型写到哪个文件夹")
    chosen = {name: value for name in ("steps", "seed") if (value := getattr(options, name)) is not None}
    if chosen.get("steps", 1) < 1:
        raise AssistantError("--steps 至少是 1")
    run = _second_stage if options.second_stage else _encoder
    return run(options, settings, books, Recipe(**chosen))


def _encoder(options: argparse.Namespace, settings: Settings, books: Schoolbooks, recipe: Recipe) -> int:
    from assistant.commands.progress import progress_bar
    from assistant.schooling import train

    results = _read_text(options.results) if options.results else ""
    with progress_bar() as progress:
        unanswered = train(
            settings, books, options.out, recipe, results=results, resume=options.resume, progress=progress
        )
    for law, count in unanswered.most_common():
        print(f"找不到条文，{count} 题没有用上：{law}")
    print(f"模型已写入 {options.out}")
    return 0


def _second_stage(options: argparse.Namespace, settings: Settings, books: Schoolbooks, recipe: Recipe) -> int:
    from assistant.commands.progress import progress_bar
    from assistant.schooling import train_second_stage

    with progress_bar() as progress:
        count = train_second_stage(settings, books, options.out, recipe, progress=progress)
    print(f"第二步排序从 {count} 题学成，已写入 {options.out}")
    return 0


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"读不了 {path}：{error}") from error


def _print_flaws(questions: Sequence[Question], flaws: Sequence[Flaw]) -> int:
    for flaw in flaws:
        question = questions[flaw.place]
        print(f"{_FLAWS[flaw.rule]}  {question.law}{question.number}  {question.text}  （{flaw.detail}）")
    print(f"{len(questions)} 题，{len(flaws)} 处要看。" if flaws else f"{len(questions)} 题，没有发现问题。")
    return 1 if flaws else 0
