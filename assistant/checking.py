"""What is wrong with the corpus and the schemes: for those who keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answer.audit import Doubt, audit
from assistant.answer.lexicon import lexicon_from
from assistant.answer.validity import IN_FORCE, validity
from assistant.corpus import read_documents, read_passages, read_toml
from assistant.eligibility.cases import Case, Failure, read_cases, run_cases, uncovered
from assistant.eligibility.check import Flaw, check_references
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.scheme import Book
from assistant.ingest.check import Finding, check_documents, check_terms, compare, original_of
from assistant.ingest.split import split
from assistant.pipeline import home, schemes
from assistant.search.index import use_dictionary
from assistant.settings import Settings
from assistant.text.dialect import Dialect
from assistant.text.english import English
from assistant.types import Document


def check_corpus(settings: Settings, against: Path | None = None) -> tuple[list[Finding], list[Document]]:
    """What is wrong with the corpus, and with ``against`` (a folder of originals) the documents that have none there.

    Raises ``CorpusError`` when a folder is missing or a table of words is not as it should be.
    """
    documents, failures = read_documents(settings.corpus)
    passages = {document.id: split(document) for document in documents}
    findings = [Finding(file, "reading", "", reason) for file, reason in failures]
    findings += check_documents(documents, passages, settings.as_of or date.today())
    findings += check_terms(_official_terms(settings.synonyms), documents)
    for table, reads in ((settings.english, English), (settings.dialect, Dialect)):
        reads(read_toml(table))  # raises where it is not as it should be
    if against is None:
        return findings, []
    originals = [split(original) for original in read_documents([against])[0]]
    without = []
    for document in documents:
        original = original_of(passages[document.id], originals)
        if original is None:
            without.append(document)
        else:
            findings += compare(passages[document.id], original)
    return findings, without


def audit_corpus(settings: Settings) -> list[tuple[Document, int, list[Doubt]]]:
    """For each document how many relations between its numbers were checked, and those that do not add up.

    Raises ``CorpusError`` when a folder is missing.
    """
    use_dictionary(settings.dictionary)
    lexicon = lexicon_from(read_toml(settings.synonyms))
    documents, _ = read_documents(settings.corpus)
    return [(document, *audit(split(document), lexicon)) for document in documents]


def _official_terms(synonyms: Path) -> list[str]:
    """The official terms that have a note of where they stand; those of mere ways of asking have none."""
    return [entry["official"] for entry in read_toml(synonyms).get("term", ()) if entry.get("note")]


@dataclass(frozen=True)
class SchemesReport:
    """What is wrong with the schemes: their references, the cases that come out otherwise, what no case shows."""

    book: Book
    cases: tuple[Case, ...]
    flaws: tuple[Flaw, ...]
    failures: tuple[Failure, ...]


def check_schemes(settings: Settings) -> SchemesReport:
    """Look up every reference in the documents and run every case. Raises ``CorpusError`` where something is unreadable."""
    book, regions = schemes(settings), home(settings)
    clauses = Clauses(read_passages(settings.corpus))
    flaws = check_references(
        book, clauses, lambda document, day: validity(document, day) == IN_FORCE, settings.as_of or date.today()
    )
    cases = read_cases(settings.schemes / "cases", book)
    failures = [*run_cases(cases, book, regions), *uncovered(cases, book, regions)]
    return SchemesReport(book, cases, tuple(flaws), tuple(failures))
