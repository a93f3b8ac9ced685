"""The quiz in a real browser: a paper from start to file, an exam on a telephone, a live class on the hall's screen.

``SCREENSHOTS=folder pytest -m browser tests/app/test_quiz_browser.py`` keeps pictures of what is seen.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
import quiz_server
from conftest import DESKTOP, Site, running
from playwright.sync_api import expect
from test_browser import MEASURE, PHONE, in_view

from assistant.app.quiz import Quiz

sys.path.append(str(Path(__file__).resolve().parents[1] / "quiz"))
from study_items import BLANKS, CLOSED, FEE, ITEMS, SINGLE, questions

pytestmark = pytest.mark.browser


@dataclass
class School:
    """A running site with its quiz, so that a test can prepare what a person then finds."""

    site: Site
    quiz: Quiz

    @property
    def url(self) -> str:
        return self.site.url


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder = tmp_path_factory.mktemp("school")
    place = quiz_server.place(folder)
    with running(quiz_server.corpus(), folder / "feedback.sqlite3", quiz_server.today, quiz=place) as site:
        yield School(site, Quiz(place, today=quiz_server.today))


@dataclass
class Window:
    """A browser window and what went wrong behind the person's back."""

    page: Any
    problems: list[str]

    def readable(self) -> None:
        """Every text has enough contrast and size (WCAG 2.2 AA; never below 14 px)."""
        found = self.page.evaluate(MEASURE)
        assert found
        assert [one for one in found if one["contrast"] < 4.5 or one["size"] < 13.9] == []

    def picture(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            from PIL import Image

            raw = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            raw.quantize(64).save(Path(folder) / f"{name}.png", optimize=True)


@pytest.fixture
def window(browser: Any, school: School) -> Iterator[Any]:
    contexts: list[Any] = []

    def come(path: str, **options: Any) -> Window:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "zh-CN"} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        window = Window(page, [])
        page.on("pageerror", lambda error: window.problems.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())

        def asked(request: Any) -> None:
            if not request.url.startswith((school.url, "data:")):
                window.problems.append(request.url)

        def heard(message: Any) -> None:
            if "Content Security Policy" in message.text or "Refused" in message.text:
                window.problems.append(message.text)

        page.on("request", asked)
        page.on("console", heard)
        page.goto(school.url + path)
        return window

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def trainer(window: Any, school: School) -> Any:
    def come(path: str = "quiz") -> Window:
        desk = window("quiz")
        desk.page.fill("[name=key]", school.quiz.key)
        desk.page.get_by_role("button", name="进入").click()
        desk.page.wait_for_selector("#plan")
        if path != "quiz":
            desk.page.goto(school.url + path)
        return desk

    return come


PHONE_OPTIONS = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


def hold(school: School, mode: Any, *items: Any, minutes: int | None = None) -> Any:
    now = datetime.now(UTC)
    return school.quiz.sessions.create(mode, "九月学法", questions(*(items or CLOSED), marks=5), now, minutes=minutes)


def joined(window: Window, name: str) -> None:
    window.page.fill("[name=name]", name)
    window.page.locator("form").get_by_role("button", name="加入").click()


def test_a_paper_of_fifty_questions_is_made_and_taken_home_as_a_word_file(trainer: Any) -> None:
    desk = trainer()
    page = desk.page
    assert page.locator("[data-sum=count]").inner_text() == "50"
    assert page.locator("[data-sum=marks]").inner_text() == "100"
    page.fill("[name=title]", "九月学法测试")
    page.get_by_role("button", name="组卷", exact=True).click()
    page.locator(".paper-head").wait_for(timeout=120_000)
    items = page.locator("#preview .item")
    assert items.count() == 50
    assert page.locator("#preview .item .clause mark").count() == 50
    assert "50 题 · 满分 100 分" in page.locator(".paper-head").inner_text()

    first = items.first.locator(".stem").inner_text()
    assert not items.first.locator(".clause").is_visible()
    items.first.locator("summary").click()
    assert items.first.locator(".clause mark").is_visible()
    desk.picture("quiz-desk")
    desk.readable()
    page.get_by_role("button", name="换掉第1题").click()
    expect(items.first.locator(".stem")).not_to_have_text(first)
    assert items.count() == 50
    page.get_by_role("button", name="去掉第50题").click()
    expect(items).to_have_count(49)
    page.get_by_role("button", name="A 卷").click()
    page.locator("#preview h3", has_text="（A卷）").wait_for()
    page.get_by_role("button", name="原卷").click()
    page.locator(".acts").first.wait_for()

    stems = [re.sub(r"^\d+\.\s*|（[^（）]*）$", "", text) for text in items.locator(".stem").all_inner_texts()]
    with page.expect_download() as download:
        page.locator(".file", has_text="DOCX").click()
    assert download.value.suggested_filename == "九月学法测试.docx"
    document = docx.Document(download.value.path())
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "九月学法测试" in words
    # Blanks and brackets are wider on paper than on the screen.
    written = re.sub(r"[\s_]", "", words)
    assert [stem for stem in stems if re.sub(r"[\s_]", "", stem) not in written] == []
    assert len(stems) == 49
    assert desk.problems == []


