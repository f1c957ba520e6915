"""Files of weights that come with nnlab and are lost, cut off or of another version: one clear error for all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save

from engine.checkpoints.problem import ShippedProblem
from engine.generative import trained as digits
from engine.generative.causal import trained as causal
from engine.generative.prompt import trained as prompt
from engine.language.gpt import trained as gpt
from engine.vision import trained as lenet5
from lessons.image_generation.experiments.diffusion import sources
from lessons.image_generation.labs.diffusion.settings import DiffusionSettings
from tui.errors import explain, of_model
from tui.locale import words

READERS: dict[str, tuple[Any, str, Callable[[], Any]]] = {
    "diffusion-digits.safetensors": (digits, "PATH", lambda: sources.source(DiffusionSettings())),
    "prompt-box.safetensors": (prompt, "PATH", prompt.shipped),
    "causal-0-unlimited.safetensors": (causal, "FOLDER", lambda: causal.shipped((0, 0))),
    "lenet5-1998.safetensors": (lenet5, "FOLDER", lambda: lenet5.shipped("1998")),
    "gpt-japanese.safetensors": (gpt, "FOLDER", lambda: gpt.shipped("japanese")),
}


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A reader whose file lies in an empty folder, and that file."""
    module, name, reader = READERS[request.param]
    monkeypatch.setattr(module, name, tmp_path / request.param if name == "PATH" else tmp_path)
    caches = [module.shipped, sources._shipped_network]
    for cache in caches:
        cache.cache_clear()
    yield reader, tmp_path / request.param
    for cache in caches:
        cache.cache_clear()


def refused(reader: Callable[[], Any], file: Path) -> str:
    with pytest.raises(ShippedProblem) as problem:
        reader()
    for language in ("ja", "en"):
        said = explain(problem.value, words(language))
        assert file.name in said and "\n" not in said
        assert said == of_model("ShippedProblem", problem.value.values, words(language))
    return problem.value.kind


def test_a_file_that_is_cut_off_or_gone_is_told(read: Any) -> None:
    reader, file = read
    assert refused(reader, file) in ("no_file", "broken")
    file.write_bytes(b"cut off")
    assert refused(reader, file) == "broken"


def test_a_file_of_another_version_is_told(read: Any) -> None:
    reader, file = read
    file.write_bytes(save({"old": torch.zeros(2)}, {"format": "1"}))
    assert refused(reader, file) in ("older", "other_size", "broken")


def test_digits_of_another_size_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = digits.shipped()
    weights = known.weights | {"enter.weight": known.weights["enter.weight"][:16]}
    path = tmp_path / "diffusion-digits.safetensors"
    path.write_bytes(digits.packed(known.settings, known.metrics, weights))
    monkeypatch.setattr(digits, "PATH", path)
    for cache in (digits.shipped, sources._shipped_network):
        cache.cache_clear()
    try:
        assert refused(lambda: sources.source(DiffusionSettings()), path) == "other_size"
    finally:
        for cache in (digits.shipped, sources._shipped_network):
            cache.cache_clear()
