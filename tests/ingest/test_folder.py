"""Whole folders: one bad file, one locked folder or one link in a circle never stops the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.ingest.folder import read_folder


def put(folder: Path, name: str, text: str = "第一条 本办法自2024年1月1日起施行。") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_documents_come_in_order_and_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "乙/b.txt",
        "甲/a.md",
        "README.md",
        ".隐藏.txt",
        ".git/x.txt",
        "~$锁.docx",
        "表.csv",
        "图.png",
        "c.TXT",
    ):
        put(tmp_path, name)
    seen: list[tuple[int, int, str]] = []
    documents, failures = read_folder(tmp_path, lambda done, count, name: seen.append((done, count, name)))
    assert [document.source.path for document in documents] == ["c.TXT", "乙/b.txt", "甲/a.md"]
    assert failures == []
    assert seen == [(0, 3, "c.TXT"), (1, 3, "乙/b.txt"), (2, 3, "甲/a.md")]


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "好.txt")
    put(tmp_path, "空.txt", "")
    put(tmp_path, "旧.doc")
    (tmp_path / "假.txt").mkdir()
    (tmp_path / "断.txt").symlink_to(tmp_path / "没有.txt")
    documents, failures = read_folder(tmp_path)
    assert [document.id for document in documents] == ["好"]
    assert [name for name, _ in failures] == ["断.txt", "旧.doc", "空.txt"]
    assert all("请" in reason for _, reason in failures)


def test_the_same_id_twice_gets_a_suffix_and_a_warning(tmp_path: Path) -> None:
    for name in ("a/办法.txt", "b/办法.txt", "c/办法.txt", "d/办法-2.txt"):
        put(tmp_path, name)
    documents, _ = read_folder(tmp_path)
    assert [document.id for document in documents] == ["办法", "办法-3", "办法-4", "办法-2"]
    warned = ["另有文件的编号也是 办法" in document.warnings for document in documents]
    assert warned == [True, True, True, False]


def test_links_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    put(tmp_path, "a/甲.txt")
    (tmp_path / "a" / "回头").symlink_to(tmp_path, target_is_directory=True)
    documents, failures = read_folder(tmp_path)
    assert ([document.id for document in documents], failures) == (["甲"], [])


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked for root")
def test_a_locked_folder_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path, "a/甲.txt")
    put(tmp_path, "b/乙.txt")
    (tmp_path / "b").chmod(0)
    documents, failures = read_folder(tmp_path)
    (tmp_path / "b").chmod(0o755)
    assert [document.id for document in documents] == ["甲"]
    assert failures == [("b", "打不开这个文件夹，请检查有没有读取权限")]


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "没有")[1] == [(".", "打不开这个文件夹，请检查有没有读取权限")]
