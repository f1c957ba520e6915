"""A list of names that opens under a control and closes when one is taken: all of them, or as many as the screen holds.

Where it holds fewer, the first and last rows that are seen tell that there are more.
"""

from dataclasses import dataclass
from typing import cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command("list_move", ("up", "down"), "move", 1, "↑↓", actions=("cursor_up", "cursor_down"), palette=False),
    Command("list_take", ("enter",), "change", 2, actions=("select",), palette=False),
    Command("list_close", ("escape",), "move", 3, palette=False),
    Command(
        "list_leap",
        ("pageup", "pagedown", "home", "end"),
        "move",
        written="pgup pgdn home end",
        actions=("page_up", "page_down", "first", "last"),
        palette=False,
    ),
)

OPEN = Command("list_open", ("enter",), "change", 5, palette=False)
"""The key of a control that opens its list."""

BESIDE = 3
"""Blank cells beside a name, the sign that there are more among them."""


class NameList(OptionList, inherit_bindings=False):
    """The open list; letters go to the next name that begins so."""

    DEFAULT_CSS = """
    NameList {
        overlay: screen; constrain: inside; width: auto; height: auto; max-height: 90vh; padding: 0; border: none;
        background: $panel; color: $text;
    }
    NameList:focus { border: none; background-tint: $panel 0%; }
    NameList > .option-list--option { padding: 0 1; }
    """
    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    KEYS_END = True
    """While it is open, the keys of what is around it rest."""

    ALLOW_SELECT = False

    @dataclass
    class Taken(Message):
        """A name is taken."""

        place: int

    def __init__(self, names: list[str], at: int, left: int) -> None:
        super().__init__(*(Option(name) for name in names))
        self._names = names
        self._at = at
        self.styles.offset = (left, 1)
        self.styles.width = max(map(cell_len, names)) + 1 + BESIDE

    def on_mount(self) -> None:
        """Begin on the present name."""
        self.highlighted = self._at
        self.focus(scroll_visible=False)

    def render_line(self, y: int) -> Strip:
        """Give one row, with a sign at the end of the first or last one seen where there are more beyond."""
        strip = super().render_line(y)
        above = y == 0 and self.scroll_offset.y > 0
        below = y == self.size.height - 1 and self.scroll_offset.y < self.max_scroll_y
        if not (above or below) or strip.cell_length < BESIDE:
            return strip
        last = next((segment.style for segment in reversed(list(strip)) if segment.style), None)
        return Strip.join([strip.crop(0, strip.cell_length - 2), Strip([Segment("▴ " if above else "▾ ", last)])])

    def on_key(self, event: events.Key) -> None:
        """Go to the next name that begins with a letter; no other key acts while it is open."""
        if event.character is None or not event.is_printable:
            return
        event.stop()
        start = (self.highlighted or 0) + 1
        order = [*range(start, len(self._names)), *range(start)]
        letter = event.character.casefold()
        found = next((place for place in order if self._names[place].casefold().startswith(letter)), None)
        if found is not None:
            self.highlighted = found

    def action_page_up(self) -> None:
        """Go a page up; a list that has no room, as in a terminal of a few rows, knows no pages."""
        if self.size:
            super().action_page_up()

    def action_page_down(self) -> None:
        """Go a page down."""
        if self.size:
            super().action_page_down()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell which name is taken."""
        event.stop()
        self.post_message(self.Taken(event.option_index))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Nothing is taken yet."""
        event.stop()

    def on_blur(self, event: events.Blur) -> None:
        """Close when something else has the focus."""
        self.remove()

    def action_list_close(self) -> None:
        """Close without taking any."""
        self._give_back()

    def _give_back(self) -> None:
        cast(CanvasWidget, self.parent).focus()


class OpensList(CanvasWidget):
    """Mixin of a control of a setting that has too many choices to show: they are in a list."""

    setting: Setting
    value: str

    def choose(self, choice: str) -> None:
        """Take a choice and tell it; the control does."""
        raise NotImplementedError

    def name_of(self, choice: str) -> str:
        """Give a choice's name in the learner's language; the control does."""
        raise NotImplementedError

    def list_left(self) -> int:
        """The column under which the list opens."""
        return 0

    def action_list_open(self) -> None:
        """Open the list, or close it."""
        if opened := self.query(NameList):
            opened.first().action_list_close()
            return
        names = [self.name_of(choice) for choice in self.setting.choices]
        self.mount(NameList(names, self.setting.choices.index(self.value), self.list_left()))

    def on_name_list_taken(self, event: NameList.Taken) -> None:
        """Take what the list tells, and have the keys back."""
        event.stop()
        self.focus()
        self.choose(self.setting.choices[event.place])
