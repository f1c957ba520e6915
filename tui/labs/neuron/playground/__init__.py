"""The view of `neuron.playground`: features, hidden layers and output from left to right, the loss below.

Where there is less room one part is shown at a time.
"""

import asyncio
from collections.abc import Callable

from msgspec import structs
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from engine.process.client import EngineError
from lessons.neuron.labs.playground.settings import (
    FEATURES,
    MOST_LAYERS,
    MOST_UNITS,
    PlaygroundSettings,
    features,
    layers,
    written,
)
from lessons.neuron.labs.playground.weights import encode, places
from lessons.vocabulary.drawings import DrawingError
from lessons.vocabulary.figures import Curves, Figure, Line
from lessons.vocabulary.marks import Mark
from lessons.vocabulary.marks import decode as decode_marks
from lessons.vocabulary.marks import encode as encode_marks
from lessons.vocabulary.observation import figures
from lessons.vocabulary.settings import Setting, Value, fields
from tui.commands import Command, bindings
from tui.labs.neuron.playground.head import EpochLine, MoreSettings, RunKeys
from tui.labs.neuron.playground.network import NetworkView, UnitBar
from tui.labs.neuron.playground.plane import PointsView
from tui.labs.neuron.playground.seeds import SeedCurves
from tui.labs.neuron.playground.weight import WeightSlider, called, incoming, weight_of
from tui.labs.neuron.playground.words import ScoreLines, WrongLine
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.chips import Chips
from tui.widgets.controls import Controls
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.fields import ChipLine, ChoiceField, NumberField
from tui.widgets.figure import FigureView
from tui.widgets.part_row import PartRow
from tui.widgets.slider import Slider

FULL = (108, 32)
"""Columns and rows of the lab from which all parts are shown at once."""

PARTS = ("network", "output", "loss")
"""Parts of which one is shown where there is less room; the first one has all the views."""

VIEWS = ("network", "gradient", "example", "seeds")
FIELDS = ("activation", "rate", "batch", "noise", "share", "regularization", "seed")
"""Settings in the row above the network."""

CARRIED = "lessons.neuron.experiments.playground.carried:carried"
"""What takes weights over into another shape, in the engine process."""

SYMBOLS = {setting.name: setting.label for setting in fields(PlaygroundSettings) if setting.name in FEATURES}

KEYS = (Command("own_file", ("i",), "change", 9),)


