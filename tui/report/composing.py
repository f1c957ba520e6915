"""Puts what was gathered into words: the whole report as a document, in one language."""

from datetime import datetime

from lessons import catalogue
from lessons.quiz import questions
from lessons.summary.gathered import Gathered, LabDone, Proof, QuizSection
from lessons.summary.labs.report.settings import NAME, SECTIONS, ReportSettings
from lessons.vocabulary.figures import Tone
from lessons.vocabulary.numbers import MINUS, short
from tui.locale import Language, Words
from tui.locale import words as words_of
from tui.report.document import Block, Cell, Document, Entry, Grid, Paragraph, Part, Solution, Sum
from tui.report.runs import run_entry


def words_for(settings: ReportSettings, words: Words) -> Words:
    """The texts in the report's language; `words` are those of the learner."""
    chosen: Language = words.language if settings.language == "own" else settings.language
    return words_of(chosen)


def compose(gathered: Gathered, settings: ReportSettings, words: Words, now: datetime, version: str) -> Document:
    """Make the document; `words` are in its language."""
    say = words.text
    parts = [_progress(gathered, words), _exercises(gathered, words), _runs(gathered, words)]
    if gathered.quiz:
        parts.append(_quiz(gathered.quiz, words))
    sections = settings.sections
    about = [owner] if (owner := settings.owner.strip()) else []
    about.append(say(f"{NAME}.made", date=date(now, words), time=f"{now:%H:%M}"))
    if len(sections) < SECTIONS:
        about.append(say(f"{NAME}.range", first=sections[0], last=sections[-1]))
    lead = "example" if gathered.example else settings.nothing if gathered.empty else ""
    return Document(
        language=words.language,
        title=say(f"{NAME}.page.example" if gathered.example else f"{NAME}.page"),
        about=tuple(about),
        sums=_sums(gathered, words),
        parts=tuple(parts),
        notices=tuple(say(each.key, **each.values) for each in gathered.told),
        foot=say(f"{NAME}.foot", version=version),
        lead=say(f"{NAME}.lead.{lead}") if lead else "",
        contents=say(f"{NAME}.contents"),
        pictures=gathered.figures,
    )


def date(moment: datetime, words: Words) -> str:
    """Write a date."""
    month = words.text(f"month.{moment.month}")
    return words.text("runs.start.year", year=moment.year, month=moment.month, day=moment.day, name=month)


def numbered(number: int | str, title: str) -> str:
    """Put a number before a title, from which no line's end parts it."""
    return f"{number}\u00a0\u00a0{title}"


def _sums(gathered: Gathered, words: Words) -> tuple[Sum, ...]:
    solved, exercises = gathered.solved, sum(each.exercises for each in gathered.labs)
    opened = sum(bool(each.opened or each.solved) for each in gathered.labs)
    found = [
        Sum(f"{solved:,}", f"{exercises:,}", words.text(f"{NAME}.sum.solved"), _share(solved, exercises)),
        Sum(
            f"{opened:,}", f"{len(gathered.labs):,}", words.text(f"{NAME}.sum.labs"), _share(opened, len(gathered.labs))
        ),
        Sum(f"{len(gathered.runs) + gathered.older:,}", "", words.text(f"{NAME}.sum.runs")),
    ]
    if any(each.questions for each in gathered.quiz):
        right, asked = sum(each.right for each in gathered.quiz), sum(len(each.questions) for each in gathered.quiz)
        found.append(Sum(f"{right:,}", f"{asked:,}", words.text(f"{NAME}.sum.quiz"), _share(right, asked)))
    return tuple(found)


def _share(done: int, total: int) -> float:
    return done / total if total else 0.0


def _progress(gathered: Gathered, words: Words) -> Part:
    """A row a lab, under its section."""
    say = words.text
    rows: list[tuple[Cell, ...]] = []
    for section in catalogue.sections():
        labs = [each for each in gathered.labs if each.name.partition(".")[0] == section.name]
        if not labs:
            continue
        done, total = sum(each.solved for each in labs), sum(each.exercises for each in labs)
        title = numbered(section.number, say(f"{section.name}.title"))
        rows.append(
            (Cell(title, bold=True), Cell("", share=_share(done, total)), Cell(f"{done}/{total}", bold=True), Cell(""))
        )
        rows += [_lab_row(each, words) for each in labs]
    heads = ("", "", say(f"{NAME}.head.solved"), say(f"{NAME}.head.opened"))
    done, total = gathered.solved, sum(each.exercises for each in gathered.labs)
    grid = Grid(heads, tuple(rows), right=frozenset({2, 3}))
    return Part("progress", say(f"{NAME}.part.progress"), (grid,), f"{done}/{total}")


