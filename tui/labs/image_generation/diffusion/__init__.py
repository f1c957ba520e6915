"""The view of `image_generation.diffusion`: a picture, what the network says of it, the answer so far; below the film.

Where there is less room the pictures, or the film and the settings of the noise, are shown one at a time.
"""

from typing import get_args

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from lessons.image_generation.labs.diffusion.settings import MOST_POINTS, NAME, SIDE, DiffusionSettings
from lessons.image_generation.labs.diffusion.settings import View as Shown
from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.settings import Setting, Value, fields
from tui.commands import Command, bindings
from tui.labs.image_generation.diffusion.time_slider import TimeSlider
from tui.labs.image_generation.diffusion.words import Branched, Judged, PadTitle, Shares, Sign
from tui.labs.line import LabLine
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.checkpoint_slider import CheckpointSlider
from tui.widgets.chips import Chips
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import PixelPad
from tui.widgets.slider import Slider
from tui.widgets.training_line import TrainingLine

VIEWS: tuple[str, ...] = get_args(Shown)

MANY = 32
"""Pictures that are drawn where many are looked at."""

NEAR = 0.12
"""How near a click takes a point of the learner's away."""

FULL = (104, 31)
"""Columns and rows of the lab from which the pictures have their own size."""

TALL = 28
"""Rows from which a narrower lab shows the film too."""

KEYS = (Command("new_noise", ("b",), "change", 5),)

WALK = ("walk_on", "walk_one", "walk_anew")
"""What going on, a step and beginning again are called."""

MANY_WALK = ("walk_on", "noise_one", "noise_anew")
CURVE_WALK = ("walk_on", "guide_one", "guide_anew")
"""The same where many pictures are looked at, and where the effect of guidance is."""

PARTS = ("pictures", "film")
"""What is shown of a walk where there is room for one part only."""


def _setting(name: str) -> Setting:
    return next(setting for setting in fields(DiffusionSettings) if setting.name == name)


