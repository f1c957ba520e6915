"""A lab's session as exercises use it: taken up, answered, solved before the learner's eyes."""

from collections.abc import Callable

from engine.process.client import Latest
from lessons.vocabulary.exercise import Moment
from lessons.vocabulary.settings import Settings
from tui.attempt import Attempt
from tui.stepping import MOST_STEPS


class Exercised:
    """Mixin of `LabSession`, which has what is named here."""

    attempt: Attempt
    settings: Settings
    shown_settings: Settings | None
    marked: Moment | None
    finished: bool
    on_change: Callable[[str], None]
    _hurries: bool
    _latest: Latest

    def begin(self, index: int | None = None) -> None:
        """Take up an exercise: a prediction at its own start; another where the lab is, unless it is solved there.

        Going on to another one for the first time sets its start, too: what the last one left would not fit its text.
        """
        if index is not None:
            self.attempt.choose(index)
            self.marked = None
        start, state = self.attempt.start_address(), self.attempt.state
        elsewhere = index is not None and not state.begun and not state.solved
        if start is None and self.moment and (elsewhere or self.attempt.already_solved(self.moment)):
            start = self.attempt.exercise.starts[0]
        state.begun = True
        if start is not None:
            self.load(start)
        if self.shown_settings == self.settings:  # else it is looked at when its picture comes
            self._look()
        self.on_change("exercise")

    def answer(self, choice: str) -> None:
        """Take a choice; a prediction then shows what really happens."""
        moment = self.moment
        if moment is None:
            return
        reveal = self.attempt.take(choice, moment)
        if reveal is not None:
            self.marked = moment
            self.load(reveal)
        self._look()
        self.on_change("exercise")

    async def show_solution(self) -> None:
        """Set the lab to the exercise's own solution, step by step; it then counts as shown."""
        first, *rest = self.attempt.solution()
        self.load(first)
        await self._latest.settled()
        await self._run_out()
        for address in rest:
            self.marked = self.moment
            self.load(address)
            await self._latest.settled()
            await self._run_out()
        if moment := self.moment:
            self.attempt.adopt_solution(moment, self.marked)
        self.on_change("exercise")

    async def _run_out(self) -> None:
        """Let what goes on step by step come to its end."""
        self._hurries = True
        try:
            for _ in range(MOST_STEPS):
                if not self.learning or self.finished:
                    return
                self.step()
                await self._latest.settled()
        finally:
            self._hurries = False
