"""What is seen of a quiz: the questions with their choices in the order shown, the answers, and how many are right."""

import msgspec

from lessons.vocabulary.figures import Table
from lessons.vocabulary.observation import News, Observation


class Asked(msgspec.Struct, frozen=True):
    """One question of the quiz; its texts are message keys after `@`."""

    name: str
    """Section and question: `neuron.and_one_input`."""

    question: str
    choices: tuple[str, ...]
    """In the order shown."""

    chosen: int | None = None
    """Number of the choice that was taken, from 1; None while it is open. What follows is told only then."""

    answer: int | None = None
    """Number of the right choice."""

    right: bool | None = None
    why: str = ""
    lab: str = ""
    """Address of a lab that shows it."""


class QuizObservation(Observation, frozen=True, kw_only=True):
    """A quiz under these answers."""

    asked: tuple[Asked, ...]
    """The questions in their order."""

    names: str
    """The same by their names, as the setting `questions` holds them."""

    total: int
    answered: int
    right: int
    missed: tuple[str, ...]
    """Those that were answered wrongly, section and question."""

    about: int
    """Sections that the questions are about."""

    at: int
    """The question that is looked at, from 1; 0 for the result."""

    complete: bool
    """Whether all are answered."""

    news: tuple[News, ...] = ()
    """What could not be asked."""

    result: Table
    """Right answers by section."""
