"""A run in words: its name, its settings, how it stands, in the learner's language."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lessons import catalogue
from lessons.vocabulary.numbers import MINUS, UNKNOWN, percent, plain, short
from lessons.vocabulary.settings import Setting, fields
from tui.errors import explain
from tui.locale import Words

if TYPE_CHECKING:
    from engine.training.folder import Listed
    from engine.training.record import RunRecord, Status

TONES = {
    "queued": "muted",
    "running": "run",
    "paused": "warning",
    "finished": "success",
    "failed": "error",
    "stopped": "muted",
    "interrupted": "warning",
}
"""Colour of each state."""

GLYPHS = {
    "queued": "◦",
    "running": "▸",
    "paused": "▪",
    "finished": "✓",
    "failed": "✗",
    "stopped": "▫",
    "interrupted": "!",
}
"""Sign of each state."""


@cache
def settings_of(lab: str) -> dict[str, Setting]:
    """Describe the settings of a lab; nothing of one that this nnlab doesn't have."""
    try:
        return {setting.name: setting for setting in fields(catalogue.load(lab).settings)}
    except (ValueError, ImportError):
        return {}


def label(lab: str, name: str, words: Words) -> str:
    """Name a setting."""
    setting = settings_of(lab).get(name)
    return words.say(setting.label) if setting else name


def value_text(lab: str, name: str, value: Any, words: Words) -> str:
    """Write a setting's value as the learner reads it."""
    setting = settings_of(lab).get(name)
    if isinstance(value, bool) or (setting and setting.choices):
        choice = ("true" if value else "false") if isinstance(value, bool) else str(value)
        for key in (f"{setting.keys}.{choice}" if setting else "", f"choice.{choice}"):
            if key and words.has(key):
                return words.text(key)
        return choice
    text = short(value).replace("-", MINUS) if isinstance(value, (int, float)) else str(value)
    return f"{text} {words.say(setting.unit)}" if setting and setting.unit else text


def is_telling(lab: str, name: str) -> bool:
    """Whether a setting says something in a word or two: a drawing or a file's path doesn't."""
    setting = settings_of(lab).get(name)
    return setting is None or setting.kind not in ("drawing", "text")


def name_of(record: "RunRecord", words: Words) -> str:
    """Call a run what the learner calls it, else what makes it differ from the defaults."""
    if record.name:
        return record.name
    parts = [
        f"{label(record.lab, name, words)} {value_text(record.lab, name, value, words)}"
        for name, value in record.settings.items()
        if is_telling(record.lab, name)
    ]
    return words.text("runs.between").join(parts) or words.text("runs.default")


def result(status: "Status") -> str:
    """Write what came out so far: accuracy on the test data, else the loss on them."""
    values = status.values
    if "test_accuracy" in values:
        return percent(values["test_accuracy"])
    return plain(values["test_loss"], 3) if "test_loss" in values else UNKNOWN


def named_result(status: "Status", words: Words) -> str:
    """Write the same with its name; empty where nothing has come out yet."""
    for name, key in (("test_accuracy", "accuracy"), ("test_loss", "loss")):
        if name in status.values:
            return f"{words.text(f'runs.what.{key}')} {result(status)}"
    return ""


def clock(seconds: float) -> str:
    """Write a time as `0:38` or `1:02:03`."""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def left(seconds: float, words: Words) -> str:
    """Say the time left: seconds, from 90 on minutes, from 90 of those on hours."""
    if seconds < 90:
        return words.text("runs.left.seconds", count=max(round(seconds), 0))
    if seconds < 90 * 60:
        return words.text("runs.left.minutes", count=round(seconds / 60))
    return words.text("runs.left.hours", count=round(seconds / 3600))


def started(created: float, now: float, words: Words) -> str:
    """Say when a run was started: today and yesterday with the time, else the date."""
    then, today = datetime.fromtimestamp(created), datetime.fromtimestamp(now)
    days = (today.date() - then.date()).days
    if days in (0, 1):
        return words.text(f"runs.start.{'yesterday' if days else 'today'}", time=f"{then:%H:%M}")
    values = {"year": then.year, "month": then.month, "day": then.day, "name": words.text(f"month.{then.month}")}
    return words.text("runs.start.date" if then.year == today.year else "runs.start.year", **values)


def saying(listed: "Listed", words: Words) -> str:
    """Say in a few words what there is to say of how a run stands; nothing of one that is simply done."""
    status = listed.status
    if status is None or status.state == "finished":
        return ""
    if status.state == "running":
        return left(status.seconds_left, words) if status.seconds_left is not None else ""
    if status.reason is not None and words.has(f"run.reason.{status.reason.kind}.short"):
        return words.text(f"run.reason.{status.reason.kind}.short")
    return words.text(f"run.state.{status.state}")


def problem_text(kind: str, values: dict[str, Any], words: Words) -> str:
    """Say what is wrong with a run that can't be read."""
    from engine.training.record import RunProblem

    return explain(RunProblem(kind, **values), words)


def size_text(size: int) -> str:
    """Write a number of bytes."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6)):
        if size >= factor:
            return f"{size / factor:.0f} {unit}" if size >= 10 * factor else f"{size / factor:.1f} {unit}"
    return f"{size / 1000:.0f} kB"


def fit(text: str, width: int, measure: Callable[[str], int]) -> str:
    """Shorten a text to a width in cells."""
    if measure(text) <= width:
        return text
    while text and measure(text + "…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""
