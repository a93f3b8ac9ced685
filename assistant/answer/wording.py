"""How people ask: the words by which a question shows its form, the quantity it wants, its year; and those that say nothing."""

from __future__ import annotations

import re
from enum import Enum


class Form(Enum):
    """The kinds of question, each answered in a form of its own."""

    ARTICLE = "article"  # 慈善法第二十二条说什么
    FIGURE = "figure"  # 多少钱, 多少人, 多久
    DOCUMENTS = "documents"  # 要带什么材料
    PROCEDURE = "procedure"  # 怎么申请
    WHO = "who"  # 由谁决定
    WHEN = "when"  # 什么时候施行
    DEFINITION = "definition"  # 什么是…
    CONDITION = "condition"  # 哪些人可以, 什么条件
    YES_NO = "yes_no"  # 能不能, 是不是
    WHICH = "which"  # 哪个更高
    OTHER = "other"


class Kind(Enum):
    """Kinds of quantity; a question for one kind is never answered with another."""

    MONEY = "money"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    THINGS = "things"
    PERCENT = "percent"
    TIME = "time"
    AGE = "age"
    MULTIPLE = "multiple"
    FREQUENCY = "frequency"  # 多久一次: 每半年


_ONCE = "(?<!第)[一1](?:次(?!性)|回(?!事)|趟|遍|轮)"
_HOW_LONG = "(?:多久|多长时间|多少时间|(?:多少|几)个?(?:天|日|周|星期|礼拜|月|季度|年))"
KINDS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.FREQUENCY,
        rf"{_HOW_LONG}(?![之以]?[内后前])[^，,。；？?]{{0,12}}?{_ONCE}|(?:每?隔|间隔){_HOW_LONG}|频率|频次|多少?频繁|"
        r"(?:一年|1年|每年|一个?季度?|每个?季度?|一个?月|每个?月|半年|一周|每周|每届|年内)[^，,。；？?]{0,10}?(?:几|多少)(?:次|回|趟|遍|轮)",
    ),
    (Kind.PERCENT, r"百分之几|百分比|比例|占比|几成|[率幅](?:[是为有]|达到?了?)?多少|多少%"),
    (Kind.MULTIPLE, r"几倍|多少倍|倍数"),
    (Kind.AGE, r"几岁|多大年[纪龄]|多少岁|年龄|(?<![\d十])周岁"),
    (
        Kind.TIME,
        r"多久|多长时间|几天|多少天|几个?(?:工作)?日|多少个?(?:工作)?日|期限|时限|几个月|多少个月|几年|多少年|有效期",
    ),
    (Kind.HOUSEHOLDS, r"多少(?:个?家庭|户)|几户|户数"),
    (
        Kind.PEOPLE,
        r"多少(?:个|名|位)?人|几(?:个|名|位)?人|人数|多少(?:名|位)|几(?:名|位)|"
        r"多少(?:儿童|孤儿|老人|老年人|对象|残疾人|居民|村民|社员|选民|代表|会员|委员|成员|职工|志愿者)",
    ),
    (
        Kind.MONEY,
        r"多少钱|几多钱|多少[\u4e00-\u9fff]{0,3}(?:费|款|资金|经费|补贴|津贴|补助)|多少元|多少块|多少万|金额|罚款多少|罚多少|费用|收费|多少资金|多少低保金|多少补贴|[发领拿补给罚]多少|(?:(?<![差名])额度?|费|经费|资金|工资|薪酬|价格)[是为]?多少|(?:每月|每个月|补贴|补助|津贴|生活费)(?:能|可以|有|是|发|补|给|领|拿)*多少",
    ),
    (Kind.THINGS, r"多少(?:个|家|项|件|份|次|所|起|条)|几(?:个|家|项|件|份|次|所|起)|数量"),
)
EVERY = re.compile(
    r"(?<!人)(?<!户)每隔?(?:[一二两三四五六七八九十半\d]+个?)?(?:年度?|季度?|个?月|个?星期|周|[天日](?!制)|旬|学期)(?!应?纳|人)|"
    r"每届(?:任期)?[一二三四五\d]年|按(?:年度?|季度?|月|周|[日天])(?!计算|计发|规定)|[一1](?:年|个?季度?|个?月|周)(?:至少)?[一二两三四五六\d]次"
)
"""States how often: 每半年核查一次, 按季发放, 每天上报. What each person gets each month is no such thing."""
COUNTED = re.compile(r"(?:多少|几)(?:个|家|名|位|项|件|份|条|所|种|间)?(?=[\u4e00-\u9fff])")
"""Before the noun that is counted: 几个镇."""
HOW_MANY = re.compile(
    r"多少|几(?:个|家|项|件|份|次|回|户|人|名|位|天|日|年|倍|成|岁|元|块|级)|多久|多长|多大|多高|百分之几|频率|频次|how (?:much|many|long|often)"
)
UNCOUNTED = re.compile(
    r"(?<=[十百千万])几|几(?=[十百千万])|(?<=哪)几(?=[个种类样项步点])|好几|没几|几(?=句|回事)|[这那近们俺咱]几|"
    r"(?<![超通经])过几(?=[天日年])|"
    r"几(?=[个位家户名][^，,。？?]{1,6}(?:一起|一同|共同|联合|同时|都|全|轮流))"
)
"""A number left open that nobody asks for: 六十几岁, 好几个, 几个部门一起; 哪几个步骤 asks which."""
DECIDES = re.compile(
    r"([\u4e00-\u9fff])[不没]\1|可不可以|有没有(?:权|资格|义务|必要|责任)|是否|合不合(?:法|规|理)|允不允许|[吗嘛]$|行不$"
)
"""In the last clause this asks for yes or no, whatever was counted before: 给了多少，要不要让大家知道."""
FORMS: tuple[tuple[Form, str], ...] = (
    (
        Form.DOCUMENTS,
        r"什么(?:材料|资料|证件|手续|证明)|哪些(?:材料|资料|证件|手续|证明)|(?:材料|证件)(?:有|清单|$)|带什么|准备什么|提交什么|需要(?:的)?材料",
    ),
    (Form.WHEN, r"什么时候|何时|哪天|哪一天|几时|哪年|哪一年|几月|哪个月|几号|施行日期|什么日期"),
    (
        Form.WHO,
        r"由谁|由哪|谁(?:负责|来|审批|决定|管|确认|批)|(?:哪一?(?:个|级|些|家)?|什么)(?:部门|单位|机关|机构|民政|(?:人民)?政府)|归谁|[归由属]于?哪|找谁|哪里(?:申请|办)|去哪",
    ),
    (Form.WHICH, r"哪(?:一?个|种|边|样)(?:应当|应该|要|会)?(?:更|高|低|多|少|大|小|先|优)"),
    (Form.DEFINITION, r"什么(?:是|叫)|是什么|是指|指的是|何谓|何为|[含涵]义|定义|界定|什么意思|什么[^，。？]{0,3}才叫"),
    (Form.PROCEDURE, r"怎么|如何|流程|程序|步骤|手续|怎样"),
    (Form.CONDITION, r"哪些人|什么人|谁(?:可以|能)|什么条件|哪些条件|什么情[况形]|哪些情[况形]|条件|符合"),
    (
        Form.YES_NO,
        r"能不能|可不可以|可以.*吗|能.*吗|算不算|是不是|是否|要不要|[吗嘛么](?=，|$)|(?<![要好对差])[不没](?=，|$)",
    ),
)
ASKING = re.compile(
    r"(?:有|是|要|为)?(?:多少|几)(?:个|名|位|户|家|项|件|份|次|所|天|年|倍|元|钱|块|岁)?(?:人次?|钱|工作日|月)?|"
    r"多久|多长时间|什么时候|何时|几时|时候|怎么样|怎么|如何|怎样|什么|哪些|哪个|哪里|哪天|请问|想问|问一?下|你好|您好|麻烦|告诉我|"
    r"是不是|是否|能不能|可不可以|要不要|为什么|由谁|谁|规定(?=$|了)|说了?什么|的话"
)
FORM_WORDS: dict[Form, frozenset[str]] = {
    Form.DOCUMENTS: frozenset("材料 资料 证件 手续 证明 带 准备 提交 需要 清单".split()),
    Form.CONDITION: frozenset("符合 条件 符合条件 算 算不算 资格 满足".split()),
    Form.YES_NO: frozenset("算 算不算".split()),
    Form.DEFINITION: frozenset("含义 定义 意思 是指 叫".split()),
    Form.PROCEDURE: frozenset("流程 程序 步骤 手续 办 办理".split()),
    Form.WHO: frozenset("部门 单位 机关 机构 负责 去 找 归 管".split()),
    Form.WHEN: frozenset("时候 日期 哪天".split()),
    Form.FIGURE: frozenset(
        "多少 数量 总数 期限 时限 时间 长时间 比例 占比 金额 人数 户数 几 年龄 领 拿 发 给 得 "
        "每月 每个 每人 每户 月 户 家 数 个月 一个月 每个月 分别 各 名 万元 亿元 全年 整年 全部".split()
    ),
}
OFTEN_WORDS = frozenset("一次 一回 一趟 一遍 隔 每隔 间隔 次 回 频率 频次".split())
"""The asking itself where it is how often: what is done then (发, 领) says what is asked about."""
MEASURING = frozenset(
    "数额 数目 数字 数 资金 款项 款 底线 底数 最少 最低 至少 起码 不低于 调整 上调 提高 提到 涨 涨到 加 加到 升 升到 调到 增加 拨 派 花 用 "
    "出去 下去 下来 发出 人头 引用 具体 现行 执行 最新 眼下 如今 当前 已经 一直 办成 拿到 领到 发到 占 达到 达 做 搞 弄 算 吃 "
    "比 比起 相比 较 差 相差 高出 多出 升 降 下降 降低 涨幅 增幅 升幅 百分比 百分之 前一年 上一年 上年 一年 变化 "
    "年底 年末 月底 月末 底 末 截止 截至 年度 度 期间 这一年 一整年 整年 一年 当年 那年 那年底 数据 报告 写 统计 对象 人员 "
    "人数 户数 个数 家数 纳入 享受 领取 领 拿 按 按照 之后 以后 划 划定 规定 定 那条 这条 那份 这份 条 份".split()
)
"""Of the clause that asks these say how much and when, and not of what."""
NARROWING = frozenset(
    "平均 人均 户均 新增 减少 净增 上半年 下半年 季度 一季度 二季度 三季度 四季度 男 女 男性 女性 以上 以下 "
    "退出 停发 停止 取消 注销 不予 未 不合格".split()
)
"""Words that make it another number: 平均每户几人, 新增多少人, 上半年多少."""
FREE = re.compile("免费|无偿|不收|不得(?:收取|收费)|不(?:再|需|用)?(?:缴纳|交|收)费?|免(?:交|缴|收|除|费)")
"""Answers a question for a price without an amount."""
STOP = frozenset(
    "的 了 是 有 在 和 与 或 及 等 我 你 他 她 它 我们 你们 他们 这 那 这个 那个 个 一 一个 就 都 也 还 要 会 能 可以 应当 该 被 把 给 对 从 到 "
    "由 于 以 为 之 其 所 并 而 但 如果 因为 所以 现在 目前 今年 去年 前年 明年 每 上 下 里 中 内 人 钱 元 年 月 日 共 总 一共 总共 需要 需 请 "
    "吗 嘛 么 呢 啊 呀 吧 哦 以前 原来 过去 之前 以后 知道 情况 可 得 地 着 过 又 再 很 最 更 让 请问 关于 按照 根据 问 说 想 家 家里 "
    "一般 通常 当地 本地 我市 本市 全市 我局 你局 咱 咱们 俺 "
    "合共 共计 合计 总数 总额 全部 里面 有没有 没有 各 分别 帮 帮忙 查 一下 听说 看 啲 嘅 㗎 咁 佢 唔 冇 系 就是 到底 究竟 还是 大概 大约 准确 "
    "a an the of is are in for to do does i my me can how what much many it and or per get have there on at".split()
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|\s?[元块万千人户个名次天日家条])\s*年?")
MEANT_YEAR = re.compile(r"(?:我(?:[说指问]的)?是[说指问]?|也就是|即)\s*(?:的是)?((?:19|20)\d{2})年")
"""Puts a year right: 去年搞了多少, 我说的是2024年."""
SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!以|内|后|前|的?时间)")
RELATIVE_YEARS = {"今年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
CHINESE_YEAR = re.compile(r"([一二][零〇九][零〇一二三四五六七八九]{2})年")
ARTICLE = re.compile(
    r"第?([零〇一二三四五六七八九十百千\d]+)条(?:第?([一二三四五六七八九十\d]+)款)?(?:第?[（(]?([一二三四五六七八九十\d]+)[)）]?项)?"
)
EACH_MONTH = re.compile(r"每月|每个月")
EARLIER = re.compile(
    r"以前|原来|过去|之前是|原先|旧的|上次|(?:调整?|提高?|上调|增?加|涨|升|改)[^，。？?]{0,8}(?:之前|以前|前)"
)
THRESHOLD = re.compile(
    r"至少|最少|最多|不得少于|不能少于|上限|下限|要求多少|需要多少|要多少|要有多少|最低要|须有|应有|应当有"
)
BARE = re.compile(r"多少(?=的?(?:，|$))")
"""Asks how much, and says nothing of the unit: 最高是多少."""
LIMIT = re.compile(r"最[高多大低少小]|[至顶]多|至少|不[得能可]?[超低少高]|上限|下限")
RULED_OUT = re.compile(
    r"(?<=[，,；;])[^，,。；;？?！!]{1,12}(?<!算)(?:不算|别算|不计|除外)(?:在内|进去)?(?=[。！!]?$)|(?<=[，,。；;？?])我?[而并]?不[是要问][^，,。；;？?！!]{1,16}(?=[。！!]?$)|[（(](?:不[是算含要]|不包括|除了?)[^（()）]*[）)]"
)
"""What is not asked about: 我问的是省里的，不是连州自己的."""
BOTH = re.compile(r"合计|[总一]共|总数|总的|总[户人]数|[加合](?:在一|到一|起|一)起?来?|不[用必]?分")
DENIED = re.compile(
    r"(?:(?<!是)不是|(?<!在)[不没]在|(?<!住)[不没]住(?:在|进)?|(?<![\u4e00-\u9fff])不|(?<!属于)不属于)$"
)
"""Before a term this says that it is not meant: 不在福利院."""
WORKING_DAYS = re.compile("(?:几|多少)个?工作日")
ENACTED = re.compile("修正|修订|修改|公布|通过|印发|出台|颁布")
"""What became of a document, asked for with its date."""
IN_ALL = re.compile("一共|总共|合计|共计|累计|拢共|全年|总额")
"""Of money asks for the sum that was paid, and not for what one gets."""
APART = re.compile("分别|各")
"""Of town and country the total is asked for, and not each."""
FATE = re.compile(r"有效|效力|废止|失效|作废|取代|代替|替代|还管用|还算数")
"""Asked of a document: whether it still holds, which another document may say."""
