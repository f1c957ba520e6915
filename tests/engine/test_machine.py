"""What the machine has, from what the system says."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from engine import machine

LISTING = """\
0, GPU-aaaa, NVIDIA A100, 40960, 40000, 3
1, GPU-bbbb, Odd, Name, 8192, [N/A], [Not Supported]
"""


def fake_program(monkeypatch: pytest.MonkeyPatch, answer: str, code: int = 0) -> None:
    def run(command: Any, **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, code, stdout=answer)

    monkeypatch.setattr(machine.subprocess, "run", run)


def test_gpus_are_read_and_unknown_numbers_are_0(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(monkeypatch, LISTING)
    first, second = machine.gpus()
    assert (first.index, first.uuid, first.memory_free, first.utilization) == (
        0,
        "GPU-aaaa",
        40000 * 2**20,
        0.03,
    )
    assert (second.name, second.memory_total, second.memory_free) == ("Odd, Name", 8192 * 2**20, 0)


def test_no_gpus_where_the_program_fails_or_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(monkeypatch, LISTING, code=9)
    assert machine.gpus() == []
    monkeypatch.undo()
    monkeypatch.setenv("PATH", "/nowhere")
    assert machine.gpus() == []


@pytest.mark.parametrize(("quota", "expected"), [("max 100000", 8), ("150000 100000", 2), ("50000 100000", 1)])
def test_cores_respect_the_containers_share(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quota: str, expected: int
) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(machine, "GROUP", tmp_path)
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert machine.cores() == expected


def test_memory_respects_the_containers_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    report = tmp_path / "meminfo"
    report.write_text("MemTotal:  2000 kB\nMemFree: 1 kB\nMemAvailable:  1500 kB\n")
    monkeypatch.setattr(machine, "MEMINFO", report)
    monkeypatch.setattr(machine, "GROUP", tmp_path)
    monkeypatch.setattr(machine.sys, "platform", "linux")
    assert machine.memory() == (2000 * 1024, 1500 * 1024)
    (tmp_path / "memory.max").write_text("1024000")
    (tmp_path / "memory.current").write_text("24000")
    assert machine.memory() == (1024000, 1000000)


def test_memory_of_a_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "sysctl": "17179869184",
        "vm_stat": "Mach Virtual Memory Statistics: (page size of 16384 bytes)\n"
        "Pages free:                  100.\nPages active:  5.\nPages inactive:              20.\n",
    }
    monkeypatch.setattr(machine.sys, "platform", "darwin")
    monkeypatch.setattr(machine, "_ask", lambda *command: answers[command[0]])
    assert machine.memory() == (17179869184, 120 * 16384)


def test_this_machine_is_described() -> None:
    here = machine.describe()
    assert here.cores >= 1 and here.name and 0 < here.memory_used < here.memory_total
