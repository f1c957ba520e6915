"""`nnlab report`: the learner's results as one file, HTML or Markdown."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from lessons.summary.labs.report.settings import NAME, ReportSettings
from tui.command_line.output import console, print_json
from tui.errors import Refused
from tui.locale import Words
from tui.report.writing import Made, check, form_of, free_path, make, put
from tui.run_words import size_text
from tui.store.preferences import Preferences

STANDARD_OUTPUT = Path("-")


def settings_for(pairs: Iterable[str], language: str | None, form: str | None, output: Path | None) -> ReportSettings:
    """The settings of `summary.report`, with what options say; a file's name says the form where nothing else does.

    Raises SettingError, Refused.
    """
    from tui.command_line.request import request

    _, asked = request(NAME, pairs)
    assert isinstance(asked, ReportSettings)
    told: dict[str, Any] = {"language": language} if language else {}
    said = any(pair.partition("=")[0].strip() == "form" for pair in pairs)
    if form:
        told["form"] = form
    elif output is not None and output.suffix and not said:
        told["form"] = form_of(output)
    return structs.replace(asked, **told)


def report(
    settings: ReportSettings, output: Path | None, force: bool, words: Words, preferences: Preferences, as_json: bool
) -> int:
    """Gather, make and write a report; returns the exit status. Raises OSError, Refused."""
    path = output if output is not None else free_path(Path(), settings.form)
    if path != STANDARD_OUTPUT:
        path = path.expanduser()
        check(path)
        if path.exists() and not (force or _agreed(words.text("report.overwrite", path=path))):
            raise Refused("report.exists", path=path)
    from importlib.metadata import version

    from lessons.summary.gathering import gathered

    found = gathered(settings)
    made = make(found, settings, words, datetime.now(), version("nnlab"))
    for each in found.told:
        print(f"nnlab: {words.text(each.key, **each.values)}", file=sys.stderr)
    if path == STANDARD_OUTPUT:
        sys.stdout.write(made.content.decode())
        return 0
    put(path, made.content)
    _tell(path, made, found.solved, len(found.runs), words, preferences, as_json)
    return 0


def _tell(
    path: Path, made: Made, solved: int, runs: int, words: Words, preferences: Preferences, as_json: bool
) -> None:
    if as_json:
        size = len(made.content)
        print_json({"output": str(path), "bytes": size, "solved": solved, "runs": runs, "figures": made.pictures})
        return
    told = words.text("report.written", path=path, size=size_text(len(made.content)))
    console(preferences).print(told, soft_wrap=True, markup=False)


def _agreed(question: str) -> bool:
    """Ask on a terminal; a script has to say it beforehand."""
    import click

    return sys.stdin.isatty() and sys.stderr.isatty() and click.confirm(question, err=True)
