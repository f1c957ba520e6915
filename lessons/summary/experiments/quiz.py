"""A quiz: its questions drawn by the learner's record and put in order by the seed, its answers looked up."""

from collections.abc import Mapping

import msgspec

from engine.learner.spacing import Last, drawn, shuffled
from lessons import quiz
from lessons.progress import Answers, Progress, read, root
from lessons.quiz import CHOICES, Question
from lessons.summary.labs.quiz import NAME, Asked, QuizObservation, QuizSettings
from lessons.vocabulary.figures import Cell, Column, Table, Tone
from lessons.vocabulary.observation import News
from lessons.vocabulary.settings import Value


def observe(settings: QuizSettings) -> QuizObservation:
    """Ask the questions and look up the answers; those that no setting names are drawn by the learner's own record."""
    if settings.questions:
        return seen(settings, Progress())
    record, _ = read(folder) if (folder := root()) is not None else (Progress(), [])
    return seen(settings, record)


def seen(settings: QuizSettings, record: Progress) -> QuizObservation:
    """Ask and look up; the same settings and record give the same."""
    known = quiz.questions()
    named = settings.questions.split(",") if settings.questions else []
    answers = dict(enumerate(map(int, settings.answers)))
    gone = [name for name in named if name not in known]
    # an answer belongs to its place, so the answer to a question that is gone goes with it
    given = {name: answers.get(place) for place, name in enumerate(named) if name in known}
    if not given:
        names = drawn(quiz.groups(settings.section), settings.count, settings.seed, lasts(record.answered))
        given = {name: answers.get(place) for place, name in enumerate(names)}
    asked = tuple(ask(known[name], settings.seed, choice) for name, choice in given.items())
    first = next((place for place, each in enumerate(asked, start=1) if each.chosen is None), 0)
    at = settings.at if 1 <= settings.at <= len(asked) and (not first or settings.at <= first) else first
    return QuizObservation(
        asked=asked,
        names=",".join(given),
        total=len(asked),
        answered=sum(each.chosen is not None for each in asked),
        right=sum(each.right is True for each in asked),
        missed=tuple(each.name for each in asked if each.right is False),
        about=len({section_of(each) for each in asked}),
        at=at,
        complete=not first,
        onward=onward(at, len(asked), first),
        backward={"at": at - 1 if at else len(asked)} if at != 1 else {},
        anew={"questions": ",".join(given), "answers": "", "at": 0},
        news=(News(f"@{NAME}.news.gone", {"names": ", ".join(gone)}),) if gone else (),
        result=result(asked),
    )


def lasts(answered: Mapping[str, Answers]) -> dict[str, Last]:
    """Give the last answer to each question that there still is, by its name."""
    return {
        name: Last(answered[question.full].last.time, answered[question.full].last.right)
        for name, question in quiz.questions().items()
        if question.full in answered
    }


def ask(question: Question, seed: int, chosen: int | None) -> Asked:
    """Put a question's choices in order, and tell the right one once there is an answer."""
    order = shuffled(CHOICES, seed, question.name)
    choices = tuple(f"@{question.key(choice)}" for choice in order)
    asked = Asked(name=question.full, question=f"@{question.key('question')}", choices=choices)
    if chosen is None:
        return asked
    answer = order.index(question.entry.right) + 1
    return msgspec.structs.replace(
        asked,
        chosen=chosen,
        answer=answer,
        right=chosen == answer,
        why=f"@{question.key('why')}",
        lab=question.entry.lab,
    )


def onward(at: int, total: int, first: int) -> dict[str, Value]:
    """Name the settings of the next question, or of the result; nothing follows a question that is open."""
    if not at or at == first:
        return {}
    return {"at": at + 1 if at + 1 != first and at < total else 0}


def section_of(asked: Asked) -> str:
    """Name the section of a question."""
    return asked.name.partition(".")[0]


def result(asked: tuple[Asked, ...]) -> Table:
    """Give each section its row: a sign for each answer, and how many are right of how many."""
    sections = dict.fromkeys(sorted(map(section_of, asked), key=quiz.sections().index))
    rows = []
    for section in sections:
        own = [each for each in asked if section_of(each) == section]
        right = sum(each.right is True for each in own)
        signs = "".join("▫" if each.right is None else "✓" if each.right else "✗" for each in own)
        tone: Tone = "success" if right == len(own) else "text"
        rows.append((Cell(f"@{NAME}.section.{section}"), Cell(signs, tone), Cell(f"{right}/{len(own)}", tone)))
    heads = (Column(f"@{NAME}.result"), Column(""), Column(f"@{NAME}.result.right", right=True))
    return Table(title="", columns=heads, rows=tuple(rows))
