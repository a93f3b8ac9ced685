"""An index on the disk: built from documents, kept in a folder, loaded.

A generation of the folder (see ``generation``) holds documents.jsonl, passages.jsonl, bm25/, vectors.faiss, words.json, for
an encoder with a second stage expansion/, and for the fitted encoder encoder/. Its manifest says what it was built from
and with, and ``load`` refuses where that has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import AssistantError, CorpusError, IndexUnusable, SettingsError
from assistant.search import generation, rerank, static, store
from assistant.search.cross import CrossEncoderReranker
from assistant.search.dense import PLAIN, DenseIndex, Encoder, EncoderOptions, Matrix, SentenceTransformerEncoder
from assistant.search.expansion import Expansion, Posed
from assistant.search.generation import DAMAGE, REBUILD, Generation, Manifest
from assistant.search.lexical import LexicalIndex
from assistant.search.static import BUILT_IN, FITTED, StaticEncoder
from assistant.search.systems import Index, field
from assistant.text.tokens import configure, features, parse_terms
from assistant.text.vocabulary import vocabulary_of
from assistant.types import Document, Passage

READABLE = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
"""Endings of the files that make a corpus; whatever else lies in its folder may change."""

Pose = Callable[[], Sequence[Posed]]
"""Gives the questions of which it is known what answers them, or that nothing does."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is in all."""

_BM25, _ENCODER, _EXPANSION, _VECTORS, _WORDS = "bm25", "encoder", "expansion", "vectors.faiss", "words.json"
_BATCH = 256
NONE = "none"
"""Of the setting ``reranker``: no second stage."""


# Building --------------------------------------------------------------------------------------------------------


def build(
    documents: Sequence[Document], passages: Sequence[Passage], folder: Path, *, encoder: str = FITTED,
    options: EncoderOptions = PLAIN, dictionary: Path | None = None, corpus: Sequence[Path] = (),
    questions: Sequence[Path] = (), pose: Pose | None = None, progress: Progress | None = None, allow_download: bool = False,
) -> None:  # fmt: skip
    """Write the index of ``passages`` into ``folder``; a reader sees the index before, whole, until it stands.

    The words of ``dictionary`` come into use. ``pose`` gives what people ask, from the files and folders of
    ``questions``; it is called when the words are in use, and only for an encoder that has a second stage. Vectors of the index before
    are taken over where encoder and passage are the same.

    Raises ``CorpusError`` where there is nothing to index or two documents share an id, ``SettingsError`` where the
    encoder cannot be loaded, and ``AssistantError`` while another build of the same folder is under way or where it
    cannot be written.
    """
    _check(documents, passages)
    report = progress or (lambda stage, done, total: None)
    words = use_dictionary(dictionary)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with generation.locked(folder):
            target, previous = generation.begin(folder)
            used = _write_search(passages, target, _Choice(encoder, options, allow_download), previous, words, report)
            if pose and _expands(used) and (posed := pose()):
                Expansion.of(posed, len(passages), used).save(target / _EXPANSION)
            report("写入索引", 0, 1)
            store.save(documents, passages, target)
            words_of_passages = vocabulary_of(passage.text for passage in passages)
            (target / _WORDS).write_text(words_of_passages.dump(), encoding="utf-8")
            digests = {str(place.resolve()): corpus_digests(place) for place in corpus}
            manifest = Manifest(
                schema=generation.SCHEMA,
                corpus=digests,
                corpus_sha256=hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest(),
                dictionary_sha256=words,
                questions_sha256=questions_digest(questions),
                encoder=encoder,
                encoder_sha256=used.sha256,
                documents=len(documents),
                passages=len(passages),
                files=generation.digests(target),
            )
            generation.publish(target, manifest)
            report("写入索引", 1, 1)
    except OSError as error:
        raise AssistantError(f"写不了索引文件夹 {folder}：{error.strerror or error}") from error


def _check(documents: Sequence[Document], passages: Sequence[Passage]) -> None:
    by_id = {document.id: document for document in documents}
    if len(by_id) < len(documents):
        raise CorpusError("有两份文件的编号（id）相同，请改其中一份")
    if any(by_id.get(passage.document.id) is not passage.document for passage in passages):
        raise ValueError("a passage of a document that is not among the documents")
    if not any(features(passage.text) for passage in passages):
        raise CorpusError("语料里没有可以检索的文字")


