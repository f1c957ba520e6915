"""Keeps the machine out of the tests: folders, language, colours, the way here, animations, torch's import."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # the tests share the cores, and torch reads it once too
os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it once, when it is imported

from textual.widgets import Input

FIXED = {
    "LANG": "en_US.UTF-8",
    "LC_ALL": "en_US.UTF-8",
    "LC_MESSAGES": "en_US.UTF-8",
    "LC_CTYPE": "en_US.UTF-8",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "NNLAB_ENGINE_TORCH": "0",
}
UNSET = (
    "NO_COLOR",
    "FORCE_COLOR",
    "TEXTUAL_COLOR_SYSTEM",
    "SSH_CONNECTION",
    "SSH_TTY",
    "SSH_CLIENT",
    "TMUX",
    "NNLAB_DEVICE",
    "NNLAB_RUNS",
    "NNLAB_RUNS_AT_ONCE",
    "NNLAB_PROGRESS",
    "NNLAB_CACHE",
    "PYTHONIOENCODING",
)


@pytest.fixture(autouse=True)
def machine_kept_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give every test the same surroundings, and a home of its own."""
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path / "nnlab-home"))
    for name, value in FIXED.items():
        monkeypatch.setenv(name, value)
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
