"""What a text says about itself as a rule: title, issuer, 发文字号, dates, region, level, last amendment.

Read from its first lines, its last lines and the name of its file. What front matter says comes before all of it; that
is for the caller to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.ingest.front import (
    caption_end,
    closing_end,
    is_adoption_note,
    is_date_alone,
    is_number_alone,
    squeezed,
    tidy,
)
from assistant.ingest.lines import CHINESE, Kind, Line, lines_of, ordinal
from assistant.types import Metadata

_HEAD = 40
_TAIL = 12

# Dates -----------------------------------------------------------------------------------------------------------

_NUMERAL = rf"(?:\d{{1,2}}|{CHINESE}{{1,3}})"
DATE = rf"(?:\d{{4}}|[零〇○一二三四五六七八九]{{4}})\s?年\s?{_NUMERAL}\s?月\s?{_NUMERAL}\s?日"
"""Pattern for a whole date in Arabic or Chinese numerals."""

_DATE = re.compile(rf"(\d{{4}}|[零〇○一二三四五六七八九]{{4}})\s?年\s?({_NUMERAL})\s?月\s?({_NUMERAL})\s?日")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


def dates_in(text: str) -> list[date]:
    """Every whole date in ``text``, in order; dates that no calendar has are left out."""
    found = []
    for match in sorted([*_DATE.finditer(text), *_ISO.finditer(text)], key=lambda match: match.start()):
        try:
            found.append(date(*(ordinal(numeral) for numeral in match.groups())))
        except ValueError:
            continue
    return found


# Adoption notes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Event:
    """One adoption note: on ``day`` the text was passed, issued or amended, as ``note`` says."""

    day: date
    note: str

    @property
    def in_force(self) -> bool:
        return bool(re.search(r"(?:施行|实施)[)）]?$", self.note)) and not self.issues

    @property
    def issues(self) -> bool:
        return bool(re.search(r"通过|公布|发布|颁布|印发|批准|修订|修正", self.note))

    @property
    def amends(self) -> bool:
        return bool(re.search(r"修订|修正", self.note))

    @property
    def amends_parts(self) -> bool:
        """Whether it changed some articles only, so that 自公布之日起施行 still speaks of the text before."""
        return "修正" in self.note or ("修订" in self.note and "决定》" in self.note)


def _events(lines: list[Line]) -> list[_Event]:
    """The adoption notes in ``lines``; a note with several dates gives one for each, with the words up to the next."""
    found = []
    for line in lines:
        if not is_adoption_note(line.text):
            continue
        starts = [match.start() for match in _DATE.finditer(line.text)]
        for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
            note = line.text[start:end].strip()
            if days := dates_in(note):
                found.append(_Event(days[0], note))
    return found


# The whole -------------------------------------------------------------------------------------------------------


def read_metadata(text: str, file_name: str) -> tuple[str, Metadata]:
    """The title of ``text`` and what is known of it; ``file_name`` is the name of its file without the ending.

    ``issued`` is the day of the latest 公布, 通过 or amendment that the text notes, else of its signature; ``expires``
    is the first day on which it holds no more; ``note`` names the latest amendment. What the text does
    not say stays empty.
    """
    lines = lines_of(text)
    head = _head(lines)
    title = title_of(head, lines, file_name)
    notes = lines[: caption_end(lines, title)]
    events = _events(notes)
    number = number_of(notes, file_name)
    issuer = issuer_of(title, number, notes, lines)
    issued = _issued(events, notes, lines)
    effective = _effective(events, lines, issued)
    return title, Metadata(
        issuer=issuer,
        number=number,
        issued=issued,
        effective=effective,
        expires=_expires(lines, effective),
        status="已失效" if re.search(r"已废止|旧版|已失效|失效|废止\)?$", file_name) else "",
        region=region_of(title, issuer, number) or _region_in_text(text),
        level=level_of(title, issuer, number, notes),
        note=_amendment(events),
    )


def _head(lines: list[Line]) -> list[Line]:
    """The lines before the body: up to the first marked one, or the first that is a sentence."""
    head: list[Line] = []
    for line in lines[:_HEAD]:
        if line.mark is not None or (line.text[-1] in "。：；:;" and not is_adoption_note(line.text)):
            break
        head.append(line)
    return head


def _amendment(events: list[_Event]) -> str:
    amending = [event for event in events if event.amends]
    if not amending:
        return ""
    latest = max(amending, key=lambda event: event.day)
    verb = "修正" if "修正" in latest.note else "修订"
    return f"最近一次{verb}：{latest.day.year}年{latest.day.month}月{latest.day.day}日"


# Title -----------------------------------------------------------------------------------------------------------

_TITLE_END = re.compile(
    r"(?:法|典|编|条例|办法|规定|规则|细则|规程|准则|章程|决定|决议|意见|通知|公告|通告|通报|报告|方案|纲要|规划|计划|标准|制度|"
    r"指南|批复|函|解释|说明|须知|手册|清单)(?:[（(][^（()）]{1,14}[)）])*"
)
_REPORTED = re.compile(r"现[就将](?:我[局厅委办市县区]|本[局厅委])?(.{4,40}?(?:情况|工作|事项))?(报告|通报|汇报)如下")
_NOT_A_TITLE = re.compile(
    r"(?:总理|主席|部长|省长|市长|县长|区长|主任|局长|署长)[\u4e00-\u9fff]{2,4}$|目录|目次|索引号|发布机构|成文日期|发布日期|来源|字体|打印|首页"
)


def title_of(head: list[Line], lines: list[Line], file_name: str) -> str:
    """The title at the top, put together where it is broken; else from 现将…情况报告如下; else the file's name."""
    candidates = [line.text for line in head if _may_be_title(line.text)]
    for count in (1, 2, 3):
        joined = "".join(candidates[:count])
        if count <= len(candidates) and _TITLE_END.fullmatch(squeezed(joined)[_last_word(squeezed(joined)) :]):
            following = candidates[count : count + 1]
            extended = bool(following) and following[0].endswith("编") and joined.endswith("法典")
            return tidy(joined + following[0]) if extended else tidy(joined)
    for line in lines[:_HEAD]:
        if (found := _REPORTED.search(line.text)) and found.group(1):
            return f"{_signer(lines)}{found.group(1)}{found.group(2)}"
    return tidy(candidates[0]) if candidates and head[0].text == candidates[0] else file_name


