"""All runs: a table that follows them, and below it the curves of the chosen one or of up to four over each other."""

import asyncio
from collections.abc import Callable

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size

from tui import run_words
from tui.commands import Command, bindings
from tui.runs_reading import SIZE_EVERY
from tui.screens.runs_showing import RunShowing
from tui.widgets.entry import Entry
from tui.widgets.footer import FooterLine
from tui.widgets.run_axes import RunAxes
from tui.widgets.run_curves import RunCurves
from tui.widgets.run_facts import RunFacts, RunNotice
from tui.widgets.run_head import RunsHead
from tui.widgets.run_table import RunTable
from tui.widgets.too_small import TooSmall

KEYS = (
    Command("run_pause", ("space",), "run", 1),
    Command("run_stop", ("b",), "run"),
    Command("run_mark", ("x",), "see", 2),
    Command("run_unmark", ("X",), "see"),
    Command("run_open", ("enter",), "move", 3),
    Command("run_rename", ("N",), "change", 4),
    Command("run_delete", ("delete",), "change", 5),
    Command("run_export", ("E",), "keep", 6),
    Command("run_copy", ("c",), "keep", 7),
    Command("run_what", ("v",), "see"),
    Command("run_cursor", ("left", "right"), "see", written="←→", actions=("cursor(-20)", "cursor(20)"), palette=False),
    Command(
        "run_cursor_fine",
        ("shift+left", "shift+right"),
        "see",
        written="⇧←→",
        actions=("cursor(-2)", "cursor(2)"),
        palette=False,
    ),
    Command("run_cursor_off", ("backspace",), "see", palette=False),
    Command("home", ("escape",), "move", 8, actions=("close",), palette=False),
)

MORE = 1000
"""Parts of the x axis that the cursor's steps are counted in."""


