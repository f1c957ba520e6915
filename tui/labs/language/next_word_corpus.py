"""The corpus beside the tree: where the present words stand in it, and a row of it typed anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.language.labs.next_word import LINE, LONGEST, NAME
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Ink
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour
from tui.widgets.entry import Entry

KEYS = (
    Command("line", ("up", "down"), "move", 3, "↑↓", actions=("line(-1)", "line(1)"), palette=False),
    Command("type", ("enter",), "change", 4, palette=False),
    Command("line_more", ("plus", "minus"), "change", 5, "+ −", actions=("more(1)", "more(-1)"), palette=False),
    Command("line_default", ("backspace",), "change", palette=False),
    Command("line_page", ("pageup", "pagedown"), "move", actions=("line(-8)", "line(8)"), palette=False),
)

TOP = 2
"""Rows above the first sentence."""


class Corpus(CanvasWidget, can_focus=True):
    """Sentences of the text; those of the lecture can be changed, and the tree changes with them."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Changed(Message):
        """The corpus shall be these sentences, or the lecture's own where there are none."""

        corpus: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-control")
        self.lines: tuple[str, ...] = ()
        self.editable = False
        self.facts = ""
        self.context: tuple[str, ...] = ()
        """The words before the next one that the model reads."""

        self.followed = ""
        """The next word on the way."""

        self.at = 0
        self._first = 0

    def show(
        self, lines: tuple[str, ...], context: tuple[str, ...], followed: str, facts: str, *, editable: bool
    ) -> None:
        """Bring it to what was seen."""
        new = (lines, context, followed, facts, editable)
        if new != (self.lines, self.context, self.followed, self.facts, self.editable):
            self.lines, self.context, self.followed, self.facts, self.editable = new
            self.at = min(self.at, max(len(lines) - 1, 0))
            self.repaint()

    # Drawing

    def paint(self, canvas: Canvas) -> None:
        """Draw what the text is, and its sentences with the present words lit."""
        focused = self.has_focus
        x = canvas.put(2, 0, self.words.text(f"{NAME}.corpus"), canvas.ink("accent" if focused else "muted"))
        canvas.put(x + 2, 0, self.facts, canvas.ink("faint"))
        room = canvas.height - TOP
        self._first = max(min(self._first, self.at, len(self.lines) - room), self.at - room + 1, 0)
        for row, line in enumerate(self.lines[self._first : self._first + room]):
            y, index = TOP + row, self._first + row
            if focused and index == self.at:
                canvas.fill(0, y, canvas.width, 1, canvas.colour("focus"))
                canvas.put(0, y, "▐", canvas.ink("accent"))
            self._draw_line(canvas, y, line)
            canvas.spot(0, y, canvas.width, 1, f"line:{index}")
        if not self.lines:
            canvas.put(2, TOP, self.words.text(f"{NAME}.corpus.none"), canvas.ink("muted"))
        above, below = self._first > 0, self._first + room < len(self.lines)
        if above or below:
            sign = ("▴" if above else " ") + ("▾" if below else " ")
            canvas.put_right(canvas.width - 1, 1, sign, canvas.ink("faint"))

    def _draw_line(self, canvas: Canvas, y: int, line: str) -> None:
        x, begin = 2, 0
        words = line.split(" ")
        places = list(self._lit(words))
        if places and self._width(canvas, words) > canvas.width - 3:
            begin = max(0, places[0][0] - 3)  # a long sentence is shown from near the lit words on
            x = canvas.put(x, y, "… " if begin else "", canvas.ink("faint"))
        inks = {at: ink for at, _, ink in self._inks(canvas, places)}
        for index, word in enumerate(words[begin:], start=begin):
            if x + canvas.measure(word) > canvas.width - 2:
                canvas.put(x, y, "…", canvas.ink("faint"))
                return
            x = canvas.put(x, y, word, inks.get(index, canvas.ink("muted"))) + 1

    def _width(self, canvas: Canvas, words: list[str]) -> int:
        return sum(canvas.measure(word) + 1 for word in words)

    def _lit(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Where the context stands, and where the word behind it."""
        size = len(self.context)
        for place in range(len(words) - size + 1):
            if size and tuple(words[place : place + size]) == self.context:
                yield place, place + size

    def _inks(self, canvas: Canvas, places: list[tuple[int, int]]) -> Iterator[tuple[int, int, Ink]]:
        words = self.followed.split(" ")[:1]
        for place, end in places:
            for index in range(place, end):
                yield index, end, canvas.ink("text", bold=True)
            yield end, end, canvas.ink("accent" if words[0] else "run", bold=True)

    # What the learner does

    def action_line(self, steps: int) -> None:
        """Go to another sentence; beyond the first or the last, to the control there."""
        place = self.at + steps
        if abs(steps) == 1 and not 0 <= place < len(self.lines):
            focus_neighbour(self, steps)
            return
        self.at = min(max(place, 0), max(len(self.lines) - 1, 0))
        self.repaint()

    def action_type(self) -> None:
        """Open an entry in place of the sentence."""
        if not self.editable:
            self.nnlab_tell(f"{NAME}.corpus.fixed")
        elif self.lines and not self.query(Entry):
            entry = Entry(self.lines[self.at], self._accept, width=max(self.size.width - 2, 8))
            entry.styles.offset = (2, TOP + self.at - self._first)
            self.mount(entry)
            entry.focus()

    def nnlab_tell(self, key: str) -> None:
        """Say something in the footer."""
        self.nnlab.tell_text(self.words.text(key))

    def _accept(self, text: str) -> str | None:
        typed = " ".join(text.replace("\u3000", " ").split())
        lines = list(self.lines)
        if not typed or LINE in typed:
            return self.words.text(f"{NAME}.corpus.wrong")
        lines[self.at] = typed
        return self._take(lines)

    def _take(self, lines: list[str]) -> str | None:
        corpus = LINE.join(lines)
        if len(corpus) > LONGEST:
            return self.words.text(f"{NAME}.corpus.long")
        self.post_message(self.Changed(corpus))
        return None

    def action_more(self, way: int) -> None:
        """Repeat the sentence once more, or take it out; one stays."""
        if not self.editable:
            self.nnlab_tell(f"{NAME}.corpus.fixed")
            return
        lines = list(self.lines)
        if way > 0 and lines:
            lines.insert(self.at, lines[self.at])
        elif way < 0 and len(lines) > 1:
            del lines[self.at]
        else:
            return
        if reason := self._take(lines):
            self.nnlab.tell_text(reason)

    def action_line_default(self) -> None:
        """Take the lecture's own sentences."""
        if self.editable:
            self.post_message(self.Changed(""))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press goes to a sentence; on the present one it types."""
        event.stop()
        spot = self.spot_under(event)
        index = int(spot.partition(":")[2]) if spot.startswith("line:") else None
        again = self.has_focus and index == self.at
        self.focus()
        if index is not None:
            self.at = index
            self.repaint()
            if again:
                self.action_type()

    def on_click(self, event: events.Click) -> None:
        """The press has done it."""
        event.stop()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.action_line(min(3, max(len(self.lines) - 1 - self.at, 0)) or 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.action_line(-min(3, self.at))
