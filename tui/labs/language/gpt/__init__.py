"""The view of `language.gpt`: a text as it is written and what may come next; its training; its tokens; its times."""

from typing import get_args

from msgspec import structs
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from lessons.language.labs.gpt.ids import encode
from lessons.language.labs.gpt.settings import GptSettings
from lessons.language.labs.gpt.settings import View as Shown
from lessons.vocabulary.settings import fields
from tui.commands import Command, bindings
from tui.labs.language.gpt.passage import CandidatesView, Looked, Moved, PassageView, Picked
from tui.labs.language.gpt.words import (
    NAME,
    BeatLine,
    BitsStrip,
    ModelLines,
    PlanLine,
    StatsLine,
    TimeLine,
)
from tui.labs.line import LabLine, NewsLines
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.checkpoint_slider import CheckpointSlider
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.training_line import TrainingLine

_CHECKPOINT = next(setting for setting in fields(GptSettings) if setting.name == "checkpoint")
VIEWS: tuple[str, ...] = get_args(Shown)

LEARNS = ("train", "tokens")
"""Views that are about the text that was learned."""

SLIM = 96
"""Columns of the lab below which the right side is narrower."""

RULES = ("temperature", "top_k", "top_p", "min_p", "repetition")
TRAINING = (
    ("text", "level", "vocabulary"),
    (
        *("norm", "layers", "heads", "width", "context", "batch", "accumulate", "steps", "rate", "dropout", "seed"),
        "processes",
    ),
)

KEYS = (Command("own_prompt", ("i",), "change", 4),)


