"""The programs that are measured: nnlab itself with a home of its own, and an empty Textual app."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tui.bench.terminal import SIZE, Program

NNLAB = "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))"
"""As the installed command starts it."""

EMPTY = "from textual.app import App; App().run()"

WATCHED = "import sys; from tui.bench.pauses import main; main(sys.argv[1:])"

LEFT_OUT = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "TMUX",
    "PYTHONDONTWRITEBYTECODE",  # a program that has been started before finds its modules compiled
)
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
"""A connection that does not exist, of the addresses kept for examples."""

WARM = 6.0
"""Seconds until the engine has imported torch in the background."""


@contextmanager
def home(lab: str = "neuron.unit") -> Iterator[Path]:
    """Give a home where the language is chosen and a lab was open last, and take it away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="nnlab-bench-"))
    try:
        for name, text in (
            ("config/preferences.json", '{"language": "en"}'),
            ("state/state.json", f'{{"labs": {{"{lab}": {{"address": "{lab}", "time": 1}}}}}}'),
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environ(folder: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a measured program: truecolor, on this machine, English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in LEFT_OUT and not name.startswith(("SSH_", "LC_"))
    }
    fixed = {"NNLAB_HOME": str(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_US.UTF-8"}
    return kept | fixed | dict(changes or {})


def program(
    code: str,
    folder: Path,
    *arguments: str,
    changes: Mapping[str, str] | None = None,
    size: tuple[int, int] = SIZE,
) -> Program:
    """Start Python with a line of code under a terminal."""
    return Program([sys.executable, "-c", code, *arguments], environ(folder, changes), size)


def at_home(program: Program) -> float:
    """Wait until nnlab's first screen is there, every cell of it; returns when."""
    return program.wait(lambda: program.shown.full and "nnlab" in program.shown.text)


def opening(lab: str, picture: str) -> float:
    """Seconds from the opening of a lab to a text of its first picture, torch being warm."""
    with home() as folder, program(NNLAB, folder, "open", "neuron.synapse") as nnlab:
        nnlab.wait_for("Synapse")
        nnlab.listen(WARM)
        nnlab.press("o")
        nnlab.wait_for("Open an address")
        nnlab.press("\x15")  # apart: what came with it in one piece was lost
        nnlab.still(0.3)
        nnlab.press(lab)
        nnlab.still(0.3)
        pressed = nnlab.press("\r")
        nnlab.wait_for(picture)
        return nnlab.last - pressed


def resident(pid: int) -> int | None:
    """Bytes of memory of a process, None where the system does not tell."""
    try:
        answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, timeout=5)
        return int(answer.stdout) * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def mapped(pid: int, name: str) -> int | None:
    """Count the files with this name that a process has in its memory map, None where there is no such map."""
    try:
        lines = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    files = {line.split(maxsplit=5)[5] for line in lines if len(line.split(maxsplit=5)) == 6}
    return sum(f"/{name}/" in file or f"lib{name}" in file for file in files)
