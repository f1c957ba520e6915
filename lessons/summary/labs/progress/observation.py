"""What is seen of a record: how far each lab is, what is remembered of it, the best results, and what is next."""

from msgspec import Struct

from lessons.summary.labs.progress.settings import Rule
from lessons.vocabulary.figures import Curves, Formula, Table
from lessons.vocabulary.observation import News, Observation


class LabStanding(Struct, frozen=True, kw_only=True):
    """How far the learner is in one lab."""

    lab: str
    """Full name."""

    solved: int
    exercises: int
    hints: int
    """Hints taken, of all its exercises together."""

    opened: bool
    since: float | None
    """Days from its last use to the day that is looked at; None for a lab that was never used."""

    half_life: float | None
    """Days until half is forgotten; None where nothing is solved."""

    recall: float | None
    """Estimated chance that it is still known, 0…1; None where nothing is solved."""

    @property
    def half_done(self) -> bool:
        """Whether it was begun and not finished."""
        return self.solved < self.exercises and (self.opened or self.solved > 0)


class QuizStanding(Struct, frozen=True, kw_only=True):
    """How the questions of one section were answered."""

    section: str
    asked: int
    right: int
    """Questions that were answered rightly the last time."""

    shown: tuple[str, ...] = ()
    """Addresses that show the answers of the others; none for a question that this nnlab doesn't have."""

    @property
    def missed(self) -> int:
        """Questions that were answered wrongly the last time."""
        return self.asked - self.right


class Next(Struct, frozen=True, kw_only=True):
    """A lab to go on with, and why."""

    lab: str
    address: str
    why: Rule
    count: int
    """What the reason counts: exercises to go, questions missed, or percent still known."""


class Result(Struct, frozen=True, kw_only=True):
    """One training, by what has come of it on the test data; or the value that an exercise was solved with."""

    lab: str
    name: str
    """What it is called, or what makes it differ from the defaults."""

    address: str
    """Opens the lab at this training."""

    what: str
    """`accuracy`, `loss`, or `value` of an exercise."""

    rank: int = 0
    """Place among the trainings of its lab, from 1."""

    trainings: int = 0
    """Trainings of its lab."""

    best: float | None = None
    best_at: float | None = None
    """Share of the training after which it was best, 0…1."""

    last: float | None = None
    exercise: str = ""
    """The exercise whose value it is."""

    value: str = ""
    """That value, as it was written."""


class ProgressObservation(Observation, frozen=True, kw_only=True):
    """The record under these settings."""

    solved: int
    exercises: int
    finished: int
    """Labs whose exercises are all solved."""

    labs: int
    asked: int
    """Questions of the quiz that have been answered."""

    right: int
    fallen: int
    """Practised labs of which less than half is still known."""

    fallen_next: int
    """The same one day later."""

    standing: tuple[LabStanding, ...]
    quiz: tuple[QuizStanding, ...]
    following: tuple[Next, ...]
    results: tuple[Result, ...]
    row: int
    """The result that is looked at, from 1; 0 where there is none."""

    counted: Table
    """The sections."""

    used: Table | None = None
    """The labs of the chosen section; of all those that were used, the last ones first."""

    bests: Table | None = None
    """The best training of each lab."""

    trainings: Table | None = None
    """All results."""

    curve: Curves | None = None
    forgetting: Formula | None = None
    remembered: Curves | None = None
    news: tuple[News, ...] = ()
