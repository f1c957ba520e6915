"""Makes a report's text and puts it into its file: beside, synced and renamed, never over another unasked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine import writing
from lessons.summary.gathered import Gathered
from lessons.summary.labs.report.settings import Form, ReportSettings
from tui.errors import Refused
from tui.locale import Words
from tui.report.composing import compose, words_for
from tui.report.markdown import markdown
from tui.report.page import html

SUFFIXES: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}
"""Forms by the ends of files' names."""

NAME = "nnlab-report"
"""What a report is called that nobody has named."""

ENDS: dict[Form, str] = {"html": ".html", "markdown": ".md"}


@dataclass(frozen=True)
class Made:
    """A report that is ready to be written."""

    content: bytes
    pictures: int
    """Figures drawn in it."""


def make(gathered: Gathered, settings: ReportSettings, words: Words, now: datetime, version: str) -> Made:
    """Write the whole report into memory; `words` are the learner's, the settings choose the report's."""
    said = words_for(settings, words)
    document = compose(gathered, settings, said, now, version)
    content = html(document, said) if settings.form == "html" else markdown(document, said)
    return Made(content.encode(), document.pictures)


def form_of(path: Path) -> Form:
    """Tell the form by the end of a file's name. Raises Refused for one that says nothing."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Refused("report.suffix", path=path) from None


def free_path(folder: Path, form: Form) -> Path:
    """Name a file that is not there yet."""
    path, number = folder / f"{NAME}{ENDS[form]}", 1
    while path.exists():
        number += 1
        path = folder / f"{NAME}-{number}{ENDS[form]}"
    return path


def check(path: Path) -> None:
    """Refuse a place where no report can be. Raises Refused."""
    if path.is_dir():
        raise Refused("report.is_folder", path=path)
    if not path.parent.is_dir():
        raise Refused("report.no_folder", path=path.parent)


def put(path: Path, content: bytes) -> None:
    """Put a report into its file; what was there is kept where that fails. Raises OSError."""
    writing.replace(path, content)
