"""The view of `neuron.unit`: tiles and links beside the graph of f; a click on a tile or link goes to its slider."""

from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView


class View(LabView):
    """Formula, network and activation function, f as chips, inputs and weights as sliders."""

    FIRST = "w1"

    def compose_bench(self) -> ComposeResult:
        """Place the figures as the sheet `section.tcss` arranges them."""
        yield FigureView(id="formula")
        with Container(id="work"):
            with Horizontal(id="figures"):
                yield FigureView(id="network")
                yield FigureView(id="activation")
            yield Controls(self.session.settings, id="controls")

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """Dragging on the graph of f moves the threshold: a − h follows the pointer."""
        if event.spot == "curves" and self.session.observation is not None:
            event.stop()
            a = float(getattr(self.session.observation, "a", 0.0))
            self.session.set("h", round(min(max(a - event.place[0], -2), 2), 2))
        elif event.spot == "unit" and event.phase == "press":
            self.focus_control("h", event)
        else:
            super().on_figure_view_pointed(event)

    def focus_control(self, name: str, event: FigureView.Pointed) -> None:
        """Give a setting's control the focus."""
        event.stop()
        control = self.control(name)
        if control is not None:
            control.focus()
