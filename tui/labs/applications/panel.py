"""The view of `applications.panel`: three columns, one a network: its input, answer, size and lab."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from lessons.applications.labs.panel import LABS, own_address
from lessons.applications.labs.panel.observation import PanelObservation
from lessons.applications.labs.panel.settings import PanelSettings
from lessons.convolution.labs.lenet5 import PIXELS
from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.settings import fields
from tui.commands import Command, bindings
from tui.labs.applications.panel_figures import TextView, Untitled, WalkView
from tui.labs.applications.panel_words import AnswerLines, NetworkLine, NetworkTitle, OpenRow, SizeLines
from tui.labs.applications.run_choice import RunChoice
from tui.labs.applications.sentence_row import SentenceRow
from tui.labs.convolution.lenet5_words import PadTitle
from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.pixel_pad import Pen, PixelPad
from tui.widgets.slider import Slider
from tui.widgets.typed_row import TypedRow

SLIM, LOW, STACKED = 108, 31, 72
"""Columns and rows of the lab below which the columns are slim, only the answers are shown, and they lie one under
another."""

KEYS = (Command("own_sentence", ("i",), "change", 7),)


class View(LabView):
    """Three columns that answer at once."""

    FIRST = "pad"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @property
    def settings(self) -> PanelSettings:
        """The present settings."""
        assert isinstance(self.session.settings, PanelSettings)
        return self.session.settings

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `panel.tcss` arranges them."""
        session, settings = self.session, self.settings
        known = {setting.name: setting for setting in fields(PanelSettings)}
        with Horizontal(id="networks"):
            with Vertical(id="reader"):
                yield NetworkTitle(session, "reader")
                yield PadTitle(session, id="pad-title")
                yield PixelPad("drawn", id="pad")
                yield Controls(settings, only=("digit",), id="set-reader")
                yield AnswerLines(session, "reader")
                yield Untitled(id="reading")
                yield SizeLines(session, "reader")
                yield RunChoice(known["reader_run"], settings.reader_run, LABS["reader"])
                yield OpenRow(session, "reader")
            with Vertical(id="writer"):
                yield NetworkTitle(session, "writer")
                yield SentenceRow(known["sentence"], settings.sentence)
                yield TextView(id="writing")
                yield Controls(settings, only=("tokens", "temperature"), id="set-writer")
                yield AnswerLines(session, "writer")
                yield FigureView(id="next")
                yield SizeLines(session, "writer")
                yield RunChoice(known["writer_run"], settings.writer_run, LABS["writer"])
                yield OpenRow(session, "writer")
            with Vertical(id="drawer"):
                yield NetworkTitle(session, "drawer")
                yield FigureView(id="drawing")
                yield Controls(settings, only=("wanted", "guidance", "steps", "seed"), id="set-drawer")
                yield AnswerLines(session, "drawer")
                yield WalkView(id="walk")
                yield SizeLines(session, "drawer")
                yield RunChoice(known["drawer_run"], settings.drawer_run, LABS["drawer"])
                yield OpenRow(session, "drawer")

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the pad is that of the drawing."""
        return self.query_one(PixelPad) if name in ("pad", "drawn", "own") else super().control(name)

    def on_mount(self) -> None:
        """Follow the pen."""
        self.watch(self.query_one(PixelPad), "pen", self._pen, init=False)

    def _pen(self, pen: Pen) -> None:
        title = self.query_one(PadTitle)
        title.pen = pen
        title.repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Show what lies behind the answers where there is room for it."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.set_class(event.size.height < LOW, "-low")
        self.set_class(event.size.width < STACKED, "-stacked")

    # Showing

    def show_settings(self) -> None:
        """Bring the controls to the session."""
        super().show_settings()
        settings, seen = self.settings, self.session.observation
        figure = getattr(seen, "writing", None)
        beginning = "" if settings.sentence or figure is None else "".join(figure.pieces[: figure.given])
        for choice in self.query(RunChoice):
            choice.value = str(getattr(settings, choice.key))
        for row in self.query(SentenceRow):
            row.show(settings.sentence, beginning)

    def show(self) -> None:
        """Show the learner's drawing or the digit, and the three answers."""
        settings, seen = self.settings, self.session.observation
        if isinstance(seen, PanelObservation):
            own = bool(settings.drawn or settings.own)
            pad = self.query_one(PixelPad)
            pad.fresh = not own  # a stroke on somebody else's digit begins on an empty pad
            if not own:
                pad.show(seen.input.values)
            elif self.session.shown_settings == settings:
                pad.show(decode(settings.drawn, PIXELS * PIXELS))
        super().show()
        self.query_one(PadTitle).repaint()
        for line in self.query(NetworkLine):
            line.repaint()
        for answer in self.query(AnswerLines):
            answer.update()

    # What the learner does

    def action_own_sentence(self) -> None:
        """Type a sentence."""
        row = self.query_one(SentenceRow)
        row.focus()
        row.action_type()

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        """Read what is drawn."""
        event.stop()
        drawn = encode(event.values.ravel())
        self.session.set_all(drawn=drawn, own=not drawn)

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """Choosing a test digit takes the learner's own away."""
        if event.name == "digit":
            event.stop()
            event.prevent_default()  # else the base's handler would set it too
            self.session.set_all(digit=int(event.value), drawn="", own=False)

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """Go on with what is typed."""
        event.stop()
        self.session.set(event.name, event.value)

    def on_open_row_opened(self, event: OpenRow.Opened) -> None:
        """Go to the network's own lab with what it has here."""
        event.stop()
        seen = self.session.observation
        address = own_address(event.network, self.settings, seen if isinstance(seen, PanelObservation) else None)
        self.nnlab.follow(address)
