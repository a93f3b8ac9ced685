"""Tables of every format read as rows whose cells carry the names of their columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_samples import new_word, pdf_bytes, word_bytes

from assistant.ingest.columns import with_columns
from assistant.ingest.read import read_file
from assistant.ingest.split import split
from assistant.ingest.tables import with_strokes
from assistant.text.edits import replay

BEFORE = ("关于公布标准的通知", "现将标准公布如下。")
UNIT, TITLE = "单位：元/人·月", "2025年救助标准表"
ROWS = (("类别", "城镇", "农村"), ("甲类补助", "945", "771"), ("乙类补助", "1512", "1234"))
READ = ("类别：甲类补助 | 城镇：945 | 农村：771", "类别：乙类补助 | 城镇：1512 | 农村：1234")


def _word() -> bytes:
    word = new_word()
    for text in (*BEFORE, TITLE, UNIT):
        word.add_paragraph(text)
    table = word.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return word_bytes(word)


def _page() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    said = "".join(f"<p>{text}</p>" for text in (*BEFORE, TITLE, UNIT))
    return f"<html><body>{said}<table>{rows}</table></body></html>"


def _text(cell: str, frame: str = "", rule: str = "") -> str:
    lines = [frame + cell.join(row) + frame for row in ROWS]
    return "\n".join((*BEFORE, TITLE, UNIT, "", lines[0], *filter(None, [rule]), *lines[1:]))


FILES: dict[str, Callable[[], bytes | str]] = {
    "表.txt": lambda: _text(" | "),
    "线.txt": lambda: _text("｜", "｜"),
    "格.txt": lambda: _text("\t"),
    "画.txt": lambda: _text(" | ", "| ", "|------|------|------|"),
    "表.md": lambda: _text(" | ", "|", "|---|--:|--:|"),
    "表.html": _page,
    "表.docx": _word,
    "表.pdf": lambda: pdf_bytes(
        [[*BEFORE, TITLE, UNIT, *(" ".join(row) for row in ROWS), "以上标准自公布之日起执行。"]]
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_rows_of_every_format_carry_the_names_of_their_columns(name: str, tmp_path: Path) -> None:
    made = FILES[name]()
    (tmp_path / name).write_bytes(made if isinstance(made, bytes) else made.encode())
    rows = [passage for passage in split(read_file(tmp_path / name, tmp_path)) if passage.label.startswith("表")]
    assert tuple(row.text for row in rows) == READ
    assert {row.heading for row in rows} == {(TITLE, UNIT, "类别 | 城镇 | 农村")}


def test_merged_cells_of_a_word_table_stand_in_every_row_and_column(tmp_path: Path) -> None:
    word = new_word()
    table = word.add_table(rows=4, cols=4)
    for row, cells in zip(
        table.rows, ("类别|地区|标准|", "||2024年|2025年", "甲类|城镇|913|945", "|农村|731|771"), strict=True
    ):
        for cell, text in zip(row.cells, cells.split("|"), strict=True):
            cell.text = text
    for first, last in (((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    (tmp_path / "合并.docx").write_bytes(word_bytes(word))
    document = read_file(tmp_path / "合并.docx", tmp_path)
    assert "类别：甲类 | 地区：城镇 | 标准，2024年：913 | 标准，2025年：945" in document.text
    assert "类别：甲类 | 地区：农村 | 标准，2024年：731 | 标准，2025年：771" in document.text


@pytest.mark.parametrize(
    ("table", "reads"),
    [
        ("| 城镇 | 农村\n2024年 | 913 | 731", "2024年 | 城镇：913 | 农村：731"),
        ("类别 | 标准 | \n | 城镇 | 农村\n甲 | 913 | 731", "类别：甲 | 标准，城镇：913 | 标准，农村：731"),
        ("年份：| 标准（单位：元）\n2024 | 913", "年份：2024 | 标准（单位：元）：913"),
        ("类别 | 标准 | 备注\n甲 | 913 | \n乙 | 731 | 试行", "类别：甲 | 标准：913"),
        ("类别 | 人数\n甲 | 12\n乙 | —", "类别：乙 | 人数：—"),
        ("事项 | 时限\n受理 | 5个工作日内", "事项：受理 | 时限：5个工作日内"),
    ],
)
def test_headers_that_are_clear(table: str, reads: str) -> None:
    assert reads in [line.strip() for line in replay(table, with_columns(table)).splitlines()]


@pytest.mark.parametrize(
    "table",
    [
        "城镇 | 913 | 908\n农村 | 731 | 704",
        "姓名 | 张某\n年龄 | 40岁\n住址 | 甲镇",
        "类别 | 标准 | 标准\n甲 | 913 | 731",
        "类别 | 标准 | \n甲 | 913 | 731",
        "类别 | 标准\n甲 | 913 | 731",
        "说明：如下 | 标准\n甲 | 913",
        "事项 | 材料\n申请 | 身份证",
        "甲|乙",
        "没有表格的一段话，共3人。",
    ],
)
def test_a_table_that_is_not_clear_stays_as_it_is(table: str) -> None:
    assert with_columns(table) == ()


def test_a_row_that_leaves_open_what_it_is_about_stays_as_it_is() -> None:
    table = "类别 | 年份 | 标准\n城镇 | 2023 | 908\n | 2024 | 913\n农村 | 2024 | 731"
    lines = replay(table, with_columns(table)).splitlines()
    assert lines[1:] == ["类别：城镇 | 年份：2023 | 标准：908", " | 2024 | 913", "类别：农村 | 年份：2024 | 标准：731"]


@pytest.mark.parametrize(
    "lines",
    [
        ["第一章 总则 1", "第二章 附则 3", "第三章 其他 9"],
        ["目 录", "总则 1", "附则 9"],
        ["类别 年份 标准", "2023 900", "城镇 2024 913", "2025 945"],
        ["以上标准 自公布起", "执行 至今"],
    ],
)
def test_lines_with_blanks_that_are_no_table(lines: list[str]) -> None:
    assert with_strokes(lines) == lines


names = st.lists(st.text("甲乙丙丁戊己", min_size=2, max_size=4), min_size=2, max_size=5, unique=True)


@given(names, names, st.sampled_from([" | ", "\t", "｜"]), st.data())
def test_every_cell_stands_behind_its_column_in_the_row_of_its_key(
    columns: list[str], keys: list[str], parting: str, data: st.DataObject
) -> None:
    figures = [[str(data.draw(st.integers(1, 99999))) for _ in columns] for _ in keys]
    lines = [
        parting.join(row)
        for row in (["类别", *columns], *([key, *row] for key, row in zip(keys, figures, strict=True)))
    ]
    table = "\n".join(lines)
    repairs = with_columns(table)
    read = replay(table, repairs).splitlines()[1:]
    for key, row, line in zip(keys, figures, read, strict=True):
        assert line == " | ".join(
            [f"类别：{key}", *(f"{name}：{each}" for name, each in zip(columns, row, strict=True))]
        )
