"""The six applications as a map: from each a line through what goes in and the network to what comes out.

It is also the control that chooses the application; enter, or a click on the chosen one, opens its lab.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from textual import events
from textual.message import Message

from lessons import catalogue
from lessons.introduction.labs.map import NAME, WORKS, lab_of
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import focus_neighbour
from tui.widgets.chips import Chips

KEYS = (
    Command("step", ("up", "down"), "change", 4, "↑↓", actions=("step(-1)", "step(1)"), palette=False),
    Command("open_lab", ("enter",), "move", 5, palette=False),
    Command("limits", ("home", "end"), "change", actions=("limit(-1)", "limit(1)"), palette=False),
    Command("default", ("backspace",), "change", palette=False),
)

COLUMNS = ("application", "input", "network", "output")
"""From left to right, named by the messages `introduction.map.head.<column>`."""

WIDEST_GAP = 16
"""Cells between two columns at most; on a wide screen lines need not be longer."""

SPACINGS = ((False, 2, 3), (True, 2, 3), (True, 1, 1))
"""From wide to narrow: whether networks have short names, blank cells of a name's tile, least cells between columns."""


LARGEST_PITCH = 3
"""Rows from one application to the next at most."""


@dataclass(frozen=True)
class Place:
    """A name on the map: its column, the row of its text, and the cells that it takes."""

    x: int
    y: int
    width: int
    text: str


