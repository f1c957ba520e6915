"""What a learner does beyond pressing keys: wait for the picture, read the screen, drag, and turn the wheel."""

import asyncio

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from tui.app import NnlabApp
from tui.screens.section import SectionScreen
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget


def app_of(pilot: Pilot[int]) -> NnlabApp:
    assert isinstance(pilot.app, NnlabApp)
    return pilot.app


def section(pilot: Pilot[int]) -> SectionScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SectionScreen)
    return screen


def lab(pilot: Pilot[int]) -> LabSession:
    """Give the session of the lab before the learner."""
    session = section(pilot).session
    assert session is not None
    return session


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the engine has answered all that was asked and the screen shows it."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete([each for each in pilot.app.workers if each.group != "engine"])
    for session in app_of(pilot).sessions.values():
        if session._walk is not None:
            await asyncio.wait([session._walk])
        await session.settled()
    await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after another, each when the screen has answered the one before."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def shown(pilot: Pilot[int]) -> str:
    """Read the whole screen as text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def text_of(pilot: Pilot[int], selector: str) -> str:
    """Read what a part of the present screen shows."""
    return "\n".join(pilot.app.screen.query_one(selector, CanvasWidget).canvas.lines())


def place_of(widget: CanvasWidget, spot: str) -> tuple[int, int]:
    """Find the middle of what can be clicked under a name, in cells of the widget."""
    found = next(each for each in reversed(widget.canvas.spots) if each.name == spot)
    return found.x + found.width // 2, found.y + found.height // 2


async def click(pilot: Pilot[int], selector: str, spot: str) -> None:
    """Click on a part of a widget."""
    widget = pilot.app.screen.query_one(selector, CanvasWidget)
    await pilot.click(widget, offset=place_of(widget, spot))
    await settle(pilot)


async def drag(pilot: Pilot[int], widget: Widget, *places: tuple[int, int]) -> None:
    """Press at the first place, move over the others, release at the last one."""
    await pilot.mouse_down(widget, offset=places[0])
    for place in places[1:]:
        await pilot.hover(widget, offset=place)
    await pilot.mouse_up(widget, offset=places[-1])
    await settle(pilot)


async def wheel(pilot: Pilot[int], widget: Widget, up: bool) -> None:
    """Turn the wheel one notch over a widget."""
    event = events.MouseScrollUp if up else events.MouseScrollDown
    await pilot._post_mouse_events([event], widget, offset=(5, 0))
    await settle(pilot)
