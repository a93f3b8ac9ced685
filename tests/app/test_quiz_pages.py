"""The quiz's pages over their addresses, without a browser: who may do what, and what each one is shown."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.app.quiz import Quiz, QuizPlace
from assistant.app.quiz_access import trainer_key
from assistant.app.quiz_site import add_quiz, routers
from assistant.errors import QuizError, SettingsError
from assistant.quiz.paper import Part, Plan, choose
from assistant.quiz.session import Mode, Session, advance

sys.path.append(str(Path(__file__).resolve().parents[1] / "quiz"))
from study_items import ADOPTION, BLANKS, CLOSED, ESSAY, FEE, ITEMS, MULTIPLE, SINGLE, passages, questions

ATTACK = "<script>alert(1)</script>"
CHANGE = {"x-quiz": "1"}


@dataclass
class Hall:
    """The quiz on a clock that the test moves."""

    quiz: Quiz
    app: FastAPI
    time: datetime

    def visitor(self, **options: Any) -> TestClient:
        return TestClient(self.app, headers=CHANGE, follow_redirects=False, **options)

    def trainer(self) -> TestClient:
        visitor = self.visitor()
        assert visitor.post("/quiz/enter", json={"key": self.quiz.key.lower()}).json() == {"goto": "quiz"}
        return visitor

    def hold(self, mode: Mode, *items: Any, minutes: int | None = None, class_id: int | None = None) -> Session:
        return self.quiz.sessions.create(
            mode, "学法", questions(*(items or CLOSED)), self.time, minutes=minutes, class_id=class_id
        )

    def join(self, session: Session, name: str) -> TestClient:
        visitor = self.visitor()
        joined = visitor.post("/quiz/join", json={"code": session.code, "name": name})
        assert joined.json() == {"goto": f"quiz/take/{session.code}"}
        if session.mode == "exam":
            visitor.post(f"/quiz/take/{session.code}/begin", json={})
        return visitor


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    app = FastAPI()
    hall = Hall(None, app, datetime(2026, 3, 2, 1, tzinfo=UTC))  # type: ignore[arg-type]
    place = QuizPlace(f"sqlite:///{tmp_path / 'quiz.sqlite3'}", tmp_path / "data" / "trainer.key")
    hall.quiz = Quiz(
        place, now=lambda: hall.time, today=lambda: date(2026, 3, 2) + timedelta(days=(hall.time.day - 2))
    )  # fmt: skip
    add_quiz(app, hall.quiz)
    return hall


def give(visitor: TestClient, session: Session, item: Any, *choices: int) -> Any:
    record = {"item": item.id, "response": {"choices": list(choices)}}
    return visitor.post(f"/quiz/take/{session.code}/answer", json=record)


# ── who may do what ──

PUBLIC = (
    "/quiz/enter", "/quiz/leave", "/quiz/join", "/quiz/forget", "/quiz/back/{token}", "/quiz/take/", "/quiz/me",
)  # fmt: skip


def addresses(quiz: Quiz) -> list[tuple[str, str]]:
    return [(method, route.path) for router in routers(quiz) for route in router.routes for method in route.methods]  # type: ignore[attr-defined]


def test_a_trainers_address_is_closed_to_everybody_else(hall: Hall) -> None:
    session = hall.hold("live")
    participant = hall.join(session, "张三")
    closed = [(method, path) for method, path in addresses(hall.quiz) if not path.startswith(PUBLIC)]
    assert len(closed) > 25
    for method, path in closed:
        filled = re.sub(r"\{(\w+)\}", lambda found: "1" if "person" in found[1] else session.id, path)
        for visitor in (hall.visitor(), participant):
            answer = visitor.request(method, filled, json=None if method == "GET" else {})
            assert answer.status_code == 403, (method, path)
            assert "张三" not in answer.text


def test_a_change_that_no_script_of_this_site_asked_for_is_refused(hall: Hall) -> None:
    session = hall.hold("practice")
    trainer = hall.trainer()
    changes = [path for method, path in addresses(hall.quiz) if method != "GET"]
    assert len(changes) > 18
    for path in changes:
        filled = re.sub(r"\{(\w+)\}", lambda found: "1" if "person" in found[1] else session.id, path)
        del trainer.headers["x-quiz"]
        assert trainer.post(filled, json={}).status_code == 403, path
        trainer.headers["x-quiz"] = "1"
        assert trainer.post(filled, json={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403, path


def test_the_key_lets_in_and_is_not_what_the_cookie_holds(hall: Hall) -> None:
    visitor = hall.visitor()
    wrong = visitor.post("/quiz/enter", json={"key": "AAAA-BBBB-CCCC"})
    assert (wrong.status_code, wrong.json()) == (403, {"error": "口令不对，请核对启动程序时显示的培训员口令"})
    entered = visitor.post("/quiz/enter", json={"key": hall.quiz.key})
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert hall.quiz.key not in cookie
    assert visitor.get("/quiz").status_code == 200
    visitor.post("/quiz/leave", json={})
    assert visitor.get("/quiz").status_code == 403


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "trainer.key"
    key = trainer_key(path)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", key)
    assert trainer_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    for short in ("short", "----------"):
        path.write_text(short)
        with pytest.raises(SettingsError, match="太短"):
            trainer_key(path)


def test_a_database_that_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    for url in ("nonsense", f"sqlite:///{tmp_path}", "sqlite:////proc/nowhere/quiz.sqlite3"):
        with pytest.raises(QuizError, match="quiz_database"):
            Quiz(QuizPlace(url, tmp_path / "key"))


def test_a_participant_has_their_own_data_only(hall: Hall) -> None:
    session = hall.hold("practice")
    first, second = hall.join(session, "张三"), hall.join(session, "李四")
    give(first, session, FEE, 0)
    assert FEE.stem in first.get("/quiz/me").text
    assert FEE.stem not in second.get("/quiz/me").text
    stranger = hall.visitor()
    assert stranger.get("/quiz/me").status_code == 403
    assert stranger.get(f"/quiz/take/{session.code}").headers["location"] == f"/quiz/join?code={session.code}"
    assert give(stranger, session, FEE, 1).status_code == 403


def test_markup_in_a_name_is_text_everywhere(hall: Hall) -> None:
    session = hall.hold("live")
    participant = hall.join(session, ATTACK[:30])
    trainer = hall.trainer()
    trainer.post(f"/quiz/session/{session.id}/names", json={"shown": True})
    trainer.post(f"/quiz/session/{session.id}/advance", json={"from": "0-lobby"})
    give(participant, session, FEE, 1)
    for visitor, path in (
        (participant, "/quiz/me"), (participant, f"/quiz/take/{session.code}"), (trainer, f"/quiz/session/{session.id}"),
        (trainer, f"/quiz/session/{session.id}/hall"), (trainer, f"/quiz/session/{session.id}/sheet/1"),
        (participant, "/quiz/join?code=%3Cscript%3E"),
    ):  # fmt: skip
        page = visitor.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text
        assert "unsafe" not in page.headers["content-security-policy"]


# ── what each one is shown ──


def test_no_key_is_on_a_page_before_it_may_be_seen(hall: Hall) -> None:
    exam, live = hall.hold("exam", *ITEMS, minutes=10), hall.hold("live")
    sitting, following = hall.join(exam, "张三"), hall.join(live, "张三")
    hall.quiz.sessions.change(live.id, advance)
    give(sitting, exam, SINGLE, 2)
    written = give(following, live, FEE, 1).json()["html"]
    pages = [sitting.get(f"/quiz/take/{exam.code}").text, following.get(f"/quiz/take/{live.code}").text, written]
    sitting.post(f"/quiz/take/{exam.code}/submit", json={})
    pages.append(sitting.get(f"/quiz/take/{exam.code}").text)
    secrets = [item.explanation for item in ITEMS] + [item.origin.quote for item in ITEMS if item.origin]
    secrets += [why for item in ITEMS for why in item.why_wrong if why] + list(ESSAY.answers)
    for page in pages:
        assert not any(secret in page for secret in secrets)
        assert "正确答案" not in page
    trainer = hall.trainer()
    trainer.post(f"/quiz/session/{exam.id}/close", json={})
    assert SINGLE.explanation in sitting.get(f"/quiz/take/{exam.code}").text


def test_practice_explains_with_the_clause_at_once(hall: Hall) -> None:
    session = hall.hold("practice")
    visitor = hall.join(session, "张三")
    shown = give(visitor, session, SINGLE, 2).json()["html"]
    assert "答错了" in shown
    assert SINGLE.why_wrong[2] in shown
    assert f"<mark>{SINGLE.origin.quote}</mark>" in shown  # type: ignore[union-attr]
    assert give(visitor, session, SINGLE, 0).json() == {"error": "这道题已经答过，解析也看过了"}
    again = visitor.get(f"/quiz/take/{session.code}").text
    assert SINGLE.why_wrong[2] in again


def test_an_exam_resumes_runs_out_and_is_handed_in_by_itself(hall: Hall) -> None:
    session = hall.hold("exam", minutes=10)
    visitor = hall.join(session, "张三")
    assert give(visitor, session, FEE, 1).json() == {"left": 600.0}
    hall.time += timedelta(minutes=4)
    page = visitor.get(f"/quiz/take/{session.code}").text
    assert 'data-left="360.0"' in page
    assert re.search(rf'name="answer-{FEE.id}" value="1" checked', page)
    hall.time += timedelta(minutes=6, seconds=30)
    late = give(visitor, session, SINGLE, 0)
    assert late.status_code == 409
    assert "没有记入" in late.json()["error"]
    done = visitor.get(f"/quiz/take/{session.code}").text
    assert "答卷已经收到" in done
    taking = hall.quiz.sessions.takings(session)[0]
    assert taking.sheet.submitted == taking.sheet.started + timedelta(minutes=10)


def test_a_lost_telephone_is_replaced_by_the_trainer(hall: Hall) -> None:
    session = hall.hold("exam", minutes=10)
    old = hall.join(session, "张三")
    give(old, session, FEE, 1)
    person = hall.quiz.sessions.takings(session)[0].person
    shown = hall.trainer().post(f"/quiz/session/{session.id}/again/{person.id}", json={}).json()["html"]
    address = re.search(r"http://testserver(/quiz/back/[\w-]+\?to=\d{6})", shown)
    assert address
    new = hall.visitor()
    assert new.get(address[1]).headers["location"] == f"/quiz/take/{session.code}"
    assert re.search(rf'name="answer-{FEE.id}" value="1" checked', new.get(f"/quiz/take/{session.code}").text)
    assert give(old, session, SINGLE, 0).status_code == 403


def test_two_touches_do_not_skip_a_question(hall: Hall) -> None:
    session, trainer = hall.hold("live"), hall.trainer()
    for _ in range(3):
        trainer.post(f"/quiz/session/{session.id}/advance", json={"from": "0-lobby"})
    assert hall.quiz.sessions.get(session.id).phase == "open"


def test_the_hall_shows_counts_and_names_only_when_the_trainer_says_so(hall: Hall) -> None:
    session, trainer = hall.hold("live"), hall.trainer()
    visitors = [hall.join(session, f"学员{number}号") for number in range(3)]
    where = f"/quiz/session/{session.id}"
    trainer.post(f"{where}/advance", json={"from": "0-lobby"})
    for visitor, choice in zip(visitors, (0, 1, 1), strict=True):
        give(visitor, session, FEE, choice)
    screen = trainer.get(f"{where}/screen").json()
    assert (screen["counts"], screen["answered"], screen["joined"]) == ([1, 2], 3, 3)
    assert "学员" not in screen["html"]
    assert "html" not in trainer.get(f"{where}/screen?seen={screen['version']}").json()
    trainer.post(f"{where}/names", json={"shown": True})
    assert "学员1号" in trainer.get(f"{where}/screen?seen={screen['version']}").json()["html"]
    trainer.post(f"{where}/names", json={"shown": False})
    assert "学员" not in trainer.get(f"{where}/screen").json()["html"]


def test_a_blank_is_judged_on_the_hall_only_once_it_is_closed(hall: Hall) -> None:
    session, trainer = hall.hold("live", BLANKS), hall.trainer()
    where = f"/quiz/session/{session.id}"
    visitors = [hall.join(session, name) for name in ("甲", "乙", "丙")]
    trainer.post(f"{where}/advance", json={"from": "0-lobby"})
    for visitor, text in zip(visitors, ("202", "二百零二", "203"), strict=True):
        record = {"item": BLANKS.id, "response": {"texts": [text]}}
        assert visitor.post(f"/quiz/take/{session.code}/answer", json=record).status_code == 200
    screen = trainer.get(f"{where}/screen").json()
    assert (screen["counts"], screen["answered"]) == ([0, 0], 3)
    trainer.post(f"{where}/advance", json={"from": "0-open"})
    screen = trainer.get(f"{where}/screen").json()
    assert screen["counts"] == [2, 1]
    assert "答案：202" in screen["html"]


def test_a_followed_class_tells_each_one_how_they_did(hall: Hall) -> None:
    session, trainer = hall.hold("live"), hall.trainer()
    right, wrong = hall.join(session, "甲"), hall.join(session, "乙")
    where = f"/quiz/session/{session.id}/advance"
    trainer.post(where, json={"from": "0-lobby"})
    give(right, session, FEE, 1)
    give(wrong, session, FEE, 0)
    trainer.post(where, json={"from": "0-open"})
    assert give(wrong, session, FEE, 1).status_code == 409
    live = f"/quiz/take/{session.code}/live?seen=0-open"
    assert "答对了" in right.get(live).json()["html"]
    assert "答错了" in wrong.get(live).json()["html"]
    assert right.get(f"/quiz/take/{session.code}/live?seen=0-revealed").json() == {"version": "0-revealed"}


def test_a_score_does_not_tell_what_is_right_while_the_answer_can_be_changed(hall: Hall) -> None:
    session, trainer = hall.hold("live"), hall.trainer()
    visitor = hall.join(session, "甲")
    trainer.post(f"/quiz/session/{session.id}/advance", json={"from": "0-lobby"})
    give(visitor, session, FEE, 1)
    assert "分</span>" not in visitor.get("/quiz/me").text
    trainer.post(f"/quiz/session/{session.id}/close")
    assert f"1 / {len(CLOSED)} 分</span>" in visitor.get("/quiz/me").text


def test_the_notebook_asks_again_the_next_day(hall: Hall) -> None:
    session = hall.hold("practice")
    visitor = hall.join(session, "张三")
    give(visitor, session, FEE, 0)
    assert "今天没有要复习的题" in visitor.get("/quiz/me").text
    hall.time += timedelta(days=1)
    assert "今天要复习 1 题" in visitor.get("/quiz/me").text
    assert FEE.stem in visitor.get("/quiz/me/review").text
    answered = visitor.post("/quiz/me/review", json={"item": FEE.id, "response": {"choices": [1]}}).json()["html"]
    assert "答对了" in answered
    assert "今天没有要复习的题" in visitor.get("/quiz/me").text


def test_a_retired_item_is_not_asked_again(hall: Hall) -> None:
    hall.quiz.bank.add([FEE], hall.time)
    session = hall.hold("practice")
    visitor = hall.join(session, "张三")
    give(visitor, session, FEE, 0)
    hall.quiz.bank.retire([FEE.id], hall.time, "条文变了")
    hall.time += timedelta(days=1)
    assert FEE.stem not in visitor.get("/quiz/me").text


def test_a_written_answer_is_marked_by_its_points(hall: Hall) -> None:
    session = hall.hold("exam", ESSAY, BLANKS, minutes=10)
    visitor = hall.join(session, "张三")
    visitor.post(f"/quiz/take/{session.code}/answer", json={"item": ESSAY.id, "response": {"texts": ["党的领导"]}})
    trainer = hall.trainer()
    assert "待评 1 题" in trainer.get(f"/quiz/session/{session.id}").text
    where = f"/quiz/session/{session.id}/award/1/{ESSAY.id}"
    assert trainer.post(where, json={"points": ["0", "2"]}).json()["said"] == "已记分"
    sheet = trainer.get(f"/quiz/session/{session.id}/sheet/1").text
    assert "0.67 / 1 分" in sheet
    assert "待评" not in sheet


# ── the trainer's work ──


def test_a_paper_is_made_swapped_dropped_approved_and_exported(hall: Hall) -> None:
    hall.quiz.bank.add(ITEMS, hall.time)
    trainer = hall.trainer()
    form = {"title": "三月测试", "count-单选": "1", "marks-单选": "2", "count-判断": "1", "drafts": "1", "seed": "0"}
    made = trainer.post("/quiz/paper/make", json=form).json()["html"]
    id = re.search(r"quiz/paper/(\w+)/swap", made)[1]  # type: ignore[index]
    assert "2 题 · 满分 3 分" in made
    assert "2 题还没有批准" in made
    before = hall.quiz.papers.get(id).items[0]
    trainer.post(f"/quiz/paper/{id}/swap", json={"number": 1})
    after = hall.quiz.papers.get(id).items[0]
    assert {before.stem, after.stem} == {item.stem for item in ITEMS if item.type == "单选"}
    refused = trainer.post(f"/quiz/paper/{id}/swap", json={"number": 1})
    assert refused.status_code == 409
    assert "没有别的单选题" in refused.json()["error"]
    assert "2 题还没有批准" not in trainer.post(f"/quiz/paper/{id}/approve", json={}).json()["html"]
    assert "1 题 · 满分 2 分" in trainer.post(f"/quiz/paper/{id}/drop", json={"number": 2}).json()["html"]
    for name in ("docx", "pdf", "gift", "moodle", "qti", "anki", "xlsx", "docx-key"):
        file = trainer.get(f"/quiz/paper/{id}/export/{name}?variant=B")
        assert file.status_code == 200
        assert len(file.content) > 100
        assert "attachment" in file.headers["content-disposition"]
    assert trainer.get(f"/quiz/paper/{id}/export/exe").status_code == 409
    assert "（A卷）" in trainer.get(f"/quiz/paper/{id}/preview?variant=A").json()["html"]
    assert trainer.get(f"/quiz/paper/{id}").text.count('class="item"') == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": ""}, "标题"), ({"title": "题"}, "题型"), ({"title": "题", "count-单选": "x"}, "单选几道"),
        ({"title": "题", "count-单选": "1", "marks-单选": "0"}, "没有|大于0|只有"),
        ({"title": "题", "count-单选": "150", "count-判断": "100"}, "最多200"),
        ({"title": "题", "count-单选": "1", "difficulty": "a-b"}, "难度"),
        ({"title": "题", "count-单选": "5"}, "只有 0 道"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_explained(hall: Hall, form: dict[str, str], said: str) -> None:
    answer = hall.trainer().post("/quiz/paper/make", json=form)
    assert answer.status_code == 409
    assert re.search(said, answer.json()["error"])


def test_a_paper_that_comes_out_short_says_so(hall: Hall) -> None:
    hall.quiz.bank.add(ITEMS, hall.time)
    form = {"title": "三月", "count-单选": "5", "count-判断": "1", "count-简答": "2", "drafts": "1"}
    made = hall.trainer().post("/quiz/paper/make", json=form).json()["html"]
    assert "单选 2 道（要 5 道）、简答 1 道（要 2 道）。" in made
    assert "4 题 · 满分" in made


def test_items_are_made_where_the_bank_has_too_few(hall: Hall) -> None:
    asked: list[tuple[Any, ...]] = []

    def make(documents: Any = (), *, types: Any = (), count: int, seed: int = 0) -> list[Any]:
        asked.append((tuple(documents), tuple(types), count, seed))
        return [item for item in ITEMS if item.type in types][: 1 if len(asked) == 1 else 9]

    hall.quiz.make = make
    form = {"title": "三月", "count-单选": "2", "count-判断": "1", "documents": ["a", "b"], "seed": "3"}
    trainer = hall.trainer()
    assert trainer.post("/quiz/paper/make", json=form).status_code == 409
    assert asked == []
    assert trainer.post("/quiz/paper/make", json=form | {"drafts": "1", "documents": []}).status_code == 200
    assert asked == [((), ("单选", "判断"), 8, 3), ((), ("单选",), 4, 3), ((), ("判断",), 2, 3)][: len(asked)]
    assert len(asked) > 1
    assert {entry.status for entry in hall.quiz.bank.find()} == {"draft"}


def test_a_session_is_started_from_a_paper(hall: Hall) -> None:
    hall.quiz.bank.add(ITEMS, hall.time)
    plan = Plan("三月", (Part("判断", 1, 5),))
    id = hall.quiz.papers.save(choose(ITEMS, plan), hall.time)
    trainer = hall.trainer()
    for mode, end in (("practice", ""), ("exam", ""), ("live", "/hall")):
        goto = trainer.post(f"/quiz/paper/{id}/start", json={"mode": mode, "minutes": "45", "class_id": ""}).json()[
            "goto"
        ]
        assert re.fullmatch(rf"quiz/session/\w+{end}", goto)
        assert trainer.get(f"/{goto}").status_code == 200
    assert trainer.post(f"/quiz/paper/{id}/start", json={"mode": "exam", "minutes": "0"}).status_code == 409
    assert trainer.get("/quiz/sessions").text.count("<tr>") == 4


def test_the_bank_is_looked_through_and_changed(hall: Hall) -> None:
    hall.quiz.bank.add(ITEMS, hall.time)
    trainer = hall.trainer()
    assert "共 6 题" in trainer.get("/quiz/bank").text
    assert "共 2 题" in trainer.get("/quiz/bank?type=单选&status=draft").text
    assert "共 1 题" in trainer.get("/quiz/bank?text=户口簿&kind=&tag=").text
    assert "✓ 已批准" in trainer.post(f"/quiz/bank/approve/{FEE.id}", json={}).json()["html"]
    trainer.post(f"/quiz/bank/tag/{FEE.id}", json={"tags": "婚姻，三月"})
    assert hall.quiz.bank.get(FEE.id).item.tags == ("婚姻", "三月")
    retired = trainer.post(f"/quiz/bank/retire/{FEE.id}", json={"note": f"不用了{ATTACK}"}).json()["html"]
    assert "不用了&lt;script&gt;" in retired
    history = trainer.get(f"/quiz/bank/history/{FEE.id}").json()["html"]
    assert [word in history for word in ("入库", "批准", "改标签", "停用")] == [True] * 4
    assert (
        trainer.post("/quiz/bank/approve-shown", json={"ids": [SINGLE.id, MULTIPLE.id]}).json()["said"] == "批准了 2 题"
    )


def test_an_item_is_edited_and_a_wrong_edit_is_explained(hall: Hall) -> None:
    hall.quiz.bank.add(ITEMS, hall.time)
    trainer = hall.trainer()
    assert SINGLE.stem in trainer.get(f"/quiz/bank/edit/{SINGLE.id}").json()["html"]
    form = {"revision": "1", "stem": "收养登记由谁办理？", "key": "b", "difficulty": "0.3", "explanation": "解析"}
    form |= {f"option-{place}": option for place, option in enumerate(SINGLE.options)}
    where = f"/quiz/bank/edit/{SINGLE.id}"
    for wrong in ({"key": "AB"}, {"key": "H"}, {"stem": " "}, {"option-1": SINGLE.options[0]}, {"difficulty": "3"}):
        answer = trainer.post(where, json=form | wrong)
        assert answer.status_code == 409
        assert "没有保存" in answer.json()["error"]
    assert trainer.post(where, json=form).status_code == 200
    item = hall.quiz.bank.get(SINGLE.id).item
    assert (item.stem, item.key, item.difficulty, item.origin) == ("收养登记由谁办理？", (1,), 0.3, SINGLE.origin)
    assert "别人改过" in trainer.post(where, json=form).json()["error"]
    blanks = {"stem": BLANKS.stem, "answers": "202|二百零二", "difficulty": "0.5"}
    assert trainer.post(f"/quiz/bank/edit/{BLANKS.id}", json=blanks).status_code == 200
    assert hall.quiz.bank.get(BLANKS.id).item.answers == ("202|二百零二",)


def test_items_that_a_change_of_the_law_took_out_are_listed(hall: Hall) -> None:
    from assistant.quiz.upkeep import refresh

    hall.quiz.bank.add(ITEMS, hall.time)
    refresh(hall.quiz.bank, passages(ADOPTION), hall.time)
    page = hall.trainer().get("/quiz/bank?status=law").text
    assert "有 4 题因为法规失效或条文变化" in page
    assert FEE.stem in page
    assert SINGLE.stem not in page


def test_items_are_imported_and_what_is_none_comes_back(hall: Hall) -> None:
    from assistant.quiz import imports

    trainer = hall.trainer()
    gift = "::一:: 离婚登记要带结婚证。 {T}\n\n::二:: 坏的题 {"
    shown = trainer.post("/quiz/bank/import", content=gift.encode()).json()["html"]
    assert "新增 1 题" in shown
    assert "有 1 处没有导入" in shown
    assert "data:text/plain;base64," in shown
    template = trainer.get("/quiz/bank/template").content
    assert template == imports.template() or openpyxl.load_workbook(io.BytesIO(template)).worksheets
    assert trainer.post("/quiz/bank/import", content=b"").status_code == 409
    assert "太大" in trainer.post("/quiz/bank/import", content=b"x" * (5 * 1024 * 1024 + 1)).json()["error"]


def test_a_class_is_imported_and_its_results_shown(hall: Hall) -> None:
    trainer = hall.trainer()
    goto = trainer.post("/quiz/classes/import?name=一班", content="张三,1\n李四,2\n".encode()).json()["goto"]
    id = int(goto.rsplit("/", 1)[1])
    session = hall.hold("practice", class_id=id)
    for name, choice in (("2", 1), ("路人", 0)):
        give(hall.join(session, name), session, FEE, choice)
    results = trainer.get(f"/quiz/session/{session.id}").text
    assert "名单 2 人，1 人还没有参加" in results
    assert "名单外" in results
    assert "1 / 4" in trainer.get(f"/{goto}").text
    book = openpyxl.load_workbook(io.BytesIO(trainer.get(f"/quiz/session/{session.id}/excel").content))
    assert [row[0] for row in book["成绩"].iter_rows(values_only=True)] == ["姓名或编号", "2", "路人", "张三"]
    trainer.post(f"/quiz/class/{id}/drop", json={})
    assert trainer.get(f"/{goto}").status_code == 409


def test_a_doubtful_item_is_flagged_where_the_trainer_looks(hall: Hall) -> None:
    session = hall.hold("exam", minutes=10)
    for number in range(12):
        visitor, knows = hall.join(session, f"{number}号"), number < 6
        for item in CLOSED:
            right = knows if item is not FEE else not knows
            give(visitor, session, item, *(item.key if right else [len(item.options) - 1 - item.key[0]]))
    page = hall.trainer().get(f"/quiz/session/{session.id}").text
    assert page.count("越会的人越答错") == 1
    assert page.count("<circle") == 4
    assert 'class="doubtful" cx' in page


def test_nothing_unreadable_breaks_the_server(hall: Hall) -> None:
    session = hall.hold("practice")
    visitor = hall.join(session, "张三")
    for record in (
        {},
        {"item": None},
        {"item": FEE.id, "response": "x"},
        {"item": FEE.id, "response": {"choices": {}}},
    ):
        assert visitor.post(f"/quiz/take/{session.code}/answer", json=record).status_code in (200, 409)
    half = b'{"key": "\\ud800", "code": "\\ud800", "name": "\\ud800"}'
    for body in (b"", b"[]", b"{", "\ud800".encode("utf-8", "surrogatepass"), half, b"[" * 100_000):
        assert visitor.post("/quiz/enter", content=body).status_code in (403, 409)
        assert visitor.post("/quiz/join", content=body).status_code == 409
    assert visitor.post("/quiz/join", json={"code": "999999", "name": "x"}).status_code == 409
    assert json.dumps(visitor.get("/quiz/take/999999").text)
