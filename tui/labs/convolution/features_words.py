"""What the view of `convolution.features` draws and says: the pad that shows what a cell sees, small maps, titles, and
the size of the map written out."""

from dataclasses import dataclass

import numpy as np
from msgspec import structs

from lessons.convolution.labs.features import NAME, FeaturesObservation, FeaturesSettings
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas, Ink
from tui.drawing.cells import draw_on
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.figure import FigureView
from tui.widgets.pixel_pad import GUTTER, Pen, PixelPad


@dataclass(frozen=True)
class Window:
    """The pixels of the image that one cell is computed from: rows and columns from `row`, `column` on."""

    row: int
    column: int
    reach: int
    step: int = 1
    """Pixels from one that counts to the next."""


def window(settings: FeaturesSettings, seen: FeaturesObservation, place: tuple[int, int]) -> Window:
    """Find what the cell at (column, row) sees: of the second stage, all that its slices see through the first."""
    column, row = place
    if settings.stage == "first":
        first = (place * settings.stride - settings.padding for place in (row, column))
        return Window(*first, seen.reach, settings.dilation)
    stride = settings.stride * settings.finer
    first = ((place - 1) * stride - settings.padding for place in (row, column))
    return Window(*first, seen.reach + 2 * stride + settings.stride)


class SeenPad(PixelPad):
    """The pad of the image; it can change its side, and marks what the present cell sees."""

    seen: Window | None = None

    def fit(self, side: int) -> None:
        """Take another number of pixels; what was drawn comes with the next picture."""
        if self.shape != (side, side):
            self.shape = (side, side)
            self.values = np.zeros(self.shape)
            self.place = (side // 2, side // 2)
            self.repaint()

    def mark(self, seen: Window | None) -> None:
        """Mark what a cell sees."""
        if seen != self.seen:
            self.seen = seen
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the image, and on it what the present cell sees: violet where there is no ink, bright where there is.

        Without colours it is reversed.
        """
        super().paint(canvas)
        if self.seen is None:
            return
        inside, look = self._inside(self.seen), canvas.look
        (width, height), (rows, columns) = self.cells(), self.shape
        for y in range(height):
            for x in range(width):
                column = x * columns // width
                upper, lower = (min((2 * y + half) * rows // (2 * height), rows - 1) for half in (0, 1))
                if not (inside[upper, column] or inside[lower, column]):
                    continue
                if look.palette.shaded:
                    (shade,) = canvas.row_text(y)[GUTTER + x : GUTTER + x + 1]
                    canvas.put(GUTTER + x, y, shade, canvas.ink("muted")._replace(reverse=True))
                else:
                    top, bottom = (
                        self._colour(canvas, inside, upper, column),
                        self._colour(canvas, inside, lower, column),
                    )
                    same = top == bottom or look.wide  # there a half cell is none
                    canvas.put(GUTTER + x, y, " " if same else "▀", Ink("" if same else top, bottom))

    def _inside(self, seen: Window) -> np.ndarray:
        inside = np.zeros(self.shape, bool)
        across, down = (
            [place for place in range(start, start + seen.reach, seen.step) if 0 <= place < side]
            for start, side in ((seen.column, self.shape[1]), (seen.row, self.shape[0]))
        )
        inside[np.ix_(down, across)] = True
        return inside

    def _colour(self, canvas: Canvas, inside: np.ndarray, row: int, column: int) -> str:
        ink = float(self.values[row, column])
        if inside[row, column]:
            return canvas.colour("accent" if ink >= 0.5 else "focus")
        none = canvas.look.palette.ink(0)
        colour = canvas.look.palette.ink(ink)
        return canvas.colour("background") if colour == none else colour


class Words(CanvasWidget):
    """A line or two about the lab's present state."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    @property
    def settings(self) -> FeaturesSettings:
        """The present settings."""
        assert isinstance(self.session.settings, FeaturesSettings)
        return self.session.settings

    @property
    def seen(self) -> FeaturesObservation | None:
        """The present picture, if there is one."""
        seen = self.session.observation
        return seen if isinstance(seen, FeaturesObservation) else None


class ImageTitle(Words):
    """Over the pad: whose image it is, its size, and what the pen does."""

    pen: Pen = "up"

    def paint(self, canvas: Canvas) -> None:
        """Draw the title, and the pen at the right while it is down."""
        settings = self.settings
        own = bool(settings.drawn or settings.own)
        text = self.words.text(f"{NAME}.own_image" if own else f"{NAME}.letter_image", letter=settings.letter)
        x = canvas.put(1, 0, text, canvas.ink("text", bold=True))
        if self.pen != "up":
            canvas.put_right(canvas.width, 0, self.words.text(f"pad.pen.{self.pen}"), canvas.ink("accent"))
        else:
            canvas.put(x + 2, 0, f"{settings.side}×{settings.side}", canvas.ink("faint"))


class MapTitle(Words):
    """Over the map: what it is, its size, and the scale of its colours."""

    BARS = (6, 4)
    """Cells of the scale, the first that there is room for."""

    def paint(self, canvas: Canvas) -> None:
        """Draw title and scale."""
        settings, seen = self.settings, self.seen
        text = self.words.text(f"{NAME}.{settings.stage}_map")
        x = canvas.put(1, 0, text, canvas.ink("text", bold=True))
        if seen is None or seen.map is None:
            return
        x = canvas.put(x + 2, 0, f"{seen.rows}×{seen.columns}", canvas.ink("faint"))
        low, high = (plain(value, 0 if abs(value) >= 10 else 1) for value in (seen.map.low, seen.map.high))
        low = "0" if seen.map.low == 0 else low
        ends = canvas.measure(low) + canvas.measure(high) + 2
        size = next((each for each in self.BARS if x + 1 + ends + each <= canvas.width), 0)
        if not size:
            return
        x = canvas.put(canvas.width - ends - size, 0, low, canvas.ink("faint")) + 1
        if not canvas.look.palette.shaded:
            bar = np.linspace(-1 if seen.map.map == "signed" else 0, 1, size)
            canvas.pixels(x, 0, seen.map.map, np.vstack([bar, bar]))
        canvas.put(x + size + 1, 0, high, canvas.ink("faint"))


class MapWords(Words):
    """Under the map: how its size comes about, and what is not as one might think."""

    def rows(self, width: int) -> int:
        """Two lines."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Write the size with its numbers; then what the kernel leaves out, or that it is all zeros."""
        settings, seen = self.settings, self.seen
        if seen is None:
            return
        if seen.possible and settings.stage == "first":
            left_out = f" − {seen.unseen}" if seen.unseen else ""
            places = f"({seen.length} − {seen.reach}{left_out}) / {settings.stride} + 1 = "
            x = canvas.put(1, 0, places, canvas.ink("muted"))
            canvas.put(x, 0, str(seen.rows), canvas.ink("text", bold=True))
        elif seen.possible:
            canvas.put(1, 0, self.words.text(f"{NAME}.between"), canvas.ink("muted"))
        note, values = self._note(seen)
        if note:
            tone = "muted" if note == "unseen" else "warning"
            canvas.put(1, 1, self.words.text(f"{NAME}.{note}", **values), canvas.ink(tone))

    def _note(self, seen: FeaturesObservation) -> tuple[str, dict[str, object]]:
        if not seen.possible:
            return "", {}
        if seen.zeros:
            return "zeros", {}
        if not seen.image.values.any():
            return "empty", {}
        if seen.unseen:
            return "unseen", {"n": seen.unseen}
        return "", {}


class CellTitle(Words):
    """Over the cell written out: which one it is."""

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        settings, seen = self.settings, self.seen
        if seen is None or not seen.possible:
            return
        row, column = (
            min(place // settings.finer, last - 1)
            for place, last in ((settings.row, seen.rows), (settings.column, seen.columns))
        )
        x = canvas.put(0, 0, self.words.text(f"{NAME}.cell", row=row, column=column), canvas.ink("text", bold=True))
        what = "image" if settings.stage == "first" else "slice"
        side = len(seen.kernel.values)
        whole = seen.cell is None or len(seen.cell.columns) > 2 * side + 1
        text = self.words.text(f"{NAME}.{what}_{'products' if whole else 'factors'}", feature=settings.feature)
        if x + 2 + canvas.measure(text) <= canvas.width:
            canvas.put(x + 2, 0, text, canvas.ink("muted"))


class SmallMaps(FigureView):
    """Maps in less room than they need: of each block it shows what is farthest from 0, for means would be dark."""

    def paint(self, canvas: Canvas) -> None:
        """Draw them, smaller by a whole number."""
        if isinstance(self.figure, Raster):
            draw_on(canvas, _smaller(self.figure, canvas.width))


def _smaller(figure: Raster, width: int) -> Raster:
    count, rows, columns = figure.values.shape
    room = max((width + 1) // count - 1, 1)
    block = -(-columns // room)
    if block == 1:
        return figure
    gap = ((0, 0), (0, -rows % block), (0, -columns % block))
    whole = np.pad(figure.values, gap, mode="edge")
    sizes = (count, whole.shape[1] // block, block, whole.shape[2] // block, block)
    blocks = whole.reshape(sizes)
    high, low = blocks.max(axis=(2, 4)), blocks.min(axis=(2, 4))
    return structs.replace(figure, values=np.where(-low > high, low, high))
