"""The command line: assistant build | ask | serve | repair | corpus | check | schemes | quiz | train | eval."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

from assistant.commands import ask, build, corpus, eligibility, evaluate, quiz, repair, serve, train
from assistant.errors import AssistantError

_COMMANDS = (build, ask, serve, repair, corpus, eligibility, quiz, train, evaluate)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, 1 where a check found something, or 2 after one line that says what to do."""
    options, rest = (parser := _parser()).parse_known_args(argv)
    if rest and options.command != "eval":
        parser.error(f"不认识 {' '.join(rest)}")
    options.rest = rest
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("assistant: 已中断", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="assistant", description="政策问答：答案逐字有据，数字条条有出处。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for group in _COMMANDS:
        group.add_to(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser that explains a wrong call in one line."""

    def error(self, message: str) -> Any:
        self.exit(2, f"assistant: {message}；用法见 {self.prog} --help\n")


if __name__ == "__main__":
    sys.exit(main())
