"""The chat page in a real browser."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from demo import ATTACK, IMAGE_ATTACK, rules, rural_quote

PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.browser

# The contrast of every text on the page against what is painted behind it, after WCAG 2.2, and the size of its type.
MEASURE = """
() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  // A width below 2 is text for screen readers alone.
  const seen = (element) => element.checkVisibility({ visibilityProperty: true })
    && element.getBoundingClientRect().width >= 2 && !["SCRIPT", "STYLE"].includes(element.tagName);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !seen(element)) continue;
    const style = getComputedStyle(element);
    const both = [luminance(parse(style.color)) + 0.05, luminance(behind(element)) + 0.05];
    found.push({ text, contrast: Math.max(...both) / Math.min(...both), size: parseFloat(style.fontSize) });
  }
  return found;
}
"""


def in_view(locator: Any) -> bool:
    return bool(
        locator.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.width > 0 }"
        )
    )


def test_a_question_is_answered_with_its_figure_and_the_quote_lit_beside_it(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少")
    turn = visitor.settled(1)
    assert turn.locator(".figure .amount").inner_text() == "731 元/人·月"
    assert turn.locator(".figure .about").inner_text() == "农村低保标准 · 青山县"
    assert turn.locator(".figure .when").inner_text() == "2024年1月起 · 原 704 · +27（3.84%）"
    assert turn.locator(".answer .chip").all_inner_texts() == ["[1]", "[2]"]
    assert "".join(visitor.cards.first.locator("mark").all_inner_texts()) == rural_quote
    assert "应保尽保" in visitor.cards.first.locator("blockquote").inner_text()
    assert turn.locator(".notice").inner_text() == "⚠ 语料中最新的是2024年的标准。"
    assert visitor.page.input_value("#question textarea") == ""
    assert visitor.errors == []


def test_a_number_lights_its_card_and_the_card_opens_the_document_at_the_quote(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少")
    turn = visitor.settled(1)
    turn.locator(".answer .chip").nth(1).focus()
    visitor.page.keyboard.press("Enter")
    assert visitor.cards.nth(1).evaluate("e => e.classList.contains('lit')")
    assert not visitor.cards.nth(0).evaluate("e => e.classList.contains('lit')")
    visitor.cards.nth(1).focus()
    visitor.page.keyboard.press("Enter")
    quote = visitor.page.locator("dialog #quote")
    quote.wait_for()
    assert quote.inner_text() == "全县在册低保对象2316户4102人"
    assert in_view(quote)
    assert "一、主要工作" in visitor.page.locator("dialog .outline").inner_text()
    visitor.page.get_by_role("link", name="二、下一步打算").click()
    assert in_view(visitor.page.locator("dialog .text p").last)
    visitor.page.keyboard.press("Escape")
    visitor.page.locator("dialog").wait_for(state="hidden")
    assert visitor.page.url == visitor.site.url
    assert visitor.cards.nth(1).evaluate("e => e === document.activeElement")


def test_a_long_document_opens_at_its_quote_on_a_page_of_its_own(visit: Any) -> None:
    visitor = visit()
    visitor.ask("有急事怎么办")
    visitor.settled(1)
    href = visitor.cards.first.get_by_role("link", name="查看原文").get_attribute("href")
    visitor.page.set_viewport_size({"width": 1000, "height": 300})
    visitor.page.goto(visitor.site.url + href)
    assert visitor.page.title() == rules.title
    assert in_view(visitor.page.locator("#quote"))
    assert visitor.alerts == []


def test_markup_in_a_document_shows_as_text_and_does_not_run(visit: Any) -> None:
    visitor = visit()
    visitor.ask(f"有急事怎么办{IMAGE_ATTACK}{ATTACK}")
    turn = visitor.settled(1)
    assert turn.locator(".question").inner_text() == f"有急事怎么办{IMAGE_ATTACK}{ATTACK}"
    assert ATTACK in turn.locator(".answer").inner_text()
    assert "${alert(3)}" in turn.locator(".answer").inner_text()
    assert IMAGE_ATTACK in visitor.cards.first.inner_text()
    assert "{{constructor}}" in visitor.cards.first.inner_text()
    visitor.cards.first.get_by_role("link", name="查看原文").click()
    visitor.page.locator("dialog #quote").wait_for()
    assert ATTACK in visitor.page.locator("dialog .text").inner_text()
    assert visitor.page.locator("#page script, #page img, dialog script, dialog img").count() == 0
    assert visitor.page.locator("a[href^=javascript]").count() == 0
    assert visitor.alerts == []
    assert visitor.errors == []


def test_no_request_leaves_the_machine(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少")
    visitor.settled(1)
    visitor.cards.first.get_by_role("link", name="查看原文").click()
    visitor.page.locator("dialog #quote").wait_for()
    visitor.page.goto(visitor.site.url + "documents")
    assert len(visitor.requests) > 10
    assert visitor.stranger_requests() == []
    assert visitor.site.foreign == []


def test_the_browser_would_refuse_to_call_another_host(visit: Any) -> None:
    visitor = visit()
    refused = visitor.page.evaluate(
        "fetch('http://192.0.2.1/').then(() => false, (error) => error.name === 'TypeError')"
    )
    assert refused
    assert visitor.page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective));
          fetch('http://192.0.2.1/').catch(() => {});
        })"""
    ) in ("connect-src", "default-src")


