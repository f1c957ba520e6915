"""What the learner does with a run: pause and go on, stop, compare, open, rename, delete, export, copy its address."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.screen import Screen

from lessons import catalogue
from lessons.address import encode, value_text
from tui import run_words
from tui.drawing.run_marks import MOST
from tui.errors import explain
from tui.locale import Words
from tui.runs_watch import RunsWatch
from tui.widgets.run_table import RunTable

if TYPE_CHECKING:
    from engine.training.folder import Listed, Run
    from tui.app import NnlabApp

LONGEST_NAME = 60
"""Characters that a name may have."""


class RunActions(Screen[None]):
    """The part of the screen that does things; whatever touches files does so beside the event loop."""

    _asked = ""
    """Id of the run whose deletion was asked for and waits to be confirmed."""

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    @property
    def words(self) -> Words:
        """The texts in the learner's language."""
        return self.nnlab.words

    @property
    def watch_runs(self) -> RunsWatch:
        """The runs as they were seen last."""
        return self.nnlab.runs

    @property
    def chosen(self) -> "Listed | None":
        """The run under the cursor."""
        runs = self.watch_runs.listed or ()
        wanted = self.watch_runs.view.chosen
        return next((each for each in runs if each.id == wanted), runs[0] if runs else None)

    def follow(self) -> None:
        """Bring the screen to the runs and to the view; the screen itself does."""

    def _folder(self, identity: str) -> "Run":
        from engine.training.folder import Run

        return Run(self.nnlab.places.runs / identity)

    @work(group="run_command", exit_on_error=False)
    async def _do(self, does: Callable[[], Any], says: str = "", **values: Any) -> None:
        """Do something in a thread, look at the runs again, and say what was done or why it can't be."""
        from engine.training.record import RunProblem

        app = self.nnlab
        try:
            await asyncio.to_thread(does)
        except (RunProblem, OSError) as error:
            app.tell_text(explain(error, self.words), lasting=True)
        else:
            if says:
                app.tell_text(self.words.text(says, **values))
        await app.runs.look()
        self.follow()

    # One run

    def action_run_pause(self) -> None:
        """Pause the chosen run, or let it go on."""
        from engine.training import launch

        run = self.chosen
        if run is None:
            return
        folder = self._folder(run.id)
        if run.status is not None and run.status.state in ("queued", "running"):
            self._do(lambda: launch.pause(folder), "runs.told.pause")
        else:
            environ = self.nnlab.run_environ()
            self._do(lambda: launch.resume(folder, environ), "runs.told.resume")

    def action_run_stop(self) -> None:
        """Stop the chosen run; it can go on later."""
        from engine.training import launch

        if run := self.chosen:
            folder = self._folder(run.id)
            self._do(lambda: launch.stop(folder), "runs.told.stop")

    def action_run_open(self) -> None:
        """Open the lab of the chosen run, looking into it."""
        run = self.chosen
        if run is None:
            return
        if run.record is None:
            self.nnlab.tell_text(run_words.problem_text(run.problem, run.values, self.words), lasting=True)
            return
        try:
            catalogue.load(run.record.lab)
        except ValueError as error:
            self.nnlab.tell_text(explain(error, self.words), lasting=True)
            return
        app = self.nnlab
        address = address_of(run)
        self.action_close()
        app.open_address(address)

    def action_close(self) -> None:
        """Go back."""
        if self.app.screen is self and self.is_mounted:
            self.dismiss()

    def action_run_rename(self) -> None:
        """Type another name in place."""
        run = self.chosen
        if run is None or run.record is None:
            return

        def accept(text: str) -> str | None:
            if len(text.strip()) > LONGEST_NAME:
                return self.words.text("runs.told.long", count=LONGEST_NAME)
            self._do(lambda: self._folder(run.id).rename(text))
            return None

        self.query_one(RunTable).rename(run_words.name_of(run.record, self.words), accept)

    def action_run_delete(self) -> None:
        """Ask, and at the second time delete."""
        from engine.training.record import ALIVE

        run = self.chosen
        if run is None:
            return
        if run.status is not None and run.status.state in ALIVE:
            self.nnlab.tell_text(self.words.text("runs.told.alive"), lasting=True)
        elif self._asked != run.id:
            self._asked = run.id
            name = run_words.name_of(run.record, self.words) if run.record else run.id
            self.nnlab.tell_text(self.words.text("runs.told.delete", name=name), lasting=True)
        else:
            self._asked = ""
            table, view = self.query_one(RunTable), self.watch_runs.view
            runs = self.watch_runs.listed or ()
            place = table.index
            following = runs[place + 1 : place + 2] or runs[max(place - 1, 0) : place]
            view.chosen = following[0].id if following else ""
            view.marks = tuple(each for each in view.marks if each != run.id)
            folder = self._folder(run.id)
            self._do(folder.delete, "runs.told.deleted")

    def action_run_export(self) -> None:
        """Write the curves of the chosen run as CSV into the folder that nnlab was started in."""
        if run := self.chosen:
            self._export(run.id)

    @work(group="run_command", exit_on_error=False)
    async def _export(self, identity: str) -> None:
        from tui.runs_export import export

        app, folder = self.nnlab, self._folder(identity)
        try:
            path = await asyncio.to_thread(export, folder)
        except OSError as error:
            app.tell_text(explain(error, self.words), lasting=True)
            return
        app.tell_text(self.words.text("runs.told.exported", path=path), lasting=True)

    def action_run_copy(self) -> None:
        """Copy the address that opens the chosen run."""
        if (run := self.chosen) and run.record is not None:
            self.nnlab.copy_text(address_of(run))
            self.nnlab.tell_text(self.words.text("news.copied"))

    # Several runs

    def action_run_mark(self) -> None:
        """Compare the chosen run, or no more."""
        if run := self.chosen:
            self.mark(run.id)

    def mark(self, identity: str) -> None:
        """Compare a run, or no more."""
        view = self.watch_runs.view
        if identity in view.marks:
            view.marks = tuple(each for each in view.marks if each != identity)
        elif len(view.marks) == MOST:
            self.nnlab.tell_text(self.words.text("runs.told.most", count=MOST))
        else:
            view.marks = (*view.marks, identity)
        self.follow()

    def action_run_unmark(self) -> None:
        """Compare none."""
        self.watch_runs.view.marks = ()
        self.follow()


def address_of(run: "Listed") -> str:
    """Write the address of a run's lab with its settings, looking into the run where the lab can."""
    assert run.record is not None
    values = dict(run.record.settings)
    try:
        if setting := catalogue.load(run.record.lab).run:
            values[setting] = run.id
    except (ValueError, ImportError):
        pass
    query = "&".join(f"{name}={encode(value_text(value))}" for name, value in values.items())
    return f"{run.record.lab}?{query}" if query else run.record.lab
