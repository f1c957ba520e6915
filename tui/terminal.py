"""The terminal: whether the screens can open in it, what it can show, and how to leave it as it was found.

Textual asks its terminal for none of this. It does not notice a terminal without cursor movements or an
output that is not UTF-8, it takes 16 colours where `TERM` says nothing, and ended by a signal it leaves the
mouse reporting pixels.
"""

import os
import re
import select
import sys
import time
from collections.abc import Mapping
from typing import TextIO

try:
    import termios
    import tty
except ImportError:  # Windows has no such thing, and no ambiguous widths to ask for.
    termios = None

COLOUR_SYSTEMS = {"truecolor": "truecolor", "256": "256", "standard": "16", "windows": "16"}
"""Values of TEXTUAL_COLOR_SYSTEM, each with the depth it stands for."""
COLOUR_TERMS = {"256color": "256", "kitty": "256"}
"""Endings of TERM that tell the depth; all others mean 16, as Textual sees it."""

PROBE = "─"
"""A character of ambiguous width."""
ASK_CURSOR = "\x1b[6n"
CURSOR_REPORT = re.compile(r"\x1b\[\d+;(\d+)R")
PROBE_SECONDS = 0.3
"""How long a terminal may take to say where its cursor is."""

RESTORE = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse, its pixels last
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[?2026l"  # paste, focus, size reports, held updates
    "\x1b[<u"  # the kitty keyboard protocol, which belongs to the alternate screen
    "\x1b7\x1b[?1049l"  # the screen before; this also restores the cursor, hence saves it
    "\x1b[?7h\x1b[?25h\x1b[m"  # line wrap, cursor, plain style
)
"""Puts the terminal back; what is off already stays off, and the right screen stays."""


def colour_depth(environ: Mapping[str, str], isatty: bool) -> str:
    """How many colours can be shown: `truecolor`, `256`, `16` or `none`.

    NO_COLOR (of any value) comes first, then TEXTUAL_COLOR_SYSTEM, then what the terminal says of itself:
    the order and the rules of Textual, which sends its colours by them.
    """
    if "NO_COLOR" in environ:
        return "none"
    forced = COLOUR_SYSTEMS.get(environ.get("TEXTUAL_COLOR_SYSTEM", "").strip().lower())
    if forced:
        return forced
    term = environ.get("TERM", "").strip().lower()
    if not isatty or term in ("dumb", "unknown"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    return COLOUR_TERMS.get(term.rpartition("-")[2], "16")


def refusal(environ: Mapping[str, str], encoding: str | None, isatty: bool) -> str | None:
    """Why the screens cannot open: `terminal.not_a_tty`, `terminal.dumb`, `terminal.not_utf8`; else None."""
    if not isatty:
        return "terminal.not_a_tty"
    if environ.get("TERM", "").strip().lower() in ("dumb", "unknown"):
        return "terminal.dumb"
    if re.sub("[-_]", "", (encoding or "").lower()) not in ("utf8", "utf8sig", "cp65001"):
        return "terminal.not_utf8"
    return None


def probe_sequence() -> str:
    """What to write, inside the running app, to learn how wide the terminal draws ambiguous characters.

    Write it through the driver after the first paint. Textual hands on the answer as the event
    `textual.events.CursorPosition` (`on_cursor_position` of the app), and `ambiguous_width(event.x)` reads
    it; no event within 0.3 s means that the terminal does not say. The probe overwrites the start of the
    first line, so forget what the wire knows and refresh afterwards.
    """
    return f"\x1b7\x1b[1;1H{PROBE}{ASK_CURSOR}\x1b8"


def ambiguous_width(column: int) -> int | None:
    """Cells that `PROBE` took if the cursor stood behind it in this column, from 0; else None."""
    return column if column in (1, 2) else None


def probe_width(source: TextIO | None = None, target: TextIO | None = None) -> int | None:
    """Cells the terminal gives to an ambiguous character, asked outside the app; None if it does not say.

    Reads from `source` and writes to `target`, standard input and output unless given; both must be one
    terminal.
    """
    source, target = source or sys.__stdin__, target or sys.__stdout__
    if termios is None:
        return None
    try:
        handle = source.fileno()
        before = termios.tcgetattr(handle)
    except (AttributeError, OSError, ValueError, termios.error):
        return None
    try:
        tty.setcbreak(handle, termios.TCSAFLUSH)
        target.write(f"\r{PROBE}{ASK_CURSOR}\r\x1b[K")
        target.flush()
        return _read_width(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSAFLUSH, before)


def _read_width(handle: int) -> int | None:
    """Reads until a cursor report is complete or the time is over."""
    answer, until = "", time.monotonic() + PROBE_SECONDS
    while select.select([handle], [], [], max(0.0, until - time.monotonic()))[0]:
        answer += os.read(handle, 1024).decode("ascii", "replace")
        if report := CURSOR_REPORT.search(answer):
            return ambiguous_width(int(report[1]) - 1)
    return None


def restore(target: TextIO | None = None) -> None:
    """Leaves the terminal as it was before the app, however that ended; needs no terminal to be there."""
    target = target or sys.__stderr__
    try:
        if target.isatty():
            target.write(RESTORE)
            target.flush()
    except (AttributeError, OSError, ValueError):
        # The terminal is gone, as after a closed connection.
        return


def gone(source: TextIO | None = None) -> bool:
    """Tell whether the terminal has gone away: its device no longer answers, after a closed window say."""
    if termios is None:
        return False
    try:
        termios.tcgetattr((source or sys.__stdin__).fileno())
    except (AttributeError, OSError, ValueError, termios.error):
        return True
    return False


def left(source: TextIO | None = None) -> bool:
    """Tell whether whoever wrote to the input, for a browser say, has closed it."""
    try:
        poll = select.poll()
        poll.register((source or sys.__stdin__).fileno(), select.POLLHUP)
        return any(found & (select.POLLHUP | select.POLLNVAL) for _, found in poll.poll(0))
    except (AttributeError, OSError, ValueError):
        return False


def clipboard_command(environ: Mapping[str, str]) -> list[str] | None:
    """The command that takes text for the clipboard from its standard input; None where OSC 52 does.

    tmux drops OSC 52 from programs by default, but hands on what is loaded into its own buffer.
    """
    return ["tmux", "load-buffer", "-w", "-"] if environ.get("TMUX") else None