class RunsScreen(RunShowing):
    """Follows all runs."""

    CSS_PATH = "../styles/runs.tcss"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    AUTO_FOCUS = "RunTable"

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        """Take the clock that tells today from yesterday; the system's where none is given."""
        super().__init__()
        self._clock = clock
        self._bytes = ""
        """What all runs take, as it is written."""

        self._keys_of = ""
        """The state of a run that the footer's keys are for."""

    def compose(self) -> ComposeResult:
        """Head, table, what is wrong with the chosen run, curves, facts, keys."""
        yield RunsHead()
        yield RunTable(self._clock, id="runs") if self._clock else RunTable(id="runs")
        yield RunNotice(id="notice")
        with Vertical(id="compare"):
            yield RunAxes(id="axes")
            yield RunCurves(id="curves")
            yield RunFacts(id="facts")
        yield FooterLine(id="footer")
        yield TooSmall()

    def on_mount(self) -> None:
        """Follow the runs from now on."""
        self.nnlab.look_changed.subscribe(self, lambda _: self.show_again())
        self.nnlab.runs.changed.subscribe(self, lambda _: self.follow())
        self.fit_size(self.app.size)
        self.follow()
        self.nnlab.runs.shown = True
        self._look()
        self.set_interval(SIZE_EVERY, self._measure)

    def on_unmount(self) -> None:
        """The runs are looked at less often again."""
        self.nnlab.runs.shown = False

    @work(group="runs", exit_on_error=False)
    async def _look(self) -> None:
        """Look at once: the last look may be a second old, or not have been."""
        await self.nnlab.runs.look()
        self._measure()

    def on_resize(self, event: events.Resize) -> None:
        """Share the height anew."""
        self.fit_size(event.size)

    def fit_size(self, size: Size) -> None:
        """Share the height between table, notice and facts; the curves take what is left."""
        height = size.height
        for table in self.query(RunTable):
            table.fit_rows(max(3, min(height // 4, 20)), height >= 34)
        for notice in self.query(RunNotice):
            notice.most = 5 if height >= 34 else 3
        for shown in self.query(RunFacts):
            shown.fit_rows(8 if height >= 34 else 3)

    # Following

    def follow(self) -> None:
        """Bring everything to the runs as they were seen last; what looks the same is left alone."""
        if not self.query(RunFacts):
            return
        watch = self.watch_runs
        runs, view = watch.listed, watch.view
        if runs is not None:
            there = {each.id for each in runs}
            view.marks = tuple(each for each in view.marks if each in there)
            if view.chosen not in there:
                view.chosen = runs[0].id if runs else ""
        self.query_one(RunTable).show(runs, view.chosen, view.marks)
        self._tell_counts()
        if self._state != self._keys_of:
            self._keys_of = self._state
            self.query_one(FooterLine).repaint_keys()
        self._read_what_is_new()
        self._show_curves()

    def _tell_counts(self) -> None:
        runs = self.watch_runs.listed or ()
        states = [str(each.status.state) for each in runs if each.status is not None]
        counts = []
        for key, state, tone in (("runs.running", "running", "run"), ("runs.queued", "queued", "text"),
                                 ("runs.paused", "paused", "text")):  # fmt: skip
            if count := states.count(state):
                counts.append((key, count, tone))
        self.query_one(RunsHead).tell((*counts, ("runs.total", len(runs), "text")), self._bytes)

    def _measure(self) -> None:
        self.run_worker(self._measure_size, group="size", exclusive=True, exit_on_error=False)

    async def _measure_size(self) -> None:
        runs = self.watch_runs.listed or ()
        self._bytes = run_words.size_text(await asyncio.to_thread(self.watch_runs.reader.size, runs))
        self._tell_counts()

    # Keys and clicks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters rest while a name is typed; a finished run neither pauses nor goes on; enter is that of the axes."""
        if isinstance(self.focused, Entry):
            return False
        if action == "run_pause":
            return self._state not in ("", "finished")
        return not (action == "run_open" and isinstance(self.focused, RunAxes))

    @property
    def _state(self) -> str:
        """How the chosen run stands; nothing where there is none, or none that can be read."""
        run = self.chosen
        return str(run.status.state) if run is not None and run.status is not None else ""

    @property
    def renamed(self) -> dict[str, str]:
        """Keys that mean something of their own for the chosen run: space goes on with what stands still."""
        return {} if self._state in ("queued", "running") else {"run_pause": "resume"}

    def on_key(self, event: events.Key) -> None:
        """Forget the question about deleting at any other key."""
        if event.key != "delete":
            self._asked = ""

    def action_run_what(self) -> None:
        """Draw something else."""
        self.query_one(RunAxes).turn("what", 1)

    def action_cursor(self, parts: int) -> None:
        """Move the cursor; beyond the end it goes away."""
        view = self.watch_runs.view
        if self.query_one(RunCurves).plot is None:
            return
        place = round((1.0 if view.cursor is None else view.cursor) * MORE) + parts
        if view.cursor is None and parts > 0:
            place = 0
        view.cursor = max(place, 0) / MORE if place <= MORE else None
        self._show_curves()

    def action_run_cursor_off(self) -> None:
        """Read the values at the ends again."""
        self.watch_runs.view.cursor = None
        self._show_curves()

    def on_run_table_chosen(self, event: RunTable.Chosen) -> None:
        """Show the curves of another run."""
        event.stop()
        self._asked = ""
        self.watch_runs.view.chosen = event.id
        self.follow()

    def on_run_table_marked(self, event: RunTable.Marked) -> None:
        """Compare a run, or no more."""
        event.stop()
        self.mark(event.id)

    def on_run_table_opened(self, event: RunTable.Opened) -> None:
        """Open it."""
        event.stop()
        self.action_run_open()

    def on_run_axes_changed(self, event: RunAxes.Changed) -> None:
        """Take another axis."""
        event.stop()
        setattr(self.watch_runs.view, event.name, event.value)
        self._show_curves()

    def on_run_curves_pointed(self, event: RunCurves.Pointed) -> None:
        """Move the cursor."""
        event.stop()
        self.watch_runs.view.cursor = event.place
        self._show_curves()

    def on_entry_refused(self, event: Entry.Refused) -> None:
        """Say why a typed name can't be."""
        event.stop()
        self.nnlab.tell_text(event.reason, lasting=True)
