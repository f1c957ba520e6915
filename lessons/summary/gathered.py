"""What a report tells, as plain data: gathered from the record and the runs' folders, in no language yet."""

from typing import Literal

import msgspec

from engine.training.folder import Listed
from lessons.vocabulary.figures import Curves, Figure, Tokens


class Said(msgspec.Struct, frozen=True):
    """A message and what fills it: something that the report lacks, say."""

    key: str
    """Without `@`."""

    values: dict[str, str] = {}


class LabDone(msgspec.Struct, frozen=True, kw_only=True):
    """How far the learner is in a lab."""

    name: str
    """In full, `neuron.unit`."""

    solved: int
    exercises: int
    opened: float = 0.0
    """When it was last opened, seconds since 1970; 0 for never."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A solved exercise, and what shows that it is."""

    lab: str
    exercise: str
    known: bool
    """Whether this nnlab has the exercise, and so its text."""

    names: dict[str, str] = {}
    """Fills the text."""

    time: float
    """Seconds since 1970."""

    address: str
    seed: int | None = None
    value: float | str | None = None
    """What was reached, or the answer that was given."""

    chosen: bool = False
    """Whether the value is the name of a choice."""

    hints: int = 0
    shown: bool = False
    """Whether the solution had been shown before."""


class RunTold(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A training: how it stands, its curves, and what it has made last."""

    listed: Listed
    gone: bool = False
    """Whether it was deleted while the report was being made."""

    curves: tuple[Curves, ...] = ()
    torn: int = 0
    """Lines of its curves that could not be read."""

    sample: tuple[Figure, ...] = ()
    sample_problem: Said | None = None
    """Why there is no sample."""

    promised: Literal["", "picture", "text"] = ""
    """What the sample will be where it is only counted, and not drawn yet."""

    example: bool = False
    """Whether it came with the program."""

    @property
    def texts(self) -> int:
        """Samples that are texts."""
        return sum(isinstance(figure, Tokens) for figure in self.sample) + (self.promised == "text")

    @property
    def pictures(self) -> int:
        """Samples that are pictures."""
        return sum(not isinstance(figure, Tokens) for figure in self.sample) + (self.promised == "picture")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the quiz and how it was answered."""

    name: str
    tries: int
    rights: int
    """How often rightly."""

    right: bool
    """Whether the last answer was right."""


class QuizSection(msgspec.Struct, frozen=True, kw_only=True):
    """The answered questions of a section."""

    section: str
    questions: tuple[Question, ...] = ()

    @property
    def right(self) -> int:
        """Questions whose last answer was right."""
        return sum(each.right for each in self.questions)


class Gathered(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """All that stands in a report."""

    labs: tuple[LabDone, ...]
    """Of the chosen sections, in the order of the lecture."""

    proofs: tuple[Proof, ...]
    """In the order of the lecture; those of labs that this nnlab doesn't have come last."""

    runs: tuple[RunTold, ...]
    """The newest first."""

    older: int = 0
    """Runs that were left out, being older."""

    quiz: tuple[QuizSection, ...] = ()
    """A section each, also those with no answer; none where the quiz is left out."""

    told: tuple[Said, ...] = ()
    """What the learner must know: journals that were broken, say."""

    example: bool = False
    """Whether it is the record that comes with the program."""

    @property
    def solved(self) -> int:
        """Solved exercises of the labs that are there."""
        return sum(each.solved for each in self.labs)

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        opened = any(each.opened for each in self.labs if not each.name.startswith("summary."))  # this lab is one
        return not (self.proofs or self.runs or self.older or opened or any(each.questions for each in self.quiz))

    @property
    def figures(self) -> int:
        """Pictures that are drawn: curves and samples that are no text."""
        return sum(len(each.curves) + each.pictures for each in self.runs)