def _lab_row(lab: LabDone, words: Words) -> tuple[Cell, ...]:
    whole = lab.solved == lab.exercises
    opened = f"{datetime.fromtimestamp(lab.opened):%Y-%m-%d}" if lab.opened else ""
    title = words.text(f"{lab.name}.title") + (" ✓" if whole else "")
    tone: Tone = "success" if whole else "" if lab.solved or lab.opened else "faint"
    return (
        Cell(numbered(catalogue.lab_number(lab.name), title), tone),
        Cell("", tiles=(lab.solved, lab.exercises)),
        Cell(f"{lab.solved}/{lab.exercises}", tone),
        Cell(opened, "faint"),
    )


def _exercises(gathered: Gathered, words: Words) -> Part:
    say = words.text
    blocks: list[Block] = [Paragraph(say(f"{NAME}.proofs" if gathered.proofs else f"{NAME}.proofs.none"), "muted")]
    for lab in dict.fromkeys(each.lab for each in gathered.proofs):
        found = tuple(_solution(each, words) for each in gathered.proofs if each.lab == lab)
        blocks.append(Entry(_lab_title(lab, words), found, note=lab))
    return Part("exercises", say(f"{NAME}.part.exercises"), tuple(blocks), f"{len(gathered.proofs):,}")


def _lab_title(lab: str, words: Words) -> str:
    key = f"{lab}.title"
    return (
        numbered(catalogue.lab_number(lab), words.text(key)) if words.has(key) and lab in catalogue.lab_names() else lab
    )


def _solution(proof: Proof, words: Words) -> Solution:
    """An exercise's goal, and its proof: the value, the seed, the day, and what helped."""
    say, key = words.text, f"{proof.lab}.{proof.exercise}"
    goal = say(f"{key}.goal", **proof.names) if proof.known and words.has(f"{key}.goal") else proof.exercise
    facts = []
    if proof.value is not None:
        facts.append(say(f"{NAME}.proof.{'answer' if proof.chosen else 'value'}", value=_value(proof, words)))
    if proof.seed is not None:
        facts.append(say(f"{NAME}.proof.seed", seed=proof.seed))
    facts.append(date(datetime.fromtimestamp(proof.time), words))
    if proof.hints:
        facts.append(say(f"{NAME}.proof.hints", count=proof.hints))
    if proof.shown:
        facts.append(say(f"{NAME}.proof.shown"))
    return Solution(goal, tuple(facts), proof.address)


def _value(proof: Proof, words: Words) -> str:
    if isinstance(proof.value, (int, float)):
        return short(proof.value).replace("-", MINUS)
    if proof.chosen:
        return words.text(f"{proof.lab}.{proof.exercise}.choice.{proof.value}", **proof.names)
    return words.say(str(proof.value))


def _runs(gathered: Gathered, words: Words) -> Part:
    say = words.text
    blocks: list[Block] = []
    if not gathered.runs and not gathered.older:
        blocks.append(Paragraph(say(f"{NAME}.runs.none"), "muted"))
    blocks += [run_entry(each, words) for each in gathered.runs]
    if gathered.older:
        blocks.append(Paragraph(say(f"{NAME}.runs.older", count=gathered.older), "muted"))
    return Part("runs", say(f"{NAME}.part.runs"), tuple(blocks), f"{len(gathered.runs) + gathered.older:,}")


def _quiz(sections: tuple[QuizSection, ...], words: Words) -> Part:
    say = words.text
    right, asked = sum(each.right for each in sections), sum(len(each.questions) for each in sections)
    title = say(f"{NAME}.part.quiz")
    if not asked:
        return Part("quiz", title, (Paragraph(say(f"{NAME}.quiz.none"), "muted"),), "0")
    rows = tuple(_quiz_row(each, words) for each in sections if each.questions)
    heads = ("", "", say(f"{NAME}.head.right"), say(f"{NAME}.head.tries"))
    blocks: list[Block] = [Grid(heads, rows, right=frozenset({2, 3}))]
    if missed := _missed(sections, words):
        blocks.append(Entry(say(f"{NAME}.quiz.missed"), missed))
    return Part("quiz", title, tuple(blocks), f"{right}/{asked}")


def _quiz_row(section: QuizSection, words: Words) -> tuple[Cell, ...]:
    right, asked = section.right, len(section.questions)
    number = catalogue.section_of(section.section).number
    return (
        Cell(numbered(number, words.text(f"{section.section}.title"))),
        Cell("", share=_share(right, asked)),
        Cell(f"{right}/{asked}", "success" if right == asked else ""),
        Cell(f"{sum(each.tries for each in section.questions):,}", "faint"),
    )


def _missed(sections: tuple[QuizSection, ...], words: Words) -> tuple[Solution, ...]:
    """The questions whose last answer was wrong, as they are asked, each with the lab that shows the answer."""
    known, found = questions(), []
    for section in sections:
        for each in section.questions:
            if each.right:
                continue
            question = known.get(each.name)
            asked = words.text(question.key("question")) if question else each.name
            tries = words.text(f"{NAME}.quiz.tries", count=each.tries)
            facts = (words.text(f"{section.section}.title"), tries)
            found.append(Solution(asked, facts, question.entry.lab if question else "", solved=False))
    return tuple(found)
