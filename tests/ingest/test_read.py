"""Files of every format to documents, and every way in which a file can be unreadable."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from ingest_samples import new_word, numbered_list, pdf_bytes, put_in_list, word_bytes
from split_invariants import check

from assistant.errors import UnreadableFile
from assistant.ingest.read import read_file
from assistant.ingest.split import split
from assistant.text.edits import replay
from assistant.types import Document

FRONT = """---
id: ceshi-banfa-2024
title: 测试办法
issuer: 某市民政局
number:
effective: 2024-03-01
status: 现行有效
form: 摘编
omitted: [1, 3-5]
supersedes: [jiu-banfa]
---
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read(path: Path) -> Document:
    document = read_file(path, path.parent)
    check(document, split(document))
    return document


def test_front_matter_is_cut_off_as_a_repair_and_comes_before_what_is_read(write: Callable[..., Path]) -> None:
    raw = FRONT + "测试办法\n\n第二条　本办法自2020年1月1日起施行，有效期5年。\n"
    document = read(write("甲.txt", raw))
    assert (document.id, document.title) == ("ceshi-banfa-2024", "测试办法")
    assert document.repairs[0].rule == "front-matter"
    assert document.repairs[0].before == FRONT
    assert replay(raw, document.repairs) == document.text
    known = document.metadata
    assert known.effective == date(2024, 3, 1)
    assert known.expires == date(2025, 1, 1), "what front matter leaves out is read from the text"
    assert (known.issuer, known.status, known.form) == ("某市民政局", "现行有效", "摘编")
    assert (known.omitted, known.supersedes) == ((1, 3, 4, 5), ("jiu-banfa",))
    assert [passage.label for passage in split(document)] == ["第二条"]


def test_a_text_without_front_matter_is_named_after_its_file(write: Callable[..., Path]) -> None:
    document = read(write("测试条例(2006旧版).txt", "测试条例\n第一条 为了测试。"))
    assert document.id == "测试条例-2006旧版"
    assert document.metadata.status == "已失效"
    assert "缺少施行日期" in document.warnings
    assert (document.source.path, document.source.format) == ("测试条例(2006旧版).txt", "txt")
    assert len(document.source.sha256) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_decoded_whatever_it_was_saved_as(write: Callable[..., Path], encoding: str) -> None:
    text = "低保测试办法\n第一条 申请最低生活保障，以家庭为单位，向户籍所在地的乡镇人民政府提出。\n第二条 完。"
    assert read(write("甲.txt", text.encode(encoding))).text.split() == text.split()


def test_markdown_reads_as_it_was_meant(write: Callable[..., Path]) -> None:
    raw = (
        "# 办事*指南*\n\n## 申请条件 ##\n\n见[**认定办法**](https://example.org/a_(b))，收入*低于*标准的，可以`申请`。\n\n"
        "> 引用一句。\n\n- 身份证\n- 户口簿\n\n1. 先申请。\n\n| 类别 | 标准 |\n|:--|--:|\n| 低保 | 913 |\n\n"
        "```\n# 原样 *保留*\n```\n\n2\\*3\\*4 与 2*3*4 都不是着重，snake_case_name 也不是。\n"
    )
    document = read(write("指南.md", raw))
    assert replay(raw, document.repairs) == document.text
    for kept in (
        "办事指南",
        "见认定办法，收入低于标准的，可以申请。",
        "\n引用一句。",
        "\n身份证\n户口簿\n",
        "1. 先申请。",
        "# 原样 *保留*",
        "2*3*4 与 2*3*4 都不是着重，snake_case_name 也不是。",
    ):
        assert kept in document.text
    assert "--" not in document.text
    row = next(passage for passage in split(document) if passage.label == "表1第1行")
    assert (row.text, row.heading[-1]) == ("类别：低保 | 标准：913", "类别 | 标准")


PAGE = """<html><head><title>关于测试的通知_某市人民政府网</title><meta charset="utf-8"></head><body>
<table width="900"><tr><td><a href="/">首页</a></td><td><a href="/x">政务公开</a></td></tr><tr><td colspan="2">
<div class="text"><p>　　各县民政局：</p><p>　　一、提高标准</p>
<p>城镇低保标准提高到每人每月913元，农村低保标准提高到每人每月731元，
自2024年1月1日起执行。请各地认真落实，及时足额发放到位，切实保障困难群众的基本生活。</p>
第二段没有标记<br>（一）甲；<br>（二）乙。
<p>请各县民政局对照本通知做好衔接工作，发放情况每季度报送一次，重大问题随时报告，不得截留、挤占或者挪用资金。</p>
<table border="1"><tr><th rowspan="2">类别</th><th colspan="2">标准</th></tr><tr><th>城镇</th><th>农村</th></tr>
<tr><td>低保</td><td>913</td><td>731</td></tr></table>
<ol><li>身份证</li><li>户口簿</li></ol><script>var hidden = 1;</script></div></td></tr></table>
<footer>版权所有 <a href="/map">网站地图</a></footer></body></html>"""


