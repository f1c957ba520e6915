"""Makes pictures of the screens: every lab in both languages and at both sizes, home, exercises, help and more.

`make pictures` writes them to `pictures/`; `--readme` writes the README's own, small, to `docs/pictures/`. The
real program runs without a terminal, with the real engine, in an empty home and on a machine that is always
the same. PNG needs Chromium; where there is none the pictures stay SVG.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it once, when it is imported

from PIL import Image

import engine.machine
from engine.machine import Machine
from lessons import catalogue
from lessons.address import parse
from lessons.progress import Journal, Solved
from lessons.vocabulary.exercise import Exercise
from tui import typesetting
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
                await pilot.pause()
            return mended(app.export_screenshot())


def chromium() -> str | None:
    """Find the program that turns SVG into PNG."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


async def to_png(program: str, source: Path, target: Path, scale: float) -> None:
    """Turn an SVG into a PNG; raises RuntimeError where Chromium fails."""
    width, height = size(source.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="nnlab-chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            f"--user-data-dir={profile}",
            f"--screenshot={target}",
            f"--window-size={width},{height}",
            f"--force-device-scale-factor={scale}",
            source.as_uri(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
    if process.returncode != 0 or not target.exists():
        lines = errors.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"{program} made no {target.name}: {lines[-1] if lines else process.returncode}")


def shrink(target: Path, limit: int) -> None:
    """Write a PNG with so few colours that it keeps to the limit in bytes."""
    image = Image.open(target).convert("RGB")
    for colours in (128, 64, 32, 16):
        # Median cut would lose the colours of what is small, a weight's sign say.
        image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= limit:
            return


async def make(shots: list[Shot], folder: Path, small: bool) -> None:
    """Make pictures one after the other; Chromium works on one while the next is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    program = chromium()
    if program is None:
        print(f"no {', '.join(CHROMIUM)} found: the pictures stay SVG")
    engine.machine.describe = lambda: MACHINE
    typesetting.install()
    under_way: asyncio.Task[None] | None = None
    for shot in shots:
        source = (folder / f"{shot.file}.svg").resolve()
        source.write_text(await picture(shot), encoding="utf-8")
        if under_way is not None:
            await under_way
        under_way = None if program is None else asyncio.create_task(finish(program, source, small))
        print(source.relative_to(ROOT) if source.is_relative_to(ROOT) else source, flush=True)
    if under_way is not None:
        await under_way


async def finish(program: str, source: Path, small: bool) -> None:
    """Put a PNG in the place of an SVG."""
    target = source.with_suffix(".png")
    await to_png(program, source, target, SMALL if small else 1)
    source.unlink()
    if small:
        shrink(target, SMALL_BYTES)


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
    asyncio.run(make(shots, folder, small=wanted.readme))
    return 0


if __name__ == "__main__":
    sys.exit(main())
