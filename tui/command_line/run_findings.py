"""What goes wrong in a training, in one line each, with the setting to change."""

from collections.abc import Iterator, Sequence

from engine.training.diagnosis import Finding, diagnose
from engine.training.metrics import Point
from engine.training.record import RunRecord
from lessons.vocabulary.numbers import short
from tui.command_line.run_lines import value
from tui.locale import Words
from tui.run_words import settings_of


def findings(record: RunRecord, points: Sequence[Point], words: Words) -> Iterator[str]:
    """Say what goes wrong in a run, the most important first; its lab is imported for the settings' defaults."""
    known = settings_of(record.lab)
    settings = {name: setting.default for name, setting in known.items()} | record.settings
    for finding in diagnose(points, settings, {name: setting.high for name, setting in known.items()}):
        yield said(finding, words)


def said(finding: Finding, words: Words) -> str:
    """Say a finding; settings are named as they are typed."""
    key = f"run.finding.{finding.kind}"
    seen = {name: value(name, each) if isinstance(each, float) else each for name, each in finding.values.items()}
    what = words.text(key, **seen)
    if finding.values.get("suggested") is None:
        return what
    values = {name: _typed(finding.values[name]) for name in ("value", "suggested")}
    do = words.text(f"{key}.do", setting=finding.setting, **values)
    return words.text("run.reason.both", what=what, do=do)


def _typed(given: object) -> str:
    return short(given) if isinstance(given, (int, float)) else str(given)
