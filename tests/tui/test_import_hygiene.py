"""What each part brings into the process, looked at in a fresh interpreter."""

import json
import subprocess
import sys

HEAVY = (
    "torch",
    "sklearn",
    "scipy",
    "numpy",
    "PIL",
    "matplotlib",
    "icu4py",
    "engine.process",
    "engine.training",
    "engine.machine",
)

ALL_LABS = """
import asyncio, sys
from lessons import catalogue
from tui.app import NnlabApp

async def use():
    app = NnlabApp()
    async with app.run_test(size=(120, 40)) as pilot:
        for name in catalogue.lab_names():
            assert app.open_address(name)
            await pilot.pause()
            session = app.session(name)
            await session.settled()
            assert session.observation is not None, name
            await pilot.press("right", "z", "escape", "s", "escape")
            await session.settled()

asyncio.run(use())
"""


def brought_in(code: str, names: tuple[str, ...]) -> list[str]:
    """Name those of these modules that are there after the code has run."""
    script = f"{code}\nimport json, sys; print(json.dumps([name for name in {names!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_first_screen_brings_nothing_heavy() -> None:
    assert brought_in("import tui.app, tui.screens.home", HEAVY) == []


def test_the_command_line_brings_no_screens() -> None:
    assert brought_in("import tui.cli", ("textual", "rich", "click", *HEAVY)) == []
    assert brought_in("import tui.command_line.program", ("textual", *HEAVY)) == []


def test_the_light_halves_of_the_labs_bring_no_models() -> None:
    code = "from lessons import catalogue\nfor name in catalogue.lab_names(): catalogue.load(name)"
    assert brought_in(code, ("torch", "sklearn", "scipy", "engine", "textual", "tui")) == []


def test_the_screens_have_no_models_after_every_lab_was_used() -> None:
    assert brought_in(ALL_LABS, ("torch", "sklearn", "scipy", "engine.network")) == []
