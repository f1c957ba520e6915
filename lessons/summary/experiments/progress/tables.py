"""The record as tables: sections or labs counted, and results with small curves."""

from collections.abc import Sequence

import numpy as np

from lessons import catalogue
from lessons.summary.experiments.progress.standing import HALF
from lessons.summary.experiments.progress.trained import Trained
from lessons.summary.labs.progress.observation import LabStanding, QuizStanding, Result
from lessons.summary.labs.progress.settings import NAME, Measure
from lessons.vocabulary.figures import Cell, Column, Table, Tone
from lessons.vocabulary.numbers import UNKNOWN, percent, plain

FULL, EMPTY = "▪", "▫"
"""An exercise that is solved, and one that is not."""

MOST_LABS = 20
"""Labs that are listed together."""

SMALL, SMALLER = 12, 8
"""Cells of a small curve among all results, and beside the sections."""

LEFT, RIGHT = (0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08)
"""Braille dots of a cell's two columns, from below."""


def marks(solved: int, exercises: int) -> str:
    """Write a lab's exercises as squares: `▪▪▫`."""
    return FULL * solved + EMPTY * (exercises - solved)


def sections(labs: Sequence[LabStanding], quiz: Sequence[QuizStanding]) -> Table:
    """Count each section: its labs' exercises as squares, what is solved, questions answered rightly of those asked."""
    rows = []
    for section in catalogue.sections():
        own = [each for each in labs if each.lab.partition(".")[0] == section.name]
        asked = next((each for each in quiz if each.section == section.name), None)
        rows.append(
            (
                Cell(str(section.number), "muted"),
                Cell(f"@{section.name}.title"),
                Cell(" ".join(marks(each.solved, each.exercises) for each in own)),
                _counted(sum(each.solved for each in own), sum(each.exercises for each in own)),
                _counted(asked.right, asked.asked) if asked else Cell(UNKNOWN, "muted"),
            )
        )
    heads = ("section", "labs", "exercises", "quiz")
    columns = (Column(""), *(Column(f"@{NAME}.head.{head}", right=head in ("exercises", "quiz")) for head in heads))
    return Table(title="", columns=columns, rows=tuple(rows))


def _counted(done: int, total: int) -> Cell:
    tone: Tone = "success" if total and done == total else "text" if done else "muted"
    return Cell(f"{done}/{total}" if total else UNKNOWN, tone)


def labs_of(section: str, labs: Sequence[LabStanding], *, fading: bool) -> Table | None:
    """Tell of a section's labs, or of those used last, what is solved and when; None where none was used.

    What is still known stands there where one goes by it; else it would answer the exercise that asks for it.
    """
    if section == "all":
        own = sorted((each for each in labs if each.since is not None), key=lambda each: each.since or 0.0)
    else:
        own = [each for each in labs if each.lab.partition(".")[0] == section]
    if not own:
        return None
    rows = tuple(
        (
            Cell(catalogue.lab_number(each.lab), "muted"),
            Cell(f"@{each.lab}.title"),
            Cell(marks(each.solved, each.exercises), "success" if each.solved == each.exercises else "text"),
            Cell(UNKNOWN if each.since is None else f"{each.since:.0f}", "text" if each.since is not None else "muted"),
            _known(each.recall) if fading else Cell(str(each.hints) if each.hints else UNKNOWN, "muted"),
        )
        for each in own[:MOST_LABS]
    )
    right = ("since", "known" if fading else "hints")
    heads = ("lab", "", *right)
    return Table(
        title=f"@{NAME}.used" if section == "all" else f"@{section}.title",
        columns=(
            Column(""),
            *(Column(f"@{NAME}.head.{head}" if head else "", right=head in right) for head in heads),
        ),
        rows=rows,
        keys=tuple(f"lab:{each.lab}" for each in own[:MOST_LABS]),
    )


def _known(chance: float | None) -> Cell:
    """Write what is still known; muted where it has fallen below a half."""
    if chance is None:
        return Cell(UNKNOWN, "muted")
    return Cell(f"{100 * chance:.0f} %", "text" if chance >= HALF else "muted")


def written(seen: Result, measure: Measure) -> str:
    """Write a result: an accuracy as percent, a loss with three decimals, an exercise's value as it stands."""
    value = seen.best if measure == "best" else seen.last
    if value is None:
        return seen.value
    return percent(value) if seen.what == "accuracy" else plain(value, 3)


def results(rows: Sequence[tuple[Result, Trained | None]], measure: Measure, present: int) -> Table:
    """List results with small curves; the best of each lab is bold."""
    listed = []
    for seen, training in rows:
        first = seen.rank == 1
        values = training.curve(training.quantity[0])[1] if training else []
        listed.append(
            (
                Cell(catalogue.lab_number(seen.lab) if seen.lab in catalogue.lab_names() else "", "muted"),
                Cell(f"@{seen.lab}.title" if seen.lab in catalogue.lab_names() else seen.lab, bold=first),
                Cell(f"{seen.rank}/{seen.trainings}" if seen.rank else "", "muted"),
                Cell(seen.name, "muted"),
                Cell(small_curve(values), "run"),
                Cell(written(seen, measure), "text", first),
            )
        )
    heads = ("", "lab", "rank", "name", "curve", measure)
    columns = tuple(
        Column(f"@{NAME}.head.{head}" if head else "", right=place == 5) for place, head in enumerate(heads)
    )
    return Table(
        title="",
        columns=columns,
        rows=tuple(listed),
        present=present - 1 if present else None,
        keys=tuple(f"row:{place + 1}" for place in range(len(listed))),
    )


def bests(rows: Sequence[tuple[Result, Trained | None]], measure: Measure) -> Table | None:
    """List the best result of each lab that was trained, with its small curve; None where none was."""
    first = [(seen, training) for seen, training in rows if seen.rank == 1 and training is not None]
    known = catalogue.lab_names()
    listed = tuple(
        (
            Cell(catalogue.lab_number(seen.lab) if seen.lab in known else "", "muted"),
            Cell(f"@{seen.lab}.title" if seen.lab in known else seen.lab),
            Cell(small_curve(training.curve(training.quantity[0])[1], SMALLER), "run"),
            Cell(written(seen, measure), bold=True),
        )
        for seen, training in first
    )
    if not listed:
        return None
    heads = (("", False), ("lab", False), ("curve", False), (measure, True))
    return Table(
        title=f"@{NAME}.bests",
        columns=tuple(Column(f"@{NAME}.head.{head}" if head else "", right=right) for head, right in heads),
        rows=listed,
        keys=tuple(f"at:{seen.address}" for seen, _ in first),
    )


def small_curve(values: Sequence[float], cells: int = SMALL) -> str:
    """Draw a curve in braille, four steps high and two a cell: its least value has one dot, its greatest four."""
    known = [value for value in values if np.isfinite(value)]
    if not known:
        return ""
    places = np.linspace(0, len(known) - 1, 2 * cells)
    drawn = np.interp(places, np.arange(len(known)), known)
    low, span = float(drawn.min()), float(np.ptp(drawn))
    heights = np.round((drawn - low) / span * 3).astype(int) + 1 if span else np.full(2 * cells, 2)
    letters = []
    for left, right in heights.reshape(-1, 2):
        letters.append(chr(0x2800 + sum(LEFT[:left]) + sum(RIGHT[:right])))
    return "".join(letters)
