"""The measurements. Each starts the program under a terminal, uses it as a learner does, and reads the clock."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.bench import (
    causal_measures,
    class_measures,
    diffusion_measures,
    gpt_measures,
    language_measures,
    network_measures,
    panel_measures,
    pauses,
    processes_measures,
    prompt_measures,
    report_measures,
    scaling_measures,
    training_measures,
    writing_measures,
)
from tui.bench.programs import EMPTY, NNLAB, SSH, WATCHED, at_home, home, mapped, program, resident
from tui.bench.report import Result, p95
from tui.bench.terminal import Program

RIGHT, LEFT = "\x1b[C", "\x1b[D"
GAP = 0.15
"""Seconds without output after which a picture is taken to be complete, the engine being warm."""

COLD_GAP = 1.2
"""The same while the engine is still starting."""

PICTURE = "f (  0.86 − 0.40 )"
"""Stands in the first picture of `neuron.unit`."""

LABS = ("Synapse", "Threshold", "Neuron", "Gates")


@dataclass(frozen=True)
class Measure:
    """One way of measuring, and the figures that come out."""

    figures: tuple[str, ...]
    take: Callable[[], Iterator[Result]]


def first_paint(runs: int = 7) -> Iterator[Result]:
    """Time until every cell has been written, over that of an empty app; the two take turns."""
    ours, empty = [], []
    with home() as folder:
        for run in range(runs + 1):
            with program(EMPTY, folder) as other:
                empty_time = other.wait(lambda shown=other.shown: shown.full) - other.started  # type: ignore[misc]
            with program(NNLAB, folder) as nnlab:
                our_time = at_home(nnlab) - nnlab.started
            if run:  # the first of each fills the file cache
                empty.append(empty_time)
                ours.append(our_time)
    yield Result("first_paint", statistics.median(ours) / statistics.median(empty), "×", 1.3, 2)


def first_picture(runs: int = 5) -> Iterator[Result]:
    """From a key to a lab's complete picture: at the first paint, and when the engine has been used."""
    cold = []
    for _ in range(runs):
        with home() as folder, program(NNLAB, folder) as nnlab:
            at_home(nnlab)
            pressed = nnlab.press(" ")
            nnlab.wait_for(PICTURE)
            cold.append(nnlab.last - pressed)
    yield Result("first_picture_cold", statistics.median(cold), "s", 0.5, 2)
    warm = []
    with home("neuron.synapse") as folder, program(NNLAB, folder) as nnlab:
        at_home(nnlab)
        nnlab.press(" ")
        nnlab.still(COLD_GAP)
        for _ in LABS[1:]:
            pressed = nnlab.press("]")
            warm.append(nnlab.still(2 * GAP) - pressed)
    yield Result("first_picture_warm", max(warm), "s", 0.5, 2)


def open_unit(nnlab: Program) -> None:
    """Go from home to `neuron.unit`, and wait until all is quiet."""
    at_home(nnlab)
    nnlab.press(" ")
    nnlab.wait_for(PICTURE)
    nnlab.still(COLD_GAP)


