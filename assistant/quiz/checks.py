"""The automatic checks of an item: what must hold of every item that is handed out.

The checks look at the finished item, its quote and the rules in force, not at how the item was made. Each gives the
reason in one line where it fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.quiz.clauses import article_of, law_name
from assistant.quiz.library import Library
from assistant.quiz.likeness import covered, longest_common
from assistant.quiz.quantities import quantities, stands, ways
from assistant.quiz.stems import GAP
from assistant.quiz.types import BLANK, Item, Origin
from assistant.text.normalize import normalize
from assistant.text.numbers import values
from assistant.types import Passage

OFFSETS, IN_FORCE, SUPPORTED, FALSE, ALONE, LEAK, DOUBLE = CHECKS = (
    "引文与位置", "文件有效", "答案有据", "干扰项为假", "题干自足", "不泄露答案", "不重复",
)  # fmt: skip
"""What is checked, in the order of the table."""

_SAID = 0.85
"""A text of which so many pairs of characters stand in the quote is taken from it."""
_NOT_SAID = 0.72
_MATTERS = 12
_SAME_MATTER = 0.55
_LONGEST_STEM = 320
_POINTS = re.compile(
    r"前[一二三两]?[款条项]|上述|本(?:法|条例|办法|规定|意见|条|款|项)(?![律人院定])|第[（(]?[一二三四五六七八九十]+[)）]?项"
)
_LOOK_UP = re.compile(r"^“(?P<quote>.+)”这一规定，(?:见于|出自)")
_NEGATIVE = "没有列举的是"
_ASKS = re.compile(r"。(?:处理此事|对此)，应当适用.*$")
"""The question behind the facts of a case."""
_CLOSERS = {"（": "）", "“": "”", "《": "》"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A check that an item fails, and why."""

    check: str
    why: str


@dataclass(frozen=True)
class Context:
    """What items are checked against: the rules in force, and which words are the same.

    ``same`` gives texts that mean the same one spelling (低保 and 最低生活保障); without it only spelling falls together.
    """

    shelf: Library
    same: Callable[[str], str] = normalize

    def passage(self, origin: Origin) -> Passage | None:
        """The passage in force that holds the quote at its place, if the document is still the same."""
        document = self.shelf.documents.get(origin.document_id)
        if document is None or document.sha256 != origin.sha256:
            return None
        inside = (each for each in self.shelf.passages_of(document.id) if each.start <= origin.start < each.end)
        return next(inside, None)


def problems(item: Item, context: Context) -> list[Problem]:
    """What is wrong with one item; nothing where all checks hold. Doubles are looked for in ``doubles``."""
    found = (check(item, context) for check in (_offsets, _in_force, _supported, _false, _alone, _leak))
    return [problem for problem in found if problem]


# The quote ---------------------------------------------------------------------------------------------------------


def _offsets(item: Item, context: Context) -> Problem | None:
    """The quote stands at its place in the document as it is now, inside its passage and under its label."""
    origin = item.origin
    document = context.shelf.documents.get(origin.document_id) if origin else None
    if origin is None or document is None:
        return None if origin else Problem(OFFSETS, "没有引文")
    passage = context.passage(origin)
    if document.text[origin.start : origin.end] != origin.quote or passage is None:
        return Problem(OFFSETS, "引文不在文件的这个位置")
    if passage.text != origin.passage or passage.label_at(origin.start, origin.end) != origin.label:
        return Problem(OFFSETS, "段落或者条号不对")
    return None


def _in_force(item: Item, context: Context) -> Problem | None:
    """The document is one of those in force, in the version that the item was made from."""
    document = context.shelf.documents.get(item.origin.document_id) if item.origin else None
    if document is None or (item.origin and document.sha256 != item.origin.sha256):
        return Problem(IN_FORCE, "文件不在现行有效的文件之中，或者内容已经改变")
    return None


# The key -----------------------------------------------------------------------------------------------------------


def _supported(item: Item, context: Context) -> Problem | None:
    """The key follows from the quote: what the item states with it is said there, with the same figures."""
    if item.origin is None:
        return Problem(SUPPORTED, "没有引文")
    quote = _bare(item.origin.quote)
    if item.kind == "条文查找":
        return _looked_up(item, item.origin)
    if item.kind == "案例":
        return _decided(item, item.origin)
    if item.type == "判断":
        says = (
            all(part in quote for part in _defined(item.stem))
            if item.kind == "定义"
            else _stated(_bare(item.stem), quote)
        )
        return None if says == (item.key == (0,)) else Problem(SUPPORTED, "判断的答案与条文不符")
    if item.type == "简答":
        missing = [point for point in item.answers if not _taken(_bare(point), quote)]
        return Problem(SUPPORTED, f"要点不在条文里：{missing[0]}") if missing else None
    stated, test = _statements(item, item.key)
    missing = [text for text in stated if not test(text, quote)]
    return Problem(SUPPORTED, f"条文里没有：{missing[0]}") if missing else None


