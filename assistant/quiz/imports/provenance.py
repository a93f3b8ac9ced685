"""Finding the clause that an imported item names: by its document's title, its label and its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.quiz.clauses import origin_at
from assistant.quiz.types import Origin
from assistant.text.numbers import chinese_numeral
from assistant.types import Passage

_STATE = "中华人民共和国"
_NUMBER = re.compile(r"\d{1,4}")


class Clauses:
    """The passages that an item may name, under the titles of their documents."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._by_title: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
        for passage in passages:
            self._by_title[_title(passage.document.title)][passage.document.id].append(passage)

    def origin(self, title: str, label: str, quote: str) -> Origin:
        """The origin of ``quote`` at ``label`` of the document of ``title``.

        Without a quote it is the whole of the clause; without a label the first place of the quote. Raises
        ``ValueError``, in words for the person who imports, where there is no such document, clause or quote.
        """
        documents = self._by_title.get(_title(title), {})
        if not documents:
            raise ValueError(f"语料里没有现行有效的《{title.strip('《》')}》")
        if len(documents) > 1:
            raise ValueError(f"《{title.strip('《》')}》有几个版本同时有效，分不清是哪一个")
        (passages,) = documents.values()
        places = [
            place for passage in passages for place in _spans(passage, _label(label))
        ]  # fmt: skip
        if not places:
            raise ValueError(f"《{title.strip('《》')}》里没有{label}")
        for passage, start, end in places:
            at = passage.document.text.find(quote, start, end) if quote else start
            if at >= 0:
                return origin_at(passage, at, quote or passage.document.text[start:end].strip() or passage.text)
        raise ValueError(f"《{title.strip('《》')}》{label}里没有这句原文：{quote[:30]}")


def _spans(passage: Passage, label: str) -> Iterator[tuple[Passage, int, int]]:
    """Where a label stands in a passage: the whole of it, or its part of that name."""
    if label in ("", _label(passage.label)):
        yield passage, passage.start, passage.end
    for part in passage.parts:
        if label == _label(part.label):
            yield passage, part.start, part.end


def _title(title: str) -> str:
    return "".join(title.split()).strip("《》").removeprefix(_STATE)


def _label(label: str) -> str:
    """第9条第1款 as 第九条第一款, without spaces."""
    return _NUMBER.sub(lambda found: chinese_numeral(int(found[0])), "".join(label.split()))
