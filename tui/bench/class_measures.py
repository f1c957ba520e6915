"""What a class costs its server: many copies of nnlab that nobody touches, beside as many empty apps."""

import os
import select
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tui.bench.programs import EMPTY, NNLAB, at_home, home, program, resident
from tui.bench.report import Result
from tui.bench.terminal import Program

COPIES = 20

LEFT_AT = ((), ("open", "neuron.unit"), ("open", "neuron.playground"), ("open", "convolution.lenet5"))
"""Where the learners are: at home, and in labs."""

ENDING = {"NNLAB_ENGINE_IDLE": "3", "NNLAB_ENGINE_TORCH": "0"}
"""Lets the engines end after three idle seconds rather than ten minutes."""

SETTLED = 20.0
"""Seconds until the engines have ended and all is quiet."""


def idle_copies(copies: int = COPIES, seconds: float = 60.0) -> Iterator[Result]:
    """The processor's time that idle copies take, over that of empty apps, both at once; the memory of the largest."""
    with ExitStack() as opened:
        ours, empty = [], []
        for number in range(copies):
            folder = opened.enter_context(home())
            empty.append(opened.enter_context(program(EMPTY, folder)))
            empty[-1].wait(lambda: empty[-1].shown.full)
            place = LEFT_AT[number % len(LEFT_AT)]
            ours.append(opened.enter_context(program(NNLAB, folder, *place, changes=ENDING)))
            at_home(ours[-1])
        _listen([*ours, *empty], SETTLED)
        before = [worked(each.pid) for each in (*ours, *empty)]
        _listen([*ours, *empty], seconds)
        taken = [now - then for now, then in zip((worked(each.pid) for each in (*ours, *empty)), before, strict=True)]
        sizes = [resident(each.pid) or 0 for each in ours]
    yield Result("idle_copies", sum(taken[:copies]) / sum(taken[copies:]), "×", 1.3, 2)
    yield Result("idle_memory", max(sizes) / 1e6 if all(sizes) else None, "MB", 120)


def _listen(programs: Sequence[Program], seconds: float) -> None:
    """Read whatever they write."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        ready = select.select([each.handle for each in programs], [], [], left)[0]
        for each in programs:
            if each.handle in ready:
                each.read(0)


def worked(pid: int) -> float:
    """Seconds that the processor has worked for a process. Raises OSError where the system does not tell."""
    threads = list(Path(f"/proc/{pid}/task").iterdir())
    try:
        return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9
    except FileNotFoundError:  # a system that counts in its ticks alone
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