def test_an_exam_on_a_telephone_survives_a_broken_connection_and_a_closed_page(window: Any, school: School) -> None:
    session = hold(school, "exam", *ITEMS, minutes=30)
    phone = window(f"quiz/join?code={session.code}", **PHONE_OPTIONS)
    page = phone.page
    assert page.input_value("[name=code]") == session.code
    phone.readable()
    joined(phone, "张三")
    page.get_by_role("button", name="开始答题").click()
    shown = page.locator(".question:visible")
    assert shown.locator(".stem").inner_text() == FEE.stem
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    heights = shown.locator(".choice").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 60
    shown.get_by_text("错误", exact=True).click()
    page.get_by_text("✓ 已保存").wait_for()
    assert re.fullmatch(r"(29|30):\d\d", page.locator("[data-clock]").inner_text())
    page.get_by_role("button", name="下一题").click()
    phone.picture("quiz-exam-phone")
    phone.readable()

    page.context.set_offline(True)
    page.locator(".question:visible .choice").nth(2).click()
    page.get_by_text("答案先存在手机里").wait_for()
    page.get_by_role("button", name="题号").click()
    assert "答了 2 题，还有 4 题没有答" in page.locator(".question:visible").inner_text()
    page.context.set_offline(False)
    page.get_by_text("✓ 已保存").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="第1题，已答").click()
    page.locator(".question:visible .choice").nth(0).click()
    page.get_by_text("答案先存在手机里").wait_for()
    page.context.set_offline(False)
    page.reload()
    page.get_by_text("✓ 已保存").wait_for()
    sheet = school.quiz.sessions.takings(session)[0].sheet
    assert {item: given.response.choices for item, given in sheet.answers.items()} == {FEE.id: (0,), SINGLE.id: (2,)}

    page.get_by_role("button", name="题号").click()
    page.get_by_role("button", name="第5题，未答").click()
    page.locator(".question:visible input").press_sequentially("202")
    page.get_by_role("button", name="题号").click()
    page.get_by_role("button", name="交卷").click()  # Sooner than what was typed is saved by itself.
    page.get_by_text("您的答卷已经收到").wait_for()
    assert school.quiz.sessions.takings(session)[0].sheet.answers[BLANKS.id].response.texts == ("202",)
    page.goto(school.url + f"quiz/take/{session.code}")
    assert page.get_by_text("您的答卷已经收到").is_visible()
    assert phone.problems == []


def test_time_that_runs_out_hands_the_exam_in(window: Any, school: School) -> None:
    session = hold(school, "exam", minutes=1)
    phone = window(f"quiz/join?code={session.code}", **PHONE_OPTIONS)
    phone.page.clock.install()
    joined(phone, "李四")
    phone.page.get_by_role("button", name="开始答题").click()
    phone.page.locator(".question:visible .choice").first.click()
    phone.page.get_by_text("✓ 已保存").wait_for()
    phone.page.clock.fast_forward(61_000)
    phone.page.get_by_text("您的答卷已经收到").wait_for()
    (taking,) = school.quiz.sessions.takings(session)
    assert taking.sheet.submitted is not None
    assert len(taking.sheet.answers) == 1


def test_practice_on_a_telephone_explains_at_once_and_fills_the_notebook(window: Any, school: School) -> None:
    session = hold(school, "practice")
    phone = window(f"quiz/join?code={session.code}", **PHONE_OPTIONS)
    page = phone.page
    joined(phone, "王五")
    question = page.locator(".question:visible")
    question.get_by_role("button", name="确定").click()
    page.get_by_text("请先选一个").wait_for()
    question.get_by_text("正确", exact=True).click()
    question.get_by_role("button", name="确定").click()
    question.get_by_text("答错了").wait_for()
    assert FEE.origin is not None
    assert question.locator("blockquote mark").inner_text() == FEE.origin.quote
    phone.picture("quiz-practice-phone")
    phone.readable()
    page.reload()
    assert page.locator(".question:visible .stem").inner_text() == SINGLE.stem
    page.goto(school.url + "quiz/me")
    assert FEE.stem in page.locator("main").inner_text()
    phone.readable()
    assert phone.problems == []


