"""The view of `summary.progress`: all labs, or results, or what is remembered; below, what is next."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from lessons.vocabulary.settings import fields
from tui.labs.summary.progress.links import NextLabs, ResultList
from tui.labs.summary.progress.section_rows import SectionRows
from tui.labs.summary.progress.words import About, Detail, Nothing, RecordNews
from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView

VIEWS = ("sections", "results", "recall")

WIDE = 108
"""Columns of the lab from which the labs used last stand beside the sections."""


class View(LabView):
    """Choices above; what is looked at; the rule and the labs that it names."""

    FIRST = "section"

    def compose_bench(self) -> ComposeResult:
        """Place lists, figures and controls as `progress.tcss` arranges them."""
        settings = self.session.settings
        section = next(each for each in fields(type(settings)) if each.name == "section")
        with Container(id="choices"):
            for name in ("record", "view", "section", "measure"):
                yield Controls(settings, only=(name,), beside=True, id=f"choice-{name}")
        yield RecordNews(self.session, id="record-news")
        with Horizontal(id="looked-at"):
            with Vertical(id="sections-side"):
                yield SectionRows(section, self.session, id="section-rows")
            with Vertical(id="used-side"):
                yield Nothing(self.session, "used", id="no-used")
                yield FigureView(id="used")
                yield FigureView(id="bests")
            with Vertical(id="results-side"):
                yield Nothing(self.session, "trainings", id="no-trainings")
                yield ResultList(id="trainings")
                yield Detail(self.session, id="detail")
                yield FigureView(id="curve")
            with Vertical(id="recall-side"):
                yield Nothing(self.session, "remembered", id="no-remembered")
                yield FigureView(id="forgetting")
                yield FigureView(id="remembered")
        with Container(id="rules"):
            yield Controls(settings, only=("rule",), beside=True, id="choice-rule")
            yield Controls(settings, only=("days",), beside=True, id="choice-days")
        yield About(self.session, id="about")
        yield NextLabs(self.session, id="next")

    def on_resize(self, event: events.Resize) -> None:
        """Show the sections alone where there is less room, beside the lesson too."""
        self.set_class(event.size.width < WIDE, "-slim")

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the sections are chosen in their rows, where these are shown."""
        if name == "section" and getattr(self.session.settings, "view", "") == "sections":
            return self.query_one(SectionRows)
        return self.query_one(ResultList) if name == "row" else super().control(name)

    def show(self) -> None:
        """Show what the view needs."""
        view = str(getattr(self.session.settings, "view", ""))
        seen = self.session.observation
        for name in VIEWS:
            self.set_class(name == view, f"-{name}")
        for name in ("used", "trainings", "remembered"):
            self.set_class(seen is not None and getattr(seen, name, None) is None, f"-no-{name}")
        super().show()
        self.query_one(ResultList).show(getattr(seen, "trainings", None))
        self.query_one(RecordNews).update()
        for each in (*self.query(SectionRows), *self.query(NextLabs), *self.query(Detail)):
            each.repaint()

    def show_settings(self) -> None:
        """Bring the controls to the session, the rows of the sections too."""
        super().show_settings()
        for rows in self.query(SectionRows):
            rows.value = str(getattr(self.session.settings, "section", "all"))
        for about in self.query(About):
            about.repaint()

    def next_part(self) -> None:
        """Show the next view."""
        place = VIEWS.index(str(getattr(self.session.settings, "view", "sections")))
        self.session.set("view", VIEWS[(place + 1) % len(VIEWS)])

    # What the learner does

    def on_result_list_moved(self, event: ResultList.Moved) -> None:
        """Look at another result; that is nothing to undo."""
        event.stop()
        self.session.look(row=event.row)

    def on_result_list_opened(self, event: ResultList.Opened) -> None:
        """Open the lab at the result."""
        event.stop()
        results = getattr(self.session.observation, "results", ())
        if event.row <= len(results):
            self.nnlab.follow(results[event.row - 1].address)

    def on_next_labs_opened(self, event: NextLabs.Opened) -> None:
        """Open a lab that is named."""
        event.stop()
        self.nnlab.follow(event.address)

    def on_section_rows_opened(self, event: SectionRows.Opened) -> None:
        """Open a lab, or a section where it was left."""
        event.stop()
        self.nnlab.follow(event.address)

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """A click on a row opens its lab."""
        event.stop()
        event.prevent_default()
        kind, _, name = event.spot.partition(":")
        if event.phase == "press" and kind in ("lab", "at"):
            self.nnlab.follow(name)
