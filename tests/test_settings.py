from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import load_settings


def test_each_place_wins_over_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings().port == 7860
    (tmp_path / "assistant.toml").write_text('port = 1\nencoder = "toml"\nhost = "toml"\n', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_ENCODER", "environment")
    monkeypatch.setenv("ASSISTANT_HOST", "environment")
    settings = load_settings(host="command line", index=None)
    assert (settings.port, settings.encoder, settings.host) == (1, "environment", "command line")


@pytest.mark.parametrize("text", ["port = 70000", "unknown = 1", "port = ", "as_of = 3.5"])
def test_a_wrong_setting_is_named_in_one_line(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assistant.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"port|unknown|assistant\.toml|as_of") as raised:
        load_settings()
    assert "\n" not in str(raised.value)
