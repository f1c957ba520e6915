"""What is said of the runs that are shown, beside their curves: in what they differ, and why one stands as it does."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lessons.vocabulary.numbers import UNKNOWN
from tui import run_words
from tui.errors import remedy, what_happened
from tui.locale import Words
from tui.screens.runs_plot import Shown, value_text
from tui.widgets.run_facts import Fact, Told

if TYPE_CHECKING:
    from engine.training.diagnosis import Finding
    from engine.training.folder import Listed
    from engine.training.record import Reason, RunRecord, Status
    from tui.runs_reading import Read

GOES_ON = ("paused", "stopped", "interrupted", "failed")
"""States from which a run can go on."""


def facts(shown: Sequence[Shown], words: Words) -> tuple[Fact, ...]:
    """Compare several runs, or describe one."""
    known = [(each.run.record, each.run.status) for each in shown if each.run.record and each.run.status]
    if len(known) != len(shown) or not known:
        return ()
    records = [record for record, _ in known if record]
    statuses = [status for _, status in known if status]
    if shown[0].mark:
        return _differences(records, statuses, words)
    return _description(records[0], statuses[0], words)


def _setting(record: "RunRecord", name: str, words: Words) -> str:
    setting = run_words.settings_of(record.lab).get(name)
    value = record.settings.get(name, setting.default if setting else None)
    return UNKNOWN if value is None else run_words.value_text(record.lab, name, value, words)


def _differences(records: "list[RunRecord]", statuses: "list[Status]", words: Words) -> tuple[Fact, ...]:
    rows = []
    for name in dict.fromkeys(name for record in records for name in record.settings):
        if run_words.is_telling(records[0].lab, name):
            values = tuple(_setting(record, name, words) for record in records)
            rows.append(Fact(run_words.label(records[0].lab, name, words), values))
    rows.insert(0, Fact(words.text("runs.column.lab"), tuple(record.lab for record in records)))
    rows.append(Fact(words.text("runs.threads"), tuple(str(record.threads) for record in records)))
    rows.append(Fact(words.text("runs.device"), tuple(_device(status) for status in statuses)))
    found = [fact for fact in rows if len(set(fact.values)) > 1]
    found.append(Fact(words.text("runs.parameters"), tuple(_parameters(status) for status in statuses)))
    found.append(Fact(words.text("runs.speed"), tuple(_speed(status) for status in statuses)))
    return tuple(found)


def _description(record: "RunRecord", status: "Status", words: Words) -> tuple[Fact, ...]:
    rows = [
        Fact(run_words.label(record.lab, name, words), (run_words.value_text(record.lab, name, value, words),))
        for name, value in record.settings.items()
        if run_words.is_telling(record.lab, name)
    ]
    rows = rows or [Fact("", (words.text("runs.defaults"),))]
    rows.append(Fact(words.text("runs.parameters"), (_parameters(status),)))
    rows.append(Fact(words.text("runs.speed"), (_speed(status),)))
    if record.seed is not None and "seed" not in record.settings:
        rows.append(Fact(words.text("runs.seed"), (str(record.seed),)))
    rows.append(Fact(words.text("runs.threads"), (str(record.threads),)))
    if record.processes > 1 and "processes" not in record.settings:
        rows.append(Fact(words.text("runs.processes"), (str(record.processes),)))
    if status.device:
        name = f"{status.device.upper()} {status.device_name}".strip()
        rows.append(Fact(words.text("runs.device"), (name,)))
    rows += [Fact("", (f"{name} {record.versions[name]}",)) for name in ("nnlab", "torch") if name in record.versions]
    if record.parent:
        rows.append(Fact(words.text("runs.parent"), (record.parent,)))
    return tuple(rows)


def _device(status: "Status") -> str:
    return f"{status.device.upper()} {status.device_name}".strip() or UNKNOWN


def _parameters(status: "Status") -> str:
    return f"{status.facts['parameters']:,.0f}" if "parameters" in status.facts else UNKNOWN


def _speed(status: "Status") -> str:
    return f"{status.images_per_second:,.0f}" if status.images_per_second is not None else UNKNOWN


def told(run: "Listed", read: "Read | None", words: Words) -> tuple[Told, ...]:
    """Say why a run can't be read, failed, paused or was broken off; what is kept; what to do."""
    if run.problem:
        text = run_words.problem_text(run.problem, run.values, words)
        rows = ((words.text("runs.do"), words.text("runs.do.unreadable")),) if run.problem == "unreadable" else ()
        return (Told("!", "error", text, "", rows),)
    found = []
    status = run.status
    if status is not None and (status.reason is not None or status.state == "interrupted"):
        found.append(_reason(status, run.record.lab if run.record else "", read, words))
    if read is not None and run.record is not None and not (status and status.reason):
        found += [each for each in (_finding(one, run.record.lab, words) for one in read.findings) if each]
    if read is not None and read.torn:
        found.append(Told("!", "warning", words.text("runs.torn", count=read.torn)))
    return tuple(found)


def _with_label(reason: "Reason | None", lab: str, words: Words) -> "Reason | None":
    """Name the setting to change as the lab's panel does."""
    if reason is None or not reason.values.get("setting"):
        return reason
    name = run_words.label(lab, str(reason.values["setting"]), words)
    return type(reason)(reason.kind, reason.values | {"setting": name})


def _finding(finding: "Finding", lab: str, words: Words) -> Told | None:
    """Say what goes wrong in a training, and the setting to change."""
    key = f"run.finding.{finding.kind}"
    if not words.has(key):
        return None
    values = {name: _number(value) for name, value in finding.values.items()}
    values["setting"] = run_words.label(lab, finding.setting, words)
    rows: tuple[tuple[str, str], ...] = ()
    if words.has(f"{key}.do") and finding.values.get("suggested") is not None:
        for name in ("value", "suggested"):
            values[name] = run_words.value_text(lab, finding.setting, finding.values[name], words)
        rows = ((words.text("runs.do"), words.text(f"{key}.do", **values)),)
    return Told("!", "warning", words.text(key, **values), "", rows)


def _number(value: object) -> str:
    return value_text(value) if isinstance(value, float) else str(value)


def _reason(status: "Status", lab: str, read: "Read | None", words: Words) -> Told:
    reason = _with_label(status.reason, lab, words)
    text = what_happened(reason, words) if reason else words.text("runs.interrupted")
    rows = []
    goes_on = read is not None and read.kept is not None
    if goes_on:
        rows.append((words.text("runs.kept"), words.text("runs.kept.checkpoint", step=f"{read.kept:,}")))  # type: ignore[union-attr]
    elif read is not None and read.points:
        rows.append((words.text("runs.kept"), words.text("runs.kept.curves")))
    if reason and (do := remedy(reason, words)):
        rows.append((words.text("runs.do"), do))
    elif goes_on and status.state in GOES_ON:
        rows.append((words.text("runs.do"), words.text("runs.do.resume")))
    step = int(reason.values.get("step", status.step)) if reason else status.step
    aside = words.text("runs.at_step", step=f"{step:,}") if step else ""
    return Told(run_words.GLYPHS[status.state], run_words.TONES[status.state], text, aside, tuple(rows))
