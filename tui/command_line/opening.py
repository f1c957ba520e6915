"""Opening the screens, after a look at whether this terminal can show them."""

import os
import sys
from collections.abc import Mapping

from tui.locale import Words
from tui.store import logfile
from tui.store.places import Places


def obstacle(environ: Mapping[str, str], interactive: bool, encoding: str) -> str | None:
    """Name what keeps the screens from being shown, as a message key: Textual would not notice it."""
    if not interactive:
        return "cli.no_terminal"
    if environ.get("TERM", "" if os.name == "posix" else "windows") in ("", "dumb", "unknown"):
        return "cli.dumb_terminal"
    return None if "utf" in encoding.lower() else "cli.encoding"


def open_program(words: Words, places: Places, target: str | None, ask_language: bool) -> int:
    """Open the program at a section, lab or address, or at home; returns its exit status."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if key := obstacle(os.environ, interactive, sys.stdout.encoding or ""):
        print(f"nnlab: {words.text(key)}", file=sys.stderr)
        return 1
    logfile.start(places)
    from tui.app import run_app

    return run_app(target, ask_language)
