"""What an answer is worth: from an item and a response to a fraction of its marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import QuizError
from assistant.quiz.types import Item
from assistant.text.normalize import normalize
from assistant.text.numbers import numerals

LONGEST_TEXT = 2000
PART = 0.5
"""What a 多选 answer is worth that leaves out right options and holds no wrong one."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a participant answered: indexes into the options, or a text for each blank (one text for 简答)."""

    choices: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was chosen or written."""
        return not self.choices and not any(text.strip() for text in self.texts)


def read_response(item: Item, record: Mapping[str, Any]) -> Response:
    """The response of ``{"choices": [0, 2]}`` or ``{"texts": ["60"]}``, checked against its item.

    Raises ``QuizError`` for what cannot be an answer to the item: no such option, two options where one is asked for,
    another number of blanks, a text beyond ``LONGEST_TEXT`` characters.
    """
    choices, texts = record.get("choices", []), record.get("texts", [])
    if not isinstance(choices, list) or not isinstance(texts, list):
        raise QuizError("这个答案读不懂，请刷新页面再答")
    if item.options:
        valid = all(type(choice) is int and 0 <= choice < len(item.options) for choice in choices)
        if not valid or texts or (item.type != "多选" and len(choices) > 1):
            raise QuizError("没有这个选项，请刷新页面再答")
        return Response(choices=tuple(sorted(set(choices))))
    blanks = len(item.answers) if item.type == "填空" else 1
    if choices or len(texts) > blanks or not all(isinstance(text, str) for text in texts):
        raise QuizError("这个答案读不懂，请刷新页面再答")
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise QuizError(f"答案太长，请不要超过{LONGEST_TEXT}个字")
    return Response(texts=tuple(texts))


def response_record(response: Response) -> dict[str, list[Any]]:
    """The response as plain values; ``read_response`` reads it back."""
    return {"texts": list(response.texts)} if response.texts else {"choices": list(response.choices)}


def fraction(item: Item, response: Response | None) -> float | None:
    """How much of the item's marks the response earns, from 0 to 1; ``None`` for a 简答 that a person has to mark.

    单选 and 判断: all or nothing. 多选: all for exactly the right options, ``PART`` for some of them and no wrong one
    (the rule of most Chinese written examinations: 少选得部分分，错选不得分). 填空: the share of blanks that are right.
    An empty response earns nothing.
    """
    if response is None or response.empty:
        return 0.0
    if item.type == "简答":
        return None
    if item.type == "填空":
        filled = zip(item.answers, response.texts, strict=False)
        return sum(fits(answer, text) for answer, text in filled) / len(item.answers)
    chosen, key = set(response.choices), set(item.key)
    if chosen == key:
        return 1.0
    return PART if item.type == "多选" and chosen < key else 0.0


def fits(answer: str, text: str) -> bool:
    """Whether ``text`` is one of the accepted answers of a blank, whatever its width, punctuation or script of digits."""
    return bool(text.strip()) and _plain(text) in {_plain(one) for one in answer.split("|")}


def _plain(text: str) -> str:
    text = normalize(text)
    for numeral in reversed(numerals(text)):
        value = f"{numeral.value.normalize():f}{'%' if numeral.percent else ''}"
        text = f"{text[: numeral.start]}<{value}>{text[numeral.end :]}"
    return "".join(char for char in text if char.isalnum() or char in "<>.%-")
