"""Builds that are killed with SIGKILL, each at one moment: run as a program by the tests, on copies of an index.

Usage: killed_builds.py FOLDER MOMENT...; a moment is ``open:NAME`` (a file of that name is opened to be written) or
``rename:NAME`` (something is about to be renamed to it). For each, FOLDER/MOMENT is built anew from another corpus.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from small_corpus import TEXTS, a_corpus

from assistant.search import index

OTHER = {**TEXTS, "殡葬规定": ["第一条　骨灰可以安放在公益性公墓。", "第二条　火化费按省里的标准收取。"]}


def die_at(moment: str) -> None:
    kind, name = moment.split(":")

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writing = event == "open" and kind == "open" and any(sign in str(arguments[1]) for sign in "wax+")
        renaming = event == "os.rename" and kind == "rename"
        if (writing and str(arguments[0]).endswith(name)) or (renaming and str(arguments[1]).endswith(name)):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main(folder: Path, moments: list[str]) -> None:
    for moment in moments:
        child = os.fork()
        if not child:
            die_at(moment)
            index.build(*a_corpus(OTHER), folder / moment.replace(":", "-"))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(moment, os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
