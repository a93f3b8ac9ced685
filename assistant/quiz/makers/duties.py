"""Items about 应当, 可以 and 不得: what a rule demands, allows or forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.quiz.clauses import origin_of
from assistant.quiz.drafts import bounded, judged, ranked
from assistant.quiz.library import Library
from assistant.quiz.makers import Seed
from assistant.quiz.stems import GAP, Said, lead, named
from assistant.quiz.types import Item

_MODALS = ("应当", "可以", "不得", "不必")
_WORD = re.compile(r"应当|可以|不得|必须|有权|不准|禁止|应(?![急对用邀届收付])|要(?![求件素点])|须|可(?![能靠持行支])")
_PLAIN = re.compile(r"(?![自从由在把将视按依每向以对用与同给为根])[^，；。]{2,40}。")
"""What can stand behind 可以不: one clause that begins with its verb."""
_FALSE = 0.6
_MEANS = {
    "应当": "“应当”是必须做的义务", "可以": "“可以”是允许选择，不是义务", "不得": "“不得”是禁止性规定", "不必": "“不必”是免除义务",
}  # fmt: skip
_SWAPPED = {"应当": "可以不", "可以": "应当", "不得": "可以"}
_STIFF = re.compile(r"不得(?:超过|低于|少于|多于|高于)|可以(?:是|分为|说)|除外|但|也|只")
_SELF_EVIDENT = re.compile(
    r"应当(?:[^，。；]{0,6})(?:遵守|坚持|接受|做到|符合|珍惜|如实|尊重|依法|加强|建立|保障|维护|履行|遵循|爱护|配合|注意|妥善|支持|具备|重视|关心|协助|忠于|客观|真实|合法|公平|有利|以|为|做好|努力|积极|采取措施|统筹)"
)
"""Duties that nobody would take for a choice: to ask for the word would teach nothing."""
_ATTRIBUTE = re.compile(r"(?:是|都是)[^，。；]*(?:可以|应当|不得)[^，。；]*的[^，。；]*[。；，]")
_UNLESS = re.compile(r"\s*(?:但|例外|除外|经[^，。]{2,14}(?:同意|批准)|[^，。]{2,12}同意|有特殊|情况特殊|特殊情况)")
_OBLIGED = 0.5
"""How many of the sentences with 应当 are asked for: most rules say 应当, and the answer should not be a habit."""
_EVIL = re.compile(
    r"暴力|威胁|虐待|遗弃|侵占|侵害|侵犯|私分|挪用|截留|徇私|滥用|歧视|侮辱|强迫|强行|骗取|谋取|索取|收受|拒绝|逼迫|贪污|伪造|诬告|陷害|打击报复"
    r"|泄露|力不能及|忽视|冷落|干涉|妨碍|危害|损害|捏造|违背"
)
"""What nobody would take to be allowed."""
_LONGEST = 110


def make(shelf: Library, seed: Seed) -> Iterator[Item]:
    """Two items for a sentence with exactly one such word: a choice of the word, and a statement to judge."""
    for said in shelf.said:
        words = list(_WORD.finditer(said.text))
        single = len(words) == 1 and words[0].group() in _SWAPPED and words[0].start() >= said.focus
        if single and len(said.text) <= _LONGEST and not _dull(said.text) and not _excepted(said):
            yield from _items(said, words[0], shelf, seed((said.passage.document.id, said.start)))


def _dull(text: str) -> bool:
    return bool(_STIFF.search(text) or _SELF_EVIDENT.search(text) or _ATTRIBUTE.search(text) or _EVIL.search(text))


def _excepted(said: Said) -> bool:
    """Whether the next sentence makes an exception, so that the word is not the whole truth."""
    return bool(_UNLESS.match(said.passage.document.text[said.end : said.passage.end]))


def _items(said: Said, word: re.Match[str], shelf: Library, rng: Random) -> Iterator[Item]:
    document, modal = said.passage.document, word.group()
    if modal == "应当" and rng.random() > _OBLIGED:
        return
    before, behind = said.text[: word.start()], said.text[word.end() :]
    frame = said.frame(word.start(), word.end())
    others = [each for each in _MODALS if each != modal]
    if any(shelf.held_elsewhere(frame, (each + behind[:2],), but=said.text) for each in others):
        return
    origin = origin_of(said.passage, said.start, said.end)
    options = [(each, "" if each == modal else _why(modal, each)) for each in _MODALS]
    rng.shuffle(options)
    stem = lead(document, named(before + GAP + behind, document))
    yield ranked("应当可以不得", stem, options, origin, bounded(0.25 + len(said.text) / 500))
    other = _SWAPPED[modal]
    plain = modal != "应当" or _PLAIN.fullmatch(behind)
    false = bool(plain) and rng.random() < _FALSE
    statement = lead(document, named(before + (other if false else modal) + behind, document))
    yield judged("应当可以不得", statement, origin, wrong=_why(modal, other) if false else "")


def _why(modal: str, other: str) -> str:
    return f"条文用的是“{modal}”，不是“{other}”：{_MEANS[modal]}。"
