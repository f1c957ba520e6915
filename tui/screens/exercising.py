"""How a section's screen conducts exercises: what the strip wants is done with the session and noted."""

from lessons.vocabulary.settings import Settings
from tui.attempt import HINTS
from tui.session import LabSession
from tui.widgets.exercise import ExerciseStrip


class Exercising:
    """Mixin of the section's screen."""

    session: LabSession | None
    """The session of the present lab; the screen has it."""

    def action_exercise(self) -> None:
        """Open the exercise, the next one where this is solved; when open go to its answers, or close it from there."""
        if self.view is None:
            return
        strip = self.query_one(ExerciseStrip)
        attempt = strip.attempt
        if self.lab_hidden:
            self.action_lesson()  # where the lesson hides the lab, the lab comes first
            if strip.opened:
                return
        if not strip.opened and attempt.state.solved and attempt.index + 1 < len(attempt.states):
            self._want("next")
            self._open_panel(True)
        elif not strip.opened:
            self._want("open")
        elif strip.awaits_answer:
            strip.focus()
        else:
            self._want("close")

    def action_hint(self) -> None:
        """Show the next hint; after the third the solution, while the panel is open."""
        if self.view is None:
            return
        strip = self.query_one(ExerciseStrip)
        if self.nnlab.guest and strip.attempt.state.hints >= HINTS:
            return  # who only shows it shows no solution
        self._want("solution" if strip.attempt.state.hints >= HINTS and not strip.attempt.state.solved else "hint")

    def on_exercise_strip_wanted(self, event: ExerciseStrip.Wanted) -> None:
        """Do what the learner wants of the exercise."""
        event.stop()
        self._want(event.what)

    def _want(self, what: str) -> None:
        session = self.session
        if session is None or self.view is None:
            return
        strip, attempt = self.query_one(ExerciseStrip), session.attempt
        before = session.settings
        if what == "hint" and not attempt.state.solved:
            attempt.hint()
            self.nnlab.keeping.hint(session)
        elif what == "open":
            self._open_panel(True)
            session.begin()
        elif what == "close":
            self._open_panel(False)
        elif what == "again":
            if attempt.exercise.kind == "predict":
                session.begin()
                if len(attempt.exercise.starts) > 1:
                    self.nnlab.tell_text(self.nnlab.words.text("news.other_start"))
            else:
                session.load(attempt.exercise.starts[0])
        elif what == "next":
            strip.cursor = 0
            session.begin((attempt.index + 1) % len(attempt.states))
        elif what.startswith("exercise:"):
            strip.cursor = 0
            session.begin(int(what[9:]))
        elif what.startswith("choice:"):
            if attempt.exercise.kind == "predict":
                self._at_start(session, what[7:])
            else:
                session.answer(what[7:])
        elif what == "solution" and self.nnlab.guest:
            return
        elif what == "solution" and not attempt.state.asking:
            attempt.state.asking = True  # the next press shows it
        elif what == "solution":
            self.nnlab.keeping.shown(session)
            self.run_worker(session.show_solution, exclusive=True, group="solution", exit_on_error=False)
        if not what.startswith("choice:"):
            self._tell_replaced(session, before)
        self._changed("exercise")

    def _tell_replaced(self, session: LabSession, before: Settings) -> None:
        """Say that an exercise has replaced the learner's own settings, and which key brings them back."""
        if session.settings != before and not session.attempt.is_given(before):
            self.nnlab.tell_text(self.nnlab.words.text("news.exercise_set"))

    def _at_start(self, session: LabSession, choice: str) -> None:
        """A prediction is about a start, the one that is shown now where it is one: go there, then take the answer."""

        async def take() -> None:
            attempt = session.attempt
            if attempt.state.answer:
                return
            before = session.settings
            session.load(attempt.turn_to(before))
            self._tell_replaced(session, before)
            await session.settled()
            session.answer(choice)

        self.run_worker(take, exclusive=True, group="answer", exit_on_error=False)

    def _open_panel(self, opened: bool) -> None:
        strip = self.query_one(ExerciseStrip)
        strip.opened = opened
        self.set_class(opened, "-exercise")
        if opened:
            strip.focus()
        else:
            self._focus_first()
