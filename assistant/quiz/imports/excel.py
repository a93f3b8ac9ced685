"""Items from an Excel sheet as ``quiz.export.excel`` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.errors import QuizError
from assistant.quiz.export.excel import COLUMNS, OPTION, REASON, SHEET, sheets, workbook
from assistant.quiz.imports.outcome import ID, MISTAKE, Imported, RowError, against, keep
from assistant.quiz.imports.provenance import Clauses
from assistant.quiz.spreadsheet import rows_of
from assistant.quiz.types import BLANK, KINDS, LETTERS, RIGHT_WRONG, TYPES, Item, Origin
from assistant.types import Passage

NEEDED = ("题型", "题干", "答案")
_RIGHT, _WRONG = ("正确", "对", "是", "√", "✓", "T", "TRUE", "A"), ("错误", "错", "否", "×", "✗", "F", "FALSE", "B")


def template() -> bytes:
    """An empty workbook with the columns of an import and a sheet that explains them."""
    return workbook(())


def read_excel(data: bytes, passages: Iterable[Passage]) -> Imported:
    """The items of the sheet 试题, or of the first one. Raises ``QuizError`` where it is no workbook or lacks columns."""
    rows = rows_of(data, SHEET)
    header = [text.strip() for text in next(iter(rows), ())]
    if missing := [name for name in NEEDED if name not in header]:
        raise QuizError(f"表格第一行缺少这些列：{'、'.join(missing)}；请用导入模板")
    clauses, items, errors = Clauses(passages), dict[str, Item](), []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(header, row, strict=False))
        if not any(text.strip() for text in row):
            continue
        try:
            keep(items, item_of(cells, clauses))
        except ValueError as error:
            content = tuple(cells.get(name, "") for name in COLUMNS)
            errors.append(RowError(f"第 {number} 行", str(error), content))
    return Imported(tuple(items.values()), tuple(errors))


def refused_rows(errors: Sequence[RowError]) -> bytes:
    """A workbook of the rows of ``read_excel`` that did not come in, with what is wrong, to be put right and imported."""
    return sheets((*COLUMNS, MISTAKE), [(*error.content, error.message) for error in errors])


def item_of(cells: Mapping[str, str], clauses: Clauses) -> Item:
    """The item of a row of the sheet. Raises ``ValueError`` in words for the person who wrote it."""
    kind, stem = cells.get("题型", "").strip().removesuffix("题"), cells.get("题干", "")
    type = next((each for each in TYPES if each == kind), None)
    if type is None:
        raise ValueError(f"题型要写{'、'.join(TYPES)}中的一种，不能是“{kind}”")
    if not stem.strip():
        raise ValueError("没有写题干")
    options, reasons = _options(cells) if type in ("单选", "多选") else ((), ())
    key, answers = _key(type, cells.get("答案", ""), options)
    if type == "判断":
        options, reasons = RIGHT_WRONG, tuple(cells.get(f"{REASON}{letter}", "") for letter in LETTERS[:2])
    id = cells.get("编号", "").strip()
    if id and not ID.fullmatch(id):
        raise ValueError(f"编号只能用字母、数字、- 和 _，不能是“{id[:20]}”；新题请留空")
    origin = _origin(cells, clauses)
    asked, difficulty = cells.get("考点", "").strip(), _difficulty(cells.get("难度", ""))
    try:
        return Item(
            type=type, kind=next((each for each in KINDS if each == asked), "其他"), stem=stem, options=options, key=key,
            answers=answers, explanation=cells.get("解析", ""), origin=origin, why_wrong=against(reasons, key),
            difficulty=difficulty, tags=_tags(cells.get("标签", "")), id=id,
        )  # fmt: skip
    except ValueError as error:
        raise ValueError(_fault(type, stem, options, key, answers)) from error


def _options(cells: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options and the reasons against them. Options are written from A on without a gap."""
    written = [cells.get(f"{OPTION}{letter}", "") for letter in LETTERS]
    count = max((place for place, text in enumerate(written, start=1) if text.strip()), default=0)
    if gap := next((letter for letter, text in zip(LETTERS[:count], written, strict=False) if not text.strip()), ""):
        raise ValueError(f"选项{gap}是空的，后面却还有选项；请从 A 开始依次写")
    if count < 2:
        raise ValueError("选择题至少要有选项A和选项B")
    return tuple(written[:count]), tuple(cells.get(f"{REASON}{letter}", "") for letter in LETTERS[:count])


def _key(type: str, answer: str, options: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The key and the answers that the 答案 cell of an item of ``type`` writes."""
    if not answer.strip():
        raise ValueError("没有写答案")
    if type in ("填空", "简答"):
        return (), tuple(line.strip() for line in answer.splitlines() if line.strip())
    if type == "判断":
        word = answer.strip().upper()
        if word not in (*_RIGHT, *_WRONG):
            raise ValueError(f"判断题的答案写“正确”或“错误”，不能是“{answer.strip()[:20]}”")
        return (0,) if word in _RIGHT else (1,), ()
    letters = re.sub(r"[\s,，、;；]", "", answer).upper()
    if not set(letters) <= set(LETTERS[: len(options)]):
        raise ValueError(f"答案“{answer.strip()[:20]}”里有没写的选项；请写选项的字母")
    return tuple(sorted({LETTERS.index(letter) for letter in letters})), ()


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in re.split(r"[,，、;；\s]+", text) if tag))


def _difficulty(text: str) -> float:
    try:
        value = float(text) if text.strip() else 0.5
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"难度要写 0 到 1 之间的数，不能是“{text.strip()[:20]}”")
    return value


def _origin(cells: Mapping[str, str], clauses: Clauses) -> Origin | None:
    title, label, quote = (cells.get(name, "") for name in ("文件", "条款", "原文"))
    if not title.strip():
        if label.strip() or quote.strip():
            raise ValueError("写了条款或原文，却没有写是哪个文件")
        return None
    if not label.strip() and not quote.strip():
        raise ValueError("写了文件，请再写条款或原文")
    return clauses.origin(title.strip(), label.strip(), quote)


def _fault(type: str, stem: str, options: Sequence[str], key: Sequence[int], answers: Sequence[str]) -> str:
    """What is wrong with the parts of an item that cannot be, for its writer."""
    if type == "填空":
        return f"题干里有 {stem.count(BLANK)} 个空（{BLANK}），答案却有 {len(answers)} 行；一个空写一行"
    if len(set(options)) < len(options):
        return "有两个选项一模一样"
    if type == "单选" and len(key) != 1:
        return f"单选题只能有一个答案，写了 {len(key)} 个"
    if type == "多选" and len(key) < 2:
        return "多选题至少要有两个答案；只有一个的请改成单选"
    return "这道题不完整，请对照说明页检查各列"
