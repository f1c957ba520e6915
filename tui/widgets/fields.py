"""Settings in a few cells, many on one row: name and value without a track; the keys are a slider's and chips'."""

from rich.cells import cell_len
from textual import events
from textual.geometry import Size

from tui.commands import bindings
from tui.drawing.canvas import Canvas
from tui.widgets import chips
from tui.widgets.chips import Chips
from tui.widgets.name_list import OPEN, OpensList
from tui.widgets.slider import Slider


class NumberField(Slider):
    """One number as `rate 0.030`; the wheel turns it, a click or enter types it."""

    DEFAULT_CSS = """
    NumberField { width: auto; height: 1; }
    """

    def watch_value(self) -> None:
        """Take as much room as the new value needs."""
        self.repaint(layout=True)

    def _written(self) -> str:
        return self.text() + (f" {self.setting.unit}" if self.setting.unit else "")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Name and value, with the focus's bar before them."""
        return cell_len(self._label()) + cell_len(self._written()) + 4

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and value."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width - 1, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        x = canvas.put(1, 0, self._label(), canvas.ink("accent" if focused else "muted", bold=focused))
        canvas.put(x + 1, 0, self._written(), canvas.ink("text", bold=True))
        canvas.spot(0, 0, canvas.width, 1, "value")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        event.stop()
        self.focus()


class ChoiceField(Chips):
    """One choice as `activation tanh`; a click takes the next one."""

    DEFAULT_CSS = """
    ChoiceField { width: auto; height: 1; }
    """

    def watch_value(self) -> None:
        """Take as much room as the new choice needs."""
        self.repaint(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Name and choice, with the focus's bar before them."""
        return cell_len(self._label()) + cell_len(self.name_of(self.value)) + 4

    def rows(self, width: int) -> int:
        """Always one."""
        return 1

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and the chosen one."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width - 1, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        x = canvas.put(1, 0, self._label(), canvas.ink("accent" if focused else "muted", bold=focused))
        canvas.put(x + 1, 0, self.name_of(self.value), canvas.ink("text", bold=True))
        canvas.spot(0, 0, canvas.width, 1, "next")

    def spot_clicked(self, spot: str, event: object) -> None:
        """Take the next choice."""
        self.action_switch()


CHIP_LINE_KEYS = (*(command for command in chips.KEYS if command.name != "switch"), OPEN)


class ChipLine(Chips, OpensList, inherit_bindings=False):
    """Many choices on one line without their name; where there is less room, those around the chosen one and a list."""

    DEFAULT_CSS = """
    ChipLine { height: 1; }
    """
    BINDINGS = bindings(CHIP_LINE_KEYS)
    KEYS = CHIP_LINE_KEYS

    def rows(self, width: int) -> int:
        """Always one."""
        return 1

    def _placed(self, canvas: Canvas) -> list[tuple[str, str, int]]:
        """The choices that are shown: (choice, name, column)."""
        choices = [(choice, f" {self.name_of(choice)} ") for choice in self.setting.choices]
        sizes = [canvas.measure(name) for _, name in choices]
        at = self.setting.choices.index(self.value)
        first = 0
        while first < at and sum(sizes[first : at + 2]) > canvas.width - 5:
            first += 1
        x, found = 1 + (2 if first else 0), []
        for index in range(first, len(choices)):
            last = index == len(choices) - 1
            if x + sizes[index] > canvas.width - (0 if last else 2):
                break
            found.append((*choices[index], x))
            x += sizes[index]
        return found

    def paint(self, canvas: Canvas) -> None:
        """Draw the chips, and … where there are more."""
        if self.has_focus:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        placed = self._placed(canvas)
        for choice, name, x in placed:
            chosen, size = choice == self.value, canvas.measure(name)
            if chosen:
                canvas.fill(x, 0, size, 1, canvas.colour("boost"))
            plain = canvas.look.palette.shaded and chosen
            canvas.put(
                x, 0, f"[{name[1:-1]}]" if plain else name, canvas.ink("text" if chosen else "muted", bold=chosen)
            )
            canvas.spot(x, 0, size, 1, choice)
        if not placed:
            return
        choices = self.setting.choices
        if placed[0][0] != choices[0]:
            canvas.put(1, 0, "…", canvas.ink("faint"))
            canvas.spot(0, 0, 3, 1, "list")
        if placed[-1][0] != choices[-1]:
            x = placed[-1][2] + canvas.measure(placed[-1][1])
            canvas.put(x + 1, 0, "…", canvas.ink("faint"))
            canvas.spot(x, 0, 3, 1, "list")

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses; one on … opens the list of all."""
        if spot == "list":
            self.action_list_open()
        else:
            self.choose(spot)
