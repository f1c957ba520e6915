"""`nnlab doctor`: looks at all that nnlab stands on, and says of each thing that it is well or what to do."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.training import shared, slots
from lessons.notice import Notice, failure
from tui.command_line.detached import endings
from tui.command_line.environment import queueing
from tui.command_line.output import console, depth, print_json
from tui.command_line.torch_probe import probe
from tui.drawing.palette import Palette, palette
from tui.errors import said
from tui.locale import Words
from tui.store.files import replacing
from tui.store.logfile import log_path
from tui.store.places import Places, may_write
from tui.store.preferences import Preferences

if TYPE_CHECKING:
    from rich.table import Table

OK, WARN, BAD = "ok", "warn", "bad"
MARKS = {OK: "✓", WARN: "!", BAD: "✗"}
TONES = {OK: "success", WARN: "warning", BAD: "error"}
LABEL = 14
"""Cells for the names of what is looked at."""


PYTHON = (3, 11)
SIZE = (80, 24)
BRAILLE = "⠁⠉⠙⠹⢹⣹⣽⣿⣾⣶⣦⣤⣄⣀⡀"
FREE_WANTED, FREE_NEEDED = 2 * 10**9, 10**8
"""Bytes of disk for runs and data sets, and for the program itself."""


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    """Its text is the message `doctor.<name>`."""

    state: str
    """`ok`, `warn` or `bad`."""

    value: str
    """What was found, as it stands or as a message key after `@`."""

    todo: Notice | None = None
    """What to do about it, or what to look at."""


def checks(places: Places, preferences: Preferences, environ: Mapping[str, str]) -> Iterator[Check]:
    """Look at one thing after the other; takes some seconds, in which torch is imported elsewhere."""
    yield python_check(sys.version_info[:2])
    yield from torch_checks(preferences)
    yield packages_check()
    yield from terminal_checks(preferences, environ)
    yield from folder_checks(places)
    yield from queue_checks(places, preferences, environ)
    yield disk_check(places.state)
    yield Check("log", OK, str(log_path(places)))
    yield detached_check(endings(environ))


def python_check(version: tuple[int, ...]) -> Check:
    """Look at Python's version."""
    old = version < PYTHON
    value = f"{platform.python_version()}  {platform.system()} {platform.machine()}"
    return Check("python", BAD if old else OK, value, Notice("doctor.python.todo") if old else None)


def torch_checks(preferences: Preferences) -> Iterator[Check]:
    """Look whether torch is there, whether it starts, and what it would compute with."""
    try:
        version = metadata.version("torch")
    except metadata.PackageNotFoundError:
        yield Check("torch", BAD, "@doctor.missing", Notice("doctor.torch.missing"))
        return
    found = probe(preferences.device)
    if found.problem:
        yield Check("torch", BAD, version, Notice("doctor.torch.broken", {"reason": found.problem}))
        return
    yield Check("torch", OK, f"{version}  {found.seconds:.1f} s")
    if found.device_problem:
        yield Check("device", BAD, "–", Notice("doctor.device.todo", {"reason": found.device_problem}))
    else:
        yield Check("device", OK, f"{found.device}  {found.name}  {gigabytes(found.memory_free)}")
    yield Check("threads", OK, f"{found.threads} / {found.cores}")


def packages_check() -> Check:
    """Look whether all that nnlab needs is installed."""
    missing = []
    for line in metadata.requires("nnlab") or ():
        name = line.partition(";")[0].replace("~", " ").replace(">", " ").replace("=", " ").split()[0]
        try:
            if "extra ==" not in line:
                metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", BAD, ", ".join(missing), Notice("doctor.packages.todo", {"names": " ".join(missing)}))
    return Check("packages", OK, "  ".join(f"{name} {metadata.version(name)}" for name in ("textual", "rich", "numpy")))


def terminal_checks(preferences: Preferences, environ: Mapping[str, str]) -> Iterator[Check]:
    """Look at encoding, colours, size, glyphs and the way to the terminal."""
    from tui import line
    from tui.terminal import colour_depth, probe_width, refusal

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    unfit = refusal(environ, sys.stdout.encoding, True)
    value = f"{environ.get('TERM', '–')}  {sys.stdout.encoding}"
    yield Check("terminal", BAD if unfit else OK, value, Notice(unfit) if unfit else None)
    found = colour_depth(environ, sys.stdout.isatty()) if preferences.colours == "auto" else preferences.colours
    few = interactive and found in ("16", "none")
    yield Check("colours", WARN if few else OK, found, Notice("doctor.colours.todo") if few else None)
    yield size_check(tuple(shutil.get_terminal_size()))
    yield glyphs_check(probe_width() if interactive else None, preferences.wide)
    yield Check("braille", OK, BRAILLE, Notice("doctor.braille.look"))
    yield Check("line", OK, f"{line.chosen(preferences.line, environ)}  ({preferences.line})")


