"""Pictures of whole screens and of each lab's own area, compared with those that were looked at.

After a change that is meant, look at the new pictures and take them with `pytest --snapshot-update`.
"""

import sys
from collections.abc import Awaitable, Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from learner import press, settle
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

import engine.machine
import tui
from engine.machine import Machine
from lessons import catalogue
from lessons.address import parse
from lessons.summary.labs.report import ReportSettings
from tui.app import NnlabApp
from tui.labs.summary.report import View as ReportView
from tui.labs.view import LabHead, view_of
from tui.screens.section import SectionScreen as WholeSection
from tui.session import LabSession

PYTHON = (3, 11)
"""The Python that pictures are taken with."""

STYLES = Path(tui.__file__).parent / "styles"
GIB = 2**30


@pytest.fixture(autouse=True)
def no_machine_in_the_pictures(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Describe the same machine everywhere, and refuse to take pictures with another Python."""
    if request.config.option.update_snapshots and sys.version_info[:2] != PYTHON:
        pytest.fail("pictures are taken with Python 3.11 only", pytrace=False)
    machine = Machine(name="a processor", cores=8, memory_total=16 * GIB, memory_used=6 * GIB, gpus=())
    monkeypatch.setattr(engine.machine, "describe", lambda: machine)
    monkeypatch.setattr(NnlabApp, "version", "1.2.3")
    monkeypatch.setattr(ReportView, "_made", a_report)


async def a_report(view: ReportView, settings: ReportSettings) -> bytes:
    """Stand for a report, so that its size is the same everywhere."""
    return b" " * 64_000


def program(home: Path, address: str, language: str, theme: str = "night") -> NnlabApp:
    environ = {"NNLAB_HOME": str(home), "LANG": "ja_JP.UTF-8" if language == "ja" else "C.UTF-8"}
    app = NnlabApp(parse(address) if address else None, environ=environ | {"COLORTERM": "truecolor", "TERM": "xterm"})
    app.set_theme_choice(theme)
    return app


def after(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, and wait until the screen has nothing left to say."""

    async def run(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        while any(head.computing for head in pilot.app.screen.query(LabHead)):
            await pilot.pause(0.05)
        await settle(pilot)

    return run


SCREENS = {
    "home-120-ja": ("", (120, 40), "ja", "night", ()),
    "home-80-en": ("", (80, 24), "en", "night", ()),
    "unit-120-ja": ("neuron.unit", (120, 40), "ja", "night", ()),
    "unit-80-ja": ("neuron.unit", (80, 24), "ja", "night", ()),
    "unit-120-en-paper": ("neuron.unit", (120, 40), "en", "paper", ()),
    "lesson-80-ja": ("neuron.threshold", (80, 24), "ja", "night", ("l",)),
    "help-120-en": ("neuron.unit", (120, 40), "en", "night", ("question_mark",)),
    "exercise-120-en": ("neuron.unit?w1=-0.4", (120, 40), "en", "night", ("e", "right", "right", "enter", "down", "h")),
    "xor-120-ja": ("neuron.gates?gate=XOR&learn=true", (120, 40), "ja", "night", (".",) * 4),
    "xor-80-en": ("neuron.gates?gate=XOR&learn=true", (80, 24), "en", "night", (".",) * 4),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    address, size, language, theme, keys = SCREENS[name]
    app = program(tmp_path, address, language, theme)
    assert snap_compare(app, terminal_size=size, run_before=after(*keys))
    assert app._exception is None


class SectionScreen(Screen[None]):
    """A lab's area and nothing else, under the name that its style sheet knows."""

    CSS_PATH = [str(STYLES / Path(sheet).name) for sheet in WholeSection.CSS_PATH]
    AUTO_FOCUS = ""

    def __init__(self, session: LabSession) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        yield view_of(self.session)


class LabApp(NnlabApp):
    """Shows the area of one lab under given settings, without an engine process."""

    CSS_PATH = [str(STYLES / "app.tcss"), str(STYLES / "home.tcss")]

    def __init__(self, address: str, steps: int, language: str, home: Path) -> None:
        super().__init__(environ={"NNLAB_HOME": str(home), "LANG": language, "COLORTERM": "truecolor", "TERM": "xterm"})
        self.address, self.steps = address, steps

    def on_mount(self) -> None:
        parsed = parse(self.address)
        lab = catalogue.load(parsed.lab)
        session = LabSession(lab, self.engine)
        session.settings = lab.set_by(parsed.values, self.language, theirs=True)
        module, _, function = lab.experiment.partition(":")
        seen = getattr(import_module(module), function)(session.settings)
        observation = list(islice(seen, self.steps))[-1] if isinstance(seen, Iterator) else seen
        observation = msgspec.structs.replace(observation, measured={})  # the clock has no place in a picture
        session._computed(("observe", observation), "observe", session.settings)
        self.push_screen(SectionScreen(session))

    def start_engine(self) -> None:
        """The picture is there already."""


LABS = {
    "introduction.nerve_cell": ("introduction.nerve_cell?input=pulses&current=3", 1),
    "introduction.map": ("introduction.map?application=image&side=128", 1),
    "deep_networks.architectures": ("deep_networks.architectures?name=resnet34", 1),
    "applications.panel": ("applications.panel?digit=2&wanted=3", 1),
    "language.next_word": ("language.next_word?path=首都%20は%20東京", 1),
    "next_word_japanese": ("language.next_word?text=japanese&order=2&smoothing=kneser_ney&path=首都", 1),
    "language.gpt": ("language.gpt?place=7", 1),
    "gpt_two": ("language.gpt?two=true&tokens=40", 1),
    "gpt_train": ("language.gpt?view=train&checkpoint=8", 1),
    "gpt_tokens": ("language.gpt?level=bpe&view=tokens", 1),
    "generative_ai.prompt_box": ("generative_ai.prompt_box?prompt=左上の小さな赤い輪", 1),
    "prompt_words": ("generative_ai.prompt_box?view=words", 1),
    "prompt_two": ("generative_ai.prompt_box?view=two&back=12", 1),
    "prompt_held_out": ("generative_ai.prompt_box?view=held_out", 1),
    "prompt_train": ("generative_ai.prompt_box?view=train", 1),
    "prompt_text": ("generative_ai.prompt_box?prompt=a%20tiny%20dragon", 1),
    "image_generation.diffusion": ("image_generation.diffusion", 1),
    "diffusion_forward": ("image_generation.diffusion?view=forward", 1),
    "scaling.parameters": ("scaling.parameters?model=own&layers=3,4,2", 1),
    "parameters_gpt3": ("scaling.parameters?model=gpt3", 1),
    "parameters_memory": ("scaling.parameters?model=gpt2_xl&view=memory", 1),
    "parameters_table": ("scaling.parameters?model=alexnet&view=table", 1),
    "parameters_years": ("scaling.parameters?model=palm&view=years", 1),
    "parameters_scale": ("scaling.parameters?model=gpt3&view=scale", 1),
    "summary.quiz": ("summary.quiz?questions=and_one_input,xor_alone,hesitates,half_side,shape_first", 1),
    "quiz_verdict": ("summary.quiz?questions=hesitates,along_the_path,colder&answers=1&at=1", 1),
    "quiz_result": ("summary.quiz?questions=and_one_input,xor_alone,hesitates,half_side,shape_first&answers=32113", 1),
    "convolution.features": ("convolution.features?kernel1=apex", 1),
    "image_generation.causal_graph": ("image_generation.causal_graph?object=square&angle=35", 1),
    "summary.progress": ("summary.progress?record=example", 1),
    "progress_results": ("summary.progress?record=example&view=results", 1),
    "neuron.synapse": ("neuron.synapse?signal=steps&w=-0.8", 1),
    "neuron.threshold": ("neuron.threshold?f=sigmoid&h=0.3", 1),
    "neuron.unit": ("neuron.unit?f=relu&x1=-0.5&w3=0", 1),
    "neuron.gates": ("neuron.gates?gate=OR&learn=true", 6),
    "convolution.lenet5": ("convolution.lenet5?digit=7", 1),
    "lenet5_kernels": ("convolution.lenet5?form=1998&view=kernels", 1),
    "neuron.playground": ("neuron.playground?data=spiral&hidden=6,4&sin_x1=true&sin_x2=true&epochs=60", 1),
    "hidden": ("neuron.gates?gate=XOR&w2=-1&h=0.5&hidden=true", 1),
    "proof": ("neuron.gates?gate=XOR", 1),
    "summary.report": ("summary.report?record=example&first=5&last=7", 1),
    "report_empty": ("summary.report?first=2&last=2&form=markdown&curves=none&quiz=false", 1),
}


def test_every_lab_has_its_picture() -> None:
    assert set(catalogue.lab_names()) <= set(LABS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", LABS)
def test_lab(name: str, language: str, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    address, steps = LABS[name]
    app = LabApp(address, steps, language, tmp_path)
    assert snap_compare(app, terminal_size=(74, 37), run_before=after())
    assert app._exception is None
