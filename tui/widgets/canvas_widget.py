"""The base of nearly every widget: it paints a canvas of cells and keeps the strips until something changes."""

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.canvas import Canvas, Look
from tui.drawing.rich_style import style
from tui.locale import Words

if TYPE_CHECKING:
    from tui.app import NnlabApp


class CanvasWidget(Widget, inherit_bindings=False):
    """Paints its whole area with `paint`; `rows` tells its height where the style sheet says auto."""

    DEFAULT_CSS = """
    CanvasWidget { height: auto; width: 1fr; }
    """

    ground = "surface"
    """Token of the background it paints on."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._canvas: Canvas | None = None
        self._strips: dict[int, Strip] = {}
        self._pointed = ""

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    @property
    def words(self) -> Words:
        """The texts in the learner's language."""
        return self.nnlab.words

    def on_mount(self) -> None:
        """Hear of changes of language and look."""
        self.nnlab.look_changed.subscribe(self, self._relook)

    def _relook(self, _: object) -> None:
        self.repaint(layout=True)

    def look(self) -> Look:
        """Give the present look on this widget's ground."""
        return self.nnlab.look.on(self.ground)

    def paint(self, canvas: Canvas) -> None:
        """Draw everything; subclasses do."""

    def rows(self, width: int) -> int:
        """Tell the rows needed at a width."""
        return 1

    def repaint(self, layout: bool = False) -> None:
        """Draw again at the next refresh."""
        self._canvas = None
        self.refresh(layout=layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Auto height is what `rows` tells."""
        return self.rows(width)

    @property
    def canvas(self) -> Canvas:
        """The canvas as it is painted now."""
        size = self.size
        if self._canvas is None or (self._canvas.width, self._canvas.height) != (size.width, size.height):
            self._canvas = Canvas(size.width, size.height, self.look())
            self._strips = {}
            if size.width and size.height:
                self.paint(self._canvas)
        return self._canvas

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        canvas = self.canvas
        return self._strip_of(canvas, y) if y < canvas.height else Strip.blank(self.size.width, self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the rows of a region; without Textual's styling where the style sheet adds nothing to the canvas.

        That styling (borders, padding, filters for ANSI colours, which a canvas never has) costs as much as
        the drawing.
        """
        plain = not self.styles.gutter and not self.styles.has_rule("outline")
        if not plain or any(not isinstance(each, ANSIToTruecolor) for each in self.get_line_filters()):
            return super().render_lines(crop)
        canvas, (left, right) = self.canvas, crop.column_span
        if crop.bottom > canvas.height:
            return super().render_lines(crop)
        strips = [self._strip_of(canvas, y) for y in crop.line_range]
        return strips if (left, right) == (0, canvas.width) else [strip.crop(left, right) for strip in strips]

    def _strip_of(self, canvas: Canvas, y: int) -> Strip:
        found = self._strips.get(y)
        if found is None:
            segments = [Segment(text, style(ink)) for text, ink in canvas.runs(y)]
            found = self._strips[y] = Strip(segments, canvas.width)
        return found

    def notify_style_update(self) -> None:
        """Draw again when a style sheet's class or the focus changes the look."""
        super().notify_style_update()
        self._canvas = None

    def on_focus(self, event: events.Focus) -> None:
        """Show the focus."""
        self.repaint()

    def on_blur(self, event: events.Blur) -> None:
        """Stop showing the focus."""
        self.repaint()

    def spot_under(self, event: events.MouseEvent) -> str:
        """Name the spot under the pointer."""
        return self.canvas.spot_at(event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Hand a click on a spot on to `spot_clicked`."""
        if spot := self.spot_under(event):
            event.stop()
            self.spot_clicked(spot, event)

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Do what a click on a spot means; subclasses do."""

    def tip(self, spot: str) -> str:
        """Give the tooltip of a spot; subclasses do."""
        return ""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show the tooltip of what the pointer is over."""
        spot = self.spot_under(event)
        if spot != self._pointed:
            self._pointed = spot
            self.tooltip = self.tip(spot) or None


def focus_neighbour(widget: Widget, way: int) -> None:
    """Give the focus to the control before (−1) or after (1) this one on the screen, if it can be seen."""
    controls = [each for each in widget.screen.query(".-control") if each.focusable and each.size.height]
    if widget not in controls:
        return  # it is hidden, by a resize say, and has the focus still
    place = controls.index(widget) + way
    if 0 <= place < len(controls):
        controls[place].focus()
