"""A scheme as a flow chart for those who answer for it: as Mermaid text, or drawn as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from unicodedata import east_asian_width

from assistant.eligibility.expression import Not
from assistant.eligibility.judge import alternatives_of
from assistant.eligibility.notation import written
from assistant.eligibility.rules import Rules, Situation
from assistant.eligibility.scheme import Condition, Reference, Scheme
from assistant.eligibility.telling import thresholds_of

Shape = Literal["start", "question", "window", "end"]


@dataclass(frozen=True, slots=True)
class Step:
    """A box of the chart: its lines, the clauses under them, and whether 否 leads out of it to 可能不符合."""

    shape: Shape
    lines: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    yes: str = ""
    no: str = ""


def steps_of(scheme: Scheme, rules: Rules, titles: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps from the application to 可能符合 on the day of ``rules``, one a requirement.

    ``titles`` are the documents' by their ids, to name the clauses with.
    """
    questions = [_question(alternatives, scheme, titles) for alternatives in alternatives_of(scheme)]
    windows = [
        Step("window", (f"由窗口核定：{condition.says}", *_applies(condition)), _clauses(condition.references, titles))
        for condition in scheme.conditions
        if condition.window and not condition.one_of
    ]
    amounts = tuple(f"{amount.says}：{written(amount.formula)}" for amount in scheme.amounts if amount.formula)
    start = Step("start", (scheme.title, scheme.for_whom, f"{rules.day} 的规定", *_figures(scheme, rules)))
    return start, *questions, *windows, Step("end", ("可能符合", *amounts))


def _figures(scheme: Scheme, rules: Rules) -> Iterator[str]:
    """The thresholds that the scheme goes by, with their figures on this day."""
    parts = [part for each in scheme.conditions for part in (each.when, each.applies)]
    parts += [part for each in scheme.amounts for part in (each.formula, each.when)]
    for name in thresholds_of([part for part in parts if part is not None], Situation(rules, {})):
        figure, unit = rules.figures.get(name), rules.book.thresholds[name].unit
        yield f"{name}：{figure.value} {unit}（{figure.since} 起）" if figure else f"{name}：没有收录"


def _question(alternatives: Sequence[Condition], scheme: Scheme, titles: Mapping[str, str]) -> Step:
    lines = [line for condition in alternatives for line in _lines(condition)]
    if len(alternatives) > 1:
        lines.insert(0, f"{alternatives[0].one_of}：有下面一种就可以")
    names = {name for condition in alternatives for name in (condition.id, condition.one_of) if name}
    exceptions = [each for each in scheme.conditions if each.role == "exception" and names & set(each.lifts)]
    lines += [line for each in exceptions for line in _lines(each, "例外，有就不看上面：")]
    references = [reference for condition in (*alternatives, *exceptions) for reference in condition.references]
    return Step("question", tuple(lines), _clauses(references, titles), "是", "否")


def _lines(condition: Condition, before: str = "") -> Iterator[str]:
    yield before + ("（由窗口核定）" if condition.window else "") + condition.says
    if condition.when is not None:
        yield f"〔{written(Not(condition.when) if condition.role == 'disqualifies' else condition.when)}〕"
    yield from _applies(condition)


def _applies(condition: Condition) -> Iterator[str]:
    if condition.applies is not None:
        yield f"〔只在这时要求：{written(condition.applies)}〕"


def _clauses(references: Sequence[Reference], titles: Mapping[str, str]) -> tuple[str, ...]:
    named = (f"《{titles.get(each.document, each.document)}》{each.article}" for each in references)
    return tuple(dict.fromkeys(named))


# Mermaid ---------------------------------------------------------------------------------------------------------

_BRACKETS = {"start": ('(["', '"])'), "question": ('{"', '"}'), "window": ('[/"', '"/]'), "end": ('(["', '"])')}


