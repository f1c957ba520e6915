"""From points to a plot: what is drawn over what, and axes that do not move each second."""

import numpy as np
import pytest

from engine.training.folder import Listed
from engine.training.record import RunRecord, Status
from tui.drawing.cells.run_curves import RunLine
from tui.locale import words
from tui.runs_watch import View
from tui.screens.runs_plot import Limits, Shown, choices, plot, tick_text, up, value_text

POINTS = tuple(
    {"step": step, "epoch": step / 10, "examples": 32 * step, "seconds": step / 100, "train_loss": 2.0 - step / 100,
     "gradient.C1": 0.3, "gradient.F6": 0.4}
    | ({"test_accuracy": step / 100, "test_loss": 1.0} if step % 20 == 0 else {})
    for step in range(0, 101, 10)
)  # fmt: skip


def shown(mark: int = 0, state: str = "finished", **stands: float) -> Shown:
    record = RunRecord(id=f"a-00000{mark}", lab="a.b", settings={}, function="", created=0, threads=1)
    status = Status(state=state, **stands)  # type: ignore[arg-type]
    return Shown(Listed(id=record.id, record=record, status=status), f"run {mark}", POINTS, mark)


def made(runs: list[Shown], what: str, **view: str):
    return plot(runs, View(**view), what, Limits(), "night", words("en"))  # type: ignore[arg-type]


def test_only_what_was_measured_can_be_chosen() -> None:
    assert choices([shown()]) == ("accuracy", "loss", "train_loss", "gradient")
    assert choices([Shown(shown().run, "", ({"step": 1, "train_loss": 1.0},))]) == ("loss", "train_loss")
    assert choices([]) == ()
    assert made([Shown(shown().run, "", ())], "loss") is None


def test_alone_all_curves_are_drawn_and_compared_one_of_each_run() -> None:
    assert [line.name for line in made([shown()], "loss").lines] == ["test", "training"]
    assert [line.name for line in made([shown()], "gradient").lines] == ["C1", "F6"]
    compared = made([shown(1), shown(2)], "gradient").lines
    assert [line.name for line in compared] == ["run 1", "run 2"]
    assert compared[0].y.tolist() == pytest.approx([0.5] * 11), "the norm of both layers together"


@pytest.mark.parametrize(("over", "end"), [("examples", 3200), ("step", 100), ("epoch", 10), ("seconds", 1)])
def test_the_x_axis_is_what_was_chosen(over: str, end: float) -> None:
    found = made([shown()], "accuracy", over=over)
    assert found.x_high == end and found.lines[0].x[-1] == end


def test_the_axis_of_a_run_that_goes_on_reaches_to_its_end_from_the_start() -> None:
    found = made([shown(state="running", progress=0.25, examples=3200)], "accuracy")
    assert found.x_high == 12800


def test_axes_widen_in_steps_and_only_then() -> None:
    limits = Limits()
    ends = []
    for last in range(10, 400, 10):
        line = RunLine("", np.array([0.0, last]), np.array([0.5, 0.5]))
        ends.append(limits.of("same", [line], 0.0, False, False, True)[0])
    assert len(set(ends)) <= 10 and all(end >= last for end, last in zip(ends, range(10, 400, 10), strict=True))


def test_an_outlier_does_not_press_the_curves_into_the_floor() -> None:
    values = np.ones(1000)
    values[3] = 1e9
    _, low, high = Limits().of("", [RunLine("", np.arange(1000.0), values)], 0.0, False, False, False)
    assert (low, high) == (0, 1)


@pytest.mark.parametrize(("last", "low"), [(0.11, 0), (0.8, 0.5), (0.938, 0.8), (0.97, 0.9), (0.995, 0.98)])
def test_an_accuracy_is_seen_as_closely_as_it_is_high(last: float, low: float) -> None:
    line = RunLine("", np.array([0.0, 1.0]), np.array([0.1, last]))
    assert Limits().of("", [line], 0.0, True, False, False)[1:] == (low, 1.0)


def test_numbers_are_written_shortly() -> None:
    assert [up(each) for each in (0.0, 1.2, 24000, 0.031)] == [0, 1.5, 30000, pytest.approx(0.05)]
    assert [value_text(each) for each in (0.1224, 3.2e-5, 12345.6, float("nan"))] == ["0.122", "3.2e−5", "12,346", "–"]
    assert [tick_text(each) for each in (0.75, 1e-5, 12000)] == ["0.75", "1e−5", "12,000"]
