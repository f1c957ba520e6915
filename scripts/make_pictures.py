"""Makes pictures of the screens: every lab in both languages and at both sizes, home, exercises, help and more.

`make pictures` writes them to `pictures/`; `--readme` writes the README's own, small, to `docs/pictures/`. The
real program runs without a terminal, with the real engine, in an empty home and on a machine that is always
the same. PNG needs Chromium; where there is none the pictures stay SVG.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it once, when it is imported

import numpy as np
from PIL import Image

import engine.machine
from engine.machine import Machine
from lessons import catalogue
from lessons.address import parse
from lessons.progress import Journal, Solved
from lessons.vocabulary.exercise import Exercise
from tui import pieces, typesetting
from tui.app import NnlabApp
from tui.drawing.palette import THEMES
from tui.drawing.screenshot import mended, size
from tui.locale import LANGUAGES
from tui.store import preferences, state
from tui.store.places import Places, places

SURROUNDINGS = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "NNLAB_ENGINE_TORCH": "0",
    "NNLAB_DEVICE": "cpu",
}
UNSET = ("NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "SSH_CONNECTION", "SSH_TTY", "TMUX")

ROOT = Path(__file__).parent.parent
SIZES = ((120, 40), (80, 24))
MACHINE = Machine("processor", 8, 16 * 2**30, 3 * 2**30, ())
LEFT_AT = ("neuron.unit", "neuron.unit?w1=0.8&w2=-0.5")
"""The lab that home goes on with, and its address."""

SMALL = 5 / 6
"""Scale of the README's pictures; cells are whole pixels at this scale too."""

SMALL_BYTES = 60_000
"""Size that they keep to."""

CHROMIUM = ("chromium", "google-chrome", "chromium-browser")
CHROMIUM_SECONDS = 60
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@dataclass(frozen=True)
class Shot:
    """One picture: what is opened, and which keys are pressed there."""

    name: str
    address: str = ""
    """Lab address; empty for home."""

    keys: tuple[str, ...] = ()
    cells: tuple[int, int] = (120, 40)
    language: str = "en"
    theme: str = "night"

    @property
    def file(self) -> str:
        """Name of its file, without a suffix."""
        look = "" if self.theme == "night" else f"-{self.theme}"
        return f"{self.name}-{self.cells[0]}x{self.cells[1]}-{self.language}{look}"


README = (
    Shot("home"),
    Shot("neuron.unit", "neuron.unit?w1=0.8&w2=-0.5"),
    Shot("neuron.unit", "neuron.unit?w1=0.8&w2=-0.5", language="ja"),
    Shot("neuron.unit", "neuron.unit?w1=0.8&w2=-0.5", cells=(80, 24)),
    Shot("neuron.gates", "neuron.gates?gate=XOR&w2=-1&h=0.5&hidden=true", theme="paper"),
    Shot("exercise", "neuron.gates", ("e",)),
    Shot("convolution.lenet5", "convolution.lenet5?digit=4"),
    Shot("language.gpt", "language.gpt?tokens=400&place=62"),
    Shot("applications.panel", "applications.panel?digit=2&wanted=3"),
    Shot("generative_ai.prompt_box", "generative_ai.prompt_box?prompt=a%20small%20red%20ring%20at%20the%20top%20left"),
    Shot("image_generation.causal_graph", "image_generation.causal_graph?object=square&angle=35"),
    Shot("image_generation.diffusion", "image_generation.diffusion"),
    Shot("scaling.parameters", "scaling.parameters?model=gpt3"),
    Shot("summary.progress", "summary.progress?record=example"),
)


def everything(theme: str) -> Iterator[Shot]:
    """Name all pictures."""
    kinds = [
        Shot("home"),
        *(Shot(lab, lab) for lab in catalogue.lab_names()),
        Shot("lesson", "neuron.unit", ("l",)),
        Shot("exercise", "neuron.unit", ("e",)),
        Shot("settings", "neuron.gates", ("p",)),
        Shot("source", "neuron.unit", ("s",)),
        Shot("help", "neuron.unit", ("question_mark",)),
    ]
    for kind in kinds:
        for cells in SIZES:
            for language in LANGUAGES:
                yield Shot(kind.name, kind.address, kind.keys, cells, language, theme)


def some_progress(kept: Places) -> None:
    """Let a learner have been here: two labs solved, a third one begun."""
    journal = Journal(kept.progress)
    labs = catalogue.lab_names()
    before = labs[: labs.index(LEFT_AT[0])]
    found: list[tuple[str, Exercise]] = [(lab, each) for lab in before for each in catalogue.load(lab).exercises]
    found += [(LEFT_AT[0], each) for each in catalogue.load(LEFT_AT[0]).exercises[:1]]
    for second, (lab, exercise) in enumerate(found, 1):
        address = exercise.solution[-1]
        journal.record(Solved(lab=lab, exercise=exercise.name, address=address, time=float(second)))
    left = state.LabState(address=LEFT_AT[1], time=float(len(found) + 1))
    state.save(state.State(labs={LEFT_AT[0]: left}), kept)


