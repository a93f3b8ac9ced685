"""The choice among amounts: each is held against what was asked, and the one that fits best is taken, if any does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer.amounts import MEASURE, SUBJECT, Amount
from assistant.answer.evidence import Layer, contains, coverage, heading_layers, question_terms
from assistant.answer.places import CLASS
from assistant.answer.question import Question
from assistant.answer.rows import total
from assistant.answer.shelf import Shelf
from assistant.answer.wording import COUNTED, NARROWING, WORKING_DAYS, Kind
from assistant.text.numbers import values
from assistant.types import Hit

LEAST_LIKELY = 0.3
"""What a passage needs that is to give a dated amount: the probability of answering at all. Chosen on the dev cases."""
LEAST_MEANT = 0.1
"""The same where the amount meets every slot: its passage's score beside the first of 1. Chosen on the dev cases."""
MIN_COVERAGE = 0.8
"""Words around an amount that cover less of the question than this do not make it an answer. Chosen on the dev cases."""
LEAST_OF_WORDS = 0.05
"""However well the slots fit, something of what else was asked has to be there: the income of social organisations is not
the sum of fees they waived. Chosen on the dev cases."""
LEAST_IN_BEST = 0.4
"""The same where the amount stands in the passage that the search found best: a long story leaves many words uncovered."""
_LIKELY_THE_THING = 0.35
"""What a passage needs that says in other words what the asking clause says. Chosen on the dev cases."""
_TELLING = 0.5
"""The weight of a word that says of what a number is asked; below are words like 并且, 这些."""
_SURE = 0.5
"""In a passage that answers this likely the amount may stand in other words than the question's."""
_SLOT_WEIGHT = 1.0
"""What a slot that is met weighs beside the question's words (a telling word weighs 5, chatter less than 1)."""
_CLOSE = 0.35
"""Amounts that score this much less than the best may stand beside it in a table of open slots."""
_OF_PART = re.compile("其中([^，,。；？?]+?)(?:有|占|是|共)*(?:多少|几)")
_NOUN = re.compile(r"[\u4e00-\u9fff](?<![以之左多余的，、和及、])")


