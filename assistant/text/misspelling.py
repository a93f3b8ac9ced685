"""Slips of an input method: 底保 for 低保 (sounds alike), 标淮 for 标准 (looks alike), put right by known words.

A text is read as the likeliest row of words (Viterbi over their shares), where a run of characters may also stand for a
known word that sounds or looks like it, at a price. Common characters are likely by themselves, so that right words
next to each other are left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from assistant.text.tokens import words
from assistant.text.vocabulary import HAN_WORD, Sound, Vocabulary

_LONGEST = 6
"""Characters of the longest word that is put in the place of another spelling."""
_SOUNDS_ALIKE, _SOUNDS_NEAR, _LOOKS_ALIKE = 8.0, 10.0, 9.0
"""What it costs, in natural logarithms of a probability, to take a run for a word of the same sound, of a sound that many
people do not tell apart, or of the same look but for one character. Chosen so that the corpus stays as it is."""
_SHORT = 2.0
"""What it costs besides for a word of two characters, of which one is all that speaks for it."""
_UNKNOWN_CHARACTER, _KNOWN_WORD = 1e-7, 1e-6
_FEWEST = 2
"""How often a word occurs in the corpus that another spelling may stand for."""

_LOOK_ALIKE = (
    "准淮 因困囚 料科 儿几 系糸 己已巳 未末 土士 千干于 由甲申田 人入 治冶 请清情晴 折拆 拨拔 壳売 微徵 辨辩辫 侯候 侍待 复夏 贷货 历厉 "
    "住往 今令 仓仑 免兔 体休 低抵 保堡 底低 处外 夫失 天夭 孤狐 官宫 宜宣 常尝 席度 庭廷 弃异 徒徙 快块 怎作 戌戍戊 技枝 抚扰 拒柜 "
    "持特 捐损 摸模 政攻 斤斥 暂哲 暴瀑 杆秆 束柬 析折 枚牧 板扳 析拆 杂染 格洛 栋拣 检捡 梅海 歼奸 残浅 水永 沉沈 没设 注住 洒酒 涣换 "
    "渡度 漫慢 炮泡 狠狼 环坏 现观 瑶谣 申电 疗庁 目自 直真 眠眼 石右 祥详 补朴 种秤 积识 究穷 第弟 管菅 簿薄 籍藉 练炼 续绩 罚罪 老考 育肓 "
    "胁协 脸险 腊猎 良艮 艰难 苦若 荐存 萤莹 蓝篮 虑虚 裁载栽 记纪 评坪 证征 诉拆 询旬 负贡 责贵 质贡 赔陪 赡瞻 赢羸 载戴 迁迂 迫追 退追 "
    "逾愈 遗遣 邮邻 部陪 郡群 醋错 金全 钩钓 铺捕 销消 锻缎 问间 队从 防妨 阳阴 附付 隔融 须顺 顽预 领颁 饮饭 驱躯 骗编 高亭 鸟乌 "
    "崔催 援缓 授受 厅斤 尸户 广厂 又叉 刀力 贝见 办为 无元 五互 开井 夭天 毛手 气乞 介价 公分 义叉 心必 正止 古吉 可司 市巾 本木 示未 "
    "甘廿 白自 丛从 乐东 令今 仪议 代伐 伤场 伙伏 决诀 扣扪 约药 级极 纯钝 丽两 坟文 坚竖 坐座 址扯 妥委 完宗 岗网 库厍 忘忙 投设 护沪 "
    "报极 把爬 抢抡 折拆 抓孤 抑仰 肉内 更史 每母 沟构 沧抢 识织 证汪 初切 即既 际标 陆际 驳驶"
).split()
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"))
"""Initials that many speakers of southern China do not tell apart; so they do n and l, and the endings n and ng."""

Steps = list[list[tuple[int, str, float]]]
"""For each place of a run the pieces that begin there: where they end, what is read, and its logarithm."""


class Corrector:
    """Puts known words in the place of runs of characters that are none and sound or look like one of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """``vocabulary`` has the words that may be meant and those that are right as they stand."""
        self._vocabulary = vocabulary
        self._by_sound: dict[Sound, list[str]] = {}
        meant = [word for word, count in vocabulary.counts.items() if count >= _FEWEST and 1 < len(word) <= _LONGEST]
        for word in meant:
            if word in vocabulary.sounds:
                self._by_sound.setdefault(_near(vocabulary.sounds[word]), []).append(word)
        self._meant = frozenset(meant)
        self._candidates = lru_cache(maxsize=4096)(self._find_candidates)

    def correct(self, text: str, kept: Callable[[str], Iterable[tuple[int, int]]] = lambda text: ()) -> str:
        """``text`` with such slips put right; what stands in a span that ``kept`` gives is never changed."""
        spans = list(kept(text))
        parts, end = [], 0
        for run in HAN_WORD.finditer(text):
            inside = [(first - run.start(), last - run.start()) for first, last in spans]
            parts += [text[end : run.start()], self._correct_run(run.group(), inside)]
            end = run.end()
        return "".join((*parts, text[end:]))

    def _correct_run(self, run: str, kept: Sequence[tuple[int, int]]) -> str:
        pieces = words(run)
        if len(run) < 2 or "".join(pieces) != run:
            return run
        steps = self._as_written(run, pieces)
        for start in range(len(run)):
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                if not any(first < end and start < last for first, last in kept):
                    steps[start] += [(end, word, cost) for word, cost in self._candidates(run[start:end])]
        return _likeliest(steps)

    def _as_written(self, run: str, pieces: Sequence[str]) -> Steps:
        """The pieces as they stand: every character, every word of the vocabulary, and the words that jieba sees."""
        shares = self._vocabulary.shares
        steps: Steps = [[] for _ in run]
        for start in range(len(run)):
            steps[start].append((start + 1, run[start], math.log(shares.get(run[start], 0) or _UNKNOWN_CHARACTER)))
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                if (share := shares.get(run[start:end])) is not None:
                    steps[start].append((end, run[start:end], math.log(share)))
        start = 0
        for piece in pieces:
            if len(piece) > 1:
                steps[start].append((start + len(piece), piece, math.log(max(shares.get(piece, 0), _KNOWN_WORD))))
            start += len(piece)
        return steps

    def _find_candidates(self, written: str) -> tuple[tuple[str, float], ...]:
        """The words that ``written`` may stand for, each with its logarithm less the price."""
        if written in self._vocabulary.shares:
            return ()
        sound = self._vocabulary.sound(written)
        found = {}
        for word in self._by_sound.get(_near(sound), ()) if sound else ():
            if 2 * sum(one != other for one, other in zip(word, written, strict=True)) > len(word):
                continue  # little of it is as written: right words next to each other, rather
            same = self._vocabulary.sounds[word] == sound
            found[word] = -(_SOUNDS_ALIKE if same else _SOUNDS_NEAR) - _SHORT * (len(word) == 2)
        for word in _looking_alike(written):
            if word in self._meant:
                found[word] = max(-_LOOKS_ALIKE - _SHORT * (len(word) == 2), found.get(word, -math.inf))
        return tuple((word, price + math.log(self._vocabulary.shares[word])) for word, price in found.items())