def test_bars_grow_on_the_halls_screen_and_telephones_follow(window: Any, trainer: Any, school: School) -> None:
    session = hold(school, "live", SINGLE, *(item for item in CLOSED if item is not SINGLE))
    hall = trainer(f"quiz/session/{session.id}/hall")
    page = hall.page
    assert page.locator(".lobby .qr").is_visible()
    assert page.locator(".huge").inner_text() == session.code
    phone = window(f"quiz/join?code={session.code}", **PHONE_OPTIONS)
    joined(phone, "手机一号")
    phone.page.get_by_text("等老师开始").wait_for()
    page.get_by_text("1 人已加入").wait_for()
    hall.readable()

    page.get_by_role("button", name="开始").click()
    page.locator(".hall-bars").wait_for()
    crowd = [school.quiz.people.register(f"学员{number}号", datetime.now(UTC))[0] for number in range(24)]
    widths = []
    for number, person in enumerate(crowd):
        school.quiz.sessions.take(session.id, person, datetime.now(UTC))
        chosen = [(0, 0, 0, 0, 1, 2, 3, 1)[number % 8]]
        school.quiz.sessions.answer(session.id, person.id, SINGLE.id, {"choices": chosen}, datetime.now(UTC))
        if number in (3, 12, 23):
            expect(page.locator("strong[data-answered]")).to_have_text(str(number + 1))
            page.wait_for_timeout(700)
            bars = page.locator(".bar-fill").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
            widths.append(bars[0])
    assert widths[0] > 2
    assert len(set(widths)) == 3
    assert page.locator("[data-count]").all_inner_texts() == ["12", "6", "3", "3"]
    phone.page.locator(".choice").nth(0).click()
    phone.page.get_by_text("✓ 已收到", exact=False).first.wait_for()
    expect(page.locator("[data-count]").nth(0)).to_have_text("13")
    assert "学员" not in page.locator("#screen").inner_text()
    hall.picture("quiz-hall-open")

    page.get_by_role("button", name="停止作答").click()
    page.get_by_text("✓ 正确答案").wait_for()
    phone.page.get_by_text("答对了").wait_for()
    assert in_view(page.get_by_role("button", name="下一题"))
    page.wait_for_timeout(700)
    hall.picture("quiz-hall")
    hall.readable()
    phone.readable()
    page.get_by_role("button", name="显示姓名").click()
    page.get_by_text("学员1号", exact=True).wait_for()
    page.get_by_role("button", name="不显示姓名").click()
    expect(page.locator("#screen")).not_to_contain_text("学员1号")
    page.get_by_role("button", name="下一题").click()
    phone.page.get_by_text("第 2 / 4 题").wait_for()
    assert hall.problems == phone.problems == []


def test_results_show_plots_and_flags(trainer: Any, school: School) -> None:
    session = hold(school, "exam", minutes=30)
    for number in range(20):
        person = school.quiz.people.register(f"学员{number}号", datetime.now(UTC))[0]
        school.quiz.sessions.take(session.id, person, datetime.now(UTC))
        for place, item in enumerate(CLOSED):
            knows = number < 7 + 2 * place if item is not FEE else number >= 13
            wrong = [len(item.options) - 1 - item.key[0]]
            record = {"choices": list(item.key) if knows else wrong}
            school.quiz.sessions.answer(session.id, person.id, item.id, record, datetime.now(UTC))
        school.quiz.sessions.submit(session.id, person.id, datetime.now(UTC))
    results = trainer(f"quiz/session/{session.id}")
    page = results.page
    page.get_by_role("button", name="换手机").first.click()
    page.locator("dialog .qr").wait_for()
    page.locator("dialog").get_by_role("button", name="关闭").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.locator(".plot svg").count() == 3
    flagged = page.locator("tr.doubtful")
    assert "⚑ 越会的人越答错" in flagged.first.inner_text()
    assert flagged.filter(has_text="越会的人越答错").count() == 1
    results.readable()
    page.locator("#items").scroll_into_view_if_needed()
    page.locator("#items").evaluate("e => e.scrollIntoView()")
    results.picture("quiz-results")
    with page.expect_download() as download:
        page.locator(".file", has_text="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert results.problems == []


def test_the_bank_is_worked_on_by_touch(trainer: Any, school: School) -> None:
    school.quiz.bank.add(ITEMS, datetime.now(UTC))
    bank = trainer(f"quiz/bank?text={FEE.stem[-8:]}")
    page = bank.page
    page.get_by_role("button", name="✓ 批准").click()
    page.locator(".badge", has_text="✓ 已批准").wait_for()
    page.get_by_role("button", name="✎ 修改").click()
    page.fill("textarea[name=explanation]", "条例第六条写明不收费。")
    page.get_by_role("button", name="保存").click()
    page.locator(".badge", has_text="草稿").wait_for()
    page.get_by_role("button", name="历史").click()
    page.locator(".history", has_text="修改").wait_for()
    assert school.quiz.bank.get(FEE.id).item.explanation == "条例第六条写明不收费。"
    page.goto(school.url + "quiz/bank")
    bank.readable()
    bank.picture("quiz-bank")
    assert bank.problems == []
