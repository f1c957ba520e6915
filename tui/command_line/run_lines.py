"""Runs in the lines of a terminal: states, settings as they are typed, what is said while one is followed."""

import time
from collections.abc import Mapping
from typing import Any

from engine.training.folder import Listed, Run
from engine.training.record import RunRecord, Status
from lessons.address import value_text
from lessons.vocabulary.numbers import MINUS, percent, plain
from tui.errors import why
from tui.glyphs import translate
from tui.locale import Words
from tui.run_words import GLYPHS, left, saying


def state(status: Status, words: Words, wide: bool) -> str:
    """Write a state as its sign and its word."""
    return f"{translate(GLYPHS[status.state], wide)} {words.text(f'run.state.{status.state}')}"


def title(record: RunRecord, words: Words) -> str:
    """Call a run by its name, else by what differs from the defaults."""
    return record.name or settings_text(record.settings) or words.text("runs.default")


def settings_text(settings: Mapping[str, Any]) -> str:
    """Write settings as they are typed."""
    return " ".join(f"{name}={value_text(value)}" for name, value in settings.items())


def progress(found: Listed, words: Words) -> str:
    """Write how far a run is, with the time left while it computes, or why it does not."""
    status = found.status
    assert status is not None
    share = f"{int(100 * status.progress)} %"
    if status.state == "running" or status.reason is not None:
        return f"{share}  {saying(found, words)}".rstrip()
    return share


def value(curve: str, number: float) -> str:
    """Write a curve's value: accuracies in percent, small numbers with their power of ten."""
    if curve.endswith("accuracy"):
        return percent(number)
    return plain(number, 3) if 0.001 <= abs(number) < 1e6 or number == 0 else f"{number:.1e}".replace("-", MINUS)


def moment(seconds: float) -> str:
    """Write a moment in local time: `2025-11-24 10:42`."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def rate(images_per_second: float, words: Words) -> str:
    """Write a speed."""
    return words.text("cli.runs.rate", rate=f"{round(images_per_second):,}")


def live(status: Status, words: Words) -> str:
    """Write in one line how a run stands: epoch, accuracy, speed, time left; what is unknown is left out."""
    parts = [] if status.state == "running" else [words.text(f"run.state.{status.state}")]
    if status.step:
        parts.append(words.text("cli.runs.epoch", epoch=plain(status.epoch, 1)))
    if (accuracy := status.values.get("test_accuracy")) is not None:
        parts.append(words.text("cli.runs.accuracy", value=percent(accuracy)))
    if status.images_per_second is not None:
        parts.append(rate(status.images_per_second, words))
    if status.seconds_left is not None:
        parts.append(left(status.seconds_left, words))
    return "  ".join(parts) or words.text(f"run.state.{status.state}")


def ended(run: Run, status: Status, words: Words) -> str:
    """Say in one line why a run has ended before its end, and how it goes on where it can."""
    told = why(status.reason, words) if status.reason is not None else ""
    if status.state == "stopped":
        stopped = words.text("cli.runs.stopped", step=f"{status.step:,}", id=run.id)
        return words.text("run.reason.both", what=told, do=stopped) if told else stopped
    if status.state == "interrupted":
        return words.text("cli.runs.interrupted", id=run.id)
    return told or words.text("cli.runs.failed", id=run.id, log=run.log_path)
