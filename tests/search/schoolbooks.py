"""A few articles and questions in words of our own, enough to train a very small encoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.search.articles import Article, Asked
from assistant.search.training import Material, Recipe

SMALL = Recipe(features=400, dimensions=8, contexts=50, sample=20, steps=12, batch=16, keep_every=4)

ARTICLES = [
    Article(
        "救济条例", ("第一章 总则",), "第一条", "家庭收入低于当地标准的，可以申领救济。救济按户发放，每月核对一次。"
    ),
    Article(
        "救济条例", ("第一章 总则",), "第二条", "申领救济向村里递交材料；村里应当在十日内公示。公示之后由乡里审批。"
    ),
    Article("收养条例", (), "第一条", "无子女的夫妻可以收养一名儿童。收养应当到登记机关登记，登记之日起成立。"),
    Article("收养条例", (), "第二条", "被收养的儿童满八岁的，应当征得他本人同意；不同意的，登记机关不予登记。"),
    Article("车辆条例", (), "第一条", "机动车上路行驶应当系安全带。违反规定的，由交通机关处以罚款。"),
    Article("车辆条例", (), "第二条", "机动车每年检验一次；没有检验的机动车不得上路行驶，行驶的处以罚款。"),
]
WRITTEN = [
    Asked("屋里没钱吃饭能找村里要钱不", (ARTICLES[0],)),
    Asked("没钱吃饭去哪交材料", (ARTICLES[1],)),
    Asked("抱养个娃要办啥手续", (ARTICLES[2],)),
    Asked("抱养个娃，娃自己不肯咋办", (ARTICLES[3],)),
]
LAY = [Asked("开车不系安全带罚不罚", (ARTICLES[4], ARTICLES[5]))]
MATERIAL = Material(ARTICLES, (), WRITTEN, LAY)


def write_articles(path: Path) -> Path:
    records = [
        {
            "law": article.law, "date": "2024-01-01", "cat": "行政法规", "ch": "".join(article.headings), "sec": "",
            "no": article.number, "text": article.text,
        }
        for article in ARTICLES
    ]  # fmt: skip
    return write_lines(path, records)


def write_questions(folder: Path) -> Path:
    folder.mkdir()
    records = [
        {"law": answer.law, "no": answer.number, "register": "village", "question": asked.text}
        for asked in WRITTEN
        for answer in asked.answers
    ]
    write_lines(folder / "own.jsonl", records)
    return folder


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path
