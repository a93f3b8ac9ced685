"""Items about responsible bodies: who acts, or to whom one turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from random import Random

from assistant.quiz.bodies import Body, akin, bodies, organs, overlap
from assistant.quiz.clauses import origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, judged
from assistant.quiz.library import Library, whose
from assistant.quiz.likeness import longest_common
from assistant.quiz.makers import Seed
from assistant.quiz.stems import GAP, Said, lead, named
from assistant.quiz.types import Item
from assistant.types import Passage

_WRONG = 3
_TELLING = 4
_OPEN = re.compile(r"组织$|基金会$")
"""Bodies of which there is no end are no key: what one association has to do may be another's duty too."""
_KINDS = {
    "自治": r"村民|居民|居务|村务", "评估": r"评估|复核", "政府": r"人民政府(?:（[^）]*）)?$|街道办事处$",
    "机关": r"(?:部门|机关|法院|机构)$",
}  # fmt: skip
_STATE = re.compile(
    r"(?:国务院|省|设区的市|县级|乡镇)[^的]{0,12}(?:人民政府|(?:民政|财政|应急管理|公安|教育)部门)(?:（[^）]*）)?$"
)
_HIGH = re.compile(r"国务院|中央|全国|国家|最高|省")
_ODD = "其他"
_LEAST_KIN = 2
"""So many of the three wrong options are of the key's kind, or the key stands out."""
_EITHER = re.compile(r"(?:或者|也可以|还可以|可以)由")
Named = dict[str, Passage]


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Two items a body: a choice and a statement to judge."""
    for said in shelf.said:
        if _EITHER.search(said.text):
            continue
        pool = _named_in(shelf, said.passage.document.id)
        for body in bodies(said.text):
            if body.start >= said.focus and said.text.count(body.name) == 1 and _decides(said.text, body):
                yield from _items(said, body, pool, shelf, seed((said.passage.document.id, said.start + body.start)))


def _decides(text: str, body: Body) -> bool:
    """Whether the sentence gives the body something that it alone has: not a ban, which binds others as well."""
    return not _OPEN.search(body.name) and not text.startswith("不得", body.end)


def _named_in(shelf: Library, document_id: str) -> Named:
    """The bodies that a document names, with the first passage that does."""
    cache: dict[str, Named] = shelf.notes.setdefault("bodies", {})
    if document_id not in cache:
        found: Named = {}
        for clause in shelf.clauses_of(document_id):
            for body in bodies(clause.text):
                found.setdefault(body.name, clause.passage)
        cache[document_id] = found
    return cache[document_id]


def _told(name: str, stem: str) -> bool:
    """Whether the rest of the sentence says so much of the body's name that nothing is left to know."""
    run = longest_common(name, stem)
    return len(run) >= _TELLING and not run.startswith(("人民政府", "级人民政府", "县级", "行政复议"))


def _farther(body: Body, pool: Named, said: Said, shelf: Library, rng: Random) -> list[str]:
    """Bodies of other documents of the key's kind: the same office at another level first, then those as long."""
    if _kin(body.name) == _ODD:
        return []
    others = [name for name in _often(shelf) if name not in pool and _kin(name) == _kin(body.name)]
    others = [name for name in others if _may_stand(name, body, said) and not _foreign(name, said)]
    own = organs(body.name)
    return sorted(others, key=lambda name: (not own & organs(name), abs(len(name) - len(body.name)) // 4, rng.random()))


def _often(shelf: Library) -> list[str]:
    """The bodies of the state that documents name, and others that more than two do."""
    if "often" not in shelf.notes:
        counts = Counter(name for key in shelf.documents for name in _named_in(shelf, key))
        shelf.notes["often"] = sorted(name for name, count in counts.items() if count > 2 or _STATE.match(name))
    often: list[str] = shelf.notes["often"]
    return often


def _items(said: Said, body: Body, pool: Named, shelf: Library, rng: Random) -> Iterator[Item]:
    text, document = said.text, said.passage.document
    before, behind = text[: body.start], text[body.end :]
    wrong = _rivals(said, body, pool, said.frame(body.start, body.end), shelf, rng)
    if len(wrong) < _WRONG or _told(body.name, before + behind):
        return
    origin = origin_of(said.passage, said.start, said.end)
    stem = lead(document, named(before + GAP + behind, document))
    yield choice("责任主体", stem, [body.name], wrong, origin, rng, bounded(0.4 + len(text) / 500))
    near = [each for each in wrong if each.text in pool] or wrong
    other = near[rng.randrange(len(near))]
    false = rng.random() < 0.5
    statement = before + (other.text if false else body.name) + behind
    yield judged("责任主体", lead(document, named(statement, document)), origin, wrong=other.why if false else "")


def _rivals(said: Said, body: Body, pool: Named, frame: str, shelf: Library, rng: Random) -> list[Wrong]:
    """Other bodies of the document that are not named in the passage and do not act so under any clause in force."""
    names = [name for name in pool if _may_stand(name, body, said)]
    names.sort(key=lambda name: (_kin(name) != _kin(body.name), rng.random()))
    names += _farther(body, pool, said, shelf, rng)
    names.sort(key=lambda name: not akin(name, body.name))
    chosen: list[Wrong] = []
    for name in names:
        apart = all(not overlap(name, each.text) for each in chosen)
        if apart and not shelf.held_elsewhere(frame, (name,), but=said.text):
            where = whose(pool[name]) if name in pool else ""
            other = f"“{name}”见于{where}，管的是另一事项。" if where and "段" not in where else ""
            chosen.append(Wrong(name, f"条文规定的是“{body.name}”，不是“{name}”。{other}"))
        if len(chosen) == _WRONG:
            break
    kin = sum(_kin(each.text) == _kin(body.name) for each in chosen)
    related = any(akin(each.text, body.name) for each in chosen)
    return chosen if kin >= _LEAST_KIN and related else []


def _may_stand(name: str, body: Body, said: Said) -> bool:
    if name in said.passage.text or overlap(name, body.name) or abs(len(name) - len(body.name)) > 12:
        return False
    return not any(organ in said.text for organ in organs(name) - organs(body.name))


def _foreign(name: str, said: Said) -> bool:
    """Whether a name is that of a body of the state or of a province that the document does not speak of."""
    return bool(_HIGH.match(name)) and name not in said.passage.document.text


def _kin(name: str) -> str:
    """The kind of a body: options look alike where they share it."""
    for kind, ends in _KINDS.items():
        if re.search(ends, name):
            return kind
    return _ODD
