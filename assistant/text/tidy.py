"""Damage of pages other than shifted bytes, found one kind at a time.

Each function takes a text and returns the edits that undo one kind of damage in it, sorted and not overlapping, with
offsets into the text it was given. Clean text gives none: where a page's habit and its damage look alike, the page as
a whole must show the damage before a line of it is touched. A page is best taken through ``mojibake``, ``markup``,
``entities`` (an escaped tag is text to be shown, so tags go first), ``boilerplate``, ``spacing``, ``line_breaks`` and
``punctuation``, each on the text the one before it left. All run in time linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from html.entities import html5
from itertools import accumulate, pairwise
from typing import NamedTuple

from assistant.text.decode import likelihood
from assistant.text.lexicon import frequencies


class Edit(NamedTuple):
    """``text[start:end]`` of the text that was looked at is to become ``replacement``; ``rule`` says why."""

    start: int
    end: int
    replacement: str
    rule: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits`` made, which are sorted and do not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += text[at : edit.start], edit.replacement
        at = edit.end
    return "".join([*pieces, text[at:]])


_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_OPENING, _CLOSING = "“‘《〈（【〔「『", "”’》〉）】〕」』"

# --- UTF-8 read as GBK or as Latin-1 -------------------------------------------------------------------------------

# Three bytes for Chinese characters and their punctuation, two for · ° × ÷ and the like between them
_SEQUENCE = rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|\xc2[\xa0-\xbf]|\xc3[\x97\xb7])"
_SEQUENCES = re.compile(_SEQUENCE + rb"+")
_ONE_SEQUENCE = re.compile(_SEQUENCE)
_GBK_SIGN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2}")
_LATIN_SIGN = re.compile("[âãäåæçèéï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}")
_GAIN = 4.0  # mean gain in likelihood by undoing a run, times its sequences: the longer, the less it can be chance
_EVIDENCE = 2  # sequences in one run that show the page is damaged; then single ones are undone too


def mojibake(text: str) -> list[Edit]:
    """Runs that were UTF-8 and were read as GBK (涓枃) or as Latin-1 (ä¸­æ–‡), where no byte of them is lost."""
    latin = _misread(text, _latin_bytes) if _LATIN_SIGN.search(text) else []
    gbk = _misread(text, _gbk_bytes) if _GBK_SIGN.search(text.encode("gb18030", "replace")) else []
    edits: list[Edit] = []
    for edit in sorted(latin + gbk):
        if not edits or edits[-1].end <= edit.start:
            edits.append(edit)
    # What was misread twice is still damaged once it has been undone
    return [edit._replace(replacement=apply(edit.replacement, mojibake(edit.replacement))) for edit in edits]


def _misread(text: str, encode: Callable[[str], bytes]) -> list[Edit]:
    units = {character: encode(character) for character in set(text)}
    data = b"".join(units[character] for character in text)
    offsets = accumulate((len(units[character]) for character in text), initial=0)
    boundaries = {offset: index for index, offset in enumerate(offsets)}
    runs = [run for match in _SEQUENCES.finditer(data) if (run := _undone(text, data, match.span(), boundaries))]
    damaged = any(count >= _EVIDENCE for _, count in runs)
    return [edit for edit, _ in runs] if damaged else []


def _undone(text: str, data: bytes, span: tuple[int, int], boundaries: dict[int, int]) -> tuple[Edit, int] | None:
    """The edit for the part of ``span`` that whole characters of ``text`` make up, and the sequences in it."""
    start = boundaries.get(span[0])
    ends = [match.end() for match in _ONE_SEQUENCE.finditer(data, *span)]
    # As GBK, the last byte may have taken a letter after it for its second half: that letter is given back
    whole = [
        (count, end + tail)
        for count, end in enumerate(ends, 1)
        for tail in (0, 1)
        if _is_end(data, end, tail, boundaries)
    ]
    if start is None or not whole:
        return None
    count, last = whole[-1]
    end, replacement = boundaries[last], data[span[0] : last].decode("utf-8", "replace")
    if "\ufffd" in replacement or count * (_mean(replacement) - _mean(text[start:end])) < _GAIN:
        return None
    return Edit(start, end, replacement, "mojibake"), count


def _is_end(data: bytes, end: int, tail: int, boundaries: dict[int, int]) -> bool:
    if not tail:
        return end in boundaries
    return end not in boundaries and end + 1 in boundaries and data[end] < 0x80


def _mean(text: str) -> float:
    return likelihood(text) / len(text)


def _gbk_bytes(character: str) -> bytes:
    return b"\x80" if character == "€" else character.encode("gb18030", "replace")


def _latin_bytes(character: str) -> bytes:
    if character < "\u0100":
        return character.encode("latin-1")
    return character.encode("cp1252", "replace")


# --- HTML ----------------------------------------------------------------------------------------------------------

_AMPERSAND = r"&(?:(?:amp|AMP|#38|#[xX]26);)*"  # escaped once or more
_ENTITY = re.compile(
    rf"{_AMPERSAND}(?:(?P<blank>nbsp|ensp|emsp|ldquo|rdquo)(?![\w;=])|(?P<name>[A-Za-z][A-Za-z0-9]{{1,31}});"
    r"|#(?P<decimal>\d{2,7});|#[xX](?P<hex>[\dA-Fa-f]{2,6});)",
    re.ASCII,
)
_MAKES_ENTITY = re.compile(r"[A-Za-z0-9#;]", re.ASCII)


def entities(text: str) -> list[Edit]:
    """HTML entities, with the semicolon left out for the commonest; the & of R&D is none."""
    edits = []
    for match in _ENTITY.finditer(text) if "&" in text else ():
        meant = _meant(match)
        if meant is not None:
            edits.append(Edit(match.start(), match.end(), meant, "entity"))
    return edits


def _meant(match: re.Match[str]) -> str | None:
    """What an entity stands for; ``None`` for an unknown one and for plain letters, which would be no damage."""
    name, decimal, hexadecimal, blank = match.group("name", "decimal", "hex", "blank")
    if name and f"{name};" not in html5:
        return None
    reference = name or blank or (f"#{decimal}" if decimal else f"#x{hexadecimal}")
    meant = unescape(f"&{reference};").replace("\xa0", " ")
    if _MAKES_ENTITY.fullmatch(meant) or "\ufffd" in meant or not meant:
        return None  # what it makes with the text around it could be an entity again
    return meant


_BLOCKS = "p|br|div|h[1-6]|hr|li|ul|ol|dl|dt|dd|table|tbody|thead|tr|center|section|article|blockquote"
_CELLS = "td|th"
_INLINE = "span|b|strong|em|i|u|font|a|img|sup|sub|small|big|label|o:p|st1:[a-z]+"
_VALUE = r"""(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s<>"']{1,300})"""
_ATTRIBUTES = rf"(?:\s+(?:[a-z][a-z:-]{{0,30}}\s?=\s?{_VALUE}|nowrap|noshade)){{0,12}}"
_TAG = rf"</?(?:{_BLOCKS}|{_CELLS}|{_INLINE}){_ATTRIBUTES}\s?/?>"
_TAGS = re.compile(rf"{_TAG}(?:[ \t\u3000]*{_TAG})*", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_CELL_TAG = re.compile(rf"</?(?:{_CELLS})\b", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"<(?:script|style|html|head|body|code|pre)\b|<!doctype|<\?php|```", re.IGNORECASE)
_ABOUT_TAG = re.compile(r"\s*[`'\"”’」]|\s*(?:标签|标记|元素|標籤|標記)")


def markup(text: str) -> list[Edit]:
    """Stray tags of HTML; a page that shows or discusses source code keeps its tags."""
    if "<" not in text or _SOURCE_CODE.search(text):
        return []
    edits = []
    for match in _TAGS.finditer(text):
        if not (_is_mentioned(text, match) or _inside_tag(text, match.start())):
            edits.append(Edit(match.start(), match.end(), _instead_of(text, match), "markup"))
    return edits


def _is_mentioned(text: str, tags: re.Match[str]) -> bool:
    return text[max(0, tags.start() - 1) : tags.start()] in set("`'\"“‘「") or bool(_ABOUT_TAG.match(text, tags.end()))


def _inside_tag(text: str, start: int) -> bool:
    """Whether a < before ``start`` is still open: taking out what stands inside would make another tag."""
    before = text[max(0, start - 320) : start]
    return bool(re.search(r"</?(?:[A-Za-z][^<>]*)?$", before))


def _instead_of(text: str, tags: re.Match[str]) -> str:
    """A line break between two blocks of text, a blank between two cells, otherwise nothing."""
    line_start = text.rfind("\n", 0, tags.start()) + 1
    before, after = text[max(line_start, tags.start() - 40) : tags.start()], text[tags.end() : tags.end() + 40]
    if not before.strip() or not after.partition("\n")[0].strip():
        return ""
    if _BLOCK_TAG.search(tags.group()):
        return "\n"
    return " " if _CELL_TAG.search(tags.group()) else ""


# --- Navigation around the body ------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_ENDS_SENTENCE = re.compile(r"[。；！？]")
_NUMBERED = re.compile(r"\s*(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|[（(]?[一二三四五六七八九十]+[）)、])")
_HAN_CHARACTER = re.compile(rf"[{_HAN}]")
_DATE_OR_NUMBER = re.compile(
    r"\d{4}\s*[-—./年]\s*\d{1,2}\s*[-—./月]\s*\d{1,2}|[〔\[［(（]\d{4}[〕\]］)）]\s*第?\s*\d+\s*号|令第"
)
_BREADCRUMB = re.compile(
    r"(?:您?(?:现在|當前|当前)?的?(?:所在)?位置\s*[:：是]?\s*)?(?:网站|網站)?(?:首页|首頁|主页)\s*(?:[>＞»›→]+|&gt;|-{2,}).*"
    r"|您?(?:现在|當前|当前)?的?(?:所在)?位置\s*[:：].*[>＞»›→].*"
)
_STRONG = (
    r"字[号體体](?:大小)?\s*[:：]|打印(?:本页|本文|此页)|关闭(?:窗口|本页|页面)|分享到|返回(?:顶部|列表)|加入收藏|设为首页"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*[:：]?\s*\d*\s*次?|扫一扫(?:在手机打开当前页|分享)?"
)
_WEAK = r"打印|关闭|分享|收藏|首页|微信|微博|QQ空间|[:：]|[大中小]|[（(【\[|/）)】\]+\-\s]|默认|超大|特大|字[号体]"
_TOOLS = re.compile(rf"(?:{_STRONG}|{_WEAK}|(?:来源|作者|责任编辑|编辑)\s*[:：]\s*\S{{1,20}}(?=\s|$))+")
_STRONG_TOOL = re.compile(_STRONG)
_NEIGHBOUR_PAGES = re.compile(r"(?:上|下)一(?:篇|条|页)(?:\s*[:：].{0,80}|(?:\s*[|/]?\s*(?:上|下)一(?:篇|条|页))?)")
_FOOTER = re.compile(r".{0,60}(?:版权所有|ICP备|公网安备|网站标识码|Copyright\s*(?:©|\(c\))).{0,100}", re.IGNORECASE)
_BESIDE_FOOTER = re.compile(
    r"(?:(?:主办|承办|技术支持|网站维护)(?:单位)?\s*[:：].{1,40}|(?:(?:网站地图|联系我们|关于我们|网站声明)[\s|]*)+)"
)


def boilerplate(text: str) -> list[Edit]:
    """Whole lines of navigation above and below the body, except those that carry a date or a document number."""
    lines = [match.span() for match in _LINE.finditer(text)]
    top = next((index for index, span in enumerate(lines) if _is_body(text[slice(*span)])), len(lines))
    bottom = next((index for index in range(len(lines), top, -1) if _is_body(text[slice(*lines[index - 1])])), top)
    head = [span for span in lines[:top] if _is_navigation(text[slice(*span)])]
    foot = [span for span in lines[bottom:] if _is_navigation(text[slice(*span)])]
    if any(_is_footer(text[slice(*span)]) for span in foot):
        foot = [span for span in lines[bottom:] if span in foot or _BESIDE_FOOTER.fullmatch(text[slice(*span)].strip())]
    found = head + foot
    if all(span in found or not text[slice(*span)].strip() for span in lines):
        return []  # nothing else is there: then this is what the text is about
    return [Edit(start, end, "", "boilerplate") for start, end in found]


def _is_body(line: str) -> bool:
    if _NUMBERED.match(line):
        return True
    prose = bool(_ENDS_SENTENCE.search(line)) and len(_HAN_CHARACTER.findall(line)) >= 12
    return prose and not _is_navigation(line)


def _is_navigation(line: str) -> bool:
    line = line.strip()
    if not line or len(line) > 200 or _DATE_OR_NUMBER.search(line):
        return False
    if _BREADCRUMB.fullmatch(line) or _NEIGHBOUR_PAGES.fullmatch(line) or _is_footer(line):
        return True
    return bool(_STRONG_TOOL.search(line) and _TOOLS.fullmatch(line))


def _is_footer(line: str) -> bool:
    line = line.strip()
    return bool(_FOOTER.fullmatch(line)) and not line.endswith("。") and not _DATE_OR_NUMBER.search(line)


# --- Blanks between every two characters ---------------------------------------------------------------------------

_SPACED_SIGN = re.compile(rf"(?:[{_HAN}][ \xa0]){{3}}[{_HAN}]")
_SPACED = rf"{_HAN}，。、；：？！“”‘’《》〈〉（）【】〔〕…—()%％"
_GAP = re.compile(rf"(?<=[{_HAN}])[ \xa0]?(?=[{_HAN}])")
_BLANK = re.compile(rf"(?<=[{_SPACED}])[ \xa0]+(?=[{_SPACED}0-9])|(?<=[0-9])[ \xa0]+(?=[{_SPACED}])")
_BLANK_IN_NUMBER = re.compile(rf"(?<=[{_SPACED}0-9])[ \xa0]+(?=[{_SPACED}0-9])")
_GROUPED_DIGITS = re.compile(r"\d\d")
_MOST = 0.6
_COUNTERS = frozenset("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥一二三四五六七八九十日")  # a row of them is a list
_LONG = 8  # Chinese characters of a line that can show the habit; 日 一 二 三 四 五 六 cannot


def spacing(text: str) -> list[Edit]:
    """Blanks between every two characters of a line; wider ones, which part words there, become one blank."""
    if not _SPACED_SIGN.search(text):
        return []
    lines = [match.span() for match in _LINE.finditer(text)]
    shares = [_spaced_share(text[slice(*span)]) for span in lines]
    shown = [share >= _MOST and _is_spaced_prose(text[slice(*span)]) for span, share in zip(lines, shares, strict=True)]
    long = sum(len(_HAN_CHARACTER.findall(text, *span)) >= _LONG for span in lines)
    habit = 2 * sum(shown) > long  # then headings, too short to tell by themselves, were spaced with the rest
    spaced = [
        span for span, share, itself in zip(lines, shares, shown, strict=True) if itself or (habit and share == 1)
    ]
    return [edit for span in spaced for edit in _closed(text, *span)]


def _spaced_share(line: str) -> float:
    gaps = _GAP.findall(line)
    wide = len(re.findall(rf"(?<=[{_HAN}])[ \xa0]{{2,}}(?=[{_HAN}])", line))
    return sum(map(bool, gaps)) / (len(gaps) + wide) if gaps else 0.0


def _is_spaced_prose(line: str) -> bool:
    """Whether the characters make words when joined: 甲 乙 丙 or a row of names is a list, not damage."""
    joined = "".join(_HAN_CHARACTER.findall(line))
    if len(joined) < _LONG or 2 * sum(character in _COUNTERS for character in joined) > len(joined):
        return False
    words = frequencies()
    inside = sum(first + second in words for first, second in pairwise(joined))
    return inside >= len(joined) / 4


def _closed(text: str, start: int, end: int) -> Iterator[Edit]:
    line = text[start:end]
    # 2 0 2 4 was one number when every digit stands alone; where some stand together the blank parts two numbers
    alone = not _GROUPED_DIGITS.search(line) and _spaced_share(line) >= 0.9
    for match in (_BLANK_IN_NUMBER if alone else _BLANK).finditer(line):
        one = len(match.group()) == 1
        if one or match.group() != " ":
            yield Edit(start + match.start(), start + match.end(), "" if one else " ", "spacing")


# --- Hard line breaks inside sentences -----------------------------------------------------------------------------

_NARROWEST, _WIDEST = 16.0, 62.0  # characters of a wrapped line: narrower is verse or a column
_RAGGED = 2.0  # a line may be this much shorter than the widest, so as not to begin with punctuation
_FEWEST = 4  # breaks that show the habit
_TABLE_ROW = re.compile(r"\||\t|\S[ \u3000]{2,}\S|(?:\S+ ){3}")
_ENDED = re.compile(r"[。；！？：!?;:.…—”』」]\s*$")
_MID_SENTENCE = re.compile(rf"[{_HAN}0-9A-Za-z％%）)》〉’]$")
_STARTS = re.compile(
    r"\s|$|第[一二三四五六七八九十百零〇\d]+[编编章节条款项]|[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[）)、]|\d{1,2}[.．](?!\d)"
    r"|[①-⑳⑴-⒇*•·●■◆#>|+-]|附件|附[:：]|[问答][:：]|\d{4}年\d{1,2}月\d{1,2}日\s*$|[一二〇○零]{4}年.{2,7}日\s*$"
)


def line_breaks(text: str) -> list[Edit]:
    """Line breaks inside sentences, where the page as a whole was wrapped at one width."""
    if text.count("\n") <= _FEWEST:
        return []
    lines = [match.span() for match in _LINE.finditer(text)]
    texts = [text[slice(*span)].rstrip() for span in lines]
    widths = [len(line.encode("gbk", "replace")) / 2 for line in texts]
    width = _wrapped_at(widths)
    breaks = [index for index in range(len(lines) - 1) if _is_break(texts, widths, index, width)] if width else []
    if not _shows_wrapping(texts, breaks):
        return []
    return [_joined(lines, texts, index) for index in breaks]


def _wrapped_at(widths: Sequence[float]) -> float | None:
    """The width that many lines just reach and few exceed."""
    counts = Counter(width for width in widths if _NARROWEST <= width <= _WIDEST)
    reaching = {
        width: sum(count for other, count in counts.items() if width - _RAGGED <= other <= width) for width in counts
    }
    written = sum(width > 0 for width in widths)
    width = max(reaching, key=lambda width: (reaching[width], width), default=None)
    if width is None or reaching[width] < max(_FEWEST, 0.3 * written):
        return None
    return width if sum(other > width + _RAGGED for other in widths) <= 0.05 * written else None


def _is_break(texts: Sequence[str], widths: Sequence[float], index: int, width: float) -> bool:
    line, following = texts[index], texts[index + 1]
    if abs(widths[index] - width) > _RAGGED or _ENDED.search(line) or _STARTS.match(following):
        return False
    if _TABLE_ROW.search(line.strip()) or _TABLE_ROW.search(following):
        return False
    return not (line[-1].isdigit() and following[0].isdigit())  # two numbers or one: nobody can tell


def _shows_wrapping(texts: Sequence[str], breaks: Sequence[int]) -> bool:
    """Whether enough breaks fall where no writer would put them: after no punctuation, some inside words."""
    bare = [index for index in breaks if _MID_SENTENCE.search(texts[index])]
    if len(breaks) < _FEWEST or len(bare) < 0.6 * len(breaks):
        return False
    sentences = sum(bool(re.search("[，。；、]", texts[index])) for index in breaks)
    words = frequencies()
    cut = sum(_cuts_word(texts[index], texts[index + 1], words) for index in bare)
    return sentences >= 0.5 * len(breaks) and cut >= max(2, 0.1 * len(bare))


def _cuts_word(line: str, following: str, words: dict[str, float]) -> bool:
    tails = (line[-size:] + following[: length - size] for length in (2, 3, 4) for size in range(1, length))
    return any(words.get(word, 0) > 1e-7 for word in tails)


def _joined(lines: Sequence[tuple[int, int]], texts: Sequence[str], index: int) -> Edit:
    latin = re.compile("[A-Za-z0-9,]")
    between = " " if latin.match(texts[index][-1]) and latin.match(texts[index + 1][0]) else ""
    return Edit(lines[index][0] + len(texts[index]), lines[index + 1][0], between, "line-break")


# --- Punctuation ---------------------------------------------------------------------------------------------------

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BEFORE, _AFTER = rf"{_HAN}{_CLOSING})", rf"{_HAN}{_OPENING}("
_DOUBLED = re.compile(
    rf"(?<=[{_BEFORE}0-9%％])(?:[，,]{{2,3}}|[；;]{{2,3}}|[：:]{{2,3}}|。{{2}}|、{{2}})(?![，,；;：:。、])"
)
_HALF_WIDTH = re.compile(
    rf"(?<=[{_BEFORE}])[,;:?!](?:[ \xa0]?(?=[{_AFTER}0-9])|(?=\r?$))|(?<=[0-9%％])[,;:?!][ \xa0]?(?=[{_AFTER}])",
    re.MULTILINE,
)
_FULL_WIDTH = re.compile(rf"(?<=[{_BEFORE}0-9%％])[，；：？！]")
_QUESTION = re.compile("吗|呢|什么|怎|哪|谁|几|多少|如何|是否|能否|可否|为何|何时|何地|有无|嗎|麼|誰|幾")
_LEAST_HALF_WIDTH = 4
_PARENTHESIS = re.compile(r"[()\n]")


def punctuation(text: str, damaged: bool = False) -> list[Edit]:
    """Doubled signs everywhere; half-width ones between Chinese characters where the page shows them to be damage.

    They are damage where the page was damaged otherwise (``damaged``) or where most of its commas and the like are
    half-width. Parentheses go with the commas: many an official text has only these half-width, as a habit.
    """
    edits = [edit for match in _DOUBLED.finditer(text) if (edit := _single(match))]
    half = [match for match in _HALF_WIDTH.finditer(text) if not _is_mark(text, match)]
    if "。" in text and (damaged or _is_habit(text, len(half))):  # rows of values have commas but no sentence
        edits += [Edit(*match.span(), _FULL[match.group()[0]], "punctuation") for match in half]
        edits += _parentheses(text)
    return sorted(edits)


def _is_habit(text: str, half: int) -> bool:
    return half >= _LEAST_HALF_WIDTH and half > len(_FULL_WIDTH.findall(text))


def _single(doubled: re.Match[str]) -> Edit | None:
    signs = doubled.group()
    full = _FULL.get(signs[0], signs[0])
    return Edit(*doubled.span(), full, "punctuation") if full in signs else None


def _is_mark(text: str, match: re.Match[str]) -> bool:
    """Whether a ? stands for a byte that could not be read rather than for a question."""
    if match.group()[0] != "?":
        return False
    sentence = re.split("[。！？?!，,\n]", text[max(0, match.start() - 60) : match.start()])[-1]
    return not _QUESTION.search(sentence)


def _parentheses(text: str) -> list[Edit]:
    """Pairs within a line that hold Chinese; not the call of a function in a formula."""
    edits: list[Edit] = []
    open_at: list[int] = []
    for match in _PARENTHESIS.finditer(text):
        if match.group() == "\n":
            open_at.clear()
        elif match.group() == "(":
            open_at.append(match.start())
        elif open_at:
            start, end = open_at.pop(), match.start()
            called = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
            if not called and _HAN_CHARACTER.search(text, start, end):
                edits += Edit(start, start + 1, "（", "punctuation"), Edit(end, end + 1, "）", "punctuation")
    return edits
