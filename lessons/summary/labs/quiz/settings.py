"""What is set in a quiz: what it asks about, and what has been answered so far."""

from typing import Annotated

from lessons.vocabulary.section import AnySection
from lessons.vocabulary.settings import Settings, choice, text, whole

NAME = "summary.quiz"


MOST = 20
"""Questions of one quiz at most."""

_QUESTION = "[a-z][a-z0-9_]{0,23}"


class QuizSettings(Settings, frozen=True):
    """A quiz and how far it is. With its questions named it is the same quiz on every machine."""

    section: Annotated[AnySection, choice(f"@{NAME}.section")] = "all"
    count: Annotated[int, whole(1, MOST, label=f"@{NAME}.count")] = 10
    """Questions, or fewer where there aren't so many."""

    seed: Annotated[int, whole(0, 9999, label=f"@{NAME}.seed")] = 0
    questions: Annotated[
        str,
        text(
            f"@{NAME}.questions",
            longest=25 * MOST,
            example="and_one_input,xor_alone",
            pattern=f"({_QUESTION}(,{_QUESTION}){{0,{MOST - 1}}})?",
        ),
    ] = ""
    """The questions by their names; where there are none, they are drawn by the seed and the learner's record."""

    answers: Annotated[str, text(f"@{NAME}.answers", longest=MOST, example="2413", pattern=f"[1-4]{{0,{MOST}}}")] = ""
    """The answers so far, a digit each: the number of the choice as it stands on the screen."""

    at: Annotated[int, whole(0, MOST, label=f"@{NAME}.at")] = 0
    """The question that is looked at, from 1; 0 for the first that is not answered, or the result."""
