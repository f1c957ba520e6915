"""The view of `convolution.features`: image, kernel and map beside each other; below, one cell written out, all maps.

Where there is less room one part is shown at a time, each with the map that it changes.
"""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from lessons.convolution import kernels
from lessons.convolution.kernels import KernelError, Rows
from lessons.convolution.labs.features import COMBINED, NAME, NAMES, FeaturesObservation, FeaturesSettings
from lessons.vocabulary.pictures import pack, unpack
from lessons.vocabulary.settings import Setting, fields
from tui.labs.convolution.features_words import (
    CellTitle,
    ImageTitle,
    MapTitle,
    MapWords,
    SeenPad,
    SmallMaps,
    Words,
    window,
)
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.chips import Chips
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.letter_row import LetterRow
from tui.widgets.map_pad import MapPad
from tui.widgets.number_grid import NumberGrid
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import Pen, PixelPad
from tui.widgets.slider import Slider
from tui.widgets.typed_row import TypedRow

FULL = (108, 31)
"""Columns and rows of the lab from which all parts are shown at once."""

PARTS = ("image", "kernel", "cell")

LEARNED = "learned"
"""The choice that stands for the kernel that LeNet-5 has learned as its first, second, third or fourth one."""

OWN = "own"
"""The choice that stands for a kernel with numbers of the learner's."""

LETTER_LABEL = 6
"""Cells of the longest name of the image's controls."""


def _names(name: str, names: tuple[str, ...]) -> Setting:
    """Describe the choice among named kernels, which is no setting of the lab: a kernel is a text."""
    label = f"@{NAME}.named"
    return Setting(
        name=name, kind="choice", default=names[0], label=label, choices=(*names, OWN), keys=f"{NAME}.kernel"
    )


