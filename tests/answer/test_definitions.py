import pytest

from assistant.answer.definitions import asks_meaning, defined_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("第二条　行政许可，是指行政机关准予其从事特定活动的行为。", {"行政许可"}),
        ("第六条　本条例中的志愿者，是从事志愿服务的自然人。", {"志愿者"}),
        ("本条例所称的社会团体是非营利性的社会组织。", {"社会团体"}),
        ("反映情况的，无论是公民还是法人，都称为“信访人”。", {"信访人"}),
        ("第五条　有以下情形之一的，应当认定为本办法所称的无劳动能力：\n（一）未满16周岁；", {"无劳动能力"}),
        ("孤儿指失去父母的未成年人。", {"孤儿"}),
        ("本办法的施行日期是2025年1月1日。", set()),
        ("省人民政府指导下级工作，并指定机构。", set()),
    ],
)
def test_terms_that_a_text_says_the_meaning_of(text, terms):
    assert defined_terms(text) == terms


@pytest.mark.parametrize(
    "question",
    ["什么是信访人", "信访人是什么", "“信访人”作何界定", "信访人在条例里怎么定义", "什么人才叫做「信访人」", "信访人 含义",
     "信访人是指哪些人", "何谓信访人", "信访人到底是啥"],
)  # fmt: skip
def test_questions_for_the_meaning_of_a_term(question):
    assert asks_meaning(question, "信访人")


@pytest.mark.parametrize(
    "question",
    ["信访人可以委托别人吗", "什么是信访人的义务", "信访人不服怎么办", "信访人是哪个部门接待", "信访人是不是要登记"],
)
def test_other_questions_about_it(question):
    assert not asks_meaning(question, "信访人")
