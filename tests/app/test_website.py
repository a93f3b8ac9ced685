"""The website without a browser: its addresses, its headers, and what the chat does with an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import demo
import pytest

from assistant.errors import SettingsError


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from starlette.testclient import TestClient

    from assistant.app.main import website

    folder = tmp_path_factory.mktemp("website")
    with TestClient(website(demo.DemoAssistant(), folder / "feedback.sqlite3", demo.today)) as client:
        yield client


def test_the_frame_is_chinese_and_names_nobody_else(client: Any) -> None:
    frame = client.get("/").text
    head = frame[: frame.index("<body")].replace("gradio_config", "")
    assert '<html\n\tlang="zh-CN"' in frame
    assert "<title>政策问答</title>" in head
    assert 'href="pages/chat.css"' in head
    assert "raw.githubusercontent.com" not in head
    assert "og:" not in head
    assert 'rel="manifest"' not in head


def test_the_browser_is_told_to_load_from_this_house_only(client: Any) -> None:
    for address in ("/", "/documents", "/document?id=tong-zhi", "/pages/chat.js", "/config"):
        policy = client.get(address).headers["content-security-policy"]
        assert policy.startswith("default-src 'self';")
        assert "http" not in policy
        assert "*" not in policy
    assert "unsafe" not in client.get("/document?id=tong-zhi").headers["content-security-policy"]


def test_a_document_is_found_by_any_id_that_a_corpus_may_give(client: Any) -> None:
    from assistant.app.render import document_href

    for document in demo.DemoAssistant().documents.values():
        page = client.get("/" + document_href(document, 0, 3))
        assert page.status_code == 200
        assert '<mark id="quote">' in page.text


def test_a_document_that_is_gone_says_so(client: Any) -> None:
    page = client.get("/document?id=<script>")
    assert page.status_code == 404
    assert "没有这份文件" in page.text
    assert "<script>" not in page.text.replace('<script src="pages/', "")


def test_all_documents_are_listed(client: Any) -> None:
    page = client.get("/documents").text
    assert page.count("<tr>") == 4
    assert "青府规〔2020〕3号" in page


def test_nothing_here_is_an_interface_for_programs(client: Any) -> None:
    described = client.get("/gradio_api/info").json()
    assert described["named_endpoints"] == {}
    assert client.get("/docs").status_code == 404
    assert client.get("/openapi.json").status_code == 404
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"too large")}).status_code == 413


def test_no_fonts_are_fetched(client: Any) -> None:
    config = client.get("/config").json()
    assert config["stylesheets"] == []
    assert config["analytics_enabled"] is False
    assert "googleapis" not in client.get("/theme.css").text
    assert set(re.findall(r"url\(.{6}", client.get("/theme.css").text)) <= {'url("data:'}


def test_an_address_that_is_taken_is_explained(tmp_path: Path) -> None:
    from assistant.app.main import listen

    with listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with pytest.raises(SettingsError, match=f"--port {port + 1}"):
            listen("127.0.0.1", port)


def test_examples_are_only_those_that_this_corpus_answers() -> None:
    from assistant.app.chat import answerable

    assert answerable(demo.DemoAssistant(), ("今天天气怎么样", "农村低保标准是多少", "出错")) == ("农村低保标准是多少",)


def test_a_vote_that_cannot_be_kept_is_not_thanked_for(tmp_path: Path) -> None:
    import gradio as gr

    from assistant.app.chat import NOT_KEPT, Chat
    from assistant.app.conversation import Turn
    from assistant.app.feedback import FeedbackStore

    (tmp_path / "file").write_text("", encoding="utf-8")
    chat = Chat(demo.DemoAssistant(), FeedbackStore(tmp_path / "file" / "feedback.sqlite3"))
    turn = Turn("一", demo.rural("一"))
    _, objection, turns = chat.on_vote((turn,), gr.EventData(None, {"turn": turn.id, "vote": "up"}))
    assert NOT_KEPT in objection
    assert turns == gr.skip()


@pytest.mark.parametrize(
    "data", [{}, {"turn": "other", "vote": "up"}, {"turn": "a", "vote": "sideways"}, {"turn": None, "vote": None}, None]
)
def test_a_vote_on_what_is_not_there_keeps_nothing(tmp_path: Path, data: Any) -> None:
    import gradio as gr

    from assistant.app.chat import Chat
    from assistant.app.conversation import Turn
    from assistant.app.feedback import FeedbackStore

    path = tmp_path / "feedback.sqlite3"
    chat = Chat(demo.DemoAssistant(), FeedbackStore(path))
    turns = (Turn("一", demo.rural("一"), id="a"),)
    conversation, objection, kept = chat.on_vote(turns, gr.EventData(None, data))
    assert (conversation, kept) == (gr.skip(), gr.skip())
    assert "不能再评价" in objection
    assert not path.exists()
