"""What people say around a follow-up without asking anything: a nod, a guess at the answer, a remark behind it."""

from __future__ import annotations

import re

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


def is_nod(question: str) -> bool:
    """Whether nothing is asked at all: 好的，谢谢."""
    return bool(_ONLY_NOD.fullmatch(question))


def plain(question: str) -> str:
    """A follow-up, normalised, without what only accompanies it.

    「是913吧？那2025年呢」 is 「那2025年呢」, 「住房救助呢？听说不用找镇上」 is 「住房救助呢」.
    """
    text = _HAVING.sub(r"\g<thing>的", _REMARK.sub("", _NOD.sub("", question)))
    return _THAT.sub("", text) if len(text) <= _LONGEST_NAME else text
