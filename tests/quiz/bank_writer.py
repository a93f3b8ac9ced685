"""A process that adds items to a bank one by one until it is killed: ``bank_writer.py URL NAME COUNT``."""

from __future__ import annotations

import sys
from datetime import datetime

from exam_papers import item

from assistant.quiz.bank import ItemBank
from assistant.quiz.database import open_database


def main(url: str, name: str, count: str) -> None:
    bank = ItemBank(open_database(url))
    for number in range(int(count)):
        made = item(stem=f"{name}第{number}问")
        bank.add([made], datetime(2026, 9, 1))
        bank.tag([made.id], [name], datetime(2026, 9, 1))
        print(made.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