@dataclass(frozen=True)
class Choice:
    """One choice among the amounts, each with the hit that it stands in: of ``kinds`` (none: any kind)."""

    question: Question
    kinds: frozenset[Kind]
    shelf: Shelf
    amounts: Sequence[tuple[Amount, Hit]]

    def made(self) -> list[Amount]:
        """The best amount and those that stand beside it; none where nothing fits."""
        scored = [(score, each) for each, hit in self.amounts if (score := self.score(each, hit)) > 0]
        if not scored:
            return []
        scored.sort(key=lambda pair: (-pair[0], pair[1].passage.id, pair[1].start))
        top, best = self._newest(scored)
        chosen = self.with_open_slots(best, [each for score, each in scored if score >= top - _CLOSE])
        return [self._with_what_was(tier) for each in chosen for tier in self._tiers(each)]

    def _tiers(self, amount: Amount) -> list[Amount]:
        """The amount, and beside a standard the others of its passage that fill the same slots.

        They differ by a condition that is no slot, such as the age: the reader sees which is meant.
        """
        if "/" not in amount.unit or amount.told:
            return [amount]
        same = (each for each in self.shelf.amounts(amount.passage) if _is_tier(each, amount))
        return list({each.value: each for each in (*same, amount)}.values())

    def _with_what_was(self, amount: Amount) -> Amount:
        """The same amount where it is said with the value before it, as far as it is anywhere."""
        same = (each for each, _ in self.amounts if self._right_place(each) and _tells_what_was(each, amount))
        return next(same, amount)

    def _newest(self, scored: Sequence[tuple[float, Amount]]) -> tuple[float, Amount]:
        """The best with its score; where no year is asked for, the newest of the same standard: the old one is history."""
        _, best = scored[0]
        same = [pair for pair in scored if _is_newer_standard(pair[1], best)] if self.question.year is None else []
        return max(same, key=lambda pair: pair[1].year or 0, default=scored[0])

    def score(self, amount: Amount, hit: Hit) -> float:
        """0 where the amount answers another question, else how well it answers this one."""
        question = self.question
        if not (self.right_kind(amount) and self._right_place(amount) and self._right_year(amount)):
            return 0.0
        slots = self.slots(amount)
        if slots <= 0 or not (slots > 1 or question.words) or not self._counts_its_subject(amount):
            return 0.0
        if self._is_another(amount) or not self._is_of_part(amount):
            return 0.0
        layers = self._layers(amount)
        if self._is_of_another_thing(amount, hit, layers):
            return 0.0
        covered = coverage(question.words, layers, self.shelf.weights, self._met())
        likely, meant = self._is_likely(amount, hit), hit.score >= LEAST_MEANT and self._is_meant(amount)
        if not (likely or meant or amount.told):
            return 0.0
        best = hit.score >= 1 and (meant or likely)
        if not (self._covers(layers, covered, best) or (best and meant)):
            return 0.0
        if amount.told and not self.singled_out(amount):
            return 0.0
        return 2 * covered + slots + 0.6 * hit.score + self._fit(amount)

    def sole(self, hit: Hit) -> Amount | None:
        """The one dated amount of a passage that may be meant, said once or more often; none where two may be."""
        meant = [each for each, where in self.amounts if where is hit and self._may_be_sole(each, hit)]
        return meant[0] if len({(each.value, each.unit) for each in meant}) == 1 else None

    def _may_be_sole(self, amount: Amount, hit: Hit) -> bool:
        if not (amount.dated and self.may_be_meant(amount) and self._counts_its_subject(amount)):
            return False
        layers = self._layers(amount)
        if amount.told or self._is_another(amount) or self._is_of_another_thing(amount, hit, layers):
            return False
        covered = coverage(self.question.words, layers, self.shelf.weights, self._met())
        return covered >= LEAST_IN_BEST or (hit.confidence or 0.0) >= _SURE

    def singled_out(self, cell: Amount) -> bool:
        """Whether the question says of this cell what it says of no other of the table that it may mean as well.

        Where it says the same of both, the newer is meant, or the total (人数 rather than 女性人数), or of two sums of money
        what one gets.
        """
        mine, standards = self._said_of(cell), self._asks_what_one_gets()
        for other in self.shelf.table(cell):
            if other is cell or _key(other) != _key(cell) or not self.may_be_meant(other):
                continue
            its = self._said_of(other)
            if not (its < mine or (its == mine and _is_likelier(cell, other, standards=standards))):
                return False
        return True

    def may_be_meant(self, amount: Amount) -> bool:
        """Whether kind, place, year and slots of an amount do not contradict the question."""
        right = self.right_kind(amount) and self._right_place(amount) and self._right_year(amount)
        return right and self.slots(amount) > 0

    def _said_of(self, cell: Amount) -> set[str | Decimal]:
        """What of the question a cell's column and row say."""
        question = self.question
        asked = {*question.words, *question.regions, *question.slots.get(MEASURE, ()), cell.place}
        numbers = {value for value, _ in values(question.official) if value != question.year}
        told = self.shelf.lexicon.official(cell.told)
        return {word for word in asked if word in told and word} | (numbers & {value for value, _ in values(told)})

    def _is_likely(self, amount: Amount, hit: Hit) -> bool:
        """Whether the passage is likely to answer; one of an earlier year than asked never looks as if it did."""
        earlier = amount.year is not None and (self.question.year or 0) > amount.year
        return earlier or hit.confidence is None or hit.confidence >= LEAST_LIKELY

    def _covers(self, layers: Sequence[Layer], covered: float, best: bool) -> bool:
        """Whether enough of the question stands around the amount; less will do in the best passage on a known subject."""
        told = [word for word in self.question.words if len(word) > 1]
        if told and coverage(told, layers, self.shelf.weights) < LEAST_OF_WORDS:
            return False
        return covered >= (LEAST_IN_BEST if best and SUBJECT in self.question.slots else MIN_COVERAGE)

    def _is_of_part(self, amount: Amount) -> bool:
        """Whether the clause of the amount says of which part it is, where a part was asked for: 其中残疾的有几个."""
        part = _OF_PART.search(self.question.official)
        told = [word for word in self.question.words if len(word) > 1 and word in part[1]] if part else []
        text = self.shelf.lexicon.official(amount.passage.document.text[slice(*amount.clause)])
        return 2 * sum(word in text for word in told) >= len(told)

    def _is_meant(self, amount: Amount) -> bool:
        """Whether the amount meets every slot exactly."""
        slots = self.question.slots
        return SUBJECT in slots and all(amount.slots.get(group) in names for group, names in slots.items())

    def _is_another(self, amount: Amount) -> bool:
        """Whether a word that is asked for is said of another amount of the document, and not of this one."""
        document = amount.passage.document
        near = document.text[slice(*amount.sentence)]
        return any(word in self.shelf.told_of_amounts(document) and word not in near for word in self.question.words)

    def _is_of_another_thing(self, amount: Amount, hit: Hit, layers: Sequence[Layer]) -> bool:
        """Whether the clause that asks says what is nowhere said of the amount: 新增的, 丧葬费, 上半年.

        In a passage that surely answers other words may say the same; those that narrow have no others.
        """
        if amount.told:
            return False
        clause, sentence, passage = (each.text for each in layers[:3])
        if any(not contains(sentence, word) for word in self.question.asked if word in NARROWING):
            return True
        counted = self._counted() if amount.kind is not Kind.MONEY else None
        if counted and contains(passage, counted) and not contains(clause, counted):
            return True
        unsaid = (word for word in self.question.asked if not any(contains(each.text, word) for each in layers))
        is_sure = (hit.confidence or 0.0) >= _LIKELY_THE_THING
        return not is_sure and any(len(word) > 1 and self.shelf.weights(word) >= _TELLING for word in unsaid)

    def _counted(self) -> str | None:
        """The noun that is counted, where it is no term: 几个镇."""
        places = (match.end() for match in COUNTED.finditer(self.question.official))
        behind = [self.question.official[place:] for place in places]
        return next((word for word in self.question.asked if any(text.startswith(word) for text in behind)), None)

    def _met(self) -> float:
        """The weight of what is known to be met beside the words."""
        return _SLOT_WEIGHT * (len(self.question.slots) + (self.question.year is not None))

    def covered_near(self, amount: Amount) -> float:
        """How much of the question the amount's own clause says, and the sentence around it."""
        text, spaced = amount.passage.document.text, self.shelf.speller.spaced
        near = [Layer(spaced(text[slice(*amount.clause)]), 1.0), Layer(spaced(text[slice(*amount.sentence)]), 0.6)]
        return coverage(question_terms(self.question), near, self.shelf.weights)

    def _layers(self, amount: Amount) -> list[Layer]:
        text, spaced = amount.passage.document.text, self.shelf.speller.spaced
        return [
            Layer(spaced(text[slice(*amount.clause)]), 1.0),
            Layer(spaced(text[slice(*amount.sentence)]), 0.95),
            Layer(spaced(amount.passage.text), 0.7),
            *heading_layers(amount.passage, self.shelf.speller),
        ]

    def _fit(self, amount: Amount) -> float:
        """What makes one of several possible amounts the likelier one."""
        question, places = self.question, self.shelf.places
        near = 0.5 * (len(places.home) - places.distance(amount.passage.document.metadata.region))
        focus = 0.3 / (1 + (amount.clause[1] - amount.clause[0]) / 20)
        expects_limit = question.threshold or (bool(self.kinds) and self.kinds <= {Kind.TIME, Kind.AGE})
        limit = 0.3 if amount.bound == expects_limit else 0.0
        a_month = 0.8 if amount.unit.endswith("月") and self._asks_what_one_gets() else 0.0
        return near + focus + limit + a_month + (amount.year or 2000) / 1000

    def _asks_what_one_gets(self) -> bool:
        return self.kinds == {Kind.MONEY} and self.question.slot(MEASURE) != "发放"

    def right_kind(self, amount: Amount) -> bool:
        """Whether the amount is of a kind that was asked for; 7天 is not what 几个工作日 asks for."""
        measure = self.question.slot(MEASURE)
        if amount.kind is Kind.TIME and WORKING_DAYS.search(self.question.official) and amount.unit != "工作日":
            return False
        if self.kinds and amount.kind not in self.kinds:
            return False
        if amount.kind is Kind.MONEY and measure and amount.slots.get(SUBJECT):
            return ("/" in amount.unit) == (measure == "标准")
        return True

    def _right_place(self, amount: Amount) -> bool:
        """A figure of 广东省 is not one of 连州市: where the question names a region of home, its own figures count.

        Nor is one of 四类地区 one of 二类地区.
        """
        if amount.told and not self._right_row(amount):
            return False
        sentence = amount.passage.document.text[slice(*amount.sentence)]
        if not amount.told and "/" not in amount.unit and not self._of_the_town(sentence):
            return False
        if not set(CLASS.findall(self.question.official)) <= set(CLASS.findall(sentence)):
            return False
        home = set(self.shelf.places.home)
        asked = home.intersection(self.question.regions)
        said = home.intersection(self.shelf.places.named(sentence)) or {amount.passage.document.metadata.region}
        return not asked or bool(asked & said)

    def _of_the_town(self, sentence: str) -> bool:
        """Whether a count is of the town asked for; a standard holds in all towns alike."""
        towns = self.shelf.places.towns(self.question.official)
        return not towns or any(town in sentence for town in towns)

    def _right_row(self, cell: Amount) -> bool:
        """Whether a cell is of the town that was asked for, else of the region that was, or of home.

        The total of a table by towns is not the figure of a town that is not in it.
        """
        places, asked = self.shelf.places, self.question.official
        if not cell.place:
            return not (places.towns(asked) and any(other.place for other in self.shelf.table(cell)))
        regions = self.question.regions or places.home[:1]
        named = () if places.towns(cell.place) else places.named(cell.place)
        return cell.place in asked or bool(set(named) & set(regions))

    def _right_year(self, amount: Amount) -> bool:
        """A year that was asked for is met exactly; a value that was replaced held in the year before."""
        year = self.question.year
        if year is None:
            return amount.replaced == self.question.earlier
        if amount.year is None:
            return False
        if self.question.earlier:
            return amount.replaced and amount.year == year
        if f"{year}年" in amount.passage.document.title and not (amount.replaced or amount.told):
            return True
        if amount.replaced:
            return amount.year == year + 1
        if amount.year == year:
            return True
        holds_on = "/" in amount.unit  # a standard, until there is a newer one; a count is its year's alone
        return holds_on and year > amount.year == self._newest_year(amount.slots.get(SUBJECT))

    def _newest_year(self, subject: str | None) -> int | None:
        return max(
            (each.year for each, _ in self.amounts if each.year and each.slots.get(SUBJECT) == subject), default=None
        )

    def slots(self, amount: Amount) -> float:
        """0 where a slot contradicts; 1 and a little for every slot that is met."""
        score = 1.0
        for group, names in self.question.slots.items():
            if group == MEASURE:
                score += 0.5 * (amount.slots.get(MEASURE) in names or ("标准" in names and amount.unit.endswith("月")))
            elif met := self._slot(amount, group, names):
                score += met
            else:
                return 0.0
        ambiguous = len(amount.topics & self._subjects()) > 1
        narrower = sum(group not in self.question.slots for group in amount.slots if group not in (MEASURE, SUBJECT))
        return score - 0.3 * ambiguous - 0.3 * narrower

    def _slot(self, amount: Amount, group: str, names: tuple[str, ...]) -> float:
        value = amount.slots.get(group)
        if value in names:
            return 1.0
        if group == SUBJECT and amount.topics & set(names):
            return 0.6
        return 0.5 if any(value in self.shelf.lexicon.parts_of(name) for name in names) else 0.0

    def _subjects(self) -> frozenset[str]:
        return self.shelf.lexicon.group(SUBJECT)

    def with_open_slots(self, best: Amount, others: Sequence[Amount]) -> list[Amount]:
        """The best amount, and where the question leaves a slot open, its siblings: 农村 731 beside 城镇 913."""
        asked = self.question.slots
        open_groups = [group for group in best.slots if len(asked.get(group, ())) != 1 and group != MEASURE]
        if any(name != best.slots.get(SUBJECT) for name in self.question.slots.get(SUBJECT, ())):
            open_groups.append(SUBJECT)
        chosen = {_key(best): best}
        for other in others if open_groups else ():
            if _siblings(best, other):
                chosen.setdefault(_key(other), other)
        return list(chosen.values())

    def _counts_its_subject(self, amount: Amount) -> bool:
        """Whether no other noun stands behind a count: the 12个镇 of a sentence on 社会组织 are no 社会组织."""
        behind = amount.passage.document.text[amount.end : amount.end + 8].lstrip("“《")
        if amount.kind is not Kind.THINGS or not _NOUN.match(behind):
            return True
        told = tuple(word for word in self.question.words if len(word) > 1)
        return behind.startswith((*self.shelf.lexicon.forms(amount.slots.get(SUBJECT, "")), *told))


