"""How the program is opened for a class, by `nnlab`, `open` and `serve`: as a guest, on a tour, in another theme."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.drawing.palette import THEMES
from tui.errors import Refused, clipped
from tui.locale import Words
from tui.store.places import Places, absolute, places
from tui.store.preferences import Preferences, peek

if TYPE_CHECKING:
    from tui.tour import Tour

KEY = "nnlab.sitting"

MOST_AT_ONCE = 64
"""Runs that may be asked to compute at once, as the queue allows it too."""


@dataclass
class Sitting:
    """What was asked for, before the command and behind it."""

    guest: bool = False
    tour: Path | None = None
    theme: str | None = None

    def arguments(self) -> list[str]:
        """The same for another nnlab, wherever it is started."""
        return [
            *(["--guest"] if self.guest else []),
            *(["--tour", os.path.abspath(self.tour)] if self.tour else []),
            *(["--theme", self.theme] if self.theme else []),
        ]

    def read_tour(self, words: Words) -> "Tour | None":
        """Read the file of addresses, if one is named. Raises OSError, Refused."""
        if self.tour is None:
            return None
        from tui.tour import read

        return read(self.tour, words)


def options(words: Words, tours: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options, a tour's only where it may be one; what is asked for is in `sitting(context)`."""

    def take(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value and param.name:
            setattr(sitting(ctx), param.name, value)

    made = (
        click.option("--guest", is_flag=True, expose_value=False, callback=take, help=words.text("cli.guest")),
        click.option(
            "--tour",
            metavar="FILE",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=take,
            help=words.text("cli.tour"),
        ),
        click.option(
            "--theme",
            type=click.Choice(THEMES),
            metavar="|".join(THEMES),
            expose_value=False,
            callback=take,
            help=words.text("cli.theme"),
        ),
    )

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(made if tours else (made[0], made[2])):
            command = option(command)
        return command

    return decorated


def sitting(ctx: click.Context) -> Sitting:
    """What is asked for so far."""
    found: Sitting = ctx.meta.setdefault(KEY, Sitting())
    return found


def begin(ctx: click.Context, kept: Places, preferences: Preferences) -> tuple[Places, Preferences]:
    """Let the sitting begin; gives the places and preferences that hold now. At the command's end it is over.

    Raises OSError where a guest's home can't be made.
    """
    asked, root = sitting(ctx), ctx.find_root()
    from tui import guest
    from tui.command_line.environment import queueing

    if asked.theme:
        root.with_resource(guest.set_in(os.environ, {"NNLAB_THEME": asked.theme}))
    if not asked.guest:
        return kept, preferences
    queue = queueing(kept, preferences, os.environ).get("NNLAB_QUEUE")
    variables = root.with_resource(guest.home(kept, Path(queue) if queue else kept.runs / ".queue"))
    root.with_resource(guest.set_in(os.environ, variables))
    found = places()
    return found, peek(found)


def queue(ctx: click.Context, kept: Places, folder: str, at_once: str) -> Places:
    """Let runs wait in a folder, and so many compute at once, for this command; gives the places that hold now.

    Raises Refused.
    """
    if at_once and not (at_once.isascii() and at_once.isdecimal() and 1 <= int(at_once) <= MOST_AT_ONCE):
        raise Refused("cli.at_once_wrong", text=clipped(at_once), most=MOST_AT_ONCE)
    asked = {"NNLAB_QUEUE": str(absolute(folder)) if folder else "", "NNLAB_RUNS_AT_ONCE": at_once}
    given = {name: value for name, value in asked.items() if value}
    if not given:
        return kept
    from tui import guest

    ctx.find_root().with_resource(guest.set_in(os.environ, given))
    return places()
