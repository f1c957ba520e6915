"""What every lab's view does: name and goal, figures, controls, exercise; it shows its session and computes nothing."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import structs
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from lessons.vocabulary.figures import Curves, Figure, Formula
from lessons.vocabulary.observation import figures
from tui.drawing.canvas import Canvas
from tui.labs.setting import SetsSession
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.controls import Controls
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.figure import FigureView

if TYPE_CHECKING:
    from tui.app import NnlabApp


class LabHead(CanvasWidget):
    """The lab's name and the question it answers; what is being computed at the right."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self.computing = 0.0
        """Seconds that the present picture has been waited for; shown from 0.3 on."""

    def paint(self, canvas: Canvas) -> None:
        """Draw name and goal."""
        name = self.session.lab.name
        x = canvas.put(3, 0, self.words.text(f"{name}.title"), canvas.ink("text", bold=True))
        canvas.put(x + 3, 0, self.words.text(f"{name}.goal"), canvas.ink("muted"))
        if self.session.problem is not None:
            text = self.words.text("lab.problem")
            canvas.put_right(canvas.width - 2, 0, f"✗ {text}", canvas.ink("error", bold=True))
        elif self.computing >= 0.3:
            seconds = f" {self.computing:.0f} s" if self.computing >= 2 else ""
            text = self.words.text("lab.computing") + seconds
            canvas.put_right(canvas.width - 2, 0, text, canvas.ink("run"))
        elif self.session.playing or (self.session.training is not None and self.session.training.going_on):
            canvas.put_right(canvas.width - 2, 0, f"▸ {self.words.text('lab.playing')}", canvas.ink("run"))
        elif self.session.learning and self.session.finished:
            canvas.put_right(canvas.width - 2, 0, self.words.text("lab.finished"), canvas.ink("muted"))


class LabView(SetsSession, Container):
    """The view of one lab; subclasses place the figures that need a place of their own.

    Its class is the lab's name (`next-word`): the lab's style sheet begins every rule with it, for a sheet that has
    been read holds in the whole program. `-asks-<exercise>` is the class of the exercise that it is at, so that a sheet
    can show what that one needs where there is little room.
    """

    FIRST = ""
    """The setting whose control has the focus at first; empty for the first one."""

    choices: int | None = None
    """Choices on the screen that the number keys answer; 0 while they rest, None where they go to other labs."""

    places: ClassVar[Mapping[str, int]] = {}
    """Keys that have another place in the footer now than their own."""

    def __init__(self, session: LabSession) -> None:
        super().__init__(id="lab", classes=session.lab.name.partition(".")[2].replace("_", "-"))
        self.session = session
        self._found: dict[str, list[Widget]] | None = None
        """What `all_of` has found, once the view is whole."""

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    def compose(self) -> ComposeResult:
        """Head, bench, exercise."""
        yield LabHead(self.session, id="head")
        with Vertical(id="bench"):
            yield from self.compose_bench()
        yield ExerciseStrip(self.session.attempt, id="exercise")

    def compose_bench(self) -> ComposeResult:
        """Formulas above, the other figures side by side, controls below; subclasses place them otherwise."""
        hints = self.figure_kinds()
        for name, kind in hints.items():
            if kind is Formula:
                yield FigureView(id=name)
        with Container(id="work"):
            with Horizontal(id="figures"):
                for name, kind in hints.items():
                    if kind is not Formula:
                        yield FigureView(id=name)
            yield Controls(self.session.settings, id="controls")

    def put_figures_first(self, first: bool) -> None:
        """Set figures and controls above the formulas, where the lab has to be scrolled."""
        bench, work = self.query_one("#bench"), self.query("#work")
        if not work or not bench.query_children(FigureView):
            return
        formulas = bench.query_children(FigureView)
        above = bench.children.index(work.first()) < bench.children.index(formulas.first())
        if above != first:
            for formula in formulas:
                bench.move_child(formula, **({"after": work.first()} if first else {"before": work.first()}))

    def figure_kinds(self) -> dict[str, type]:
        """Name the figures of the lab's observation and their kinds, in their order."""
        from typing import get_args, get_type_hints

        from lessons.vocabulary.observation import FIGURES

        found = {}
        for name, hint in get_type_hints(self.session.lab.observation).items():
            kind = next((each for each in (hint, *get_args(hint)) if each in FIGURES), None)
            if kind is not None:
                found[name] = kind
        return found

    def on_mount(self) -> None:
        """Show what is there, ask for what isn't, and follow the run that the lab looks into.

        Textual calls this after a subclass's own, without being asked to.
        """
        self._found = {}
        self.show()
        if self.session.training is not None:
            self.session.training.follow()

    def on_unmount(self) -> None:
        """Look at the run no more; it goes on."""
        if self.session.training is not None:
            self.session.training.leave()

    def all_of(self, selector: str) -> list[Widget]:
        """Give the view's widgets of a selector; a whole view gets no others, so they are looked for once.

        Looking for them at every picture takes as long as drawing it.
        """
        if self._found is None:
            return list(self.query(selector))
        if selector not in self._found:
            self._found[selector] = list(self.query(selector))
        return self._found[selector]

    def show_settings(self) -> None:
        """Bring the controls to the session."""
        for controls in self.all_of("Controls"):
            assert isinstance(controls, Controls)
            controls.show(self.session.settings)

    def show(self) -> None:
        """Bring figures, controls and exercise to the session."""
        session = self.session
        if session.observation is not None:
            shown = self._with_mark(figures(session.observation))
            for view in self.all_of("FigureView"):
                if view.id is not None and isinstance(view, FigureView):
                    view.show(shown.get(view.id))
        self.show_settings()
        for number, exercise in enumerate(session.lab.exercises):
            self.set_class(number == session.attempt.index, f"-asks-{exercise.name.replace('_', '-')}")
        strip = self.query_one(ExerciseStrip)
        strip.repaint(layout=strip.rows(strip.size.width) != strip.size.height)
        self.query_one(LabHead).repaint()

    def _with_mark(self, shown: dict[str, Figure]) -> dict[str, Figure]:
        """Draw the marked moment's point into the curves that have one now."""
        marked = self.session.marked
        if marked is None or marked.settings == self.session.settings:
            return shown
        before = figures(marked.observation)
        for name, figure in shown.items():
            old = before.get(name)
            if isinstance(figure, Curves) and isinstance(old, Curves) and old.point and old.point != figure.point:
                shown[name] = structs.replace(figure, ghost=old.point)
        return shown

    def answer(self, number: int) -> None:
        """Take a choice by its number; views with `choices` do."""

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting."""
        found = self.query(f"#setting-{name}") if name.isidentifier() else ()
        return found.first() if found else None

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on what belongs to a setting goes to its control; subclasses do more."""
        event.stop()
        if event.phase == "press":
            control = self.control(event.spot)
            if control is not None:
                control.focus()


def view_of(session: LabSession) -> LabView:
    """Make the view of a lab: its own, or the common one."""
    section, _, lab = session.lab.name.partition(".")
    name = f"tui.labs.{section}.{lab}"
    kind: type[LabView] = import_module(name).View if find_spec(name) else LabView
    return kind(session)
