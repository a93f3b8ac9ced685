"""One page for a result: tables, curves, and for every wrong case what was asked, found and answered."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, select_autoescape

_TEMPLATE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>评测 {{ result.date }} {{ result.commit }}</title>
<style>
body { font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  max-width: 1200px; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } td, th { border: 1px solid #ccd; padding: .3rem .6rem; text-align: left }
small { color: #556 } details { border-top: 1px solid #dde; padding: .4rem 0 } svg { max-width: 100%; height: auto }
</style>
<h1>评测 {{ result.date }} <small>{{ result.commit }} · {{ result.cases }} 题</small></h1>
{% for title, rows in tables %}<h2>{{ title }}</h2><table>
<tr><th></th>{% for name in columns(rows) %}<th>{{ name }}</th>{% endfor %}</tr>
{% for name, row in rows.items() %}<tr><th>{{ name }}</th>
{% for column in columns(rows) %}<td>{% if row[column] %}{{ "%.3f"|format(row[column].mean) }}
<br><small>{{ "%.2f"|format(row[column].low) }}–{{ "%.2f"|format(row[column].high) }} · {{ row[column].n }}</small>{% endif %}</td>{% endfor %}</tr>
{% endfor %}</table>{% endfor %}
<h2>曲线</h2>{{ recall|safe }}{{ threshold|safe }}
<h2>没有答对的（{{ wrong|length }} 题）</h2>
{% for each in wrong %}<details><summary>{{ each.id }}　{{ each.turns|join("　→　") }}</summary>
<p>应为：{{ "不能回答" if each.expected.refuse else (each.expected.figures + each.expected.contain)|join("、") }}
　<small>{{ each.expected.cite|join("；") }}</small>
<br>缘由：{{ each.why }}
{% if each.understood %}<br>理解为：{{ each.understood }}{% endif %}
<br>实为：{{ each.answer|join(" ／ ") or each.refusal }}　<small>{{ each.citations|join("；") }}</small>
<br>找到：<small>{{ each.hits|join("；") }}</small></p></details>
{% endfor %}</html>
"""


def write_page(result: Mapping[str, Any], path: Path) -> None:
    """Write the page of a result to ``path``."""
    tables = [("各检索方式", result["systems"]), ("回答", {"全部": result["summary"], **result["by split"]})]
    tables += [("按说法", result["by register"]), ("按问法", result["by form"]), ("按主题", result["by topic"])]
    page = Environment(autoescape=select_autoescape(default_for_string=True)).from_string(_TEMPLATE)
    html = page.render(
        result=result,
        tables=tables,
        columns=lambda rows: list(dict.fromkeys(name for row in rows.values() for name in row)),
        recall=_curves(result["recall"], "前 k 段", "召回率"),
        threshold=_curves(result["thresholds"], "阈值（依据的把握至少多大）", "占全部题目"),
        wrong=[each for each in result["each"] if not each["right"]],
    )
    path.write_text(html, encoding="utf-8")


def _curves(curves: Mapping[str, Sequence[Sequence[float]]], across: str, up: str) -> str:
    """The curves (name → points) as an SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "DejaVu Sans"]
    pyplot.rcParams["svg.fonttype"] = "none"
    figure, axes = pyplot.subplots(figsize=(8, 4))
    for name, points in curves.items():
        axes.plot([point[0] for point in points], [point[1] for point in points], marker="o", label=name)
    axes.set(xlabel=across, ylabel=up, ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend()
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", bbox_inches="tight")
    pyplot.close(figure)
    return drawn.getvalue().partition("<svg")[1] + drawn.getvalue().partition("<svg")[2]


def compare(before: Path, after: Path) -> list[str]:
    """What was gained and lost between two results, a line a question. Raises ``ValueError`` for a file that is none."""
    one, other = (_rights(path) for path in (before, after))
    shared = sorted(one.keys() & other.keys())
    gained = [f"＋ {each} {other[each][1]}" for each in shared if other[each][0] and not one[each][0]]
    lost = [f"－ {each} {other[each][1]}" for each in shared if one[each][0] and not other[each][0]]
    return [*gained, *lost, f"共同的 {len(shared)} 题：得 {len(gained)}，失 {len(lost)}"]


def _rights(path: Path) -> dict[str, tuple[bool, str]]:
    try:
        each = json.loads(path.read_text(encoding="utf-8"))["each"]
        return {case["id"]: (case["right"], " → ".join(case["turns"])) for case in each}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} 不是评测结果：{error}") from error