def test_two_people_do_not_see_each_other(visit: Any) -> None:
    one, other = visit(), visit(color_scheme="light")
    one.ask("农村低保标准是多少")
    one.settled(1)
    other.ask("那城镇的呢")
    refused = other.settled(1)
    assert refused.locator(".refusal").count() == 1, "a follow-up of somebody else's question was completed"
    assert "731" not in other.page.locator("#page").inner_text()
    one.ask("那城镇的呢")
    assert one.settled(2).locator(".understood").inner_text().startswith("理解为：青山县城镇低保标准是多少")
    assert other.page.locator(".turn").count() == 1


def test_a_question_can_be_corrected_and_the_conversation_cleared(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少")
    visitor.settled(1)
    visitor.ask("那城镇的呢")
    visitor.settled(2).get_by_role("button", name="修改这个问题").click()
    assert visitor.page.input_value("#question textarea") == "青山县城镇低保标准是多少"
    visitor.page.get_by_role("button", name="新对话").click()
    visitor.page.locator(".welcome").wait_for()
    assert visitor.page.locator(".card").count() == 0
    visitor.ask("那城镇的呢")
    assert visitor.settled(1).locator(".refusal").count() == 1


def test_a_refusal_says_what_is_missing_what_is_near_and_what_can_be_asked(visit: Any) -> None:
    visitor = visit()
    visitor.ask("今天天气怎么样")
    turn = visitor.settled(1)
    text = turn.locator(".refusal").inner_text()
    assert "语料里没有能回答这个问题的内容" in text
    assert "青民〔2024〕20号" in text
    assert turn.locator(".figure, .answer").count() == 0
    assert "这一问没有可以引用的依据" in visitor.page.locator("#sources").inner_text()
    turn.get_by_role("button", name="农村低保标准是多少").click()
    assert visitor.settled(2).locator(".figure").count() == 1


def test_an_unexpected_error_is_calm_and_can_be_tried_again(visit: Any) -> None:
    visitor = visit()
    visitor.ask("出错")
    turn = visitor.settled(1)
    assert "这次没有回答上来" in turn.locator(".failed").inner_text()
    assert "Traceback" not in visitor.page.content()
    turn.get_by_role("button", name="再问一次").click()
    assert visitor.settled(2).locator(".failed").count() == 1


def test_a_lost_connection_is_told_in_chinese_and_the_question_is_kept(visit: Any) -> None:
    visitor = visit(color_scheme="light")
    visitor.page.wait_for_selector("#question textarea")
    visitor.page.context.set_offline(True)
    visitor.ask("农村低保标准是多少")
    told = visitor.page.locator(".offline")
    told.wait_for()
    assert "没有连上服务器" in told.inner_text()
    assert "onnection" not in visitor.page.locator("body").inner_text()
    assert visitor.page.input_value("#question textarea") == "农村低保标准是多少"


def test_while_it_works_it_says_so(visit: Any) -> None:
    visitor = visit()
    visitor.ask("等一等")
    working = visitor.page.locator(".working")
    working.wait_for()
    assert working.inner_text() == "正在查找依据……"
    visitor.settled(1)
    assert working.count() == 0


def test_shift_enter_and_the_enter_of_an_input_method_do_not_send(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.fill("#question textarea", "农村")
    page.press("#question textarea", "Shift+Enter")
    page.keyboard.type("低保")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "biaozhun", "selectionStart": 8, "selectionEnd": 8})
    keys.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"},
    )
    keys.send("Input.insertText", {"text": "标准"})
    assert page.input_value("#question textarea") == "农村\n低保标准"
    assert page.locator(".turn").count() == 0
    page.keyboard.press("Enter")
    assert visitor.settled(1).locator(".question").inner_text() == "农村\n低保标准"


