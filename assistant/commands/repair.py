"""assistant repair: a damaged text restored, or every change explained."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``repair``."""
    repair = commands.add_parser("repair", help="修复受损的文本，输出到标准输出")
    repair.add_argument("file", type=Path)
    repair.add_argument("--explain", action="store_true", help="改为逐行输出每处改动（JSON）")
    repair.set_defaults(run=_repair)


def _repair(options: argparse.Namespace) -> int:
    from assistant.text.decode import decode
    from assistant.text.repair import repair

    try:
        raw, _ = decode(options.file.read_bytes())
    except OSError as error:
        raise AssistantError(f"读不了 {options.file}：{error.strerror}") from error
    text, repairs = repair(raw)
    if options.explain:
        for each in repairs:
            change = {name: getattr(each, name) for name in ("rule", "start", "before", "after", "certain")}
            print(json.dumps(change, ensure_ascii=False))
    else:
        sys.stdout.write(text)
    return 0
