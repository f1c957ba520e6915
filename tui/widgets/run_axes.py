"""Title of the curves, and what their axes are: groups of chips in one row, or in two where it is too narrow."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui import run_words
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command("run_axis", ("left", "right"), "change", 1, "←→", actions=("step(-1)", "step(1)"), palette=False),
    Command("run_next_axis", ("enter",), "change", 3, actions=("switch",), palette=False),
    Command("run_group", ("up", "down"), "move", 2, "↑↓", actions=("group(-1)", "group(1)"), palette=False),
)

GAP = 3


@dataclass(frozen=True)
class AxisGroup:
    """One question with its choices, named `runs.<name>` and `runs.<name>.<choice>`; a single choice is on or off."""

    name: str
    choices: tuple[str, ...]
    value: str
    """The choice taken; any other text where a single one is off."""


class RunAxes(CanvasWidget, can_focus=True):
    """What is drawn over what; ←→ chooses in a group, ↑↓ goes to another."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    DEFAULT_CSS = """
    RunAxes { height: 2; width: 1fr; }
    """

    @dataclass
    class Changed(Message):
        """The learner has chosen."""

        name: str
        value: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = ""
        self.subject = ""
        self.groups: tuple[AxisGroup, ...] = ()
        self.index = 0
        """The group that the keys change."""

    def show(self, title: str, subject: str, groups: tuple[AxisGroup, ...]) -> None:
        """Show other words and choices."""
        if (title, subject, groups) != (self.title, self.subject, self.groups):
            self.title, self.subject, self.groups = title, subject, groups
            self.index = min(self.index, max(len(groups) - 1, 0))
            self.repaint()

    def rows(self, width: int) -> int:
        """Always two, so that nothing jumps when there is more to choose."""
        return 2

    def _texts(self, group: AxisGroup) -> tuple[str, list[str]]:
        words = self.words
        name = words.text(f"runs.{group.name}") if len(group.choices) > 1 else ""
        return name, [words.text(f"runs.{group.name}.{each}") for each in group.choices]

    def _breadth(self, canvas: Canvas, group: AxisGroup) -> int:
        name, choices = self._texts(group)
        return canvas.measure(name) + (1 if name else 0) + sum(canvas.measure(each) + 2 for each in choices)

    def paint(self, canvas: Canvas) -> None:
        """Draw the title left, the groups right: as many in the first row as it holds, the others below."""
        groups, width = self.groups, canvas.width
        sizes = [self._breadth(canvas, group) for group in groups]
        title = canvas.measure(self.title) + (3 + canvas.measure(self.subject) if self.subject else 0)
        least = min(title, width // 4) + GAP
        first = 0
        while first < len(groups) and sum(sizes[: first + 1]) + GAP * first + least <= width and first < 2:
            first += 1
        x = width - sum(sizes[:first]) - GAP * max(first - 1, 0)
        room = x - GAP if first else width
        end = canvas.put(0, 0, run_words.fit(self.title, room, canvas.measure), canvas.ink("text", bold=True))
        if self.subject and end + 3 < room:
            subject = run_words.fit(self.subject, room - end - 3, canvas.measure)
            canvas.put(end + 3, 0, subject, canvas.ink("muted"))
        self._draw(canvas, x, 0, range(first), sizes)
        x = width - sum(sizes[first:]) - GAP * max(len(groups) - first - 1, 0)
        self._draw(canvas, max(x, 0), 1, range(first, len(groups)), sizes)

    def _draw(self, canvas: Canvas, x: int, y: int, places: range, sizes: list[int]) -> None:
        for place in places:
            self._group(canvas, x, y, place)
            x += sizes[place] + GAP

    def _group(self, canvas: Canvas, x: int, y: int, place: int) -> None:
        group = self.groups[place]
        focused = self.has_focus and place == self.index
        name, choices = self._texts(group)
        if focused:
            canvas.fill(x - 1, y, canvas.measure(name) + (2 if name else 1), 1, canvas.colour("focus"))
            canvas.put(x - 1, y, "▐", canvas.ink("accent"))
        x = canvas.put(x, y, name, canvas.ink("accent" if focused else "muted", bold=focused)) + (1 if name else 0)
        for choice, text in zip(group.choices, choices, strict=True):
            size = canvas.measure(text) + 2
            chosen = choice == group.value
            if chosen:
                canvas.fill(x, y, size, 1, canvas.colour("boost"))
            shown = f"[{text}]" if chosen and canvas.look.palette.shaded else f" {text} "
            canvas.put(x, y, shown, canvas.ink("text" if chosen else "muted", bold=chosen))
            canvas.spot(x, y, size, 1, f"{group.name}:{choice}")
            x += size

    def action_step(self, way: int) -> None:
        """Choose the next or previous one of the group."""
        if self.groups:
            self.turn(self.groups[self.index].name, way, around=False)

    def action_switch(self) -> None:
        """Choose the next one of the group, the first after the last."""
        if self.groups:
            self.turn(self.groups[self.index].name, 1)

    def turn(self, name: str, way: int, around: bool = True) -> None:
        """Choose the next one of a group; `around` goes on with the first after the last."""
        group = next((each for each in self.groups if each.name == name), None)
        if group is None or not group.choices:
            return
        if len(group.choices) == 1:
            self._switch(group)
            return
        place = group.choices.index(group.value) + way
        place = place % len(group.choices) if around else min(max(place, 0), len(group.choices) - 1)
        if group.choices[place] != group.value:
            self.post_message(self.Changed(name, group.choices[place]))

    def _switch(self, group: AxisGroup) -> None:
        """Take a single choice, or no more."""
        on = group.value == group.choices[0]
        self.post_message(self.Changed(group.name, "" if on else group.choices[0]))

    def action_group(self, way: int) -> None:
        """Go to the next or previous group."""
        self.index = min(max(self.index + way, 0), max(len(self.groups) - 1, 0))
        self.repaint()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses."""
        name, _, choice = spot.partition(":")
        self.index = next((place for place, group in enumerate(self.groups) if group.name == name), self.index)
        self.focus()
        self.repaint()
        group = self.groups[self.index]
        if len(group.choices) == 1:
            self._switch(group)
        elif choice != group.value:
            self.post_message(self.Changed(name, choice))