class View(LabView):
    """What is laid on the image, and what comes of it."""

    FIRST = "kernel"

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.part = "kernel"
        """What is shown where there is room for one part only."""

    @property
    def settings(self) -> FeaturesSettings:
        """The present settings."""
        assert isinstance(self.session.settings, FeaturesSettings)
        return self.session.settings

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `features.tcss` arranges them."""
        settings = self.settings
        known = {setting.name: setting for setting in fields(type(settings))}
        yield PartRow(PARTS, f"{NAME}.part", self.part, id="feature-parts")
        with Vertical(id="walk"):
            with Horizontal(id="walk-first"):
                yield Chips(known["side"], settings.side)
                yield Chips(known["stage"], settings.stage)
                yield Chips(known["relu"], settings.relu)
            with Horizontal(id="walk-second"):
                yield Controls(settings, only=("stride", "padding"), beside=True, id="walk-stride")
                yield Controls(settings, only=("dilation", "bias", "threshold"), beside=True, id="walk-bias")
        with Horizontal(id="feature-columns"):
            with Vertical(id="given-side"):
                with Horizontal(id="given"):
                    with Vertical(id="image-side"):
                        yield ImageTitle(self.session, id="image-title")
                        yield SeenPad("drawn", rows=int(settings.side), columns=int(settings.side), id="image-pad")
                        yield LetterRow(known["letter"], settings.letter, label=LETTER_LABEL)
                        yield Controls(settings, only=("size", "angle"), id="image-sliders")
                    with Vertical(id="kernel-side"):
                        yield Controls(settings, only=("feature", "width"), beside=True, id="kernel-head")
                        yield NumberGrid(int(settings.width), reach=kernels.REACH, id="kernel-grid")
                        yield Chips(_names("named", (*NAMES, LEARNED)), settings.kernel1)
                        yield Chips(_names("named_combined", COMBINED), settings.combined)
                with Vertical(id="cell-side"):
                    yield CellTitle(self.session, id="cell-title")
                    yield FigureView(id="cell")
                    yield FigureView(id="sum")
            with Vertical(id="map-side"):
                yield MapTitle(self.session, id="map-title")
                yield MapPad(id="map-pad")
                yield MapWords(self.session, id="map-words")
                yield Chips(known["scale"], settings.scale)
                yield SmallMaps(id="maps")

    def on_mount(self) -> None:
        """Follow the pen."""
        for pad in self.query(SeenPad):
            self.watch(pad, "pen", self._pen, init=False)

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; kernels share the grid, row and column the map."""
        if name.startswith(("kernel", "combined")):
            return self.query_one(NumberGrid)
        if name in ("drawn", "own"):
            return self.query_one(SeenPad)
        return self.query_one(MapPad) if name in ("row", "column") else super().control(name)

    def _pen(self, pen: Pen) -> None:
        title = self.query_one(ImageTitle)
        title.pen = pen
        title.repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Show everything at once where there is room for it."""
        full = event.size.width >= FULL[0] and event.size.height >= FULL[1]
        self.set_class(full, "-full")
        self.set_class(not full, "-parts")

    # Showing

    @property
    def _whole(self) -> bool:
        """Whether its parts are there: a picture may still come while it is being left."""
        parts = self.all_of("SmallMaps, SeenPad")
        return len(parts) > 1 and all(part.is_attached for part in parts)

    def rows_of(self) -> Rows | None:
        """The numbers of the present kernel or slice; None where the text is none."""
        settings, present = self.settings, int(self.settings.feature) - 1
        try:
            if settings.stage == "second":
                return kernels.read_combined(settings.combined)[present]
            if settings.texts[present] in kernels.LEARNED:
                return self._seen_rows()
            return kernels.read(settings.texts[present], int(settings.width))
        except KernelError:
            return None

    def _seen_rows(self) -> Rows | None:
        """The numbers of the kernel in the present picture, which knows those that were learned."""
        seen = self.session.observation
        if not isinstance(seen, FeaturesObservation) or self.session.shown_settings != self.settings:
            return None
        return tuple(map(tuple, seen.kernel.values.tolist()))

    def show_settings(self) -> None:
        """Bring the controls to the session, at once, and kernel and letter with them."""
        if not self._whole:
            return
        super().show_settings()
        settings = self.settings
        for name in ("side", "stage", "relu", "scale"):
            chips = self.query_one(f"#setting-{name}", Chips)
            chips.value = chips.text_of(getattr(settings, name))
        self.set_class(settings.stage == "second", "-second")
        rows = self.rows_of()
        if rows is not None:
            self.query_one(NumberGrid).show(rows)
        text = settings.texts[int(settings.feature) - 1].strip()
        self.query_one("#setting-named", Chips).value = (
            text if text in NAMES else LEARNED if text in kernels.LEARNED else OWN
        )
        combined = settings.combined.strip()
        self.query_one("#setting-named_combined", Chips).value = combined if combined in COMBINED else OWN
        letter = self.query_one(LetterRow)
        letter.value, letter.used = settings.letter, not (settings.drawn or settings.own)

    def show(self) -> None:
        """Show the part that is wanted, image and map with what the present cell sees."""
        if not self._whole:
            return
        for part in PARTS:
            self.set_class(part == self.part, f"-part-{part}")
        seen = self.session.observation
        if isinstance(seen, FeaturesObservation):
            self._show_image(seen)
            self._show_map(seen)
        super().show()
        for words in self.query(Words):
            words.repaint()

    def _show_image(self, seen: FeaturesObservation) -> None:
        settings, pad = self.settings, self.query_one(SeenPad)
        pad.fit(len(seen.image.values))
        own = bool(settings.drawn or settings.own)
        if not own:
            pad.show(seen.image.values)
        elif self.session.shown_settings == settings:
            pad.show(unpack(settings.drawn, int(settings.side)))

    def _show_map(self, seen: FeaturesObservation) -> None:
        settings, shown = self.settings, self.session.shown_settings
        pad, figure = self.query_one(MapPad), seen.map
        if figure is None or not isinstance(shown, FeaturesSettings):
            reason = self.nnlab.words.text(f"{NAME}.impossible", reach=seen.reach, length=seen.length)
            pad.show(None, reason=reason)
            self.query_one(SeenPad).mark(None)
            return
        column, row = (place // shown.finer for place in (settings.column, settings.row))
        place = min(column, seen.columns - 1), min(row, seen.rows - 1)
        kind = "signed" if figure.map == "signed" else "sequential"
        pad.show(figure.values / figure.high, kind, place)
        self.query_one(SeenPad).mark(window(shown, seen, place))

    # What the learner does

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show another part."""
        event.stop()
        self.part = event.part
        self.show()

    def next_part(self) -> None:
        """Show the next part; where all are shown, the next feature."""
        parts = self.query_one(PartRow)
        if parts.display:
            parts.step(1)
        else:
            self.session.set("feature", str(int(self.settings.feature) % kernels.FEATURES + 1))

    def on_number_grid_changed(self, event: NumberGrid.Changed) -> None:
        """Lay the changed kernel on the image."""
        event.stop()
        self._take_kernel(event.values)

    def _take_kernel(self, rows: Rows) -> None:
        settings, present = self.settings, int(self.settings.feature) - 1
        if settings.stage == "first":
            self.session.set(f"kernel{present + 1}", kernels.written(rows))
            return
        slices = list(kernels.read_combined(settings.combined))
        slices[present] = rows
        self.session.set("combined", kernels.written_combined(slices))

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """Take a named kernel; the learner's own one begins with the numbers that are there."""
        if event.name not in ("named", "named_combined"):
            return
        event.stop()
        event.prevent_default()  # it is no setting, as the view of any lab would take it
        rows = self.rows_of()
        if event.value == OWN and rows is not None:
            self._take_kernel(rows)
        elif event.name == "named":
            feature = self.settings.feature
            self.session.set(f"kernel{feature}", f"{LEARNED}{feature}" if event.value == LEARNED else event.value)
        else:
            self.session.set("combined", event.value)

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        """Lay the kernels on what is drawn; what was a letter before is drawn on."""
        event.stop()
        drawn = pack(event.values)
        self.session.set_all(drawn=drawn, own=not drawn)

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """A letter takes the place of the learner's drawing."""
        event.stop()
        self.session.set_all(letter=event.value, drawn="", own=False)

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """And so does its size or its angle."""
        if event.name in ("size", "angle"):
            event.stop()
            event.prevent_default()
            self.session.set_all(**{event.name: event.value, "drawn": "", "own": False})

    def on_map_pad_moved(self, event: MapPad.Moved) -> None:
        """Write out another cell."""
        event.stop()
        finer = self.settings.finer
        self.session.set_all(row=event.row * finer, column=event.column * finer)

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on one of the maps looks at it."""
        kind, _, number = event.spot.partition(":")
        if event.view.id == "maps" and event.phase == "press" and kind == "image" and number.isdigit():
            event.stop()
            event.prevent_default()
            self.session.set("feature", str(int(number) + 1))
