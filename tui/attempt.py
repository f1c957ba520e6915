"""The learner's attempt at a lab's exercises: which one, how far, hints taken, the answer given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lessons.address import parse
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, different, solved
from lessons.vocabulary.lab import Lab
from lessons.vocabulary.settings import Settings

HINTS = 3


@dataclass
class State:
    """Where the learner is in one exercise."""

    hints: int = 0
    shown: bool = False
    """The solution has been shown."""

    asking: bool = False
    """The solution has been asked for once; the next time it is shown."""

    begun: bool = False
    """It has been taken up before."""

    solved: bool = False
    answer: str = ""
    variant: int = 0
    """Which of the starts it is asked from."""

    conditions: tuple[Condition, ...] = ()
    kept: dict[str, Moment] = field(default_factory=dict)
    """Moments that the exercise remembers."""

    verdict: tuple[Condition, ...] = ()
    """What a prediction came to; it stands when the lab is moved on."""

    really: str = ""
    """The choice that would have been right, which stands as well."""


@dataclass
class Attempt:
    """All exercises of one lab, and the present one."""

    lab: Lab
    language: str = ""
    """The learner's, in which the exercises' texts are set."""

    index: int = 0
    states: list[State] = field(default_factory=list)
    trail: Trail | None = None

    def __post_init__(self) -> None:
        self.states = [State() for _ in self.lab.exercises]
        self.just_solved = False

    @property
    def exercise(self) -> Exercise:
        """The present exercise."""
        return self.lab.exercises[self.index]

    @property
    def state(self) -> State:
        """How far the present exercise is."""
        return self.states[self.index]

    def choose(self, index: int) -> None:
        """Take another exercise."""
        self.index = min(max(index, 0), len(self.states) - 1)
        self.just_solved = False

    def start_address(self) -> str | None:
        """Give the address that the present exercise must begin at, if it must."""
        exercise, state = self.exercise, self.state
        state.asking = False
        if exercise.kind != "predict":
            return exercise.starts[0] if solved(state.conditions) and not state.solved else None
        if state.solved:
            return None
        if state.answer:
            state.variant = (state.variant + 1) % len(exercise.starts)
        state.answer, state.verdict = "", ()
        return exercise.starts[state.variant]

    def is_given(self, settings: Settings) -> bool:
        """Tell whether settings are those of an exercise, and none of the learner's own."""
        given = (address for each in self.lab.exercises for address in (*each.starts, *each.reveals))
        return any(self._settings(address) == settings for address in given)

    def named(self) -> Mapping[str, str]:
        """Fixed values for the placeholders of the present exercise's texts, and those of its start."""
        exercise = self.exercise
        return exercise.named(self._settings(exercise.starts[self.state.variant]))

    def turn_to(self, settings: Settings) -> str:
        """Ask a prediction from the start that the lab is at now, or the one nearest to it; give its address."""
        exercise, state = self.exercise, self.state
        away = [len(different(settings, self._settings(start))) for start in exercise.starts]
        if away[state.variant] > min(away):
            state.variant = away.index(min(away))
        return exercise.starts[state.variant]

    def already_solved(self, moment: Moment) -> bool:
        """Tell whether what was done before would solve the present exercise, before anything is done for it."""
        return not self.state.solved and solved(self.exercise.check(Trail(moment, None, "")))

    def take(self, choice: str, moment: Moment) -> str | None:
        """Take an answer; give the address that shows what happens, for a prediction."""
        exercise, state = self.exercise, self.state
        if exercise.kind == "predict":
            if state.answer:
                return None
            state.answer = choice
            return exercise.reveals[state.variant]
        state.answer = choice
        return None

    def look(self, now: Moment, marked: Moment | None) -> None:
        """Check the present exercise against a moment."""
        exercise, state = self.exercise, self.state
        if exercise.kind == "predict":
            self._look_predicted(now, marked)
            return
        if reason := exercise.remembers(now):
            state.kept[reason] = now
        self.trail = Trail(now, marked, state.answer, state.kept)
        state.conditions = exercise.check(self.trail)
        self._settle()

    def _look_predicted(self, now: Moment, marked: Moment | None) -> None:
        exercise, state = self.exercise, self.state
        if not state.answer:
            self.turn_to(now.settings)
        revealed = bool(state.answer) and now.settings == self._settings(exercise.reveals[state.variant])
        self.trail = Trail(now, marked, state.answer)
        if revealed and not state.verdict and marked is not None:
            state.verdict = exercise.check(self.trail)
            state.really = exercise.answer(self.trail) if exercise.answer is not None else ""
        state.conditions = state.verdict or (Condition("@exercise.prediction", False),)
        self._settle()

    def preview(self, now: Moment, marked: Moment | None) -> None:
        """See how far the present exercise would be, without counting it as solved."""
        if self.exercise.kind != "predict":
            self.state.conditions = self.exercise.check(Trail(now, marked, self.state.answer, self.state.kept))

    def _settings(self, address: str) -> Settings:
        return self.lab.set_by(parse(address).values, self.language)

    def _settle(self) -> None:
        state = self.state
        if solved(state.conditions) and not state.solved:
            state.solved = True
            self.just_solved = True

    def hint(self) -> int:
        """Show the next hint; give how many are shown."""
        self.state.hints = min(self.state.hints + 1, HINTS)
        return self.state.hints

    def solution(self) -> tuple[str, ...]:
        """Note that the solution is shown, and give its addresses; all but the last are to be marked."""
        state, exercise = self.state, self.exercise
        state.shown = True
        if exercise.kind == "predict":
            return exercise.starts[state.variant], exercise.reveals[state.variant]
        return exercise.solution

    def adopt_solution(self, now: Moment, marked: Moment | None) -> None:
        """Take the right choice, now that the solution is before the learner."""
        exercise, state = self.exercise, self.state
        if exercise.answer is not None:
            state.answer = exercise.answer(Trail(now, marked, ""))
            state.verdict = ()
        self.look(now, marked)
