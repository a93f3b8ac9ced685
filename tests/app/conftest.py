"""A demo website in this process and a real browser before it."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from demo import NO_INDEX, DemoAssistant, today

THIS_MACHINE = ("127.", "::1", "localhost", "0.0.0.0")
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}


@dataclass
class Site:
    """A running website: its address, its votes, and the other machines that its process tried to reach."""

    url: str
    feedback: Path
    foreign: list[str] = field(default_factory=list)


@contextmanager
def running(assistant: Any, feedback: Path, day: Any = today, rules_of: Any = None, quiz: Any = None) -> Iterator[Site]:
    import uvicorn

    from assistant.app.main import listen, website

    site = Site("", feedback)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = str(arguments[0])
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            host = str(arguments[1][0])
        else:
            return
        if not host.startswith(THIS_MACHINE):
            site.foreign.append(f"{event} {host}")

    sys.addaudithook(watch)
    with listen("127.0.0.1", 0) as door:
        site.url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        server = uvicorn.Server(uvicorn.Config(website(assistant, feedback, day, rules_of, quiz), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield site
        server.should_exit = True
        thread.join(timeout=5)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(DemoAssistant(), tmp_path_factory.mktemp("site") / "data" / "feedback.sqlite3") as site:
        yield site


@pytest.fixture(scope="session")
def site_without_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(NO_INDEX, tmp_path_factory.mktemp("bare") / "feedback.sqlite3") as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine (set CHROMIUM to its path)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_OPTIONS)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """One person before one browser window: what they do, and what went wrong behind their back."""

    page: Any
    site: Site
    requests: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")

    def settled(self, count: int) -> Any:
        """The last turn, once there are ``count`` of them and it is not being worked on any more."""
        turns = self.page.locator(".turn")
        turns.nth(count - 1).wait_for()
        last = turns.nth(count - 1)
        last.locator(".answer, .refusal, .failed").first.wait_for()
        return last

    @property
    def cards(self) -> Any:
        return self.page.locator("#sources .cards:not([hidden]) .card")

    def stranger_requests(self) -> list[str]:
        own = (self.site.url, "data:", "blob:" + self.site.url)
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture(scope="session")
def familiar(browser: Any) -> Iterator[Any]:
    """A browser profile that has been here before: the pages' files are in its cache."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    yield context
    context.close()


@pytest.fixture
def visit(browser: Any, familiar: Any, site: Site) -> Iterator[Any]:
    """Open the chat page: in the familiar profile, or in one of its own where options ask for that."""
    opened: list[Any] = []

    def come(to: Site = site, **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-US"} | options) if options else familiar
        page = context.new_page()
        opened.append(context if options else page)
        page.set_default_timeout(8000)
        visitor = Visitor(page, to)
        page.on("request", lambda request: visitor.requests.append(request.url))
        page.on("pageerror", lambda error: visitor.errors.append(str(error)))

        def hear(dialog: Any) -> None:
            visitor.alerts.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", hear)
        page.goto(to.url)
        page.wait_for_selector("#page .bar")
        return visitor

    yield come
    for each in opened:
        each.close()