class View(LabView):
    """Pictures and curves above, the film, and the settings below."""

    FIRST = "frame"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.part = PARTS[0]

    @property
    def WALK(self) -> tuple[str, str, str]:
        """What the keys of a walk are called in this view."""
        return {"many": MANY_WALK, "curve": CURVE_WALK}.get(self.settings.view, WALK)

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `diffusion.tcss` arranges them."""
        session, settings = self.session, self.settings
        yield PartRow(PARTS, f"{NAME}.part", self.part, id="diffusion-parts")
        with Horizontal(id="pictures"):
            with Vertical(id="drawing"):
                yield FigureView(id="clean")
                yield PadTitle(session, id="pad-title")
                yield PixelPad("drawn", id="pad")
            yield Sign(session, "+ ε →", id="plus")
            yield FigureView(id="now")
            yield Sign(session, "−", id="minus")
            yield FigureView(id="said")
            yield Sign(session, "→", id="gives")
            yield FigureView(id="answer")
            with Vertical(id="side"):
                yield FigureView(id="shares")
                yield Shares(session, id="share-lines")
        with Horizontal(id="grids"):
            yield FigureView(id="drawn_samples")
            yield FigureView(id="neighbours")
        yield FigureView(id="curve")
        with Horizontal(id="planes"):
            yield FigureView(id="plane")
            yield FigureView(id="plane_best")
        with Vertical(id="course"):
            yield FigureView(id="loss")
            yield CheckpointSlider(_setting("checkpoint"), float(settings.checkpoint))
            yield TrainingLine(session, id="run-line")
        with Horizontal(id="films"):
            with Vertical(id="walks"):
                yield FigureView(id="film")
                yield FigureView(id="film2")
            with Vertical(id="nearest"):
                yield FigureView(id="neighbour")
                yield FigureView(id="neighbour2")
        yield TimeSlider(_setting("frame"), float(settings.frame))
        yield Slider(_setting("depth"), float(settings.depth))
        yield Judged(session, id="judged")
        yield Branched(session, id="branched")
        with Vertical(id="settings"):
            yield Controls(settings, only=("view",), id="views")
            with Horizontal(id="how", classes="row"):
                yield Controls(settings, only=("method", "steps"), beside=True, id="set-how")
                yield Controls(settings, only=("schedule", "prediction"), beside=True, id="set-noise")
                yield Controls(settings, only=("seed",), id="set-seed")
            with Horizontal(id="what", classes="row"):
                yield Chips(_setting("digit"), settings.digit)
                yield Controls(settings, only=("guidance", "samples"), beside=True, id="set-what")
            yield Controls(settings, only=("start",), beside=True, id="set-start")
            yield Controls(settings, only=("method2", "steps2", "guidance2"), beside=True, id="set-second")
            yield Controls(settings, only=("shape", "learned"), beside=True, id="set-plane")
            with Horizontal(id="training"):
                yield Controls(settings, only=("pixels", "updates", "batch", "rate"), id="training-0")
                yield Controls(settings, only=("width", "dropout", "images", "threads"), id="training-1")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    @property
    def settings(self) -> DiffusionSettings:
        """The lab's present settings."""
        settings = self.session.settings
        assert isinstance(settings, DiffusionSettings)
        return settings

    @property
    def renamed(self) -> dict[str, str]:
        """Another seed is other noise; so is new noise where there is no moment to branch from."""
        walks = self.settings.view not in ("many", "curve")
        return {"seed": "other_noise"} | ({} if walks else {"new_noise": "other_noise"})

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the pad is that of the drawing."""
        if name == "drawn":
            return self.query_one(PixelPad)
        if name == "frame" and self.settings.view == "forward":
            return super().control("depth")
        return super().control(name)

    def on_resize(self, event: events.Resize) -> None:
        """Leave the pictures their own size where there is room for it."""
        wide, tall = event.size.width >= FULL[0], event.size.height >= FULL[1]
        self.set_class(wide and tall, "-full")
        narrow_tall = not wide and event.size.height >= TALL
        self.set_class(narrow_tall, "-tall")
        self.set_class(not (wide and tall) and not narrow_tall, "-small")

    # Showing

    def show_settings(self) -> None:
        """Bring the controls to the session, and show those that mean something now."""
        super().show_settings()
        settings = self.settings
        digit = self.query_one("#setting-digit", Chips)
        digit.value = digit.text_of(settings.digit)
        self.query_one(TimeSlider).value = float(settings.frame)
        self.query_one("#setting-depth", Slider).value = float(settings.depth)
        self.query_one(CheckpointSlider).value = float(settings.checkpoint)
        for view in VIEWS:
            self.set_class(view == settings.view, f"-view-{view}")
        if self.is_mounted:
            self.query_one(Judged).update()
        self.set_class(settings.start != "noise", "-from")
        self.set_class(settings.start == "drawn", "-drawn")
        self.set_class(bool(settings.branch), "-branched")

    def show(self) -> None:
        """Show what is wanted of the present moment."""
        seen, settings = self.session.observation, self.settings
        self.query_one(TimeSlider).keep(tuple(getattr(seen, "times", ())))
        kept = tuple(getattr(seen, "steps_kept", ()))
        self.query_one(CheckpointSlider).keep(kept)
        self.set_class(len(kept) > 1, "-kept")
        self.set_class(self.part == "film", "-part-film")
        super().show()
        if settings.start == "drawn" and self.session.shown_settings == settings:
            self.query_one(PixelPad).show(decode(settings.drawn, SIDE * SIDE).reshape(SIDE, SIDE))
        for line in self.query(LabLine):
            line.update() if isinstance(line, Judged) else line.repaint()
        self.query_one(TrainingLine).show()

    # What the learner does

    def next_part(self) -> None:
        """Show the next part, then the next view."""
        parts = self.query_one(PartRow)
        if parts.display and parts.part != PARTS[-1]:
            parts.step(1)
            return
        self._show_part(PARTS[0])
        self.session.playing = False
        self.session.look(**self._looking(VIEWS[(VIEWS.index(self.settings.view) + 1) % len(VIEWS)]))

    def _show_part(self, part: str) -> None:
        self.part = part
        self.query_one(PartRow).part = part
        self.set_class(part == "film", "-part-film")

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show another part."""
        event.stop()
        self._show_part(event.part)

    def _looking(self, view: str) -> dict[str, Value]:
        """The settings of a view: many pictures are drawn where many are looked at, and one elsewhere."""
        samples = self.settings.samples
        if view == "many":
            return {"view": view, "samples": MANY if samples == 1 else samples}
        return {"view": view, "samples": 1 if self.settings.view == "many" else samples}

    def action_new_noise(self) -> None:
        """Go on from here with new noise; from the very beginning that is another seed."""
        seen, settings = self.session.observation, self.settings
        at = int(getattr(seen, "done", 0))
        if settings.view == "forward":
            return
        walks = settings.view not in ("many", "curve")
        if walks and 0 < at < int(getattr(seen, "walk_steps", 0)):
            self.session.set_all(branch=at, branch_seed=(settings.branch_seed + 1) % 10_000)
        else:
            self.session.set_all(seed=(settings.seed + 1) % 10_000, branch=0)

    def _set_point(self, place: tuple[float, float]) -> None:
        """Add a point to the learner's own data, or take the one away that is there."""
        settings = self.settings
        pairs = decode(settings.points, 2 * MOST_POINTS).reshape(-1, 2) if settings.shape == "own" else None
        own = [] if pairs is None else pairs[pairs.any(axis=1)].tolist()
        x, y = (round(each, 2) or 0.01 for each in place)  # a pair of zeros is none
        near = [each for each in own if abs(each[0] - x) < NEAR and abs(each[1] - y) < NEAR]
        own = [each for each in own if each not in near] if near else [*own, [x, y]]
        if len(own) > MOST_POINTS:
            self.nnlab.tell_text(self.nnlab.words.text(f"{NAME}.enough_points", most=MOST_POINTS))
            return
        values = [number for pair in own for number in pair]
        values += [0.0] * (2 * MOST_POINTS - len(values))
        self.session.set_all(shape="own", points=encode(values), learned=0)  # type: ignore[arg-type]

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """Another view has its number of pictures; another shape is learned from the beginning."""
        if event.name == "view":
            event.stop()
            event.prevent_default()
            self.session.set_all(**self._looking(str(event.value)))
        elif event.name == "shape":
            event.stop()
            event.prevent_default()
            self.session.set_all(shape=event.value, learned=0)

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        """Begin at what is drawn."""
        event.stop()
        self.session.set_all(drawn=encode(event.values.ravel()), start="drawn")

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a frame of the walk goes to it."""
        spot, _, number = event.spot.partition(":")
        figure = event.view.figure
        if event.view.id in ("plane", "plane_best") and event.phase == "press":
            event.stop()
            self._set_point(event.place)
            return
        if spot != "frame" or event.phase != "press":
            super().on_figure_view_pointed(event)
            return
        event.stop()
        t = int(figure.captions[int(number)].removeprefix("t "))  # type: ignore[union-attr]
        times = tuple(getattr(self.session.observation, "times", ()))
        self.session.playing = False
        if self.settings.view == "forward":
            self.session.set("depth", max(t, 1))
        elif t in times:
            self.session.look(frame=times.index(t))
