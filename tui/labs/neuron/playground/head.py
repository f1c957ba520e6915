"""The first row of the playground: what runs it, and how far it is."""

from tui.drawing.canvas import Canvas
from tui.labs.view import LabHead
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget

ACTIONS = (("command.one", "forward(1)"), ("neuron.playground.back", "back(1)"), ("command.restart", "restart"))


class RunKeys(CanvasWidget):
    """Run or pause, step, back, restart, for the mouse; the keys are the screen's."""

    DEFAULT_CSS = """
    RunKeys { height: 1; width: 38; }
    """

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def paint(self, canvas: Canvas) -> None:
        """Draw the filled action and the plain ones."""
        playing = self.session.playing
        word = self.words.text(f"command.{'pause' if playing else 'train'}")
        text = f" {'▪' if playing else '▸'} {word} "
        size = canvas.measure(text)
        canvas.fill(0, 0, size, 1, canvas.colour("accent"))
        ink = canvas.ink("on-accent", bold=True, bg=canvas.colour("accent"))
        canvas.put(0, 0, text, ink)
        canvas.spot(0, 0, size, 1, "play")
        x = size + 2
        for name, action in ACTIONS:
            text = self.words.text(name)
            end = canvas.put(x, 0, text, canvas.ink("text"))
            canvas.spot(x - 1, 0, end - x + 2, 1, action)
            x = end + 2

    def spot_clicked(self, spot: str, event: object) -> None:
        """Do what the clicked word says."""
        self.call_later(self.app.run_action, spot, self.screen)


class EpochLine(LabHead):
    """Epochs learned, or what hinders them; it takes the place of the lab's head."""

    DEFAULT_CSS = """
    EpochLine { height: 1; width: 20; }
    """

    def paint(self, canvas: Canvas) -> None:
        """Draw it at the right."""
        session, right = self.session, canvas.width
        if session.problem is not None:
            canvas.put_right(right, 0, f"✗ {self.words.text('lab.problem')}", canvas.ink("error", bold=True))
            return
        if self.computing >= 0.3 and not session.playing:
            seconds = f" {self.computing:.0f} s" if self.computing >= 2 else ""
            canvas.put_right(right, 0, self.words.text("lab.computing") + seconds, canvas.ink("run"))
            return
        epochs = f"{getattr(session.observation, 'epochs', 0):,}" if session.observation is not None else "–"
        tone = "run" if session.playing else "text"
        canvas.put_right(right, 0, epochs, canvas.ink(tone, bold=True))
        canvas.put_right(
            right - max(canvas.measure(epochs), 3) - 1, 0, self.words.text("term.epoch"), canvas.ink("muted")
        )


class MoreSettings(CanvasWidget):
    """The way to all settings, at the end of the row of settings."""

    DEFAULT_CSS = """
    MoreSettings { height: 1; width: 18; }
    """

    def paint(self, canvas: Canvas) -> None:
        """Draw key and name at the right."""
        text = self.words.text("neuron.playground.all_settings")
        canvas.put_right(canvas.width, 0, text, canvas.ink("muted"))
        x = canvas.width - canvas.measure(text) - 2
        canvas.put(x, 0, "p", canvas.ink("accent", bold=True))
        canvas.spot(x, 0, canvas.width - x, 1, "settings")

    def spot_clicked(self, spot: str, event: object) -> None:
        """Open them."""
        self.call_later(self.app.run_action, spot, self.screen)