def test_a_web_page_gives_its_title_and_all_of_its_body(write: Callable[..., Path]) -> None:
    document = read(write("网页.html", PAGE))
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    assert document.title == "关于测试的通知"
    row = "类别：低保 | 标准，城镇：913 | 标准，农村：731"
    for line in ("第二段没有标记", "（一）甲；", "（二）乙。", "类别 | 城镇 | 农村", row, "2. 户口簿"):
        assert line in lines
    for furniture in ("首页", "版权所有", "hidden", "网站地图"):
        assert furniture not in document.text
    first = next(passage for passage in split(document) if passage.label == "表1第1行")
    assert first.heading[-2:] == ("类别 | 标准 | 标准", "类别 | 城镇 | 农村")


def test_a_short_web_page_is_taken_whole(write: Callable[..., Path]) -> None:
    assert "低保标准：731元。" in read(write("短.htm", "<body><div>低保标准：731元。</div></body>")).text


def test_a_pdf_is_read_without_page_numbers_and_running_headers(write: Callable[..., Path]) -> None:
    pages = [
        ["某市低保汇编", "测试办法", "第一条 低保标准为每人每月731元。", "— 1 —"],
        ["某市低保汇编", "第二条 本办法适用于本市。", "第 2 页 共 3 页"],
        ["某市低保汇编", "第三条 本办法自2024年1月1日起施行。", "3"],
    ]
    document = read(write("汇编.pdf", pdf_bytes(pages)))
    assert [passage.label for passage in split(document)] == ["第一条", "第二条", "第三条"]
    assert "汇编" not in document.text
    assert "页" not in document.text
    assert document.metadata.effective == date(2024, 1, 1)
    assert document.source.encoding == "pypdfium2"


def test_a_word_file_keeps_the_order_of_paragraphs_and_tables_and_the_automatic_numbers(
    write: Callable[..., Path],
) -> None:
    word = new_word()
    word.add_heading("测试办法", 0)
    articles = numbered_list(word, [("japaneseCounting", "第%1条 "), ("chineseCounting", "（%2）")])
    for depth, text in ((0, "申请人应当提交："), (1, "身份证；"), (1, "户口簿。"), (0, "标准如下：")):
        put_in_list(word.add_paragraph(text), articles, depth)
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ["类别", "城镇", "农村", "低保", "913", "731"], strict=True
    ):
        cell.text = text
    put_in_list(word.add_paragraph("完。"), articles)
    document = read(write("办法.docx", word_bytes(word)))
    passages = split(document)
    assert [passage.label for passage in passages] == ["第一条", "第二条", "表1第1行", "第三条"]
    assert [part.label for part in passages[0].parts] == ["第一条第（一）项", "第一条第（二）项"]
    assert passages[2].text == "类别：低保 | 城镇：913 | 农村：731"
    assert passages[2].heading == ("第二条", "类别 | 城镇 | 农村")


BAD = {
    "空.txt": (b"", "空文件"),
    "空白.txt": (b" \n\n\t ", "空文件"),
    "乱.txt": (bytes(range(256)) * 40, "不是文字文件|编码"),
    "图.txt": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "不是文字文件|编码"),
    "只有线.txt": ("————\n……".encode(), "没有正文"),
    "坏.pdf": (b"%PDF-1.7\nnothing", "损坏"),
    "锁.pdf": (pdf_bytes([["甲"]], locked=True), "密码"),
    "扫描.pdf": (pdf_bytes([[], []]), "扫描件"),
    "假.docx": (b"this is not a zip", "另存为 .docx"),
    "旧.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .doc"),
    "无字.docx": (word_bytes(new_word()), "没有文字"),
    "无字.html": (b"<html><body><script>x</script></body></html>", "没有正文"),
    "格式.doc": (b"x", "不支持的格式 .doc"),
    "没结束.txt": ("---\nid: a\n正文".encode(), "缺少结束"),
    "写法.txt": ("---\nid: a\ntitle: [甲\n---\n正文".encode(), "写法有误"),
    "名称.txt": ("---\nid: a\nname: 甲\n---\n正文".encode(), "不认识的名称 name"),
    "二月.txt": ("---\nissued: 2021-02-30\n---\n正文".encode(), "不存在的日期"),
    "日期.txt": ("---\neffective: 明年\n---\n正文".encode(), "不是日期"),
    "状态.txt": ("---\nstatus: 有效\n---\n正文".encode(), "现行有效"),
    "形式.txt": ("---\nform: 抄录\n---\n正文".encode(), "摘编"),
    "条号.txt": ("---\nomitted: [六]\n---\n正文".encode(), "条号"),
    "编号.txt": ("---\nid: a/b\n---\n正文".encode(), "只能用字母"),
    "列表.txt": ("---\ntitle: [甲]\n---\n正文".encode(), "一行文字"),
    "没正文.txt": (b"---\nid: a\n---\n", "没有正文"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_unreadable_file_says_in_one_chinese_line_what_to_do(write: Callable[..., Path], name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read(write(name, content))
    assert "\n" not in str(caught.value)
    assert "请" in str(caught.value)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="打不开"):
        read_file(tmp_path / "没有.txt", tmp_path)


def test_importing_the_readers_loads_no_heavy_library() -> None:
    script = "import sys, assistant.ingest.folder; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"trafilatura", "pypdfium2", "docx", "lxml", "yaml"} & set(loaded)
