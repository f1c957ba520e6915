"""Looks at a record: the learner's own, from the journals and the runs, or the example's."""

from collections.abc import Sequence

from lessons.progress import Progress, read, root
from lessons.summary.example import example
from lessons.summary.experiments.progress import drawn, tables
from lessons.summary.experiments.progress.following import following
from lessons.summary.experiments.progress.standing import fallen, quiz, standing
from lessons.summary.experiments.progress.trained import (
    Trained,
    example_trainings,
    own_trainings,
    proofs,
    ranked,
)
from lessons.summary.labs.progress.observation import ProgressObservation, Result
from lessons.summary.labs.progress.settings import MOST_ROWS, NAME, ProgressSettings
from lessons.vocabulary.observation import News


def observe(settings: ProgressSettings) -> ProgressObservation:
    """Look at the record that is set."""
    if settings.record == "example":
        return seen(settings, example(), example_trainings(), ())
    record, notices = read(folder) if (folder := root()) is not None else (Progress(), [])
    trainings, broken = own_trainings()
    news = [News(f"@{notice.key}", dict(notice.values)) for notice in notices]
    if record.unread:
        news.append(News(f"@{NAME}.news.newer", {"count": str(len(record.unread))}))
    if broken:
        news.append(News(f"@{NAME}.news.broken", {"count": str(broken)}))
    return seen(settings, record, trainings, tuple(news))


def seen(
    settings: ProgressSettings, record: Progress, trainings: Sequence[Trained], news: tuple[News, ...]
) -> ProgressObservation:
    """Make of a record all that is shown of it; the same record and settings give the same."""
    labs, questions = standing(record, settings.days), quiz(record)
    chosen = [each for each in labs if settings.section in ("all", each.lab.partition(".")[0])]
    rows: list[tuple[Result, Trained | None]] = [*ranked(trainings, settings.measure)]
    rows += [(proof, None) for proof in proofs(record)]
    rows = [row for row in rows if settings.section in ("all", row[0].lab.partition(".")[0])][:MOST_ROWS]
    row = min(settings.row, len(rows))
    looked, training = rows[row - 1] if row else (None, None)
    return ProgressObservation(
        solved=sum(each.solved for each in chosen),
        exercises=sum(each.exercises for each in chosen),
        finished=sum(each.solved == each.exercises for each in chosen),
        labs=len(chosen),
        asked=sum(each.asked for each in questions if settings.section in ("all", each.section)),
        right=sum(each.right for each in questions if settings.section in ("all", each.section)),
        fallen=fallen(chosen),
        fallen_next=fallen(chosen, later=1.0),
        standing=labs,
        quiz=questions,
        following=following(settings.rule, labs, questions),
        results=tuple(result for result, _ in rows),
        row=row,
        counted=tables.sections(labs, questions),
        used=tables.labs_of(settings.section, labs, fading=settings.rule == "fading"),
        bests=tables.bests(rows, settings.measure),
        trainings=tables.results(rows, settings.measure, row) if rows else None,
        curve=drawn.curve(training, looked, settings.measure) if training and looked else None,
        forgetting=drawn.formula(chosen),
        remembered=drawn.remembered(chosen, settings.days),
        news=news,
    )
