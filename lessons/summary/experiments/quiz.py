"""A quiz: its questions drawn and put in order by the seed, its answers looked up. What the record has to do with it
is settled before: whoever knows the record names the questions (`tui.labs.summary.quiz`)."""

from engine.learner.spacing import drawn, shuffled
from lessons import quiz
from lessons.quiz import CHOICES, Question
from lessons.summary.labs.quiz import NAME, Asked, QuizObservation, QuizSettings
from lessons.vocabulary.figures import Cell, Column, Table, Tone
from lessons.vocabulary.observation import News


def observe(settings: QuizSettings) -> QuizObservation:
    """Ask the questions and look up the answers."""
    known = quiz.questions()
    named = settings.questions.split(",") if settings.questions else []
    answers = dict(enumerate(map(int, settings.answers)))
    gone = [name for name in named if name not in known]
    # an answer belongs to its place, so the answer to a question that is gone goes with it
    given = {name: answers.get(place) for place, name in enumerate(named) if name in known}
    if not given:
        names = drawn(quiz.groups(settings.section), settings.count, settings.seed, {})
        given = {name: answers.get(place) for place, name in enumerate(names)}
    asked = tuple(ask(known[name], settings.seed, choice) for name, choice in given.items())
    answered = sum(each.chosen is not None for each in asked)
    complete = answered == len(asked)
    first = next((place for place, each in enumerate(asked, start=1) if each.chosen is None), 0)
    at = settings.at if 1 <= settings.at <= len(asked) and (not first or settings.at <= first) else first
    return QuizObservation(
        asked=asked,
        names=",".join(given),
        total=len(asked),
        answered=answered,
        right=sum(each.right is True for each in asked),
        missed=tuple(each.name for each in asked if each.right is False),
        about=len({section_of(each) for each in asked}),
        at=at,
        complete=complete,
        onward=onward(at, len(asked), first),
        backward={"at": at - 1 if at else len(asked)} if at != 1 else {},
        anew={"answers": "", "at": 0},
        news=(News(f"@{NAME}.news.gone", {"names": ", ".join(gone)}),) if gone else (),
        result=result(asked),
    )


def ask(question: Question, seed: int, chosen: int | None) -> Asked:
    """Put a question's choices in order, and tell the right one once there is an answer."""
    order = shuffled(CHOICES, seed, question.name)
    asked = {"name": question.full, "question": f"@{question.key('question')}"}
    choices = tuple(f"@{question.key(choice)}" for choice in order)
    if chosen is None:
        return Asked(**asked, choices=choices)
    answer = order.index(question.entry.right) + 1
    return Asked(
        **asked,
        choices=choices,
        chosen=chosen,
        answer=answer,
        right=chosen == answer,
        why=f"@{question.key('why')}",
        lab=question.entry.lab,
    )


def onward(at: int, total: int, first: int) -> dict[str, int | float | str | bool]:
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
