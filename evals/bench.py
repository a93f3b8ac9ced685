"""Speed and memory, printed, never asserted: ratios of runs side by side say more than seconds."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.corpus import read_passages
from assistant.eligibility.cases import read_households
from assistant.eligibility.interview import Interview, answer, next_question
from assistant.pipeline import load, rules
from assistant.search.index import use_dictionary
from assistant.search.static import SHIPPED, StaticEncoder
from assistant.search.systems import field
from assistant.settings import load_settings
from assistant.text.tokens import features
from evals.cases import read_cases

_REPEATS = 5


def main() -> int:
    """Measure a build, a cold question, warm questions and the interview on the built-in corpus."""
    table = Table("什么", "中位", "最大", "内存峰值", box=None)
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder) / "index")
        table.add_row("建索引（新建）", *_cold(["build", "--json", "--index", index], 1))
        table.add_row("建索引（没有改动）", *_cold(["build", "--json", "--index", index], 1))
        table.add_row("冷启动一问（assistant ask）", *_cold(["ask", "农村低保标准是多少", "--index", index], _REPEATS))
        table.add_row("空进程（import assistant.__main__）", *_cold(["--help"], _REPEATS))
        table.add_row("热启动一问（全部题目）", *_warm(Path(index)))
    count, choosing = _interviews()
    table.add_row("问清所有救助项目（每户要问几句）", *count)
    table.add_row("挑下一个问题", *choosing)
    Console(width=110).print(table)
    Console(width=110).print(_encoding())
    return 0


def _cold(arguments: Sequence[str], repeats: int) -> tuple[str, str, str]:
    """Wall-clock seconds and the highest resident memory of whole processes."""
    seconds, memory = [], []
    for _ in range(repeats):
        started = time.perf_counter()
        child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", _QUIET, *arguments])
        _, status, usage = os.wait4(child, 0)
        seconds.append(time.perf_counter() - started)
        memory.append(usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"assistant {' '.join(arguments)} 没有成功")
    return f"{statistics.median(seconds):.2f} s", f"{max(seconds):.2f} s", f"{max(memory):.0f} MiB"


_QUIET = "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 1); from assistant.__main__ import main; sys.exit(main(sys.argv[1:]))"


def _warm(index: Path) -> tuple[str, str, str]:
    """Milliseconds a question, median and 95th percentile, over all the cases, asked once before to warm up."""
    assistant = load(load_settings(index=index))
    turns = [case.turns for case in read_cases()]
    milliseconds = []
    for measured in (False, True):
        for each in turns:
            started = time.perf_counter()
            assistant.ask(each[-1], each[:-1])
            if measured:
                milliseconds.append(1000 * (time.perf_counter() - started))
    high = statistics.quantiles(milliseconds, n=20)[-1]
    return f"{statistics.median(milliseconds):.1f} ms", f"{high:.1f} ms（95%）", ""


def _interviews() -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """How many questions settle every scheme for the written households, and the milliseconds to choose one."""
    settings = load_settings()
    found = rules(settings, settings.as_of or date.today())
    counts, milliseconds = [], []
    for household in read_households(settings.schemes / "households.toml", found.book):
        interview = Interview()
        while True:
            started = time.perf_counter()
            question = next_question(interview, found)
            milliseconds.append(1000 * (time.perf_counter() - started))
            if question is None:
                break
            interview = answer(interview, found, question.name, household.facts.get(question.name))
        counts.append(len(interview.answers))
    count = f"{statistics.median(counts):g} 句（{len(counts)} 户）", f"{max(counts)} 句", ""
    return count, (f"{statistics.median(milliseconds):.1f} ms", f"{max(milliseconds):.1f} ms", "")


def _encoding() -> Table:
    """The built-in encoder read by us and by sentence-transformers, side by side on one core, the best of three runs."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    settings = load_settings()
    use_dictionary(settings.dictionary)
    passages = [field(passage) for passage in read_passages(settings.corpus)]
    questions = [case.question for case in read_cases()]
    ours, theirs = StaticEncoder(SHIPPED), SentenceTransformer(str(SHIPPED), device="cpu")
    ways: dict[str, Callable[[Sequence[str]], object]] = {
        "自带的读法（不用 torch）": ours.encode,
        "sentence-transformers（先分好词）": lambda texts: theirs.encode([" ".join(features(text)) for text in texts]),
    }
    table = Table("编码（一个核）", "段/秒", "毫秒/问", box=None)
    for name, encode in ways.items():
        a_second = len(passages) / _best(encode, [passages])
        each = 1000 * _best(encode, [[question] for question in questions]) / len(questions)
        table.add_row(name, f"{a_second:.0f}", f"{each:.2f}")
    return table


def _best(encode: Callable[[Sequence[str]], object], batches: Sequence[Sequence[str]]) -> float:
    """The fewest seconds of processor time that encoding all batches took in three runs."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        for batch in batches:
            encode(batch)
        seconds.append(time.process_time() - started)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
