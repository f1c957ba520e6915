"""Runs as tables: all of them, a row each, and all of one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.training.folder import Listed, Run
from engine.training.metrics import Metrics
from lessons.vocabulary.numbers import UNKNOWN
from tui.command_line.run_json import facts
from tui.command_line.run_lines import moment, progress, rate, settings_text, state, title, value
from tui.errors import why
from tui.glyphs import translate
from tui.locale import Words
from tui.run_words import clock, result, size_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


COLUMNS = ("state", "id", "name", "lab", "progress", "result", "time", "start")

ROOMY = 100
"""Width from which on there is room for the lab, with which the id begins anyhow, and the start."""

LEAST = 4
"""Cells of a name at least."""


def table(found: Sequence[Listed], words: Words, wide: bool, width: int) -> "Table":
    """Make the table of runs that could be read, a row each, for a terminal of this width."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    names = [name for name in COLUMNS if width >= ROOMY or name not in ("lab", "start")]
    rows = [{name: translate(text, wide) for name, text in _cells(each, words, wide).items()} for each in found]
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="")
    headings = {name: "ID" if name == "id" else words.text(f"cli.runs.{name}") for name in names}
    sizes = {name: max(map(cell_len, (headings[name], *(row[name] for row in rows)))) for name in names}
    room = width - sum(size + 2 for name, size in sizes.items() if name != "name") - 2
    for name in names:
        made.add_column(
            headings[name],
            justify="right" if name in ("result", "time") else "left",
            no_wrap=True,
            min_width=None if name == "name" else sizes[name],
            max_width=max(room, LEAST) if name == "name" else None,  # names alone give way
        )
    for row in rows:
        made.add_row(*(Text(row[name]) for name in names))
    return made


def _cells(found: Listed, words: Words, wide: bool) -> dict[str, str]:
    record, status = found.record, found.status
    assert record is not None and status is not None
    return {
        "state": state(status, words, wide),
        "id": record.id,
        "name": title(record, words),
        "lab": record.lab,
        "progress": progress(found, words),
        "result": result(status),
        "time": clock(status.seconds),
        "start": moment(record.created),
    }


def details(found: Listed, run: Run, words: Words, wide: bool) -> Iterator[tuple[str, str]]:
    """Name all that is known of a run: a label and a value each."""
    from tui.command_line.run_findings import findings  # needs the lab, which a list of runs does without

    record, status = found.record, found.status
    assert record is not None and status is not None
    metrics = Metrics(run.metrics_path)
    metrics.read()

    def row(key: str, text: str) -> tuple[str, str]:
        return words.text(f"cli.runs.{key}"), text

    yield "ID", record.id
    yield row("state", state(status, words, wide))
    if status.reason is not None:
        yield row("reason", why(status.reason, words))
    for finding in findings(record, metrics.points, words):
        yield row("finding", finding)
    if record.name:
        yield row("name", record.name)
    yield row("lab", record.lab)
    yield row("settings", settings_text(record.settings) or words.text("runs.defaults"))
    if record.seed is not None:
        yield row("seed", str(record.seed))
    yield row("progress", progress(found, words))
    yield row("step", f"{status.step:,}")
    yield row("epochs", f"{status.epoch:.1f}")
    for name, number in facts(status).items():
        yield name, f"{number:,}"
    for name, number in status.values.items():
        yield name, value(name, number)
    yield row("time", clock(status.seconds))
    yield row("speed", UNKNOWN if status.images_per_second is None else rate(status.images_per_second, words))
    yield row("start", moment(record.created))
    yield row("device", "  ".join(filter(None, (status.device or record.device, status.device_name))) or UNKNOWN)
    yield row("threads", str(record.threads))
    if record.processes > 1:
        yield row("processes", str(record.processes))
    yield row("versions", "  ".join(f"{name} {version}" for name, version in record.versions.items()) or UNKNOWN)
    if record.parent:
        yield row("parent", record.parent)
    if kept := run.weights_steps():
        yield row("kept", f"{len(kept):,}")
    if metrics.torn:
        yield row("torn", f"{metrics.torn:,}")
    yield row("folder", f"{run.folder}  {size_text(run.size())}")


def print_rows(rows: Iterator[tuple[str, str]], out: "Console") -> None:
    """Print labels and values in two columns."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for label, text in rows:
        made.add_row(Text(label), Text(text))
    out.print(made)
