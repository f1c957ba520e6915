"""What can be set in `summary.progress`: whose record, which section of it, and what to go by."""

from typing import Annotated, Literal

from lessons.vocabulary.section import AnySection
from lessons.vocabulary.settings import Settings, choice, whole

NAME = "summary.progress"

Whose = Literal["own", "example"]
Shown = Literal["sections", "results", "recall"]
Rule = Literal["order", "begun", "missed", "fading"]
Measure = Literal["best", "last"]

LONGEST = 60
"""Days that can be looked ahead."""

MOST_ROWS = 40
"""Results that are listed at most."""


class ProgressSettings(Settings, frozen=True):
    """The record that is looked at, and the rule that says what is next."""

    record: Annotated[Whose, choice("@summary.progress.record")] = "own"
    view: Annotated[Shown, choice("@summary.progress.view")] = "sections"
    section: Annotated[AnySection, choice("@summary.progress.section")] = "all"
    rule: Annotated[Rule, choice("@summary.progress.rule")] = "order"
    days: Annotated[int, whole(0, LONGEST, label="@summary.progress.days")] = 0
    measure: Annotated[Measure, choice("@summary.progress.measure")] = "best"
    row: Annotated[int, whole(1, MOST_ROWS, label="@summary.progress.row")] = 1
