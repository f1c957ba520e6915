"""Opens a lab by its address; the same as a line for a shell stands below and can be copied."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from lessons import catalogue
from lessons.address import AddressError, command_line, parse
from lessons.vocabulary.settings import SettingError, settings_from
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.errors import explain
from tui.screens.overlay import CLOSE, Heading, Key, Overlay
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

COPY_KEYS = (Command("copy", ("c", "enter"), "keep", 1),)


class RunLine(CanvasWidget, can_focus=True):
    """The line for a shell; the focus on it, and `c` copies it."""

    ground = "panel"
    BINDINGS = bindings(COPY_KEYS)
    KEYS = COPY_KEYS

    def __init__(self) -> None:
        super().__init__()
        self.line = ""

    def show(self, line: str) -> None:
        """Show another line; none while the address isn't one."""
        if line != self.line:
            self.line = line
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the line, and the key that copies it."""
        if self.has_focus:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        key = "c" if self.has_focus else "tab c"
        text = self.words.text("command.copy")
        size = canvas.measure(f"{key} {text}")
        room = canvas.width - size - 5
        line = self.line if len(self.line) <= room else self.line[: room - 1] + "…"
        canvas.put(2, 0, line or "–", canvas.ink("text" if self.line else "faint"))
        x = canvas.put(canvas.width - size - 1, 0, key, canvas.ink("accent", bold=True))
        canvas.put(x + 1, 0, text, canvas.ink("muted"))
        canvas.spot(canvas.width - size - 1, 0, size, 1, "copy")

    def action_copy(self) -> None:
        """Copy the line."""
        if self.line:
            self.nnlab.copy_text(self.line)
            screen = self.screen
            if isinstance(screen, OpenScreen):
                screen.query_one(Answer).show(self.words.text("open.copied"), "success")

    def spot_clicked(self, spot: str, event: object) -> None:
        """Copy."""
        self.action_copy()


class Answer(CanvasWidget):
    """What is wrong with the address, or that the line was copied."""

    ground = "panel"

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tone = "error"

    def show(self, text: str, tone: str = "error") -> None:
        """Say something else."""
        self.text, self.tone = text, tone
        self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """As many rows as the text takes, one at least."""
        return max(len(wrap(self.text, max(width - 5, 10))), 1) if self.text else 1

    def paint(self, canvas: Canvas) -> None:
        """Draw it with its sign."""
        if self.text:
            canvas.put(2, 0, "✗" if self.tone == "error" else "✓", canvas.ink(self.tone, bold=True))
            for y, line in enumerate(wrap(self.text, max(canvas.width - 5, 10))):
                canvas.put(4, y, line, canvas.ink("text"))


class OpenScreen(Overlay):
    """An entry of one row for an address."""

    def __init__(self, session: LabSession | None) -> None:
        super().__init__()
        self.address = session.address if session is not None else ""

    def compose(self) -> ComposeResult:
        """Heading, entry, shell line, answer."""
        with Vertical(id="region"):
            yield Heading("open.title", keys=(Key("enter", "command.enter_section", "open"), CLOSE))
            yield Input(self.address, compact=True, select_on_focus=True, id="address")
            yield RunLine()
            yield Answer()

    def on_mount(self) -> None:
        """Type at once."""
        entry = self.query_one(Input)
        entry.cursor_blink = False
        entry.placeholder = "neuron.gates?w1=0.5&h=0.8"
        entry.focus()
        self.query_one(RunLine).show(self._read(self.address)[0])

    def _read(self, text: str) -> tuple[str, str]:
        """Give the shell line of an address and what is wrong with it; one of both is empty."""
        try:
            target = parse(text)
            if "." not in target.lab and not target.values:
                return f"nnlab open {catalogue.section_of(target.lab).name}", ""
            name = catalogue.resolve(target.lab)
            settings = settings_from(catalogue.load(name).settings, target.values)
        except (ValueError, SettingError, AddressError) as error:
            return "", explain(error, self.words)
        return command_line(name, settings), ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed; an answer to an earlier try goes."""
        event.stop()
        self.query_one(RunLine).show(self._read(event.value)[0])
        answer = self.query_one(Answer)
        if answer.text:
            answer.show("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open it."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the address on the screen beneath; where it can't be, say why and stay."""
        text = self.query_one(Input).value
        wrong = self._read(text)[1]
        if wrong:
            self.query_one(Answer).show(wrong)
            self.query_one(Input).focus()
            return
        app = self.nnlab
        self.dismiss()
        app.open_address(text)
