"""The view of `neuron.gates`: truth table and plane side by side, the rule written out below, or the 2-2-1 network."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView

HIDDEN = ("w11", "w12", "h1", "w21", "w22", "h2")


class View(LabView):
    """Table with the sliders under it, plane, and what the present mode has to show."""

    FIRST = "h"

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `section.tcss` arranges them."""
        settings = self.session.settings
        with Horizontal(id="goal"):
            yield Controls(settings, only=("gate",), id="gate")
            yield Controls(settings, only=("hidden",), id="layers")
        with Horizontal(id="table-and-plane"):
            with Vertical(id="table-side"):
                yield FigureView(id="table")
                yield Controls(settings, only=("w1", "w2", "h"), id="weights")
            yield FigureView(id="plane")
        yield Controls(settings, only=("learn", "rate", "seed"), beside=True, id="learning")
        yield FigureView(id="example")
        with Horizontal(id="rule"):
            yield FigureView(id="update")
            yield FigureView(id="errors")
        yield FigureView(id="proof")
        with Horizontal(id="hidden-units"):
            yield FigureView(id="network")
            yield Controls(settings, only=HIDDEN, id="hidden-controls")

    def show(self) -> None:
        """Show the rule while it learns, the hidden units while there are any."""
        hidden = bool(getattr(self.session.settings, "hidden", False))
        self.set_class(hidden, "-hidden")
        proof = getattr(self.session.observation, "proof", None) is not None
        settled = not self.session.learning or self.session.finished
        self.set_class(self.session.learning, "-learning")
        self.set_class(proof and settled and not hidden, "-proved")
        super().show()

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A drag on the plane moves the line there: the threshold becomes a at the pointer."""
        if event.spot == "plane":
            event.stop()
            settings = self.session.settings
            if not getattr(settings, "hidden", False):
                w1, w2 = float(getattr(settings, "w1", 0)), float(getattr(settings, "w2", 0))
                h = w1 * event.place[0] + w2 * event.place[1]
                self.session.set("h", round(min(max(h, -3), 3), 2))
        else:
            super().on_figure_view_pointed(event)