def _tells_what_was(one: Amount, other: Amount) -> bool:
    """Whether one amount is the other, said where its earlier value stands too."""
    same = one.value == other.value and one.unit == other.unit and one.year == other.year and _key(one) == _key(other)
    return same and one.earlier is not None and other.earlier is None


def _is_tier(one: Amount, other: Amount) -> bool:
    same = one.unit == other.unit and one.year == other.year and _key(one) == _key(other)
    return same and one.replaced == other.replaced


def _siblings(one: Amount, other: Amount) -> bool:
    """Amounts of one table: of the same document, year and unit, and filling the same slots."""
    same_document = one.passage.document is other.passage.document
    return (
        same_document and one.unit == other.unit and one.year == other.year and one.slots.keys() == other.slots.keys()
    )


def _is_likelier(cell: Amount, other: Amount, *, standards: bool) -> bool:
    """Whether of two cells of a table that a question fits alike the first is meant."""
    newer = (cell.year or 0) - (other.year or 0)
    totals = total(cell.told) - total(other.told)
    column, its_column = (each.told.partition("；")[0] for each in (cell, other))
    wider_column = column != its_column and its_column.endswith(column)
    more_a_standard = (cell.slots.get(MEASURE) == "标准") - (other.slots.get(MEASURE) == "标准")
    return newer > 0 or totals > 0 or wider_column or (standards and more_a_standard > 0)


def _is_newer_standard(one: Amount, other: Amount) -> bool:
    """Whether one amount is what the other, a standard, has become: of the same slots and place, and of a later year."""
    regions = {each.passage.document.metadata.region for each in (one, other)}
    alike = _key(one) == _key(other) and one.unit == other.unit and one.place == other.place and len(regions) == 1
    return alike and "/" in one.unit and (one.year or 0) > (other.year or 0)


def _key(amount: Amount) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((group, name) for group, name in amount.slots.items() if group != MEASURE))
