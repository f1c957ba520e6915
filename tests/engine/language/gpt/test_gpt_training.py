import math
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from engine.language.gpt.checkpoint import load, sample_in, unpacked
from engine.language.gpt.corpus import read
from engine.language.gpt.descent import rate_at
from engine.language.gpt.errors import GptError
from engine.language.gpt.speeds import Speeds, speeds_for
from engine.language.gpt.training import GptTraining, kept_steps
from engine.language.gpt.windows import Windows
from engine.training.training import Step

TEXT = "the cat sat on the mat. the dog sat on the log.\n" * 20

TINY: dict[str, Any] = {
    "level": "characters",
    "vocabulary": 300,
    "layers": 1,
    "heads": 2,
    "width": 8,
    "context": 8,
    "batch": 4,
    "steps": 12,
    "rate": 0.01,
    "seed": 0,
}


def training(content: str = TEXT, **changes: Any) -> GptTraining:
    return GptTraining(content, **{**TINY, **changes})


def same(first: list[Step], second: list[Step]) -> bool:
    return [repr(each) for each in first] == [repr(each) for each in second]


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.2, "accumulate": 2}, {"norm": "after", "level": "bpe"}])
def test_it_goes_on_from_any_step_as_if_it_had_not_been_interrupted(changes: dict[str, Any]) -> None:
    whole = training(**changes)
    steps = list(whole.steps())
    for interrupted_after in (0, 1, 5, len(steps) - 1):
        first = training(**changes)
        begun = list(islice(first.steps(), interrupted_after + 1))
        second = training(**changes)
        second.restore(first.state())
        assert same(begun + list(second.steps()), steps)
        for name, each in second.model.state_dict().items():
            assert torch.equal(each, whole.model.state_dict()[name])


def test_the_seed_alone_decides_and_it_learns() -> None:
    first, second, other = (list(training(seed=seed, steps=60).steps()) for seed in (0, 0, 1))
    assert same(first, second) and not same(first, other)
    losses = [each.values["test_loss"] for each in first if "test_loss" in each.values]
    assert losses[0] == pytest.approx(math.log(len(set(TEXT))), abs=0.1)
    assert losses[-1] < losses[0] - 0.5


@torch.no_grad()
def test_accumulated_batches_count_as_one_large_batch() -> None:
    made = training(accumulate=2, batch=4)
    first, second = (made.train_windows.at(each) for each in (0, 1))
    whole = made.model.loss(torch.cat([first[0], second[0]]), torch.cat([first[1], second[1]])).item()
    with torch.enable_grad():
        step = list(islice(made.steps(), 2))[1]
    assert step.values["train_loss"] == pytest.approx(whole, abs=1e-5)
    assert step.examples == 8


@torch.no_grad()
def test_the_held_out_loss_is_that_of_tokens_behind_half_a_context() -> None:
    made = training("ab" * 40 + "cd" * 20)
    held_out = torch.from_numpy(made.corpus.held_out.astype("int64"))
    lost = []
    for start in (0, 3):  # twelve tokens have four windows of eight and the one after
        chances = torch.log_softmax(made.model.eval()(held_out[None, start : start + 8]), -1)[0]
        lost += [-float(chances[place, held_out[start + place + 1]]) for place in range(4, 8)]
    assert len(held_out) == 12
    assert made.held_out_loss(16) == pytest.approx(sum(lost) / 8, abs=1e-5)


def test_windows_are_pieces_of_the_text_with_what_follows() -> None:
    text = torch.arange(50).numpy()
    windows = Windows(text, context=7, batch=3, seed=1, device="cpu")
    for number in (0, 1, 1500):
        tokens, targets = windows.at(number)
        assert tokens.shape == (3, 7)
        assert torch.equal(targets, tokens + 1) and torch.equal(tokens[:, 1:], targets[:, :-1])
    spread = torch.cat([tokens for tokens, _ in windows.spread(100)])
    assert spread[:, 0].tolist() == [0, 3, 7, 11, 15, 19, 22, 26, 30, 34, 38, 42]
    assert len(torch.cat([tokens for tokens, _ in windows.spread(2)])) == 2


def test_weights_are_kept_more_often_at_first_and_never_too_many() -> None:
    assert kept_steps(2000, 1000)[:4] == (0, 5, 20, 45) and kept_steps(2000, 1000)[-1] == 2000
    assert kept_steps(3, 1000) == (0, 1, 3)
    assert len(kept_steps(2000, 10**9)) == 3
    told = [each.step for each in training().steps() if each.checkpoint]
    assert told == list(kept_steps(12, 1000))


