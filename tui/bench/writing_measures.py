"""What a text costs that a GPT writes before one's eyes: from a key to the next token, bytes, the opening."""

import re
from collections.abc import Iterator

from tui.bench.programs import NNLAB, WARM, home, program
from tui.bench.report import Result, p95
from tui.bench.terminal import Program

ADDRESS = "language.gpt?tokens=20"
GAP = 0.08
"""Seconds without a byte after which a picture is complete."""

OWN = re.compile(r"([\d.]+) ms a token")
COUNT = re.compile(r"tokens (\d+)")


def _written(nnlab: Program) -> int:
    found = COUNT.search(nnlab.shown.text)
    return int(found[1]) if found else 0


def gpt_key(keys: int = 60) -> Iterator[Result]:
    """From a key to the next token on the screen, less what the model itself takes for it."""
    times = []
    with home() as folder, program(NNLAB, folder, "open", ADDRESS) as nnlab:
        nnlab.wait_for("next token")
        nnlab.listen(WARM)
        for _ in range(keys):
            before = _written(nnlab)
            pressed = nnlab.press(".")
            nnlab.wait(lambda before=before: _written(nnlab) > before)  # type: ignore[misc]
            shown = nnlab.last - pressed
            nnlab.still(GAP)
            own = OWN.search(nnlab.shown.text)
            times.append(shown * 1000 - (float(own[1]) if own else 0.0))
    yield Result("gpt_key", p95(times), "ms", 30)


def gpt_stream(seconds: float = 10.0) -> Iterator[Result]:
    """What goes to the terminal while a text is being written, and tokens in a second meanwhile."""
    with home() as folder, program(NNLAB, folder, "open", ADDRESS) as nnlab:
        nnlab.wait_for("next token")
        nnlab.listen(WARM)
        before, count = nnlab.received, _written(nnlab)
        nnlab.press(" ")
        nnlab.listen(seconds)
        yield Result("gpt_stream_bytes", (nnlab.received - before) / seconds / 1000, "kB/s", 10, 1)
        yield Result("gpt_stream_tokens", (_written(nnlab) - count) / seconds, "/s", 3, 1, least=True)


def gpt_open(times: int = 3) -> Iterator[Result]:
    """From the key that opens the lab to its first answer, torch being warm."""
    found = []
    for _ in range(times):
        with home() as folder, program(NNLAB, folder, "open", "language.next_word") as nnlab:
            nnlab.wait_for("Next word")
            nnlab.listen(WARM)
            pressed = nnlab.press("]")
            nnlab.wait(lambda: _written(nnlab) > 0)
            found.append(nnlab.last - pressed)
    yield Result("gpt_open", max(found), "s", 1.0, 2)
