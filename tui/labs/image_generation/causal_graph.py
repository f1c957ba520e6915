"""The view of `image_generation.causal_graph`: the graph, the image of the causes, the decoder's, what is inferred.

Where there is less room one part is shown at a time.
"""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from lessons.image_generation.labs.causal_graph.observation import CausalGraphObservation
from lessons.image_generation.labs.causal_graph.settings import CAUSES, NAME, SIDE, CausalGraphSettings
from lessons.vocabulary.drawings import encode
from lessons.vocabulary.settings import fields
from tui.labs.image_generation.causal_graph_words import (
    CourseView,
    DecoderTitle,
    DecoderView,
    FoundLine,
    InferredWords,
    MeasuredLine,
    PadTitle,
    StepLine,
    Words,
)
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.checkpoint_slider import CheckpointSlider
from tui.widgets.controls import Controls
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.figure import FigureView
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import Pen, PixelPad

FULL = (118, 35)
"""Columns and rows of the lab from which all parts are shown at once."""

ROOMY = 114
"""Columns from which the decoder's image stands beside the causes and their image, where one part is shown."""

PARTS = ("causes", "decoder", "encoder", "training")
_CHECKPOINT = next(setting for setting in fields(CausalGraphSettings) if setting.name == "checkpoint")
ASKED_OF = {"average": "decoder", "paint": "encoder", "symmetry": "causes"}
"""The part that an exercise is about."""

TRAINING = (("examples", "harmonics"), ("steps", "batch", "rate", "seed"))


class View(LabView):
    """From causes to an image and back; below, how the networks have learned it."""

    FIRST = "object"

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.part = "causes"
        """What is shown where there is room for one part only."""

        self._asked = ""
        """The exercise whose part has been shown."""

    @property
    def settings(self) -> CausalGraphSettings:
        """The present settings."""
        assert isinstance(self.session.settings, CausalGraphSettings)
        return self.session.settings

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `causal_graph.tcss` arranges them."""
        session, settings = self.session, self.session.settings
        yield PartRow(PARTS, f"{NAME}.part", self.part, id="causal-parts")
        with Horizontal(id="causal-columns"):
            with Vertical(id="causes-side"):
                yield FigureView(id="graph")
                yield Controls(settings, only=CAUSES, id="set-causes")
            with Vertical(id="scene-side"):
                yield PadTitle(session, id="pad-title")
                yield PixelPad("drawn", rows=SIDE, columns=SIDE, id="pad")
                yield FoundLine(session, id="found-line")
                yield Controls(settings, only=("shift_x", "shift_y"), id="set-shift")
            with Vertical(id="decoder-side"):
                yield DecoderTitle(session, id="decoder-title")
                yield DecoderView(session, id="decoded")
                yield Controls(settings, only=("given", "noise", "noise_seed"), id="set-given")
            with Vertical(id="encoder-side"):
                yield FigureView(id="objects")
                yield FigureView(id="inferred")
                yield InferredWords(session, id="inferred-words")
        with Horizontal(id="causal-learning"):
            with Vertical(id="set-training"):
                for number, names in enumerate(TRAINING):
                    yield Controls(settings, only=names, id=f"set-training-{number}")
            with Vertical(id="course-side"):
                yield CourseView(id="course")
                yield CheckpointSlider(_CHECKPOINT, float(self.settings.checkpoint))
                yield MeasuredLine(session, id="measured-line")
                yield StepLine(session, id="run-line")

    def on_mount(self) -> None:
        """Follow the pen too."""
        self.watch(self.query_one(PixelPad), "pen", self._pen, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Show everything at once where there is room for it."""
        full = event.size.width >= FULL[0] and event.size.height >= FULL[1]
        self.set_class(full, "-full")
        self.set_class(not full, "-parts")
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the pad is that of the image."""
        return self.query_one(PixelPad) if name in ("image", "drawn", "own") else super().control(name)

    def _pen(self, pen: Pen) -> None:
        title = self.query_one(PadTitle)
        title.pen = pen
        title.repaint()

    # Showing

    def show(self) -> None:
        """Show the part that is wanted, and the image that the encoder reads."""
        self._show_asked()
        for part in PARTS:
            self.set_class(part == self.part, f"-part-{part}")
        seen, settings = self.session.observation, self.settings
        own = bool(settings.drawn or settings.own)
        if isinstance(seen, CausalGraphObservation) and (not own or self.session.shown_settings == settings):
            self.query_one(PixelPad).show(seen.image.values)
        super().show()
        kept, slider = tuple(getattr(seen, "steps_kept", ())), self.query_one(CheckpointSlider)
        slider.keep(kept)
        slider.value = float(settings.checkpoint)
        self.set_class(len(kept) > 1, "-kept")
        if seen is not None:
            self.query_one(DecoderView).show(getattr(seen, "decoded", None))
        for words in self.query(Words):
            words.repaint()
        self.query_one(StepLine).show()

    def _show_asked(self) -> None:
        """Show the part that an exercise is about, once, when it is taken up."""
        attempt = self.session.attempt
        taken = self.query_one(ExerciseStrip).opened or attempt.state.answer
        asked = attempt.exercise.name if taken else ""
        if asked != self._asked:
            self._asked = asked
            self.part = ASKED_OF.get(asked, self.part)
            self.query_one(PartRow).part = self.part

    # What the learner does

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show another part."""
        event.stop()
        self.part = event.part
        self.show()

    def next_part(self) -> None:
        """Show the next part; where all are shown, let the decoder draw other causes."""
        parts = self.query_one(PartRow)
        if parts.display:
            parts.step(1)
        else:
            self.session.set("given", "inferred" if self.settings.given == "causes" else "causes")

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        """Infer what is painted; what was shifted is painted where it stands."""
        event.stop()
        drawn = encode(event.values.ravel())
        self.session.set_all(drawn=drawn, own=not drawn, shift_x=0, shift_y=0)
