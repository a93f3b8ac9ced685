"""Items about looking articles up: in which article, or in which law, a rule stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.quiz.clauses import article_number, article_of, law_name, origin_of
from assistant.quiz.drafts import Wrong, bounded, choice, ranked
from assistant.quiz.library import Library
from assistant.quiz.likeness import covered, longest_common
from assistant.quiz.makers import Seed
from assistant.quiz.stems import GAP, Said
from assistant.quiz.types import Item
from assistant.types import Document

_SHORTEST, _LONGEST = 26, 110
_NEAR = 12
"""Articles so far away at most are offered beside the right one."""
_SAYS_AS_MUCH = 0.45
_BINDS = re.compile(r"不得|有权|的，|\d|[一二三四五六七八九十]+[日年]")
"""A rule that says what holds when; what only declares an aim is not worth looking up."""
_AIMS = re.compile(r"鼓励|扶持|促进|推动|支持|倡导|依法行政")
_SELF = re.compile(r"本(?:法|条例|办法|规定|意见)|中华人民共和国|[《“]")


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """For each article of one sentence up to two items: its number, and its law."""
    numbered = {
        key: {article_of(passage): passage for passage in shelf.passages if passage.document.id == key and article_of(passage)}
        for key in shelf.documents
    }  # fmt: skip
    for said in shelf.said:
        fits = _SHORTEST <= len(said.text) <= _LONGEST and not _SELF.search(said.text)
        article = article_of(said.passage)
        whole = said.passage.text.removeprefix(article).strip() == said.text and _worth_knowing(said.text)
        if fits and article and whole and _alone(said, shelf):
            rng = seed((said.passage.document.id, said.start))
            near = [
                each for each in numbered[said.passage.document.id]
                if 0 < abs(article_number(each) - article_number(article)) <= _NEAR
            ]  # fmt: skip
            if len(near) > 2:
                yield _number_item(said, article, near, rng)
            yield from _law_item(said, shelf, rng)


def _worth_knowing(text: str) -> bool:
    return bool(_BINDS.search(text)) and not _AIMS.search(text)


def _alone(said: Said, shelf: Library) -> bool:
    """Whether no other clause in force says much the same."""
    return all(score < _SAYS_AS_MUCH or each.passage is said.passage for score, each in shelf.alike(said.text))


def _number_item(said: Said, article: str, near: list[str], rng: Random) -> Item:
    document = said.passage.document
    name = law_name(document)
    origin = origin_of(said.passage, said.start, said.end)
    options = [(article, ""), *((each, _why(said, each)) for each in rng.sample(near, 3))]
    options.sort(key=lambda each: article_number(each[0]))
    stem = f"“{said.text}”这一规定，见于{name}的{GAP}。"
    return ranked("条文查找", stem, options, origin, 0.8)


def _why(said: Said, article: str) -> str:
    document = said.passage.document
    found = re.search(rf"^{article}[　\s]+([^。\n：]{{4,40}})", document.text, re.MULTILINE)
    says = f"，该条写的是“{found.group(1)}……”" if found else ""
    return f"{article}没有这一规定{says}。"


def _law_item(said: Said, shelf: Library, rng: Random) -> Iterator[Item]:
    """Which of four laws holds the rule: those that use most of its words, none told by its title more than another."""
    document = said.passage.document
    own = _told(said.text, document)
    others = [each for each in shelf.documents.values() if each is not document and _told(said.text, each) >= own]
    others.sort(key=lambda each: (-round(covered(said.text, each.text), 1), rng.random()))
    names = {law_name(each): each for each in others if each.metadata.level == document.metadata.level}
    others = [each for name, each in names.items() if name != law_name(document)][:3]
    if len(others) < 3:
        return
    origin = origin_of(said.passage, said.start, said.end)
    wrong = [Wrong(law_name(each), f"{law_name(each)}没有这一规定。") for each in others]
    stem = f"“{said.text}”这一规定，出自{GAP}。"
    yield choice("条文查找", stem, [law_name(document)], wrong, origin, rng, bounded(0.55 + len(said.text) / 400))


def _told(text: str, document: Document) -> int:
    """How much of the law's title stands in the text: the length of the longest run, 0 for a single character."""
    run = len(longest_common(law_name(document).strip("《》"), text))
    return run if run > 1 else 0
