"""assistant eval: the evaluation of a source checkout, which takes its own options."""

from __future__ import annotations

import argparse
import runpy
import sys
from typing import Any

from assistant.errors import AssistantError
from assistant.settings import PROJECT


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``eval``."""
    evaluate = commands.add_parser("eval", help="用 evals/cases 里的题目评测", add_help=False)
    evaluate.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    if not (PROJECT / "evals").is_dir():
        raise AssistantError("评测在项目的 evals/ 里；安装好的程序没有带上它，请在项目的源码里运行 assistant eval")
    sys.path.insert(0, str(PROJECT))
    sys.argv = ["assistant eval", *options.rest]
    runpy.run_module("evals", run_name="__main__", alter_sys=False)
    return 0
