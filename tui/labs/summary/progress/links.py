"""Lists whose rows open labs: what is next, and the results."""

from dataclasses import dataclass

from msgspec import structs
from textual import events
from textual.message import Message

from lessons import catalogue
from lessons.summary.labs.progress.observation import Next
from lessons.vocabulary.figures import Table
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.labs.line import LabLine
from tui.run_words import fit
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour

KEYS = (
    Command("step", ("up", "down"), "move", 4, "↑↓", actions=("step(-1)", "step(1)"), palette=False),
    Command("open_chosen", ("enter",), "move", 5, palette=False),
    Command("limits", ("home", "end"), "move", actions=("limit(-1)", "limit(1)"), palette=False),
)


class NextLabs(LabLine, can_focus=True):
    """The labs that the rule names, each with why; enter or a click opens it."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Opened(Message):
        """The learner wants to go to a lab."""

        address: str

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id, classes="-control")
        self.place = 0
        """The row that the keys are on."""

    @property
    def following(self) -> tuple[Next, ...]:
        """The labs that are named now."""
        return getattr(self.session.observation, "following", ())

    def rows(self, width: int) -> int:
        """One each, at least one."""
        return max(len(self.following), 1)

    def action_step(self, way: int) -> None:
        """Go to the one above or below; from the ends go on to the next control."""
        place = min(self.place, max(len(self.following) - 1, 0)) + int(way)
        if 0 <= place < min(len(self.following), max(self.size.height, 1)):
            self.place = place
            self.repaint()
        else:
            focus_neighbour(self, int(way))

    def step_or_leave(self, way: int) -> None:
        """Go to the one above or below."""
        self.action_step(way)

    def action_limit(self, side: int) -> None:
        """Go to the first or the last."""
        self.place = 0 if int(side) < 0 else max(min(len(self.following), self.size.height) - 1, 0)
        self.repaint()

    def action_open_chosen(self) -> None:
        """Open the lab."""
        if self.following:
            self.post_message(self.Opened(self.following[min(self.place, len(self.following) - 1)].address))

    def paint(self, canvas: Canvas) -> None:
        """Draw a row each: a key's sign, number and title, and why."""
        if self.session.observation is not None and not self.following:
            canvas.put(2, 0, self.say("all_solved"), canvas.ink("success"))
            return
        numbers = [catalogue.lab_number(each.lab) for each in self.following]
        titles = [self.words.text(f"{each.lab}.title") for each in self.following]
        widest = max((canvas.measure(title) for title in titles), default=0)
        for y, (each, number, title) in enumerate(zip(self.following, numbers, titles, strict=True)):
            if y >= canvas.height:
                break
            here = self.has_focus and y == min(self.place, len(self.following) - 1)
            if here:
                canvas.fill(0, y, canvas.width, 1, canvas.colour("focus"))
                canvas.put(0, y, "▐", canvas.ink("accent"))
            canvas.put(2, y, "▸", canvas.ink("accent"))
            canvas.put(4, y, number, canvas.ink("accent" if here else "muted", bold=here))
            canvas.put(9, y, title, canvas.ink("accent" if here or y == 0 else "text", bold=here or y == 0))
            canvas.underline(9, y, canvas.measure(title))
            why = self.say(f"why.{each.why}", count=each.count)
            room = canvas.width - 11 - widest
            end = canvas.put(11 + widest, y, fit(why, room, canvas.measure), canvas.ink("muted"))
            canvas.spot(0, y, max(end, 12), 1, str(y))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click opens the lab."""
        self.place = int(spot)
        self.action_open_chosen()


class ResultList(CanvasWidget, can_focus=True):
    """A table of results with a cursor; of a longer one the rows about the cursor."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Moved(Message):
        """The learner looks at another row, from 1."""

        row: int

    @dataclass
    class Opened(Message):
        """The learner wants to see it in its lab."""

        row: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-control")
        self.table: Table | None = None

    def show(self, table: Table | None) -> None:
        """Show another table."""
        self.table = table
        self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """Heads, and a row each."""
        return 1 + len(self.table.rows) if self.table else 1

    @property
    def row(self) -> int:
        """The row that is looked at, from 1."""
        return (self.table.present or 0) + 1 if self.table else 1

    def action_step(self, way: int) -> None:
        """Look at the one above or below; from the ends go on to the next control."""
        row = self.row + int(way)
        if self.table and 1 <= row <= len(self.table.rows):
            self.post_message(self.Moved(row))
        else:
            focus_neighbour(self, int(way))

    def step_or_leave(self, way: int) -> None:
        """Look at the one above or below."""
        self.action_step(way)

    def action_limit(self, side: int) -> None:
        """Look at the first or the last."""
        if self.table:
            self.post_message(self.Moved(1 if int(side) < 0 else len(self.table.rows)))

    def action_open_chosen(self) -> None:
        """Open the lab there."""
        if self.table:
            self.post_message(self.Opened(self.row))

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows about the cursor, with columns as wide as all rows need; a band where the keys are."""
        if self.table is None:
            return
        shown = max(canvas.height - 1, 1)
        first = min(max(self.row - 1 - shown // 2, 0), max(len(self.table.rows) - shown, 0))
        columns = tuple(
            structs.replace(column, width=max(canvas.measure(canvas.say(row[place].text)) for row in self.table.rows))
            for place, column in enumerate(self.table.columns)
        )
        part = slice(first, first + shown)
        present = self.row - 1 - first
        draw_on(canvas, structs.replace(
            self.table, columns=columns, rows=self.table.rows[part], keys=self.table.keys[part], present=present,
        ))  # fmt: skip
        if self.has_focus:
            canvas.fill(0, 1 + present, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 1 + present, "▐", canvas.ink("accent"))
        if first:
            canvas.put(0, 0, "↑", canvas.ink("faint"))
        if first + shown < len(self.table.rows):
            canvas.put(0, canvas.height - 1, "↓", canvas.ink("faint"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses; one on the chosen row opens its lab."""
        row = int(spot.partition(":")[2])
        self.post_message(self.Opened(row) if row == self.row else self.Moved(row))
