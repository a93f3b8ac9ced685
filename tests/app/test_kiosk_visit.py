"""The kiosk without a browser: what a touch does, what is drawn of it, and what it leaves behind."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import demo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app import kiosk_result
from assistant.app.kiosk import LONGEST_BODY
from assistant.app.kiosk_take import AT_THE_WINDOW, MOST_BYTES, NOT_A_PROMISE, code, takeaway
from assistant.app.kiosk_visit import Ask, Change, Open, Reply, Visit, interview_of, moved
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.interview import AnswerError, Interview
from assistant.eligibility.judge import Judgement, judge_all
from assistant.eligibility.reading import read_book
from assistant.eligibility.rules import Rules, rules_on

BOOK = read_book(Path(__file__).parent / "schemes")
FACTS = ("本县户籍", "家庭人口", "家庭月收入", "急难")


def rules_of(day: date) -> Rules:
    return rules_on(BOOK, day, ("青山县",))


RULES = rules_of(demo.today())


def after(*acts: Any) -> Visit:
    visit = Visit()
    for act in acts:
        visit = moved(visit, act, RULES)
    return visit


def begun(*answers: tuple[str, Any]) -> Visit:
    begin = (Open(do="open", screen="begin"), Open(do="open", screen="question"))
    return after(*begin, *(Reply(do="reply", fact=fact, value=value) for fact, value in answers))


POOR = (("本县户籍", True), ("家庭人口", "3"), ("家庭月收入", "1500"), ("急难", "重病"))


def drawn(visit: Visit, scheme: str = "") -> str:
    interview = interview_of(visit, RULES)
    outcome = kiosk_result.Outcome(
        judge_all(interview.known, RULES), interview, RULES, Clauses(demo.DemoAssistant().passages)
    )
    return kiosk_result.one(outcome, scheme) if scheme else kiosk_result.overview(outcome)


# ---- a touch ----


def test_answers_lead_from_question_to_question_and_then_to_their_check() -> None:
    visit = begun()
    asked = []
    while visit.screen == "question":
        asked.append(visit.fact)
        visit = moved(visit, Reply(do="reply", fact=visit.fact, value=dict(POOR)[visit.fact]), RULES)
    assert sorted(asked) == sorted(FACTS)
    assert visit.screen == "review"
    assert dict(visit.answers) == dict(POOR)


def test_a_changed_answer_replaces_the_old_one_and_leads_back_to_the_check() -> None:
    visit = begun(*POOR)
    visit = moved(visit, Change(do="change", fact="家庭月收入"), RULES)
    assert (visit.screen, visit.fact) == ("question", "家庭月收入")
    visit = moved(visit, Reply(do="reply", fact="家庭月收入", value="9000"), RULES)
    assert visit.screen == "review"
    assert dict(visit.answers) == {**dict(POOR), "家庭月收入": "9000"}


def test_not_knowing_is_an_answer_and_is_not_asked_again() -> None:
    visit = begun()
    while visit.screen == "question":
        assert visit.fact not in dict(visit.answers)
        visit = moved(visit, Reply(do="reply", fact=visit.fact, value=None), RULES)
    assert set(dict(visit.answers).values()) == {None}


def test_an_interview_about_one_scheme_asks_only_what_that_needs() -> None:
    visit = after(Open(do="open", screen="begin", scheme="linshi"), Open(do="open", screen="question"))
    assert (visit.only, visit.fact) == ("linshi", "急难")
    assert moved(visit, Reply(do="reply", fact="急难", value="没有"), RULES).screen == "review"


def test_beginning_anew_forgets_the_answers() -> None:
    assert moved(begun(*POOR), Open(do="open", screen="begin"), RULES).answers == ()


def test_a_number_stays_as_it_was_typed() -> None:
    assert dict(begun(("家庭月收入", "1500.50")).answers)["家庭月收入"] == "1500.50"


@pytest.mark.parametrize(
    ("fact", "value", "told"),
    [
        ("家庭人口", "0", "不小于 1"),
        ("家庭人口", "2.5", "整数"),
        ("家庭人口", "abc", "数字"),
        ("急难", "别的", "只能是"),
        ("没有这一问", "1", "没有"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_plain_words(fact: str, value: str, told: str) -> None:
    with pytest.raises(AnswerError, match=told):
        begun((fact, value))


def test_a_standard_is_asked_for_by_itself_and_a_further_question_after_it_is_not() -> None:
    visit = after(Open(do="open", screen="ask"), Ask(do="ask", question=" 农村低保标准是多少 "))
    assert visit.questions == ("农村低保标准是多少",)
    visit = moved(visit, Ask(do="ask", question="那城镇的呢"), RULES)
    assert visit.questions == ("农村低保标准是多少", "那城镇的呢")
    assert moved(visit, Open(do="open", screen="standards"), RULES).questions == ()


# ---- what is drawn ----


def test_a_result_has_each_condition_with_question_answer_clause_and_date() -> None:
    html = drawn(begun(*POOR), "dibao")
    for part in (
        "可能符合",
        "平均每人每月的收入低于低保标准",
        "全家一个月一共收入多少钱？",
        "1500 元/月",
        "“农村居民最低生活保障标准由每人每月704元提高到每人每月731元”",
        "《青山县民政局2024年度工作报告》一（一）一是",
        "2025-01-07 公布",
        "由窗口核定",
        "231",
        "农村低保标准 731 − 家庭月人均收入 500 = 231",
        "户口簿、身份证",
        "户口所在的镇政府民政办",
        "受理后30个工作日",
        "2025年6月1日",
        "不是审批结果",
        "<svg",
    ):
        assert part in html, part
    assert "一定" not in html
    assert "保证" not in html


def test_what_a_document_says_is_escaped() -> None:
    html = drawn(begun(*POOR), "dibao")
    assert demo.IMAGE_ATTACK not in html
    assert "&lt;img src=x" in html


def test_where_one_thing_is_lacking_it_is_said_and_no_papers_are_asked_for() -> None:
    html = drawn(begun(("本县户籍", True), ("家庭人口", "1"), ("家庭月收入", "731"), ("急难", "没有")), "dibao")
    assert "可能不符合" in html
    assert "只差这一条" in html
    assert "731 ≥ 农村低保标准 731" in html
    assert "带上这些" not in html
    assert "大约多少钱" not in html
    assert "去哪里" in html, "nobody is turned away from the window"


def test_of_alternatives_the_one_that_is_met_is_shown_and_the_others_are_folded() -> None:
    html = drawn(begun(*POOR), "linshi")
    shown, _, folded = html.partition("<summary>")
    assert "家里有人突发重病" in shown
    assert "因意外，基本生活有严重困难" not in shown
    assert "因意外，基本生活有严重困难" in folded


def test_what_was_not_answered_can_be_answered_from_the_result() -> None:
    html = drawn(begun(("本县户籍", True), ("家庭人口", None)), "dibao")
    assert "还缺信息" in html
    assert '"do": "change"' in html.replace("&#34;", '"').replace("&quot;", '"')


def test_the_overview_counts_every_scheme_once() -> None:
    html = drawn(begun(*POOR))
    assert "2 项" in html
    assert "农村低保：领低保的家庭遇到急难，还可以申请临时救助。" in html


# ---- what is taken along ----


def test_the_list_to_take_along_has_papers_and_windows_and_no_answers() -> None:
    day = date(2026, 8, 1)
    text = takeaway([("农村低保", ["户口簿", "身份证"], ["镇政府"])], day)
    assert text == f"【农村低保】\n去哪里：镇政府\n带上：户口簿；身份证\n{NOT_A_PROMISE}2026-08-01"
    assert takeaway([], day) == ""
    html = drawn(begun(*POOR), "dibao")
    assert "1500" not in html[html.index("<svg") : html.index("</svg>")]


words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40)


@given(st.lists(st.tuples(words, st.lists(words, max_size=8), st.lists(words, max_size=2)), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_list_that_is_too_long_for_a_code_names_its_schemes_and_sends_to_the_window(entries: Any) -> None:
    text = takeaway(entries, date(2026, 8, 1))
    assert all(f"【{title}】" in text for title, _, _ in entries)
    assert len(text.encode()) <= MOST_BYTES or AT_THE_WINDOW in text
    assert code(text).startswith("<svg")


# ---- over the network ----


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from starlette.testclient import TestClient

    from assistant.app.main import website

    folder = tmp_path_factory.mktemp("kiosk")
    with TestClient(website(demo.DemoAssistant(), folder / "feedback.sqlite3", demo.today, rules_of)) as client:
        yield client


def living() -> set[int]:
    """What this process still holds of anybody's visit."""
    gc.collect()
    return {id(each) for each in gc.get_objects() if isinstance(each, Visit | Interview | Judgement)}


