"""The curves and facts of the runs that are shown, read beside the event loop and drawn when they have changed."""

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui import run_words
from tui.runs_reading import CurveReader, Read
from tui.screens.runs_actions import RunActions
from tui.screens.runs_plot import OVER, WEIGHTS, Limits, Shown, choices, plot
from tui.screens.runs_told import facts, told
from tui.widgets.run_axes import AxisGroup, RunAxes
from tui.widgets.run_curves import RunCurves
from tui.widgets.run_facts import RunFacts, RunNotice

if TYPE_CHECKING:
    from engine.training.folder import Listed


class RunShowing(RunActions):
    """The part of the screen below the table."""

    def __init__(self) -> None:
        super().__init__()
        self._curves: CurveReader | None = None
        self._read: dict[str, Read] = {}
        self._reading = self._again = False
        self._limits = Limits()
        self._drawn: object = None
        self._drawn_runs: list[Shown] = []
        """Keeps the points that were drawn, so that their identity tells whether there are others."""

    def show_again(self) -> None:
        """Draw anew whatever was drawn, for the look or the language has changed."""
        self._drawn = None
        self.follow()

    def _wanted(self) -> tuple[str, ...]:
        """Ids of the runs whose curves are shown."""
        view = self.watch_runs.view
        return view.marks or ((view.chosen,) if view.chosen else ())

    def _is_live(self) -> bool:
        """Whether curves that are shown may have grown."""
        wanted = (*self._wanted(), self.watch_runs.view.chosen)
        for run in self.watch_runs.listed or ():
            if run.id in wanted and (run.status is None or run.status.state == "running" or self._is_older(run)):
                return True
        return False

    def _is_older(self, run: "Listed") -> bool:
        """Whether a run has gone on since its curves were read."""
        read = self._read.get(run.id)
        step = run.status.step if run.status is not None else 0
        return read is None or bool(read.points and read.points[-1].get("step", 0) < step)

    def _read_what_is_new(self) -> None:
        """Read curves that are not there yet or may have grown."""
        if set(self._wanted()) - set(self._read) or self._is_live():
            self._again = True
            if not self._reading:
                self._read_curves()

    @work(group="curves", exit_on_error=False)
    async def _read_curves(self) -> None:
        """Read the curves that are wanted in a thread, one time after another; the last wish wins."""
        self._reading = True
        self._curves = self._curves or CurveReader(self.nnlab.places.runs)
        try:
            while self._again:
                self._again = False
                wanted = dict.fromkeys((*self._wanted(), self.watch_runs.view.chosen))
                self._read = await asyncio.to_thread(self._curves.read, [each for each in wanted if each])
                self._show_curves()
        finally:
            self._reading = False

    def _shown(self) -> list[Shown]:
        view = self.watch_runs.view
        by_id = {each.id: each for each in self.watch_runs.listed or ()}
        found = []
        for number, identity in enumerate(self._wanted(), start=1):
            run, read = by_id.get(identity), self._read.get(identity)
            if run is not None and read is not None:
                name = run_words.name_of(run.record, self.words) if run.record else run.id
                found.append(Shown(run, name, read.points, number if view.marks else 0))
        return found

    def _show_curves(self) -> None:
        """Draw curves and facts of what is shown, if anything of it has changed."""
        if not self.query(RunFacts):
            return
        view, words = self.watch_runs.view, self.words
        chosen = self.chosen
        self.query_one(RunNotice).show(told(chosen, self._read.get(chosen.id), words) if chosen else ())
        shown = self._shown()
        if len(shown) < len(self._wanted()):
            return  # the old picture stays until the new one is there
        what = self._axes(shown)
        self.query_one(RunFacts).show(tuple(each.name for each in shown if each.mark), facts(shown, words))
        look = (words.language, self.nnlab.theme, self.nnlab.depth)
        drawn = ([(each.run.id, each.name, id(each.points), each.alive) for each in shown], what, look,
                 view.over, view.smooth, view.log, view.cursor)  # fmt: skip
        if drawn != self._drawn:
            self._drawn = drawn
            theme = "none" if self.nnlab.look.palette.shaded else self.nnlab.look.palette.theme
            self._drawn_runs = shown
            found = plot(shown, view, what, self._limits, theme, words) if what else None
            self.query_one(RunCurves).show(found, "runs.no_curve" if shown else "")

    def _axes(self, shown: list[Shown]) -> str:
        """Show title and choices; give what the y axis is."""
        view, words = self.watch_runs.view, self.words
        found = choices(shown)
        what = view.what if view.what in found else found[0] if found else ""
        groups = [AxisGroup("over", OVER, view.over), AxisGroup("what", found, what)] if found else []
        groups += [AxisGroup("smooth", tuple(WEIGHTS), view.smooth), AxisGroup("log", ("on",), view.log)]
        several = bool(shown and shown[0].mark)
        title = words.text("runs.compare") if several else shown[0].name if shown else ""
        key = f"runs.subject.{what}" if several else f"runs.subject.{what}.alone"
        self.query_one(RunAxes).show(title, words.text(key) if what else "", tuple(groups) if what else ())
        return what
