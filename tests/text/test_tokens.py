import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jieba
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.text import tokens
from assistant.text.normalize import normalize

CASES = yaml.safe_load(Path(__file__).with_name("tokens.yaml").read_text("utf-8"))
CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
TERMS = [("两项补贴", 500, "benefit"), ("分散供养", 3000, "mode"), ("低", 9, ""), ("特困人员救助供养", 100, "benefit")]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=40)


@pytest.fixture(autouse=True)
def _plain_words() -> Iterator[None]:
    tokens.configure(())
    yield
    tokens.configure(())


@pytest.fixture(scope="module")
def jieba_itself() -> jieba.Tokenizer:
    """jieba's own tokenizer with its whole dictionary in memory, which is not read from or written to any cache."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="module")
def jieba_with_terms() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, frequency, _ in TERMS:
        tokenizer.add_word(word, frequency)
    return tokenizer


def words_by(tokenizer: jieba.Tokenizer, text: str) -> list[str]:
    return [word for run in re.findall("[\u4e00-\u9fff]+", normalize(text)) for word in tokenizer.lcut(run, HMM=False)]


def han_words(text: str) -> list[str]:
    return [word for word in tokens.words(text) if re.fullmatch("[\u4e00-\u9fff]+", word)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_case(case: dict[str, Any]) -> None:
    assert tokens.words(case["text"]) == case["words"]
    assert tokens.features(case["text"]) == case["features"]


def test_documents_are_segmented_as_jieba_does(jieba_itself: jieba.Tokenizer) -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt")))
    assert len(text) > 1000
    assert han_words(text) == words_by(jieba_itself, text)


@given(HAN)
def test_any_characters_are_segmented_as_jieba_does(jieba_itself: jieba.Tokenizer, text: str) -> None:
    assert han_words(text) == words_by(jieba_itself, text)


@settings(max_examples=40)
@given(st.lists(st.one_of(st.sampled_from([word for word, _, _ in TERMS]), HAN), max_size=6).map("".join))
def test_terms_weigh_as_in_jieba(jieba_with_terms: jieba.Tokenizer, text: str) -> None:
    tokens.configure(TERMS)
    assert han_words(text) == words_by(jieba_with_terms, text)


@given(st.text(st.characters(max_codepoint=0x32000, exclude_categories=["Cs"])))
def test_every_han_character_is_a_feature_and_words_lose_nothing(text: str) -> None:
    han = re.findall(f"[{tokens.HAN}]", normalize(text))
    features = tokens.features(text)
    assert not set(han) - set(features)
    assert [character for word in tokens.words(text) for character in re.findall(f"[{tokens.HAN}]", word)] == han
    assert not any(re.search(r"\s", feature) for feature in features)


def test_the_total_is_that_of_jiebas_dictionary(jieba_itself: jieba.Tokenizer) -> None:
    assert jieba_itself.total == tokens.TOTAL_FREQUENCY


def test_a_term_is_one_word_with_its_tag_until_configured_anew() -> None:
    assert tokens.words("申请两项补贴") == ["申请", "两项", "补贴"]
    tokens.configure(TERMS)
    assert tokens.words("申請兩項補貼") == ["申请", "两项补贴"]
    assert tokens.tag("兩項補貼") == "benefit"
    assert tokens.tag("申请") == ""
    tokens.configure(())
    assert tokens.words("申请两项补贴") == ["申请", "两项", "补贴"]
    assert tokens.tag("两项补贴") == ""


@pytest.mark.parametrize("term", [("", 10, "n"), ("\u3000", 10, "n"), ("低保", 0, "n"), ("低保", -1, "n")])
def test_a_term_that_cannot_be(term: tuple[str, int, str]) -> None:
    with pytest.raises(ValueError, match="a term needs"):
        tokens.configure([term])


def test_dictionary_file() -> None:
    text = "\ufeff# 词 频次 词性\n低保 300 n\r\n\n临时救助\n特困人员 n # 民发〔2021〕43号\n12345 5\n"
    assert tokens.parse_terms(text) == [
        ("低保", 300, "n"),
        ("临时救助", tokens.DEFAULT_FREQUENCY, ""),
        ("特困人员", tokens.DEFAULT_FREQUENCY, "n"),
        ("12345", 5, ""),
    ]


@pytest.mark.parametrize("line", ["低保 -3", "低保 0", "低保 3 n x", "低保 三 n", "低保，300，n 5 6"])
def test_a_line_that_is_no_term_is_named(line: str) -> None:
    with pytest.raises(CorpusError, match="词典第 2 行"):
        tokens.parse_terms(f"特困\n{line}\n")


def test_rarity_is_ordered() -> None:
    assert tokens.rarity("的") == 0 < tokens.rarity("材料") < tokens.rarity("救助") < tokens.rarity("无此词也") == 1


def test_nothing_is_kept_in_the_shared_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"another user's")
    tokens.configure(())
    assert tokens.words("农村低保") == ["农村", "低保"]
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


def test_many_threads_read_the_dictionary_at_once() -> None:
    texts = [path.read_text("utf-8")[:1500] for path in sorted(CORPUS.glob("*.txt"))][:8]
    expected = [tokens.features(text) for text in texts]
    for _ in range(3):
        tokens.configure(())
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(tokens.features, texts)) == expected