def _likeliest(steps: Steps) -> str:
    best: list[tuple[float, str]] = [(0.0, "")] + [(-math.inf, "")] * len(steps)
    for start, pieces in enumerate(steps):
        for end, read, cost in pieces:
            if best[start][0] + cost > best[end][0]:
                best[end] = (best[start][0] + cost, best[start][1] + read)
    return best[-1][1]


def _near(sound: Sound) -> Sound:
    """The sound without the differences that many people do not hear."""
    return tuple(map(_near_syllable, sound))


@lru_cache(maxsize=1024)
def _near_syllable(syllable: str) -> str:
    for before, after in _NEAR:
        if syllable.startswith(before):
            syllable = after + syllable[len(before) :]
    syllable = "l" + syllable[1:] if syllable.startswith("n") else syllable
    return re.sub("(?<=[aei])ng$", "n", syllable)


def _alike() -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in _LOOK_ALIKE:
        for character in group:
            alike[character] = alike.get(character, "") + group.replace(character, "")
    return alike


_ALIKE = _alike()


def _looking_alike(written: str) -> Iterable[str]:
    """The runs that differ from ``written`` in one character that looks like the one it stands for."""
    for place, character in enumerate(written):
        for other in _ALIKE.get(character, ""):
            yield written[:place] + other + written[place + 1 :]
