"""A grid of terminal cells to draw figures on, independent of Textual and of rich.

Texts, half-block pixels and braille dots share the grid. A character in a cell hides the dots under it, dots
keep the background under them. Places that a pointer can use are kept as `Spot`s.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tui.drawing.palette import SHADES, SIGNED_SHADES, Palette
from tui.glyphs import translate

if TYPE_CHECKING:
    import numpy as np

_DOT = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bit of each braille dot, by row and column in its cell."""


def braille_bit(x: int, y: int) -> int:
    """Bit of a dot in its cell."""
    return _DOT[y & 3][x & 1]


_MAP_CELLS = frozenset("▀░▒▓.:#")
"""Characters that maps are drawn with."""

_UPPER = 0x01 | 0x08 | 0x02 | 0x10
"""Bits of the upper two rows."""


def _half_block(bits: int) -> str:
    """Give the half block that comes nearest to braille dots."""
    upper, lower = bool(bits & _UPPER), bool(bits & ~_UPPER)
    return "█" if upper and lower else "▀" if upper else "▄"


_BRAILLE = tuple(chr(0x2800 + bits) for bits in range(256))
_BLOCKS = tuple(_half_block(bits) for bits in range(256))


class Ink(NamedTuple):
    """How a cell looks; an empty colour means the one that is already there."""

    fg: str = ""
    bg: str = ""
    bold: bool = False
    italic: bool = False
    reverse: bool = False
    underline: bool = False


PLAIN = Ink()


@lru_cache(maxsize=8192)
def _on(ink: Ink, ground: str) -> Ink:
    """The ink on a background."""
    return ink._replace(bg=ground)


@lru_cache(maxsize=8192)
def _whole(ink: Ink, plain: str, ground: str) -> Ink:
    """The ink with what stands for the colours that it leaves open."""
    return ink._replace(fg=ink.fg or plain, bg=ink.bg or ground)


@lru_cache(maxsize=8192)
def _pair(upper: str, lower: str) -> Ink:
    """Ink of a cell with two pixels."""
    return Ink(upper, lower)


@dataclass(frozen=True)
class Spot:
    """A rectangle of cells that means something to a pointer."""

    x: int
    y: int
    width: int
    height: int
    name: str

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a cell lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True)
class Frame:
    """Where data coordinates lie on the canvas, for a pointer: a rectangle of cells and its limits."""

    x: int
    y: int
    width: int
    height: int
    left: float
    right: float
    bottom: float
    top: float

    def data(self, x: float, y: float) -> tuple[float, float]:
        """Give the data coordinates of a place in cells (fractions allowed), clamped to the frame."""
        across = min(max((x - self.x) / self.width, 0), 1)
        down = min(max((y - self.y) / self.height, 0), 1)
        return self.left + across * (self.right - self.left), self.top + down * (self.bottom - self.top)


@dataclass(frozen=True)
class Look:
    """How everything is drawn now: colours, language, and what the terminal can do."""

    palette: Palette
    say: Callable[[str], str]
    wide: bool = False
    """Ambiguous characters take two cells: they are replaced."""

    blocks: bool = False
    """Curves are half blocks, for fonts without braille."""

    ground: str = "surface"
    """Token of the background that the figure stands on."""

    focus: str = ""
    """Name of the spot that has the focus."""

    gutter: int = 0
    """Cells left of a plot at least, where several lie under each other."""

    axis: bool = True
    """Whether a plot writes its own x axis; the last of a stack writes it for all."""

    def stacked(self, gutter: int, axis: bool) -> "Look":
        """The same look for a plot that lies over or under others."""
        return replace(self, gutter=gutter, axis=axis)

    def on(self, ground: str) -> "Look":
        """The same look on another background."""
        return replace(self, ground=ground)


