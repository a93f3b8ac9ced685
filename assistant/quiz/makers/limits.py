"""Items about cases: whether somebody kept a time limit. The situation says what happened after how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from assistant.quiz.clauses import law_name, origin_of
from assistant.quiz.drafts import ranked
from assistant.quiz.library import Library
from assistant.quiz.makers import Seed
from assistant.quiz.premises import premise_missing, set_otherwise
from assistant.quiz.quantities import Quantity, alternatives, quantities, rewritten, spread
from assistant.quiz.stems import GAP, Said
from assistant.quiz.types import Item

_WITHIN = re.compile(
    r"^(?P<who>[\u4e00-\u9fff（）]{1,24}?(?:部门|机关|机构|委员会|法院|人民政府|办事处）|单位|组织|办公室|基金会|团体|受托人))(?:应当|须)"
    r"在?[自从]?(?P<event>[^，。；]{2,36}?)(?:之日起|后)，?(?P<limit>[^，。；]{2,8}?)之?内，?(?P<act>[^。；，]{4,44})[。；，]"
)
_UNCLEAR = re.compile(r"前款|本条|第[一二三四五六七八九十百]+[条款项]|上述|以上|[该此这其]|所列")
_SLACK = {"日": (2, 4), "工作日": (2, 3), "个月": (1, 1)}
"""By how many days, working days or months a limit is missed or kept."""
_WORKING_DAYS_AT_MOST = 10
"""Several laws count limits of up to ten days in working days: a case about them could be counted in two ways."""
_WRONG = 3
_DIFFICULTY = 0.55
_LOCAL = {
    "县级以上地方人民政府": "某县人民政府", "县级以上人民政府": "某县人民政府", "县级": "某县", "乡镇人民政府（街道办事处）": "某镇人民政府",
}  # fmt: skip


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """One item a sentence that says who has to do what within which time of what."""
    for said in shelf.said:
        match = _WITHIN.match(said.text) if said.focus == 0 else None
        found = [each for each in quantities(match["limit"]) if each.measure in _SLACK] if match else []
        if match and len(found) == 1 and found[0].text == match["limit"] and not _UNCLEAR.search(match.group()):
            limit = next(each for each in quantities(said.text) if each.start >= match.start("limit"))
            if premise_missing(said) or set_otherwise(said, limit, shelf):
                continue
            working = found[0].measure == "日" and found[0].value <= _WORKING_DAYS_AT_MOST
            item = (
                None if working else _item(said, match, found[0], seed((said.passage.document.id, said.start, "limit")))
            )
            if item:
                yield item


def _item(said: Said, match: re.Match[str], limit: Quantity, rng: Random) -> Item | None:
    late = rng.random() < 0.5
    slack = rng.randint(*_SLACK[limit.measure])
    taken = limit.value + slack if late else limit.value - slack
    wrong = spread(limit.value, [each for each in alternatives(limit, ()) if each[0] != taken], _WRONG, rng)
    if len(wrong) < _WRONG or taken < 1:
        return None
    options = [(limit.value, _judged(limit, limit.value, taken), "")]
    options += [(value, _judged(limit, value, taken), _why(limit, value)) for value, _ in wrong]
    options.sort()
    plain = "没有办理延长期限的手续，" if "延长" in said.passage.text else ""
    stem = (
        f"{_local(match['who'])}在{match['event']}后，{plain}到第{rewritten(limit, taken)}{'才' if late else ''}{match['act']}。"
        f"对照{law_name(said.passage.document)}，下列说法正确的是{GAP}。"
    )
    origin = origin_of(said.passage, said.start, said.end)
    return ranked("案例", stem, [(text, why) for _, text, why in options], origin, _DIFFICULTY)


def _judged(limit: Quantity, value: Decimal, taken: Decimal) -> str:
    verdict = "已经超过期限" if taken > value else "没有超过期限"
    return f"期限是{rewritten(limit, value)}，{verdict}"


def _why(limit: Quantity, value: Decimal) -> str:
    return f"条文规定的期限是{limit.text}，不是{rewritten(limit, value)}。"


def _local(who: str) -> str:
    """One of those of whom a rule speaks: 某县人民政府民政部门 for 县级人民政府民政部门."""
    for wide, narrow in _LOCAL.items():
        if who.startswith(wide):
            return narrow + who.removeprefix(wide)
    return f"某{who}"