def test_a_question_that_is_too_long_stays_in_the_box_with_the_reason(visit: Any) -> None:
    visitor = visit()
    visitor.ask("问" * 501)
    objection = visitor.page.locator(".objection")
    objection.wait_for()
    assert "最多 500 字，现在是 501 字" in objection.inner_text()
    assert len(visitor.page.input_value("#question textarea")) == 501
    assert visitor.page.locator(".turn").count() == 0


def test_a_vote_with_its_reason_is_kept(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少，我的电话13800000000")
    turn = visitor.settled(1)
    turn.get_by_role("button", name="没帮助").click()
    turn.get_by_text("数字不对").click()
    turn.locator("textarea").fill("应当是别的数")
    turn.get_by_role("button", name="提交").click()
    turn.locator(".thanks").wait_for()
    with sqlite3.connect(visitor.site.feedback) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM votes WHERE question LIKE '农村低保标准是多少，%'").fetchone())
    assert (row["vote"], row["reason"], row["comment"]) == ("down", "数字不对", "应当是别的数")
    assert row["question"] == "农村低保标准是多少，我的电话***********"
    assert "bao-gao/2024:" in row["citations"]
    assert row["answered"] == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["time"])
    assert set(row) == {"answer", "vote", "reason", "comment", "question", "answered", "citations", "time"}


def test_an_answer_is_copied_with_its_sources(visit: Any) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    visitor.ask("农村低保标准是多少")
    turn = visitor.settled(1)
    turn.get_by_role("button", name="复制（含出处）").click()
    turn.get_by_text("已复制 ✓").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "每人每月731元。[1]" in copied
    assert f"[1] 《青山县民政局2024年度工作报告》（摘编），一（一）一是，2025-01-07 公布：“{rural_quote}”" in copied


def test_on_a_phone_the_sources_rise_from_below(visit: Any) -> None:
    visitor = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    visitor.ask("农村低保标准是多少")
    turn = visitor.settled(1)
    assert not visitor.page.locator("#sources").is_visible()
    turn.locator(".chip").first.tap()
    visitor.cards.first.wait_for()
    visitor.page.wait_for_function("getComputedStyle(document.querySelector('#sources')).transform === 'none'")
    assert visitor.page.locator("#sources").bounding_box()["y"] > 150
    assert visitor.cards.first.evaluate("e => e.classList.contains('lit')")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    visitor.page.get_by_role("button", name="收起").tap()
    visitor.page.locator("#sources").wait_for(state="hidden")
    turn.locator("[data-sources]").tap()
    visitor.cards.first.get_by_role("link", name="查看原文").tap()
    quote = visitor.page.locator("dialog #quote")
    quote.wait_for()
    assert in_view(quote)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_in_every_state(visit: Any, scheme: str) -> None:
    visitor = visit(color_scheme=scheme)
    page = visitor.page
    page.wait_for_selector("#question textarea")
    measured = page.evaluate(MEASURE)
    for number, question in enumerate(
        ["农村低保标准是多少", "那城镇的呢", "城乡低保", "有急事怎么办", "今天天气怎么样", "出错"], start=1
    ):
        visitor.ask(question)
        visitor.settled(number)
        measured += page.evaluate(MEASURE)
    page.locator(".turn").first.locator("[data-reasons]").first.click()
    page.locator(".chip").first.click()
    visitor.ask("问" * 501)
    page.locator(".objection").wait_for()
    measured += page.evaluate(MEASURE)
    page.locator(".near a").last.click()
    page.locator("dialog .text").wait_for()
    measured += page.evaluate(MEASURE)
    assert len(measured) > 100
    assert [each for each in measured if each["contrast"] < 4.5] == []
    assert [each for each in measured if each["size"] < 14] == []


