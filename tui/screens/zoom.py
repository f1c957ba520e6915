"""A lab's main figure on the whole screen; it follows the lab."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen

from lessons.vocabulary.figures import (
    Bars,
    Curves,
    Figure,
    Formula,
    Graph,
    Network,
    Plane,
    Raster,
    Table,
    Tokens,
    Tree,
)
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import Observation, figures
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.figure import FigureView
from tui.widgets.footer import FooterLine

if TYPE_CHECKING:
    from tui.app import NnlabApp

KEYS = (
    Command("close", ("escape", "z"), "move", 1, "esc", actions=("close", "close"), palette=False),
    Command("view", ("v",), "see", 2),
    Command("play", ("space",), "run", 3),
    Command("one", ("full_stop", "comma"), "run", 4, ". ,", actions=("forward(1)", "back(1)")),
)

ORDER: tuple[type, ...] = (Plane, Tree, Tokens, Graph, Network, Curves, Raster, Film, Bars, Table, Formula)
"""The larger a figure's kind usually is, the earlier."""


def ordered(observation: Observation) -> list[tuple[str, Figure]]:
    """List an observation's figures, the main one first."""
    return sorted(figures(observation).items(), key=lambda item: ORDER.index(type(item[1])))


class ZoomHead(CanvasWidget):
    """The lab's name, its goal, and which of its figures is shown."""

    DEFAULT_CSS = """
    ZoomHead { height: 1; }
    """

    def paint(self, canvas: Canvas) -> None:
        """Draw them in one row."""
        screen = cast("ZoomScreen", self.screen)
        name = screen.session.lab.name
        right = canvas.width
        count = len(screen.names)
        if count > 1:
            place = f"{screen.index + 1}/{count}"
            canvas.put_right(right - 2, 0, place, canvas.ink("muted"))
            right -= len(place) + 3
        x = canvas.put(3, 0, self.words.text(f"{name}.title"), canvas.ink("text", bold=True)) + 3
        goal = self.words.text(f"{name}.goal")
        if x + canvas.measure(goal) < right:
            canvas.put(x, 0, goal, canvas.ink("muted"))


class ZoomScreen(Screen[None]):
    """One figure, as large as it can be."""

    CSS_PATH = "../styles/overlays.tcss"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    IN_TOURS = True
    AUTO_FOCUS = ""

    def __init__(self, session: LabSession) -> None:
        super().__init__()
        self.session = session
        self.index = 0
        self.names: list[str] = []
        self._shown: Observation | None = None

    def compose(self) -> ComposeResult:
        """Names, figure, keys."""
        yield ZoomHead()
        yield FigureView()
        yield FooterLine()

    def on_mount(self) -> None:
        """Look ten times a second whether the lab shows something else."""
        self.query_one(FooterLine).address = self.session.address
        self.set_interval(0.1, self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the lab's present picture."""
        observation = self.session.observation
        if observation is not None and observation is not self._shown:
            self._shown = observation
            self._show()

    def _show(self) -> None:
        assert self._shown
        found = ordered(self._shown)
        self.names = [name for name, _ in found]
        if found:
            self.index %= len(found)
            self.query_one(FigureView).show(found[self.index][1])
        self.query_one(ZoomHead).repaint()
        self.query_one(FooterLine).address = self.session.address

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Running needs a lab that runs, another view another figure."""
        if action in ("play", "forward", "back"):
            return self.session.steps_on
        return len(self.names) > 1 if action == "view" else True

    def action_view(self) -> None:
        """Show the lab's next figure."""
        if self._shown is not None:
            self.index += 1
            self._show()

    def action_play(self) -> None:
        """Run or pause."""
        self.session.toggle()

    def action_forward(self, steps: int) -> None:
        """Go a step on."""
        self.session.playing = False
        self.session.forward(steps)

    def action_back(self, steps: int) -> None:
        """Go a step back."""
        self.session.back(steps)

    def action_close(self) -> None:
        """Go back to the lab."""
        self.dismiss()

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """Here a figure is only looked at."""
        event.stop()

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)
