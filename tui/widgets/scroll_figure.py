"""A figure that is longer than its place: keys and wheel scroll it, and its last row says which part is shown."""

from dataclasses import replace

from textual import events

from lessons.vocabulary.figures import Figure, Table
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.drawing.window import Window, window
from tui.widgets.figure import FigureView

KEYS = (
    Command("scroll_figure", ("up", "down"), "move", 4, "↑↓", actions=("line(-1)", "line(1)"), palette=False),
    Command("scroll_page", ("pageup", "pagedown"), "move", 5, actions=("page(-1)", "page(1)"), palette=False),
    Command("scroll_limits", ("home", "end"), "move", actions=("limit(-1)", "limit(1)"), palette=False),
)


class ScrollFigure(FigureView, can_focus=True):
    """A table or images. Rows of a table that have keys are chosen one by one, as a click on them does."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.first = 0
        """Row or line that is shown first."""

    def show(self, figure: Figure | None) -> None:
        """Show another figure, with its present row in sight."""
        before = self.figure
        super().show(figure)
        if isinstance(figure, Table) and figure.present is not None:
            old = before.present if isinstance(before, Table) else None
            if figure.present != old:
                self._keep_in_sight(figure.present)

    def allow_focus(self) -> bool:
        """Keys are of use where there is a row to choose or more than is shown."""
        return super().allow_focus() and (self._chooses or self.part.cut)

    @property
    def _chooses(self) -> bool:
        return isinstance(self.figure, Table) and bool(self.figure.keys)

    @property
    def part(self) -> Window:
        """What is shown now."""
        return self._part(self.first)

    def _part(self, first: int) -> Window:
        if self.figure is None:
            return Window(Table(title="", columns=(), rows=()))
        width, height = self.size.width, self.size.height
        return window(self.figure, width, height - 1, self.look(), first)

    def _keep_in_sight(self, row: int) -> None:
        shown = self.part.shown
        self.first = max(min(self.first, row), row - shown + 1) if shown else row

    def paint(self, canvas: Canvas) -> None:
        """Draw the part, and below it its place in the whole; a figure that is whole has no place."""
        part = self.part
        if self.figure is None or not (part.cut or self._chooses):
            super().paint(canvas)
            return
        self.first = part.first
        body = Canvas(canvas.width, canvas.height - 1, canvas.look)
        draw_on(body, part.figure)
        offset = part.first * part.across
        if offset and not isinstance(part.figure, Table):
            body.spots = [
                replace(spot, name=f"image:{int(spot.name[6:]) + offset}") if spot.name.startswith("image:") else spot
                for spot in body.spots
            ]
        canvas.paste(body, 0, 0)
        self._place(canvas, part)

    def _place(self, canvas: Canvas, part: Window) -> None:
        y = canvas.height - 1
        if self.has_focus:
            canvas.fill(0, y, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, y, "▐", canvas.ink("accent"))
        first, last = part.ends
        text = self.words.text("figure.part", first=first, last=last, total=part.count)
        if canvas.measure(text) + 8 > canvas.width:
            text = f"{first}–{last}/{part.count}"
        x = canvas.put(2, y, text, canvas.ink("accent" if self.has_focus else "muted", bold=self.has_focus))
        for way, sign, there in ((-1, "▴", part.first > 0), (1, "▾", part.first + part.shown < part.total)):
            if there and x + 3 <= canvas.width:
                canvas.put(x + 2, y, sign, canvas.ink("accent", bold=True))
                canvas.spot(x + 1, y, 3, 1, f"scroll:{way}")
            x += 3

    # What the learner does

    def scroll_by(self, lines: int) -> None:
        """Show another part."""
        there = self._part(self.first + lines).first
        if there != self.first:
            self.first = there
            self.repaint()

    def _choose(self, row: int) -> None:
        assert isinstance(self.figure, Table)
        row = min(max(row, 0), len(self.figure.keys) - 1)
        self._keep_in_sight(row)
        self.repaint()
        self.post_message(self.Pointed(self, self.figure.keys[row], (0.0, 0.0), "press"))

    def action_line(self, way: int) -> None:
        """Choose the next or previous row; images go a line on."""
        if isinstance(self.figure, Table) and self._chooses:
            present = self.figure.present
            self._choose(self.first if present is None else present + way)
        else:
            self.scroll_by(way)

    def action_page(self, way: int) -> None:
        """Go as far as is shown."""
        if isinstance(self.figure, Table) and self._chooses and self.figure.present is not None:
            self._choose(self.figure.present + way * self.part.shown)
        else:
            self.scroll_by(way * max(self.part.shown, 1))

    def action_limit(self, side: int) -> None:
        """Go to the first or the last."""
        total = self.part.total
        if self._chooses:
            self._choose(0 if side < 0 else total - 1)
        else:
            self.scroll_by(side * total)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show what comes after, without choosing it."""
        event.stop()
        self.scroll_by(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show what comes before."""
        event.stop()
        self.scroll_by(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press on the arrows goes a page on or back; elsewhere it is a figure's."""
        kind, _, way = self.spot_under(event).partition(":")
        if kind == "scroll":
            event.stop()
            event.prevent_default()
            self.scroll_by(int(way) * max(self.part.shown, 1))
        elif self.allow_focus():
            self.focus()
