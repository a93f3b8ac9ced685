"""Results over the amounts of one rule: a term with its extension, what is left of a term, a daily charge with its cap.

The rule is the one that answers the question; its amounts and the numbers that the person who asks gives are computed with
only where it is clear which is which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.answer.amounts import Amount
from assistant.answer.statement import figure_of
from assistant.answer.wording import Kind
from assistant.text.numbers import numerals, plain
from assistant.types import Answer, Calculation, Citation, Passage, Sentence

_TIME_ASKED = r"(?:多少|几)个?(?:工作日|小时|天|日|月|年)|多久|多长时间"
_WITH_EXTENSION = re.compile(
    rf"(?:连同?|加上|算上|包括|包含|含|连带|再加)[^。；？?]{{0,12}}?(?:延长|延期)(?=.*(?:{_TIME_ASKED}))"
    rf"|(?:延长|延期)[^。；？?]{{0,12}}?(?:在内|算上|算进去|加上|一共|总共|合计|加起来|满打满算)(?=.*(?:{_TIME_ASKED}))"
)
_CHARGE = re.compile("加处|加罚|多罚")
_EACH_DAY = re.compile("每[日天]")
_CAPPED = re.compile(r"不得?(?:能)?(?:超出|超过|高于)[^，,。；]{0,8}(?:数额|金额|本数|本金)")
_SUM_GIVEN = re.compile(r"(\d+(?:\.\d+)?)\s?(万)?(?:元|块)")
_DAYS_GIVEN = re.compile(
    r"(?:逾期|超期|超过|超|拖|晚|迟|过)[了期]?[^，,。；\d]{0,6}(\d+)\s?[天日]|(\d+)\s?[天日][^，,。；]{0,4}[没未不]"
)
_ASKS_SUM = re.compile("多少|几[元块]|几钱")
_FOR_RATE = "罚款逾期不缴纳，加处罚款每天按百分之几"
_UNIT = "个?(?:工作日|月)|天|日|年"
_PASSED = re.compile(rf"(?:我?已经?|都|才)?(?:过去?|用|等|拖)[了掉]?([\d一二两三四五六七八九十]+)({_UNIT})了?")
_LEFT = re.compile(rf"(?:还剩下?|还有|剩下?|只剩)(?:多少|几)({_UNIT})")
_DAY = {"天": "日", "月": "个月", "个工作日": "个工作日", "工作日": "个工作日"}
_Amounts = Callable[[Passage], Sequence[Amount]]


def over_rule(question: str, ask: Callable[[str], Answer], plain_answer: Answer, amounts: _Amounts) -> Answer | None:
    """What a question wants computed from the amounts of one rule; ``None`` where it wants nothing of the kind or it is
    not clear which amounts are meant."""
    if _WITH_EXTENSION.search(question):
        return _extended(question, plain_answer, amounts)
    if _CHARGE.search(question):
        return _charged(question, ask, amounts)
    return _left(question, ask, amounts) if _LEFT.search(question) else None


def _extended(question: str, answer: Answer, amounts: _Amounts) -> Answer | None:
    """60日, and 30日 more: the sum of a term and of its extension, where one paragraph says both."""
    if len(answer.sentences) != 1 or not (citation := _rule(answer)):
        return None
    found = [each for each in amounts(citation.passage) if each.kind is Kind.TIME and _within(each, citation)]
    extensions = [each for each in found if _extends(each)]
    pairs = {(base.value, more.value): (base, more) for more in extensions for base in found if _is_base(base, more)}
    if len(pairs) > 1:
        pairs = {key: pair for key, pair in pairs.items() if _is_stressed(pair, answer.sentences[0], citation)}
    if len(pairs) != 1:
        return None
    base, more = next(iter(pairs.values()))
    total = base.value + more.value
    expression = f"{plain(base.value)} + {plain(more.value)} = {plain(total)}"
    return _shown(question, answer, citation, "期限连同延长，最长", expression, total, base.unit, (base, more))


def _rule(answer: Answer) -> Citation | None:
    return answer.sentences[0].citations[0] if answer.sentences and len(answer.sentences[0].citations) == 1 else None


def _within(amount: Amount, citation: Citation) -> bool:
    return citation.start <= amount.start < amount.end <= citation.end


def _extends(amount: Amount) -> bool:
    """Whether an amount is by how much something may be made longer: 可以延长十日, not 延长审理期限的，应当在三日内."""
    text = amount.passage.document.text
    return bool(re.search(r"(?:延长|延期)[^，,。；]{0,12}$", text[slice(amount.clause[0], amount.start)]))


def _is_base(base: Amount, more: Amount) -> bool:
    """Whether an amount is the term that ``more`` makes longer: the first of its unit in the paragraph."""
    text = base.passage.document.text
    return (
        base.end <= more.start
        and base.unit == more.unit
        and "\n" not in text[base.end : more.start]
        and not _extends(base)
    )


def _is_stressed(pair: tuple[Amount, Amount], sentence: Sentence, citation: Citation) -> bool:
    """Whether a term and its extension stand in the paragraph of what the answer stresses."""
    start, end = sentence.stress
    first, behind = sentence.text.rfind("\n", 0, start) + 1, sentence.text.find("\n", end)
    last = behind if behind >= 0 else len(sentence.text)
    return end > 0 and all(first <= each.start - citation.start < last for each in pair)


def _charged(question: str, ask: Callable[[str], Answer], amounts: _Amounts) -> Answer | None:
    """2000元 × 3% × 20天: a daily charge on what the question says is owed, up to what the rule caps it at."""
    owed, days = _SUM_GIVEN.search(question), _DAYS_GIVEN.search(question)
    if not owed or not days or not _ASKS_SUM.search(question):
        return None
    answer = ask(_FOR_RATE)
    if len(answer.sentences) != 1 or not (citation := _rule(answer)):
        return None
    found = [each for each in amounts(citation.passage) if each.unit == "%" and _within(each, citation)]
    rates = [each for each in found if _is_daily(each)]
    if len(rates) != 1:
        return None
    base = Decimal(owed[1]) * (10_000 if owed[2] else 1)
    number = Decimal(days[1] or days[2])
    charge, rate = base * rates[0].value / 100 * number, rates[0]
    terms = f"{plain(base)} × {plain(rate.value)}% × {plain(number)}"
    says, expression, value = "加收的数额", f"{terms} = {plain(charge)}", charge
    if charge > base and _CAPPED.search(citation.quote):
        says, expression, value = "加收的数额不超过本来的数额，", f"{terms} > {plain(base)}", base
    return _shown(question, answer, citation, says, expression, value, "元", (rate,), (base, number))


def _is_daily(amount: Amount) -> bool:
    text = amount.passage.document.text[slice(*amount.clause)]
    return bool(_EACH_DAY.search(text))


def _left(question: str, ask: Callable[[str], Answer], amounts: _Amounts) -> Answer | None:
    """60日 − 45日: a term of a rule without what the question says has passed of it."""
    passed, asked = _PASSED.search(question), _LEFT.search(question)
    if passed is None or asked is None or _DAY.get(passed[2], passed[2]) != _DAY.get(asked[1], asked[1]):
        return None
    rest = f"{_LEFT.sub('', _PASSED.sub('', question)).strip('，,。？? ')}，期限是多少{asked[1]}"
    answer = ask(rest)
    citation = _rule(answer)
    if citation is None or len(answer.sentences) != 1:
        return None
    unit = _DAY.get(asked[1], asked[1])
    said = {each.value for each in numerals(rest)}
    found = [each for each in amounts(citation.passage) if _within(each, citation) and each.unit == unit]
    meant = {
        each.value: each for each in found if each.value in said or any(one.text == each.text for one in answer.figures)
    }
    number = numerals(passed[1])[0].value
    if len(meant) != 1 or next(iter(meant)) <= number:
        return None
    term = next(iter(meant.values()))
    expression = f"{plain(term.value)} − {plain(number)} = {plain(term.value - number)}"
    return _shown(question, answer, citation, "期限还剩", expression, term.value - number, unit, (term,), (number,))


def _shown(
    question: str,
    answer: Answer,
    citation: Citation,
    says: str,
    expression: str,
    value: Decimal,
    unit: str,
    used: Sequence[Amount],
    given: tuple[Decimal, ...] = (),
) -> Answer:
    figures = tuple(figure_of(each, citation) for each in used)
    result = Calculation(says, expression, value, unit, figures, given)
    return Answer(
        question,
        (Sentence(citation.quote, (citation,)),),
        figures,
        answer.notices,
        hits=answer.hits,
        calculations=(result,),
    )