def _may_be_title(text: str) -> bool:
    noted = is_adoption_note(text) or is_number_alone(text) or is_date_alone(text)
    return 2 <= len(text) <= 80 and not noted and text[-1] not in "，、" and not _NOT_A_TITLE.match(squeezed(text))


def _last_word(text: str) -> int:
    found = list(re.finditer(_TITLE_END.pattern + "$", text))
    return found[-1].start() if found else 0


# 发文字号 ----------------------------------------------------------------------------------------------------------

_ORDER = re.compile(
    rf"((?:国务院|主席|[\u4e00-\u9fff]{{2,10}}?(?:部|委员会|总局|总署|人民政府))令)第?(\d+|{CHINESE}+)号"
)
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12}[发函字规办电]|[\u4e00-\u9fff]{2,12})\s?[〔\[（(【﹝]\s?((?:19|20)\d\d)\s?[〕\]）)】﹞]\s?第?(\d+)\s?号"
)
_NAMED = re.compile(r"([\u4e00-\u9fff]{1,8}[发函字规])\s?[〔\[（(【-]?\s?((?:19|20)\d\d)\s?[〕\]）)】-]\s?(\d+)号?")


def number_of(notes: list[Line], file_name: str) -> str:
    """The 发文字号 in the notes at the top (of several orders the latest), else in the file's name."""
    for line in notes:
        if is_number_alone(line.text) and (number := _NUMBER.search(squeezed(line.text))):
            return _bracketed(number)
    joined = re.sub(f"{DATE}|中华人民共和国", " ", squeezed("".join(line.text for line in notes)))
    if orders := list(_ORDER.finditer(joined)):
        return f"{orders[-1].group(1)}第{ordinal(orders[-1].group(2))}号"
    named = _NAMED.search(file_name)
    return _bracketed(named) if named else ""


def _bracketed(found: re.Match[str]) -> str:
    return f"{found.group(1)}〔{found.group(2)}〕{int(found.group(3))}号"


# Issuer ----------------------------------------------------------------------------------------------------------

