"""Articles of statutes and notices as what an encoder learns from, and the questions that they answer."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from assistant.errors import CorpusError
from assistant.types import Document, Passage, Source

REGISTERS = (
    "formal", "village", "city", "long", "keyword", "typo", "traditional", "cantonese", "english", "pinyin",
)  # fmt: skip
"""The manners in which a training question may be put."""

_Record = TypeVar("_Record")
_NUMBER = re.compile("第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_WITHIN_SECTION = re.compile(r"(?<=[^第\d])(第\d+段|\d+)$")
_NOT_OF_THE_NAME = re.compile(r"中华人民共和国|[（(].*?[）)]|[《》\s]")
_LAPSED, _LOCAL = "已失效", "DLC"
_CIVIL_CODE = "民法典"  # its books are laws of their own in the collection: 婚姻家庭编


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law, or a numbered part of a notice; ``headings`` stand above it, ``number`` is 第九条 or 三（二）."""

    law: str
    headings: tuple[str, ...]
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question written for training, and the article that answers it."""

    law: str
    number: str
    register: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the texts that answer it: of one article, or of several where any of them does."""

    text: str
    answers: tuple[Article, ...]


def core_name(law: str) -> str:
    """A law's name without what differs from one mention of it to the next: the state's name, brackets, blanks."""
    return _NOT_OF_THE_NAME.sub("", law)


# Reading ---------------------------------------------------------------------------------------------------------


def read_articles(path: Path) -> list[Article]:
    """The articles of a JSON-lines file (law, date, cat, ch, sec, no, text), compressed by xz or not; later ones last.

    Raises ``CorpusError`` where it cannot be read, naming the line that is wrong.
    """
    return [article for *_, article in sorted(_read(path, _article), key=lambda dated: dated[0])]


def read_national_articles(path: Path) -> list[Article]:
    """Of the articles that ``read_articles`` gives those of the newest version of each law, local rules left out."""
    found = [record for record in _read(path, _article) if not record[1].startswith(_LOCAL)]
    last: dict[str, str] = {}
    for day, _, article in found:
        name = core_name(article.law)
        last[name] = max(day, last.get(name, ""))
    return [article for day, _, article in found if last[core_name(article.law)] == day]


def _article(record: dict[str, Any]) -> tuple[str, str, Article]:
    law = _CIVIL_CODE + record["law"] if record["cat"] == _CIVIL_CODE else record["law"]
    headings = tuple(heading for heading in (record["ch"], record["sec"]) if heading)
    return record["date"], record["cat"], Article(law, headings, record["no"], record["text"])


def read_questions(folder: Path) -> list[Question]:
    """The questions of the folder's JSON-lines files (law, no, register, question), by file and line.

    Raises ``CorpusError`` where there is none or one cannot be read, naming the line that is wrong.
    """
    questions = [question for path in sorted(folder.glob("*.jsonl")) for question in _read(path, _question)]
    if not questions:
        raise CorpusError(f"{folder} 里没有题目（*.jsonl）")
    return questions


def _question(record: dict[str, Any]) -> Question:
    if record["register"] not in REGISTERS:
        raise ValueError(f"register {record['register']}")
    return Question(record["law"], record["no"], record["register"], record["question"])


def read_unanswered(path: Path) -> list[str]:
    """The questions of a JSON-lines file (question) that the corpus does not answer.

    Raises ``CorpusError`` where it cannot be read, naming the line that is wrong.
    """
    return list(_read(path, lambda record: str(record["question"])))


def read_lay_questions(path: Path) -> list[Asked]:
    """The lay questions of a JSON-lines file (question, articles: name to text), compressed by xz or not.

    Raises ``CorpusError`` where it cannot be read, naming the line that is wrong.
    """
    return list(_read(path, _lay_question))


def _lay_question(record: dict[str, Any]) -> Asked:
    return Asked(record["question"], tuple(_named(name, text) for name, text in record["articles"].items()))


