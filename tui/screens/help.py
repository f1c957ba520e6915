"""All keys of the screen beneath, from its real bindings, in columns; typing filters them."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from tui.commands import GROUPS, Command, bindings
from tui.drawing.canvas import Canvas
from tui.screens import overlay
from tui.screens.overlay import Heading, Overlay
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.footer import commands_of

KEYS = (
    *overlay.KEYS,
    Command(
        "scroll",
        ("down", "up", "pagedown", "pageup"),
        "move",
        written="↑↓",
        actions=("scroll(1)", "scroll(-1)", "scroll(10)", "scroll(-10)"),
        palette=False,
    ),
)

FOCUS = Command("focus", ("tab", "shift+tab"), "move", palette=False)
"""Textual binds these keys on every screen."""

COLUMNS = {
    3: (("run", "change"), ("move", "see"), ("keep", "program")),
    2: (("run", "change", "keep"), ("move", "see", "program")),
    1: (GROUPS,),
}
GAP = 3


@dataclass(frozen=True)
class Entry:
    """Keys and all that they do on this screen."""

    group: str
    shown: str
    names: tuple[str, ...]
    """Names of the commands; on widgets of different kinds one key does different things."""


def entries_of(screen: Screen[object]) -> list[Entry]:
    """List the keys of a screen and of all on it that can have the focus, then those of the program."""
    return list(
        _merged((command for _, command in _all_commands(screen) if command.keys), getattr(screen, "renamed", {}))
    )


def _all_commands(screen: Screen[object]) -> Iterator[tuple[DOMNode, Command]]:
    nodes = [screen.focused] if screen.focused is not None else []
    nodes += [widget for widget in screen.query("*") if widget.focusable and widget is not screen.focused]
    for node in nodes:
        yield from ((owner, command) for owner, command in commands_of(node) if owner is node)
    if len(nodes) > 1:
        yield screen, FOCUS
    yield from commands_of(screen)


def _merged(commands: Iterable[Command], renamed: Mapping[str, str]) -> Iterator[Entry]:
    """Put what one key does into one entry, each name once."""
    found: dict[tuple[str, str], list[str]] = {}
    for command in commands:
        names = found.setdefault((command.group, command.shown), [])
        name = renamed.get(command.name, command.name)
        if name not in names:
            names.append(name)
    for (group, shown), names in found.items():
        yield Entry(group, shown, tuple(names))


def plain(text: str) -> str:
    """Write a text as it is compared: one width, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


