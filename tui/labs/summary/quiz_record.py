"""What the learner's record has to do with a quiz: which questions come next, and what was known before."""

from collections.abc import Mapping

from engine.learner.spacing import Last, drawn
from lessons import quiz
from lessons.progress import Answers, Progress
from lessons.summary.labs.quiz import QuizSettings


def lasts(answered: Mapping[str, Answers]) -> dict[str, Last]:
    """Give the last answer to each question that there still is, by its name."""
    return {
        name: Last(answered[question.full].last.time, answered[question.full].last.right)
        for name, question in quiz.questions().items()
        if question.full in answered
    }


def next_questions(settings: QuizSettings, progress: Progress) -> str:
    """Name the questions that the record asks for; nothing where the seed alone asks for the same."""
    groups = quiz.groups(settings.section)
    names = drawn(groups, settings.count, settings.seed, lasts(progress.answered))
    return "" if names == drawn(groups, settings.count, settings.seed, {}) else ",".join(names)


def standing(section: str, progress: Progress) -> tuple[int, int, int]:
    """Count the questions on a section: those not asked yet, those last missed, and all."""
    groups, record = quiz.groups(section), lasts(progress.answered)
    missed = sum(not record[name].right for name in groups if name in record)
    return sum(name not in record for name in groups), missed, len(groups)
