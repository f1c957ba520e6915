"""The view of `convolution.lenet5`: a pad to draw on, what is read, the curves; below, what is inside.

Where there is less room one part is shown at a time: the drawing, the training, or one of what is inside.
"""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from lessons.convolution.labs.lenet5 import PIXELS
from lessons.vocabulary.drawings import decode, encode
from tui.commands import Command, bindings
from tui.labs.convolution.lenet5_words import PadTitle, ReadLine
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import Pen, PixelPad
from tui.widgets.scroll_figure import ScrollFigure
from tui.widgets.slider import Slider
from tui.widgets.training_line import TrainingLine

INSIDE = {
    "maps": ("c1", "s2", "c3", "s4", "c5", "f6"),
    "kernels": ("c1_kernels", "c3_kernels", "centres"),
    "confusion": ("confusion",),
    "misread": ("misread", "misread_as"),
    "gradients": ("gradients",),
}
"""Figures of each choice of the setting `view`."""

LONG = ("c3_kernels", "misread_as")
"""Figures that may be longer than their place."""

FULL = (108, 32)
"""Columns and rows of the lab from which all parts are shown at once."""


KEYS = (Command("own_image", ("i",), "change", 7),)


class View(LabView):
    """Settings of the training above, then the pad, the reading and the curves, then what is inside."""

    FIRST = "pad"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.deep = False
        """Whether the later layers' maps are shown, where there is no room for all."""

        self._view = "maps"
        self.part = "draw"
        """What is shown where there is room for one part only: draw, train, or inside."""

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `lenet5.tcss` arranges them."""
        settings = self.session.settings
        yield PartRow(("draw", "train", "inside"), "convolution.lenet5.part", self.part, id="parts")
        with Horizontal(id="training-settings"):
            yield Controls(settings, only=("form", "epochs", "rate"), beside=True, id="training-first")
            yield Controls(settings, only=("batch", "shift", "images"), beside=True, id="training-second")
        with Horizontal(id="upper"):
            with Vertical(id="drawing"):
                yield PadTitle(self.session, id="pad-title")
                yield PixelPad("drawn", id="pad")
                yield Controls(settings, only=("digit",), id="digit")
            with Vertical(id="reading-side"):
                yield FigureView(id="reading")
                yield ReadLine(self.session, id="read-line")
            with Vertical(id="curves"):
                yield FigureView(id="accuracy")
                yield FigureView(id="loss")
                yield Controls(settings, only=("epoch",), id="epoch")
                yield TrainingLine(self.session, id="run-line")
        with Vertical(id="lower"):
            yield Controls(settings, only=("view",), id="views")
            with Horizontal(id="inside"):
                for name in ("c1", "s2", "c3", "s4"):
                    yield FigureView(id=name)
                with Vertical(id="units"):
                    yield FigureView(id="c5")
                    yield FigureView(id="f6")
                for names in list(INSIDE.values())[1:]:
                    for name in names:
                        yield ScrollFigure(id=name) if name in LONG else FigureView(id=name)

    def on_mount(self) -> None:
        """Follow the pen too."""
        self.watch(self.query_one(PixelPad), "pen", self._pen, init=False)

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the pad is that of the drawing."""
        return self.query_one(PixelPad) if name in ("pad", "drawn") else super().control(name)

    def _pen(self, pen: Pen) -> None:
        title = self.query_one(PadTitle)
        title.pen = pen
        title.repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Show everything at once where there is room for it."""
        full = event.size.width >= FULL[0] and event.size.height >= FULL[1]
        self.set_class(full, "-full")
        self.set_class(not full, "-parts")

    def show(self) -> None:
        """Show the part that is wanted, the learner's drawing or the digit, and the networks there are."""
        settings, seen = self.session.settings, self.session.observation
        view = str(getattr(settings, "view", "maps"))
        if view != self._view:  # a link or a chip has asked for it: show it where one part is shown at a time
            self._view, self.part = view, "inside"
            self.query_one(PartRow).part = "inside"
        for name in INSIDE:
            self.set_class(name == view, f"-{name}")
        self.set_class(self.deep, "-deep")
        for part in ("draw", "train", "inside"):
            self.set_class(part == self.part, f"-part-{part}")
        parts = self.query_one(PartRow)
        pages = parts.display and self.part == "inside" and view == "maps"
        parts.page = (2 if self.deep else 1, 2) if pages else None
        epoch = self.control("epoch")
        if seen is None and isinstance(epoch, Slider):
            epoch.wait()
        if seen is not None:
            self._show_epochs(tuple(getattr(seen, "epochs_kept", ())))
            own = bool(getattr(settings, "drawn", "") or getattr(settings, "own", False))
            pad = self.query_one(PixelPad)
            pad.fresh = not own  # a stroke on somebody else's digit begins on an empty pad
            if not own:
                pad.show(seen.input.values)  # type: ignore[attr-defined]
            elif self.session.shown_settings == settings:
                pad.show(decode(str(getattr(settings, "drawn", "")), PIXELS * PIXELS))
        super().show()
        for line in self.query("PadTitle, ReadLine").results(CanvasWidget):
            line.repaint()
        self.query_one(TrainingLine).show()

    def _show_epochs(self, kept: tuple[float, ...]) -> None:
        """Let the slider of the epochs end at the last network that was kept."""
        slider = self.control("epoch")
        if isinstance(slider, Slider) and kept:
            slider.limit(high=kept[-1])

    # What the learner does

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show another part."""
        event.stop()
        self.part = event.part
        self.show()

    def on_part_row_paged(self, event: PartRow.Paged) -> None:
        """Show the next page."""
        event.stop()
        self.next_part()

    def next_part(self) -> None:
        """Show the next view of what is inside; where one part is shown at a time, the next part."""
        parts = self.query_one(PartRow)
        if parts.display and self.part != "inside":
            parts.step(1)
            return
        if (
            parts.display
            and self.part == "inside"
            and getattr(self.session.settings, "view", "") == "maps"
            and not self.deep
        ):
            self.deep = True
            self.show()
            return
        self.deep = False
        views = list(INSIDE)
        place = views.index(str(getattr(self.session.settings, "view", "maps"))) + 1
        if place == len(views) and parts.display:
            parts.step(1)
        self._view = views[place % len(views)]  # the part has been chosen already
        self.session.set("view", self._view)

    def action_own_image(self) -> None:
        """Ask for an image file and read it."""
        from tui.screens.choose_image import ChooseImage

        def take(path: str) -> None:
            self.session.set_all(image=path, drawn="", own=False)

        self.app.push_screen(ChooseImage(str(getattr(self.session.settings, "image", "")), take))

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        """Read what is drawn."""
        event.stop()
        drawn = encode(event.values.ravel())
        self.session.set_all(drawn=drawn, own=not drawn, image="")

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """Choosing a test digit takes the learner's own away; the last network stays the last while others come."""
        event.stop()
        event.prevent_default()  # else the base's handler would set it too
        if event.name == "digit":
            self._look_at(int(event.value))
        elif event.name == "epoch" and event.value >= event.slider.high:
            self.session.set("epoch", event.slider.setting.high)
        else:
            self.session.set(event.name, event.value)

    def _look_at(self, digit: int) -> None:
        """Read a test digit in place of what the learner has drawn."""
        self.session.set_all(digit=digit, drawn="", own=False, image="")

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a misread digit has it read."""
        seen = self.session.observation
        spot, _, number = event.spot.partition(":")
        if event.phase == "press" and event.view.id in ("misread", "misread_as") and number.isdigit():
            event.stop()
            event.prevent_default()
            errors = getattr(seen, "errors", ())[getattr(seen, "misread_from", 0) :]
            place = int(number) if spot == "digit" else errors[int(number)] if int(number) < len(errors) else None
            if place is not None:
                self._look_at(place)