def test_the_rate_rises_and_falls() -> None:
    rates = [rate_at(step, 100) for step in range(100)]
    assert rates[0] == pytest.approx(0.1) and max(rates) == rates[9] == 1
    assert rates[-1] == pytest.approx(0.1, abs=0.01)


def test_kept_weights_write_as_the_model_does(tmp_path: Path) -> None:
    made = training()
    list(made.steps())
    kept = made.weights()
    save_file(kept, tmp_path / "kept.safetensors")
    found = load(tmp_path / "kept.safetensors")
    tokens = torch.tensor([[1, 2, 3]])
    torch.testing.assert_close(found.model(tokens), made.model.eval()(tokens), atol=1e-2, rtol=1e-2)
    assert found.tokenizer.encode("cat") == made.tokenizer.encode("cat")
    assert found.sample == sample_in(kept) and found.sample is not None and found.sample.tokens == 200


def refused(call: Any, *arguments: Any, **named: Any) -> dict[str, Any]:
    with pytest.raises(GptError) as error:
        call(*arguments, **named)
    return error.value.values


def test_checkpoints_that_do_not_fit_are_refused() -> None:
    state = training().state()
    assert refused(training(content=TEXT + "?").restore, state)["reason"] == "other_vocabulary"
    assert refused(training(width=16).restore, state) == {
        "reason": "other_size",
        "name": "width",
        "found": 8,
        "expected": 16,
    }
    assert refused(training().restore, {"step": 1})["reason"] == "older"
    kept = training().weights()
    assert refused(unpacked, {})["reason"] == "not_gpt"
    assert refused(unpacked, {**kept, "more": torch.zeros(1)})["unexpected"] == ["more"]
    assert refused(unpacked, {**kept, "norm.bias": torch.zeros(3)})["reason"] == "other_size"
    about = kept["about"].numpy().tobytes().replace(b'"format": 1', b'"format": 0')
    assert refused(unpacked, {**kept, "about": torch.frombuffer(bytearray(about), dtype=torch.uint8)})["unexpected"]


def test_what_cannot_be_trained_is_refused() -> None:
    assert refused(training, "")["reason"] == "empty_text"
    assert refused(training, "abc") == {"reason": "short_text", "length": 3, "least": 18}
    assert refused(training, heads=3)["reason"] == "heads"
    assert refused(training, level="bpe", vocabulary=10)["reason"] == "vocabulary"
    assert refused(read, "own")["reason"] == "empty_text"


def test_what_is_not_finite_is_told() -> None:
    steps = training(rate=1e30, steps=20).steps()
    assert any(math.isnan(value) for step in steps for value in step.values.values())


def test_one_line_is_enough_and_built_in_texts_are_read() -> None:
    made = training("abcdefgh" * 30)
    assert len(list(made.steps())) == 13
    assert made.weights()["about"].numel() > 0
    assert len(read("english")[0]) > 100_000


@pytest.mark.parametrize("able", ["avx512_bf16", "amx_bf16", "avx512_f", None])
def test_a_processor_that_multiplies_halves_learns_a_large_model_by_them(
    able: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {able: True} if able else {})
    assert speeds_for("cpu", 10**9) == Speeds(bfloat16=able in ("avx512_bf16", "amx_bf16"), compiled=False)
    assert speeds_for("cpu", 10**5) == Speeds()


def test_speeds_are_named() -> None:
    assert speeds_for("mps", 10**9) == Speeds(bfloat16=False, compiled=False)
    assert training().facts()["compiled"] == 0
    assert training(speeds=Speeds(bfloat16=True)).facts()["bfloat16"] == 1
    half = [each.values["test_loss"] for each in training(speeds=Speeds(bfloat16=True)).steps() if each.checkpoint]
    full = [each.values["test_loss"] for each in training().steps() if each.checkpoint]
    assert half == pytest.approx(full, abs=0.1) and half != full


def test_the_line_to_beat_is_that_of_an_ngram_on_the_same_tokens() -> None:
    made = training("ab" * 200)
    assert made.facts()["ngram_loss"] == pytest.approx(0.0, abs=0.05)
    random = torch.randint(4, (4000,), generator=torch.Generator().manual_seed(0)).tolist()
    lost = training("".join("abcd"[each] for each in random)).facts()["ngram_loss"]
    assert lost == pytest.approx(math.log(4), abs=0.4)
