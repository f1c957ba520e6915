"""What a section's keys do with the lab before the learner: run, step, undo, mark, look closer, copy."""

from typing import Protocol, runtime_checkable

from tui.session import LabSession
from tui.widgets.exercise import ExerciseStrip


@runtime_checkable
class HasParts(Protocol):
    """A lab's view that shows one of several things at a time."""

    def next_part(self) -> None:
        """Show the next one."""


class LabActions:
    """Mixin of the section's screen."""

    session: LabSession | None
    """The session of the present lab; the screen has it."""

    def action_play(self) -> None:
        """Run or pause."""
        if self.session is not None:
            self.session.toggle()

    def action_forward(self, steps: int) -> None:
        """Go steps on."""
        if self.session is not None:
            self.session.playing = False
            self.session.forward(steps)

    def action_back(self, steps: int) -> None:
        """Go steps back."""
        if self.session is not None:
            self.session.back(steps)

    def action_restart(self) -> None:
        """Begin again: the exercise where a prediction was wrong, else the lab with the same seed.

        Where the lab has nothing of its own to begin anew, an open exercise is taken from its start.
        """
        session = self.session
        if session is None or self.view is None:
            return
        strip = self.query_one(ExerciseStrip)
        if strip.predicted_wrong or (strip.opened and not session.restarts):
            self._want("again")
        else:
            session.restart()

    def action_exercise_again(self) -> None:
        """Take the exercise from its start."""
        if self.session is not None and self.view is not None:
            self._want("again")

    def action_seed(self) -> None:
        """Take the next seed."""
        if self.session is not None:
            self.session.set("seed", (int(getattr(self.session.settings, "seed", 0)) + 1) % 10000)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.session is not None and not self.session.undo():
            self.nnlab.tell_text(self.nnlab.words.text("news.nothing_to_undo"))

    def action_redo(self) -> None:
        """Make the change again."""
        if self.session is not None and not self.session.redo():
            self.nnlab.tell_text(self.nnlab.words.text("news.nothing_to_redo"))

    def action_mark(self) -> None:
        """Keep this moment for comparison."""
        session = self.session
        if session is not None and session.moment is not None:
            session.mark()
            key = "news.marked" if session.marked is not None else "news.unmarked"
            self.nnlab.tell_text(self.nnlab.words.text(key))

    def action_view(self) -> None:
        """Show the next view of what the lab shows."""
        if isinstance(self.view, HasParts):
            self.view.next_part()

    def action_settings(self) -> None:
        """Show presets and all settings."""
        from tui.screens.lab_settings import LabSettingsScreen

        if self.session is not None:
            self.app.push_screen(LabSettingsScreen(self.session))

    def action_zoom(self) -> None:
        """Show the main figure on the whole screen."""
        from tui.screens.zoom import ZoomScreen

        if self.session is not None and self.session.observation is not None:
            self.app.push_screen(ZoomScreen(self.session))

    def action_source(self) -> None:
        """Show the engine's file behind the lab."""
        from tui.screens.source import SourceScreen

        if self.session is not None:
            self.app.push_screen(SourceScreen(self.session.lab))

    def action_copy(self) -> None:
        """Copy the lab address."""
        if self.session is not None:
            address = self.session.whole_address
            self.nnlab.copy_text(address)
            self.nnlab.tell_text(self.nnlab.words.text("news.copied", address=address))

    def action_open(self) -> None:
        """Ask for an address and open it."""
        from tui.screens.open_address import OpenScreen

        self.app.push_screen(OpenScreen(self.session))
