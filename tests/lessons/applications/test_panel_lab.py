"""The heavy half of `applications.panel`: three answers that are those of the three labs, each for itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

import engine.generative.trained as diffusion_trained
import engine.language.gpt.trained as gpt_trained
import engine.vision.trained as lenet_trained
import lessons.applications
from engine.generative.unet import UNet
from lessons.address import parse
from lessons.applications.experiments.panel import drawer, observe, reader, writer
from lessons.applications.labs.panel import own_address
from lessons.applications.labs.panel.observation import PanelObservation
from lessons.applications.labs.panel.settings import PanelSettings
from lessons.convolution.experiments.lenet5 import sources as lenet_sources
from lessons.convolution.labs.lenet5 import FOUR
from lessons.image_generation.experiments.diffusion import sources as diffusion_sources
from lessons.image_generation.experiments.diffusion import walks
from lessons.vocabulary.exercise import Moment
from tui.locale import LANGUAGES

FOLDER = Path(lessons.applications.__file__).parent


def lesson(language: str) -> str:
    return (FOLDER / f"lesson.{language}.md").read_text(encoding="utf-8")


FILES = {
    "reader": "lenet5-modern.safetensors",
    "writer": "gpt-english.safetensors",
    "drawer": "diffusion-digits.safetensors",
}
"""The models that come with the program."""

SHORT = {"tokens": 12, "steps": 4}
MOVED = PanelSettings(
    digit=2, sentence="The result", tokens=9, temperature=0.3, seed=5, wanted="8", steps=3, guidance=2
)


def kinds(seen: PanelObservation) -> dict[str, str]:
    return {trouble.network: trouble.kind for trouble in seen.troubles}


@pytest.mark.parametrize(
    "settings", [PanelSettings(**SHORT), MOVED, PanelSettings(drawn=FOUR, sentence="雨が降ったので、", **SHORT)]
)
def test_what_is_answered_here_is_answered_in_the_labs(
    settings: PanelSettings, moment: Callable[[str], Moment]
) -> None:
    seen = observe(settings)

    read = moment(own_address("reader", settings, seen)).observation
    assert (seen.read, seen.label) == (read.read, read.label) and seen.scores == pytest.approx(read.scores, abs=1e-5)
    assert seen.reader_parameters == read.parameters

    written = moment(own_address("writer", settings, seen)).observation
    assert seen.written_text == written.written_text and seen.writer_passes == len(written.token_ids)
    assert seen.writer_parameters == written.parameters
    assert seen.writing.pieces == written.text.pieces

    drawn = moment(own_address("drawer", settings, seen)).observation
    np.testing.assert_array_equal(seen.drawing.values, drawn.samples[0])
    assert (seen.read_back, seen.drawer_parameters) == (drawn.read, drawn.parameters)
    assert seen.asked == int(parse(own_address("drawer", settings, seen)).values.get("digit", "5"))
    assert seen.writing.values == pytest.approx(written.text.values, abs=1e-3)


def test_what_is_read_is_drawn_unless_another_digit_is_chosen() -> None:
    assert observe(PanelSettings(digit=2, **SHORT)).asked == observe(PanelSettings(digit=2, **SHORT)).read == 7
    assert observe(PanelSettings(digit=2, wanted="3", **SHORT)).asked == 3


@pytest.mark.parametrize(("guidance", "a_step"), [(0.0, 1), (1.0, 1), (2.9, 2)])
def test_a_step_is_one_pass_or_with_guidance_two(monkeypatch: pytest.MonkeyPatch, guidance: float, a_step: int) -> None:
    asked = []
    forward = UNet.forward
    observe(PanelSettings(steps=1, tokens=1))  # it is loaded and has been asked once
    monkeypatch.setattr(
        UNet, "forward", lambda self, x, *rest, **named: asked.append(len(x)) or forward(self, x, *rest, **named)
    )

    seen = observe(PanelSettings(steps=5, guidance=guidance, tokens=1, seed=41))

    assert seen.drawer_passes == 5 * a_step == sum(asked)


def test_each_answer_has_its_time_and_keeps_it() -> None:
    settings = PanelSettings(seed=77, **SHORT)
    first = observe(settings).measured

    assert set(first) == {"reader_ms", "writer_ms", "drawer_ms"}
    assert all(0 < ms < 60_000 for ms in first.values())
    assert observe(settings).measured == first
    assert observe(PanelSettings(seed=77, digit=0, wanted="1", **SHORT)).measured["writer_ms"] == first["writer_ms"]


# What goes wrong


def test_an_empty_drawing_leaves_the_others_their_answers() -> None:
    seen = observe(PanelSettings(own=True, wanted="4", **SHORT))

    assert kinds(seen) == {"reader": "nothing_drawn"}
    assert seen.read is None and seen.written_text and seen.drawing is not None and seen.asked == 4


def test_without_a_reading_there_is_no_digit_to_draw() -> None:
    seen = observe(PanelSettings(own=True, **SHORT))

    assert kinds(seen) == {"reader": "nothing_drawn", "drawer": "nothing_asked"}
    assert seen.written_text and seen.drawing is None and seen.drawer_passes == 0


@pytest.mark.parametrize(("sentence", "unknown"), [("café 🙂", "é"), ("日本の x", "x")])
def test_unknown_characters_are_named_and_the_sentence_stays(sentence: str, unknown: str) -> None:
    seen = observe(PanelSettings(sentence=sentence, **SHORT))

    assert kinds(seen) == {"writer": "unknown_characters"}
    assert unknown in seen.troubles[0].values["characters"]
    assert seen.written_text is None and seen.writing.pieces == (sentence,)
    assert seen.read == 5 and seen.drawing is not None


def test_an_empty_sentence_is_the_beginning_of_what_was_learned() -> None:
    seen = observe(PanelSettings(sentence="", **SHORT))

    assert "".join(seen.writing.pieces).startswith("The value of the expression") and not seen.troubles


def test_a_sentence_longer_than_the_context_is_gone_on_with() -> None:
    seen = observe(PanelSettings(sentence="the result " * 90, **SHORT))

    assert seen.writer_passes == 12 and seen.written_text


def test_a_run_that_is_gone_is_told_and_replaced() -> None:
    gone = {"reader_run": "lenet5-nothere", "writer_run": "gpt-nothere", "drawer_run": "diffusion-nothere"}
    seen = observe(PanelSettings(**gone, **SHORT))

    assert kinds(seen) == dict.fromkeys(FILES, "run_missing")
    assert all(trouble.answers for trouble in seen.troubles)
    assert seen.read == 5 and seen.written_text and seen.drawing is not None


@pytest.fixture
def checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the models that come with the program, to damage; nothing of it is kept."""
    folder = tmp_path / "checkpoints"
    copytree(lenet_trained.FOLDER, folder)
    for module in (lenet_trained, gpt_trained):
        monkeypatch.setattr(module, "FOLDER", folder)
    monkeypatch.setattr(diffusion_trained, "PATH", folder / FILES["drawer"])
    forget()
    yield folder
    forget()


