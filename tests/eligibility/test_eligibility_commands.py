"""assistant check and assistant schemes, on the small county with its documents in an index."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.__main__ import main
from tests.eligibility.small_book import ALLOWANCE, FACTS, FIGURES, GRANT, RULE, THRESHOLDS

FRONT = "---\nid: {id}\ntitle: {title}\neffective: {effective}\nregion: 东县\nlevel: 规范性文件\nform: 原文\n---\n{title}\n\n"
FACTS_OF_ONE = {"本县户籍": True, "月收入": "1199", "人口": 2, "服刑": "没有", "重病人": None}


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The small county's folder, with its settings in force and its index built."""
    documents, folder = tmp_path / "corpus" / "documents", tmp_path / "corpus" / "schemes"
    documents.mkdir(parents=True)
    (folder / "cases").mkdir(parents=True)
    rule = FRONT.format(id="rule", title="东县补助办法", effective="2024-01-01") + RULE
    figures = FRONT.format(id="figures", title="东县补助标准", effective="") + FIGURES
    texts = {"facts": FACTS, "thresholds": THRESHOLDS.replace("全文", "第1段"), "grant": GRANT, "allowance": ALLOWANCE}
    (documents / "办法.txt").write_text(rule, encoding="utf-8")
    (documents / "标准.txt").write_text(figures, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "corpus" / "regions.toml").write_text('home = ["东县", "北省", "国家"]\n', encoding="utf-8")
    values = {
        "CORPUS": json.dumps([str(tmp_path / "corpus")]),
        "INDEX": str(tmp_path / "index"),
        "SCHEMES": str(folder),
    }
    values |= {"REGIONS": str(tmp_path / "corpus" / "regions.toml"), "AS_OF": "2026-03-01"}
    for name, value in values.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    assert main(["build"]) == 0
    capsys.readouterr()
    return tmp_path


def check(county: Path, *arguments: str, facts: object = FACTS_OF_ONE) -> int:
    path = county / "facts.json"
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return main(["check", *arguments, "--facts", str(path)])


def test_check_for_a_person_and_for_a_program(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(county, "grant") == 0
    told = capsys.readouterr().out
    assert told.startswith("补助：可能符合（2026-03-01 的规定）\n这里只按您填写的情况对照条文，不是审批决定")
    assert "    依据：《东县补助办法》第一条（2024-01-01 起施行）“家庭人均收入低于补助标准的”" in told
    assert "  每人每月补足差额：0.5 元/人·月" in told
    assert check(county, "补助", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["day"], record["missing"], record["changes"]) == (
        "可能符合",
        "2026-03-01",
        [],
        [],
    )
    income = next(each for each in record["findings"] if each["id"] == "收入")
    assert income["comparison"] == "人均收入 599.5 < 补助标准 600"
    assert [(each["document_id"], each["label"], each["quote"]) for each in income["citations"]] == [
        ("rule", "第一条", "家庭人均收入低于补助标准的")
    ]
    assert record["amounts"][0]["value"] == "0.5"


def test_another_day_has_other_rules(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {**FACTS_OF_ONE, "本县户籍": False}
    assert check(county, "grant", "--as-of", "2026-06-30", facts=facts) == 0
    assert "补助：可能不符合" in (told := capsys.readouterr().out)
    assert "只差这一条：\n  户口在本县" in told
    assert check(county, "grant", "--as-of", "2026-07-01", facts=facts) == 0
    assert "补助：可能符合" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("scheme", "facts", "said"),
    [
        ("pension", {}, "没有“pension”这个项目；有这些：grant、allowance"),
        ("grant", {"岁数": 1}, "没有“岁数”这件事"),
        ("grant", {"年龄": -1}, "“年龄”要填数字"),
        ("grant", [1], "里要写成"),
        ("grant", "{", "不是能读懂的 JSON"),
    ],
)
def test_bad_input_is_told_in_a_line(
    county: Path, capsys: pytest.CaptureFixture[str], scheme: str, facts: object, said: str
) -> None:
    assert check(county, scheme, facts=facts) == 2
    out, told = capsys.readouterr()
    assert out == ""
    assert said in told
    assert told.count("\n") == 1


def test_a_clause_that_the_corpus_does_not_have_is_no_judgement(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = county / "corpus" / "schemes" / "grant.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("正在服刑的，不给补助", "服刑的不给"), encoding="utf-8")
    assert check(county, "grant") == 2
    assert "rule 里没有这句话：服刑的不给" in capsys.readouterr().err


def test_list_and_charts(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "grant  补助：收入低的家庭"
    assert main(["schemes", "list", "--json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["schemes"]] == ["grant", "allowance"]
    assert main(["schemes", "chart", "grant"]) == 0
    assert "《东县补助办法》第一条" in capsys.readouterr().out
    assert main(["schemes", "chart", "grant", "--svg", "--out", str(county / "grant.svg")]) == 0
    assert ElementTree.parse(county / "grant.svg").getroot().tag.endswith("svg")
    assert main(["schemes", "chart", "grant", "--out", str(county / "none" / "grant.mmd")]) == 2
    assert "写不了" in capsys.readouterr().err


def test_the_test_of_schemes_finds_what_is_wrong(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = '[[case]]\nname = "甲"\nabout = "收入"\nday = 2026-03-01\nfacts = {}\nverdict = "可能符合"\n'
    (county / "corpus" / "schemes" / "cases" / "grant.toml").write_text(case, encoding="utf-8")
    assert main(["schemes", "test"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "grant  甲  结果应是可能符合，算出来是还缺信息" in told
    assert told[-1].startswith("2 个项目，1 个案例，")
    assert not [line for line in told if "没有这句话" in line or "不是现行有效" in line]
    path = county / "corpus" / "schemes" / "thresholds.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("value = 600", "value = 660"), encoding="utf-8")
    assert main(["schemes", "test"]) == 1
    assert "标准“补助标准”（东县，2026-01-01 起）  引文里没有 660 这个数" in capsys.readouterr().out
