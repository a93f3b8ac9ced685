"""References resolved: a document's id, an article and a quote become a citation of a passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.eligibility.scheme import Reference
from assistant.errors import CorpusError
from assistant.types import Citation, Passage


class Clauses:
    """The passages of a corpus by document, to cite from."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._passages[passage.document.id].append(passage)

    def cite(self, reference: Reference) -> Citation:
        """The citation of ``reference``: its quote, standing in its article or a part of it.

        Raises ``CorpusError`` saying what is not there: the document, the quote, or the quote in that article.
        """
        passages = self._passages.get(reference.document)
        if not passages:
            raise CorpusError(f"语料里没有文件 {reference.document}")
        found = [citation for passage in passages for citation in _citations(passage, reference.quote)]
        if not found:
            raise CorpusError(f"{reference.document} 里没有这句话：{reference.quote}")
        for citation in found:
            if _within(citation.label, reference.article):
                return citation
        places = "、".join(dict.fromkeys(citation.label for citation in found))
        raise CorpusError(f"{reference.document} 的{reference.article}里没有这句话（它在{places}）：{reference.quote}")


def _citations(passage: Passage, quote: str) -> Iterable[Citation]:
    start = passage.text.find(quote)
    while start >= 0:
        yield Citation(passage, quote, passage.start + start)
        start = passage.text.find(quote, start + 1)


def _within(label: str, article: str) -> bool:
    """Whether ``label`` is ``article`` or a part of it: 第八条第二款 of 第八条, but 第十一条 is not of 第十条."""
    return label == article or (bool(article) and label.startswith(article) and label[len(article)] in "第（0123456789")
