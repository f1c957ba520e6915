"""The settings of the program: language, look, line, machine. Each applies at once."""

from pathlib import Path
from typing import Any

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.css.query import NoMatches

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.screens import overlay
from tui.screens.choose_folder import ChooseFolder
from tui.screens.overlay import Heading, Overlay
from tui.store.logfile import log_path
from tui.store.preferences import Preferences, preferences_path
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.chips import Chips

KEYS = (
    *overlay.KEYS,
    Command(
        "control",
        ("down", "up"),
        "move",
        written="↑↓",
        actions=("app.focus_next", "app.focus_previous"),
        palette=False,
    ),
)

CHOICES = {
    "language": ("auto", "ja", "en"),
    "theme": ("auto", "night", "paper", "clear"),
    "line": ("auto", "local", "ssh", "slow"),
    "device": ("auto", "cpu", "cuda", "mps"),
    "wide": ("auto", "normal", "wide"),
    "curves": ("braille", "blocks"),
    "runs_at_once": ("1", "2", "3", "4", "8"),
    "queue": ("own",),
    "colours": ("auto", "truecolor", "256", "16", "none"),
}
"""Every preference and what can be chosen; `auto` leaves it to what is found at the start."""

OTHER = "other"
"""Chosen of the queue, it asks for another folder."""

ASKED_FOR_LATER = ("language", "device", "queue")
"""Preferences that are kept as None where nothing is chosen."""

WIDTHS = {"auto": None, "normal": False, "wide": True}


def shown(preferences: Preferences, name: str) -> str:
    """Name the choice that a preference holds."""
    value: Any = getattr(preferences, name)
    if name == "wide":
        return next(choice for choice, wide in WIDTHS.items() if wide is value)
    if name == "queue" and value is None:
        return "own"
    return "auto" if value is None else str(value)


def kept(name: str, choice: str) -> Any:
    """Give the value that a choice is kept as."""
    if name == "wide":
        return WIDTHS[choice]
    if name == "runs_at_once":
        return int(choice)
    return None if choice == ("own" if name == "queue" else "auto") and name in ASKED_FOR_LATER else choice


class Choice(Chips):
    """One preference."""

    ground = "panel"

    def __init__(self, name: str, value: str) -> None:
        choices = CHOICES[name] if value in CHOICES[name] else (*CHOICES[name], value)
        if name == "queue":
            choices = (*choices, OTHER)
        super().__init__(
            Setting(
                name=name,
                kind="choice",
                default=CHOICES[name][0],
                label=f"@preferences.{name}",
                choices=choices,
                keys=f"preferences.{name}",
            ),
            value,
        )


class Explanation(CanvasWidget):
    """A word on one preference."""

    ground = "panel"

    def __init__(self, name: str, indent: int) -> None:
        super().__init__()
        self.preference = name
        self.indent = indent

    def paint(self, canvas: Canvas) -> None:
        """Draw it, under the chips or beside them."""
        x = self.indent + 3 if self.screen.has_class("-stacked") else 1
        canvas.put(x, 0, self.words.text(f"preferences.{self.preference}.help"), canvas.ink("faint"))


class Row(Container):
    """Chips and their explanation."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(classes="preference")
        self.preference = name
        self._value = value

    @property
    def label_width(self) -> int:
        """Cells of the longest name and one more, the same in all rows."""
        from rich.cells import cell_len

        words = self.app.words  # type: ignore[attr-defined]
        return max(cell_len(words.text(f"preferences.{name}")) for name in CHOICES) + 2

    def compose(self) -> ComposeResult:
        """Chips first."""
        yield Choice(self.preference, self._value)
        yield Explanation(self.preference, self.label_width)


class Folders(CanvasWidget):
    """Where nnlab keeps its files."""

    ground = "panel"

    def _paths(self) -> list[tuple[str, Path]]:
        places = self.nnlab.places
        return [
            ("preferences", preferences_path(places)),
            ("state", places.state),
            ("cache", places.cache),
            ("log", log_path(places)),
        ]

    def rows(self, width: int) -> int:
        """One row a folder."""
        return len(self._paths())

    def paint(self, canvas: Canvas) -> None:
        """Draw names and paths; a long path keeps its end."""
        names = [self.words.text(f"preferences.path.{name}") for name, _ in self._paths()]
        left = 2 + max(map(canvas.measure, names)) + 2
        for y, (name, (_, path)) in enumerate(zip(names, self._paths(), strict=True)):
            canvas.put(2, y, name, canvas.ink("muted"))
            text, home = str(path), str(Path.home())
            text = f"~{text.removeprefix(home)}" if text.startswith(home + "/") else text
            room = canvas.width - left
            canvas.put(left, y, text if len(text) <= room else "…" + text[-room + 1 :], canvas.ink("text"))


class PreferencesScreen(Overlay):
    """The settings screen."""

    BINDINGS = bindings(KEYS[len(overlay.KEYS) :])
    KEYS = KEYS

    def compose(self) -> ComposeResult:
        """Heading, one row a preference, the folders."""
        with Vertical(id="region"):
            yield Heading("preferences.title")
            with VerticalScroll(id="rows", can_focus=False):
                for name in CHOICES:
                    yield Row(name, shown(self.nnlab.keeping.preferences, name))
                yield Folders(id="folders")

    def on_mount(self) -> None:
        """Follow changes made elsewhere."""
        self.nnlab.look_changed.subscribe(self, self._follow)

    def on_resize(self, event: events.Resize) -> None:
        """Explanations stand under the chips where there is no room beside them."""
        self.set_class(event.size.width < 112, "-stacked")
        self.query_one("#rows").styles.max_height = max(event.size.height - (2 if event.size.height < 30 else 4), 3)

    def _follow(self, _: object) -> None:
        for choice in self.query(Choice):
            value = shown(self.nnlab.keeping.preferences, choice.key)
            if value not in choice.setting.choices and choice.key == "queue":
                choice.setting = msgspec.structs.replace(choice.setting, choices=(*CHOICES["queue"], value, OTHER))
            if value in choice.setting.choices:
                choice.value = value

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """Take the choice at once, and remember it."""
        event.stop()
        if event.value == OTHER:
            self._ask_for_queue()
            return
        try:
            self.nnlab.prefer(**{event.name: kept(event.name, str(event.value))})
        except NoMatches:  # the screen was closed before its last choice arrived
            return

    def _ask_for_queue(self) -> None:
        """Ask for the folder in which runs wait; until there is one, the present one stays chosen."""
        self._follow(None)
        present = self.nnlab.keeping.preferences.queue or ""
        self.app.push_screen(ChooseFolder(present, lambda path: self.nnlab.prefer(queue=path)))
