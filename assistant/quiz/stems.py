"""Stems that stand on their own: the law is named, nothing points to a clause that the reader does not see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.quiz.clauses import ARTICLE, Clause, Listing, article_of, law_name
from assistant.types import Document, Passage

GAP = "（　　）"
"""Where the answer of a stem with options belongs."""

_SELF = re.compile(r"本(?:法|条例|办法|规定|意见|通知|细则|纲要)(?![律人院定])")
_SELF_CALLED = re.compile(rf"{_SELF.pattern}(?:所称的?|中所称的?|中的)(?!是)")
_POINTS_BACK = re.compile(
    r"前[一二两三]?[款条项]|[前上]述|上[款条]|本[款条项章节](?!例)|[以如][上前](?:各[项条款种类]|所述|事项|情形|情况|规定|两[项款]|三[项款]|途径|程序|人员)|所列|第[一二三四五六七八九十百零\d]+[条款项章]"
    r"|规定的期限|这一(?:比例|标准|期限|规定)|[各该]款"
)
_POINTS_AHEAD = re.compile(r"[下以]列|以下(?!的?[罚有])(?=[各任情条事规方人材要措程办行原])|如下|[：:]")
_LATER = re.compile(
    r"[一二三四五六七八九十两\d]|(?:确认|查验|受理|申请|初审|审核|终止|公示|评议)(?=[应由可须要，的])|也|还|并|且|但|又|同时|其中|其余|期满|逾期|届满|结束|经审核|经过|有异议|公示(?:有|期)|决定|准予|不予|否则|另|确有|上级|后来|已|如果|如有|符合|合乎|不合"
    r"|情况|情形|应|可以|可视|不得|不准|必须|要|须|需|由|在此|对此|为此|不服|未|没有|因|审核|如|再|从|拒|材料|申请材料|完成|推选|补|满|不|有|对|特殊|重要|属于|认为|所|给予|依照前|最后|必要|方案|报送"
    r"|结果|裁定|名单|协议|范围|程序|公告|调查|核对|召集|组长|会议|听证|建立|救助[。，]|审核[。，]|申请[。，]|结算[。，]|指标|一般|主要|具体|原则|采用|选定|到|能|就|而|则|以此|当|到期|此|这|该|其|它|他们|上|双方|这些"
)
_AFTER = re.compile(r"[^，。]{0,10}(?:收到|接到|受理|审查|调查)[^，。]{0,6}[后，]")
"""After some application or report: which one, only what stands before can tell."""
_UNFIT = re.compile(
    r"施行(?:以前|之前|前|之日|以后|后)|十[一二三四五]五|试点|20[012]\d年(?!\d{1,2}月\d{1,2}日)|农村税费|建档立卡"
)
"""Rules for a passage from old to new and plans for a year that has gone by."""
_LONGEST = 140
_FEEBLE = re.compile(r"(?:^|[，；。])(?:此|这|该|其(?!他|中|余)|它|他们|两者|双方|后者|前者)")
_HEADS = (
    "情形|情况|条件|人员|义务|事项|材料|文件|信息|行为|职责|工作|内容|方式|原则|要求|措施|权利|职权|财产|单位和机构|单位|机构|支出|项目|收入|家庭|对象|地区|地方|案件|种类|类别|方面|证件和证件材料|"
    "证件、证明材料|证件和证明材料|证件|待遇|活动|服务|部门|机关|方法|形式|责任|费用|资金|资料|救助|保障|权限|信息内容|理由|标志|用途|决定|证据|行政许可证件|渠道|依据|目的|任务"
)
_WHICH = re.compile(
    rf"(?:下列|以下|这些)(?P<any>任一|各项|各类|各|几种|几类|几项|几(?=方面))?(?P<what>(?:[^，。；：的之、]{{0,8}}?)(?:{_HEADS}))(?P<one>之一|中的一项或者多项|之一者)?"
    r"(?=$|，|的|属于|由|应|可|不|须|时|予|参|进|作|负|分|均|都|开|，|是|需|列|向)"
)
_PLACE = re.compile(rf"{ARTICLE.pattern}(?:第[一二三四五六七八九十]+款)?")
_ENDS = re.compile(r"(?:，|应当|主要|可以|须|一般)?(?:有|包括|是|为|分为|如下|含有)$")
_COUNTED = re.compile(r"(?P<verb>有|包括|分|分为)[一二三四五六七八九十两]+[类种项个点]?$")
_STEPS = re.compile(
    r"程序|步骤|顺序|分别处理|分别办理|下列规定|分别作出|按下列|按以下|依照下列|按照下列|目的|制定依据|依据有|目标|任务是|重点"
)


def named(text: str, document: Document) -> str:
    """``text`` with the law's name for 本法, 本条例, 本办法; 本办法所称的 in front of a term is left out.

    Only the first is named, what comes later is 该法, 该条例, 该办法.
    """
    text = _SELF.sub(law_name(document), _SELF_CALLED.sub("", text))
    return _once(text, document)


def _once(text: str, document: Document) -> str:
    name = law_name(document)
    first, found, rest = text.partition(name)
    kind = re.search(r"(法|条例|办法|规定|意见|通知|纲要)(?:（[^）]*）)?》$", name)
    return first + found + rest.replace(name, f"该{kind.group(1)}" if kind else name)


def lead(document: Document, stem: str, article: str = "") -> str:
    """``stem`` with the law in front (根据《…》，); it stays as it is where it names the law itself."""
    name = law_name(document)
    if article:
        return _once(f"根据{name}{article}，{stem}", document)
    return stem if name in stem else f"根据{name}，{stem}"


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What a stem says: ``[start, end)`` of the document, a sentence with what it takes to understand it.

    Only what stands from ``focus`` on (an offset in ``text``) is asked for; before it are the sentences that lead there.
    """

    passage: Passage
    start: int
    end: int
    focus: int

    @property
    def text(self) -> str:
        """The words as they stand in the document."""
        return self.passage.document.text[self.start : self.end]

    def frame(self, start: int, end: int) -> str:
        """The sentence that is asked about without what stands at ``[start, end)`` of ``text``."""
        return self.text[self.focus : start] + self.text[end:]


