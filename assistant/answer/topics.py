"""What the corpus speaks of together: whether a word of a follow-up belongs to what the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer.lexicon import Lexicon
from assistant.types import Passage

_NO_TOPICS = frozenset(
    "申请 材料 标准 登记 审核 审核确认 报告 通知 意见 决定 规定 救助 保障 认定 检查 评估 发放 "
    "办法 工作 管理 农村 城镇 城市 家庭 人员".split()
)
"""Terms of titles that say nothing of what a document is about."""


class Topics:
    """The terms that documents are titled with, and which words stand in one passage with a term."""

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon) -> None:
        titles = "\n".join({passage.document.title for passage in passages})
        self._names = frozenset(
            term.name
            for term in lexicon.terms()
            if term.name in titles and not term.group and term.name not in _NO_TOPICS
        )
        self._texts = [f"{passage.document.title}\n{passage.text}" for passage in passages]
        self._all = "\n".join(self._texts)
        self._lexicon = lexicon
        self._about = lru_cache(maxsize=512)(self._find_about)
        self.together = lru_cache(maxsize=4096)(self._together)

    def of(self, text: str) -> list[str]:
        """The topics that ``text`` names, in order."""
        found = (mention.term.name for mention in self._lexicon.mentions(text))
        return list(dict.fromkeys(name for name in found if name in self._names))

    def related(self, words: Sequence[str], anchors: Sequence[str]) -> bool:
        """Whether at least half of ``words`` stand in a passage with one of ``anchors``; no words are."""
        met = sum(any(self.together(word, anchor) for anchor in anchors) for word in words)
        return 2 * met >= len(words)

    def knows(self, word: str) -> bool:
        """Whether the corpus has the word."""
        return word in self._all

    def alike(self, question: str, modifier: str) -> str:
        """The words of ``question`` in whose place ``modifier`` may stand: 结婚 for 离婚, of 结婚登记.

        The corpus has both before the same noun. The longest noun decides, then the words whose length is nearest;
        nothing where there are none.
        """
        if len(modifier) < 2:
            return ""
        behind = set(re.findall(f"{re.escape(modifier)}([\u4e00-\u9fff]{{2,6}})", self._all))
        nouns = {each[:size] for each in behind for size in range(2, len(each) + 1)} & _runs(question, 2, 6)
        for noun in sorted((each for each in nouns if each not in modifier), key=lambda each: (-len(each), each)):
            end = question.find(noun)
            before = [question[start:end] for start in range(max(0, end - len(modifier) - 3), end - 1)]
            for words in sorted(before, key=lambda each: abs(len(each) - len(modifier))):
                if words != modifier and f"{words}{noun}" in self._all:
                    return words
        return ""

    def _together(self, word: str, anchor: str) -> bool:
        """Whether a passage, its document's title included, has both."""
        forms = self._lexicon.forms(word)
        return word in anchor or any(any(form in text for form in forms) for text in self._about(anchor))

    def _find_about(self, anchor: str) -> tuple[str, ...]:
        forms = self._lexicon.forms(anchor)
        return tuple(text for text in self._texts if any(form in text for form in forms))


def _runs(text: str, least: int, most: int) -> set[str]:
    """Every run of ``least`` to ``most`` characters of ``text``."""
    ends = range(len(text) + 1)
    return {text[start:end] for start in ends for end in ends[start + least : start + most + 1]}