def _statements(item: Item, chosen: Iterable[int]) -> tuple[list[str], Callable[[str, str], bool]]:
    """What the item states with each of the options ``chosen``, or with the blanks filled, and how to test it."""
    if item.type == "填空":
        text = item.stem
        for answer in item.answers:
            text = text.replace(BLANK, answer.split("|")[0], 1)
        return (_defined(text), _taken) if item.kind == "定义" else ([_bare(text)], _stated)
    if _NEGATIVE in item.stem:  # the key is what is *not* said: the other options are
        return [_bare(option) for place, option in enumerate(item.options) if place not in item.key], _taken
    options = [item.options[place] for place in chosen]
    if _listed(item):
        return [_bare(option) for option in options], _taken
    stated = [item.stem.replace(GAP, option) for option in options]
    if item.kind == "定义":
        return [part for text in stated for part in _defined(text)], _taken
    return [_bare(text) for text in stated], _stated


def _listed(item: Item) -> bool:
    """Whether the options are members of a list, not words for a gap in a sentence."""
    return item.kind != "定义" and (
        item.type == "多选" or re.search(r"？（　　）$|有（　　）。$", item.stem) is not None
    )


def _defined(text: str) -> list[str]:
    """The term and the meaning that a text about a definition puts together."""
    body = re.sub(r"^根据《[^》]+》，|^《[^》]+》中的", "", text)
    return [_bare(part) for part in re.split(r"，?(?:是指|指的是|称为)", body.rstrip("。"), maxsplit=1)]


def _looked_up(item: Item, origin: Origin) -> Problem | None:
    found = _LOOK_UP.match(item.stem)
    key = item.key_text[0]
    right = origin.label.startswith(key) or key == law_name(origin)
    if not found or found["quote"] not in origin.quote or not right:
        return Problem(SUPPORTED, "引的话或者出处与条文不符")
    return None


def _decided(item: Item, origin: Origin) -> Problem | None:
    """A case: the article of the key is that of the quote, its consequence and the facts are said there."""
    key = item.key_text[0]
    if "期限是" in key:
        limit = quantities(key)[0]
        same = [each for each in quantities(origin.quote) if each.measure == limit.measure]
        return None if any(each.value == limit.value for each in same) else Problem(SUPPORTED, "期限与条文不符")
    label, _, consequence = key.partition("：")
    facts = _ASKS.sub("", item.stem)
    if not origin.label.startswith(label) or not _stated(consequence, _bare(origin.quote)):
        return Problem(SUPPORTED, "条号或者后果与条文不符")
    return None if covered(facts, _bare(origin.quote)) > 0.5 else Problem(SUPPORTED, "案情与条文不符")


def _stated(text: str, quote: str) -> bool:
    """Whether ``quote`` says ``text`` word for word."""
    return text.rstrip("。") in quote


def _taken(text: str, quote: str) -> bool:
    """Whether an option is taken from ``quote``: nearly every pair of characters and every figure of it stands there."""
    return text in quote or (values(text) <= values(quote) and covered(text, quote) >= _SAID)


def _bare(text: str) -> str:
    """A text without the law's name in front and the words by which it calls itself."""
    text = re.sub(
        r"^根据《[^》]+》(?:第[一二三四五六七八九十百零]+条(?:第[一二三四五六七八九十]+款)?)?，|^《[^》]+》中的",
        "",
        text,
    )
    text = re.sub(r"《[^》]+》|该(?:法|条例|办法|意见|通知)", "", text)
    text = re.sub(r"本(?:法|条例|办法|规定|意见|通知)(?:所称的?|中的)?", "", text)
    return re.sub(r"[“”（）\s]|是指|指的是|称为", "", text)


# The wrong options -------------------------------------------------------------------------------------------------


def _false(item: Item, context: Context) -> Problem | None:
    """No wrong option says the same as a right one, and none is said by a clause in force."""
    wrong = [place for place in range(len(item.options)) if place not in item.key]
    if not wrong:
        return None
    if item.type == "判断":
        says = _bare(item.stem) if item.key == (1,) else ""
        found = (
            (each for _, each in context.shelf.alike(says)[:_MATTERS] if _stated(says, _bare(each.text)))
            if says
            else iter(())
        )
        true = next(found, None)
        return Problem(FALSE, f"说法是对的：{true.text[:60]}") if true else None
    for place in wrong:
        option = item.options[place]
        for right in item.key_text:
            if _same(option, right, context):
                return Problem(FALSE, f"“{option}”与“{right}”是一个意思")
    if item.kind in ("条文查找", "案例"):
        return _other_articles(item, wrong, context)
    if _NEGATIVE in item.stem:
        quote = _bare(item.origin.quote) if item.origin else ""
        listed = covered(item.key_text[0], quote) > _NOT_SAID
        return Problem(FALSE, f"条文里有“{item.key_text[0]}”") if listed else None
    for place in wrong:
        said = _said_by(item, item.options[place], context)
        if said:
            return Problem(FALSE, f"“{item.options[place]}”也对：{said[:60]}")
    return None


