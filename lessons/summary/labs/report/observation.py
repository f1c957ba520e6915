"""What is seen in `summary.report`: what will stand in the report."""

from lessons.vocabulary.figures import Bars, Table
from lessons.vocabulary.observation import News, Observation


class ReportObservation(Observation, frozen=True, kw_only=True):
    """The report, counted part by part."""

    labs: int
    """Labs of the chosen sections."""

    exercises: int
    """Their exercises."""

    solved: int
    """Those that are solved."""

    proofs: int
    """Solved exercises whose proofs stand in the report, also of labs that this nnlab doesn't have."""

    runs: int
    older_runs: int
    """Runs that are left out, being older."""

    gone_runs: int
    """Runs that can't be read, or were deleted meanwhile."""

    curves: int
    """Pictures of curves."""

    with_curves: int
    """Runs that have one at least."""

    samples: int
    """Runs that show what they have made last."""

    figures: int
    """Pictures altogether: curves and samples that are no text."""

    answered: int
    """Questions of the quiz that were answered."""

    right: int
    """Those whose last answer was right."""

    empty: bool
    """Whether nothing has been done yet."""

    news: tuple[News, ...] = ()
    """What the report lacks."""

    outline: Table
    """Its parts, and how much stands in each."""

    solved_share: Bars
    """Share of the solved exercises in each section."""
