"""How a follow-up shows that it leans on the question before: its words, as patterns over normalised text."""

from __future__ import annotations

import re

CHANGES = re.compile(
    r"(?:换个|换一个|换一下|另外问|另一个|问个?别的|再问一个|不说这个了?|顺便问)(?:个?问题|个?事情?|个?话题)?"
    r"(?:了?再?问一?下?|问一?问)?[，,：:\s]*"
)
"""Says that what follows is about something else."""
LEADING = re.compile(
    r"^(?:那么|那(?![个些里种位年天时笔])|咁|还有|然后|另外|以及|而且|我?再问下?|请问|我?想问|接着|and|what about|how about|then)"
    r"[，,\s]*",
    re.IGNORECASE,
)
TRAILING = re.compile(r"(?:的|嘅)?(?:呢|咧|呐|呀|啊|哩|的话)*[？?。！!\s]*$")
ASKS_ABOUT = re.compile(r"[呢咧哩][？?。！!\s]*$")
YEAR = re.compile(r"(?:19|20)\d{2}年?度?|[012]\d年|今年|去年|上一?年|前年|明年|往年")
MONTH = re.compile(r"上半年|下半年|\d{1,2}月份?")
ARTICLE = re.compile(r"第?[零〇一二三四五六七八九十百千\d]+条")
PLACE_IN_LAW = re.compile(
    r"^第?[零〇一二三四五六七八九十百千\d]+[条款项](?:第.{1,6}[款项])*"
    r"(?:规定|说|讲|写)?(?:了|的)?(?:什么|是什么|内容|内容是什么|啥)?$"
)
NEIGHBOUR = re.compile(r"^(上|下|前|后)一?条")
TITLE = re.compile(r"《[^》]+》|[\u4e00-\u9fff]{2,24}?(?:法|条例|办法|规定|意见|通知|细则)(?:[（(][^）)]*[）)])?(?=第)")
"""A document before one of its articles."""
KINDS_OF_DOCUMENT = ("法", "条例", "办法", "纲要")
PRONOUN = re.compile(
    r"它们?|他们|她们|"
    r"(?:这|那)(?:个|种|些|类|项|笔|样)?(?:补贴|救助|钱|东西|人|孩子|组织|单位|登记|办法|规定|证|事)?"
    r"(?=[的要是怎由在能可有需归向还得该应多哪谁什])|该(?=的|由|向|如何|怎)"
)
SAME_DAY = re.compile(r"当天|那一?天|到时候?|届时")
CONDITION = re.compile(r"^(?:如果|要是|万一|假如|假设|倘若|若)")
EMPTY = re.compile(
    r"[的呢嘅，,。？?\s]|里面|面|规定|定|多少|是|标准|到|钱|一个月|每个?月|能领|领|有|为|元|怎么样|情况|居民|的话|方面|一共|总共|又|也"
)
"""What may be left of a follow-up that only exchanges slots."""
ASPECTS = (
    (r"材料|资料|证件|要带的(?:材料|东西)", "需要什么材料"), (r"条件|资格|要求|认定条件|申请条件", "的条件是什么"),
    (r"流程|程序|步骤|手续|申请流程|办理流程", "的程序是什么"), (r"时间|期限|时限|办理时间|办理时限", "要多久"), (r"人数", "有多少人"),
    (r"户数", "有多少户"), (r"标准|金额|补贴标准|发放标准", "标准是多少"), (r"费用|收费|手续费", "收多少钱"), (r"地点|地址|地方|窗口", "在哪里办理"),
    (r"部门|主管部门|单位", "由哪个部门负责"), (r"处罚|罚款|罚则", "怎么处罚"), (r"定义|含义|意思", "是什么意思"), (r"对象|范围|人群", "包括哪些人"),
    (r"比例", "比例是多少"), (r"年龄|岁数", "年龄是多少"), (r"发放|总额|资金|总金额|发放总额", "发放多少钱"),
)  # fmt: skip
"""Nouns that name another side of the subject, and how one asks for it."""
OTHER_SIDE = re.compile(
    r"申请|材料|证件|带什么|准备什么|条件|办理|怎么办|审批|审核|[谁批]|领|收费|收不收|收钱|要钱|花钱|免费|多少[人户](?:$|领|享受|能|在|受益)|流程|程序|步骤|"
    r"哪里|哪儿|去哪|电话|网上|代办|代为|交钱|办好|办完|下来|到手|标准|多少钱|什么是|是什么|包括|发放|到账"
)
"""What asks for another side of the subject."""
GOES_ON = re.compile(
    r"延长|最长|最短|最多|最少|最低|最高|至少|提高|降低|调整|之前|以前|以后|之后|超过|逾期|例外|为什么|全部|一样|必须|一定|可以|上去|通过|评上|"
    r"多长时间|一共|总共|别人|自己|本人|家人|家里人|亲戚"
)
"""What asks on about what was asked, and says nothing by itself."""
NO_THING = re.compile(
    r"^(?:多.*|几.*|什么.*|怎么.*|哪.*|谁|是.*|可以|需要|没有|有没有|现在|每个月|家里|给|为什么|不服|申请|材料|标准|期限|年龄|发放|一次.*|"
    r"领取|受理|办理|收入|证明|审核确认|不同意|报告|条件)$"
)
"""Terms of a question that are not what it is about."""
LIMIT = re.compile("最低|最高|以前|之前|原来|现在")
ACTS = "申请|办理|成立|设立|参加|提出"
"""What is done with a subject: it is carried along with it."""
AFTER_SUBJECT = re.compile("需要|要|由|找|去|到|向|让|经")
"""What stands behind the subject of a question and before those who only have a part in it: 需要村委会证明吗."""
YES_NO = re.compile("[吗嘛]|能不能|可不可以|要不要|会不会|有没有|是不是")
