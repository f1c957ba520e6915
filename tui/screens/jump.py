"""Letters on all parts of a screen: a letter goes to its part, as a click would."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.drawing.canvas import Canvas
from tui.screens.overlay import Overlay
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.figure import FigureView
from tui.widgets.footer import FooterLine

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""

MOST = len(LETTERS) ** 2

NO_PART = ("track", "value", "strip", "news")
"""Spots that are no part of their own: the focus on their widget does the same."""


@dataclass(frozen=True)
class Part:
    """A place on the screen, and what its letters do."""

    x: int
    y: int
    go: Callable[[], object]
    clicked: bool = False
    """Whether it is a place to click on; what takes the focus gets the nearer letters."""


def parts_of(screen: Screen[object]) -> list[Part]:
    """List what can have the focus, then what can be clicked, each from top to bottom and each place once."""
    found: dict[tuple[int, int], Part] = {}
    visible = screen.region
    for widget in screen.query("*"):
        if not widget.is_on_screen:
            continue
        for part in _parts(widget):
            if visible.contains(part.x, part.y):
                found.setdefault((part.y, part.x), part)
    return sorted(found.values(), key=lambda part: (part.clicked, part.y, part.x))[:MOST]


def _parts(widget: Widget) -> Iterator[Part]:
    region = widget.region
    spots = []
    if isinstance(widget, CanvasWidget) and not isinstance(widget, (FigureView, FooterLine)):
        spots = [spot for spot in widget.canvas.spots if spot.name not in NO_PART]
    if widget.focusable and not (widget.has_focus and spots):
        yield Part(region.x, region.y, widget.focus)
    for spot in spots:
        yield Part(region.x + max(spot.x, 0), region.y + spot.y, partial(_click, widget, spot.x, spot.y), True)


def _click(widget: Widget, x: int, y: int) -> None:
    if widget.focusable:
        widget.focus()
    place = widget.region
    widget.post_message(
        events.Click(widget, x, y, 0, 0, 1, False, False, False, screen_x=place.x + x, screen_y=place.y + y)
    )


def labels(count: int) -> list[str]:
    """Make labels, of one letter as far as they go; the last letters begin those of two."""
    firsts = next(number for number in range(len(LETTERS) + 1) if len(LETTERS) + number * (len(LETTERS) - 1) >= count)
    single, first = LETTERS[: len(LETTERS) - firsts], LETTERS[len(LETTERS) - firsts :]
    return [*single, *("".join(pair) for pair in product(first, LETTERS))][:count]


class Label(CanvasWidget):
    """The letters of one part."""

    DEFAULT_CSS = """
    Label { position: absolute; height: 1; width: auto; }
    """
    ground = "accent"

    def __init__(self, text: str, part: Part) -> None:
        super().__init__()
        self.text = text
        self.part = part
        self.styles.width = len(text)
        self.styles.offset = (part.x, part.y)

    def paint(self, canvas: Canvas) -> None:
        """Draw the letters; in reverse where there are no colours."""
        ink = canvas.ink("on-accent", bold=True)
        canvas.put(0, 0, self.text, ink._replace(reverse=True) if self.nnlab.depth == "none" else ink)


class JumpScreen(Overlay):
    """Waits for the letters of a part."""

    dims = False

    def __init__(self, parts: list[Part]) -> None:
        super().__init__()
        self.typed = ""
        self._size_before: Size | None = None
        self.parts = dict(zip(labels(len(parts)), parts, strict=False))

    @classmethod
    def of(cls, screen: Screen[object]) -> "JumpScreen":
        """Make the letters of a screen, as it is now."""
        return cls(parts_of(screen))

    def compose(self) -> ComposeResult:
        """One label a part."""
        for text, part in self.parts.items():
            yield Label(text, part)

    def on_key(self, event: events.Key) -> None:
        """Take a letter; a first one of two leaves the labels that begin with it."""
        letter = unicodedata.normalize("NFKC", event.character or "").lower()
        if len(letter) != 1 or letter not in LETTERS:
            return
        event.stop()
        event.prevent_default()
        typed = self.typed + letter
        if typed in self.parts:
            self.dismiss()
            self.parts[typed].go()
        elif any(text.startswith(typed) for text in self.parts):
            self.typed = typed
            for label in self.query(Label):
                label.display = label.text.startswith(typed)

    def on_click(self, event: events.Click) -> None:
        """A click takes the letters away."""
        self.dismiss()

    def on_resize(self, event: events.Resize) -> None:
        """On a terminal of another size the parts are elsewhere."""
        if self._size_before not in (None, event.size):
            self.dismiss()
        self._size_before = event.size
