"""A training in words: how it stands, its settings, its curves, and what it has made last."""

from datetime import datetime

from engine.training.folder import Listed
from engine.training.record import RunRecord, Status
from lessons import catalogue
from lessons.summary.gathered import RunTold, Said
from lessons.summary.labs.report.settings import NAME
from lessons.vocabulary.figures import Tokens
from lessons.vocabulary.numbers import UNKNOWN
from tui import run_words
from tui.errors import why
from tui.locale import Words
from tui.report.document import Block, Cell, Entry, Facts, Paragraph, Pictures, Writing

LONGEST = 200
"""Characters of a setting that are shown: a drawing says nothing by its code."""


def run_entry(told: RunTold, words: Words) -> Entry:
    """All that is told of a run, or why it can't be."""
    found, say = told.listed, words.text
    if told.gone:
        title = run_words.name_of(found.record, words) if found.record else found.id
        return Entry(title, (Paragraph(say(f"{NAME}.runs.gone"), "error"),), "✗", "error", found.id)
    if found.problem or found.record is None or found.status is None:
        problem = run_words.problem_text(found.problem, found.values, words)
        return Entry(found.id, (Paragraph(problem, "error"),), "✗", "error")
    blocks: list[Block] = [Facts(_facts(found, found.record, found.status, told, words))]
    if found.status.reason is not None:
        blocks.append(Paragraph(why(found.status.reason, words), "warning"))
    if told.curves:
        blocks.append(Pictures(told.curves))
    if told.torn:
        blocks.append(Paragraph(say(f"{NAME}.runs.torn", count=told.torn), "warning"))
    blocks += _sample(told, words)
    state = found.status.state
    return Entry(
        run_words.name_of(found.record, words),
        tuple(blocks),
        run_words.GLYPHS[state],
        run_words.TONES[state],  # type: ignore[arg-type]
        "" if told.example else found.id,
    )


def _facts(
    found: Listed, record: RunRecord, status: Status, told: RunTold, words: Words
) -> tuple[tuple[str, Cell], ...]:
    """Lab, settings and how it went: only what is known."""
    say = words.text
    lab = say(f"{record.lab}.title") if record.lab in catalogue.lab_names() else record.lab
    pairs = [(say("cli.runs.lab"), Cell(lab)), (say("cli.runs.state"), Cell(say(f"run.state.{status.state}")))]
    pairs.append((say("cli.runs.settings"), Cell(settings_text(record, words))))
    if record.seed is not None:
        pairs.append((say("cli.runs.seed"), Cell(str(record.seed))))
    if (result := run_words.named_result(status, words)) or status.state != "finished":
        pairs.append((say("cli.runs.result"), Cell(result or UNKNOWN, bold=True)))
    pairs.append((say("cli.runs.step"), Cell(f"{status.step:,}")))
    if status.seconds:
        pairs.append((say("cli.runs.time"), Cell(run_words.clock(status.seconds))))
    if parameters := status.facts.get("parameters"):
        pairs.append((say(f"{NAME}.parameters"), Cell(f"{int(parameters):,}")))
    device = "  ".join(filter(None, (status.device or record.device, status.device_name)))
    if device:
        pairs.append((say("cli.runs.device"), Cell(device)))
    if record.created:
        created = f"{datetime.fromtimestamp(record.created):%Y-%m-%d %H:%M}"
        pairs.append((say("cli.runs.start"), Cell(created)))
    if not told.example:
        pairs.append((say(f"{NAME}.again"), Cell(f"nnlab runs show {found.id}", code=True)))
    return tuple(pairs)


def settings_text(record: RunRecord, words: Words) -> str:
    """Write the settings that differ from their defaults; long ones are cut."""
    parts = []
    for name, value in record.settings.items():
        text = run_words.value_text(record.lab, name, value, words)
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        parts.append(f"{run_words.label(record.lab, name, words)} {cut}")
    return words.text("runs.between").join(parts) or words.text("runs.defaults")


def _sample(told: RunTold, words: Words) -> list[Block]:
    blocks: list[Block] = []
    if told.sample_problem is not None:
        blocks.append(Paragraph(_said(told.sample_problem, words), "warning"))
    for figure in told.sample:
        if isinstance(figure, Tokens):
            blocks.append(Writing(words.say(figure.title), "".join(figure.pieces)))
    if drawn := tuple(figure for figure in told.sample if not isinstance(figure, Tokens)):
        blocks.append(Pictures(drawn, words.text(f"{NAME}.sample")))
    return blocks


def _said(problem: Said, words: Words) -> str:
    return words.text(problem.key, **problem.values)
