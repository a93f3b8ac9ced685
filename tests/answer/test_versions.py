"""A rule and the one of the same title that it replaced: which of them a question gets."""

from __future__ import annotations

from datetime import date

import pytest

from tests.answer.library import Library

LIBRARY = Library(
    [
        {
            "id": "rules-2003", "title": "登记条例", "text": "第五条　登记要带户口簿。\n第六条　登记应当交纳工本费。",
            "known": {"effective": date(2003, 10, 1), "expires": date(2025, 5, 10)},
        },
        {
            "id": "rules-2025", "title": "登记条例", "text": "第六条　登记不收费。",
            "known": {"effective": date(2025, 5, 10), "supersedes": ("rules-2003",)},
        },
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("登记条例第六条", "登记不收费"),
        ("《登记条例》第六条", "登记不收费"),
        ("旧的登记条例第六条", "交纳工本费"),
        ("2003年的登记条例第五条", "带户口簿"),
        ("《登记条例》规定登记收费吗", "登记不收费"),
    ],
)
def test_the_version_in_force_unless_the_old_one_is_named(question: str, said: str) -> None:
    answer = LIBRARY.ask(question)
    assert [said in sentence.text for sentence in answer.sentences] == [True], answer
