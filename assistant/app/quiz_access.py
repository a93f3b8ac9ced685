"""Who may do what on the quiz's pages: trainers by a key, participants by a token of their own, others nothing.

A page of a foreign site can neither read these cookies (they are HttpOnly) nor make the browser send them (SameSite),
and every change has to carry a header that only a script of this site can set.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response

from assistant.errors import QuizError, SettingsError

TRAINER_COOKIE = "quiz-trainer"
PERSON_COOKIE = "quiz-person"
CHANGE_HEADER = "x-quiz"
A_DAY, A_YEAR = 24 * 3600, 365 * 24 * 3600
# Without signs that are taken for one another on paper: 0 and O, 1 and I and L.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SHORTEST_KEY = 8


class Forbidden(QuizError):
    """A request of somebody who may not make it."""


def trainer_key(path: Path) -> str:
    """The trainers' key, which is made at random and kept in ``path`` on the first use (12 letters, about 59 bits).

    Raises ``SettingsError`` where the file cannot be read or written, or holds a key that is too short to be one.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(path.name + ".new")
            new.touch(mode=0o600)
            new.write_text("-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) + "\n")
            new.replace(path)
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"培训员口令的文件读写不了：{path}（{error}）。请检查设置 quiz_key") from error
    if len(_plain(key)) < SHORTEST_KEY:
        raise SettingsError(
            f"培训员口令太短：请在 {path} 里写至少{SHORTEST_KEY}个字符（横线和空格不算），或者删掉这个文件让程序重新生成"
        )
    return key


def is_trainer(request: Request, key: str) -> bool:
    """Whether the request comes from a browser in which the key was entered."""
    return hmac.compare_digest(request.cookies.get(TRAINER_COOKIE, "").encode(), _proof(key).encode())


def enter(response: Response, key: str, given: str) -> None:
    """Let a trainer in. Raises ``Forbidden`` for a wrong key."""
    if not hmac.compare_digest(_plain(given).encode(), _plain(key).encode()):
        raise Forbidden("口令不对，请核对启动程序时显示的培训员口令")
    _set(response, TRAINER_COOKIE, _proof(key), A_DAY, "strict")


def leave(response: Response) -> None:
    """Let a trainer out."""
    response.delete_cookie(TRAINER_COOKIE, path="/")


def remember_person(response: Response, token: str) -> None:
    """Keep a participant's token in their browser; lax, so that a scanned code finds it."""
    _set(response, PERSON_COOKIE, token, A_YEAR, "lax")


def forget_person(response: Response) -> None:
    """Take a participant's token out of a browser that somebody else goes on using."""
    response.delete_cookie(PERSON_COOKIE, path="/")


def check_change(request: Request) -> None:
    """Raises ``Forbidden`` for a change that no script of this site asked for."""
    if request.headers.get(CHANGE_HEADER) != "1" or request.headers.get("sec-fetch-site", "same-origin") not in (
        "same-origin",
        "none",
    ):
        raise Forbidden("请从本站的页面上操作")


def _set(response: Response, name: str, value: str, seconds: int, same_site: str) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite=same_site)  # type: ignore[arg-type]


def _proof(key: str) -> str:
    """What the cookie holds: it follows from the key, and the key does not follow from it."""
    return hmac.new(key.encode("utf-8"), b"trainer of the quiz", sha256).hexdigest()


def _plain(key: str) -> str:
    return "".join(key.split()).replace("-", "").upper()