def mermaid(scheme: Scheme, rules: Rules, titles: Mapping[str, str]) -> str:
    """The chart as text for Mermaid (https://mermaid.js.org, flowchart)."""
    steps = steps_of(scheme, rules, titles)
    lines = ["flowchart TD"]
    for number, step in enumerate(steps):
        label = "<br/>".join(_label(line) for line in (*step.lines, *step.clauses))
        opening, closing = _BRACKETS[step.shape]
        lines.append(f"  s{number}{opening}{label}{closing}")
    for number, step in enumerate(steps[:-1]):
        lines.append(f"  s{number} -->{f'|{step.yes}|' if step.yes else ''} s{number + 1}")
        if step.no:
            lines.append(f"  s{number} -->|{step.no}| no")
    if any(step.no for step in steps):
        lines.append('  no(["可能不符合"])')
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


# SVG -------------------------------------------------------------------------------------------------------------

_WIDE, _WIDE_SMALL = 52, 66  # a box's width in half-width characters of 15 and of 12 px
_LINE, _PAD, _GAP, _LEFT = 22, 12, 44, 20  # in px
_BOX = _WIDE * 8 + 2 * _PAD
_FILL = {"start": "#e8eef7", "question": "#ffffff", "window": "#fff6df", "end": "#e6f4e6"}


def svg(scheme: Scheme, rules: Rules, titles: Mapping[str, str]) -> str:
    """The chart drawn: the steps in a column, and beside it 可能不符合 where a 否 leads. Sizes in px."""
    drawn, top = [], _LEFT
    steps = steps_of(scheme, rules, titles)
    for step in steps:
        box, height = _box(step, top)
        drawn.append(box)
        bottom = top + height
        if step.no:
            drawn.append(_way_out(top + height // 2, step.no))
        if step is not steps[-1]:
            drawn.append(_arrow(_LEFT + _BOX // 2, bottom, step.yes))
        top = bottom + _GAP
    width, height = _LEFT * 2 + _BOX + 240, top
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="15" role="img">'
        f"<title>{escape(scheme.title)}</title>"
        '<defs><marker id="tip" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z"/></marker></defs><rect width="100%" height="100%" fill="#fff"/>'
    )
    return head + "".join(drawn) + "</svg>\n"


def _box(step: Step, top: int) -> tuple[str, int]:
    lines = [(part, False) for line in step.lines for part in _wrapped(line, _WIDE)]
    lines += [(part, True) for line in step.clauses for part in _wrapped(line, _WIDE_SMALL)]
    height = len(lines) * _LINE + 2 * _PAD
    round_ = 18 if step.shape in ("start", "end") else 3
    dashed = ' stroke-dasharray="6 4"' if step.shape == "window" else ""
    shape = (
        f'<rect x="{_LEFT}" y="{top}" width="{_BOX}" height="{height}" rx="{round_}" fill="{_FILL[step.shape]}" '
        f'stroke="#333"{dashed}/>'
    )
    return shape + "".join(_text(line, top, number, small) for number, (line, small) in enumerate(lines)), height


def _text(line: str, top: int, number: int, small: bool) -> str:
    look = ' fill="#555" font-size="12"' if small else ""
    return f'<text x="{_LEFT + _PAD}" y="{top + _PAD + (number + 1) * _LINE - 6}"{look}>{escape(line)}</text>'


def _arrow(x: int, y: int, label: str) -> str:
    line = f'<path d="M{x} {y} v{_GAP - 2}" stroke="#333" fill="none" marker-end="url(#tip)"/>'
    return line + (f'<text x="{x + 8}" y="{y + _GAP // 2 + 4}">{escape(label)}</text>' if label else "")


def _way_out(y: int, label: str) -> str:
    x = _LEFT + _BOX
    return (
        f'<path d="M{x} {y} h78" stroke="#333" fill="none" marker-end="url(#tip)"/>'
        f'<text x="{x + 14}" y="{y - 6}">{escape(label)}</text>'
        f'<rect x="{x + 80}" y="{y - 20}" width="130" height="40" rx="18" fill="#fbe9e7" stroke="#333"/>'
        f'<text x="{x + 104}" y="{y + 6}">可能不符合</text>'
    )


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """``text`` in lines of ``columns`` half-width characters, a full-width one counting two; no line begins with ， or ）."""
    line, width = "", 0
    for char in text:
        wide = 2 if east_asian_width(char) in "WFA" else 1
        if width + wide > columns and char not in "，。、；：）》〕”":
            yield line
            line, width = "", 0
        line, width = line + char, width + wide
    yield line
