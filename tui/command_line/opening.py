"""Opening the screens, after a look at whether this terminal can show them."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from tui.locale import Words
from tui.store import logfile
from tui.store.places import Places
from tui.terminal import refusal

if TYPE_CHECKING:
    from tui.tour import Tour


def open_program(
    words: Words, places: Places, target: str | None, ask_language: bool, tour: "Tour | None" = None
) -> int:
    """Open the program at a section, lab or address, on a tour, or at home; returns its exit status."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    served = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")  # the browser is the terminal then
    if not served and (key := refusal(os.environ, sys.stdout.encoding, interactive)):
        print(f"nnlab: {words.text(key)}", file=sys.stderr)
        return 1
    logfile.start(places)
    os.environ.setdefault("TEXTUAL_FPS", "240")  # a picture hardly waits for its frame; the governor sees to the line
    gc.disable()  # nothing of what the start makes is garbage; the app enables it after its first paint
    from tui.app import run_app

    return run_app(target, ask_language, tour)
