"""The view of `generative_ai.prompt_box`: the prompt above, the answer and every step to it below, settings beside."""

from typing import get_args

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from lessons.generative_ai.labs.prompt_box.settings import PromptBoxSettings
from lessons.generative_ai.labs.prompt_box.settings import View as Shown
from lessons.vocabulary.settings import fields
from tui.commands import Command, bindings
from tui.labs.generative_ai.prompt_box_words import AnswerLine, PromptNews, ReadLine, WordView
from tui.labs.line import LabLine
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.checkpoint_slider import CheckpointSlider
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.text_row import TextRow
from tui.widgets.training_line import TrainingLine
from tui.widgets.typed_row import TypedRow

VIEWS: tuple[str, ...] = get_args(Shown)
SETTINGS = {setting.name: setting for setting in fields(PromptBoxSettings)}

SLIM = 96
"""Columns of the lab below which the right side is narrower."""

WORDS = range(1, 7)
"""Words that have a map and a picture without them."""

DRAWING = ("guidance", "steps", "seed", "samples", "back")
TRAINING = ("train_steps", "batch", "rate", "width", "train_seed")

KEYS = (Command("own_prompt", ("i",), "change", 4),)


class View(LabView):
    """Above the prompt as it is read; left the pictures of what is looked at; right the settings."""

    FIRST = "prompt"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    WALK = ("walk_on", "walk_one", "walk_anew")
    """What the keys of a walk are called."""

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `prompt_box.tcss` arranges them."""
        session, settings = self.session, self.settings
        yield TextRow(SETTINGS["prompt"], settings.prompt, label=12)
        yield TextRow(SETTINGS["prompt2"], settings.prompt2, label=12)
        yield ReadLine(session, id="read")
        yield AnswerLine(session, id="answer")
        yield PromptNews(session, id="news")
        yield Controls(settings, only=("view",), beside=True, id="views")
        with Horizontal(id="sides"):
            with Vertical(id="left"):
                yield FigureView(id="text")
                with Horizontal(id="pictures"):
                    for name in ("picture", "estimate", "picture2", "difference", "many"):
                        yield FigureView(id=name)
                yield FigureView(id="walk")
                with Horizontal(id="maps"):
                    for number in WORDS:
                        with Vertical(id=f"map{number}"):
                            yield WordView(id=f"word{number}")
                            yield WordView(id=f"without{number}")
                yield FigureView(id="effects")
                yield FigureView(id="held_out")
                yield FigureView(id="held_out_read")
                with Vertical(id="course"):
                    yield FigureView(id="loss")
                    yield FigureView(id="progress")
                    yield CheckpointSlider(SETTINGS["checkpoint"], float(settings.checkpoint))
                    yield TrainingLine(session, id="run-line")
            with Vertical(id="right"):
                yield Controls(settings, only=("machine",), id="set-machine")
                yield Controls(settings, only=DRAWING, id="set-drawing")
                with Container(id="judging"):
                    yield Controls(settings, only=("evaluate",), id="set-evaluate")
                    yield FigureView(id="rights")
                yield Controls(settings, only=TRAINING, id="set-training")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    @property
    def settings(self) -> PromptBoxSettings:
        """The lab's present settings."""
        settings = self.session.settings
        assert isinstance(settings, PromptBoxSettings)
        return settings

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the prompts are their rows."""
        return super().control("prompt" if name in ("train", "run") else name)

    def on_mount(self) -> None:
        """Set what is at the right on panel."""
        for widget in self.query("#right CanvasWidget").results(CanvasWidget):
            widget.ground = "panel"

    def on_resize(self, event: events.Resize) -> None:
        """Leave the pictures their part where the lesson stands beside the lab."""
        self.set_class(event.size.width < SLIM, "-slim")

    # Showing

    def show_settings(self) -> None:
        """Bring the controls to the session, and show those that mean something now."""
        super().show_settings()
        settings, attempt = self.settings, self.session.attempt
        begun = self.session.lab.set_by({}, attempt.language)
        for row in self.query(TextRow):
            value = str(getattr(settings, row.setting.name))
            row.default = str(getattr(begun, row.setting.name))
            row.show(value, value)
        for view in VIEWS:
            self.set_class(view == settings.view, f"-view-{view}")

    def show(self) -> None:
        """Show what is wanted of the present moment."""
        for number in WORDS:
            self.query_one(f"#map{number}").display = (
                getattr(self.session.observation, f"word{number}", None) is not None
            )
        self.set_class(getattr(self.session.observation, "answered", "diffusion") == "gpt", "-gpt")
        super().show()
        for line in self.query(LabLine):
            line.update() if isinstance(line, AnswerLine) else line.repaint()
        news = self.query_one(PromptNews)
        self.set_class(not news.text()[0], "-quiet")
        news.update()
        kept, slider = tuple(getattr(self.session.observation, "steps_kept", ())), self.query_one(CheckpointSlider)
        slider.keep(kept)
        slider.value = float(self.settings.checkpoint)
        self.set_class(len(kept) > 1, "-kept")
        if self.settings.view == "train":
            self.query_one(TrainingLine).show()

    # What the learner does

    def next_part(self) -> None:
        """Show the next view."""
        at = (VIEWS.index(self.settings.view) + 1) % len(VIEWS)
        self.session.playing = False
        self.session.look(view=VIEWS[at])

    def action_own_prompt(self) -> None:
        """Type another prompt."""
        self.query_one("#setting-prompt", TextRow).action_type()

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """Answer another prompt, from its finished picture on."""
        event.stop()
        self.session.playing = False
        self.session.set_all(**{event.name: event.value, "back": 0})

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a moment of the walk looks at it."""
        spot, _, number = event.spot.partition(":")
        if event.phase == "press" and event.view.id == "walk" and spot == "frame":
            event.stop()
            event.prevent_default()
            last = len(getattr(getattr(self.session.observation, "walk", None), "frames", ())) - 1
            self.session.playing = False
            self.session.look(back=max(0, last - int(number)))