_NUMBER_ISSUERS = {
    "国发": "国务院",
    "国办发": "国务院办公厅",
    "国办函": "国务院办公厅",
    "国函": "国务院",
    "中发": "中共中央、国务院",
    "中办发": "中共中央办公厅、国务院办公厅",
    "民发": "民政部",
    "民函": "民政部",
    "民办发": "民政部办公厅",
    "财社": "财政部",
}
_BODY = r"[\u4e00-\u9fff]{2,20}?(?:人民政府办公[厅室]|人民政府|人民代表大会常务委员会|民政[部厅局]|财政[部厅局])"
_TITLE_ISSUER = re.compile(rf"(国务院办公厅|国务院|中共中央|民政部办公厅|民政部|{_BODY})(?=关于|印发|转发|办公室关于)")
_CONGRESS = re.compile(
    r"(全国|[\u4e00-\u9fff]{2,12}?(?:省|市|自治区|自治州|自治县))(?:第\S{1,4}届)?人民代表大会(?:常务委员会)?"
)
_EXPLAINED = re.compile(r"本(?:办法|规定|细则|条例|意见|通知|规则|标准)由([\u4e00-\u9fff]{2,16}?)(?:负责)?解释")
_STATE = re.compile(r"(中共中央、国务院|国务院|民政部)(?:令|批准|第\d+次常务会议|发布|公布|印发)")


def issuer_of(title: str, number: str, notes: list[Line], lines: list[Line]) -> str:
    """Who issued it: by the title (国务院关于…), the adoption notes, the number, the signature, who explains it."""
    if found := _TITLE_ISSUER.match(title):
        return re.sub(r"(?<=[局厅])(?=[\u4e00-\u9fff]{2,12}[局厅]$)", "、", found.group(1))
    if issuer := _adopting_body(notes) or _numbering_body(number):
        return issuer
    if signer := _signer(lines):
        return signer
    explained = [match for line in lines[-_TAIL:] for match in _EXPLAINED.finditer(line.text)]
    return explained[-1].group(1) if explained else ""


def _numbering_body(number: str) -> str:
    """The body whose 发文字号 or order it is, where the number tells."""
    code = re.split("[第〔]", number)[0]
    if code.endswith("令") and code != "主席令":
        return code.removesuffix("令")
    return _NUMBER_ISSUERS.get(code, "")


def _adopting_body(notes: list[Line]) -> str:
    for line in notes:
        if not is_adoption_note(line.text):
            continue
        if found := _CONGRESS.search(re.sub(DATE, "", line.text)):
            standing = "常务委员会" if "常务委员会" in found.group(0) else ""
            return f"{found.group(1)}人民代表大会{standing}"
        if found := _STATE.search(re.sub("中华人民共和国", "", line.text)):
            return found.group(1)
    return ""


def _signer(lines: list[Line]) -> str:
    """Who signed at the end: the lines before a date that stands alone, without 党组 and 代章; several with 、."""
    for place in range(len(lines) - 1, max(len(lines) - _TAIL, 0), -1):
        if not is_date_alone(lines[place].text):
            continue
        first = place
        while first and closing_end(lines, first - 1) == place + 1:
            first -= 1
        names = [re.sub(r"[（(][^（()）]*[)）]$", "", squeezed(line.text)) for line in lines[first:place]]
        return "、".join(re.sub(r"^中共|(?:委员会)?党组$|党委$", "", name) for name in names)
    return ""


# Dates of a text -------------------------------------------------------------------------------------------------

_IN_FORCE = re.compile(rf"自\s?({DATE})\s?起(?:正式)?(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:公布|发布|印发|颁布)之日起(?:施行|实施|执行|生效)")
_VALID_UNTIL = re.compile(rf"(?:有效期至|有效期限至|有效期到|执行至|施行至|试行至)\s?({DATE})")
_VALID_FOR = re.compile(rf"有效期(?:限)?(?:为)?\s?(\d{{1,2}}|{CHINESE}{{1,3}})\s?年")
_NOT_OF_THIS = re.compile(r"[《“]")


def _issued(events: list[_Event], notes: list[Line], lines: list[Line]) -> date | None:
    noted = [day for line in notes if is_date_alone(line.text) for day in dates_in(line.text)]
    noted += [event.day for event in events if event.issues]
    if noted:
        return max(noted)
    signed = [day for line in lines[-_TAIL:] if is_date_alone(line.text) for day in dates_in(line.text)]
    return signed[-1] if signed else None


def _effective(events: list[_Event], lines: list[Line], issued: date | None) -> date | None:
    """The 施行 date: the last sentence that gives one for this text, else the note at the top or the day of issue."""
    for line in _last_lines(lines):
        for found in list(_IN_FORCE.finditer(line.text))[::-1]:
            if not _NOT_OF_THIS.search(_sentence_before(line.text, found.start())):
                return next(iter(dates_in(found.group(1))), None)
    noted = [event.day for event in events if event.in_force]
    if noted:
        return max(noted)
    if any(_FROM_ISSUE.search(line.text) for line in _last_lines(lines)):
        whole = [event.day for event in events if event.issues and not event.amends_parts]
        return max(whole) if whole else (None if events else issued)
    return None