def slider_move(moves: int = 120) -> Iterator[Result]:
    """From a key on a slider to the last byte of the picture that follows."""
    times = []
    with home() as folder, program(NNLAB, folder) as nnlab:
        open_unit(nnlab)
        for number in range(moves):
            before = _formula(nnlab)
            pressed = nnlab.press(RIGHT if number // 10 % 2 else LEFT)
            nnlab.wait(lambda before=before: _formula(nnlab) != before)  # type: ignore[misc]
            times.append(nnlab.still(GAP) - pressed)
    yield Result("slider_move", p95(times) * 1000, "ms", 50)


def _formula(nnlab: Program) -> str:
    """The numbers of the formulas of `neuron.unit`."""
    return "\n".join(nnlab.shown.rows[4:10])


def slider_bytes(seconds: float = 5.0, moves: int = 20) -> Iterator[Result]:
    """What a slider sends over SSH: one step at a time, then held down and dragged to and fro."""
    with home() as folder, program(NNLAB, folder, changes=SSH) as nnlab:
        open_unit(nnlab)
        steps = []
        for number in range(moves):
            before = nnlab.received
            nnlab.press(RIGHT if number // 5 % 2 else LEFT)
            nnlab.still(2 * GAP)
            steps.append(nnlab.received - before)
        yield Result("slider_step_bytes", max(steps) / 1000, "kB", 2, 2)
        before = nnlab.received
        keys = [RIGHT if number // 20 % 2 else LEFT for number in range(int(seconds * 30))]
        _send(nnlab, keys, 1 / 30)
        yield Result("slider_held_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 40, 1)
        nnlab.still(2 * GAP)
        row = next(index for index, text in enumerate(nnlab.shown.rows) if "w₁ ─" in text)
        start = nnlab.shown.rows[row].index("w₁ ─") + 3
        places = [start + 2 + abs(number % 30 - 15) for number in range(int(seconds * 30))]
        reports = [f"\x1b[<32;{place};{row + 1}M" for place in places]
        nnlab.press(f"\x1b[<0;{places[0]};{row + 1}M")
        before = nnlab.received
        _send(nnlab, reports, 1 / 30)
        yield Result("slider_drag_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 40, 1)
        nnlab.press(f"\x1b[<0;{places[0]};{row + 1}m")


def _send(nnlab: Program, keys: list[str], pause: float) -> None:
    """Send keys at an even pace, reading all the while."""
    due = time.monotonic()
    for key in keys:
        nnlab.press(key)
        due += pause
        while (left := due - time.monotonic()) > 0:
            nnlab.read(left)


def lesson_pauses(runs: int = 3) -> Iterator[Result]:
    """The longest time for which the program does not answer while lessons open and the terminal is resized.

    Each is done in several runs and counts with its median, for a machine that has other work pauses too.
    """
    opened: dict[str, list[float]] = {}
    resized: dict[tuple[str, int], list[float]] = {}
    for _ in range(runs):
        with home() as folder, program(WATCHED, folder) as nnlab:
            at_home(nnlab)
            nnlab.still(COLD_GAP)
            for section in ("1", "2"):
                start = nnlab.press(section)
                opened.setdefault(section, []).append(_pause(nnlab, folder, start))
                for number, size in enumerate(((100, 40), (80, 24), (120, 40))):
                    start = nnlab.resize(*size)
                    resized.setdefault((section, number), []).append(_pause(nnlab, folder, start))
                nnlab.press("\x1b")
                nnlab.still(2 * GAP)
    for name, pauses_of in (("lesson_opened", opened), ("lesson_resized", resized)):
        yield Result(name, max(map(statistics.median, pauses_of.values())) * 1000, "ms", 100)


def _pause(nnlab: Program, folder: Path, start: float) -> float:
    """The longest pause from a time on until all is quiet; the screen must then be whole."""
    end = nnlab.still(COLD_GAP / 2)
    nnlab.wait(lambda: nnlab.shown.full)
    return pauses.read(folder, start, end)


def screens_memory() -> Iterator[Result]:
    """The memory of the screens' process after all labs have been used, and whether torch is in it."""
    with home("neuron.synapse") as folder, program(NNLAB, folder) as nnlab:
        at_home(nnlab)
        nnlab.press(" ")
        nnlab.still(COLD_GAP)
        for _ in LABS:
            for key in (RIGHT, RIGHT, "]"):
                nnlab.press(key)
                nnlab.still(2 * GAP)
        libraries, size = mapped(nnlab.pid, "torch"), resident(nnlab.pid)
    yield Result("torch_in_screens", libraries, "", 0)
    yield Result("memory_screens", None if size is None else size / 1e6, "MB", 120)


def engine_memory() -> Iterator[Result]:
    """The memory of the engine process once it has imported torch and waits."""
    yield Result("memory_engine", asyncio.run(_engine_memory()) / 1e6, "MB", 350)


async def _engine_memory() -> float:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_ENGINE_TORCH": "1"})
    try:
        await engine.call("engine.network.neuron:output", [1.0], [1.0], 0.0, "step")
        until = time.monotonic() + 60
        while not (status := await engine.ping()).torch_loaded and time.monotonic() < until:
            await asyncio.sleep(0.1)
        return float(status.rss)
    finally:
        await engine.stop()


MEASURES = (
    Measure(("first_paint",), first_paint),
    Measure(("first_picture_cold", "first_picture_warm"), first_picture),
    Measure(("torch_in_screens", "memory_screens"), screens_memory),
    Measure(("memory_engine",), engine_memory),
    Measure(("slider_move",), slider_move),
    Measure(("slider_step_bytes", "slider_held_bytes", "slider_drag_bytes"), slider_bytes),
    Measure(("lesson_opened", "lesson_resized"), lesson_pauses),
    Measure(("training_speed",), training_measures.training_speed),
    Measure(processes_measures.FIGURES, processes_measures.two_processes),
    Measure(("training_beside_screen", "lateness_p95", "lateness_max"), training_measures.beside_screen),
    Measure(("curves_bytes", "maps_bytes"), training_measures.training_bytes),
    Measure(("many_runs",), training_measures.home_with_many_runs),
    Measure(("playground_one", "playground_seeds"), network_measures.playground_speed),
    Measure(("playground_beside_screen",), network_measures.playground_beside_screen),
    Measure(("playground_click",), network_measures.playground_click),
    Measure(("playground_ssh_bytes", "playground_slow_bytes"), network_measures.playground_bytes),
    Measure(("resnet152_open", "architectures_open"), network_measures.architectures_open),
    Measure(("features_edit",), network_measures.features_edit),
    Measure(gpt_measures.FIGURES, gpt_measures.gpt_speed),
    Measure(("gpt_key",), writing_measures.gpt_key),
    Measure(("gpt_stream_bytes", "gpt_stream_tokens"), writing_measures.gpt_stream),
    Measure(("gpt_open",), writing_measures.gpt_open),
    Measure(("ngram_fit", "ngram_score"), language_measures.ngram_speed),
    Measure(("next_word_open",), language_measures.next_word_open),
    Measure(("prompt_learning", "prompt_drawing"), prompt_measures.prompt_speed),
    Measure(("prompt_open",), prompt_measures.prompt_open),
    Measure(("prompt_walk_bytes",), prompt_measures.prompt_walk),
    Measure(("causal_decoder", "causal_encoder"), causal_measures.causal_speed),
    Measure(("causal_open",), causal_measures.causal_open),
    Measure(("diffusion_train", "diffusion_sample"), diffusion_measures.diffusion_speed),
    Measure(("diffusion_open",), diffusion_measures.diffusion_open),
    Measure(("diffusion_bytes",), diffusion_measures.diffusion_bytes),
    Measure(("panel_open",), panel_measures.panel_open),
    Measure(("report",), report_measures.report),
    Measure(("idle_copies", "idle_memory"), class_measures.idle_copies),
    Measure(("parameters_build",), scaling_measures.parameters_build),
    Measure(("parameters_open",), scaling_measures.parameters_open),
)