class View(LabView):
    """Run keys, data and settings above; network, map and loss below."""

    FIRST = "network"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.part = "network"
        """What is shown where there is room for one part only."""

        self._carrying = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Bench and exercise; the first row is the head."""
        with Vertical(id="bench"):
            yield from self.compose_bench()
        yield ExerciseStrip(self.session.attempt, id="exercise")

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `playground.tcss` arranges them."""
        session, known = self.session, {setting.name: setting for setting in fields(PlaygroundSettings)}
        network = NetworkView(id="network")
        with Container(id="run-row"):
            yield EpochLine(session, id="head")
            yield RunKeys(session, id="run-keys")
            yield ChipLine(known["data"], str(getattr(session.settings, "data", "")))
        with Horizontal(id="fields"):
            with Horizontal(id="field-row"):
                for name in FIELDS:
                    yield _field(known[name], session)
            yield MoreSettings(id="more-settings")
        yield PartRow((*VIEWS, *PARTS[1:]), "neuron.playground.part", self.settings.view, id="looks")
        with Horizontal(id="main"):
            with Vertical(id="network-side"):
                yield network
                yield Controls(session.settings, only=("example", "turn"), beside=True, id="way")
                yield FigureView(id="passed")
                yield SeedCurves(session, id="seed-curves")
                yield UnitBar(network, id="unit-bar")
                yield WeightSlider(id="weight")
            with Vertical(id="output-side"):
                with Horizontal(id="maps"):
                    yield PointsView(id="output")
                    yield FigureView(id="marked")
                with Vertical(id="loss-side"):
                    yield FigureView(id="loss")
                    yield ScoreLines(session, id="score-lines")
                    yield WrongLine(session, id="wrong-line")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the network is that of the first."""
        if name != "network":
            return super().control(name)
        if self.has_class("-parts") and self.part != "network":
            sets_points = self.part == "output" and self.settings.data == "own"
            return self.query_one(PointsView if sets_points else PartRow)
        view = self.settings.view
        if view == "example":
            return super().control("turn")
        return self.query_one(SeedCurves if view == "seeds" else NetworkView)

    @property
    def settings(self) -> PlaygroundSettings:
        """The lab's present settings."""
        settings = self.session.settings
        assert isinstance(settings, PlaygroundSettings)
        return settings

    def on_resize(self, event: events.Resize) -> None:
        """Show everything at once where there is room for it."""
        full = event.size.width >= FULL[0] and event.size.height >= FULL[1]
        self.set_class(full, "-full")
        self.set_class(not full, "-parts")
        if full:
            self.part = "network"
        self.show()
        self.call_after_refresh(self.fit_fields)

    def fit_fields(self) -> None:
        """Show as many of the settings as have room, none of them cut."""
        row = self.query_one("#field-row")
        room = row.size.width
        for each in row.children:
            room -= each.get_content_width(row.size, self.app.size)
            if each.display != (room >= -1):
                each.display = room >= -1

    # Showing

    def show_settings(self) -> None:
        """Bring the controls and the fields to the session."""
        super().show_settings()
        for each in self.all_of("#field-row > *, ChipLine"):
            if isinstance(each, Slider):
                each.value = float(getattr(self.settings, each.key))
            elif isinstance(each, Chips):
                each.value = each.text_of(getattr(self.settings, each.key))
        self.fit_fields()

    def show(self) -> None:
        """Show what is wanted of the present moment, beside the marked one where there is one."""
        settings, session = self.settings, self.session
        for view in VIEWS:
            self.set_class(view == settings.view, f"-view-{view}")
        for part in PARTS:
            self.set_class(part == self.part, f"-part-{part}")
        if session.problem is not None and session.problem.kind == "WeightsError" and settings.weights:
            session.set("weights", "")  # the footer has said why; the network of the seed can be shown
            return
        row = self.query_one(PartRow)
        parts = (*VIEWS, *PARTS[1:]) if self.has_class("-parts") else VIEWS
        if parts != row.parts:
            row.parts = parts
            row.repaint()
        row.part = settings.view if self.part == "network" else self.part
        network = self.query_one(NetworkView)
        if network.has_focus and self.control("network") is not network:
            self.call_after_refresh(self._focus_shown)
        self.query_one(PointsView).allow(settings.data == "own")
        super().show()
        marked = self._marked()
        self.set_class(marked is not None, "-compared")
        before = figures(session.marked.observation)["output"] if marked is not None and session.marked else None
        self.query_one("#marked", FigureView).show(
            structs.replace(before, title="@neuron.playground.marked") if before is not None else None
        )
        network.settle()
        self._show_weight()
        for widget in self.all_of("RunKeys, EpochLine, ScoreLines, WrongLine, SeedCurves, UnitBar"):
            if isinstance(widget, CanvasWidget) and widget.size.height:
                widget.repaint()

    def _marked(self) -> Figure | None:
        """The marked moment's loss, if it is another moment than the present one."""
        marked = self.session.marked
        if marked is None or marked.observation is self.session.observation:
            return None
        return figures(marked.observation).get("loss")

    def _with_mark(self, shown: dict[str, Figure]) -> dict[str, Figure]:
        """Draw the marked moment's test loss into the curves."""
        before, now = self._marked(), shown.get("loss")
        if isinstance(before, Curves) and isinstance(now, Curves):
            old = before.lines[-1]
            high, right = max(before.y.high, now.y.high), max(before.x.high, now.x.high)
            line = Line(x=old.x, y=old.y, name="@neuron.playground.marked", tone="accent", stroke="dashed")
            shown["loss"] = structs.replace(
                now,
                x=structs.replace(now.x, high=right),
                y=structs.replace(now.y, high=high),
                lines=(line, *now.lines),
            )
        return shown

    # Moving about

    def next_part(self) -> None:
        """Show the next view of the network; where one part is shown at a time, after these the other parts."""
        row = self.query_one(PartRow)
        self._show_part(row.parts[(row.parts.index(row.part) + 1) % len(row.parts)])
        self.call_after_refresh(self._focus_shown)

    def _focus_shown(self) -> None:
        """Give the keys to what is shown, unless an exercise has opened and got them."""
        if not isinstance(self.screen.focused, ExerciseStrip) and (first := self.control("network")) is not None:
            first.focus()

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show another view or part."""
        event.stop()
        self._show_part(event.part)

    def _show_part(self, part: str) -> None:
        self.part = part if part in PARTS[1:] else "network"
        if part in VIEWS:
            self.session.look(view=part)
        self.show()

    def on_seed_curves_chosen(self, event: SeedCurves.Chosen) -> None:
        """Look at another one of the networks."""
        event.stop()
        self.session.look(shown=event.place)

    def on_seed_curves_wanted(self, event: SeedCurves.Wanted) -> None:
        """Let as many learn at once as there can be."""
        event.stop()
        self.session.set("seeds", 24)

    def on_network_view_looked(self, event: NetworkView.Looked) -> None:
        """Show the unit's map large; while one of its weights is moved it stays."""
        event.stop()
        self.query_one(UnitBar).repaint()
        if not event.unit and self.query_one(WeightSlider).has_focus:
            return
        self.session.look(unit="" if event.unit == "output" else event.unit)

    def on_network_view_wanted(self, event: NetworkView.Wanted) -> None:
        """Change the network, or go to a weight."""
        event.stop()
        if event.what == "toggle":
            self._reshape(lambda: {event.name: not getattr(self.settings, event.name)})
        elif event.what == "link":
            source, _, target = event.name.partition(">")
            self._open_weight(source, target)
        elif event.what == "weights":
            sources = incoming(self._places(), event.name)
            if sources:
                self._open_weight(sources[0], event.name)
        else:
            by = 1 if event.what == "add" else -1
            self._reshape(lambda: self._grown(event.name, by))

    def _reshape(self, change: Callable[[], dict[str, Value]]) -> None:
        """Change units or features; weights set by hand stay where the units at both their ends do.

        What learns already keeps its weights by itself.
        """
        if self.settings.weights and not self.session.learning:
            self.run_worker(self._carry(change), group="reshape", exit_on_error=False)
        elif changed := change():
            self.session.set_all(**changed, weights="")

    async def _carry(self, change: Callable[[], dict[str, Value]]) -> None:
        """Take the weights over; changes that come meanwhile wait, and begin where this one ends."""
        async with self._carrying:
            before, changed = self.settings, change()
            if not changed:
                return
            now = structs.replace(before, **changed)
            try:
                weights = await self.session.engine.call(CARRIED, before, now, result=str)
            except EngineError:
                weights = ""
            self.session.set_all(**changed, weights=weights)

    def _grown(self, name: str, by: int) -> dict[str, Value]:
        """Add or remove a unit of a layer; at the output, a layer."""
        units = list(layers(self.settings.hidden))
        layer, _, _ = name.partition(".")
        if name == "output":
            if by > 0 and len(units) < MOST_LAYERS:
                units.append(units[-1] if units else 4)
            elif by < 0 and units:
                units.pop()
        elif layer.isdigit() and int(layer) <= len(units):
            count = units[int(layer) - 1] + by
            if count:
                units[int(layer) - 1] = min(count, MOST_UNITS)
            else:
                del units[int(layer) - 1]
        hidden = written(tuple(units))
        return {"hidden": hidden} if hidden != self.settings.hidden else {}

    # Weights

    def _places(self) -> list[tuple[str, str]]:
        return list(places(features(self.settings), layers(self.settings.hidden)))

    def _open_weight(self, source: str, target: str) -> None:
        if self.settings.seeds > 1:
            self.nnlab.tell_text(self.nnlab.words.text("neuron.playground.one_network"))
            return
        say = self.nnlab.words.text
        name = called(source, target, SYMBOLS, say("neuron.playground.bias"), "y")
        slider = self.query_one(WeightSlider)
        slider.open(source, target, name)
        self.add_class("-weighing")
        self._show_weight()
        slider.focus()

    def _show_weight(self) -> None:
        slider, seen = self.query_one(WeightSlider), self.session.observation
        if not self.has_class("-weighing") or seen is None:
            return
        value = weight_of(seen.weights, self._places(), slider.source, slider.target)  # type: ignore[attr-defined]
        if value is not None and self.session.shown_settings == self.session.settings:
            slider.take(value)

    def on_weight_slider_other(self, event: WeightSlider.Other) -> None:
        """Go to another weight of the unit, or back to the network."""
        event.stop()
        slider = self.query_one(WeightSlider)
        sources = incoming(self._places(), slider.target)
        if event.way and slider.source in sources:
            at = (sources.index(slider.source) + event.way) % len(sources)
            self._open_weight(sources[at], slider.target)
        else:
            self._close_weight()

    def _close_weight(self) -> None:
        self.remove_class("-weighing")
        self.query_one(WeightSlider).remove_class("-open")
        self.query_one(NetworkView).focus()

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """A moved weight becomes part of all weights; the rest are settings."""
        if event.name != "weight":
            return  # the base sets it
        event.stop()
        event.prevent_default()
        seen, spot = self.session.observation, (event.slider.source, event.slider.target)  # type: ignore[attr-defined]
        found = self._places()
        if seen is None or spot not in found or len(found) != len(seen.weights):  # type: ignore[attr-defined]
            return
        parameters = seen.weights.copy()  # type: ignore[attr-defined]
        parameters[found.index(spot)] = event.value
        self.session.set("weights", encode(parameters))

    # Own data

    def _marks(self) -> list[Mark]:
        try:
            return decode_marks(self.settings.points)
        except DrawingError:
            return []

    def on_points_view_put(self, event: PointsView.Put) -> None:
        """Set a point, or take the nearest one away."""
        event.stop()
        marks = self._marks()
        if event.sign:
            marks.append((event.x1, event.x2, float(event.sign)))
        elif marks:
            marks.remove(min(marks, key=lambda mark: (mark[0] - event.x1) ** 2 + (mark[1] - event.x2) ** 2))
        self.session.set("points", encode_marks(marks))

    def action_own_file(self) -> None:
        """Ask for a CSV file and learn from it."""
        from tui.screens.choose_image import ChooseImage

        def take(path: str) -> None:
            self.session.set_all(file=path, data="file")

        self.app.push_screen(
            ChooseImage(self.settings.file, take, "neuron.playground.choose", (".csv", ".tsv", ".txt"), "points.csv")
        )

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A drag moves the goal; a click on the map follows the nearest example."""
        if event.spot == "goal" and event.phase != "release":
            event.stop()
            self.session.set("goal", round(min(max(event.place[1], 0.01), 0.5), 2))
        elif event.spot == "plane" and self.settings.view == "example" and event.phase == "press":
            event.stop()
            self._follow_nearest(event.place)

    def _follow_nearest(self, place: tuple[float, float]) -> None:
        figure = self.query_one(PointsView).figure
        points, tests = getattr(figure, "points", ()), getattr(figure, "tests", None)
        first = int(tests.sum()) if tests is not None else 0
        trained = points[first:]
        if len(trained):
            away = [(x - place[0]) ** 2 + (y - place[1]) ** 2 for x, y in trained.tolist()]
            self.session.look(example=min(away.index(min(away)), 999))


def _field(setting: Setting, session: LabSession) -> NumberField | ChoiceField:
    value = getattr(session.settings, setting.name)
    return ChoiceField(setting, value) if setting.choices else NumberField(setting, float(value))