def _named(name: str, text: str) -> Article:
    """The article of a name such as 民法典第九条."""
    match = _NUMBER.search(name)
    law, number = (name[: match.start()], match.group()) if match else (name, "")
    return Article(law, (), number, text)


def read_names(path: Path) -> list[str]:
    """The laws that a file names, one a line; # begins a comment. Raises ``CorpusError`` where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了 {path}：{error}") from error
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def _read(path: Path, record_of: Callable[[dict[str, Any]], _Record]) -> Iterator[_Record]:
    number = 0
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
            for line in file:
                number += 1
                yield record_of(json.loads(line))
    except OSError as error:
        raise CorpusError(f"读不了 {path}：{error.strerror or error}") from error
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了 {path}：文件已损坏，或不是 UTF-8 编码") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path} 第 {number} 行不对：{error!r}") from error


# Answers ---------------------------------------------------------------------------------------------------------


def article_of(passage: Passage) -> Article:
    """A passage of the corpus as an article."""
    return Article(passage.document.title, passage.heading, passage.label, passage.text)


def as_passages(articles: Iterable[Article]) -> list[Passage]:
    """The articles as passages of a document for each law; of an article that is there twice, the last one."""
    laws: dict[str, dict[str, Article]] = {}
    for article in articles:
        laws.setdefault(core_name(article.law), {})[article.number] = article
    return [passage for name, numbered in laws.items() for passage in _document(name, list(numbered.values()))]


def _document(name: str, articles: Sequence[Article]) -> list[Passage]:
    texts = [article.text.strip() or article.number for article in articles]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    document = Document(f"law:{name}", articles[0].law, "\n".join(texts), Source(name, "", "utf-8", "txt"))
    return [
        Passage(document, start, start + len(text), article.headings, article.number)
        for article, text, start in zip(articles, texts, starts, strict=False)
    ]


def number_of(label: str) -> str:
    """The article's number of a passage's label, or the section's: 第九条 of 第九条第二款, 二（一） of 二（一）3 or 二（一）第2段."""
    match = _NUMBER.match(label)
    return match.group() if match else _WITHIN_SECTION.sub("", label)


class Library:
    """Articles by law and number: the passages of the corpus, and where it does not have a law, the newest article."""

    def __init__(self, articles: Iterable[Article], passages: Iterable[Passage]) -> None:
        self._articles = {(core_name(article.law), article.number): article for article in articles}
        self._passages: dict[tuple[str, str], list[Passage]] = {}
        for passage in passages:
            for name in _names(passage):
                for number in {passage.label, number_of(passage.label)}:
                    self._passages.setdefault((name, number), []).append(passage)

    def answers(self, question: Question) -> tuple[Article, ...]:
        """What answers ``question``, none where its law or number is not there.

        Of several versions of a law the one in force answers, unless the question's law is a file's name, which has the year.
        """
        if found := self.passages(question):
            return tuple(map(article_of, found))
        article = self._articles.get((core_name(question.law), question.number))
        return (article,) if article else ()

    def passages(self, question: Question) -> list[Passage]:
        """The passages that answer ``question``, none where its law or number is not among the documents."""
        for name in (question.law, core_name(question.law)):
            if found := self._passages.get((name, question.number)):
                return in_force(found)
        return []

    def asked(self, questions: Sequence[Question]) -> tuple[list[Asked], Counter[str]]:
        """``questions`` with their answers, and by law, how many have none."""
        found = [(question, self.answers(question)) for question in questions]
        asked = [Asked(question.text, answers) for question, answers in found if answers]
        return asked, Counter(question.law for question, answers in found if not answers)


def in_force(passages: Sequence[Passage]) -> list[Passage]:
    """Those of documents that have not lapsed, or all where each has."""
    known = [(passage, passage.document.metadata) for passage in passages]
    return [passage for passage, of in known if of.status != _LAPSED and of.expires is None] or list(passages)


def _names(passage: Passage) -> set[str]:
    """What a document may be called: its title, or its file's name, since a title may be damaged; with the year or not."""
    stem = PurePosixPath(passage.document.source.path).stem
    return {core_name(passage.document.title), core_name(stem), stem}