def test_the_page_speaks_chinese_throughout(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.wait_for_selector("#question textarea")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title() == "政策问答"
    visitor.ask("农村低保标准是多少")
    visitor.settled(1)
    shown = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll('body *')].flatMap((e) =>
             ['aria-label', 'placeholder', 'title', 'alt'].map((name) => e.getAttribute(name) || ''))].join('\\n')"""
    )
    assert re.findall(r"[A-Za-z]{2,}", shown) == []
    assert page.locator("footer:visible").count() == 0


def test_a_result_shows_its_computation_and_what_was_asked_is_stressed_in_the_quote(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保比去年涨了多少")
    turn = visitor.settled(1)
    assert turn.locator(".result strong").inner_text() == "27"
    assert turn.locator(".result .working-out").inner_text() == "731 − 704 = 27"
    assert "".join(turn.locator(".answer .stress, .answer strong").all_inner_texts()) == rural_quote
    assert "城镇居民" in turn.locator(".answer").inner_text()


def test_a_question_that_leaves_something_open_is_asked_back_and_a_choice_leads_to_its_figure(visit: Any) -> None:
    visitor = visit()
    visitor.ask("城乡低保")
    turn = visitor.settled(1)
    assert turn.locator(".figure").count() == 2
    assert turn.locator(".which h3").inner_text() == "您问的是哪一个？"
    assert turn.locator(".which button").all_inner_texts() == ["农村的标准是多少", f"城镇的标准是多少{ATTACK}"]
    turn.get_by_role("button", name="农村的标准是多少").click()
    chosen = visitor.settled(2)
    assert chosen.locator(".question").inner_text() == "农村的标准是多少"
    assert chosen.locator(".figure .amount").all_inner_texts() == ["731 元/人·月"]
    assert chosen.locator(".which").count() == 0
    assert visitor.alerts == []
    assert visitor.errors == []


def test_the_day_that_is_picked_decides_which_rules_hold(visit: Any) -> None:
    visitor = visit()
    visitor.ask("有急事怎么办")
    assert visitor.settled(1).locator(".by-day").count() == 0
    assert "已失效，自2023-02-28" in visitor.cards.first.locator(".badges").inner_text()
    visitor.page.fill("[data-day]", "2022-05-01")
    visitor.ask("有急事怎么办")
    assert "2022-05-01" in visitor.settled(2).locator(".by-day").inner_text()
    assert "现行有效" in visitor.cards.first.locator(".badges").inner_text()
    visitor.page.fill("[data-day]", "")
    assert visitor.page.input_value("[data-day]") == "2025-06-01"
    visitor.ask("有急事怎么办")
    assert visitor.settled(3).locator(".by-day").count() == 0
    assert visitor.errors == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Any) -> None:
    visitor = visit()
    visitor.ask("农村低保标准是多少")
    visitor.settled(1)
    page = visitor.page
    page.locator("#header a").first.focus()
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
               return [e.className || e.tagName, parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none'] }"""
        )
        reached.add(here[0].split(" ")[0])
        assert here[1] or here[0] == "BODY", f"no focus to be seen on {here[0]}"
    assert {"plain", "chip", "card", "A", "BUTTON"} <= reached


def test_the_size_of_the_text_is_kept(visit: Any) -> None:
    visitor = visit(color_scheme="light")
    page = visitor.page
    page.get_by_role("button", name="特大字号").click()
    page.reload()
    page.wait_for_selector("#page .bar")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 22
    assert page.get_by_role("button", name="特大字号").get_attribute("aria-pressed") == "true"


def test_without_an_index_the_page_comes_up_and_says_what_to_run(visit: Any, site_without_index: Any) -> None:
    visitor = visit(to=site_without_index)
    assert "assistant build" in visitor.page.locator(".unusable").inner_text()
    assert visitor.page.locator("#question").count() == 0
    assert visitor.errors == []
