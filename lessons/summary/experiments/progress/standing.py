"""How far the learner is in each lab and in the quiz, and what is still known of it, counted from a record.

No clock is asked: the day that is looked at is that of the record's last event, and days later. So the same record
gives the same picture.
"""

from collections.abc import Sequence

from engine.learner.forgetting import Practice, half_life, recall
from lessons import catalogue
from lessons.progress import Progress
from lessons.quiz import questions
from lessons.summary.labs.progress.observation import LabStanding, QuizStanding

DAY = 86400.0
"""Seconds."""

HALF = 0.5
"""What is known with a smaller chance has fallen."""


def latest(record: Progress) -> float:
    """Time of the last event, seconds since 1970; 0 for an empty record."""
    times = [event.time for event in record.solved.values()]
    times += [*record.opened.values(), *(answers.last.time for answers in record.answered.values())]
    return max(times, default=0.0)


def standing(record: Progress, days: float) -> tuple[LabStanding, ...]:
    """Count every lab, in the lecture's order, so many days after the last event."""
    now = latest(record) + days * DAY
    return tuple(_of_lab(record, lab, now) for lab in catalogue.lab_names())


def _of_lab(record: Progress, lab: str, now: float) -> LabStanding:
    solved = [event for event in record.solved.values() if event.lab == lab]
    opened = record.opened.get(lab)
    used = max([event.time for event in solved] + ([] if opened is None else [opened]), default=None)
    since = None if used is None else max(now - used, 0.0) / DAY
    count = record.of_lab(lab, catalogue.exercise_count(lab))
    hints = sum(taken for name, taken in record.hints.items() if name.rpartition(".")[0] == lab)
    copied = min(sum(event.shown for event in solved), count.done)
    half = half_life(Practice(solved=count.done - copied, copied=copied, hints=hints)) if count.done else None
    return LabStanding(
        lab=lab,
        solved=count.done,
        exercises=count.total,
        hints=hints,
        opened=opened is not None,
        since=since,
        half_life=half,
        recall=recall(since, half) if since is not None and half is not None else None,
    )


def fallen(labs: Sequence[LabStanding], later: float = 0.0) -> int:
    """Count the practised labs of which less than half is known, so many days later."""
    known = (
        recall(each.since + later, each.half_life)
        for each in labs
        if each.since is not None and each.half_life is not None
    )
    return sum(chance < HALF - 1e-9 for chance in known)


def quiz(record: Progress) -> tuple[QuizStanding, ...]:
    """Count the answered questions of each section that has some, in the lecture's order."""
    found = []
    for section in catalogue.sections():
        last = [answers.last for answers in record.answered.values() if answers.last.section == section.name]
        if last:
            right = sum(event.right for event in last)
            missed = (questions().get(event.question) for event in last if not event.right)
            shown = tuple(sorted(question.entry.lab for question in missed if question is not None))
            found.append(QuizStanding(section=section.name, asked=len(last), right=right, shown=shown))
    return tuple(found)
