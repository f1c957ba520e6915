"""The line: how it is recognised, what is counted, and that its rate holds."""

import os
import stat
import time
from pathlib import Path

import pytest
from textual.app import App
from textual.driver import Driver

from tests.tui.screens import RecordingDriver
from tui import line


class Clock:
    """A clock that the test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def tmux(folder: Path, script: str) -> dict[str, str]:
    """An environment in which `tmux` is this script."""
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"TMUX": "/tmp/tmux,1,0", "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_ssh_is_recognised_by_its_variables() -> None:
    assert line.detect({}) == "local"
    assert line.detect({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}) == "ssh"
    assert line.detect({"SSH_TTY": "/dev/pts/1"}) == "ssh"


def test_inside_tmux_the_client_that_attached_last_counts(tmp_path: Path) -> None:
    came_by_ssh = tmux(tmp_path, "echo SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22")
    assert line.detect(came_by_ssh) == "ssh"
    sits_here = tmux(tmp_path, "echo -SSH_CONNECTION")
    assert line.detect(sits_here | {"SSH_TTY": "/dev/pts/1"}) == "local"
    unknown = tmux(tmp_path, "echo unknown variable >&2; exit 1")
    assert line.detect(unknown | {"SSH_TTY": "/dev/pts/1"}) == "ssh"


def test_a_tmux_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    silent = tmux(tmp_path, "exec sleep 20")
    begun = time.monotonic()
    assert line.detect(silent) == "local"
    assert time.monotonic() - begun < 2


def test_a_setting_stands_above_what_is_detected() -> None:
    assert line.chosen("slow", {"SSH_TTY": "x"}) == "slow"
    assert line.chosen("auto", {"SSH_TTY": "x"}) == "ssh"


def test_a_small_picture_keeps_the_distance_of_frames() -> None:
    clock = Clock()
    governor = line.Governor("ssh", clock)
    assert governor.take_frame()
    governor.wrote(100)
    clock.now += 0.24
    assert not governor.frame_due()
    clock.now += 0.01
    assert governor.frame_due() and governor.frame_due()


def test_a_large_picture_makes_the_next_one_wait_until_the_line_is_free() -> None:
    clock = Clock()
    governor = line.Governor("slow", clock)
    assert governor.take_frame()
    governor.wrote(50_000)
    assert governor.wait() == pytest.approx(2.0)
    clock.now += 1.0
    governor.wrote(25_000)
    assert governor.wait() == pytest.approx(2.0)


def test_pictures_take_a_part_of_the_processor_only_but_never_cease() -> None:
    clock, work = Clock(), Clock()
    governor = line.Governor("local", clock, work)
    assert governor.take_frame()
    work.now += 0.02  # drawn slowly
    assert governor.wait() == pytest.approx(0.02 / line.SHARE)
    clock.now += 0.02 / line.SHARE
    assert governor.take_frame()
    work.now += 5.0  # another lab was opened meanwhile
    assert governor.wait() == pytest.approx(line.LONGEST)


@pytest.mark.parametrize("name", line.RATES)
@pytest.mark.parametrize("size", [500, 8_000, 52_000])
def test_over_a_minute_the_rate_holds_and_is_used(name: str, size: int) -> None:
    clock = Clock()
    governor, rate = line.Governor(name, clock), line.RATES[name]
    pictures = 0
    for _ in range(6_000):
        clock.now += 0.01
        if governor.take_frame():
            pictures += 1
            governor.wrote(size)
    possible = 60 * min(rate.frames, rate.capacity / size)
    assert 0.9 * possible - 1 <= pictures <= possible + 1


async def test_the_driver_counts_bytes_and_tells_the_governor() -> None:
    app = App[None](driver_class=line.counting_driver(RecordingDriver))
    app.governor = line.Governor("slow", Clock())
    async with app.run_test(headless=False):
        driver, before = app._driver, app.governor.wait()
        counted = driver.written
        driver.write("前活性 x")
        assert driver.written == counted + 11
        assert app.governor.wait() == pytest.approx(before + 11 / 25_000)
        assert driver.written == sum(len(data.encode()) for data in driver.written_data)


def test_the_platform_gets_its_own_driver() -> None:
    counting = line.counting_driver()
    assert issubclass(counting, Driver) and issubclass(counting, line.ByteCounter)
    assert counting is line.counting_driver()
