"""How a run stands, while it trains and while nothing moves."""

import subprocess
import sys

import pytest
import tiny_training
from running import MakeRun, do, until

from engine.training import heartbeat
from engine.training.heartbeat import Clock, Speed
from engine.training.training import Step


def at(examples: int, progress: float) -> Step:
    return Step(step=examples, epoch=0.0, examples=examples, progress=progress)


def test_speed_is_that_of_the_last_seconds() -> None:
    speed = Speed()
    assert speed.of_last() == (None, None)
    speed.see(0.0, at(0, 0.0))
    assert speed.of_last() == (None, None)
    speed.see(1.0, at(100, 0.1))
    assert speed.of_last() == (100.0, pytest.approx(9.0))
    for second in range(2, 9):
        speed.see(float(second), at(100 + 200 * (second - 1), 0.1 * second))
    assert speed.of_last() == (200.0, pytest.approx(2.0))
    before = speed.of_last()
    speed.see(9.0, at(1500, 0.8))  # a step that takes longer than a beat
    assert speed.of_last() == before


def test_a_clock_stands_still_in_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: now)
    clock = Clock(10.0)
    clock.halt()
    clock.go()
    now = 3.0
    clock.go()
    assert clock.seconds == 13.0 and clock.goes
    clock.halt()
    now = 9.0
    assert clock.seconds == 13.0 and not clock.goes


def test_a_long_step_is_no_silence(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT", 0.01)
    run = make_run(epochs=1)
    beats = set()

    def long() -> None:
        until(lambda: beats.add(run.written_status().time) or len(beats) >= 3)

    tiny_training.DOINGS[4] = long
    assert do(run) == 0 and len(beats) >= 3


def test_what_the_screens_use_is_light() -> None:
    modules = (
        "diagnosis",
        "folder",
        "launch",
        "memory",
        "metrics",
        "ownership",
        "record",
        "slots",
        "training",
        "worker",
    )
    imports = "; ".join(f"import engine.training.{name}" for name in modules)
    check = f"import sys; {imports}; sys.exit(bool(sys.modules.keys() & {{'torch', 'numpy', 'safetensors'}}))"
    subprocess.run([sys.executable, "-c", check], check=True)