class View(LabView):
    """Left the text, the curves or the tokens; right what comes next and the settings."""

    FIRST = "text-view"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self._set_before: GptSettings | None = None
        """The settings that the controls show, without what writing itself changes."""

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `gpt.tcss` arranges them."""
        session, settings = self.session, self.session.settings
        with Horizontal(id="sides"):
            with Vertical(id="left"):
                yield Controls(settings, only=("view",), beside=True, id="views")
                with Vertical(id="course"):
                    yield FigureView(id="loss")
                    yield CheckpointSlider(_CHECKPOINT, settings.checkpoint)  # type: ignore[attr-defined]
                    yield BeatLine(session, id="beat")
                    yield TrainingLine(session, id="run-line")
                yield FigureView(id="sample")
                yield FigureView(id="times")
                with Horizontal(id="texts"):
                    yield PassageView(id="text")
                    yield FigureView(id="text2")
                yield FigureView(id="beams")
                yield FigureView(id="split")
                yield NewsLines(session, id="news")
                yield BitsStrip(session, id="bits")
                yield StatsLine(session, id="stats")
            with Vertical(id="right"):
                yield CandidatesView(id="next")
                with Container(id="rules"):
                    yield Controls(settings, only=("draw",), id="set-draw")
                    yield Controls(settings, only=(*RULES, "beams"), id="set-rules")
                with Container(id="further"):
                    yield Controls(settings, only=("two", "temperature2"), id="set-two")
                    yield Controls(settings, only=("seed",), id="set-seed")
                    yield Controls(settings, only=("cache",), id="set-cache")
                    yield TimeLine(session, id="time-line")
                with Container(id="training"):
                    for number, names in enumerate(TRAINING):
                        yield Controls(settings, only=names, id=f"training-{number}")
                    yield PlanLine(session, id="plan")
                yield FigureView(id="joined")
                yield ModelLines(session, id="model")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    @property
    def settings(self) -> GptSettings:
        """The lab's present settings."""
        settings = self.session.settings
        assert isinstance(settings, GptSettings)
        return settings

    @property
    def renamed(self) -> dict[str, str]:
        """The key of the prompt asks for a text to learn from, where the training is looked at."""
        return {"own_prompt": "learn_file"} if self.settings.view in LEARNS else {}

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the text is that of what is looked at."""
        if name in ("text-view", "place", "prompt", "written", "tokens"):
            text = self.query_one(PassageView)
            return text if self.settings.view == "write" else super().control("view")
        return super().control(name)

    def on_mount(self) -> None:
        """Set what is at the right on panel."""
        for widget in self.query("#right CanvasWidget").results(CanvasWidget):
            widget.ground = "panel"

    def on_resize(self, event: events.Resize) -> None:
        """Leave the text its part where the lesson stands beside the lab."""
        self.set_class(event.size.width < SLIM, "-slim")

    # Showing

    def show_settings(self) -> None:
        """Bring the controls to the session, and show those that mean something now; a token more changes none."""
        settings = self.settings
        set_now = structs.replace(settings, written="", tokens=0, place=0)
        if set_now == self._set_before:
            return
        self._set_before = set_now
        super().show_settings()
        self.query_one(PlanLine).repaint()
        self.query_one(CheckpointSlider).value = float(settings.checkpoint)
        for view in VIEWS:
            self.set_class(view == settings.view, f"-view-{view}")
        for draw in ("sample", "greedy", "beam"):
            self.set_class(draw == settings.draw, f"-draw-{draw}")
        self.set_class(settings.two, "-two")

    def show(self) -> None:
        """Show what is wanted of the present moment."""
        seen = self.session.observation
        kept = tuple(getattr(seen, "steps_kept", ()))
        self.query_one(CheckpointSlider).keep(kept)
        self.query_one(CandidatesView).cursor = None
        super().show()
        self.set_class(self.session.problem is not None, "-problem")
        for line in self.query(LabLine):
            if line.size.height:
                line.repaint()
        self.query_one(NewsLines).update()
        if self.settings.view == "train":
            self.query_one(TrainingLine).show()

    # What the learner does

    def next_part(self) -> None:
        """Show the next view."""
        at = (VIEWS.index(self.settings.view) + 1) % len(VIEWS)
        self.session.playing = False
        self.session.look(view=VIEWS[at])

    def _count(self) -> int:
        return len(getattr(self.session.observation, "token_ids", ()))

    def on_moved(self, event: Moved) -> None:
        """Look at another token."""
        event.stop()
        self._look_at(self._count() - self.settings.place + event.by)

    def on_looked(self, event: Looked) -> None:
        """Look at the token that was clicked; those of the prompt were not drawn."""
        event.stop()
        given = getattr(getattr(self.session.observation, "text", None), "given", 0)
        self._look_at(event.token - given)

    def _look_at(self, place: int) -> None:
        count = self._count()
        self.session.playing = False
        self.session.look(place=count - min(max(place, 0), count))

    def on_picked(self, event: Picked) -> None:
        """Put another token where one is looked at; what came after it goes, and the text branches."""
        event.stop()
        seen = self.session.observation
        candidates = getattr(seen, "candidates", ())
        if event.candidate >= len(candidates) or seen is None:
            return
        ids = (*seen.token_ids[: seen.looked_at], candidates[event.candidate])  # type: ignore[attr-defined]
        self.session.playing = False
        self.session.set_all(written=encode(ids), tokens=0, place=0)

    def action_own_prompt(self) -> None:
        """Ask for a prompt; where a training is looked at, for a text to learn from."""
        from tui.screens.ask_text import AskText
        from tui.screens.choose_image import ChooseImage

        settings = self.settings
        if settings.view in LEARNS:

            def take_file(path: str) -> None:
                self.session.set_all(file=path, text="own")

            endings = (".txt", ".md", ".csv", ".py", ".html")
            self.app.push_screen(ChooseImage(settings.file, take_file, f"{NAME}.choose", endings, "book.txt"))
            return

        def take(prompt: str) -> None:
            self.session.set_all(prompt=prompt, written="", tokens=0, place=0)

        self.app.push_screen(AskText(settings.prompt, take, f"{NAME}.ask_prompt", self._beginning()))

    def _beginning(self) -> str:
        figure = getattr(self.session.observation, "text", None)
        return "".join(figure.pieces[: figure.given]) if figure is not None else ""
