"""What `nnlab bench` measures: speed, bytes and memory of the program as it is used, each with its goal."""

import os
import sys
from collections.abc import Sequence

from engine.process.errors import EngineError
from tui.bench.report import Report
from tui.locale import Words, language_of, words
from tui.store.places import places
from tui.store.preferences import Preferences, peek

WRONG = 2


def main(names: Sequence[str], as_json: bool) -> int:
    """Measure what is named, all if nothing is, and print each figure when it is there; returns the exit status."""
    preferences = peek(places())
    say = _words(preferences)
    try:
        from tui.bench.measures import MEASURES
    except ImportError:  # no pseudo-terminals
        print(f"nnlab: {say.text('bench.unix')}", file=sys.stderr)
        return 1
    figures = {figure: measure for measure in MEASURES for figure in measure.figures}
    if unknown := [name for name in names if name not in figures]:
        text = say.text("bench.unknown", name=unknown[0], allowed=", ".join(figures))
        print(f"nnlab: {text}", file=sys.stderr)
        return WRONG
    report = Report(say, preferences, as_json)
    wanted = [measure for measure in MEASURES if not names or any(name in measure.figures for name in names)]
    failed = False
    for measure in wanted:
        try:
            for result in measure.take():
                if not names or result.name in names:
                    report.add(result)
        except (OSError, LookupError, EngineError) as error:
            failed = True
            reason = str(error).partition("\n")[0]
            print(f"nnlab: {say.text('bench.failed', name=measure.figures[0], reason=reason)}", file=sys.stderr)
    report.close()
    return int(failed)


def _words(preferences: Preferences) -> Words:
    return words(preferences.language or language_of(os.environ))
