"""The training on scenes: goes on as if nothing had happened, learns, never sees what is held out; its checkpoint."""

import pytest
import torch
from safetensors.torch import save_file

from engine.generative.prompt.drawing import SCHEDULE, draw, noise, walk
from engine.generative.prompt.errors import PromptError
from engine.generative.prompt.inside import moved, without
from engine.generative.prompt.model import NONE, PromptUNet, network, tensor_of
from engine.generative.prompt.scenes import Scene, split
from engine.generative.prompt.trained import model_of, packed, read
from engine.generative.prompt.training import PromptTraining, levels
from engine.generative.prompt.words import read as read_prompt

TINY = {"steps": 8, "batch": 4, "rate": 1e-3, "width": 8, "seed": 0}


def test_a_restored_training_goes_on_as_if_nothing_had_happened():
    whole = PromptTraining(**TINY)
    for _ in range(3):
        whole.move()
    state = whole.state()
    expected = [float(whole.move()) for _ in range(3)]

    again = PromptTraining(**TINY)
    again.restore(state)

    assert [float(again.move()) for _ in range(3)] == expected
    assert all(torch.equal(each, again.weights()[name]) for name, each in whole.weights().items())


def test_it_yields_every_step_and_keeps_the_first_and_the_last():
    steps = list(PromptTraining(**{**TINY, "steps": 2}).steps())

    assert [step.step for step in steps] == [0, 1, 2]
    assert steps[0].checkpoint and steps[-1].checkpoint and steps[-1].progress == 1
    assert {"train_loss", "train_accuracy", "test_accuracy"} <= set(steps[-1].values)


def test_what_is_held_out_is_never_trained():
    training = PromptTraining(**{**TINY, "batch": 2000})
    _, told = training._examples()
    whole = {Scene(*row) for row in told.tolist() if all(value < count for value, count in zip(row, NONE, strict=True))}

    assert len(whole) > 300
    assert whole <= set(split().trained)


def test_prompts_are_left_out_in_part_and_whole():
    _, told = PromptTraining(**{**TINY, "batch": 4000})._examples()
    left = told == torch.tensor(NONE)

    assert 0.07 < float(left.all(1).float().mean()) < 0.14
    assert 0.19 < float(left[:, 0].float().mean()) < 0.28


def test_half_of_the_levels_have_more_noise():
    times = levels(SCHEDULE, 4000, torch.Generator().manual_seed(0)).float()

    assert int(times.min()) >= 1 and int(times.max()) <= 1000
    assert 480 < float(times[0::2].mean()) < 520
    assert float(times[1::2].mean()) > 750


def test_it_learns():
    training = PromptTraining(**{**TINY, "steps": 60, "batch": 16, "rate": 3e-3})
    losses = [step.values["train_loss"] for step in training.steps() if "train_loss" in step.values]

    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


@pytest.fixture(scope="module")
def tiny() -> PromptUNet:
    model = network(0, width=8)
    torch.nn.init.normal_(model.unet.leave.weight, std=0.05, generator=torch.Generator().manual_seed(0))
    return model.eval()


def test_the_first_pictures_do_not_depend_on_how_many_are_drawn(tiny):
    scene = Scene(0, 1, 2, 3)

    assert torch.equal(noise(3, 2), noise(3, 5)[:2])
    few, many = (draw(tiny, [scene] * count, seed=3, steps=4) for count in (1, 3))
    torch.testing.assert_close(few[0], many[0], atol=1e-4, rtol=0)


def test_guidance_0_ignores_the_prompt(tiny):
    one, other = (draw(tiny, [scene], guidance=0, steps=3) for scene in (Scene(0, 1, 2, 3), Scene()))

    assert torch.equal(one, other)


@pytest.mark.parametrize("steps", [1, 2, 20, 50])
def test_a_walk_has_a_moment_more_than_steps_and_ends_with_its_estimate(tiny, steps):
    moments = walk(tiny, [Scene()], noise(0, 1), steps=steps)

    assert len(moments) == steps + 1
    assert moments[0].t == 995 and moments[-1].t == 0
    assert torch.equal(moments[-1].x, moments[-1].x0)


def test_without_a_word_the_rest_is_asked_for():
    prompt = read_prompt("左上の小さな赤い輪")
    place = [word.text for word in prompt.words].index("赤い")

    assert without(prompt, place).scene == prompt.scene._replace(colour=None)


def test_every_word_that_means_something_has_a_map(tiny):
    prompt = read_prompt("a red ring, top left, unheard of")
    whole, each = moved(tiny, prompt, seed=0, steps=3)

    assert [one.word.text for one in each] == ["red", "ring", "top", "left"]
    for one in each:
        assert torch.equal(one.change, (one.picture - whole).abs().mean(0))
        assert float(one.change.max()) > 0


def test_what_is_left_out_is_one_past_the_last_value():
    assert tensor_of([Scene(), Scene(1, 2, 0, 8)]).tolist() == [list(NONE), [1, 2, 0, 8]]


def test_a_checkpoint_gives_back_the_network(tiny, tmp_path):
    path = tmp_path / "network.safetensors"
    path.write_bytes(packed(tiny.state_dict(), [{"step": 1.0}], TINY, {"trained": {"all": 0.5}}))

    found = read(path)

    assert found.settings == TINY and found.right == {"trained": {"all": 0.5}}
    for name, each in found.model.state_dict().items():
        torch.testing.assert_close(each, tiny.state_dict()[name], atol=1e-3, rtol=1e-3)


@pytest.mark.parametrize("reason", ["older", "other_size"])
def test_weights_that_do_not_fit_are_refused(tiny, reason):
    weights = dict(tiny.state_dict())
    if reason == "older":
        weights["text.gone"] = weights.pop("text.paint.0.weight")
    else:
        weights["text.paint.0.weight"] = torch.zeros(3, 3)

    with pytest.raises(PromptError) as refused:
        model_of(weights)
    assert refused.value.reason == reason


def test_a_file_that_is_no_checkpoint_or_an_older_one_is_refused(tmp_path):
    broken, older = tmp_path / "broken.safetensors", tmp_path / "older.safetensors"
    broken.write_bytes(b"no checkpoint")
    save_file({"a": torch.zeros(1)}, older)

    for path, reason in ((broken, "unreadable"), (older, "older")):
        with pytest.raises(PromptError) as refused:
            read(path)
        assert refused.value.reason == reason
