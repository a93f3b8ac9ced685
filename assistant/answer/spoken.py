"""What people say around a follow-up without asking anything: a nod, a guess at the answer, a remark behind it, and that
they meant something else."""

from __future__ import annotations

import re

from assistant.answer.wording import ASKING

_ACKNOWLEDGED = r"哦|噢|喔|嗯+|唔|好的?|好吧|行|明白了?|知道了|懂了|收到|谢谢你?|多谢|原来如此|原来是这样|ok"
_END = r"[，,。.？?！!、\s]"
_NOD = re.compile(
    rf"^(?:(?:(?:{_ACKNOWLEDGED})[,，\s]*(?:是?\d[\d.]*[元块人户天个日]?)?[吧啊呀]?|"
    rf"(?:那?就?是|原来是|才)(?!不是)[^，,。？?！!]{{1,14}}[吧啊呀哈]){_END}+)+(?=\S)",
    re.IGNORECASE,
)
_ONLY_NOD = re.compile(
    rf"(?:(?:{_ACKNOWLEDGED}|算了|不问了|没有?了|再见|拜拜|辛苦了?)[了啦啊呀吧]?{_END}*)+", re.IGNORECASE
)
_REMARK = re.compile(r"(?<=呢)[？?。！!]+\s*(?:我?听说|我?听人说|据说|好像|我记得|我以为|我是说|我说的是)[^？?]*$")
_THAT = re.compile(
    r"(?<=[^的\W])(?<=[\u4e00-\u9fff]{2})(?:那|这)(?:个|种|项|笔|份)(?=补贴|补助|津贴|救助|标准|钱|证|组织|单位)"
)
_LONGEST_NAME = 14
"""A follow-up that only names something is no longer."""
_HAVING = re.compile(
    r"^(?:我们?|咱们?|我家)?(?:还|也|另外)?有一?(?:个|家|位)(?P<thing>[^，,]{2,12})[，,](?:(?:它|他|她)们?|这个)的"
)
_MEANT = r"我?(?:想|要)?(?:说|问|讲|指)的(?:其实|就)?是|我(?:其实)?是(?:说|问|想问|要问|指)"
_CORRECTION = re.compile(
    rf"^(?:(?:不对|不是的?|不|错了|我?(?:说|打|写|搞|弄)错了|等等|等一下){_END}*)*(?:{_MEANT}){_END}*(?=\S)|"
    rf"^(?:不对|错了|我?(?:说|打|写|搞|弄)错了){_END}+(?:应该|应当)?是?(?=\S)|"
    r"^不是(?:问|说|指)?[^,，。?？]{1,10}[,，]\s*(?:而?是|我?要的?是?)(?:问|说|指)?(?=\S)"
)
"""Says that the question before was not the one that was meant, and what is: 不对，我是说城镇的."""
_EXPLAINED = re.compile(rf"^(?P<asked>[^?？]+[?？])\s*(?:{_MEANT})(?P<meant>[^?？]+)$")
"""Says behind a question what it is about: 这样的有几个？我说的是集中供养的."""
_POINTS = re.compile("^(?:那)?(?:这|那)(?:样|种|类|些|个)?的?")


def is_nod(question: str) -> bool:
    """Whether nothing is asked at all: 好的，谢谢."""
    return bool(_ONLY_NOD.fullmatch(question))


def plain(question: str) -> str:
    """A follow-up, normalised, without what only accompanies it.

    「是913吧？那2025年呢」 is 「那2025年呢」, 「住房救助呢？听说不用找镇上」 is 「住房救助呢」, 「不对，我是说城镇的」 is 「城镇的呢」.
    """
    text = _meant(_HAVING.sub(r"\g<thing>的", _REMARK.sub("", _NOD.sub("", question))))
    return _THAT.sub("", text) if len(text) <= _LONGEST_NAME else text


def _meant(text: str) -> str:
    """What a correction names as a follow-up that names it; what is explained behind a question put before it."""
    if explained := _EXPLAINED.match(text):
        return f"{explained['meant'].rstrip('。.!！ ')}{_POINTS.sub('', explained['asked'])}"
    correction = _CORRECTION.match(text)
    if not correction:
        return text
    meant = text[correction.end() :].rstrip("。.!！ ")
    return meant if ASKING.search(meant) or meant.endswith("呢") else f"{meant}呢"
