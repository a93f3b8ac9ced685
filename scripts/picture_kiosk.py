"""Take the pictures of the kiosk in docs/images, in a hall and on a phone: python scripts/picture_kiosk.py

Needs the index (assistant build) and a Chromium; CHROMIUM names another one than the first on the path.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "images"
SCREENS = {"hall": {"width": 1080, "height": 1920}, "phone": {"width": 390, "height": 844}}
DAY = "2026-08-01"
# Somebody old, in the country, disabled, with little; what is not here is not known.
ANSWERS = {
    "年龄": "72", "现有待遇": "都没有", "户籍": "连州农村", "家庭人口": "2", "家庭月收入": "900", "不能自理项数": "0",
    "残疾类别": "肢体", "残疾等级": "二级", "急难": "没有", "法定义务人": "有能力",
}  # fmt: skip


@contextmanager
def served() -> Iterator[str]:
    """The address of the website, running for as long as it is looked at."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--as-of", DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield re.findall(r"http://\S+", server.stdout.readline())[0]
        finally:
            server.terminate()


class Photographer:
    """One screen: what is touched on it, and what is taken of it."""

    def __init__(self, page: Any, name: str) -> None:
        self.page, self.name = page, name

    def touch(self, button: str) -> None:
        """Touch a button by what it says, and wait for what comes of it."""
        self.page.get_by_role("button", name=re.compile(button)).first.tap()
        self.page.locator("#screen:not([aria-busy])").wait_for()

    def take(self, what: str) -> None:
        """Take a picture of the screen."""
        self.page.wait_for_timeout(300)  # A button that was touched is coloured for a moment.
        picture = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        picture.quantize(64, dither=Image.Dither.NONE).save(PICTURES / f"kiosk-{self.name}-{what}.png", optimize=True)

    def answer(self) -> bool:
        """Answer the question that stands; whether there was one."""
        buttons = {}
        for button in self.page.locator('.asking [data-act*="reply"]').all():
            act = json.loads(button.get_attribute("data-act"))
            buttons[act["value"]] = button
        if not buttons:
            return False
        said = ANSWERS.get(act["fact"])
        if self.page.locator("[data-pad]").count() and said:
            for digit in said:
                self.page.locator(f'[data-key="{digit}"]').tap()
            self.take("pad")
            self.touch("^确定$")
        else:
            self.take("question")
            buttons[said].tap()
            self.page.locator("#screen:not([aria-busy])").wait_for()
        return True

    def whole_visit(self) -> None:
        """A standard, an interview and its result, and the warning to somebody who stands still."""
        self.take("home")
        self.touch("查标准")
        self.touch("^农村低保$")
        self.take("standard")
        self.touch("结束并清除")
        self.touch("能不能申请")
        self.touch("开始")
        while self.answer():
            pass
        self.take("check")
        self.touch("看结果")
        self.take("results")
        self.page.locator(".verdict li button").first.tap()
        self.take("result")
        self.page.clock.fast_forward(65_000)
        self.take("idle")


def main() -> None:
    """Take every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, size in SCREENS.items():
            page = browser.new_context(viewport=size, has_touch=True).new_page()
            page.clock.install()
            page.goto(address + "kiosk")
            Photographer(page, name).whole_visit()
        browser.close()


if __name__ == "__main__":
    main()