def use_dictionary(dictionary: Path | None) -> str:
    """Take the words of ``dictionary`` into use and give its digest; no file is no words.

    Raises ``CorpusError`` where the dictionary cannot be read.
    """
    if dictionary is None or not dictionary.is_file():
        configure(())
        return ""
    content = dictionary.read_bytes()
    try:
        configure(parse_terms(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise CorpusError(f"词典 {dictionary} 不是 UTF-8 编码，请另存为 UTF-8") from error
    return hashlib.sha256(content).hexdigest()


def _write_search(
    passages: Sequence[Passage], target: Path, choice: _Choice, previous: Generation | None, words: str,
    report: Progress,
) -> Encoder:  # fmt: skip
    """Write what finds the passages into ``target``; gives the encoder that the vectors are of."""
    texts = [field(passage) for passage in passages]
    report("关键词索引", 0, 1)
    LexicalIndex.of(texts).save(target / _BM25)
    report("关键词索引", 1, 1)
    if choice.name == FITTED:
        report("拟合编码器", 0, 1)
        static.fit(texts, target / _ENCODER)
        report("拟合编码器", 1, 1)
    encoder = _encoder(choice, target)
    known = _known_vectors(previous, encoder.sha256, words)
    DenseIndex.of(_vectors(texts, encoder, known, report)).save(target / _VECTORS)
    return encoder


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which encoder, read how, and whether it may be downloaded."""

    name: str
    options: EncoderOptions
    allow_download: bool


def _encoder(choice: _Choice, path: Path) -> Encoder:
    """The encoder chosen for the generation at ``path``. Raises ``SettingsError`` where there is no such encoder.

    Models of our own need no torch, wherever they lie; any other is for sentence-transformers.
    """
    name = choice.name
    if name == FITTED:
        return static.StaticEncoder(path / _ENCODER)
    folder = static.SHIPPED if name == BUILT_IN else Path(name)
    if not static.is_model(folder):
        if name == BUILT_IN:
            raise SettingsError(f"程序里没有自带的编码器，请把设置 encoder 改为 {FITTED}")
        return SentenceTransformerEncoder(name, choice.options, allow_download=choice.allow_download)
    try:
        return static.StaticEncoder(folder, name)
    except DAMAGE as error:
        raise SettingsError(f"编码器“{name}”的文件已损坏：{folder}") from error


def _known_vectors(previous: Generation | None, encoder_sha256: str, words: str) -> dict[str, Matrix]:
    """The vectors of the index before by field text, where encoder and dictionary are the same."""
    if previous is None:
        return {}
    manifest = previous.manifest
    if (manifest.encoder_sha256, manifest.dictionary_sha256) != (encoder_sha256, words):
        return {}
    _, passages = store.load(previous.path)
    vectors = DenseIndex.load(previous.path / _VECTORS).vectors
    return {field(passage): vector for passage, vector in zip(passages, vectors, strict=True)}


def _vectors(texts: Sequence[str], encoder: Encoder, known: Mapping[str, Matrix], report: Progress) -> Matrix:
    """Vectors of ``texts``, of which only those are encoded that are not known."""
    vectors = dict(known)
    unknown = [text for text in dict.fromkeys(texts) if text not in known]
    report("编码", 0, len(unknown))
    for start in range(0, len(unknown), _BATCH):
        batch = unknown[start : start + _BATCH]
        vectors.update(zip(batch, encoder.encode(batch), strict=True))
        report("编码", start + len(batch), len(unknown))
    return np.stack([vectors[text] for text in texts])


def questions_digest(places: Sequence[Path]) -> str:
    """The digest of the files of questions at ``places``, folders of them or files, empty where there are none."""
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.glob("*.jsonl")))]
    return hashlib.sha256("".join(map(_digest, files)).encode()).hexdigest() if files else ""


def corpus_digests(folder: Path) -> dict[str, str]:
    """The digest of every file of a corpus folder by its relative path; empty for a file that cannot be read.

    Hidden files, README files and the lock files of office programs (~$…) come and go without the corpus changing:
    left out.
    """
    digests = {}
    walked: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = [] if real in walked else [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in names if real not in walked and _counts(name)):
            digests[path.relative_to(folder).as_posix()] = _digest(path)
        walked.add(real)  # links may lead in a circle
    return digests


def _counts(name: str) -> bool:
    stem, ending = os.path.splitext(name.lower())
    return ending in READABLE and stem != "readme" and not name.startswith((".", "~$"))


def _digest(path: Path) -> str:
    try:
        return generation.file_sha256(path)
    except OSError:
        return ""


# Loading ---------------------------------------------------------------------------------------------------------


def load(
    folder: Path, *, encoder: str | None = None, options: EncoderOptions = PLAIN, reranker: str = BUILT_IN,
    dictionary: Path | None = None, questions: Sequence[Path] = (), allow_download: bool = False,
) -> Index:  # fmt: skip
    """The index in ``folder``; the words of ``dictionary`` come into use, which has to be the one of the build, as ``questions``.

    ``encoder`` is the one that the settings name, ``None`` where any will do. ``reranker`` is ``built-in`` for the second
    stage that comes with the encoder, ``none``, or the folder or id of a cross-encoder. Raises ``IndexUnusable``, saying what to
    run, where the index is missing, damaged, of another schema, or older than corpus, dictionary or encoder. A corpus
    folder that is no longer there is no reason.
    """
    words = use_dictionary(dictionary)
    while True:
        before = generation.pointer(folder)
        try:
            return _load(
                folder, _Wanted(encoder, words, questions_digest(questions)), options, reranker, allow_download
            )
        except IndexUnusable:
            if generation.pointer(folder) == before:  # else builds swept the generation under our hands
                raise


def _load(folder: Path, wanted: _Wanted, options: EncoderOptions, reranker: str, allow_download: bool) -> Index:
    current = generation.open_current(folder)
    _check_fresh(current.manifest, wanted)
    try:
        used = _encoder(_Choice(current.manifest.encoder, options, allow_download), current.path)
        documents, passages = store.load(current.path)
        lexical = LexicalIndex.load(current.path / _BM25)
        dense = DenseIndex.load(current.path / _VECTORS)
        heard = (current.path / _WORDS).read_text(encoding="utf-8")
        asked = current.path / _EXPANSION
        expansion = Expansion.load(asked, len(passages)) if asked.is_dir() else None
    except DAMAGE as error:
        raise IndexUnusable(f"索引 {folder} 已损坏，{REBUILD}") from error
    if used.id != FITTED and used.sha256 != current.manifest.encoder_sha256:
        raise IndexUnusable(f"编码器“{used.id}”的文件在建索引之后有改动，{REBUILD}")
    second = _second_stage(used) if isinstance(used, StaticEncoder) and reranker != NONE else None
    cross = None if reranker in (BUILT_IN, NONE) else CrossEncoderReranker(reranker, allow_download=allow_download)
    return Index(documents, passages, lexical, dense, used, second, cross, heard, expansion)


def _expands(encoder: Encoder) -> bool:
    """Whether the encoder has a second stage, which alone looks at what people ask."""
    return isinstance(encoder, StaticEncoder) and (encoder.folder / rerank.FILE).is_file()


def _second_stage(encoder: StaticEncoder) -> rerank.Reranker | None:
    path = encoder.folder / rerank.FILE
    try:
        return rerank.load(path)
    except DAMAGE as error:
        raise SettingsError(
            f"第二步排序的文件已损坏或不合这个版本：{path}，请恢复它，或把设置 reranker 改为 {NONE}"
        ) from error


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the settings name: the encoder (``None``: any), and the digests of dictionary and questions."""

    encoder: str | None
    words: str
    questions: str


def _check_fresh(manifest: Manifest, wanted: _Wanted) -> None:
    if wanted.encoder is not None and wanted.encoder != manifest.encoder:
        raise IndexUnusable(f"索引用的编码器是“{manifest.encoder}”，现在设置的是“{wanted.encoder}”，{REBUILD}")
    if wanted.words != manifest.dictionary_sha256:
        raise IndexUnusable(f"词典在建索引之后有改动，{REBUILD}")
    if wanted.questions != manifest.questions_sha256:
        raise IndexUnusable(f"群众问法（题目）在建索引之后有改动，{REBUILD}")
    for folder, digests in manifest.corpus.items():
        if Path(folder).is_dir() and (change := _change(digests, corpus_digests(Path(folder)))):
            raise IndexUnusable(f"语料 {folder} 在建索引之后有改动（{change}），{REBUILD}")


def _change(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What is new, gone or different, one file by name; empty where nothing is."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if not names:
        return ""
    kind = "新增" if names[0] not in before else "删除" if names[0] not in now else "修改"
    return f"{kind} {names[0]}" + (f"等 {len(names)} 个文件" if len(names) > 1 else "")