def send(client: Any, act: dict[str, Any], visit: dict[str, Any] | None = None) -> Any:
    return client.post("/kiosk", json={"visit": visit or {}, "act": act})


def test_the_page_loads_from_this_house_only_and_is_not_stored(client: Any) -> None:
    response = client.get("/kiosk")
    assert response.headers["cache-control"] == "no-store"
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<h1" in response.text


def test_an_interview_can_be_led_without_the_server_keeping_anything(client: Any) -> None:
    before = living()
    visit = send(client, {"do": "open", "screen": "question"}).json()["visit"]
    for _ in FACTS:
        act = {"do": "reply", "fact": visit["fact"], "value": dict(POOR)[visit["fact"]]}
        visit = send(client, act, visit).json()["visit"]
    response = send(client, {"do": "open", "screen": "results"}, visit)
    assert "可能符合" in response.json()["html"]
    assert response.headers["cache-control"] == "no-store"
    assert living() <= before


def test_no_address_holds_an_answer(client: Any) -> None:
    assert client.get("/kiosk?answers=1").text == client.get("/kiosk").text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"visit": {}, "act": {"do": "fly"}}',
        b'{"visit": {"screen": "cellar"}, "act": {"do": "open", "screen": "home"}}',
        b'{"visit": {"answers": 3}, "act": {"do": "open", "screen": "home"}}',
        json.dumps({"visit": {}, "act": {"do": "ask", "question": "问" * 501}}).encode(),
        json.dumps({"visit": {"answers": [["a", "1"]] * 201}, "act": {"do": "open", "screen": "home"}}).encode(),
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_what_is_no_touch_is_refused_in_plain_words(client: Any, body: bytes) -> None:
    response = client.post("/kiosk", content=body)
    assert response.status_code == 422
    assert "重新开始" in response.json()["told"]


