"""assistant quiz bank: items kept, looked at, approved, retired and brought in. assistant quiz paper: a paper as a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import QuizError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.quiz.bank import BankItem, Filter, ItemBank, Status
    from assistant.quiz.imports import Imported
    from assistant.quiz.paper import Paper, Part
    from assistant.quiz.types import Item

_BY_SUFFIX = {
    ".docx": "docx", ".pdf": "pdf", ".xlsx": "xlsx", ".txt": "gift", ".gift": "gift", ".xml": "moodle", ".zip": "qti",
    ".apkg": "anki",
}  # fmt: skip


def add_to(quiz: argparse._SubParsersAction[Any]) -> None:
    """Add ``bank`` and ``paper`` to what ``assistant quiz`` can do."""
    bank = quiz.add_parser("bank", help="题库：入库、查看、批准、停用、导入").add_subparsers(
        dest="bank", required=True, metavar="做什么"
    )
    add = bank.add_parser("add", help="把 quiz generate --json 的题存进题库，成为草稿")
    add.add_argument("file", type=Path, help="JSON 文件；- 表示标准输入")
    add.set_defaults(run=_add)
    listing = bank.add_parser("list", help="列出题目")
    _filter_options(listing)
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_list)
    for name, run, says in (("approve", _approve, "批准"), ("retire", _retire, "停用"), ("tag", _tag, "改标签")):
        command = bank.add_parser(name, help=f"{says}题目：写编号，或用条件选")
        command.add_argument("ids", nargs="*", metavar="编号")
        _filter_options(command)
        if name == "retire":
            command.add_argument("--note", default="", metavar="原因", help="为什么停用")
        if name == "tag":
            command.add_argument("--set", nargs="*", default=[], metavar="标签", help="改成这些标签；不写就是去掉标签")
        command.set_defaults(run=run)
    history = bank.add_parser("history", help="一道题的修改记录")
    history.add_argument("id", metavar="编号")
    history.set_defaults(run=_history)
    _file_commands(bank)
    _paper_command(quiz)


def _file_commands(bank: argparse._SubParsersAction[Any]) -> None:
    bring = bank.add_parser("import", help="从 Excel（.xlsx）或 GIFT（.txt）导入")
    bring.add_argument("file", type=Path)
    bring.add_argument("--rejected", type=Path, metavar="FILE", help="没有导入的题写到这个文件，改好后可以再导入")
    bring.add_argument("--index", type=Path, metavar="DIR", help="核对依据用的索引，默认 indexes/default")
    bring.set_defaults(run=_import)
    export = bank.add_parser("export", help="把题目写成 Excel，改好后可以再导入")
    export.add_argument("out", type=Path, metavar="FILE.xlsx")
    _filter_options(export)
    export.set_defaults(run=_export)
    template = bank.add_parser("template", help="写一个空白的导入模板")
    template.add_argument("out", type=Path, metavar="FILE.xlsx")
    template.set_defaults(run=_template)


def _paper_command(quiz: argparse._SubParsersAction[Any]) -> None:
    paper = quiz.add_parser("paper", help="从题库组卷，写成 Word、PDF、Excel、GIFT、Moodle、QTI 或 Anki 文件")
    paper.add_argument("--out", type=Path, required=True, metavar="FILE", help="文件名，后缀决定格式，如 试卷.docx")
    paper.add_argument("--format", metavar="格式", help="docx-paper、docx-key、pdf-sheet、gift 等；不给就看后缀")
    paper.add_argument("--title", default="法律知识测试", metavar="标题")
    paper.add_argument(
        "--part",
        action="append",
        metavar="题型:题数:每题分",
        help="如 单选:20:2，可以给多个；默认 单选:10:4 多选:5:6 判断:10:3",
    )
    paper.add_argument(
        "--documents", nargs="+", action="extend", default=[], metavar="文件", help="标题（一部分）或编号"
    )
    paper.add_argument("--difficulty", nargs=2, type=float, default=(0.0, 1.0), metavar=("最低", "最高"), help="0 到 1")
    paper.add_argument("--seed", type=int, default=0, metavar="N", help="随机数的种子，同一个种子出同样的卷")
    paper.add_argument("--variants", default="", metavar="AB", help="打乱成几份，如 AB，各写一个文件")
    paper.add_argument("--drafts", action="store_true", help="没有批准的草稿也可以用")
    paper.add_argument("--items", type=Path, metavar="FILE", help="不用题库，用 quiz generate --json 的题")
    paper.set_defaults(run=_paper)


def _filter_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--documents", nargs="+", action="extend", default=[], metavar="文件", help="标题（一部分）或编号"
    )
    command.add_argument("--types", nargs="+", action="extend", default=[], metavar="题型")
    command.add_argument(
        "--status", nargs="+", action="extend", default=[], metavar="状态", help="草稿、已批准、已停用"
    )
    command.add_argument("--tags", nargs="+", action="extend", default=[], metavar="标签")
    command.add_argument("--text", default="", metavar="文字", help="题干、选项或答案里有这几个字")
    command.add_argument("--all", action="store_true", help="全部题目")


# Looking and changing ---------------------------------------------------------------------------------------------


def _bank() -> ItemBank:
    from assistant.quiz.bank import ItemBank
    from assistant.quiz.database import open_database

    return ItemBank(open_database(load_settings().quiz_database))


def _add(options: argparse.Namespace) -> int:
    added = _bank().add(_items_of(options.file), datetime.now())
    print(f"入库 {added.added} 题，{added.known} 题早已在题库里。")
    return 0


def _items_of(path: Path) -> list[Item]:
    """The items of the JSON of ``quiz generate``. Raises ``QuizError`` where it is none or cannot be read."""
    from assistant.quiz.types import item_from

    try:
        text = sys.stdin.read() if str(path) == "-" else _read(path).decode("utf-8-sig")
        return [item_from(record) for record in json.loads(text)["items"]]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise QuizError(f"{path} 不是 assistant quiz generate --json 写的题：{error}") from error


def _list(options: argparse.Namespace) -> int:
    from assistant.quiz.bank import STATUS_NAMES
    from assistant.quiz.types import item_record

    entries = _found(_bank(), options)
    if options.json:
        records = [
            {**item_record(each.item), "status": each.status, "note": each.note, "revision": each.revision,
             "changed": each.changed.isoformat()}
            for each in entries
        ]  # fmt: skip
        print(json.dumps({"items": records}, ensure_ascii=False))
        return 0
    for each in entries:
        origin = each.item.origin
        source = f"《{origin.title}》{origin.label}" if origin else "没有依据"
        note = f"（{each.note}）" if each.note else ""
        stem = " ".join(each.item.stem.split())
        print(f"{each.id}  {STATUS_NAMES[each.status]}{note}  [{each.item.type}] {stem}  {source}")
    print(f"共 {len(entries)} 题。")
    return 0


def _approve(options: argparse.Namespace) -> int:
    bank = _bank()
    print(f"批准 {bank.approve(_ids(bank, options), datetime.now())} 题。")
    return 0


def _retire(options: argparse.Namespace) -> int:
    bank = _bank()
    print(f"停用 {bank.retire(_ids(bank, options), datetime.now(), options.note)} 题。")
    return 0


def _tag(options: argparse.Namespace) -> int:
    bank = _bank()
    print(f"改了 {bank.tag(_ids(bank, options), options.set, datetime.now())} 题的标签。")
    return 0


def _history(options: argparse.Namespace) -> int:
    from assistant.quiz.bank import STATUS_NAMES

    for each in _bank().history(options.id):
        note = f"（{each.note}）" if each.note else ""
        stem, time = " ".join(each.item.stem.split()), each.time.astimezone()  # The pages write UTC.
        print(f"{each.number}  {time:%Y-%m-%d %H:%M}  {each.what}{note}  {STATUS_NAMES[each.status]}  {stem}")
    return 0


def _ids(bank: ItemBank, options: argparse.Namespace) -> list[str]:
    """The ids that were written, or those of the items that the conditions allow; all only where that is said."""
    chosen = any((options.documents, options.types, options.status, options.tags, options.text, options.all))
    if bool(options.ids) == chosen:
        raise QuizError("请写题目的编号，或者用 --documents、--types、--status、--tags、--text、--all 选题（两者选一）")
    return list(options.ids) or [each.id for each in _found(bank, options)]


def _found(bank: ItemBank, options: argparse.Namespace) -> list[BankItem]:
    return [each for each in bank.find(_filter(options)) if _is_of(each.item, options.documents)]


def _filter(options: argparse.Namespace) -> Filter:
    from assistant.quiz.bank import STATUS_NAMES, Filter

    names: dict[str, Status] = {word: status for status, name in STATUS_NAMES.items() for word in (name, status)}
    if unknown := next((each for each in options.status if each not in names), ""):
        raise QuizError(f"没有“{unknown}”这种状态；状态是{'、'.join(STATUS_NAMES.values())}")
    statuses = tuple(names[each] for each in options.status)
    return Filter(types=tuple(options.types), statuses=statuses, tags=tuple(options.tags), text=options.text)


def _is_of(item: Item, documents: Sequence[str]) -> bool:
    """Whether an item stands on one of the documents, named by id or by a part of the title."""
    origin = item.origin
    return not documents or bool(
        origin and any(name == origin.document_id or name.strip("《》") in origin.title for name in documents)
    )


# Files ------------------------------------------------------------------------------------------------------------


def _import(options: argparse.Namespace) -> int:
    from assistant.pipeline import load
    from assistant.quiz.imports import read_excel, read_gift
    from assistant.text.decode import decode

    data = _read(options.file)
    passages = load(load_settings(index=options.index)).in_force()
    excel = options.file.suffix.lower() == ".xlsx"
    found = read_excel(data, passages) if excel else read_gift(decode(data)[0], passages)
    merged = _bank().merge(found.items, datetime.now(), labels=excel)
    for error in found.errors:
        print(f"{error.where}没有导入：{error.message}", file=sys.stderr)
    for item, why in merged.refused:
        print(f"“{item.stem[:20]}”没有导入：{why}", file=sys.stderr)
    if found.errors and options.rejected:
        _write(options.rejected, _rejected(found, excel))
        print(f"没有导入的题写在 {options.rejected}，改好后可以再导入。")
    failed = len(found.errors) + len(merged.refused)
    print(f"新增 {merged.added} 题，修改 {merged.edited} 题，{merged.same} 题没有变化；{failed} 题没有导入。")
    return 1 if failed else 0


def _rejected(found: Imported, excel: bool) -> bytes:
    from assistant.quiz.imports import refused_questions, refused_rows

    return refused_rows(found.errors) if excel else refused_questions(found.errors).encode("utf-8")


def _export(options: argparse.Namespace) -> int:
    from assistant.quiz.export.excel import workbook

    items = [each.item for each in _found(_bank(), options)]
    _write(options.out, workbook(items))
    print(f"{len(items)} 题写在 {options.out}。")
    return 0


def _template(options: argparse.Namespace) -> int:
    from assistant.quiz.imports import template

    _write(options.out, template())
    print(f"模板写在 {options.out}。")
    return 0


def _paper(options: argparse.Namespace) -> int:
    from assistant.quiz.export import export
    from assistant.quiz.paper import Plan, choose, variants

    form = options.format or _BY_SUFFIX.get(options.out.suffix.lower())
    if form is None:
        raise QuizError(f"不知道 {options.out} 是什么格式；后缀可以是 {'、'.join(_BY_SUFFIX)}，或用 --format 说明")
    try:
        plan = Plan(options.title, _parts(options.part), difficulty=tuple(options.difficulty), seed=options.seed)
    except ValueError as error:
        raise QuizError("--difficulty 的最低不能大于最高") from error
    paper = choose([each for each in _pool(options) if _is_of(each, options.documents)], plan)
    papers: Sequence[Paper] = variants(paper, tuple(options.variants)) if options.variants else (paper,)
    for each in papers:
        name = f"{options.out.stem}-{each.variant}" if each.variant else options.out.stem
        path = options.out.with_name(name + options.out.suffix)
        _write(path, export(each, form))
        print(f"{each.name}：{len(each.items)} 题，{each.total:g} 分，写在 {path}。")
    return 0


def _pool(options: argparse.Namespace) -> list[Item]:
    from assistant.quiz.bank import Filter

    if options.items:
        return _items_of(options.items)
    found = _bank().find(Filter(statuses=("approved", "draft") if options.drafts else ("approved",)))
    if not found:
        raise QuizError("题库里没有已批准的题；请先 assistant quiz bank approve，或加 --drafts 用草稿")
    return [each.item for each in found]


def _parts(texts: Sequence[str] | None) -> tuple[Part, ...]:
    """单选:20:2 as a part. Raises ``QuizError`` for what is none."""
    from typing import cast

    from assistant.quiz.paper import Part
    from assistant.quiz.types import ItemType

    parts = []
    for text in texts or ("单选:10:4", "多选:5:6", "判断:10:3"):
        try:
            type, count, marks = text.replace("：", ":").split(":")
            parts.append(Part(cast(ItemType, type.removesuffix("题")), int(count), float(marks)))
        except ValueError as error:
            raise QuizError(f"--part 要写成 题型:题数:每题分，如 单选:20:2，不能是“{text}”") from error
    return tuple(parts)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise QuizError(f"读不了 {path}：{error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise QuizError(f"写不了 {path}：{error.strerror}") from error