class ApplicationMap(Chips, inherit_bindings=False):
    """Four columns of names and the lines between them, those of the chosen application lit."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Opened(Message):
        """The learner wants to see the lab of the chosen application."""

        lab: str

    def step_or_leave(self, way: int) -> None:
        """Choose the application above or below; from the ends go on to the next control."""
        place = self.setting.choices.index(self.value) + way
        if 0 <= place < len(self.setting.choices):
            self.choose(self.setting.choices[place])
        else:
            focus_neighbour(self, way)

    def action_step(self, steps: int) -> None:
        """Choose the application above or below."""
        self.step_or_leave(int(steps))

    def action_open_lab(self) -> None:
        """Open the lab that does the chosen application, where there is one."""
        lab = lab_of(self.value)
        if lab is not None:
            self.post_message(self.Opened(lab))

    def watch_value(self) -> None:
        """Show the new choice, and offer its lab."""
        super().watch_value()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a lab only where there is one."""
        return lab_of(self.value) is not None if action == "open_lab" else True

    def rows(self, width: int) -> int:
        """Heads, six rows two apart, and the line of the lab."""
        return LARGEST_PITCH * (len(WORKS) - 1) + 4

    def _names_of(self, column: str, short: bool) -> dict[str, str]:
        """Name what stands in a column, in its order from the top; networks by short names where there is less room."""
        names = "short" if short and column == "network" else column
        return {key: self.words.text(f"{NAME}.{names}.{key}") for key in dict.fromkeys(_keys(column))}

    def _columns(self, canvas: Canvas) -> tuple[list[dict[str, str]], list[int], int]:
        """Give the names of all columns, the cells that each takes, and those between them."""
        for short, beside, least in SPACINGS:
            names = [self._names_of(column, short) for column in COLUMNS]
            widths = [max(canvas.measure(text) for text in column.values()) + beside for column in names]
            gap = (canvas.width - 1 - sum(widths)) // (len(widths) - 1)
            if gap >= least:
                break
        return names, widths, min(WIDEST_GAP, max(1, gap))

    def _arranged(self, canvas: Canvas, pitch: int) -> list[dict[str, Place]]:
        """Give every name its place: columns spread over the width, each name amid the applications it belongs to."""
        names, widths, gap = self._columns(canvas)
        found, x = [], 1
        for column, texts, width in zip(COLUMNS, names, widths, strict=True):
            heights = _heights(column)
            found.append({key: Place(x, 1 + int(pitch * heights[key]), width, text) for key, text in texts.items()})
            x += width + gap
        return found

    def paint(self, canvas: Canvas) -> None:
        """Draw heads, lines, names, and below the lab that the chosen application opens."""
        # Head, a blank row and the lab's line stand above and below the six rows.
        pitch = min(LARGEST_PITCH, max(1, (canvas.height - 4) // (len(WORKS) - 1)))
        rows = pitch * (len(WORKS) - 1) + 1
        columns = self._arranged(canvas, pitch)
        ways = {name: (name, str(work.input), str(work.network), str(work.output)) for name, work in WORKS.items()}
        for column, places in zip(COLUMNS, columns, strict=True):
            x = next(iter(places.values())).x
            canvas.put(x + 1, 0, self.words.text(f"{NAME}.head.{column}"), canvas.ink("faint"))
        taken: set[tuple[int, int]] = set()
        for name in sorted(ways, key=lambda each: each != self.value):  # the chosen one takes its cells first
            self._way(canvas, columns, ways[name], taken, name == self.value)
        for places, lit in zip(columns, ways[self.value], strict=True):
            for key, place in places.items():
                self._tile(canvas, place, key == lit, places is columns[0])
        for places in (columns[0], columns[3]):
            for name, place in zip(ways, places.values(), strict=True):
                canvas.spot(place.x, place.y, place.width, 1, name)
        if rows + 2 < canvas.height:
            self._lab(canvas, rows + 2)

    def _way(
        self,
        canvas: Canvas,
        columns: list[dict[str, Place]],
        way: tuple[str, ...],
        taken: set[tuple[int, int]],
        lit: bool,
    ) -> None:
        """Draw one application's line; a cell has one colour, so the others leave out what the lit one has taken."""
        colour = canvas.colour("accent" if lit else "line")
        stops = [places[key] for places, key in zip(columns, way, strict=True)]
        for start, end in pairwise(stops):
            for x, y in _curve(start, end, lit):
                if lit:
                    taken.add((x >> 1, y >> 2))
                if lit or (x >> 1, y >> 2) not in taken:
                    canvas.dot(x, y, colour)

    def _tile(self, canvas: Canvas, place: Place, lit: bool, first: bool) -> None:
        """Write a name on its tile; among the applications a band shows where the keys are."""
        focused = self.has_focus and lit and first
        ground = "focus" if focused else "boost" if lit else "panel"
        if not first or lit:
            canvas.put(place.x, place.y, " " * place.width)
            canvas.fill(place.x, place.y, place.width, 1, canvas.colour(ground))
        if focused:
            canvas.put(place.x - 1, place.y, "▐", canvas.ink("accent"))
        tone = "accent" if focused else "text" if lit else "muted"
        canvas.put(place.x + 1, place.y, place.text, canvas.ink(tone, bold=lit))
        if lit and canvas.look.palette.shaded:
            canvas.underline(place.x + 1, place.y, canvas.measure(place.text))

    def _lab(self, canvas: Canvas, y: int) -> None:
        """Offer the lab of the chosen application, or leave the line empty."""
        lab = lab_of(self.value)
        if lab is None:
            return
        word = f" ▸ {self.words.text(f'{NAME}.open')} "
        width = canvas.measure(word)
        canvas.put(2, y, word, canvas.ink("on-accent", bold=True, bg=canvas.colour("accent")))
        number, title = catalogue.lab_number(lab), self.words.text(f"{lab}.title")
        end = canvas.put(width + 4, y, f"{number} {title}", canvas.ink("text"))
        canvas.spot(2, y, end - 2, 1, "open")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses; one on the chosen application, or on its lab, opens the lab."""
        if spot in ("open", self.value):
            self.action_open_lab()
        else:
            self.choose(spot)


def _keys(column: str) -> list[str]:
    """Give the key that each application has in a column."""
    return list(WORKS) if column == "application" else [str(getattr(work, column)) for work in WORKS.values()]


def _heights(column: str) -> dict[str, float]:
    """Place each name of a column, in applications from the top: amid its own, or above that where another stands."""
    own: dict[str, list[int]] = {}
    for index, key in enumerate(_keys(column)):
        own.setdefault(key, []).append(index)
    found: dict[str, float] = {}
    for key in sorted(own, key=lambda each: len(own[each])):
        height = sum(own[key]) / len(own[key])
        while height in found.values():
            height -= 1
        found[key] = height
    return found


def _curve(start: Place, end: Place, thick: bool) -> Iterator[tuple[int, int]]:
    """Yield the dots of an S-curve between two names, twice as thick where it is lit."""
    left, right = 2 * (start.x + start.width), 2 * end.x
    top, bottom = 4 * start.y + 1, 4 * end.y + 1
    last = top
    for x in range(left, right):
        share = (x - left + 0.5) / (right - left)
        y = round(top + (bottom - top) * share * share * (3 - 2 * share))
        low, high = sorted((last, y))
        for dot in range(low + (1 if high - low > 1 and y > last else 0), high + (2 if thick else 1)):
            yield x, dot
        last = y
