"""`nnlab run`: a lab's experiment in this very process, without screens."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.vocabulary.settings import Settings
from tui.command_line.output import console, depth, plain_data, print_json
from tui.command_line.questions import are_questions, print_questions, read_out
from tui.locale import Words
from tui.store.preferences import Preferences

if TYPE_CHECKING:  # these need numpy, which is imported when an experiment runs
    from rich.console import Console

    from lessons.vocabulary.lab import Lab
    from lessons.vocabulary.observation import Observation


def observations(lab: "Lab", settings: Settings) -> Iterator["Observation"]:
    """Run the experiment: one observation, or all that a generator gives."""
    module, _, function = lab.experiment.partition(":")
    seen = getattr(import_module(module), function)(settings)
    if isinstance(seen, Iterator):
        yield from seen
    else:
        yield seen


def run(
    lab: "Lab", settings: Settings, words: Words, preferences: Preferences, as_json: bool, folder: Path | None
) -> int:
    """Run, print and save; returns the exit status. Raises OSError where the folder can't be written."""
    from lessons.vocabulary.observation import numbers

    last = None
    with _progress(preferences, words, as_json) as count:
        for observation in observations(lab, settings):
            if as_json and last is not None:
                print_json(numbers(last))
            last = observation
            count()
    if last is None:
        raise RuntimeError(f"{lab.name} gave no observation")
    if as_json:
        print_json(read_out(final(lab, settings, last), words))
    else:
        _show(last, words, preferences)
    if folder is not None:
        report_saved(save(last, folder, words, preferences), folder, words, preferences, as_json)
    return 0


def report_saved(saved: list[Path], folder: Path, words: Words, preferences: Preferences, as_json: bool) -> None:
    """Say what was saved; after JSON nothing more is printed."""
    if not as_json:
        shown = console(preferences)
        shown.print(words.text("run.saved", count=len(saved), folder=folder), soft_wrap=True, markup=False)


def final(lab: "Lab", settings: Settings, last: "Observation") -> dict[str, Any]:
    """Make the last JSON line: the observation's numbers and speeds beside the lab and all of its settings."""
    from lessons.vocabulary.observation import numbers

    head: dict[str, Any] = {"final": True, "lab": lab.name, "settings": settings}
    moved = {"moved": last.moved} if last.moved else {}
    found = {name: value for name, value in numbers(last).items() if name not in head}
    return head | moved | found | last.measured


@contextmanager
def _progress(preferences: Preferences, words: Words, as_json: bool) -> Iterator[Callable[[], None]]:
    """Show on a terminal's stderr that something goes on, and how many observations there are so far."""
    shown = console(preferences, stderr=True)
    if not shown.is_terminal or (as_json and sys.stdout.isatty()):  # a bar would stand among the lines of JSON
        yield lambda: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,}"),
        TimeElapsedColumn(),
    )
    # rich would else send all that is printed meanwhile to stderr, the JSON too
    bar = Progress(*columns, console=shown, transient=True, redirect_stdout=False, redirect_stderr=False)
    with bar as progress:
        task = progress.add_task(words.text("run.computing"), total=None)
        yield lambda: progress.advance(task)


def _show(last: "Observation", words: Words, preferences: Preferences) -> None:
    from lessons.vocabulary.observation import figures, numbers
    from tui.drawing.palette import palette
    from tui.drawing.terminal import renderable

    out = console(preferences)
    colours = palette(_theme(preferences, "night"), depth(out))
    for figure in figures(last).values():
        out.print(renderable(figure, words, colours, bool(preferences.wide)))
        out.print()
    print_numbers(numbers(last) | last.measured, out, words)


def print_numbers(found: dict[str, Any], out: "Console", words: Words) -> None:
    """Print numbers and texts as a table of names and values, and each list of records as its own table."""
    from rich.table import Table

    single = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    records: list[Table] = []
    for name, value in plain_data(found).items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            if are_questions(value):
                print_questions(value, out, words)
                continue
            records.append(_records(name, value, words))
        else:
            single.add_row(name, written(value, words))
    for table in (*records, *([single] if single.row_count else [])):
        out.print(table)


def _records(name: str, rows: list[dict[str, Any]], words: Words) -> Any:
    from rich.table import Table

    rows = [_said(row, words) for row in rows]
    table = Table(box=None, title=name, title_justify="left", padding=(0, 2, 0, 0))
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for column in columns:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*(written(row.get(column), words) for column in columns))
    return table


def _said(row: dict[str, Any], words: Words) -> dict[str, Any]:
    """Say the message of a record that has one, with its values."""
    if not (isinstance(values := row.get("values"), dict) and "message" in row):
        return row
    said = words.say(str(row["message"]), **values)
    return {name: said if name == "message" else value for name, value in row.items() if name != "values"}


def written(value: Any, words: Words) -> str:
    """Write a value for a table: numbers with a true minus, an unknown one as `–`."""
    from rich.markup import escape

    from lessons.vocabulary.numbers import MINUS, UNKNOWN

    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return words.text("run.yes" if value else "run.no")
    if isinstance(value, (int, float)):
        return (f"{value:,}" if isinstance(value, int) else f"{value:.6g}").replace("-", MINUS)
    if isinstance(value, list):
        return "  ".join(written(each, words) for each in value)
    if isinstance(value, dict):
        return "  ".join(f"{escape(str(name))} {written(each, words)}" for name, each in value.items())
    return escape(words.say(str(value)))


def _theme(preferences: Preferences, default: str) -> Any:
    return default if preferences.theme == "auto" else preferences.theme


def save(last: "Observation", folder: Path, words: Words, preferences: Preferences) -> list[Path]:
    """Write each figure as a picture, and `observation.npz` with every number and array. Raises OSError."""
    import numpy as np

    from lessons.vocabulary.observation import arrays
    from tui.drawing.save import save_figures
    from tui.store.files import replacing

    folder.mkdir(parents=True, exist_ok=True)
    pictures = save_figures(last, folder, words, _theme(preferences, "paper"))
    path = folder / "observation.npz"
    with replacing(path) as file:
        np.savez(file, **arrays(last))  # type: ignore[arg-type]
    return [*pictures, path]
