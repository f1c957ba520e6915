"""Random keys, clicks, drags and resizes on every screen: nothing of it may raise."""

import asyncio
import gc
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot

from engine.training import launch
from engine.training.folder import Run, listed
from engine.training.record import RunProblem
from lessons import catalogue
from tui.app import NnlabApp
from tui.screens.first_start import FirstStart
from tui.screens.home import HomeScreen
from tui.screens.section import SectionScreen

KEYS = (
    *"abcdefghijklmnoprstuvwxyzLTUN0123456789",
    *("space", "enter", "escape", "tab", "shift+tab", "backspace", "delete"),
    *("left", "right", "up", "down", "shift+left", "shift+right", "pageup", "pagedown", "home", "end"),
    *".,><[]{}?:+-/%=あ１？",
    *("ctrl+p", "ctrl+a", "ctrl+c", "f1"),
)
OPENING = {
    "help": ("question_mark",),
    "palette": ("colon",),
    "source": ("s",),
    "open": ("o",),
    "zoom": ("z",),
    "lab_settings": ("p",),
    "exercise": ("e",),
    "jump": ("g",),
    "runs": ("t",),
}
"""Keys that open a screen over a lab."""

SCREENS = ("home", "first_start", "preferences", *catalogue.lab_names(), *OPENING)
SIZES = ((120, 40), (80, 24), (100, 30), (40, 10), (60, 14), (150, 50), (112, 24), (96, 31), (20, 5))
REOPENED = 20
"""Events after which the screen in question is opened anew, for some events lead away from it."""

HOPS = 20
"""More than the queues that one event goes through: to what has the focus, up to the program, into what opens."""


async def go(pilot: Pilot[int], screen: str) -> None:
    """Open a screen, from wherever the learner is."""
    app = pilot.app
    assert isinstance(app, NnlabApp)
    for _ in range(HOPS):
        await pilot.pause(0)  # else a key that is still on its way reaches what is opened here
    for _ in range(20):
        if not isinstance(app.screen, HomeScreen):
            await pilot.press("escape")
    assert isinstance(app.screen, HomeScreen), app.screen_stack
    if screen in catalogue.lab_names():
        app.open_address(screen)
    elif screen == "first_start":
        app.push_screen(FirstStart())
    elif screen == "preferences":
        app.action_preferences()
    elif screen in OPENING:
        app.open_address("neuron.unit")
        await pilot.pause()
        assert isinstance(app.screen, SectionScreen) and app.screen.session
        await app.screen.session.settled()
        await pilot.press(*OPENING[screen])
    await pilot.pause()


class Learner:
    """Acts at random."""

    def __init__(self, pilot: Pilot[int], seed: int) -> None:
        self.pilot, self.chance = pilot, random.Random(seed)
        self.trail: list[str] = []

    async def act(self) -> None:
        """Do one thing, and wait until all of it has been handled."""
        actions: list[tuple[Callable[[], str], int]] = [
            (self.press, 12), (self.click, 5), (self.drag, 2), (self.scroll, 1), (self.resize, 1),
        ]  # fmt: skip
        (action,) = self.chance.choices([each for each, _ in actions], [weight for _, weight in actions])
        self.trail.append(action())
        await self.pilot.pause(0)

    def place(self) -> tuple[int, int]:
        size = self.pilot.app.size
        return self.chance.randrange(size.width), self.chance.randrange(size.height)

    def send(self, event: events.Event) -> None:
        """Let an event come as the terminal's do."""
        driver = self.pilot.app._driver
        assert driver is not None
        driver.process_message(event)

    def press(self) -> str:
        key = self.chance.choice(KEYS)
        for _ in range(self.chance.choice((1, 1, 1, 3))):
            self.send(events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None))
        return key

    def mouse(self, kind: type[events.MouseEvent], x: int, y: int, button: int = 1) -> None:
        self.send(kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))

    def click(self) -> str:
        x, y = self.place()
        for _ in range(self.chance.choice((1, 1, 2))):
            self.mouse(events.MouseDown, x, y)
            self.mouse(events.MouseUp, x, y)
        return f"click {x},{y}"

    def drag(self) -> str:
        (x, y), (to_x, to_y) = self.place(), self.place()
        self.mouse(events.MouseDown, x, y)
        for step in range(4):
            self.mouse(events.MouseMove, x + (to_x - x) * step // 3, y + (to_y - y) * step // 3)
        self.mouse(events.MouseUp, to_x, to_y)
        return f"drag {x},{y} to {to_x},{to_y}"

    def scroll(self) -> str:
        x, y = self.place()
        self.mouse(self.chance.choice((events.MouseScrollUp, events.MouseScrollDown)), x, y, 0)
        return f"scroll {x},{y}"

    def resize(self) -> str:
        width, height = self.chance.choice(SIZES)
        driver = self.pilot.app._driver
        assert driver is not None
        driver._size = (width, height)
        size = Size(width, height)
        self.send(events.Resize(size, size))
        return f"resize {width}×{height}"


def stop_runs(runs: Path) -> None:
    """Stop what was started at random, which would go on beside the tests that follow."""
    for each in listed(runs):
        with suppress(RunProblem, OSError):
            launch.stop(Run(runs / each.id))


async def end_tasks() -> None:
    """End what a program that was left in the midst of something has not ended itself.

    A task may lose a cancellation that comes in the moment in which what it waits for is done; asyncio's own end of a
    loop cancels once, and would wait for it for ever.
    """
    for _ in range(3):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if not left or not (await asyncio.wait(left, timeout=3))[1]:
            return
    raise TimeoutError(f"still there: {asyncio.all_tasks()}")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random keys may write a report where the program was started."""
    monkeypatch.chdir(tmp_path)


async def use_at_random(screen: str, seed: int, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for way_out in ("action_leave", "action_suspend_process"):
        monkeypatch.setattr(NnlabApp, way_out, lambda self: None)
    monkeypatch.setattr(HomeScreen, "action_quit_home", lambda self: None)
    monkeypatch.setattr(NnlabApp, "copy_text", lambda self, text: None)
    app = NnlabApp()
    learner = None
    lost: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: lost.append(context))
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            learner = Learner(pilot, seed)
            for number in range(count):
                if number % REOPENED == 0:
                    learner.trail.append(f"→ {screen}")
                    await go(pilot, screen)
                await learner.act()
                if app._exception is not None:
                    break
            await pilot.pause()
    except BaseException as error:
        if learner is not None:
            error.add_note(f"{screen}, seed {seed}: {', '.join(learner.trail)}")
        raise
    finally:
        stop_runs(app.places.runs)
        await end_tasks()
    gc.collect()  # only then asyncio tells what was raised in tasks that nobody waited for
    assert app._exception is None and not lost


@pytest.mark.parametrize("screen", SCREENS)
async def test_random_use_raises_nothing(screen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await use_at_random(screen, 1, 40 if "." in screen else 100, monkeypatch)  # all labs are on one screen


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 14))
@pytest.mark.parametrize("screen", SCREENS)
async def test_long_random_use_raises_nothing(screen: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    await use_at_random(screen, seed, 500, monkeypatch)