def size_check(size: tuple[int, ...]) -> Check:
    """Look at columns and rows."""
    small = size[0] < SIZE[0] or size[1] < SIZE[1]
    return Check("size", WARN if small else OK, f"{size[0]}×{size[1]}", Notice("doctor.size.todo") if small else None)


def glyphs_check(width: int | None, wide: bool | None) -> Check:
    """Look how many cells the terminal gives to `─`, against the preference."""
    if width is None:
        return Check("glyphs", OK, "–", Notice("doctor.glyphs.unasked"))
    wrong = wide is not None and wide != (width == 2)
    value = f"─ {width}"
    return Check("glyphs", WARN if wrong else OK, value, Notice("doctor.glyphs.todo") if wrong else None)


def folder_checks(places: Places) -> Iterator[Check]:
    """Look whether each folder can be written to, by writing to it."""
    for name in ("config", "state", "cache"):
        folder: Path = getattr(places, name)
        unwritable = _unwritable(folder)
        yield Check(f"folder_{name}", BAD if unwritable else OK, str(folder), unwritable)


def queue_checks(places: Places, preferences: Preferences, environ: Mapping[str, str]) -> Iterator[Check]:
    """Look whether runs can wait in the queue that is named, where one is; nothing is written into a group's folder."""
    found = queueing(places, preferences, environ)
    if "NNLAB_QUEUE" in found:
        usable = may_write(Path(found["NNLAB_QUEUE"]))
        state, todo = (OK, None) if usable else (BAD, Notice("queue.missing", {"path": found["NNLAB_QUEUE"]}))
        if usable and (number := Path(found["NNLAB_QUEUE"]) / slots.NUMBER).exists() and not _said_in(number.parent):
            state, todo = WARN, Notice("queue.number", {"path": str(number), "most": str(slots.MOST_AT_ONCE)})
        yield Check("folder_queue", state, found["NNLAB_QUEUE"], todo)


def _said_in(queue: Path) -> int:
    with shared.opened(queue) as folder:
        return slots.number_in(folder)


def _unwritable(folder: Path) -> Notice | None:
    tried = folder / "doctor.tmp"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(tried) as file:
            file.write(b"nnlab")
        tried.unlink()
    except OSError as error:
        return failure(error, folder)
    return None


def disk_check(folder: Path, usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage) -> Check:
    """Look at the free disk where runs are kept."""
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    free = usage(existing)[2]
    state = OK if free >= FREE_WANTED else WARN if free >= FREE_NEEDED else BAD
    return Check("disk", state, gigabytes(free), None if state == OK else Notice("doctor.disk.todo"))


def detached_check(found: Iterable[Notice]) -> Check:
    """Say what would end a run that goes on without its terminal."""
    first = next(iter(found), None)
    return Check(
        "detached",
        OK if first is None else WARN,
        "@doctor.goes_on" if first is None else "@doctor.ends",
        first,
    )


def gigabytes(size: int) -> str:
    """Write a number of bytes: `3.4 GB`, an unknown one as `–`."""
    return f"{size / 1e9:.1f} GB" if size else "–"


def show(words: Words, places: Places, preferences: Preferences, as_json: bool, environ: Mapping[str, str]) -> int:
    """Print each check as it is made; returns 1 if something is bad."""
    worst = 0
    out = console(preferences)
    colours = palette("night" if preferences.theme == "auto" else preferences.theme, depth(out))
    for check in checks(places, preferences, environ):
        worst = max(worst, int(check.state == BAD))
        value, todo = words.say(check.value), said(check.todo, words) if check.todo else ""
        if as_json:
            print_json({"check": check.name, "state": check.state, "value": value, "todo": todo})
        else:
            out.print(_row(check, words.text(f"doctor.{check.name}"), value, todo, colours))
    return worst


def _row(check: Check, label: str, value: str, todo: str, colours: Palette) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    for width in (1, LABEL, None):
        table.add_column(width=width)
    mark = Text(MARKS[check.state], style=colours.colour(TONES[check.state]))
    table.add_row(mark, Text(label), Text(value, overflow="fold"))
    if todo:
        table.add_row("", "", Text(todo, style=colours.colour("muted"), overflow="fold"))
    return table
