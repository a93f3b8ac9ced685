"""The kiosk in a real browser: by touch alone, in a hall and on a phone."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Site, running
from demo import DemoAssistant
from test_browser import MEASURE

from assistant.app.kiosk_visit import Visit
from assistant.eligibility.interview import Interview
from assistant.eligibility.judge import Judgement
from assistant.eligibility.reading import read_book
from assistant.eligibility.rules import rules_on

pytestmark = pytest.mark.browser

HALL = {"width": 1080, "height": 1920}
PHONE = {"width": 390, "height": 844}
POOR = {"本县户籍": True, "家庭人口": "3", "家庭月收入": "1500", "急难": "重病"}

# What can be touched and is seen: how large it is, and what it says.
TARGETS = """
() => [...document.querySelectorAll("button, a, input, summary")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => { const box = each.getBoundingClientRect();
    return { says: each.textContent.trim() || each.ariaLabel || each.name, width: box.width, height: box.height,
             answer: each.matches(".choices button") }; })
"""
# What sticks out at the side, where nobody can drag it into view.
STICKS_OUT = """
() => [...document.querySelectorAll("#page *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return each.checkVisibility() && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.outerHTML.slice(0, 120))
"""
# An answer that comes late, and comes although nobody waits for it any more.
LATE = """
(() => {
  const really = window.fetch;
  window.fetch = async (address, { signal, ...options }) => {
    const response = await really(address, options);
    await new Promise((done) => setTimeout(done, window.late || 0));
    if (window.late) setTimeout(() => { document.documentElement.dataset.arrived = "" }, 100);
    return response;
  };
})()
"""
# Buttons that lie over one another.
OVERLAPS = """
() => {
  const boxes = [...document.querySelectorAll("button")].filter((each) => each.checkVisibility())
    .map((each) => [each.textContent.trim() || each.ariaLabel, each.getBoundingClientRect(), each.closest("main")]);
  return boxes.flatMap(([says, a, inside], at) => boxes.slice(at + 1)
    .filter(([, b, there]) => inside === there
      && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${says} / ${other}`));
}
"""
# A voice of this machine, one that would send the text away, and an ear.
VOICES = """
(() => {
  const voice = (lang, localService) => ({ lang, localService, name: lang, voiceURI: lang, default: false });
  window.heard = [];
  class Utterance { constructor(text) { this.text = text; } }
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
  const synthesis = new EventTarget();
  Object.assign(synthesis, { speaking: false,
    getVoices: () => [voice("zh-CN", false), ...(LOCAL ? [voice("zh-CN", true)] : [])],
    speak(utterance) { this.speaking = true; window.heard.push([utterance.text, utterance.voice.localService]); },
    cancel() { this.speaking = false; } });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
})()
"""


def demo_rules(day: date) -> Any:
    return rules_on(read_book(Path(__file__).parent / "schemes"), day, ("青山县",))


@pytest.fixture(scope="module")
def hall_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(
        DemoAssistant(), tmp_path_factory.mktemp("kiosk") / "data" / "feedback.sqlite3", rules_of=demo_rules
    ) as site:
        yield site


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The corpus and the schemes that are shipped, on a day when 社会救助法 is in force."""
    from assistant import pipeline
    from assistant.settings import load_settings

    settings = load_settings(index=tmp_path_factory.mktemp("built-in"))
    pipeline.build(settings)
    book, regions = pipeline.schemes(settings), pipeline.home(settings)
    feedback = tmp_path_factory.mktemp("real") / "feedback.sqlite3"
    with running(
        pipeline.load(settings), feedback, rules_of=lambda day: rules_on(book, date(2026, 8, 1), regions)
    ) as site:
        yield site


class Person:
    """Somebody before the screen, who only touches."""

    def __init__(self, page: Any, site: Site) -> None:
        self.page, self.site = page, site
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def settle(self) -> None:
        self.page.locator("#screen:not([aria-busy])").wait_for()

    def touch(self, name: str | re.Pattern[str], exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.tap()
        self.settle()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.page.locator(f'[data-key="{digit}"]').tap()

    @property
    def asked(self) -> str:
        """The name of the question that stands, empty where none does."""
        asking = self.page.locator('.asking [data-act*="reply"]').first
        return str(json.loads(asking.get_attribute("data-act"))["fact"]) if asking.count() else ""

    def answer(self, value: bool | str | None) -> None:
        if self.page.locator("[data-pad]").count() and isinstance(value, str):
            self.type(value)
            return self.touch("确定")
        for choice in self.page.locator('.asking [data-act*="reply"]').all():
            if json.loads(choice.get_attribute("data-act"))["value"] == value:
                choice.tap()
                return self.settle()
        raise AssertionError(f"{value} cannot be answered to {self.asked}")

    def interview(self, answers: dict[str, Any]) -> int:
        """From the first screen to the check of the answers; what is not in ``answers`` is not known."""
        self.touch(re.compile("能不能申请"))
        self.touch("开始")
        count = 0
        while asked := self.asked:
            self.answer(answers.get(asked))
            count += 1
        return count

    def text(self) -> str:
        return str(self.page.locator("body").inner_text())


@pytest.fixture
def come(browser: Any, hall_site: Site) -> Iterator[Callable[..., Person]]:
    """Somebody comes to a kiosk of their own; ``prepare`` is done to its page before it is opened."""
    opened: list[Any] = []

    def arrive(
        site: Site = hall_site, size: dict[str, int] = HALL, prepare: Callable[[Any], Any] = lambda page: None
    ) -> Person:
        context = browser.new_context(viewport=size, has_touch=True, locale="en-US")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        prepare(page)
        person = Person(page, site)
        page.goto(site.url + "kiosk")
        return person

    yield arrive
    for context in opened:
        context.close()


# ---- an interview ----


@pytest.mark.parametrize("size", [HALL, PHONE], ids=["hall", "phone"])
def test_a_whole_interview_by_touch_alone(come: Any, size: dict[str, int]) -> None:
    person = come(size=size)
    assert person.interview(POOR) == len(POOR)
    check = person.page.locator(".content").inner_text()
    for said in ("3 人", "1500 元/月", "家里有人突然得了重病"):
        assert said in check
    person.touch("看结果")
    assert person.page.locator(".verdict .band.good").inner_text().split() == ["✓", "可能符合", "2", "项"]
    person.touch(re.compile("农村低保"))
    result = person.text()
    assert person.page.locator(".band").inner_text().split() == ["✓", "可能符合"]
    for part in ("231", "带上这些", "户口簿、身份证", "去哪里", "打印这一页", "扫码带走", "不是审批结果"):
        assert part in result, part
    condition = person.page.locator(".condition", has_text="平均每人每月的收入低于低保标准")
    assert "全家一个月一共收入多少钱？" in condition.inner_text()
    assert "1500 元/月" in condition.inner_text()
    assert "农村居民最低生活保障标准由每人每月704元提高到每人每月731元" in condition.locator("blockquote").inner_text()
    assert person.errors == []


def test_an_answer_is_changed_and_so_is_the_result(come: Any) -> None:
    person = come()
    person.interview(POOR)
    person.touch(re.compile("^改：全家一个月"))
    assert "刚才的回答：1500 元/月" in person.text()
    person.answer("2193")
    assert "2193 元/月" in person.text()
    person.touch("看结果")
    person.touch(re.compile("农村低保"))
    assert person.page.locator(".band").inner_text().split() == ["✕", "可能不符合"]
    assert "731 ≥ 农村低保标准 731" in person.text()


def test_back_leads_to_the_screen_before_with_the_answers_of_then(come: Any) -> None:
    person = come()
    person.touch(re.compile("能不能申请"))
    person.touch("开始")
    first = person.asked
    person.answer(POOR[first])
    second = person.asked
    assert second != first
    person.touch("返回")
    assert person.asked == first
    person.answer(None)
    assert person.asked == second or person.asked in POOR
    for _ in range(3):
        person.touch("返回")
    assert person.page.get_by_role("button", name="返回").is_disabled()
    assert person.page.get_by_role("heading", name="您想办什么？").is_visible()


def test_the_pad_takes_sums_as_people_type_them(come: Any) -> None:
    person = come()
    person.interview(POOR)
    person.touch(re.compile("^改：全家一个月"))
    shown = person.page.locator("output")
    enter = person.page.get_by_role("button", name="确定")
    assert enter.is_disabled()
    for typed, stands in (
        ("0", "0"),
        ("5", "5"),
        (".", "5."),
        ("2", "5.2"),
        (".", "5.2"),
        ("5", "5.25"),
        ("9", "5.25"),
    ):
        person.type(typed)
        assert shown.inner_text() == stands
    for _ in range(4):
        person.touch("删去一位")
    assert shown.inner_text() == ""
    assert enter.is_disabled()
    person.type(".")
    assert shown.inner_text() == ""
    person.type("123456789")
    assert shown.inner_text() == "12345678"
    person.touch("确定")
    assert "12345678 元/月" in person.text()


def test_a_number_that_cannot_be_is_told_and_the_question_stays(come: Any) -> None:
    person = come()
    person.interview(POOR)
    person.touch(re.compile("^改：一起生活"))
    person.answer("0")
    assert "不小于 1" in person.page.get_by_role("alert").inner_text()
    assert person.asked == "家庭人口"


def test_a_standard_is_looked_up_with_its_figure_and_its_clause(come: Any) -> None:
    person = come()
    person.touch(re.compile("查标准"))
    person.touch("农村低保")
    assert "731" in person.page.locator(".amount-card").inner_text()
    assert "青山县民政局2024年度工作报告 · 一（一）一是" in person.text()
    assert "每人每月731元" in person.page.locator("blockquote").first.inner_text()


def test_the_chat_answers_and_follows_up_in_big_type(come: Any) -> None:
    person = come()
    person.touch(re.compile("问别的"))
    person.page.get_by_label(re.compile("也可以自己写")).fill("农村低保标准是多少")
    person.touch("问")
    assert "731" in person.page.locator(".amount-card").inner_text()
    person.touch("再问一个")
    person.page.get_by_label(re.compile("也可以自己写")).fill("那城镇的呢")
    person.touch("问")
    assert "理解为：青山县城镇低保标准是多少" in person.text()
    person.touch("再问一个")
    person.page.get_by_label(re.compile("也可以自己写")).fill("今天天气怎么样")
    person.touch("问")
    assert "语料里没有能回答这个问题的内容" in person.text()


def test_a_question_that_leaves_something_open_is_asked_back(come: Any) -> None:
    person = come()
    person.touch(re.compile("问别的"))
    person.page.get_by_label(re.compile("也可以自己写")).fill("城乡低保")
    person.touch("问")
    assert person.page.locator(".amount-card").count() == 2
    assert "您问的是哪一个？" in person.text()
    person.touch("农村的标准是多少")
    assert "731" in person.page.locator(".amount-card").inner_text()
    assert "您问的是哪一个？" not in person.text()
    assert person.errors == []


def test_how_to_go_about_a_scheme_leads_to_an_interview_about_it_alone(come: Any) -> None:
    person = come()
    person.touch(re.compile("怎么办"))
    person.touch(re.compile("临时救助"))
    for part in ("户口所在的镇政府民政办", "户口簿、身份证", "医院的证明"):
        assert part in person.text()
    person.touch("看看能不能申请这一项")
    person.touch("开始")
    assert person.asked == "急难"
    person.answer("意外")
    person.touch("看结果")
    assert person.page.locator(".verdict .band").count() == 1


# ---- nobody keeps anything ----


def what_the_browser_keeps(person: Person) -> dict[str, Any]:
    kept = person.page.evaluate(
        """async () => ({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie,
             databases: await indexedDB.databases(), caches: window.caches ? await caches.keys() : [],
             name: window.name, state: history.state, length: history.length, url: location.href })"""
    )
    return dict(kept) | {"cookies": person.page.context.cookies()}


def living() -> set[int]:
    """What the server, which runs in this process, still holds of anybody's visit."""
    gc.collect()
    return {id(each) for each in gc.get_objects() if isinstance(each, Visit | Interview | Judgement)}


@pytest.mark.parametrize("how", ["ended", "left"])
def test_after_a_visit_nothing_of_the_person_is_left(come: Any, caplog: Any, capfd: Any, how: str) -> None:
    before = living()
    person = come(prepare=lambda page: page.clock.install())
    fresh = what_the_browser_keeps(person)
    home = person.page.locator("#screen").inner_text()
    person.touch("特大字号")
    person.interview(POOR | {"家庭月收入": "1477"})
    person.touch("看结果")
    person.touch(re.compile("农村低保"))
    assert "1477" in person.page.content()
    if how == "ended":
        person.touch("结束并清除")
    else:
        person.page.clock.fast_forward(61_000)
        person.page.clock.fast_forward(21_000)
        person.page.get_by_text("很久没有人按，已全部清除。").wait_for()
    for trace in ("1477", "重病", "3 人"):
        assert trace not in person.page.content()
        assert trace not in person.text()
    assert person.page.locator("#screen").inner_text().endswith(home)
    assert what_the_browser_keeps(person) == fresh
    assert person.page.get_by_role("button", name="返回").is_disabled()
    assert person.page.evaluate("document.documentElement.dataset.textSize") == "1"
    assert all("1477" not in url and "?" not in url for url in person.requests)
    assert living() <= before
    assert not person.site.feedback.parent.exists()
    assert "1477" not in caplog.text + "".join(capfd.readouterr())
    # The next one begins at the beginning.
    person.touch(re.compile("能不能申请"))
    person.touch("开始")
    assert "第 1 题" in person.text()


def test_who_stands_still_is_asked_whether_they_are_there(come: Any) -> None:
    person = come(prepare=lambda page: page.clock.install())
    clock, warning = person.page.clock, person.page.get_by_role("dialog", name="您还在吗？")
    person.interview(POOR)
    clock.fast_forward(59_000)
    assert warning.is_hidden()
    clock.fast_forward(1_300)
    warning.wait_for()
    box = warning.bounding_box()
    assert (box["width"], box["height"]) == (HALL["width"], HALL["height"])
    counted = int(person.page.locator("[data-left]").inner_text())
    assert 18 <= counted <= 20
    clock.run_for(5_000)
    assert int(person.page.locator("[data-left]").inner_text()) == counted - 5
    person.page.keyboard.press("Escape")
    assert warning.is_visible(), "only a touch on the button says that somebody is there"
    assert warning.get_by_role("button").all_inner_texts() == ["我还在"]
    person.touch("我还在")
    assert warning.is_hidden()
    assert "1500 元/月" in person.text(), "who is still there goes on where they were"
    clock.fast_forward(59_000)
    assert warning.is_hidden(), "the count begins anew"


def test_a_screen_that_slept_wipes_at_once_when_it_wakes(come: Any) -> None:
    person = come(prepare=lambda page: page.clock.install())
    person.interview(POOR)
    person.page.clock.fast_forward(3_600_000)
    person.page.get_by_text("已全部清除").wait_for()
    assert "1500" not in person.page.content()


def test_a_touch_puts_the_warning_off(come: Any) -> None:
    person = come(prepare=lambda page: page.clock.install())
    person.interview(POOR)
    for _ in range(3):
        person.page.clock.fast_forward(50_000)
        person.page.touchscreen.tap(500, 900)
    assert person.page.get_by_role("dialog").is_hidden()
    assert "1500 元/月" in person.text()


def test_the_first_screen_with_nothing_on_it_warns_nobody(come: Any) -> None:
    person = come(prepare=lambda page: page.clock.install())
    person.page.clock.fast_forward(600_000)
    person.page.clock.run_for(1_000)
    assert person.page.get_by_role("dialog").is_hidden()
    assert "清除。" not in person.page.locator("#screen").inner_text().replace("“结束并清除”。", "")


def test_what_arrives_after_the_end_is_thrown_away(come: Any) -> None:
    person = come(prepare=lambda page: page.add_init_script(LATE))
    person.interview(POOR)
    person.page.evaluate("window.late = 600")
    person.page.get_by_role("button", name="看结果").tap()
    person.page.locator("#screen[aria-busy]").wait_for()
    person.page.get_by_role("button", name="结束并清除").tap()
    person.page.locator("html[data-arrived]").wait_for()
    assert person.page.get_by_role("heading", name="您想办什么？").is_visible()
    assert "1500" not in person.page.content()
    assert person.page.locator(".band").count() == 0


def test_two_visitors_at_once_do_not_see_each_other(come: Any) -> None:
    one, other = come(), come()
    one.interview(POOR)
    other.touch(re.compile("能不能申请"))
    other.touch("开始")
    assert "第 1 题" in other.text()
    other.touch("结束并清除")
    assert "1500 元/月" in one.text()
    one.touch("看结果")
    assert one.page.locator(".verdict .band.good").count() == 1
    assert other.page.locator(".band").count() == 0


def test_a_lost_connection_is_told_and_no_answer_is_lost(come: Any) -> None:
    person = come()
    person.touch(re.compile("能不能申请"))
    person.touch("开始")
    asked = person.asked
    person.page.context.set_offline(True)
    person.answer(POOR[asked])
    assert "没有连上服务器" in person.page.get_by_role("alert").inner_text()
    person.page.context.set_offline(False)
    assert person.asked == asked
    person.answer(POOR[asked])
    assert person.asked != asked


def test_every_request_stays_in_the_house(come: Any) -> None:
    person = come()
    person.interview(POOR)
    person.touch("看结果")
    assert all(url.startswith(person.site.url) for url in person.requests)
    assert person.site.foreign == []


# ---- paper and telephone ----


def printed(person: Person, width: int) -> str:
    import pypdfium2

    person.page.emulate_media(media="print")
    made = pypdfium2.PdfDocument(person.page.pdf(width=f"{width}mm", height="297mm"))
    assert all(abs(page.get_width() - width / 25.4 * 72) < 1 for page in made)
    person.page.emulate_media(media="screen")
    return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in made))


@pytest.mark.parametrize("width", [58, 80, 210])
def test_the_sheet_has_clauses_papers_window_and_date_and_no_buttons(come: Any, width: int) -> None:
    person = come()
    person.interview(POOR)
    person.touch("看结果")
    sheet = printed(person, width)
    for part in (
        "农村低保",
        "临时救助",
        "可能符合",
        "平均每人每月的收入低于低保标准",
        "《青山县民政局2024年度工作报告》一（一）一是",
        "带上这些",
        "户口簿、身份证",
        "医院的证明",
        "户口所在的镇政府民政办",
        "2025年6月1日",
        "不是审批结果",
    ):
        assert part in sheet, part
    for part in ("结束并清除", "返回", "打印这一页", "往下看"):
        assert part not in sheet, part
    quote = "农村居民最低生活保障标准由每人每月704元提高到每人每月731元"
    assert (quote in sheet) == (width == 210), "a receipt names the clause, A4 quotes it"


@pytest.mark.parametrize("width", [58, 80, 210])
def test_nothing_is_cut_off_at_the_side_of_the_paper(come: Any, width: int) -> None:
    person = come()
    person.interview(POOR)
    person.touch("看结果")
    person.page.emulate_media(media="print")
    person.page.set_viewport_size({"width": round((width - 6) / 25.4 * 96), "height": 1000})
    assert person.page.evaluate(STICKS_OUT) == []


def test_the_print_button_prints(come: Any) -> None:
    person = come(prepare=lambda page: page.add_init_script("window.print = () => { window.printed = true }"))
    person.interview(POOR)
    person.touch("看结果")
    person.touch("打印这一页")
    assert person.page.evaluate("window.printed") is True


def test_the_code_is_read_by_a_telephone_and_holds_nothing_of_the_person(come: Any, tmp_path: Path) -> None:
    import zxingcpp
    from PIL import Image

    person = come()
    person.interview(POOR)
    person.touch("看结果")
    person.page.locator(".qr").scroll_into_view_if_needed()
    person.page.locator(".qr").screenshot(path=tmp_path / "code.png")
    (read,) = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    text = read.text
    assert "【农村低保】\n去哪里：户口所在的镇政府民政办\n带上：户口簿、身份证；收入证明" in text
    assert "【临时救助】" in text
    for answer in ("1500", "500", "231", "3 人", "http"):
        assert answer not in text


# ---- for everybody ----


def every_screen(person: Person) -> Iterator[str]:
    """Every kind of screen, one after the other."""
    yield "home"
    for door, inner in (("查标准", "农村低保"), ("怎么办", None), ("问别的", None)):
        person.touch(re.compile(door))
        yield door
        if inner:
            person.touch(inner)
            yield inner
        else:
            person.page.locator(".choices button").first.tap() if person.page.locator(
                ".choices button"
            ).count() else None
            person.settle()
            yield door + " inside"
        person.touch("结束并清除")
    person.touch(re.compile("能不能申请"))
    yield "begin"
    person.touch("开始")
    kinds = set()
    while asked := person.asked:
        kind = "pad" if person.page.locator("[data-pad]").count() else "choices"
        if kind not in kinds or person.page.locator(".choices.many").count():
            kinds.add(kind)
            yield f"question {asked}"
        person.answer(REAL.get(asked, POOR.get(asked)))
    yield "check"
    person.touch("看结果")
    yield "overview"
    for kind in ("good", "open", "bad"):
        scheme = person.page.locator(f".verdict:has(.band.{kind}) li button").first
        if scheme.count():
            scheme.tap()
            person.settle()
            yield f"result {kind}"
            person.touch("返回")


# Somebody for the schemes that are shipped: old, in the country, disabled, with little.
REAL = {
    "现有待遇": "都没有", "年龄": "72", "户籍": "连州农村", "家庭人口": "2", "家庭月收入": "900", "本人月收入": "300",
    "不能自理项数": "0", "残疾类别": "肢体", "残疾等级": "二级", "急难": "没有", "法定义务人": "有能力",
}  # fmt: skip


def test_the_shipped_schemes_come_to_a_result_by_touch_alone(come: Any, real_site: Site) -> None:
    person = come(real_site)
    assert person.interview(REAL) <= 20
    person.touch("看结果")
    bands = person.page.locator(".band").all_inner_texts()
    assert bands
    assert person.page.locator(".verdict li button").count() == 11
    hopeful = person.page.locator(".verdict:has(.band.good)").inner_text()
    assert "低保" in hopeful
    assert "重度残疾人护理补贴" in hopeful
    person.touch(re.compile("最低生活保障（"))
    assert "731" in person.text()
    assert "281" in person.text()
    assert "《中华人民共和国社会救助法》第十八条第一款" in person.text()
    assert person.errors == []


def test_who_has_had_enough_of_questions_sees_what_has_come_of_them(come: Any, real_site: Site) -> None:
    person = come(real_site)
    person.touch(re.compile("能不能申请"))
    person.touch("开始")
    stop = person.page.get_by_role("button", name="不答了，先看结果")
    while stop.count() == 0:
        person.answer(REAL.get(person.asked))
    person.touch("不答了，先看结果")
    person.touch("看结果")
    person.page.locator(".verdict:has(.band.open) li button").first.tap()
    person.settle()
    assert "还要知道下面的事" in person.text()
    person.touch(re.compile("^回答："))
    assert person.asked


@pytest.mark.parametrize("size", [HALL, PHONE], ids=["hall", "phone"])
def test_no_serious_finding_of_accessibility(come: Any, real_site: Site, size: dict[str, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    person, found = come(real_site, size), []
    for screen in every_screen(person):
        found += [
            (screen, violation["impact"], violation["id"], [node["html"] for node in violation["nodes"]][:3])
            for violation in Axe().run(person.page).response["violations"]
        ]
    assert found == []


@pytest.mark.parametrize("step", ["标准字号", "特大字号"])
@pytest.mark.parametrize("size", [HALL, PHONE], ids=["hall", "phone"])
def test_everything_is_large_enough_to_touch_and_to_read(
    come: Any, real_site: Site, size: dict[str, int], step: str
) -> None:
    person, wrong = come(real_site, size), []
    least = 36 if step == "特大字号" else 24
    for screen in every_screen(person):
        person.touch(step)
        for target in person.page.evaluate(TARGETS):
            if target["width"] < 60 or target["height"] < (96 if target["answer"] else 60):
                wrong.append((screen, "small", target))
        for text in person.page.evaluate(MEASURE):
            # The three letters that choose the size are of the three sizes; on a phone the bar below keeps its place.
            small = text["size"] < (24 if text["text"] in ("A", "返回", "结束并清除") else least)
            if small or text["contrast"] < 4.5:
                wrong.append((screen, "hard to read", text))
        wrong += [(screen, "sticks out", what) for what in person.page.evaluate(STICKS_OUT)]
        wrong += [(screen, "lies over", what) for what in person.page.evaluate(OVERLAPS)]
        for fixed in ("返回", "结束并清除"):
            box = person.page.get_by_role("button", name=fixed, exact=True).bounding_box()
            if box["y"] + box["height"] > size["height"] or box["y"] < size["height"] - 200:
                wrong.append((screen, "not at its place", fixed))
    assert wrong == []


def test_the_page_speaks_chinese_and_moves_to_its_heading(come: Any) -> None:
    person = come()
    assert person.page.locator("html").get_attribute("lang") == "zh-CN"
    person.touch(re.compile("能不能申请"))
    assert person.page.evaluate("document.activeElement.tagName") == "H1"
    person.touch("开始")
    assert person.page.evaluate("document.activeElement.textContent") == person.page.locator("h1").inner_text()
    assert person.page.locator("select, [role=combobox], [role=listbox]").count() == 0


def test_what_is_below_the_edge_is_announced_and_reached_by_a_button(come: Any) -> None:
    person = come(size=PHONE)
    person.interview(POOR)
    person.touch("看结果")
    person.touch(re.compile("农村低保"))
    more = person.page.get_by_role("button", name="往下看")
    for _ in range(40):
        if more.is_hidden():
            break
        more.tap()
        person.page.wait_for_timeout(400)
    assert more.is_hidden()
    assert person.page.locator(".small-print").is_visible()


# ---- reading aloud ----


def test_without_a_voice_of_this_machine_nothing_offers_to_read(come: Any) -> None:
    away = come(prepare=lambda page: page.add_init_script(VOICES.replace("LOCAL", "false")))
    assert away.page.get_by_role("button", name="朗读").count() == 0
    silent = come(prepare=lambda page: page.add_init_script("delete window.speechSynthesis"))
    assert silent.page.get_by_role("button", name="朗读").count() == 0
    silent.touch(re.compile("能不能申请"))
    assert silent.errors == []


def test_the_screen_is_read_by_a_voice_of_this_machine_and_stops_with_it(come: Any) -> None:
    person = come(prepare=lambda page: page.add_init_script(VOICES.replace("LOCAL", "true")))
    person.touch(re.compile("能不能申请"))
    person.touch("开始")
    question = person.page.locator("h1").inner_text()
    person.touch("朗读")
    heard = person.page.evaluate("window.heard")
    assert question in [text for text, _ in heard]
    assert "不知道" in [text for text, _ in heard]
    assert all(local for _, local in heard)
    person.touch("停")
    assert person.page.evaluate("speechSynthesis.speaking") is False
    person.touch("朗读")
    person.touch("结束并清除")
    assert person.page.evaluate("speechSynthesis.speaking") is False
