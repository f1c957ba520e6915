"""What the view of `image_generation.causal_graph` says beside its figures."""

from msgspec import structs

from lessons.image_generation.labs.causal_graph.observation import CausalGraphObservation
from lessons.image_generation.labs.causal_graph.settings import NAME, CausalGraphSettings
from lessons.vocabulary.figures import Figure, Raster
from lessons.vocabulary.numbers import percent, plain, signed
from tui.drawing.canvas import Canvas
from tui.errors import of_model
from tui.labs.line import LabLine
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.figure import FigureView
from tui.widgets.pixel_pad import Pen
from tui.widgets.training_line import TrainingLine


class Words(LabLine):
    """A line or more about the lab's present state."""

    @property
    def settings(self) -> CausalGraphSettings:
        """The present settings."""
        assert isinstance(self.session.settings, CausalGraphSettings)
        return self.session.settings

    @property
    def seen(self) -> CausalGraphObservation | None:
        """The present picture, if there is one."""
        seen = self.session.observation
        return seen if isinstance(seen, CausalGraphObservation) else None

    def written(self, canvas: Canvas, text: str, tone: str = "muted") -> None:
        """Write a sentence over as many rows as there are."""
        for y, line in enumerate(wrap(text, max(canvas.width - 3, 10))[: canvas.height]):
            canvas.put(1, y, line, canvas.ink(tone))


class PadTitle(Words):
    """Over the pad: whose image it is, and what the pen does."""

    pen: Pen = "up"

    def paint(self, canvas: Canvas) -> None:
        """Draw the title, and the pen at the right while it is down."""
        settings = self.settings
        own = bool(settings.drawn or settings.own)
        x = canvas.put(1, 0, self.say("own_image" if own else "known"), canvas.ink("text", bold=True))
        if self.pen != "up":
            canvas.put_right(canvas.width - 1, 0, self.words.text(f"pad.pen.{self.pen}"), canvas.ink("accent"))
        else:
            shifted = settings.shift_x or settings.shift_y
            canvas.put(
                x + 2, 0, self.say("shifted") if shifted else "32×32", canvas.ink("muted" if shifted else "faint")
            )


class DecoderTitle(Words):
    """Over the decoder's image: whose it is, and how like the other it is."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the title, at the right the IoU, or what the inputs are."""
        settings, seen = self.settings, self.seen
        canvas.put(1, 0, self.say("decoder"), canvas.ink("text", bold=True))
        if seen is None or seen.decoded is None:
            return
        if settings.noise >= 1:
            text, tone = self.say("meaningless"), "muted"
        elif settings.noise:
            text, tone = self.say("mixed", share=plain(100 * settings.noise, 0)), "muted"
        else:
            text, tone = self.say("fit", iou=plain(seen.iou_here or 0.0)), "accent"
        canvas.put_right(canvas.width - 1, 0, text, canvas.ink(tone, bold=tone == "accent"))


class DecoderView(FigureView):
    """The decoder's image; where there is none, why."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def show(self, figure: Figure | None) -> None:
        """Show another image, or the reason for none, which has the same place."""
        untitled = structs.replace(figure, title="", note="") if isinstance(figure, Raster) else None
        super().show(untitled)
        self.set_class(False, "-empty")

    def paint(self, canvas: Canvas) -> None:
        """Draw the image or the sentence."""
        if self.figure is not None:
            super().paint(canvas)
            return
        seen, problem = self.session.observation, self.session.problem
        if problem is not None:
            text = of_model(problem.kind, problem.values, self.words)
            for y, line in enumerate(wrap(f"✗ {text}" if text else "", max(canvas.width - 3, 10)), 1):
                canvas.put(1, y, line, canvas.ink("error"))
            return
        if not isinstance(seen, CausalGraphObservation):
            return
        key = "waiting" if seen.trained else "untrained"
        lines = wrap(self.words.text(f"{NAME}.{key}"), max(canvas.width - 3, 10))
        for y, line in enumerate(lines, 1):
            canvas.put(1, y, line, canvas.ink("muted"))
        if not seen.trained:
            x = canvas.put(1, len(lines) + 1, "space", canvas.ink("accent", bold=True)) + 1
            for y, line in enumerate(wrap(self.words.text("run.begin"), max(canvas.width - x - 2, 10)), len(lines) + 1):
                canvas.put(x, y, line, canvas.ink("muted"))


class CourseView(FigureView):
    """The curves of the training, where there is room for them: an open exercise may leave none."""

    LEAST = 4
    """Rows."""

    def paint(self, canvas: Canvas) -> None:
        """Draw them."""
        if canvas.height >= self.LEAST:
            super().paint(canvas)


class InferredWords(Words):
    """Under what is inferred: up to which symmetry an angle counts, or that nothing is drawn."""

    def rows(self, width: int) -> int:
        """Four lines at most."""
        return 4

    def paint(self, canvas: Canvas) -> None:
        """Write the sentence."""
        seen = self.seen
        if seen is None:
            return
        if not seen.inferred_object:
            self.written(canvas, self.say("nothing"))
            return
        name = self.say(f"object.{seen.inferred_object}")
        if seen.period:
            self.written(canvas, self.say("turns", object=name, period=plain(seen.period, 0)))
        else:
            self.written(canvas, self.say("no_angle", object=name), "text")


class FoundLine(Words):
    """Under the image of the causes, where the encoder has no room of its own: the causes that it finds in it."""

    def paint(self, canvas: Canvas) -> None:
        """Write object, place and angle."""
        seen = self.seen
        if seen is None:
            return
        x = canvas.put(1, 0, self.say("encoder"), canvas.ink("muted")) + 1
        if not seen.inferred_object or seen.inferred_x is None or seen.inferred_y is None:
            canvas.put(x, 0, "–", canvas.ink("text", bold=True))
            return
        angle = "" if seen.inferred_angle is None else f"{plain(seen.inferred_angle, 0)}°"
        place = f"{signed(seen.inferred_x, 1)} {signed(seen.inferred_y, 1)}"
        for text in (self.say(f"object.{seen.inferred_object}"), place, angle):
            x = canvas.put(x, 0, text, canvas.ink("text", bold=True)) + 1


class MeasuredLine(Words):
    """How well both networks do on the scenes that are held out."""

    def rows(self, width: int) -> int:
        """Two lines."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Write the numbers of the decoder, then those of the encoder."""
        seen = self.seen
        if seen is None:
            return
        text = self.say(
            "errors",
            accuracy=percent(seen.object_accuracy).replace(" ", "\u00a0"),  # no line ends before the sign
            position=plain(seen.position_error_px),
            angle=plain(seen.angle_error_deg),
            iou="–" if seen.iou is None else plain(seen.iou),
        )
        early = bool(seen.steps_kept) and seen.at_step != seen.steps_kept[-1]
        self.written(canvas, self.say("early", step=f"{seen.at_step:,}") + "  " + text if early else text)


class StepLine(TrainingLine):
    """The line of the run, which counts steps."""

    def epochs(self, status: object) -> str:
        """`step 120/3,000`."""
        whole = int(getattr(self.session.settings, "steps", 0))
        return self.words.text(f"{NAME}.step", now=f"{getattr(status, 'step', 0):,}", whole=f"{whole:,}")