def test_too_long_a_body_is_not_read_to_its_end(client: Any) -> None:
    assert client.post("/kiosk", content=b" " * (LONGEST_BODY + 1)).status_code == 413


def test_an_unexpected_error_is_told_calmly_and_logged_without_what_was_said(client: Any, caplog: Any) -> None:
    with caplog.at_level(logging.INFO):
        response = send(client, {"do": "ask", "question": "出错，我姓欧阳"})
    assert response.status_code == 500
    assert "不是您按错了" in response.json()["told"]
    assert "RuntimeError" in caplog.text
    assert "欧阳" not in caplog.text
    assert "as asked" not in caplog.text


def test_without_schemes_the_two_doors_that_need_them_are_left_out(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from assistant.app.main import website

    with TestClient(website(demo.DemoAssistant(), tmp_path / "feedback.sqlite3", demo.today)) as client:
        page = client.get("/kiosk").text
        assert "查标准" in page
        assert "能不能申请" not in page
        assert "查标准" in send(client, {"do": "open", "screen": "results"}).json()["html"]


def test_without_an_index_people_are_sent_to_the_window(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from assistant.app.main import website

    with TestClient(website(demo.NO_INDEX, tmp_path / "feedback.sqlite3", demo.today)) as client:
        page = client.get("/kiosk").text
        assert "请到窗口问工作人员" in page
        assert "assistant build" in page
        assert "data-act" not in page


acts = st.one_of(
    st.builds(
        lambda screen, scheme: {"do": "open", "screen": screen, "scheme": scheme},
        st.sampled_from(
            ["home", "standards", "ask", "answer", "begin", "question", "review", "results", "result", "ways", "way"]
        ),
        st.sampled_from(["", "dibao", "linshi", "nothing"]),
    ),
    st.builds(
        lambda fact, value: {"do": "reply", "fact": fact, "value": value},
        st.sampled_from([*FACTS, "nothing"]),
        st.one_of(st.none(), st.booleans(), st.sampled_from(["1", "731", "999999999", "-1", "1e9", "意外", "nan"])),
    ),
    st.builds(lambda fact: {"do": "change", "fact": fact}, st.sampled_from([*FACTS, "nothing"])),
    st.builds(lambda question: {"do": "ask", "question": question}, st.text(min_size=1, max_size=20)),
)


@given(st.lists(acts, max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_is_touched_in_whatever_order_a_screen_or_plain_words_come_back(client: Any, touched: Any) -> None:
    visit: dict[str, Any] = {}
    for act in touched:
        if "出错" in act.get("question", ""):
            continue
        response = send(client, act, visit)
        assert response.status_code in (200, 422), response.text
        if response.status_code == 200:
            visit = response.json()["visit"]
            assert "<h1" in response.json()["html"]
        else:
            assert response.json()["told"]
