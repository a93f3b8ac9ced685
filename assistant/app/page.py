"""How a gradio page is put into the site: gradio's own frame is rewritten before it leaves the house.

gradio's frame says that the page is English and gives gradio's name and picture; it puts style sheets in only after its
own script has run. So the frame of every page is rewritten on its way out, and all pages are sent with a content policy
under which the browser itself refuses to call any other host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import gradio as gr
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.render import fill

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")

# gradio builds its templates with Function(), hence unsafe-eval; the pages of our own run no inline script at all.
_GRADIO_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_OWN_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; img-src 'self'"
)
_LANGUAGE = re.compile(r'(<html\s+)lang="[^"]*"', re.IGNORECASE)
_FOREIGN = re.compile(
    r'\s*<meta\s+(?:property="og:|name="twitter:|name="viewport")[^>]*>|\s*<link\s+rel="manifest"[^>]*>', re.IGNORECASE
)
_CHARSET = re.compile(r"<meta\s+charset[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A gradio page and what its frame needs; ``path`` begins with a slash, files are those of ``static/``."""

    path: str
    title: str
    blocks: gr.Blocks
    stylesheets: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    def frame(self, html: str) -> str:
        """gradio's frame, in Chinese, under our title and with our style sheets and scripts first."""
        head = fill("index_head.html", title=self.title, stylesheets=self.stylesheets, scripts=self.scripts)
        html = _LANGUAGE.sub(r'\1lang="zh-CN"', html, count=1)
        html = _FOREIGN.sub("", html)
        return _CHARSET.sub(lambda found: found.group() + "\n" + head, html, count=1)


class Frames:
    """ASGI middleware that rewrites the frames of the pages and puts the content policy on everything."""

    def __init__(self, app: ASGIApp, pages: tuple[Page, ...]) -> None:
        self.app = app
        self.pages = {page.path: page for page in pages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = self.pages.get(scope["path"])
        if page is None or scope["method"] != "GET":
            await self.app(scope, receive, _with_policy(send))
            return
        # The frame has to arrive here readable, so it is not asked for compressed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _with_policy(_rewritten(page, send)))


def _with_policy(send: Send) -> Send:
    async def send_with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", _GRADIO_POLICY)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "no-referrer"
        await send(message)

    return send_with_policy


def _rewritten(page: Page, send: Send) -> Send:
    """``send`` for one response: an HTML body is held back until it is whole and then sent rewritten."""
    start: Message = {}
    body = bytearray()

    async def send_rewritten(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and _is_html(message):
            start = message
        elif message["type"] == "http.response.body" and start:
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                html = page.frame(body.decode("utf-8")).encode("utf-8")
                MutableHeaders(scope=start)["content-length"] = str(len(html))
                await send(start)
                await send({"type": "http.response.body", "body": html})
        else:
            await send(message)

    return send_rewritten


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def own_headers() -> dict[str, str]:
    """The headers of a page that is written here as a whole."""
    return {"content-security-policy": _OWN_POLICY}


def theme() -> gr.themes.Base:
    """gradio's plainest theme in the fonts of the system: none is fetched."""
    return gr.themes.Base(font=SANS, font_mono=("Noto Sans Mono CJK SC", "monospace"))


def mount(app: FastAPI, pages: tuple[Page, ...]) -> None:
    """Put the pages into ``app``; the page at ``/`` takes every address that is left, so it is put in last."""
    for page in sorted(pages, key=lambda page: page.path == "/"):
        gr.mount_gradio_app(
            app,
            page.blocks,
            page.path,
            theme=theme(),
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            mcp_server=False,
            enable_monitoring=False,
            pwa=False,
            max_file_size=1,
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )
    app.add_middleware(Frames, pages=pages)