def _last_lines(lines: list[Line]) -> list[Line]:
    """The lines that may say when the text enters into force, last first: its end, or the end before its annexes."""
    annexes = [place for place, line in enumerate(lines) if line.kind is Kind.ANNEX and place > _TAIL]
    end = annexes[0] if annexes else len(lines)
    return [*lines[max(0, end - _TAIL) : end][::-1], *lines[max(end, len(lines) - _TAIL) :][::-1]]


def _sentence_before(text: str, place: int) -> str:
    return text[max(text.rfind(sign, 0, place) for sign in "。；，") + 1 : place]


def _expires(lines: list[Line], effective: date | None) -> date | None:
    """The day on which it lapses: the one after 有效期至, or that of 施行 when the years of 有效期 have gone by."""
    for line in _last_lines(lines):
        if (found := _VALID_UNTIL.search(line.text)) and (days := dates_in(found.group(1))):
            return days[0] + timedelta(days=1)
        if effective and (found := _VALID_FOR.search(line.text)) and re.search("施行|实施|执行", line.text):
            return _years_later(effective, ordinal(found.group(1)))
    return None


def _years_later(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


# Region and level ------------------------------------------------------------------------------------------------

_PROVINCES = (
    "(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
    "陕西|甘肃|青海|台湾)省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区"
)
_ORGAN = "人民|民政|财政|教育|公安|司法|卫生|关于|办公|委员会|政府|城乡|农村|城镇|第|$|[\u4e00-\u9fff]{1,6}局"
_PLACE = re.compile(
    rf"(?P<province>{_PROVINCES})?"
    r"(?P<city>(?!关于|加强|推进|完善|做好|城市|都市|本市|全市|各市|县级市|地级市|直辖市)[\u4e00-\u9fff]{2,3}市|[\u4e00-\u9fff]{2,8}(?:自治州|地区|盟))?"
    rf"(?P<county>(?:(?!各县|全县|本县|本区)[\u4e00-\u9fff]{{1,3}}[县区旗]|[\u4e00-\u9fff]{{2,10}}自治县)(?={_ORGAN}))?"
)
_NATIONAL = re.compile(r"中华人民共和国|国务院|中共中央|全国|中国|民政部|财政部|教育部|司法部|国家|最高人民")


def region_of(title: str, issuer: str, number: str) -> str:
    """The smallest area that the title, else the issuer, names at its beginning; 国家 for the national bodies."""
    for said in (title, issuer):
        if _NATIONAL.match(said):
            return "国家"
        if area := _area(said.removeprefix("中共")):
            return area
    return "国家" if _NATIONAL.match(_numbering_body(number)) else ""


def _region_in_text(text: str) -> str:
    """国家 for a text that speaks of the State Council or to all provinces and of no 本省 or 我市."""
    local = re.search(r"[本我全](?:省|市|自治区|自治州|州|县|区)", text)
    return "国家" if not local and re.search(r"国务院|各省、自治区、直辖市|全国|民政部", text) else ""


def _area(said: str) -> str:
    found = _PLACE.match(said)
    if not found or not found.group(0):
        return ""
    return found.group("county") or found.group("city") or found.group("province") or ""


def level_of(title: str, issuer: str, number: str, notes: list[Line]) -> str:
    """The level of the rule, as the issuer and the form of the title give it; empty where they do not tell."""
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", title)
    if bare.endswith(("报告", "通报")):
        return "工作报告"
    if issuer.startswith("中共中央") and bare.endswith(("条例", "准则", "规定", "办法", "规则", "细则")):
        return "党内法规"
    if "人民代表大会" in issuer:
        return "法律" if issuer.startswith("全国") else "地方性法规"
    if bare.endswith(("意见", "通知", "方案", "公告", "通告", "批复", "纲要", "规划", "函")) or "〔" in number:
        return "规范性文件"
    return _level_of_regulation(bare, issuer, number, notes)


def _level_of_regulation(title: str, issuer: str, number: str, notes: list[Line]) -> str:
    approved = any("国务院批准" in squeezed(line.text) or "国务院令" in squeezed(line.text) for line in notes)
    if issuer == "国务院" or approved or (not issuer and title.endswith("条例") and not _area(title)):
        return "行政法规"
    if title.endswith("法") and _NATIONAL.match(title):
        return "法律"
    if number.endswith("号") and "令" in number:
        return "地方政府规章" if "人民政府" in issuer or "人民政府" in number else "部门规章"
    return ""
