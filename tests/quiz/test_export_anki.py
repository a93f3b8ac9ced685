"""An Anki package opened as Anki does: the SQLite database in its zip."""

from __future__ import annotations

import html
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from exam_papers import item, paper, papers, pool
from hypothesis import HealthCheck, given, settings

from assistant.quiz.export import export
from assistant.quiz.export.anki import FIELDS, guid
from assistant.quiz.export.handout import printed_answer, printed_options
from assistant.quiz.export.text import source_of, writable
from assistant.quiz.paper import Paper


def opened(data: bytes, folder: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        (folder / "collection.anki2").write_bytes(package.read("collection.anki2"))
    connection = sqlite3.connect(folder / "collection.anki2")
    connection.row_factory = sqlite3.Row
    try:
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for table in ("notes", "cards", "col")
        }
    finally:
        connection.close()


def seen(markup: str) -> str:
    return html.unescape(markup.replace("<br>", "\n"))


def compare(made: Paper, folder: Path) -> None:
    found = opened(export(made, "anki"), folder)
    assert len(found["cards"]) == len(found["notes"]) == len(made.items)
    for given_item, note in zip(made.items, found["notes"], strict=True):
        fields = dict(zip(FIELDS, map(seen, note["flds"].split("\x1f")), strict=True))
        assert note["guid"] == guid(given_item)
        assert fields["编号"] == given_item.id
        assert fields["题型"] == given_item.type
        assert fields["题干"] == writable(given_item.stem)
        listed = printed_options(given_item) if given_item.type in ("单选", "多选") else []
        assert fields["选项"] == "\n".join(listed)
        answer = "\n".join(map(writable, given_item.answers))
        assert fields["答案"] == (answer if given_item.type == "简答" else printed_answer(given_item))
        assert fields["依据"] == source_of(given_item)
        assert fields["原文"] == (given_item.origin.quote if given_item.origin else "")


def test_every_type(tmp_path: Path) -> None:
    compare(paper(pool(4)), tmp_path)


@given(papers())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(tmp_path: Path, made: Paper) -> None:
    compare(made, tmp_path)


def test_very_long_texts(tmp_path: Path) -> None:
    compare(paper([item(stem="长<&>{{c1::文}}" * 5000)]), tmp_path)


def test_ids_are_stable(tmp_path: Path) -> None:
    """What Anki goes by to update a note: its guid, its model and its deck; a note's content may change."""
    one = item()
    before = opened(export(paper([one, item("判断")]), "anki"), tmp_path)
    after = opened(export(paper([replace(one, stem="改过的题干")]), "anki"), tmp_path)
    assert after["notes"][0]["guid"] == before["notes"][0]["guid"]
    assert after["notes"][0]["mid"] == before["notes"][0]["mid"]
    assert set(json.loads(after["col"][0]["decks"])) == set(json.loads(before["col"][0]["decks"]))
    assert "改过的题干" in after["notes"][0]["flds"]
