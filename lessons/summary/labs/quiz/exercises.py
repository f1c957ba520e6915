"""The exercises of `summary.quiz`."""

from collections.abc import Mapping

from lessons.summary.labs.quiz.observation import QuizObservation
from lessons.summary.labs.quiz.settings import MOST, NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict

LEAST = 5
"""Questions of a round that counts."""

SHARES = (("hardly", 0.1), ("quarter", 0.35), ("half", 0.65), ("most", 1.0))
"""What a share of right answers is called, up to which share."""

GUESSED = f"{NAME}?count={MOST}&seed=2"
NEURON = f"{NAME}?section=neuron&count=5&seed=1"
LANGUAGE = f"{NAME}?section=language&count=5&seed=1"


def _seen(moment: Moment) -> QuizObservation:
    assert isinstance(moment.observation, QuizObservation)
    return moment.observation


def _score(moment: Moment) -> str:
    return f"{_seen(moment).right}/{_seen(moment).total}"


def _share(trail: Trail) -> str:
    """Call the share of right answers what it is."""
    seen = _seen(trail.now)
    return next(name for name, most in SHARES if seen.right <= most * seen.total)


def _perfect(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    open_yet = seen.total - seen.answered
    wrong = len(seen.missed)
    return (
        Condition(f"@{NAME}.perfect.one", seen.about == 1, str(seen.about)),
        Condition(f"@{NAME}.perfect.enough", seen.total >= LEAST, str(seen.total)),
        Condition(
            f"@{NAME}.perfect.ended",
            seen.complete,
            str(seen.answered),
            str(open_yet) if open_yet else "",
            seen.answered / seen.total,
        ),
        Condition(
            f"@{NAME}.perfect.right",
            seen.complete and not wrong,
            f"✗ {wrong}" if wrong else "" if seen.complete else f"{seen.answered} @{NAME}.perfect.answered",
        ),
    )


def _better(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask for two whole rounds through the same questions, the later one with more right answers."""
    before, after = _seen(marked), _seen(now)
    return (
        Condition(f"@{NAME}.again.ended", before.complete and after.complete),
        Condition(f"@{NAME}.again.more", before.names == after.names and after.right > before.right),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        "total": str(seen.total),
        "answered": str(seen.answered),
        "open": str(seen.total - seen.answered),
        "right": str(seen.right),
        "missed": str(len(seen.missed)),
        "missed_marked": str(len(_seen(trail.marked).missed)) if trail.marked is not None else "–",
        "about": str(seen.about),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "guess",
        starts=(GUESSED,),
        reveals=(f"{GUESSED}&answers={'1' * MOST}",),
        choices=tuple(name for name, _ in SHARES),
        answer=_share,
        shown=_score,
        facts=_facts,
    ),
    Exercise(
        name="perfect",
        kind="reach",
        starts=(f"{NAME}?seed=1",),
        check=_perfect,
        facts=_facts,
        solution=(
            f"{NEURON}&questions=only_h_moves,exactly_equal,or_minus_and,rule_corrects,test_goes_up&answers=22123",
        ),
    ),
    contrast(
        "again",
        start=LANGUAGE,
        only=("answers",),
        outcome=lambda moment: _seen(moment).right,
        shown=_score,
        choices=("easier", "known", "order"),
        reason="known",
        solution=(
            f"{LANGUAGE}&questions=examples_shown,colder,before_training,hesitates,odd_sum&answers=33131",
            f"{LANGUAGE}&questions=examples_shown,colder,before_training,hesitates,odd_sum&answers=33424",
        ),
        facts=_facts,
        also=_better,
    ),
)
