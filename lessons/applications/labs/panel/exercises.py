"""The exercises of `applications.panel`: who asks whom, how much work an answer is, and who draws lots."""

from collections.abc import Mapping

from lessons.applications.labs.panel.observation import PanelObservation
from lessons.applications.labs.panel.settings import NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import UNKNOWN, plain

ENOUGH = 60
"""Passes that each of the two networks is to make at least."""


def _seen(moment: Moment) -> PanelObservation:
    assert isinstance(moment.observation, PanelObservation)
    return moment.observation


def _picture(moment: Moment) -> bytes:
    drawing = _seen(moment).drawing
    return b"" if drawing is None else drawing.values.tobytes()


def _answers(moment: Moment) -> tuple[object, object, object]:
    """What the three networks say."""
    seen = _seen(moment)
    return seen.read, seen.written_text, _picture(moment)


def _changed(trail: Trail) -> str:
    """Tell which answers are others than in the marked moment."""
    assert trail.marked
    pairs = zip(_answers(trail.marked), _answers(trail.now), strict=True)
    reader, writer, drawer = (before != after for before, after in pairs)
    if writer:
        return "all"
    return "both" if reader and drawer else "drawer" if drawer else "reader"


def _work(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    written, drawn = seen.writer_passes, seen.drawer_passes
    least = min(written, drawn)
    matches = seen.asked is not None and seen.read_back == seen.asked
    return (
        Condition(f"@{NAME}.work.same", bool(written) and written == drawn, f"{written}, {drawn}"),
        Condition(
            f"@{NAME}.work.enough",
            least >= ENOUGH,
            str(least),
            "" if least >= ENOUGH else str(ENOUGH - least),
            min(least / ENOUGH, 1.0),
        ),
        Condition(f"@{NAME}.work.read_back", matches, _number(seen.read_back)),
    )


def _only_two(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask that the reading stays, and the two other answers change."""
    before, after = _answers(marked), _answers(now)
    return (
        Condition(f"@{NAME}.lots.read", before[0] is not None and before[0] == after[0], _number(_seen(now).read)),
        Condition(f"@{NAME}.lots.written", before[1] != after[1]),
        Condition(f"@{NAME}.lots.drawn", before[2] != after[2]),
    )


def _number(digit: int | None) -> str:
    return UNKNOWN if digit is None else str(digit)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), trail.now.settings
    return {
        "read": _number(seen.read),
        "asked": _number(seen.asked),
        "read_back": _number(seen.read_back),
        "written": str(seen.writer_passes),
        "drawn": str(seen.drawer_passes),
        "steps": str(getattr(settings, "steps", "")),
        "seed": str(getattr(settings, "seed", "")),
        "temperature": plain(float(getattr(settings, "temperature", 0))),
        "reader_size": f"{seen.reader_parameters or 0:,}",
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "follow",
        starts=(NAME, f"{NAME}?wanted=3"),
        reveals=(f"{NAME}?digit=2", f"{NAME}?digit=2&wanted=3"),
        choices=("reader", "drawer", "both", "all"),
        answer=_changed,
        shown=lambda moment: f"{_number(_seen(moment).read)} ▸ {_number(_seen(moment).asked)}",
        named=f"@{NAME}.read_and_drawn",
        facts=_facts,
    ),
    Exercise(
        name="work",
        kind="reach",
        starts=(f"{NAME}?tokens=20&steps=5",),
        check=_work,
        facts=_facts,
        solution=(f"{NAME}?tokens=60&steps=30",),
    ),
    contrast(
        "lots",
        start=f"{NAME}?temperature=0",
        only=("seed",),
        outcome=lambda moment: _answers(moment)[1:],
        shown=lambda moment: str(getattr(moment.settings, "seed", "")),
        named="@term.seed",
        choices=("weights", "lots", "input"),
        reason="lots",
        solution=(NAME, f"{NAME}?seed=1"),
        facts=_facts,
        also=_only_two,
    ),
)
