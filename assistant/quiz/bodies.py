"""Bodies that act: who they are, at which level, and which of them a distractor may name.

Two bodies overlap where one may be meant by the other: 县级以上人民政府民政部门 takes in 县级人民政府民政部门, and a
社会救助管理部门 may be a 民政部门. A body that overlaps the key is never offered as a wrong option.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = (
    r"(?:人民政府|部门|机关(?!报)|机构(?!代码)|委员会|办事处|法院|会议|业务主管单位|评估办公室|专家组|救助站|理事会|监事|理事长"
    r"|村民小组|居民小组|慈善组织|志愿服务组织|残联组织|基金会)(?:（[^）]{2,8}）)?"
)
_NAME = rf"(?P<body>[^，。；：“”《》\s]{{0,28}}?{_END})"
_DONE = (
    r"(?:负责|决定|审核|批准|确定|制定|制订|规定|公布|主持|组织|受理|办理|设立|予以|给予|责令|依法|会同|主管|作出|指定|承担|领导|建立|监督|指导|审查|推选|选举|实施|核准|收缴|撤销|统一|召集|讨论|协调|出具"
    r"|认定|登记|解释|管理|提供|提出|通知|告知|行使|登记|处理|没收|取缔|聘任|颁发|发给|补助|结算|定期|进行|当场|直接|收取|安排|采取|处以|批评|评估|调查|核实|报|交|应当|可以|不得|直接)"
)
_AGENT = re.compile(rf"(?<![理自])由(?!于){_NAME}(?={_DONE})")
_ADDRESSEE = re.compile(
    rf"(?:^|[，。；、])?(?:应当|可以|及时|有权|书面|或者|当|，|直接|依法|都|先|再|者|人|会|位|的|并|款|员|织)向{_NAME}(?=申请|提出|报告|报送|备案|举报|反映|登记|移送|提请|送达|请求|投诉)"
    rf"|(?:报请?|报送)(?P<to>[^，。；：“”《》\s]{{0,28}}?{_END})(?=批准|备案|同意|审批|审核|决定|核准|裁定|复核)"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=[。；])|(?<=的，)){_NAME}(?=(?:应当|负责|可以|有权|给予|予以|责令|决定|依法|不得|应)(?!.{{0,4}}根据))"
)
_JOINED = re.compile(r"、|或者|以及|和(?!解)|与(?!会)|及其?|会同|同(?=\S{2,6}部门)")
_VAGUE = re.compile(
    r"有关|相关|其他|上述|所属|该|其|本级|同级|原|各自|哪|它|下列|以下|主管部门和|作出|这|任何|受理|各级机关|机关、单位|所在单位|他人|委托|被|受|某|县级以上人民政府部门"
)
_NO_NAME = re.compile(
    r"[的由经给把等对为从应会同将让使向以被受在]|如果|应当|可以|具有|自己|涉及|人民政府工作部门|^(?!慈善|志愿|残联|县级|地方).*组织$|^[及还也都只须要先可]|派|送|责令|申请(?!人)|到|^[一本]|有权|制作|命名|执行机关|国家机关|收到|交|报|未|不得"
)
_FINE = re.compile(r"以上|委员会|会议|社会|理事会|监事会|经济|信访联席|报刊|互联网|先锋")
_LEVELS = {
    "国务院": "国", "中央": "国", "全国": "国", "国家": "国", "最高": "国", "省级": "省", "省、自治区、直辖市": "省", "省（": "省",
    "设区的市": "市", "市级": "市", "市（": "市", "县级": "县", "市、县": "市县", "市辖区": "县", "县（": "县", "乡镇": "乡", "乡、民族乡、镇": "乡",
    "街道": "乡", "乡级": "乡",
}  # fmt: skip
_ABOVE = {"国": "国", "省": "国省", "市": "国省市", "县": "国省市县", "乡": "国省市县乡"}
_ORGANS = (
    "民政", "财政", "教育", "公安", "司法行政", "应急管理", "卫生健康", "医疗保障", "人力资源社会保障", "住房城乡建设", "住房保障",
    "审计", "农业农村", "税务", "市场监督", "监察", "检察", "法院", "街道办事处", "村（居）民委员会", "村民委员会", "居民委员会",
    "村民会议", "村民代表会议", "村民小组", "居民会议", "居民代表会议", "居民小组", "选举委员会", "监督机构", "监督委员会",
    "业务主管单位", "理事会", "监事", "理事长", "救助站", "救助管理机构", "医疗机构", "评估委员会", "复核委员会", "评估办公室",
    "专家组", "信访", "联席会议", "复议机构", "复议机关", "财政部门", "互联网信息", "退役军人", "军事", "文化旅游", "金融", "残联",
    "学校", "网信", "慈善组织", "志愿服务组织", "党",
)  # fmt: skip
_ROLE = re.compile(r"复议机[关构]|登记管理机关|登记机关|业务主管单位|制定机关|^行政机关|[^察安]机关$")
"""Names of a part that a government or one of its departments plays."""
_GOVERNMENT = re.compile(r"人民政府|部门")
_IS_GOVERNMENT = re.compile(r"人民政府(?:（[^）]*）)?$")
_SELF_RULE = re.compile(r"村民|居民|村务|居务")
_WILD = ("社会救助管理部门", "行政机关", "机关", "部门", "机构")
_REGISTRAR = re.compile(r"登记管理机关|收养登记机关|婚姻登记机关|登记机关")


@dataclass(frozen=True, slots=True)
class Body:
    """A body at ``[start, end)`` of a text; ``role`` is what it does there: 由 (acts), 向 (is addressed) or 主 (subject)."""

    start: int
    end: int
    name: str
    role: str


def bodies(text: str) -> list[Body]:
    """The bodies that a sentence names as acting or addressed, alone (not two of them joined), in order."""
    found = []
    for pattern, role in ((_AGENT, "由"), (_ADDRESSEE, "向"), (_SUBJECT, "主")):
        for match in pattern.finditer(text):
            group = "body" if match["body"] else "to"
            name = match[group]
            if plain(name):
                found.append(Body(*match.span(group), name, role))
    return sorted(found, key=lambda each: each.start)


def plain(name: str) -> bool:
    """Whether a name is that of one definite body, no coordination, nothing that points elsewhere."""
    bare = name.replace("省、自治区、直辖市", "省级").replace("乡、民族乡、镇", "乡镇").replace("市、县", "市县")
    bare = re.sub(
        r"(?<=[镇区市])的(?=人民政府)", "", bare.replace("不设区的市、市辖区", "县级").replace("设区的市", "市")
    )
    bare = _FINE.sub("○", bare)
    return 3 <= len(name) <= 24 and not (_JOINED.search(bare) or _VAGUE.search(bare) or _NO_NAME.search(bare))


def overlap(one: str, other: str) -> bool:
    """Whether one body may be meant by the other: the same organ, or a wider word for it, at a common level."""
    if one in other or other in one:
        return bool(_levels(one) & _levels(other)) and (_levels(one) == _levels(other) or _organ(one) == _organ(other))
    if (_ROLE.search(one) and _GOVERNMENT.search(other)) or (_ROLE.search(other) and _GOVERNMENT.search(one)):
        return True
    if _IS_GOVERNMENT.search(one) and _IS_GOVERNMENT.search(other):
        return bool(_levels(one) & _levels(other))
    first, second = _organ(one), _organ(other)
    return bool((first & second) or "*" in first | second) and bool(_levels(one) & _levels(other))


def akin(one: str, other: str) -> bool:
    """Whether two bodies are of one system (both 民政, both of a village) or named for a common level (县级)."""
    if _organ(one) & _organ(other) - frozenset("*") or (_SELF_RULE.search(one) and _SELF_RULE.search(other)):
        return True
    return bool(_named_levels(one) & _named_levels(other))


def organs(name: str) -> frozenset[str]:
    """The fields of work that a body's name says: 财政 for 国务院财政部门; none for a government as such."""
    return frozenset(organ.removesuffix("部门") for organ in _ORGANS if organ in _without_government(name))


def _without_government(name: str) -> str:
    """A name without 人民政府, in which 民政 stands by chance."""
    return name.replace("人民政府", "○")


def _organ(name: str) -> frozenset[str]:
    if _REGISTRAR.search(name):
        return frozenset(("民政",))
    found = frozenset(organ for organ in _ORGANS if organ in _without_government(name))
    if found:
        return found
    if name.endswith("人民政府"):
        return frozenset(("人民政府",))
    return frozenset("*") if name.endswith(_WILD) else frozenset((name,))


def _levels(name: str) -> frozenset[str]:
    return _named_levels(name) or frozenset("国省市县乡")


def _named_levels(name: str) -> frozenset[str]:
    """The levels that a name says; none where it says nothing of it."""
    if re.search(r"各级", name):
        return frozenset("省市县乡" if "地方" in name else "国省市县乡")
    found: set[str] = set()
    for word, level in _LEVELS.items():
        if word in name:
            found |= set(_ABOVE[level[-1]]) if re.search(rf"{re.escape(word)}\S{{0,2}}以上", name) else set(level)
    if "地方" in name:
        found -= {"国"}
    return frozenset(found)