def _same(one: str, other: str, context: Context) -> bool:
    first, second = context.same(one), context.same(other)
    if first == second:
        return True
    figures = quantities(one), quantities(other)
    alone = all(
        len(each) == 1 and len(each[0].text) == len(text) for each, text in zip(figures, (one, other), strict=True)
    )
    return alone and (figures[0][0].value, figures[0][0].measure) == (figures[1][0].value, figures[1][0].measure)


def _said_by(item: Item, option: str, context: Context) -> str:
    """The clause in force that says of the matter what a wrong option says, else nothing."""
    quote = _bare(item.origin.quote) if item.origin else ""
    if _listed(item):
        return quote if covered(_bare(option), quote) > _NOT_SAID else ""
    frame = _bare(next(part for part in re.split("。", item.stem) if GAP in part).replace(GAP, ""))
    behind = item.stem.partition(GAP)[2][:2] if item.kind == "应当可以不得" else ""
    forms = [way + behind for way in ways(option)]
    for _, statement in context.shelf.alike(frame)[:_MATTERS]:
        text = _bare(statement.text)
        elsewhere = text not in quote and text != quote
        if elsewhere and covered(frame, text) > _SAME_MATTER and any(stands(way, text) for way in forms):
            return statement.text
    return ""


def _other_articles(item: Item, wrong: Sequence[int], context: Context) -> Problem | None:
    """The quote, or the facts of a case, stand in none of the articles or laws that are offered as wrong."""
    found = _LOOK_UP.match(item.stem)
    text = found["quote"] if found else _ASKS.sub("", item.stem)
    if "期限是" in item.key_text[0]:
        return None
    offered = {item.options[place].split("：")[0] for place in wrong}
    for score, statement in context.shelf.alike(text)[:8]:
        passage = statement.passage
        home = item.origin is not None and passage.document.id == item.origin.document_id
        place = {article_of(passage)} if home else set()
        if (place | {law_name(passage.document)}) & offered and score > 0.45:
            return Problem(FALSE, f"{law_name(passage.document)}{article_of(passage)}也这样规定")
    return None


# The stem ----------------------------------------------------------------------------------------------------------


def _alone(item: Item, context: Context) -> Problem | None:
    """The stem names its law, points to nothing outside itself, and its brackets close."""
    found = _LOOK_UP.match(item.stem)
    text = item.stem.replace(found["quote"], "") if found else item.stem
    options = " ".join(item.options)
    if _POINTS.search(re.sub(r"《[^》]*》", "", f"{item.stem} {options}")):
        return Problem(ALONE, "有指代不明的话")
    if not found and item.origin and law_name(item.origin) not in text:
        return Problem(ALONE, "没有写明是哪一个文件")
    if any(item.stem.count(opening) != item.stem.count(closing) for opening, closing in _CLOSERS.items()):
        return Problem(ALONE, "括号或者引号不成对")
    if len(item.stem) > _LONGEST_STEM or not re.search(r"[。？）]$", item.stem):
        return Problem(ALONE, "太长，或者句子没有完")
    return None


def _leak(item: Item, context: Context) -> Problem | None:
    """Nothing but knowledge tells the key: not its length, not words of the stem, not that it alone has a figure."""
    if item.type == "填空":
        spoken = [
            answer for answer in item.answers if len(answer.split("|")[0]) > 1 and answer.split("|")[0] in item.stem
        ]
        return Problem(LEAK, "题干里写着答案") if spoken else None
    if item.type != "单选" or item.kind == "应当可以不得" or "期限是" in item.key_text[0]:
        return None
    key, others = item.key_text[0], [option for place, option in enumerate(item.options) if place not in item.key]
    if len(key) > 2 * max(map(len, others)) or 2.5 * len(key) < min(map(len, others)):
        return Problem(LEAK, "只有答案特别长或者特别短")
    if quantities(key) and not any(map(quantities, others)):
        return Problem(LEAK, "只有答案里有数字")
    stem = re.sub(r"《[^》]+》", "", item.stem)
    if item.kind not in ("条文查找",) and _NEGATIVE not in item.stem:
        own = longest_common(key.partition("：")[2] or key, stem)
        least = max(len(longest_common(other.partition("：")[2] or other, stem)) for other in others)
        if len(own) > max(3, least) or len(own) == 3 > least + 1:
            return Problem(LEAK, f"题干里有答案的话：{own}")
    return None