async def picture(shot: Shot) -> str:
    """Open the program, wait until nothing is being computed, and take the picture as SVG."""
    with tempfile.TemporaryDirectory(prefix="nnlab-pictures-") as home:
        locale = "ja_JP.UTF-8" if shot.language == "ja" else "en_US.UTF-8"
        environ = SURROUNDINGS | {"NNLAB_HOME": home, "LANG": locale}
        kept = places(environ)
        preferences.change(kept, theme=shot.theme)
        if not shot.address:
            some_progress(kept)
        app = NnlabApp(parse(shot.address) if shot.address else None, environ=environ)
        async with app.run_test(size=shot.cells) as pilot:
            for key in ("", *shot.keys):
                await pilot.press(*([key] if key else []))
                await app.workers.wait_for_complete()
                for session in app.sessions.values():
                    await session.settled()
                await pilot.pause(0.3)  # until the head no longer says that it is computing
            return mended(app.export_screenshot())


def chromium() -> str | None:
    """Find the program that turns SVG into PNG."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def to_png(program: str, source: Path, small: bool) -> None:
    """Put a PNG in the place of an SVG; raises RuntimeError where Chromium fails."""
    target = source.with_suffix(".png")
    width, height = size(source.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="nnlab-chromium-", ignore_cleanup_errors=True) as profile:
        options = (
            f"--user-data-dir={profile}",
            f"--screenshot={target}",
            f"--window-size={width},{height}",
            f"--force-device-scale-factor={SMALL if small else 1}",
        )
        command = [program, *FLAGS, *options, source.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=CHROMIUM_SECONDS)
    if done.returncode != 0 or not target.exists():
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(f"{program} made no {target.name}: {lines[-1] if lines else done.returncode}")
    source.unlink()
    if small:
        shrink(target, SMALL_BYTES)


def shrink(target: Path, limit: int) -> None:
    """Write a PNG in its most frequent colours, so few that it keeps to the limit in bytes.

    So all grounds and letters keep their exact colours; what is between them takes the nearest one.
    """
    pixels = np.asarray(Image.open(target).convert("RGB")).astype(int)
    codes, places, counts = np.unique(pixels @ [65536, 256, 1], return_inverse=True, return_counts=True)
    colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1)
    for number in (128, 96, 64, 48, 32):
        kept = colours[np.argsort(-counts, kind="stable")[:number]]
        nearest = ((colours[:, None] - kept) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
        image = Image.fromarray(nearest[places].reshape(pixels.shape[:2]), "P")
        image.putpalette(kept.astype(np.uint8).tobytes())
        image.save(target, optimize=True)
        if target.stat().st_size <= limit:
            return


def make(shots: list[Shot], folder: Path, small: bool) -> None:
    """Make pictures one after the other; Chromium works on one while the next is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    program = chromium()
    if program is None:
        print(f"none of {', '.join(CHROMIUM)} is here: the pictures stay SVG")
    engine.machine.describe = lambda: MACHINE
    typesetting.install()
    pieces.install()
    with ThreadPoolExecutor(1) as pool:
        under_way: Future[None] | None = None
        for shot in shots:
            source = (folder / f"{shot.file}.svg").resolve()
            source.write_text(asyncio.run(picture(shot)), encoding="utf-8")
            if under_way is not None:
                under_way.result()
            under_way = pool.submit(to_png, program, source, small) if program is not None else None
            print(shot.file, flush=True)
        if under_way is not None:
            under_way.result()


def main() -> int:
    """Read what is wanted and make it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = sorted({shot.name for shot in everything("night")})
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, help=", ".join(names))
    parser.add_argument("--theme", choices=THEMES, default="night")
    parser.add_argument("--readme", action="store_true", help="make docs/pictures anew")
    wanted = parser.parse_args()
    os.environ |= SURROUNDINGS  # for the engine process too
    for variable in UNSET:
        os.environ.pop(variable, None)
    shots = list(README) if wanted.readme else list(everything(wanted.theme))
    shots = [shot for shot in shots if not wanted.only or shot.name in wanted.only]
    folder = ROOT / "docs" / "pictures" if wanted.readme else ROOT / "pictures"
    make(shots, folder, wanted.readme)
    return 0


if __name__ == "__main__":
    sys.exit(main())
