"""How a follow-up shows that it leans on the question before: its words, as patterns over normalised text."""

from __future__ import annotations

import re

CHANGES = re.compile(
    r"(?:换个|换一个|换一下|另外问|另一个|问个?别的|再问一个|不说这个了?|顺便问)(?:个?问题|个?事情?|个?话题)?"
    r"(?:了?再?问一?下?|问一?问)?[，,：:\s]*"
)
"""Says that what follows is about something else."""
LEADING = re.compile(
    r"^(?:(?:那么|那(?![个些里种位年天时笔])|咁|还有|然后|另外|以及|而且|我?再问下?|请问|我?想问|接着|and|what about|how about|then|"
    r"(?:这|那)?(?:其中|里[面头边]|当中|中间)的?(?!什么)|对了|具体(?=手续|怎|咋|如何|要|是|需|该|办|流程|步骤|程序)|其(?=最[长多高短少低]|[可又还能])|还有一?[个件]事(?:情|儿)?|(?:如果|要是|若是?)?(?:换成|换作|换做|轮到))[，,\s]*)+",
    re.IGNORECASE,
)
_REQUEST = (
    r"(?:(?:也|再|又|一起|顺便)(?:给我|帮我|跟我)?|给我|帮我|跟我)"
    r"(?:看看|看一?下|查查|查一?下|说说|说一?下|讲讲|讲一?下|列一?下|列出来)(?:吧|呗|好吗|行吗)?"
)
TRAILING = re.compile(rf"(?:的|嘅)?(?:{_REQUEST})?(?:呢|咧|呐|呀|啊|哩|的话)*[？?。！!\s]*$")
ASKS_ABOUT = re.compile(
    rf"^(?:那|那么)?(?:如果|要是|若是?)?(?:换成|换作|换做|轮到)|[呢咧哩][？?。！!\s]*$|^[^，,]*{_REQUEST}[？?。！!\s]*$"
)
"""Names one thing and asks the same of it."""
OF_WHOLE = re.compile(r"^(?:那|那么)?[，,]?(?:这|那)?(?:其中|里[面头边]|当中|中间)(?!什么)")
"""Asks for a part of what the question before counted: 里头民非占几个."""
NOMINAL = re.compile(rf"[的嘅](?:{_REQUEST})?[呢咧哩]?[？?。！!\s]*$")
"""Leaves out the noun that its words describe: 收入不固定的呢."""
TOPIC = re.compile(r"^([^，,。？?]{1,10})[呢咧][，,]\s*(?=\S)")
"""What a follow-up is about, before its question: 支出型呢，收入上有什么要求."""
YEAR = re.compile(
    r"(?:19|20)\d{2}年?度?[底末]?|[012]\d年|今年|去年|上一?年|前年|明年|往年|十[一二三四五六]五”?(?:期间|时期)?"
)
YEARS_ON = re.compile(
    r"(?:再|又|更)?(?:(?:往|向)?(?P<back>前|上|早)(?:推|数)?|(?:往|向)?(?:后|下|晚)(?:推|数)?)(?P<count>[一1两二2三3])年度?|"
    r"次年|第二年"
)
"""A year as seen from the one in the question before: 再往前一年, 第二年."""
MONTH = re.compile(r"上半年|下半年|\d{1,2}月份?")
ARTICLE = re.compile(r"第?[零〇一二三四五六七八九十百千\d]+条")
PLACE_IN_LAW = re.compile(
    r"^第?[零〇一二三四五六七八九十百千\d]+[条款项](?:第.{1,6}[款项])*"
    r"(?:规定|说|讲|写)?(?:了|的)?(?:什么|是什么|内容|内容是什么|啥)?$"
)
SAME_ARTICLE = re.compile(
    r"^(?:这|该|那)一?条的?(?:是?(?:什么|啥)意思|怎么理解|[说讲]的?(?:是?什么|啥)|内容|全文|原文)?$"
)
NEIGHBOUR = re.compile(r"^(上|下|前|后)一?条")
TITLE = re.compile(r"《[^》]+》|[\u4e00-\u9fff]{2,24}?(?:法|条例|办法|规定|意见|通知|细则)(?:[（(][^）)]*[）)])?(?=第)")
"""A document before one of its articles."""
NUMBERED = re.compile(r"[〔\[（(](?:19|20)\d{2}[〕\]）)]\s*\d+号")
"""A document by its number: 连民〔2024〕28号."""
KINDS_OF_DOCUMENT = ("法", "条例", "办法", "纲要")
PRONOUN = re.compile(
    r"它们?|他们|她们|其(?![中他它余实次])的?|"
    r"(?:这|那)(?:个|种|些|类|项|笔|样)?(?:补贴|救助|钱|东西|人|孩子|组织|单位|登记|办法|规定|证|事)?"
    r"(?=[的要是怎由在能可有需归向还得该应多哪谁什])|该(?=的|由|向|如何|怎)"
)
HERE = re.compile("这里|这边|这儿|本地|当地|我们|咱|国家|全国|一般|各地")
"""Names a place without its name."""
SAME_DAY = re.compile(r"当天|那一?天|到时候?|届时")
CONDITION = re.compile(r"^(?:如果|要是|万一|假如|假设|倘若|若)")
COMPARED = re.compile(
    r"^(?:再|要是|如果)?(?:加上|连上|算上|连同)[^，,]{1,16}?[，,]?[^，,]{0,6}?(?:一共|总共|合计|拢共|加起来)[^，,]{0,4}?(?:多少|几)|"
    r"^[^，,多几]{0,6}(?:和|跟|与|同|比)[^，,]{1,14}?(?:(?:一共|总共|合计|加起来|相?差|[多少高低贵长短]了?)了?(?:多少|几)|哪个|谁[更多高]|(?:有|是)(?:什么|啥)(?:区别|不同|差别)|(?:是不是)?(?:一样|相同))"
)
"""Sets what was asked about against something else: 比城镇少多少."""
THAN_IT = re.compile(
    r"^(?P<other>[^，,]{2,10}?)的?比(?:它|这个|那个|前者|前面的)[高低多少贵]了?(?P<much>(?:多少|几)\w{0,2})$"
)
"""Sets another against what was asked about: 城镇的比它高多少."""
TWO_SIDES = re.compile("[^，,]{2,6}(?:和|跟|与|同|比)")
"""Names both that are compared: 城镇比农村少多少."""
BOTH = re.compile(
    r"^(?:它们|他们|这|那)?(?:(?:两|二)[个者种项笔样边类]|俩)?(?:之?间)?(?:的?标准)?(?:加起来|合起来|合计|相?差了?)(?:一共|总共)?[是有]?(?:多少|几)\w{0,2}$|"
    r"^(?:它们|他们|这|那)?(?:(?:两|二)[个者种项笔样边类]|俩)(?:之?间)?(?:加起来|合起来|合计|相?差)$|"
    r"^(?:一共|总共|合计|拢共)[是有]?(?:多少|几)(?:[个户人家元块钱]|人次)?$|"
    r"^(?:它们|他们|这|那)?(?:(?:两|二)[个者种项笔样边类]|俩)(?:之?间)?(?:一共|总共)[是有]?(?:多少|几)\w{0,2}$"
)
"""Takes the two questions before it together: 两个加起来多少, 差多少."""
NOW = re.compile(
    r"^(?:现在|如今|目前|现行|最新|新)的?(?:那?[个部版])?(?:办法|条例|法律?|规定|标准|版本?|政策)?(?:里|上)?[是有]?(?:怎么(?:样|说|规定)?的?|多少)?$"
)
"""Asks for what holds today, behind a question for an earlier version."""
OLD = re.compile(
    r"(?<=\d)年?版的?|以前|过去|原来|从前|当时|当年|旧的?|老(?=版|办法|条例|规定|标准)|那[部个版]|(?<=年)版的?|试行的?"
)
"""What says that an earlier version is asked for."""
EMPTY = re.compile(
    r"[的呢嘅，,。？?\s]|里面|面|规定|(?:涨|升|提高?|上?调整?|加|降|变)(?:到|成|为)|定|多少|是|标准|到|钱|一个月|每个?月|能领|领|有|为|元|"
    r"怎么样|情况|居民|的话|方面|一共|总共|又|也|了|年?底|年末|修[订改正]|改|新?版本?|那?部?(?:条例|法)(?:里面?|上)?|公布|发布|出台|占|发放?|全年|整年|全部"
)
"""What may be left of a follow-up that only exchanges slots."""
COUNT = re.compile(r"(?:多少|几)(?P<unit>人次|个|家|人|名|位|户|元|块|钱)")
BARE_COUNT = re.compile(r"(?<=[有共])多少(?![\u4e00-\u9fff])")
"""Asks how many without saying of what kind: 社会组织有多少."""
MONEY = frozenset("元块钱")
SAME_UNITS = (frozenset("个家"), frozenset("人名位"), frozenset("户"), MONEY, frozenset({"人次"}))
"""How many of what is asked for: 几家 and 多少个 count the same things."""
BEFORE = re.compile(
    r"^(?:在)?(?:(?P<change>(?:还?没有?)?(?:提高|上?调整?|涨|升|增?加|改|变)[了价]?)(?:之前|以前|前)|之前|以前|原来|原先|过去)"
    r"的?(?:标准)?(?:[是有领拿发给]*(?:多少钱?|几多|什么|怎么样))?$"
)
"""Asks for what an amount was before it was changed."""
AMOUNT = re.compile(r"(?:每人)?(?:每个?月|每年)?(?:能|可以|可)?(?:领|拿|发|给)?(?:到|是|为|有)?(?:多少|几)|$")
"""Where a question asks for an amount."""
CLASSED = re.compile(
    r"(?:^|(?<=[，,]))[^，,]{2,14}?(?=(?:能|可以|会|应该|应当)?(?:算不算|算[是作]?|属不属于|属于|计不计入|计入))"
)
"""The thing of which it is asked whether it counts as something."""
BARE = re.compile(
    r"(?:^|[，,])(?:(?:这|那)(?:样|种情况)?)?(?:该|要|应该|得)?"
    r"(?:怎么办|怎么弄|咋办|咋整|找谁|谁来?(?:帮|管)我?|(?:还)?(?:行不行|行吗|可以吗|能申请吗|算不算|算吗|有影响吗|要紧吗))$"
)
"""Asks, after what the case is, without saying of what: 老人不识字，怎么办."""
CASE = re.compile("^[^，,]{1,12}(?:算不算|算吗|有影响吗|有没有影响|要紧吗)$")
"""Asks of a case whether it is one of what was asked about: 大学生算吗."""
FOR_WHOM = re.compile(
    r"^(?:(?:已经|现在)?(?:有|吃|领|拿|享受|是|属于)了?[^，,]{2,10}?的?|[^，,]{0,10}(?:户|家庭|人员?|者|儿童|孤儿|对象|的))(?:还|也|又|都|是不是)?"
    r"(?:能|可以|能不能|可不可以|算不算|算)(?:再|一起|同时|继续)?(?:领|拿|申请|享受|办|吃|评)?[取到]?[吗不嘛么]?$"
)
"""Asks who may have what the conversation is about, without naming it: 有低保还能领吗."""
WITHOUT_SUBJECT = re.compile(
    r"^(?:还|又|也)?(?:能不能|可不可以|要不要|能|可以|需不需要|需要|必须|得)[^，,]{1,7}$|^[^，,]{0,6}(?:怎么|如何|会不会)处?罚(?:款|钱)?$|"
    r"^[^，,]{0,6}罚款?(?:多少|几)[^，,]{0,2}$"
)
"""Asks what may be done, or how something is punished, without saying by whom or in what matter: 能带律师吗."""
OTHER_OF_TWO = re.compile("(?<=[和跟与同])(?:它们?|这个|那个|前者|前面那个|刚才(?:说的)?那个)")
"""Sets what the conversation is about beside something named: 护理补贴和它能一起领吗."""
PARTICIPANT = re.compile(
    r"(?:让|叫|(?<![申邀聘])请|委托|由|找)[\u4e00-\u9fff]{1,10}?(?=代|帮|来|去|办|签字|交|领|出面)"
)
"""Who does something for somebody, which is not what a question is about: 让村委会代办."""
SERVICE = re.compile(r"(?:请|麻烦|能不能|可不可以|可以)?(?:你们?)?[帮给替]我(?:推荐|介绍|写|订|买|约|打|叫|联系|找|转)")
"""Asks for something to be done, not for what holds: 帮我推荐个律师."""
DESCRIBED = re.compile(r"^(?P<how>[^，,]{2,16}?)的(?=多久|多长|多少|几|怎么|能|可以|要|会|由|找|谁|归|该)")
"""Words that describe what a question is about, without its noun: 被降级的多久不能再评."""
DONE = re.compile(r"^(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:之前|以前|之后|以后|的时候|[好完]了)")
"""When something that was asked about is done: 交之前."""
OF_A_PERSON = re.compile(r"(?:我|我们|他|她|本人|家)(?:是|来自)[\u4e00-\u9fff]{2,6}?人(?=[，,。\s])")
"""Where a person comes from, which is not where a rule holds."""
ASPECTS = (
    (r"材料|资料|证件|要带的(?:材料|东西)", "需要什么材料"), (r"条件|资格|要求|认定条件|申请条件", "的条件是什么"),
    (r"流程|程序|步骤|手续|申请流程|办理流程", "的程序是什么"), (r"时间|期限|时限|办理时间|办理时限", "要多久"),
    (r"人数|人", "有多少人"),
    (r"(?:费用|收费|手续费)吗", "收费吗"), (r"户数|户", "有多少户"),
    (r"标准|金额|补贴标准|发放标准", "标准是多少"), (r"费用|收费|手续费", "收多少钱"),
    (r"地点|地址|地方|窗口", "在哪里办理"),
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
NO_NOUNS = frozenset(
    "东西 事情 情况 时候 地方 问题 手续 后果 目标 目的 任务 原则 内容 原因 理由 结果 期限 日期 次数 数量 金额 等级 级别 好处 作用 违法所得 "
    "县里 镇里 村里 市里 省里 乡里 区里 街道 上面 上级".split()
)
"""Nouns that name nothing by themselves, or the office that anything may be done at."""
KIN = frozenset("邻居 亲戚 朋友 家人 爸爸 妈妈 父亲 母亲 儿子 女儿 老公 老婆 丈夫 妻子 爷爷 奶奶 我爸 我妈".split())
"""Of whom people tell: they do not say what a question is about."""
PERSONS = ("人", "员", "者", "童", "子女")
"""How names of people end, who may be meant within any subject."""
PART = re.compile(r"(?:它|他|她)们?的(?P<part>[^，,]{2,8})$")
OPPOSITE = {"最少": "最多", "最低": "最高", "最短": "最长", "至少": "最多"}
OPPOSITE |= {most: least for least, most in list(OPPOSITE.items())[:3]}
"""The other end of a limit."""
ONLY_LIMIT = re.compile(
    "^(?P<limit>最[多少高低长短]|至少)(?:(?:可以|能|要|有|是)*(?:多少|几|多久|多长)?[个人天日年月元]?)?$"
)
"""Asks for nothing but the other end: 那最多呢."""
LIMIT = re.compile("最低|最高|以前|之前|原来|现在")
ACTS = "申请|办理|成立|设立|参加|提出"
"""What is done with a subject: it is carried along with it."""
ACT_UPON = re.compile("认定|登记|注销|变更|备案|评估|年检|换届|选举|罢免")
"""What is done with a subject, right behind its name: 慈善组织认定."""
AFTER_SUBJECT = re.compile("需要|要|由|找|去|到|向|让|经")
"""What stands behind the subject of a question and before those who only have a part in it: 需要村委会证明吗."""
YES_NO = re.compile("[吗嘛]|能不能|可不可以|要不要|会不会|有没有|是不是")
