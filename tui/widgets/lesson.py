"""The lesson: a typeset page in a measure of 41 cells, with links that set the lab beside it.

Only this part's lines are laid out when it is opened; a resize lays them out again in a few milliseconds.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lessons.text import Block, Lesson, Span, lesson
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Look
from tui.drawing.rich_style import style
from tui.typesetting import wrap

if TYPE_CHECKING:
    from tui.app import NnlabApp

MEASURE = 41
"""Cells of a full line; the page is no wider on wide terminals."""

LEFT = 3

KEYS = (
    Command("link", ("up", "down"), "move", 4, "↑↓", actions=("link(-1)", "link(1)"), palette=False),
    Command("follow", ("enter",), "change", 5, palette=False),
)


@dataclass(frozen=True)
class Place:
    """A link's cells on one line of the page."""

    line: int
    x: int
    width: int
    address: str
    number: int
    """Order of the link in the lesson; a link broken over lines has one number."""


class LessonPage(ScrollView, can_focus=True):
    """The lesson of one section, scrolled to the present lab's heading."""

    DEFAULT_CSS = """
    LessonPage { background: $background; width: 46; height: 1fr; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Followed(Message):
        """The learner has taken a link."""

        address: str

    def __init__(self, section: str, lab: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.section = section
        self.lab = lab
        self.chosen = -1
        """Number of the link that has the focus."""

        self._wanted_row: int | None = None
        """Row that the page will be scrolled to when it has been set."""

        self._page: Canvas | None = None
        self._page_width = 0
        self._places: list[Place] = []
        self._tops: dict[str, int] = {}

    @property
    def _nnlab(self) -> "NnlabApp":
        return cast("NnlabApp", self.app)

    def on_mount(self) -> None:
        """Hear of changes of language and look."""
        self._nnlab.look_changed.subscribe(self, self._relook)

    def _relook(self, what: object) -> None:
        row = self.scroll_offset.y if self._wanted_row is None else self._wanted_row
        keep = row / max(self.virtual_size.height, 1)
        self._lay_out()
        self._go_to(round(keep * self.virtual_size.height))
        self.refresh()

    def show_lab(self, lab: str) -> None:
        """Mark a lab's heading and scroll to it."""
        self.lab = lab
        self.chosen = -1
        self._lay_out()
        self._go_to(max(self._tops.get(lab, 0) - 1, 0))
        self.refresh()

    def _go_to(self, row: int) -> None:
        """Scroll once the new length of the page is known."""
        self._wanted_row = row
        self.call_after_refresh(self._arrive)

    def _arrive(self) -> None:
        if self._wanted_row is not None:
            row, self._wanted_row = self._wanted_row, None
            self.scroll_to(y=row, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Set the lines anew, and stay at the same part."""
        if event.size.width != self._page_width:
            first = self._page is None
            top = self.scroll_offset.y
            anchor = max((each for each in self._tops.items() if each[1] <= top + 2), key=lambda each: each[1],
                         default=("", 0))  # fmt: skip
            self._lay_out()
            moved = self._tops.get(anchor[0], 0) - anchor[1]
            self._go_to(max(self._tops.get(self.lab, 0) - 1, 0) if first else max(top + moved, 0))

    def _lesson(self) -> Lesson:
        return lesson(self.section, self._nnlab.language)

    def _lay_out(self) -> None:
        width = self.size.width
        if width <= 0:
            return
        self._page_width = width
        look: Look = self._nnlab.look.on("background")
        layout = _Layout(look, min(MEASURE, max(width - LEFT - 2, 10)), self.chosen)
        for part in self._lesson().parts:
            layout.part(part.heading, part.lab or part.heading, part.blocks, part.lab == self.lab and bool(self.lab))
        self._page = layout.finish(width)
        self._places, self._tops = layout.places, layout.tops
        self.virtual_size = Size(width, self._page.height)

    def render_line(self, y: int) -> Strip:
        """Give one visible row."""
        row = y + self.scroll_offset.y
        if self._page is None or row >= self._page.height:
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment(text, style(ink)) for text, ink in self._page.runs(row)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _choose(self, number: int) -> None:
        self.chosen = number
        self._lay_out()
        place = next((place for place in self._places if place.number == number), None)
        if place is not None:
            self.scroll_to_region(Region(0, place.line - 1, 1, 4), animate=False)
        self.refresh()

    def action_link(self, way: int) -> None:
        """Choose the next or previous link; scroll where there is none."""
        numbers = sorted({place.number for place in self._places})
        if not numbers:
            self.scroll_relative(y=way, animate=False)
            return
        if self.chosen < 0:
            visible = [place.number for place in self._places if place.line >= self.scroll_offset.y]
            target = visible[0] if visible and way > 0 else numbers[-1] if way < 0 else numbers[0]
        else:
            target = numbers[min(max(numbers.index(self.chosen) + way, 0), len(numbers) - 1)]
        self._choose(target)

    def action_follow(self) -> None:
        """Take the chosen link."""
        place = next((place for place in self._places if place.number == self.chosen), None)
        if place is not None:
            self.post_message(self.Followed(place.address))
        else:
            self.action_link(1)

    def on_focus(self) -> None:
        """Mark the first link in sight, so that it is seen what the keys are for."""
        top = self.scroll_offset.y if self._wanted_row is None else self._wanted_row
        seen = [place.number for place in self._places if top <= place.line < top + self.size.height]
        if self.chosen < 0 and seen:
            self.chosen = seen[0]
            self._lay_out()
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the link that was clicked."""
        row, x = event.y + self.scroll_offset.y, event.x
        for place in self._places:
            if place.line == row and place.x <= x < place.x + place.width:
                event.stop()
                self._choose(place.number)
                self.post_message(self.Followed(place.address))
                return


class _Layout:
    """Sets blocks into lines of (text, span) pieces."""

    def __init__(self, look: Look, measure: int, chosen: int) -> None:
        self.look, self.measure, self.chosen = look, measure, chosen
        self.lines: list[list[tuple[int, str, str, bool, bool]]] = []
        """A line: pieces of (column, text, token, bold, italic)."""

        self.bars: dict[int, str] = {}
        self.underlined: list[Place] = []
        self.places: list[Place] = []
        self.tops: dict[str, int] = {}
        self._links = 0

    def part(self, heading: str, key: str, blocks: tuple[Block, ...], present: bool) -> None:
        """Set one heading and what stands under it."""
        self.lines.append([])
        self.tops[key] = len(self.lines)
        for text in wrap(heading, self.measure):
            if present:
                self.bars[len(self.lines)] = "accent"
            self.lines.append([(LEFT, text, "text", True, False)])
        previous = ""
        for block in blocks:
            if not (block.kind == "item" and previous in ("item", "subheading")):
                self.lines.append([])
            self._block(block)
            previous = block.kind
        self.lines.append([])

    def _block(self, block: Block) -> None:
        if block.kind == "formula":
            self.lines.append([(LEFT + 4, block.spans[0].text, "text", False, True)])
        elif block.kind == "subheading":
            for text in wrap(block.spans[0].text, self.measure):
                self.lines.append([(LEFT, text, "accent", True, False)])
        elif block.kind == "item":
            self._paragraph(block.spans, 2)
        elif block.kind == "figure":
            for (text,) in block.rows:
                self.lines.append([(LEFT, text, "muted", False, False)])
        elif block.kind == "table":
            self._table(block.rows)
        else:
            self._paragraph(block.spans, 0)

    def _paragraph(self, spans: tuple[Span, ...], indent: int) -> None:
        text = "".join(span.text for span in spans)
        first = len(self.lines)
        starts, place = [], 0
        for span in spans:
            number = -1
            if span.link:
                number, self._links = self._links, self._links + 1
            starts.append((place, place + len(span.text), span, number))
            place += len(span.text)
        offset = 0
        for line in wrap(text, self.measure - indent):
            begin = text.index(line, offset)
            end = begin + len(line)
            self._pieces(starts, begin, end, LEFT + indent, text)
            offset = end
        if indent:
            self.lines[first].insert(0, (LEFT, "▸", "accent", False, False))

    def _pieces(self, starts: list[tuple[int, int, Span, int]], begin: int, end: int, x: int, text: str) -> None:
        pieces = []
        for start, stop, span, number in starts:
            low, high = max(start, begin), min(stop, end)
            if low >= high:
                continue
            shown = text[low:high]
            token = "accent" if span.link else "text"
            pieces.append((x, shown, token, span.style == "bold" or number == self.chosen != -1, False))
            if span.link:
                self.places.append(Place(len(self.lines), x, cell_len(shown), span.link, number))
            x += cell_len(shown)
        self.lines.append(pieces)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
        free = self.measure - sum(widths)
        gap = max(1, min(3, free // max(len(widths) - 1, 1)))
        numeric = [
            all(row[column].replace("−", "-").replace(".", "").lstrip("+-").isdigit() for row in rows[1:])
            for column in range(len(widths))
        ]
        for index, row in enumerate(rows):
            x, pieces = LEFT, []
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                shift = width - cell_len(cell) if numeric[column] else 0
                pieces.append((x + shift, cell, "muted" if index == 0 else "text", False, False))
                x += width + gap
            self.lines.append(pieces)

    def finish(self, width: int) -> Canvas:
        """Put the lines on a canvas."""
        canvas = Canvas(width, len(self.lines), self.look)
        for y, line in enumerate(self.lines):
            if y in self.bars:
                canvas.put(1, y, "▐", canvas.ink(self.bars[y]))
            for x, text, token, bold, italic in line:
                canvas.put(x, y, text.replace("\xa0", " "), canvas.ink(token, bold=bold, italic=italic))
        for place in self.places:
            canvas.underline(place.x, place.line, place.width)
            if place.number == self.chosen:
                canvas.fill(place.x, place.line, place.width, 1, canvas.colour("focus"))
        return canvas
