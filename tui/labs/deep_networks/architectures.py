"""The view of `deep_networks.architectures`: the network, and beside it another, what is said of it, or its maps."""

from functools import partial

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from lessons.deep_networks.labs.architectures import ALL, CHOOSES, LONGEST, NAME, PHOTOGRAPHS
from tui.commands import Command, bindings
from tui.errors import of_model
from tui.labs.deep_networks.architectures_words import (
    InsideLine,
    Paragraphs,
    Refused,
    inside_texts,
    own_texts,
    said_texts,
)
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.chips import Chips
from tui.widgets.choice_list import ChoiceList
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.network_view import NetworkView
from tui.widgets.part_row import PartRow
from tui.widgets.slider import Slider

VIEWS = ("layers", "quoted", "maps")

FILES = {"ImageError": "image", "WeightsProblem": "weights", "OnnxProblem": "onnx"}
"""Errors of files, and the settings that name these files."""

KEYS = (
    Command("own_image", ("i",), "change", 11),
    Command("own_weights", ("w",), "change", 12),
    Command("own_model", ("m",), "change", 13),
)


class View(LabView):
    """Settings above; then how the chosen layer is counted; then the network and what stands beside it."""

    FIRST = "graph"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.refused = ""
        """Why a file was not taken, until something else is set."""

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `architectures.tcss` arranges them."""
        settings = self.session.settings
        with Container(id="choices"):
            for name in ("name", "shortcut", "beside", "view"):
                yield Controls(settings, only=(name,), beside=True, id=f"choice-{name}")
        yield Refused(id="refused")
        with Container(id="count"):
            yield FigureView(id="arithmetic")
        with Horizontal(id="pair"):
            yield NetworkView(id="graph")
            yield NetworkView(id="second")
            with VerticalScroll(id="said", can_focus=True):
                yield FigureView(id="quotes")
                yield Paragraphs(self.session, said_texts, id="reasons")
            with Vertical(id="inside-side"):
                with Container(id="inside-choices"):
                    yield PartRow((*PHOTOGRAPHS, "own"), f"{NAME}.photo", self._photograph(), id="photographs")
                    yield Controls(settings, only=("first",), beside=True, id="choice-first")
                    yield Controls(settings, only=("seed",), beside=True, id="choice-seed")
                with Horizontal(id="pictures"):
                    yield FigureView(id="photo")
                    yield FigureView(id="maps")
                yield InsideLine(self.session, id="inside-line")
                yield Paragraphs(self.session, inside_texts, id="told")

        yield Paragraphs(self.session, own_texts, id="own-notes")

    def _photograph(self) -> str:
        image = str(getattr(self.session.settings, "image", ""))
        return image if image in PHOTOGRAPHS else "own"

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; that of the layer is the network, or what is shown in its place."""
        if name in ("graph", "layer", "opened"):
            graph = self.query_one("#graph")
            return graph if graph.display else self.query_one("#said")
        return super().control(name)

    # What is shown

    def show(self) -> None:
        """Show what the present view needs, or why a file was refused."""
        settings, seen = self.session.settings, self.session.observation
        view = str(getattr(settings, "view", "layers"))
        two = view == "layers" and getattr(seen, "second", None) is not None
        for name in VIEWS:
            self.set_class(name == view, f"-{name}")
        self.set_class(two, "-two")
        self.set_class(bool(own_texts(self.session, self.nnlab.words)), "-own")
        self.set_class(getattr(seen, "maps", None) is not None, "-seen")
        super().show()
        graph = self.query_one("#graph")
        if graph.has_focus and not graph.display:
            self.query_one("#said").focus()
        self._give_back()
        self.query_one(Refused).say(self.refused)
        for paragraphs in self.query(Paragraphs):
            paragraphs.update()
        self.query_one(InsideLine).repaint()

    def show_settings(self) -> None:
        """Bring controls and cursors to the session."""
        super().show_settings()
        settings, seen = self.session.settings, self.session.observation
        for network in self.query(NetworkView):
            network.go_to(str(getattr(settings, "layer", "")))
        self.query_one("#photographs", PartRow).part = self._photograph()
        self.query_one("#choice-shortcut").set_class(not self._has_options(), "-idle")
        slider = self.control("first")
        total, shown = getattr(seen, "maps_total", None), getattr(seen, "maps_shown", None)
        if isinstance(slider, Slider) and total is not None and shown is not None:
            slider.limit(high=max(total - shown, 1))

    def _has_options(self) -> bool:
        settings = self.session.settings
        names = (getattr(settings, "name", ""), getattr(settings, "beside", ""))
        return not getattr(settings, "onnx", "") and any(name in CHOOSES for name in names)

    def _give_back(self) -> None:
        """Where a file can't be taken, say why, and go on with what was there before."""
        session = self.session
        problem = session.problem
        name = FILES.get(problem.kind) if problem is not None else None
        if problem is None or name is None:
            return
        self.refused = of_model(problem.kind, problem.values, self.nnlab.words)
        before = getattr(session.shown_settings, name, None)
        default = getattr(session.lab.settings(), name)
        now = getattr(session.settings, name)
        if now != default:
            session.set(name, default if before in (None, now) else before)

    # What the learner does

    def next_part(self) -> None:
        """Show the next view."""
        place = VIEWS.index(str(getattr(self.session.settings, "view", "layers")))
        self._set(view=VIEWS[(place + 1) % len(VIEWS)])

    def _set(self, **values: str | int) -> None:
        self.refused = ""
        self.session.set_all(**values)

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        """Another network begins folded."""
        event.stop()
        event.prevent_default()
        if str(event.value) == getattr(self.session.settings, event.name):
            return  # a list tells its first choice too
        fresh = {"opened": "", "layer": "", "first": 0, "onnx": "", "weights": ""} if event.name == "name" else {}
        self._set(**{event.name: str(event.value)}, **fresh)

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """What was refused before is said no more."""
        event.stop()
        event.prevent_default()
        self._set(**{event.name: str(event.value)})

    def on_network_view_moved(self, event: NetworkView.Moved) -> None:
        """Look at another layer; its maps are shown from the first one on."""
        event.stop()
        self._set(layer=event.name, first=0)

    def on_network_view_folded(self, event: NetworkView.Folded) -> None:
        """Open a block, or fold it with what is in it."""
        event.stop()
        stages = self.query_one("#graph", NetworkView).stages + self.query_one("#second", NetworkView).stages
        opened = {each.name for each in stages if each.fold == "open"}
        opened ^= {event.name}
        text = ",".join(dict.fromkeys(each.name for each in stages if each.name in opened))
        if len(text) <= LONGEST:
            self._set(opened=text, layer=event.name)

    def on_network_view_folded_all(self, event: NetworkView.FoldedAll) -> None:
        """Open or fold all blocks."""
        event.stop()
        self._set(opened=ALL if event.opened else "")

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a quoted layer goes to it."""
        event.stop()
        event.prevent_default()
        kind, _, name = event.spot.partition(":")
        if kind == "row" and name and event.phase == "press":
            self._set(layer=name)

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Let another photograph go through it."""
        event.stop()
        if event.part == "own":
            self.query_one("#photographs", PartRow).part = self._photograph()  # until there is one
            self.action_own_image()
        else:
            self._set(image=event.part)

    def action_own_image(self) -> None:
        """Ask for an image file, and look at its maps."""
        from tui.screens.choose_image import ChooseImage

        path = str(getattr(self.session.settings, "image", ""))
        shown = "" if path in PHOTOGRAPHS else path
        self.app.push_screen(ChooseImage(shown, lambda path: self._set(image=path, view="maps"), example="cat.jpg"))

    def action_own_weights(self) -> None:
        """Ask for a file of official weights; none is random weights again."""
        from tui.screens.choose_file import ChooseFile

        path = str(getattr(self.session.settings, "weights", ""))
        title, endings = f"{NAME}.weights_file.title", (".safetensors", ".pth", ".pt")
        take = partial(self._set_one, "weights", {"view": "maps"})
        self.app.push_screen(ChooseFile(path, take, title, endings, "resnet18.pth"))

    def action_own_model(self) -> None:
        """Ask for an ONNX file to be drawn and counted; none is the named network again."""
        from tui.screens.choose_file import ChooseFile

        path = str(getattr(self.session.settings, "onnx", ""))
        take = partial(self._set_one, "onnx", {"opened": "", "layer": "", "first": 0})
        self.app.push_screen(ChooseFile(path, take, f"{NAME}.onnx_file.title", (".onnx",), "model.onnx"))

    def _set_one(self, name: str, others: dict[str, str | int], path: str) -> None:
        self._set(**{name: path}, **others)
