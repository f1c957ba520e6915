"""The view of `scaling.parameters`: settings and the count above, one view of it below."""

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from lessons.scaling.labs.parameters import LANGUAGE
from lessons.vocabulary.settings import fields
from tui.labs.deep_networks.architectures_words import Paragraphs
from tui.labs.scaling.layers_row import LayersRow
from tui.labs.scaling.parameters_words import notes
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.typed_row import TypedRow

VIEWS = ("parts", "memory", "table", "years", "scale")


class View(LabView):
    """Settings, the count written out, and one of five views."""

    FIRST = "model"

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self._choices = {each.name: each for each in fields(type(session.settings))}

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `parameters.tcss` arranges them."""
        settings = self.session.settings
        with Container(id="choices"):
            yield Controls(settings, only=("model",), beside=True, id="choice-model")
            yield Controls(settings, only=("view",), beside=True, id="choice-view")
        with Container(id="sizes"):
            yield LayersRow(self._choices["layers"], str(getattr(settings, "layers", "")))
            yield Controls(settings, only=("tokens",), beside=True, id="choice-tokens")
        yield FigureView(id="arithmetic")
        with Horizontal(id="inside"):
            yield FigureView(id="graph")
            yield FigureView(id="counts")
        for name in ("parts", "memory", "table", "years"):
            yield FigureView(id=name)
        with Horizontal(id="scale"):
            yield FigureView(id="stack")
            yield FigureView(id="squares")
        yield Paragraphs(self.session, notes, id="notes")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the row of layers is one only where a network of one's own is shown."""
        if name == "layers":
            return self.query_one(LayersRow)
        return super().control(name)

    def show(self) -> None:
        """Show what the present view and network need."""
        settings = self.session.settings
        model, view = getattr(settings, "model", ""), getattr(settings, "view", "parts")
        for name in VIEWS:
            self.set_class(name == view, f"-{name}")
        self.set_class(model in ("neuron", "own"), "-drawn")
        self.set_class(model == "own", "-own")
        self.set_class(model in LANGUAGE, "-language")
        super().show()
        for paragraphs in self.query(Paragraphs):
            paragraphs.update()

    def show_settings(self) -> None:
        """Bring the controls to the session."""
        super().show_settings()
        layers = str(getattr(self.session.settings, "layers", ""))
        self.query_one(LayersRow).show(layers, layers)

    def next_part(self) -> None:
        """Show the next view."""
        place = VIEWS.index(getattr(self.session.settings, "view", "parts"))
        self.session.set("view", VIEWS[(place + 1) % len(VIEWS)])

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """Count the network that was typed."""
        event.stop()
        self.session.set(event.name, event.value)

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a row of the table, or on a point of the years, chooses that network."""
        event.stop()
        event.prevent_default()
        if event.phase == "press" and event.spot in self._choices["model"].choices:
            self.session.set("model", event.spot)
