"""Count neighbouring characters in articles of law into assistant/text/neighbours.npz.

    python scripts/count_neighbours.py ARTICLES.jsonl.xz [--without FOLDER]

An article is a JSON object a line with ``law`` and ``text``. Laws named like a text file of ``--without`` are left out,
so that repair can be measured on those texts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from assistant.text import neighbours


def main() -> None:
    """Count, write and say how large the table is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--without", type=Path)
    arguments = parser.parse_args()
    held_out = _titles(arguments.without) if arguments.without else []
    table = neighbours.count(_texts(arguments.articles, held_out))
    Path(neighbours.__file__).with_name("neighbours.npz").write_bytes(table)
    print(f"{len(table):,} bytes")


def _titles(folder: Path) -> list[str]:
    names = [re.sub("[（(].*", "", path.stem) for path in folder.glob("*.txt")]
    return [re.sub("^国务院(办公厅)?关于", "", name) for name in names]


def _texts(articles: Path, held_out: list[str]) -> Iterator[str]:
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            law = article["law"].removeprefix("中华人民共和国")
            if not any(title in law or law in title for title in held_out):
                yield article["text"]


if __name__ == "__main__":
    main()
