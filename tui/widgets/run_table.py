"""The table of all runs: how each stands, its name, how far it is, what came out. Only what is seen is drawn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from tui import run_words
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.run_marks import chip
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.entry import Entry
from tui.widgets.run_row import LEFT, RIGHT, columns, draw, seen

if TYPE_CHECKING:
    from engine.training.folder import Listed

KEYS = (
    Command("run_select", ("up", "down"), "move", written="↑↓", actions=("select(-1)", "select(1)"), palette=False),
    Command("run_page", ("pageup", "pagedown"), "move", actions=("page(-1)", "page(1)"), palette=False),
    Command("run_limits", ("home", "end"), "move", actions=("limit(-1)", "limit(1)"), palette=False),
)


class RunTable(CanvasWidget, can_focus=True):
    """All runs, the newest first."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    DEFAULT_CSS = """
    RunTable { height: auto; width: 1fr; background: $background; }
    """
    ground = "background"

    @dataclass
    class Chosen(Message):
        """The cursor has come to another run."""

        id: str

    @dataclass
    class Opened(Message):
        """A run shall be opened in its lab."""

        id: str

    @dataclass
    class Marked(Message):
        """A run shall be compared, or no more."""

        id: str

    def __init__(self, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.runs: tuple[Listed, ...] | None = None
        """All runs; None before they are known."""

        self.marks: tuple[str, ...] = ()
        self.chosen = ""
        """Id of the run that the cursor is on."""

        self.most = 10
        """Rows of runs at most."""

        self.spaced = True
        """Whether a blank row stands under the names of the columns."""

        self._first = 0
        self._seen: tuple[object, ...] = ()

    # What is shown

    @property
    def index(self) -> int:
        """Place of the chosen run in the list; the first where it is gone."""
        return next((place for place, each in enumerate(self.runs or ()) if each.id == self.chosen), 0)

    def show(self, runs: "tuple[Listed, ...] | None", chosen: str, marks: tuple[str, ...]) -> None:
        """Show other runs, cursor or marks; what looks the same is not drawn again."""
        before = self.rows(0)
        self.runs, self.chosen, self.marks = runs, chosen, marks
        self._keep_in_sight()
        if self.rows(0) != before:
            self.repaint(layout=True)
        elif self._what_is_seen() != self._seen:
            self.repaint()

    def _what_is_seen(self) -> tuple[object, ...]:
        """All that the visible rows depend on, rounded to what can be seen."""
        rows = [(each.id, each.record, seen(each.status), each.problem) for each in self._visible()]
        return (rows, self.chosen, self.marks, self._first, len(self.runs or ()), int(self.clock() // 60))

    def _visible(self) -> "tuple[Listed, ...]":
        return (self.runs or ())[self._first : self._first + self.most]

    def _keep_in_sight(self) -> None:
        place, count = self.index, len(self.runs or ())
        self._first = min(self._first, place, max(count - self.most, 0))
        self._first = max(self._first, place - self.most + 1)

    def fit_rows(self, most: int, spaced: bool) -> None:
        """Take another number of rows at most."""
        if (most, spaced) != (self.most, self.spaced):
            self.most, self.spaced = most, spaced
            self._keep_in_sight()
            self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """The names of the columns, and the runs as far as there is room."""
        return self._top + max(min(len(self.runs or ()), self.most), 1)

    @property
    def _top(self) -> int:
        return 2 if self.spaced else 1

    def paint(self, canvas: Canvas) -> None:
        """Draw the columns' names and the visible rows."""
        self._seen = self._what_is_seen()
        places = columns(canvas.width)
        if not self.runs:
            text = self.words.text("runs.none" if self.runs is not None else "runs.reading")
            canvas.put(LEFT, self._top, text, canvas.ink("muted"))
            return
        ink = canvas.ink("muted")
        for name, (x, size) in places.items():
            if name in ("chip", "says"):
                continue
            text = self.words.text(f"runs.column.{name}")
            if name in RIGHT:
                canvas.put_right(x + size, 0, text, ink)
            else:
                canvas.put(x, 0, text, ink)
        now = self.clock()
        for y, each in enumerate(self._visible(), start=self._top):
            self._row(canvas, y, each, places["chip"][0], now)
        self._scroll_bar(canvas)

    def _row(self, canvas: Canvas, y: int, run: "Listed", chip_at: int, now: float) -> None:
        """Draw the ground, the places to click and the chip of a row, and what stands in it."""
        chosen = run.id == self.chosen
        if chosen:
            canvas.fill(0, y, canvas.width, 1, canvas.colour("focus" if self.has_focus else "boost"))
            if self.has_focus:
                canvas.put(0, y, "▐", canvas.ink("accent"))
        canvas.spot(0, y, canvas.width, 1, f"run:{run.id}")
        canvas.spot(chip_at - 1, y, 5, 1, f"mark:{run.id}")
        if run.id in self.marks:
            chip(canvas, chip_at, y, self.marks.index(run.id) + 1)
        draw(canvas, y, run, chosen, now, self.words)

    def _scroll_bar(self, canvas: Canvas) -> None:
        """Show at the right edge which part of the list this is."""
        count, shown = len(self.runs or ()), min(self.most, canvas.height - self._top)
        if count <= shown or shown <= 0:
            return
        size = max(round(shown * shown / count), 1)
        top = round((shown - size) * self._first / (count - shown))
        canvas.fill(canvas.width - 1, self._top + top, 1, size, canvas.colour("line"))
        if canvas.look.palette.shaded:
            for y in range(top, top + size):
                canvas.put(canvas.width - 1, self._top + y, "▐", canvas.ink("muted"))

    # What the learner does

    def go(self, place: int) -> None:
        """Bring the cursor to a place in the list."""
        runs = self.runs or ()
        if runs:
            run = runs[min(max(place, 0), len(runs) - 1)]
            if run.id != self.chosen:
                self.chosen = run.id
                self._keep_in_sight()
                self.repaint()
                self.post_message(self.Chosen(run.id))

    def action_select(self, way: int) -> None:
        """Go to the next or previous run."""
        self.go(self.index + way)

    def action_page(self, way: int) -> None:
        """Go a page on or back."""
        self.go(self.index + way * self.most)

    def action_limit(self, side: int) -> None:
        """Go to the first or the last run."""
        self.go(0 if side < 0 else len(self.runs or ()))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor out of sight."""
        event.stop()
        self.go(self.index + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same upward."""
        event.stop()
        self.go(self.index - 1)

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses, a double click opens, one in the chips' column marks."""
        kind, _, identity = spot.partition(":")
        self.focus()
        if kind == "mark":
            self.post_message(self.Marked(identity))
            return
        place = next((place for place, each in enumerate(self.runs or ()) if each.id == identity), 0)
        self.go(place)
        if event.chain == 2:
            self.post_message(self.Opened(identity))

    def tip(self, spot: str) -> str:
        """Give the whole name of a run whose name is cut."""
        kind, _, identity = spot.partition(":")
        run = next((each for each in self.runs or () if each.id == identity), None)
        return run_words.name_of(run.record, self.words) if kind == "run" and run and run.record else ""

    def rename(self, text: str, accept: Callable[[str], str | None]) -> None:
        """Open an entry in place of the chosen run's name."""
        if self.query(Entry) or not self.runs:
            return
        x, size = columns(self.size.width)["name"]
        entry = Entry(text, accept, width=size)
        entry.styles.offset = (x, self._top + self.index - self._first)
        self.mount(entry)
        entry.focus()
