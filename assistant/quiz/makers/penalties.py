"""Items about penalties: which sanction a clause attaches to an act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from assistant.quiz.clauses import Clause, law_name, origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, judged
from assistant.quiz.library import Library, whose
from assistant.quiz.makers import Seed
from assistant.quiz.stems import GAP, Said, lead, named
from assistant.quiz.types import Item

_ATOMS = (
    "警告", "通报", "没收", "吊销", "撤销", "停止活动", "停止募捐", "改正", "整改", "取缔", "处分", "评估等级", "批评教育",
    "退还", "退回", "罚款",
)  # fmt: skip
_SANCTION = re.compile(
    r"(?:给予|予以)(?:警告|通报批评|处分|行政处分|纪律处分|批评教育|取缔|没收)|责令(?:限期|其)?(?:改正|整改|停止活动|停止募捐)"
    r"|责令[^，；。]{0,8}退[还回]|(?:吊销|撤销)(?:登记证书|登记|[^，；。的]{2,8}证书?)|没收违法所得|处以罚款|取缔"
)
_SEGMENT = re.compile(
    rf"(?<=[，；])(?P<before>依法|可以|并|由[^，；]{{2,12}}?)?(?P<core>{_SANCTION.pattern})(?=[，；。])"
)
_WRONG = 3
_ON_BODIES, _ON_PEOPLE = re.compile(r"吊销|撤销|停止活动|募捐|登记"), re.compile(r"处分|批评教育")
_REGISTERED = re.compile(r"慈善组织|社会组织|服务组织|基金会|团体|非企业单位|养老机构")
_ODD = re.compile(r"取缔|没收|退[还回]|募捐")
"""Sanctions that only fit an act of their own sort: a wrong option where the right one is such too."""
_SAME = (
    ("处分", "警告"),
    ("通报", "批评教育"),
    ("吊销", "撤销"),
    ("停止", "整改"),
    ("没收", "退回", "退还"),
    ("改正", "整改"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Sanction:
    """A sanction at ``[start, end)`` of a clause's text: 吊销登记证书."""

    text: str
    start: int
    end: int


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Two items a sanction: a choice and a statement to judge."""
    pool: dict[str, Clause] = {}
    for clause in shelf.clauses:
        for sanction in sanctions(clause.text):
            pool.setdefault(sanction.text, clause)
    for said in shelf.said:
        for sanction in sanctions(said.text):
            if sanction.start >= said.focus:
                rng = seed((said.passage.document.id, said.start + sanction.start))
                yield from _items(said, sanction, pool, rng)


def sanctions(text: str) -> list[Sanction]:
    """The sanctions of a sentence that stand between commas, by themselves."""
    found = []
    for match in _SEGMENT.finditer(text):
        found.append(Sanction(match["core"], *match.span("core")))
    return found


def _items(said: Said, sanction: Sanction, pool: dict[str, Clause], rng: Random) -> Iterator[Item]:
    document = said.passage.document
    before, behind = said.text[: sanction.start], said.text[sanction.end :]
    if behind.startswith("，即"):
        return
    if behind.startswith("；") and len(behind) > 2:
        behind = "。"
    wrong = _others(said, sanction, pool, rng)
    if len(wrong) < _WRONG:
        return
    origin = origin_of(said.passage, said.start, said.end)
    stem = lead(document, named(before + GAP + behind, document))
    yield choice("处罚", stem, [sanction.text], wrong, origin, rng, bounded(0.5 + len(said.text) / 600))
    false = rng.random() < 0.5
    statement = before + (wrong[0].text if false else sanction.text) + behind
    yield judged("处罚", lead(document, named(statement, document)), origin, wrong=wrong[0].why if false else "")


def _others(said: Said, sanction: Sanction, pool: dict[str, Clause], rng: Random) -> list[Wrong]:
    """Sanctions of other clauses of which nothing stands in this passage and that are not much the same."""
    home = said.passage.document
    names = [text for text in pool if not _near(text, said.passage.text) and not _near(text, sanction.text)]
    names.sort(key=lambda text: (pool[text].passage.document is not home, rng.random()))
    chosen: list[Wrong] = []
    for text in names:
        odd = (_ODD.search(text) and not _ODD.search(sanction.text)) or not _of_a_sort(text, sanction.text, said.text)
        if not odd and all(not _near(text, each.text) for each in chosen) and abs(len(text) - len(sanction.text)) <= 8:
            clause = pool[text]
            place = f"{law_name(clause.passage.document)}{whose(clause.passage)}"
            chosen.append(Wrong(text, f"条文规定的是“{sanction.text}”。“{text}”是{place}对另一行为的规定。"))
        if len(chosen) == _WRONG:
            break
    return chosen


def _of_a_sort(text: str, key: str, sentence: str) -> bool:
    """Whether a sanction fits those of whom the sentence speaks: registrations are revoked, people are disciplined."""
    if _ON_BODIES.search(text):
        people = re.search("工作人员|责任人员|干部|执法人员", sentence)
        return not _ON_PEOPLE.search(key) and not people and bool(_REGISTERED.search(sentence))
    return not (_ON_PEOPLE.search(text) and _ON_BODIES.search(key))


def _near(one: str, other: str) -> bool:
    """Whether the two texts share a sanction, or have two that are much the same."""
    if any(atom in one and atom in other for atom in _ATOMS):
        return True
    return any(any(word in one for word in same) and any(word in other for word in same) for same in _SAME)
