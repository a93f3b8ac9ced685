"""assistant serve: the pages, for this machine and its network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import CorpusError, IndexUnusable
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.eligibility.rules import Rules
    from assistant.pipeline import Assistant


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``serve``."""
    serve = commands.add_parser("serve", help="打开问答网页、触摸屏页和学法测验页")
    serve.add_argument("--host", help="监听的地址，默认 127.0.0.1")
    serve.add_argument("--port", help="端口，默认 7860")
    serve.add_argument("--as-of", metavar="YYYY-MM-DD", help="以哪一天为准；不给就是今天")
    serve.add_argument("--open", action="store_true", help="同时打开浏览器")
    serve.add_argument("--index", type=Path, metavar="DIR", help="索引所在的文件夹，默认 indexes/default")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from assistant.app.main import serve
    from assistant.app.quiz import QuizPlace

    settings = load_settings(host=options.host, port=options.port, index=options.index, as_of=options.as_of)
    serve(
        _assistant_or_reason(settings),
        host=settings.host,
        port=settings.port,
        feedback=settings.feedback,
        rules_of=_rules_of(settings),
        quiz=QuizPlace(settings.quiz_database, settings.quiz_key),
        today=lambda: settings.as_of or date.today(),
        open_browser=options.open,
    )
    return 0


def _rules_of(settings: Settings) -> Callable[[date], Rules] | None:
    """The rules of a day, for the kiosk; ``None`` after one line that says why there are none."""
    from assistant.eligibility.rules import rules_on
    from assistant.pipeline import home, schemes

    try:
        book, regions = schemes(settings), home(settings)
    except CorpusError as error:
        print(f"assistant: 触摸屏上没有“能不能申请”：{error}", file=sys.stderr)
        return None
    return lru_cache(maxsize=1)(lambda day: rules_on(book, day, regions))


def _assistant_or_reason(settings: Settings) -> Assistant | IndexUnusable:
    """The assistant, or why there is none: the page then comes up and says what to run."""
    from assistant.pipeline import load

    try:
        return load(settings)
    except IndexUnusable as error:
        return error
