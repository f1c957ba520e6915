"""The view of `summary.report`: what will stand in the report, what is chosen, and the key that writes it."""

import asyncio
from datetime import datetime
from pathlib import Path

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from engine.process.errors import EngineError
from lessons.summary.gathered import Gathered
from lessons.summary.labs.report import NAME, ReportSettings
from lessons.summary.labs.report.observation import ReportObservation
from lessons.vocabulary.numbers import UNKNOWN
from lessons.vocabulary.settings import fields
from tui.commands import Command, bindings
from tui.errors import explain
from tui.labs.line import NewsLines
from tui.labs.summary.report_words import WRITE, WriteLine
from tui.labs.view import LabView
from tui.run_words import size_text
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.text_row import TextRow
from tui.widgets.typed_row import TypedRow

GATHER = "lessons.summary.gathering:gathered"
"""Gathers a report, in the engine process."""

CONTENT = ("first", "last", "runs", "samples", "curves", "quiz")
FORM = ("record", "language", "form")
"""Settings of what stands in it, and of how it is written."""

LOW, NARROW = 30, 62
"""Rows and columns of the lab below which lines lie close together and the controls in one column."""

REST = 0.5
"""Seconds without a change after which the report is measured: its samples may have to be drawn, once."""

KEYS = (Command("report_write", (WRITE,), "keep", 3),)


class View(LabView):
    """An outline that answers at once, and the report itself as a file."""

    FIRST = "first"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    _sized: object = None
    """The observation whose report was measured last."""

    @property
    def settings(self) -> ReportSettings:
        """The present settings."""
        assert isinstance(self.session.settings, ReportSettings)
        return self.session.settings

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `report.tcss` arranges them."""
        session, settings = self.session, self.settings
        known = {setting.name: setting for setting in fields(ReportSettings)}
        label = max(cell_len(self.nnlab.words.say(known[name].label)) for name in FORM) + 2
        with Horizontal(id="standing"):
            yield FigureView(id="outline")
            yield FigureView(id="solved_share")
        yield NewsLines(session, id="news")
        with Horizontal(id="chosen"):
            yield Controls(settings, only=CONTENT, id="content")
            with Vertical(id="form-side"):
                yield Controls(settings, only=FORM, id="form")
                yield TextRow(known["owner"], settings.owner, label=label)
        yield WriteLine(session, id="write")

    def put_figures_first(self, first: bool) -> None:
        """They stand first at any size."""

    def on_mount(self) -> None:
        """Measure the report anew where the language of the screens, which may be its own, is another."""
        self.nnlab.look_changed.subscribe(self, self._relook)

    def _relook(self, what: str) -> None:
        if what == "language":
            self._measure(self.settings)

    def on_resize(self, event: events.Resize) -> None:
        """Use the room that there is."""
        self.set_class(event.size.height < LOW, "-low")
        self.set_class(event.size.width < NARROW, "-narrow")

    def show_settings(self) -> None:
        """Bring the controls to the session."""
        super().show_settings()
        for row in self.query(TextRow):
            row.show(self.settings.owner, UNKNOWN)

    def show(self) -> None:
        """Show the outline, and measure the report that belongs to it."""
        super().show()
        self.query_one(NewsLines).update()
        seen = self.session.observation
        if isinstance(seen, ReportObservation) and seen is not self._sized:
            self._sized = seen
            self._measure(self.settings)

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """Take the name that stands at the top."""
        event.stop()
        self.session.set(event.name, event.value)

    def on_write_line_asked(self, event: WriteLine.Asked) -> None:
        """Write the report."""
        event.stop()
        self.action_report_write()

    def action_report_write(self) -> None:
        """Write the report into the folder that nnlab was started in, never over another file."""
        self._write(self.settings)

    async def _made(self, settings: ReportSettings) -> bytes:
        """The whole report; gathered by the engine, drawn beside the event loop. Raises EngineError."""
        from tui.report.writing import make

        found = await self.nnlab.engine.call(GATHER, settings, result=Gathered)
        app = self.nnlab
        made = await asyncio.to_thread(make, found, settings, app.words, datetime.now(), app.version)
        return made.content

    @work(exclusive=True, group="report_size", exit_on_error=False)
    async def _measure(self, settings: ReportSettings) -> None:
        """Say how large the report is; of many moves in a row the last counts."""
        from tui.report.writing import free_path

        line = self.query_one(WriteLine)
        line.tell(place=free_path(Path.cwd(), settings.form).name)
        await asyncio.sleep(REST)
        try:
            size = len(await self._made(settings))
        except EngineError:
            return  # the view says it where the observation fails too
        line.measured(size)

    @work(exclusive=True, group="report_write", exit_on_error=False)
    async def _write(self, settings: ReportSettings) -> None:
        from tui.report.writing import free_path, put

        app, line = self.nnlab, self.query_one(WriteLine)
        try:
            path = free_path(Path.cwd(), settings.form)
            content = await self._made(settings)
            await asyncio.to_thread(put, path, content)
        except OSError as error:
            app.tell_text(explain(error, app.words), lasting=True)
            return
        except EngineError as error:
            app.tell_text(app.words.text("notice.experiment", reason=str(error)), lasting=True)
            return
        line.tell(place=str(path), written=True)
        line.measured(len(content))
        app.tell_text(app.words.text(f"{NAME}.written", path=path, size=size_text(len(content))), lasting=True)
