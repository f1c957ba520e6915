"""The wire: sends only the cells that differ from what the terminal already shows.

Textual sends every cell of a widget that asks to be refreshed, changed or not. Over SSH that is the
difference between a picture that moves and one that lags. `install` puts another `render_segments` in the
two updates that Textual's compositor makes. It keeps, for each app, the cells sent last, compares, and
writes the runs that differ. So does a full update (another screen over this one, or one below that has
changed), except in a terminal of another size and after `forget`, which comes before whatever else may have
written on the terminal is mended: then all is sent.

A short equal gap between two runs is sent again where that is shorter than a cursor move. Both halves of a
wide character always go together, and where a write covers one half only, the other is blanked, as
terminals do. What cannot be read as cells (an image's control codes) passes as it is. After a character of
doubtful width the cursor is placed anew.
"""

import inspect
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from rich import cells as rich_cells
from rich.color import ColorSystem
from rich.console import Console
from textual import _compositor as compositor
from textual._cells import cell_len
from textual.geometry import Size
from textual.strip import Strip

from tui.pen import Pen, Style, blank_style, style_of

SECOND_HALF = ""
"""Text of the cell under the right half of a wide character."""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
ONE_CODE_ONE_CELL = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2500-\u25fc\u2800-\u28ff]*")
DOUBTFUL = re.compile(
    "[\u1160-\u11ff\u200b-\u200f\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
"""Terminals disagree on these: joiners, variation selectors, flags, skin tones, Hangul parts."""
LONGEST_GAP = 6
"""Equal cells between two runs that may be cheaper to send again than to jump over."""
JUMP = 5
"""Bytes of a cursor move within a line (`ESC[12G`)."""


class Cell(NamedTuple):
    """What one column of a line shows."""

    text: str
    """A character with its marks; `SECOND_HALF` in the right half of a wide one."""
    style: Style
    """Its look; for a blank only what can be seen of it."""


Line = list[Cell | None]
"""A line's cells from the left; None where nobody knows what the terminal shows."""


@lru_cache(maxsize=8192)
def cells_of_text(text: str, style: Style) -> tuple[str, tuple[Cell, ...]]:
    """Reads text of one style as the marks that belong to the character before it, and its cells."""
    blank = Cell(" ", blank_style(style))
    if ONE_CODE_ONE_CELL.fullmatch(text):
        return "", tuple(blank if character == " " else Cell(character, style) for character in text)
    marks, cells = "", []
    for start, end, width in rich_cells.split_graphemes(text)[0]:
        if width == 0:
            marks += text[start:end]
            continue
        cells.append(blank if text[start:end] == " " else Cell(text[start:end], style))
        cells.extend([Cell(SECOND_HALF, style)] * (width - 1))
    return marks, tuple(cells)


def cells_of(strip: Strip, color_system: ColorSystem) -> list[Cell] | None:
    """Reads a strip as cells, or None if it holds control codes."""
    line: list[Cell] = []
    for text, rich_style, control in strip:
        if control or CONTROL.search(text):
            return None
        marks, cells = cells_of_text(text, style_of(rich_style, color_system))
        if marks and line:
            last = -2 if line[-1].text == SECOND_HALF else -1
            line[last] = line[last]._replace(text=line[last].text + marks)
        line += cells
    return line


def is_second_half(line: Line | list[Cell], x: int) -> bool:
    """Whether column x of the line shows the right half of a wide character."""
    return 0 <= x < len(line) and (cell := line[x]) is not None and cell.text == SECOND_HALF


class Shadow:
    """What one app's terminal shows, line by line, as far as it is known."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._size = Size(0, 0)

    def fit(self, size: Size) -> None:
        """Knows nothing of a terminal of another size: each moves what it shows in its own way."""
        if size != self._size:
            self._size = size
            self.forget()

    def forget(self) -> None:
        """Knows nothing from here on: all that comes next is sent."""
        self._lines.clear()

    def _line(self, y: int, width: int) -> Line:
        line = self._lines.setdefault(y, [])
        line.extend([None] * (width - len(line)))
        return line

    def write(self, pen: Pen, y: int, x: int, new: list[Cell]) -> None:
        """Brings the columns of line y from x on to show `new`, through the pen, in few bytes."""
        end = x + len(new)
        line = self._line(y, end)
        if line[x:end] == new:
            return
        if x and is_second_half(line, x):
            x -= 1
            new = [Cell(" ", blank_style(line[x + 1].style)), *new]
        if is_second_half(line, end):
            new = [*new, Cell(" ", blank_style(line[end].style))]
            end += 1
        known = any(line[x:end])
        for start, stop in changed_runs(line, x, new) if known else [(x, end)]:
            send(pen, start, y, new[start - x : stop - x])
        line[x:end] = new

    def write_raw(self, pen: Pen, y: int, x: int, width: int, codes: str) -> None:
        """Passes codes that only the terminal understands, and forgets the columns under them."""
        line = self._line(y, x + width)
        pen.put_raw(x, y, codes)
        start = x - is_second_half(line, x)
        end = x + width + is_second_half(line, x + width)
        line[start:end] = [None] * (end - start)


def changed_runs(line: Line, x: int, new: list[Cell]) -> list[tuple[int, int]]:
    """From which columns to before which the line must be sent to show `new` from column x on."""
    runs: list[tuple[int, int]] = []
    clobbered = False
    for column, cell in enumerate(new, x):
        if line[column] == cell and not clobbered:
            continue
        # What follows a character of doubtful width may have been moved or covered by it.
        clobbered = clobbered or DOUBTFUL.search(cell.text) is not None
        # The right half of a wide character never changes alone, so no run starts in one.
        stop = column + 1 + is_second_half(new, column + 1 - x)
        if runs and (runs[-1][1] >= column or gap_is_cheap(new, runs[-1][1] - x, column - x)):
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((column, stop))
    return runs


def gap_is_cheap(new: list[Cell], start: int, stop: int) -> bool:
    """Whether sending the equal cells from start to before stop again is shorter than jumping over them."""
    if stop - start > LONGEST_GAP or sum(len(cell.text.encode()) for cell in new[start:stop]) >= JUMP:
        return False
    styles = [cell.style for cell in new[start - 1 : stop + 1]]
    changes = sum(before != after for before, after in pairwise(styles))
    return changes <= (styles[0] != styles[-1])


def send(pen: Pen, x: int, y: int, cells: list[Cell]) -> None:
    """Writes a run of cells from column x of line y on."""
    for style, group in groupby(cells, key=itemgetter(1)):
        texts = [text for text, _ in group]
        joined = "".join(texts)
        pen.move(x, y)
        if not DOUBTFUL.search(joined):
            pen.put(joined, len(texts), style)
            x += len(texts)
            continue
        # Where a terminal draws such a character narrower, its second column must not keep its old cell.
        pen.put(" " * len(texts), len(texts), style)
        for text in texts:
            if text != SECOND_HALF:
                pen.move(x, y)
                pen.put(text, None if DOUBTFUL.search(text) else cell_len(text), style)
            x += 1


_shadows: WeakKeyDictionary[Console, Shadow] = WeakKeyDictionary()
"""One memory an app, for each app has a console of its own."""


def shadow_of(console: Console) -> Shadow:
    """The memory of the app that this console belongs to."""
    return _shadows.setdefault(console, Shadow())


def forget(console: Console) -> None:
    """Forgets what an app's terminal shows (`forget(app.console)`), when something else has written on it."""
    shadow_of(console).forget()


def write_strips(shadow: Shadow, pen: Pen, console: Console, y: int, strips: Iterable[tuple[int, int, Strip]]) -> None:
    """Writes a line's strips, each with its column and how wide it shows; neighbours go as one piece."""
    color_system = console._color_system or ColorSystem.TRUECOLOR
    piece: list[Cell] = []
    piece_x = 0
    for x, width, strip in strips:
        cells = cells_of(strip, color_system)
        if cells is None:
            shadow.write_raw(pen, y, x, width, strip.crop(0, width).render(console))
            continue
        if is_second_half(cells, width):
            # A refreshed region may end within a wide character; half of it cannot be sent.
            width += 1
        if x != piece_x + len(piece):
            shadow.write(pen, y, piece_x, piece)
            piece, piece_x = [], x
        piece += cells[:width]
    shadow.write(pen, y, piece_x, piece)


def render_layout(update: compositor.LayoutUpdate, console: Console) -> str:
    """Renders a full update: of the whole screen, the cells that differ."""
    shadow, pen = shadow_of(console), Pen()
    shadow.fit(update.region.size)
    for y, strips in enumerate(update.strips, update.region.y):
        placed, x = [], update.region.x
        for strip in strips:
            placed.append((x, strip.cell_length, strip))
            x += strip.cell_length
        write_strips(shadow, pen, console, y, placed)
    return pen.finish()


def render_chops(update: compositor.ChopsUpdate, console: Console) -> str:
    """Renders a partial update: of the spans that Textual would send, the cells that differ."""
    shadow, pen = shadow_of(console), Pen()
    for y, x1, x2 in update.spans:
        placed = [
            (x, min(x + strip.cell_length, x2) - x, strip)  # which may be longer than to the next one: see `pieces`
            for x, strip in update.chops[y].items()
            if strip is not None and x < x2 and x + strip.cell_length > x1
        ]
        write_strips(shadow, pen, console, y, placed)
    return pen.finish()


_stock: dict[type, object] = {}
"""What `install` replaced, by class."""


def install() -> bool:
    """Puts the thin wire in place, once; False, and no change, where Textual is not built as expected."""
    if _stock:
        return True
    layout = getattr(compositor, "LayoutUpdate", None)
    chops = getattr(compositor, "ChopsUpdate", None)
    for update, fields in ((layout, ["strips", "region"]), (chops, ["chops", "spans", "chop_ends"])):
        if update is None or "render_segments" not in vars(update):
            return False
        if list(inspect.signature(update).parameters) != fields:
            return False
    if not hasattr(rich_cells, "split_graphemes") or not hasattr(Console(), "_color_system"):
        return False
    _stock.update({layout: layout.render_segments, chops: chops.render_segments})
    layout.render_segments, chops.render_segments = render_layout, render_chops
    return True


def uninstall() -> None:
    """Takes the thin wire out again and forgets all apps."""
    for update, render_segments in _stock.items():
        update.render_segments = render_segments
    _stock.clear()
    _shadows.clear()