def said(clause: Clause, topics: frozenset[str]) -> Said | None:
    """The sentence, with those of its paragraph before it, where it can be understood with the law's name alone.

    ``topics`` are words of the law that need no explanation. What opens an article is trusted more than what follows.
    """
    passage, start = clause.passage, clause.paragraph
    text = passage.document.text[start : clause.end]
    if len(text) > _LONGEST or not text.endswith("。") or "\n" in text or _UNFIT.search(text):
        return None
    if _POINTS_BACK.search(text) or _POINTS_AHEAD.search(text) or not _referred(text):
        return None
    opening = passage.document.text[passage.start : start]
    if article_of(passage) and not opening.removeprefix(passage.label.split("第")[0]).strip(
        "第条一二三四五六七八九十百零　 "
    ):
        trusted = True
    else:
        head = text[:24]
        trusted = not _LATER.match(text) and not _AFTER.match(text) and any(topic in head for topic in topics)
    return Said(passage, start, clause.end, clause.start - start) if trusted else None


def heading_stands(listing: Listing, topics: frozenset[str]) -> bool:
    """Whether the header of a listing can be understood by who sees only it and the law's name and article."""
    text = listing.heading
    if _POINTS_BACK.search(text) or not _referred(text) or _STEPS.search(text) or len(text) < 9:
        return False
    if listing.header.first and article_of(listing.passage):
        return True
    started = re.sub(r"^(?:下列|以下|有[下以]列|有以下)", "", text)
    return any(topic in text for topic in topics) and (started != text or not _LATER.match(text))


def _referred(text: str) -> bool:
    """Whether every 该, 其, 此 finds inside the sentence what it stands for."""
    if _FEEBLE.match(text):
        return False
    for found in re.finditer(r"该(..)", text):
        if found.group(1) not in text[: found.start()]:
            return False
    first = re.search(r"(?<![尤极与及和])其(?!他|中|余|实)|(?<!及)它|他们|此(?![外类])|这(?!里)", text)
    return first is None or first.start() >= 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A listing as questions: which of these (``closed``), which (``open``), which are named in the article or not.

    ``negative`` and ``positive`` ask for what stands in the article, so that a list that ends with 其他 is no doubt.
    """

    closed: str
    open: str
    negative: str
    """Empty, like ``positive``, where the law has no articles to name."""
    positive: str
    what: str


def ask(listing: Listing) -> Asked | None:
    """The questions of a listing's header, or ``None`` where it does not ask for members of a list."""
    document, article = listing.passage.document, _place(listing)
    that = "该款" if article.endswith("款") else "该条"
    heading = named(listing.heading, document)
    asked = _ask_which(heading) or _ask_end(heading)
    if asked is None:
        return None
    closed, open_, negative, what = asked
    where = f"{law_name(document)}{article}"
    rule = _once(f"{where}{negative.replace('该条', that)}", document) if article and negative else ""
    return Asked(
        lead(document, closed, article), lead(document, open_, article),
        f"{rule}下列各项中，{that}没有列举的是{GAP}。" if rule else "", f"{rule}下列各项中，{that}列举了的有{GAP}。" if rule else "",
        what,
    )  # fmt: skip


def _place(listing: Listing) -> str:
    """第二十三条第二款 where the article has more paragraphs than that of the listing, 第九条 where it has one."""
    found = _PLACE.match(listing.passage.label_at(listing.start, listing.end))
    return found.group() if found else article_of(listing.passage)


def _ask_which(heading: str) -> tuple[str, str, str, str] | None:
    found = list(_WHICH.finditer(heading))
    if len(found) != 1:
        return None
    match = found[0]
    before, behind = heading[: match.start()], heading[match.end() :]
    one = "之一" if match["any"] == "任一" or (match["one"] or "").startswith("之一") else match["one"] or ""
    what, behind = match["what"], behind.split("；")[0].rstrip("，")
    closed = f"{before}下列哪些{what}{one}{behind}？{GAP}"
    open_ = f"{before}哪些{what}{one}{behind}？"
    return closed, open_, f"规定，{before}该条列举的{what}{one}{behind}。", what


def _ask_end(heading: str) -> tuple[str, str, str, str] | None:
    if re.search(r"下列|以下|这些", heading):
        return None
    heading = _COUNTED.sub(lambda match: match["verb"], heading)
    found = _ENDS.search(heading)
    noun = heading[: found.start()] if found else ""
    what = re.search(rf"(?:{_HEADS})$", noun)
    if not found or not what or not re.search(r"[的应可]", noun):
        return None
    detached = noun.endswith(f"，{what.group()}")
    if detached:
        noun = f"{noun.removesuffix(what.group())}其{what.group()}"
    return (
        f"{noun}有{GAP}。",
        f"{noun}有哪些？",
        "" if detached or "；" in noun or len(noun) > 45 else f"列举了{noun}。",
        what.group(),
    )
