"""More than eight choices on one line: the chosen one, and a list of all that enter or a click opens."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message

from lessons.vocabulary.settings import Value
from tui.commands import bindings
from tui.drawing.canvas import Canvas
from tui.widgets import chips
from tui.widgets.chips import Chips
from tui.widgets.name_list import BESIDE, OPEN, OpensList

KEYS = (*(command for command in chips.KEYS if command.name != "switch"), OPEN)


class ChoiceList(Chips, OpensList, inherit_bindings=False):
    """One setting with many choices; the keys are those of chips, but enter opens the list."""

    DEFAULT_CSS = """
    ChoiceList { height: 1; width: 1fr; }
    """
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Changed(Message):
        """The learner has chosen."""

        choices: "ChoiceList"
        name: str
        value: Value

    def rows(self, width: int) -> int:
        """Always one."""
        return 1

    def _widest(self) -> int:
        return max(cell_len(self.name_of(choice)) for choice in self.setting.choices)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Name, longest choice, and the sign of the list."""
        return self._left() + self._widest() + BESIDE + 1

    def _left(self) -> int:
        label = int(getattr(self.parent, "label_width", 0))
        return 2 + max(label, cell_len(self._label()) + 1)

    def list_left(self) -> int:
        """Under the chosen one."""
        return self._left()

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name, the chosen one, and the sign that there is a list."""
        focused, left = self.has_focus, self._left()
        if focused:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        canvas.put(2, 0, self._label(), canvas.ink("accent" if focused else "muted", bold=focused))
        size = min(self._widest() + BESIDE + 1, canvas.width - left)
        canvas.fill(left, 0, size, 1, canvas.colour("boost"))
        canvas.put(left + 1, 0, self.name_of(self.value), canvas.ink("text", bold=True))
        canvas.put(left + size - 2, 0, "▾", canvas.ink("accent" if focused else "muted"))
        canvas.spot(0, 0, left + size, 1, "list")

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click opens the list."""
        self.action_list_open()
