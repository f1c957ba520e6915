"""`summary.report`: what stands in a report with these settings, counted; the report itself is written elsewhere."""

import numpy as np

from lessons.summary.gathered import Gathered
from lessons.summary.gathering import counted, sections
from lessons.summary.labs.report.observation import ReportObservation
from lessons.summary.labs.report.settings import NAME, ReportSettings
from lessons.vocabulary.figures import Bars, Cell, Column, Table
from lessons.vocabulary.observation import News

__all__ = ["observe"]


def observe(settings: ReportSettings) -> ReportObservation:
    """Gather the report, and count what stands in it."""
    found = counted(settings)
    answered, right = sum(len(each.questions) for each in found.quiz), sum(each.right for each in found.quiz)
    broken = sum(each.gone or bool(each.listed.problem) for each in found.runs)
    news = [News(f"@{each.key}", each.values) for each in found.told]
    if found.empty:
        news.append(News(f"@{NAME}.lead.{settings.nothing}"))
    return ReportObservation(
        labs=len(found.labs),
        exercises=sum(each.exercises for each in found.labs),
        solved=found.solved,
        proofs=len(found.proofs),
        runs=len(found.runs),
        older_runs=found.older,
        gone_runs=broken,
        curves=sum(len(each.curves) for each in found.runs),
        with_curves=sum(bool(each.curves) for each in found.runs),
        samples=sum(bool(each.pictures or each.texts) for each in found.runs),
        figures=found.figures,
        answered=answered,
        right=right,
        empty=found.empty,
        news=tuple(news),
        outline=_outline(found, answered, right),
        solved_share=_shares(found, settings),
    )


def _outline(found: Gathered, answered: int, right: int) -> Table:
    """A row a part: what it is called, how much stands in it, and its pictures."""
    sampled, written = sum(each.pictures for each in found.runs), sum(each.texts for each in found.runs)
    curves = sum(len(each.curves) for each in found.runs)
    rows = [
        _row("progress", f"{len(found.labs)}", "labs"),
        _row("exercises", f"{len(found.proofs)}", "proofs"),
        _row("runs", f"{len(found.runs)}", "runs"),
        _row("curves", f"{curves}", "figures", inner=True),
        _row("samples", f"{sampled}", "figures", inner=True),
        _row("texts", f"{written}", "texts", inner=True),
    ]
    if found.quiz:
        rows.append(_row("quiz", f"{right}/{answered}", "right"))
    return Table(
        title=f"@{NAME}.outline",
        columns=(Column("", width=12), Column("", True, width=5), Column("")),
        rows=tuple(rows),
        airy=True,
    )


def _row(part: str, count: str, unit: str, *, inner: bool = False) -> tuple[Cell, ...]:
    nothing = count in ("0", "0/0")
    return (
        Cell(f"@{NAME}.part.{part}", "muted" if inner else "text"),
        Cell(count, "faint" if nothing else "text", not nothing),
        Cell(f"@{NAME}.unit.{unit}", "faint"),
    )


def _shares(found: Gathered, settings: ReportSettings) -> Bars:
    """Share of the solved exercises, a bar a section that has labs."""
    names, values = [], []
    for section in sections(settings):
        labs = [each for each in found.labs if each.name.partition(".")[0] == section.name]
        if labs:
            names.append(str(section.number))
            values.append(sum(each.solved for each in labs) / sum(each.exercises for each in labs))
    return Bars(title=f"@{NAME}.shares", names=tuple(names), values=np.array(values), digits=2)