class Canvas:
    """Cells of `width` columns and `height` rows; places outside are ignored."""

    def __init__(self, width: int, height: int, look: Look) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self.look = look
        self._text = [[" "] * self.width for _ in range(self.height)]
        self._ink = [[PLAIN] * self.width for _ in range(self.height)]
        self._dots = [[0] * self.width for _ in range(self.height)]
        self.spots: list[Spot] = []
        self.frames: dict[str, Frame] = {}

    def colour(self, token: str) -> str:
        """Give a token's colour in the present palette."""
        return self.look.palette.colour(token)

    def ink(self, token: str = "text", *, bold: bool = False, italic: bool = False, bg: str = "") -> Ink:
        """Make an ink of a token."""
        return Ink(self.colour(token), bg, bold, italic)

    def put(self, x: int, y: int, text: str, ink: Ink = PLAIN) -> int:
        """Write text from a cell on, and return the column after it."""
        text = translate(text, self.look.wide)
        if not 0 <= y < self.height:
            return x + cell_len(text)
        for character in text:
            size = cell_len(character)
            if size == 0:
                continue
            if x >= 0 and x + size <= self.width:
                self._set(x, y, character, ink)
                if size == 2:
                    self._set(x + 1, y, "", ink)
            x += size
        return x

    def put_right(self, x: int, y: int, text: str, ink: Ink = PLAIN) -> None:
        """Write text so that it ends before column x."""
        self.put(x - self.measure(text), y, text, ink)

    def put_middle(self, x: float, y: int, text: str, ink: Ink = PLAIN) -> None:
        """Write text centred on a column, kept inside the canvas."""
        size = self.measure(text)
        self.put(max(0, min(round(x - size / 2), self.width - size)), y, text, ink)

    def measure(self, text: str) -> int:
        """Count the cells of a text as it will be written."""
        return cell_len(translate(text, self.look.wide))

    def say(self, text: str) -> str:
        """Give a text of a figure in the learner's language."""
        return self.look.say(text)

    def _set(self, x: int, y: int, character: str, ink: Ink) -> None:
        row, inks = self._text[y], self._ink[y]
        if row[x] == "" and x > 0 and character != "":
            row[x - 1] = " "
        elif cell_len(row[x]) == 2 and x + 1 < self.width and row[x + 1] == "":
            row[x + 1] = " "
        row[x] = character
        inks[x] = ink if ink.bg or not inks[x].bg else _on(ink, inks[x].bg)
        self._dots[y][x] = 0

    def fill(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """Give cells a background, and keep what is written on them."""
        for row in range(max(y, 0), min(y + height, self.height)):
            inks = self._ink[row]
            for column in range(max(x, 0), min(x + width, self.width)):
                inks[column] = _on(inks[column], colour)

    def underline(self, x: int, y: int, width: int) -> None:
        """Underline what is written."""
        for column in range(max(x, 0), min(x + width, self.width)):
            if 0 <= y < self.height:
                self._ink[y][column] = self._ink[y][column]._replace(underline=True)

    def background(self, x: int, y: int) -> str:
        """Tell the background of a cell, the ground's where none is set."""
        found = self._ink[y][x].bg if 0 <= x < self.width and 0 <= y < self.height else ""
        return found or self.colour(self.look.ground)

    def dot(self, x: int, y: int, colour: str) -> None:
        """Set one braille dot; x counts half cells, y quarter cells."""
        self.braille(((x >> 1, y >> 2, _DOT[y & 3][x & 1]),), colour)

    def braille(self, cells: Iterable[tuple[int, int, int]], colour: str) -> None:
        """Set the dots of whole cells at once: columns, rows and their bits."""
        width, height, ink = self.width, self.height, Ink(colour)
        signs = _BLOCKS if self.look.blocks else _BRAILLE
        for column, row, bits in cells:
            if not (0 <= column < width and 0 <= row < height):
                continue
            text, dots = self._text[row], self._dots[row]
            if before := dots[column]:
                bits |= before
            elif text[column] != " ":
                continue
            dots[column] = bits
            text[column] = signs[bits]
            ground = self._ink[row][column].bg
            self._ink[row][column] = Ink(colour, ground) if ground else ink

    def dots(self, places: Iterable[tuple[int, int]], colour: str) -> None:
        """Set braille dots."""
        for x, y in places:
            self.dot(x, y, colour)

    def pixels(self, x: int, y: int, kind: str, values: "np.ndarray") -> None:
        """Draw a map of shape (2 × rows, columns) with two pixels a cell; in shades, one step a cell.

        Light is of shape (3, 2 × rows, columns).
        """
        if kind != "light":
            self.maps([(x, y)], kind, values[None])
        elif self.look.palette.shaded:
            means = (values[:, 0::2] + values[:, 1::2]) / 2
            self._shades(x, y, self.look.palette.shade_levels(kind, means).tolist())
        else:
            colours = self.look.palette.names(kind, values)
            for row in range(len(colours) // 2):
                self._pixel_row(x, y + row, colours[2 * row], colours[2 * row + 1])

    def maps(self, places: Sequence[tuple[int, int]], kind: str, values: "np.ndarray") -> None:
        """Draw maps of one size, an array of shape (maps, 2 × rows, columns), at these places."""
        palette = self.look.palette
        if palette.shaded:
            means = (values[:, 0::2] + values[:, 1::2]) / 2
            signed = kind == "signed"
            levels = palette.sign_levels(means) if signed else palette.shade_levels(kind, means)
            draw = self._signs if signed else self._shades
            for (x, y), steps in zip(places, levels.tolist(), strict=True):
                draw(x, y, steps)
            return
        height = values.shape[1]
        names = palette.names(kind, values.reshape(-1, values.shape[2]))
        for index, (x, y) in enumerate(places):
            colours = names[index * height : (index + 1) * height]
            for row in range(height // 2):
                self._pixel_row(x, y + row, colours[2 * row], colours[2 * row + 1])

    def _pixel_row(self, x: int, y: int, upper: list[str], lower: list[str]) -> None:
        first, end = max(x, 0), min(x + len(upper), self.width)
        if not 0 <= y < self.height or first >= end:
            return
        text, inks = self._text[y], self._ink[y]
        text[first:end] = [" "] * (end - first)
        self._mend(y, first)
        self._mend(y, end)
        self._dots[y][first:end] = [0] * (end - first)
        one_pixel = self.look.wide
        for column in range(first, end):
            top, bottom = upper[column - x], lower[column - x]
            if top == bottom or one_pixel:
                inks[column] = _pair("", bottom)
            else:
                text[column] = "▀"
                inks[column] = _pair(top, bottom)

    def _shades(self, x: int, y: int, levels: list[list[int]]) -> None:
        steps = " .:#" if self.look.wide else SHADES
        ink = self.ink("muted")
        for row, line in enumerate(levels):
            self.put(x, y + row, "".join(steps[level] for level in line), ink)

    def _signs(self, x: int, y: int, levels: list[list[int]]) -> None:
        """Write values by their signs and sizes; where there are sixteen colours they part the signs too."""
        middle = len(SIGNED_SHADES) // 2
        inks = self.ink("neg"), self.ink("faint"), self.ink("pos")
        for row, line in enumerate(levels):
            for column, level in enumerate(line):
                self.put(x + column, y + row, SIGNED_SHADES[level], inks[(level > middle) - (level < middle) + 1])

    def spot(self, x: int, y: int, width: int, height: int, name: str) -> None:
        """Keep a rectangle for the pointer; later ones lie on top."""
        self.spots.append(Spot(x, y, width, height, name))

    def spot_at(self, x: float, y: float) -> str:
        """Name the topmost spot at a place, or nothing."""
        return next((spot.name for spot in reversed(self.spots) if spot.holds(x, y)), "")

    def paste(self, other: "Canvas", x: int, y: int) -> None:
        """Lay another canvas on this one, its spots and frames with it."""
        for row in range(other.height):
            if not 0 <= y + row < self.height:
                continue
            for column in range(other.width):
                if 0 <= x + column < self.width:
                    self._text[y + row][x + column] = other._text[row][column]
                    self._ink[y + row][x + column] = other._ink[row][column]
                    self._dots[y + row][x + column] = other._dots[row][column]
            self._mend(y + row, max(x, 0))
            self._mend(y + row, min(x + other.width, self.width))
        self.spots += [replace(spot, x=spot.x + x, y=spot.y + y) for spot in other.spots]
        self.frames |= {name: replace(f, x=f.x + x, y=f.y + y) for name, f in other.frames.items()}

    def _mend(self, y: int, x: int) -> None:
        """Blank the half of a wide character whose other half is gone, on either side of a cell's left edge."""
        row = self._text[y]
        left = 0 < x <= self.width and cell_len(row[x - 1]) == 2
        right = 0 <= x < self.width and row[x] == ""
        if left and not right:
            row[x - 1] = " "
        elif right and not left:
            row[x] = " "

    def runs(self, row: int) -> Iterator[tuple[str, Ink]]:
        """Yield a row as texts of one ink; the second half of a wide character is left out."""
        ground = self.colour(self.look.ground)
        plain = self.colour("foreground")
        text, current, last = "", None, None
        for character, ink in zip(self._text[row], self._ink[row], strict=True):
            if ink is last and current is not None:
                text += character
                continue
            whole = ink if ink.fg and ink.bg else _whole(ink, plain, ground)
            blank = character == " " and not ink.reverse and not ink.underline
            if blank and current is not None and current.bg == whole.bg and not (current.reverse or current.underline):
                text += character  # a blank shows its background only, so it can go on in the run before it
                last = None
                continue
            if whole != current:
                if text and current is not None:
                    yield text, current
                text, current = "", whole
            last = ink
            text += character
        if text and current is not None:
            yield text, current

    def row_text(self, y: int) -> list[str]:
        """Give the characters of a row, a cell each."""
        return list(self._text[y]) if 0 <= y < self.height else []

    def flatten(self, x: int, y: int) -> None:
        """Make a map's cell one pixel, without shading, so that dots and texts can lie on it."""
        if 0 <= x < self.width and 0 <= y < self.height and self._text[y][x] in _MAP_CELLS:
            self._text[y][x] = " "
            self._ink[y][x] = Ink("", self._ink[y][x].bg)

    def lines(self) -> list[str]:
        """Give the rows as plain text, for tests and for eyes."""
        return ["".join(row).rstrip() for row in self._text]
