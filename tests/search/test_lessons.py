from __future__ import annotations

import numpy as np
from schoolbooks import ARTICLES, LAY, WRITTEN

from assistant.search.articles import Article, Asked
from assistant.search.lessons import Lessons, Numbers, batch, lessons
from assistant.text.tokens import features


def taught(size: int = 500, seed: int = 1) -> Lessons:
    return lessons(ARTICLES, [*WRITTEN, *LAY], size, seed, lambda stage, done, total: None)


def spelled(numbers: Numbers, by: Lessons) -> list[str]:
    return [by.vocabulary[number] for number in numbers]


def test_a_text_in_numbers_is_its_known_features_in_order() -> None:
    found = taught()
    article = ARTICLES[0]
    whole = features("。".join([article.law, *article.headings, article.number, article.text]))
    known = set(found.vocabulary)
    assert spelled(found.texts[0].whole, found) == [feature for feature in whole if feature in known]


def test_counts_say_in_how_many_texts_a_feature_occurs() -> None:
    found = taught()
    texts = ["。".join([each.law, *each.headings, each.number, each.text]) for each in ARTICLES]
    sets = [set(features(text)) for text in [*texts, *(asked.text for asked in [*WRITTEN, *LAY])]]
    assert found.total == len(sets)
    assert found.counts.tolist() == [sum(word in each for each in sets) for word in found.vocabulary]
    assert min(found.counts) > 1


def test_words_of_people_come_before_words_of_documents() -> None:
    small = taught(size=20)
    assert len(small.vocabulary) == 20
    assert {"吃饭", "抱养"} <= set(small.vocabulary)


def test_batches_follow_from_seed_and_number_alone() -> None:
    for number in (0, 7):
        one, same, other = (batch(taught(), number, 16, 0.3, seed) for seed in (1, 1, 2))
        assert [pair.query.tolist() for pair in one] == [pair.query.tolist() for pair in same]
        assert [pair.query.tolist() for pair in one] != [pair.query.tolist() for pair in other]


def test_a_batch_has_its_share_of_questions_and_each_finds_its_answer() -> None:
    found = taught()
    asked = {query.tobytes(): {text.place for text in texts} for query, texts in found.questions}
    for number in range(20):
        pairs = batch(found, number, 10, 0.4, 1)
        questions = [pair for pair in pairs if pair.query.tobytes() in asked]
        assert len(questions) == 4
        assert all(pair.place in asked[pair.query.tobytes()] for pair in questions)


def test_every_exercise_asks_and_answers_with_the_words_of_one_article() -> None:
    found = taught()
    words = {text.place: set(text.whole.tolist()) for text in found.texts}
    ways = {kind for _, kind in found.exercises}
    assert {"rest", "beginning"} <= ways
    for number in range(20):
        for pair in batch(found, number, 8, 0, 1):
            assert set(pair.query.tolist()) | set(pair.text.tolist()) <= words[pair.place]


def test_a_sentence_is_not_in_the_rest_that_it_finds() -> None:
    found = taught()
    only_rest = Lessons(
        found.vocabulary, found.counts, found.total, found.texts, (),
        tuple(exercise for exercise in found.exercises if exercise[1] == "rest"), found.laws,
    )  # fmt: skip
    for pair in batch(only_rest, 0, 12, 0, 1):
        text = next(text for text in found.texts if text.place == pair.place)
        assert len(pair.query) + len(pair.text) == len(text.whole)
        assert any(np.array_equal(pair.query, sentence) for sentence in text.sentences)


def test_versions_of_an_article_share_their_place() -> None:
    versions = [
        Article(law, (), "第一条", "收养应当到登记机关登记。")
        for law in ("收养法（旧）", "中华人民共和国收养法", "别的法")
    ]
    found = lessons(versions, [Asked("抱养", (versions[0],))], 99, 0, lambda stage, done, total: None)
    first, second, other = (text.place for text in found.texts)
    assert first == second != other
    assert found.questions[0][1][0].place == first


def test_questions_alone_can_be_learnt_from() -> None:
    found = lessons([], WRITTEN, 99, 0, lambda stage, done, total: None)
    assert not found.exercises
    asked = {query.tobytes() for query, _ in found.questions}
    assert {pair.query.tobytes() for pair in batch(found, 3, 8, 0.5, 0)} <= asked
    assert batch(found, 3, 8, 0.5, 0)
