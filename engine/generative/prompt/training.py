"""Trains the network that draws from a prompt, as `engine.training.training.Training` describes.

Each picture is drawn fresh by the known function. What matters most is which noise levels it learns at: where
something is and of which colour is decided in nearly pure noise, so half of the levels are shifted there (Hoogeboom et
al., Simple diffusion, 2023); with even levels alone hardly a picture has all four attributes right.
"""

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.generative.descent import Descent, rate_at
from engine.generative.diffusion import Schedule, noised, target
from engine.generative.prompt.drawing import SCHEDULE
from engine.generative.prompt.evaluation import accuracy, spread
from engine.generative.prompt.model import NONE, PromptUNet, network, tensor_of
from engine.generative.prompt.pictures import SHIFT, rendered
from engine.generative.prompt.scenes import COUNTS, split
from engine.training.course import Course
from engine.training.training import State

DEFAULTS: dict[str, Any] = {"steps": 3000, "batch": 64, "rate": 2e-3, "width": 48, "seed": 0}
"""Four minutes on one thread, after which nine in ten pictures are right in all four attributes."""

SHIFTED = 4.0
"""How many times as much noise to signal the shifted half of the levels has."""

ALL_LEFT, ONE_LEFT = 0.1, 0.15
"""Share of the pictures whose prompt is left out whole, which guidance needs; and of each attribute of the others."""

KEPT = 10
"""Times that weights are kept and measured, besides at the beginning."""

POINTS = 200
"""Points that the curve of the loss gets, about."""

MEASURED, MEASURED_STEPS = 64, 10
"""Pictures of each group that are drawn to measure, and the steps of their walks."""


class PromptTraining(Course):
    """A training on scenes that are not held out.

    `train_loss` is the mean square of what is left of v over the steps since the last point. `train_accuracy` is the
    share of pictures of trained scenes of which all four attributes are right, at guidance 3; `test_accuracy` that of
    both kinds of held-out scenes; `gradient.all` the norm of the gradient.
    """

    def __init__(self, *, steps: int, batch: int, rate: float, width: int, seed: int, device: str = "cpu") -> None:
        kept = {round(steps * each / KEPT) for each in range(KEPT + 1)}
        super().__init__(steps, kept=kept, points=POINTS, examples=batch)
        self.model = network(seed, width=width).to(device)
        self.device, self.batch, self.rate = device, batch, rate
        self._scenes = tensor_of(split().trained)
        self._generator = torch.Generator().manual_seed(seed)
        self._descent = Descent(self.model)

    def move(self) -> Tensor:
        """One step of the optimizer, without measuring anything; returns the norm of its gradient."""
        x0, told = self._examples()
        t = levels(SCHEDULE, self.batch, self._generator)
        epsilon = torch.randn(x0.shape, generator=self._generator)
        x, wanted = noised(SCHEDULE, x0, t, epsilon), target("v", SCHEDULE, x0, t, epsilon)
        level = SCHEDULE.level(t).to(x)
        x, level, told, wanted = (each.to(self.device) for each in (x, level, told, wanted))
        loss = F.mse_loss(self.model(x, level, told), wanted)
        loss.backward()  # type: ignore[no-untyped-call]
        self._losses.append(loss.detach())
        norm = self._descent.step(self.rate * rate_at(self._step, self.total))
        self._step += 1
        return norm

    def _examples(self) -> tuple[Tensor, Tensor]:
        """Pictures, (batch, 3, 32, 32) in −1…1, and what is told of them, (batch, 4)."""
        count, generator = self.batch, self._generator
        scenes = self._scenes[torch.randint(len(self._scenes), (count,), generator=generator)]
        shift = SHIFT * (2 * torch.rand(count, 2, generator=generator) - 1)
        left = torch.rand(count, len(COUNTS), generator=generator) < ONE_LEFT
        left |= torch.rand(count, 1, generator=generator) < ALL_LEFT
        return 2 * rendered(scenes, shift) - 1, torch.where(left, torch.tensor(NONE), scenes)

    def measured(self) -> dict[str, float]:
        """Accuracies of the mean weights on trained and on held-out scenes; nothing of weights that are no numbers."""
        groups = split()
        held_out = groups.combinations + groups.pairs
        with self._averaged() as model:
            return {
                "train_accuracy": accuracy(model, spread(groups.trained, MEASURED), steps=MEASURED_STEPS)["all"],
                "test_accuracy": accuracy(model, spread(held_out, MEASURED), steps=MEASURED_STEPS)["all"],
            }

    def epoch(self, examples: int) -> float:
        """Passes through the scenes, each of which is drawn anew every time."""
        return examples / len(self._scenes)

    def _averaged(self) -> "_Averaged":
        return _Averaged(self.model, self._descent.mean.weights)

    def state(self) -> State:
        """All that is needed to go on, the state of the random numbers too."""
        return {
            "weights": _copied(self.model.state_dict()),
            "descent": self._descent.state(),
            "random": self._generator.get_state(),
            **self._place(),
        }

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings."""
        self.model.load_state_dict(state["weights"])
        self._descent.restore(state["descent"])
        self._generator.set_state(state["random"])
        self._return_to(state, self.device)

    def weights(self) -> dict[str, Tensor]:
        """The mean weights, with which is drawn, as float16."""
        return {name: each.detach().to("cpu", torch.float16) for name, each in self._descent.mean.weights.items()}

    def facts(self) -> Mapping[str, float]:
        """Sizes of model and data."""
        return {
            "parameters": self.model.parameters_count,
            "trained_scenes": len(self._scenes),
            "steps": self.total,
            "pictures_a_step": self.batch,
        }


class _Averaged:
    """The model with other weights for a while."""

    def __init__(self, model: PromptUNet, weights: Mapping[str, Tensor]) -> None:
        self._model, self._weights = model, weights

    def __enter__(self) -> PromptUNet:
        self._own = _copied(self._model.state_dict())
        self._model.load_state_dict(dict(self._weights))
        return self._model.eval()

    def __exit__(self, *error: object) -> None:
        self._model.load_state_dict(self._own)
        self._model.train()


def _copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: each.detach().to("cpu", copy=True) for name, each in weights.items()}


def levels(schedule: Schedule, count: int, generator: torch.Generator) -> Tensor:
    """Times to learn at, (count,): every second one uniform, the others with `SHIFTED` times the noise to signal."""
    times = schedule.times(count, generator)
    angles = schedule.level(times) * (math.pi / 2)
    wanted = torch.atan(SHIFTED * torch.tan(angles)) / (math.pi / 2)
    all_levels = schedule.level(torch.arange(schedule.last + 1))
    shifted = torch.searchsorted(all_levels, wanted).clamp(1, schedule.last)
    return torch.where(torch.arange(count) % 2 == 0, times, shifted)