class Keys(CanvasWidget):
    """The entries in columns."""

    ground = "panel"

    def __init__(self, entries: list[Entry], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries = entries
        self.wanted = ""
        """What the entries are filtered by."""

    def find(self, text: str) -> None:
        """Show what has this text in its keys or words."""
        self.wanted = plain(text.strip())
        self.repaint(layout=True)

    def text_of(self, entry: Entry) -> str:
        """Say all that an entry's keys do."""
        between = self.words.text("help.between")
        return between.join(self.words.text(f"command.{name}.help") for name in entry.names)

    def _shown(self) -> list[tuple[Entry, str]]:
        texts = [(entry, self.text_of(entry)) for entry in self.entries]
        return [(entry, text) for entry, text in texts if self.wanted in plain(f"{entry.shown} {text}")]

    def _columns(self, width: int) -> list[list[tuple[str, str]]]:
        """Set the entries into columns of rows (keys, text); a heading has no keys, a blank row nothing."""
        shown = self._shown()
        columns = []
        for groups in COLUMNS[3 if width >= 90 else 2 if width >= 56 else 1]:
            rows: list[tuple[str, str]] = []
            for group, members in groupby(
                sorted(
                    (pair for pair in shown if pair[0].group in groups),
                    key=lambda pair: groups.index(pair[0].group),
                ),
                key=lambda pair: pair[0].group,
            ):
                rows += [("", "")] if rows else []
                rows.append(("", self.words.text(f"help.group.{group}")))
                rows += [(entry.shown, text) for entry, text in members]
            if rows:
                columns.append(rows)
        return columns

    def _layout(self, width: int) -> list[tuple[int, int, list[tuple[str, str]]]]:
        """Give each column its place, its keys' width and its rows, texts wrapped until all columns fit."""
        measure = Canvas(0, 0, self.look()).measure
        columns = self._columns(width)
        keys = [max(measure(shown) for shown, _ in rows) + 2 for rows in columns]
        texts = [max(measure(text) for _, text in rows) for rows in columns]
        room = width - sum(keys) - GAP * (len(columns) - 1)
        while sum(texts) > room and max(texts) > 12:
            texts[texts.index(max(texts))] -= 1
        spare = max((room - sum(texts)) // max(len(columns) - 1, 1), 0)
        placed, x = [], 0
        for rows, key, text in zip(columns, keys, texts, strict=True):
            set_rows = []
            for shown, words in rows:
                lines = wrap(words, text) if words else [""]
                set_rows += [(shown if index == 0 else " ", line) for index, line in enumerate(lines)]
            placed.append((x, key, set_rows))
            x += key + text + GAP + min(spare, 8)
        return placed

    def rows(self, width: int) -> int:
        """The longest column."""
        return max((len(rows) for _, _, rows in self._layout(width)), default=1)

    def paint(self, canvas: Canvas) -> None:
        """Draw the columns, or that nothing was found."""
        layout = self._layout(canvas.width)
        if not layout:
            canvas.put(0, 0, self.words.text("help.nothing"), canvas.ink("muted"))
        for x, key, rows in layout:
            for y, (shown, text) in enumerate(rows):
                canvas.put(x, y, shown, canvas.ink("accent", bold=True))
                canvas.put(x + key if shown else x, y, text, canvas.ink("text", bold=not shown))


class Legend(CanvasWidget):
    """What the mouse does, and what the colours mean."""

    ground = "panel"

    def rows(self, width: int) -> int:
        """The mouse's sentence, a blank row, the colours."""
        return len(self._mouse(width)) + 2

    def _mouse(self, width: int) -> list[str]:
        return wrap(self.words.text("help.mouse"), max(width, 10))

    def paint(self, canvas: Canvas) -> None:
        """Draw both."""
        lines = self._mouse(canvas.width)
        for y, line in enumerate(lines):
            canvas.put(0, y, line, canvas.ink("muted"))
        x = 0
        for token in ("neg", "pos", "accent"):
            name = "help.white" if token == "accent" and canvas.look.palette.theme == "clear" else f"help.{token}"
            x = canvas.put(x, len(lines) + 1, self.words.text(name), canvas.ink(token, bold=True))
            x = canvas.put(x + 1, len(lines) + 1, self.words.text(f"help.{token}.means"), canvas.ink("muted")) + 3


class HelpScreen(Overlay):
    """All keys."""

    BINDINGS = bindings(KEYS[len(overlay.KEYS) :])
    KEYS = KEYS

    def __init__(self, entries: list[Entry], subject: str) -> None:
        super().__init__()
        self.entries = entries
        self.subject = subject

    @classmethod
    def of(cls, screen: Screen[object]) -> "HelpScreen":
        """Make the help of a screen, as it is now."""
        return cls(entries_of(screen), getattr(screen, "lab_name", ""))

    def compose(self) -> ComposeResult:
        """Heading with the field to type in, keys, legend."""
        with Vertical(id="region"):
            with Horizontal(classes="row"):
                yield Heading("help.title", self.subject, keys=())
                yield Input(compact=True, id="find")
                yield Heading("", id="close")
            with VerticalScroll(id="keys", can_focus=False):
                yield Keys(self.entries)
            yield Legend()

    def on_mount(self) -> None:
        """Type at once."""
        find = self.query_one(Input)
        find.cursor_blink = False
        find.placeholder = self.words.text("help.find")
        find.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for heading and legend."""
        keys = self.query_one("#keys")
        keys.styles.max_height = max(event.size.height - (8 if event.size.height < 30 else 9), 3)
        keys.styles.min_height = 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by what is typed."""
        event.stop()
        keys = self.query_one("#keys")
        if event.value and keys.size.height:  # the region keeps its size while it shows less
            keys.styles.min_height = max(
                keys.size.height, int(keys.styles.min_height.value if keys.styles.min_height else 0)
            )
        self.query_one(Keys).find(event.value)

    def action_scroll(self, rows: int) -> None:
        """Scroll the keys."""
        self.query_one("#keys").scroll_relative(y=rows, animate=False)
