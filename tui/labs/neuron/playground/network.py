"""The network to move about in: units by keys and mouse, links by a click; under it what can be done with a unit."""

from dataclasses import dataclass, replace

from textual import events
from textual.message import Message
from textual.reactive import reactive

from lessons.neuron.labs.playground.settings import FEATURES, MOST_LAYERS, MOST_UNITS
from lessons.vocabulary.figures import Graph
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.graph import link_at
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.figure import FigureView

KEYS = (
    Command(
        "unit",
        ("left", "right", "up", "down"),
        "move",
        4,
        "←→↑↓",
        actions=("unit(-1,0)", "unit(1,0)", "unit(0,-1)", "unit(0,1)"),
        palette=False,
    ),
    Command("add_unit", ("plus",), "change", 6),
    Command("remove_unit", ("minus",), "change", 6),
    Command("weights", ("enter",), "change", 5, palette=False),
)


class NetworkView(FigureView, can_focus=True):
    """The graph of the network; one unit in it is chosen."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    chosen: reactive[str] = reactive("output")
    """The unit that the keys are on."""

    @dataclass
    class Looked(Message):
        """The learner looks at a unit; empty for none."""

        unit: str

    @dataclass
    class Wanted(Message):
        """`what` is add, remove, weights, toggle or link; `name` the unit or the link's spot."""

        what: str
        name: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.add_class("-control")
        self._hovered = ""

    def look(self) -> Look:
        """Mark the unit that is looked at."""
        return replace(super().look(), focus=self._hovered or (self.chosen if self.has_focus else ""))

    @property
    def layers(self) -> list[list[str]]:
        """Names of the units, layer by layer."""
        found: list[list[str]] = []
        for node in self.figure.nodes if isinstance(self.figure, Graph) else ():
            while len(found) <= node.layer:
                found.append([])
            found[node.layer].append(node.name)
        return found

    def watch_chosen(self) -> None:
        """Show it, and tell what is looked at."""
        self.repaint()
        self._tell()

    def _tell(self) -> None:
        self.post_message(self.Looked(self._hovered or (self.chosen if self.has_focus else "")))

    def on_focus(self, event: events.Focus) -> None:
        """Look at the chosen unit; the base notes the focus only after this."""
        self.post_message(self.Looked(self._hovered or self.chosen))

    def on_blur(self, event: events.Blur) -> None:
        """Look at the output again."""
        self.post_message(self.Looked(self._hovered))

    def settle(self) -> None:
        """Choose a unit that is there, when the chosen one has gone."""
        layers = self.layers
        if layers and not any(self.chosen in layer for layer in layers):
            layer, _, _ = self.chosen.partition(".")
            there = layers[int(layer)] if layer.isdigit() and int(layer) < len(layers) - 1 else layers[-1]
            self.chosen = there[-1]

    def action_unit(self, across: int, down: int) -> None:
        """Go to another layer, or to another unit of the layer."""
        layers = self.layers
        at = next((index for index, names in enumerate(layers) if self.chosen in names), None)
        if at is None:
            return
        row = layers[at].index(self.chosen)
        if across:
            other = min(max(at + across, 0), len(layers) - 1)
            if other != at:
                share = (row + 0.5) / len(layers[at])
                self.chosen = layers[other][min(int(share * len(layers[other])), len(layers[other]) - 1)]
        else:
            self.chosen = layers[at][min(max(row + down, 0), len(layers[at]) - 1)]

    def action_add_unit(self) -> None:
        """Add a unit to the layer; on the output, a layer."""
        self.post_message(self.Wanted("add", self.chosen))

    def action_remove_unit(self) -> None:
        """Remove a unit from the layer; on the output, the last layer."""
        self.post_message(self.Wanted("remove", self.chosen))

    def action_weights(self) -> None:
        """Switch a feature on or off, or go to a unit's weights."""
        self.post_message(self.Wanted("toggle" if self.chosen in FEATURES else "weights", self.chosen))

    # Mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Look at what the pointer is over."""
        event.prevent_default()
        spot = self.spot_under(event)
        if spot != self._hovered:
            self._hovered = spot
            self.repaint()
            self._tell()

    def on_leave(self, event: events.Leave) -> None:
        """The pointer has gone."""
        if self._hovered:
            self._hovered = ""
            self.repaint()
            self._tell()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose a unit or a link; a feature is switched."""
        event.stop()
        event.prevent_default()
        self.focus()
        spot = self.spot_under(event)
        if spot:
            self.chosen = spot
            if spot in FEATURES:
                self.post_message(self.Wanted("toggle", spot))
        elif isinstance(self.figure, Graph):
            link = link_at(self.figure, self.size.width, self.size.height, event.x, event.y)
            if link is not None:
                self.chosen = link.target
                self.post_message(self.Wanted("link", link.spot))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Nothing is dragged here."""
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A double click on a unit goes to its weights."""
        event.stop()
        if event.chain == 2 and self.spot_under(event) and self.chosen not in FEATURES:
            self.post_message(self.Wanted("weights", self.chosen))


class UnitBar(CanvasWidget):
    """Names the chosen unit and what can be done with it."""

    DEFAULT_CSS = """
    UnitBar { height: 1; }
    """

    def __init__(self, network: NetworkView, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.network = network

    def paint(self, canvas: Canvas) -> None:
        """Draw name and keys."""
        say, chosen = self.words.text, self.network.chosen
        name = "neuron.playground"
        layers = self.network.layers
        entries: list[tuple[str, str, str]] = []
        if chosen in FEATURES:
            text = say(f"{name}.feature")
            entries.append(("enter", say(f"{name}.switch"), "weights"))
        elif chosen == "output":
            text = say("term.output")
            if len(layers) - 2 < MOST_LAYERS:
                entries.append(("+", say(f"{name}.add_layer"), "add_unit"))
            if len(layers) > 2:
                entries.append(("−", say(f"{name}.remove_layer"), "remove_unit"))
            entries.append(("enter", say(f"{name}.its_weights"), "weights"))
        else:
            text = say(f"{name}.of_unit") + f" {chosen}"
            count = next((len(each) for each in layers if chosen in each), 1)
            if count < MOST_UNITS:
                entries.append(("+", say(f"{name}.add"), "add_unit"))
            entries.append(("−", say(f"{name}.remove"), "remove_unit"))
            entries.append(("enter", say(f"{name}.its_weights"), "weights"))
        x = canvas.put(0, 0, text, canvas.ink("accent" if self.network.has_focus else "text", bold=True)) + 3
        for key, word, action in entries:
            start = x
            x = canvas.put(x, 0, key, canvas.ink("accent", bold=True))
            x = canvas.put(x + 1, 0, word, canvas.ink("muted"))
            canvas.spot(start, 0, x - start, 1, action)
            x += 3

    def spot_clicked(self, spot: str, event: object) -> None:
        """Do it."""
        self.call_later(self.app.run_action, spot, self.network)
