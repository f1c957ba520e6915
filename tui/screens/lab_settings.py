"""Presets and all settings of a lab, at the right of its screen; the lab beneath follows at once."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.labs.setting import SetsSession
from tui.screens import overlay
from tui.screens.overlay import CLOSE, Heading, Overlay
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.controls import Controls
from tui.widgets.entry import Entry

KEYS = (
    *overlay.KEYS,
    Command("settings", ("p",), "keep", actions=("close",), palette=False),
    Command("reset", ("r",), "change", 2),
    Command("undo", ("u",), "change", 3),
    Command("redo", ("U",), "change"),
    Command("copy", ("c",), "keep", 4),
)


class Presets(OptionList, inherit_bindings=False):
    """The lab's presets; enter takes one."""

    KEYS = (
        Command(
            "preset",
            ("up", "down"),
            "move",
            written="↑↓",
            actions=("cursor_up", "cursor_down"),
            palette=False,
        ),
        Command("preset_take", ("enter",), "change", actions=("select",), palette=False),
    )
    BINDINGS = bindings(KEYS)


class Below(CanvasWidget):
    """Keys for all settings together, and the lab's address."""

    ground = "panel"

    def __init__(self, session: LabSession) -> None:
        super().__init__()
        self.session = session
        self.reason = ""
        """Why a typed value can't be, until the next change."""

    def tell(self, reason: str) -> None:
        """Say why a value can't be, or nothing."""
        self.reason = reason
        self.repaint(layout=True)

    def _address(self, width: int) -> list[str]:
        """Break the address where a setting begins, since it has no blanks."""
        lines = [""]
        for part in self.session.address.replace("&", "\n&").split("\n"):
            if lines[-1] and len(lines[-1]) + len(part) > width:
                lines.append("")
            lines[-1] += part
        return [piece for line in lines for piece in (wrap(line, width) or [""])]

    def rows(self, width: int) -> int:
        """A row of keys, a blank one, the address, what is wrong."""
        return 2 + len(self._address(max(width - 2, 10))) + len(self._reason(width))

    def _reason(self, width: int) -> list[str]:
        return ["", *wrap(self.reason, max(width - 4, 10))] if self.reason else []

    def paint(self, canvas: Canvas) -> None:
        """Draw both."""
        x = 2
        for command in KEYS:
            if not command.footer or command.name == "close":
                continue
            text = self.words.text(f"command.{command.name}")
            start = x
            x = canvas.put(x, 0, command.shown, canvas.ink("accent", bold=True))
            x = canvas.put(x + 1, 0, text, canvas.ink("muted"))
            canvas.spot(start, 0, x - start, 1, command.name)
            x += 3
        for y, line in enumerate(self._address(max(canvas.width - 2, 10)), start=2):
            canvas.put(2, y, line, canvas.ink("faint"))
        lines = self._reason(canvas.width)
        top = canvas.height - len(lines)
        for y, line in enumerate(lines, start=top):
            canvas.put(4, y, line, canvas.ink("text"))
        if lines:
            canvas.put(2, top + 1, "✗", canvas.ink("error", bold=True))

    def spot_clicked(self, spot: str, event: object) -> None:
        """Do what the clicked key does."""
        self.run_worker(self.app.run_action(spot, self.screen), exit_on_error=False)


class LabSettingsScreen(SetsSession, Overlay):
    """All that can be set in a lab, in one place."""

    BINDINGS = bindings(KEYS[len(overlay.KEYS) :])
    KEYS = KEYS
    dims = False

    def __init__(self, session: LabSession) -> None:
        super().__init__()
        self.session = session
        self._shown = session.settings

    def compose(self) -> ComposeResult:
        """Presets, controls, what is done with all of them."""
        with VerticalScroll(id="region", can_focus=False):
            yield Heading("settings.title", f"@{self.session.lab.name}.title", keys=(CLOSE,))
            if self.session.lab.presets:
                yield Heading("settings.presets", keys=(), id="presets-name")
                yield Presets(id="presets", compact=True)
                yield Heading("settings.all", keys=(), id="settings-name")
            yield Controls(self.session.settings, id="controls")
            yield Below(self.session)

    def on_mount(self) -> None:
        """Fill the list; begin on it, or on the first control."""
        for widget in self.query(CanvasWidget):
            widget.ground = "panel"
            widget.repaint()
        self._fill()
        self.nnlab.look_changed.subscribe(self, lambda _: self._fill())
        self.set_interval(0.1, self.follow)
        first = self.query("Presets, Slider, Chips").first()
        first.focus()

    def _fill(self) -> None:
        for presets in self.query(Presets):
            at = presets.highlighted or 0
            presets.clear_options()
            name = self.session.lab.name
            presets.add_options(
                Option(self.words.text(f"{name}.preset.{preset.name}")) for preset in self.session.lab.presets
            )
            presets.highlighted = at

    def follow(self) -> None:
        """Bring controls and address to the lab's present settings."""
        if self.session.settings is not self._shown:
            self._shown = self.session.settings
            if not self.query(Entry):
                self.query_one(Controls).show(self._shown)
            self.query_one(Below).tell("")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a preset."""
        event.stop()
        self.session.load(self.session.lab.presets[event.option_index].address)
        self.follow()

    def on_entry_refused(self, event: Entry.Refused) -> None:
        """Say why a typed value can't be."""
        event.stop()
        self.query_one(Below).tell(event.reason)

    def action_reset(self) -> None:
        """Go back to the defaults."""
        self.session.reset()
        self.follow()

    def action_undo(self) -> None:
        """Take the last change back."""
        self.session.undo()
        self.follow()

    def action_redo(self) -> None:
        """Make the change again."""
        self.session.redo()
        self.follow()

    def action_copy(self) -> None:
        """Copy the lab address."""
        self.nnlab.copy_text(self.session.whole_address)