def forget() -> None:
    for module in (lenet_trained, gpt_trained, diffusion_trained):
        module.shipped.cache_clear()
    for kept in (lenet_sources._network, reader._read, reader._warm, writer._written, writer._warm,
                 diffusion_sources._shipped_network, diffusion_sources._kept, walks.walked,
                 drawer._drawn, drawer._warm):  # fmt: skip
        kept.cache_clear()


def damaged(path: Path, how: str) -> None:
    """Leave a file out, cut it off, or write it as another version, or another size, of the network would."""
    if how == "missing":
        path.unlink()
        return
    if how == "cut":
        path.write_bytes(path.read_bytes()[:-100])
        return
    with safe_open(path, framework="pt") as file:
        about = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    weights = [name for name in tensors if name.endswith("weight")]
    for name in weights:
        tensor = tensors.pop(name)
        if how == "older":
            tensors[f"{name}_of_old"] = tensor
        else:
            tensors[name] = torch.cat([tensor, tensor])
    save_file(tensors, path, about)


@pytest.mark.parametrize("how", ["missing", "cut", "older", "size"])
@pytest.mark.parametrize("network", FILES)
def test_a_model_that_cannot_be_read_does_not_silence_the_others(checkpoints: Path, network: str, how: str) -> None:
    damaged(checkpoints / FILES[network], how)

    seen = observe(PanelSettings(wanted="4", **SHORT))

    told = [trouble for trouble in seen.troubles if trouble.network == network]
    expected = {"missing": "no_file", "cut": "broken", "older": "older", "size": "other_size"}[how]
    assert len(told) == len(seen.troubles) == 1 and not told[0].answers
    assert told[0].kind == expected
    assert told[0].values.get("file", FILES[network]) == FILES[network]
    assert getattr(seen, f"{network}_parameters") is None
    assert (seen.read is None) == (network == "reader") and (seen.written_text is None) == (network == "writer")
    assert (seen.drawing is None) == (network == "drawer")
    assert (seen.read_back is None) == (network in ("reader", "drawer"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_names_the_sizes_that_the_networks_have(language: str) -> None:
    seen, text = observe(PanelSettings(**SHORT)), lesson(language)

    for network in FILES:
        assert f"{getattr(seen, f'{network}_parameters'):,}" in text


def test_without_guidance_another_digit_than_the_lessons_is_drawn() -> None:
    assert observe(PanelSettings(wanted="8", tokens=1)).read_back == 8
    assert observe(PanelSettings(wanted="8", guidance=0, tokens=1)).read_back != 8


def test_pictures_of_one_step_are_alike() -> None:
    """The network's first estimate is a mean of all that may be, whatever the noise."""

    def difference(steps: int) -> float:
        seen = [observe(PanelSettings(wanted="8", steps=steps, seed=seed, tokens=1)) for seed in range(4)]
        pictures = np.stack([each.drawing.values for each in seen if each.drawing is not None])
        return float(pictures.std(axis=0).mean())

    assert difference(1) < 0.5 * difference(20)
