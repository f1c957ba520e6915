"""Trains a U-Net to see digits through noise, step by step, as `engine.training.training.Training` describes."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.data.digits import digits
from engine.generative.descent import Descent, rate_at
from engine.generative.diffusion import SCHEDULES, Prediction, Schedule, noised, target
from engine.generative.digits import inputs
from engine.generative.unet import unet
from engine.training.course import Course
from engine.training.training import State
from engine.vision.batches import drawn_from

DEFAULTS: dict[str, Any] = {
    "side": 28,
    "steps": 2000,
    "batch": 64,
    "rate": 2e-3,
    "width": 32,
    "schedule": "cosine",
    "prediction": "v",
    "dropout": 0.1,
    "images": 4000,
    "seed": 0,
}
"""How digits are learned in a few minutes on one thread."""

CLASSES = 10

POINTS = 150
"""Points that the curve of the training loss gets, about."""

KEPT = 12
"""Times that the weights are kept and measured, besides at the beginning; more often at first, when most changes."""

MEASURED = 256
"""Test digits that are measured, each at a time and with a noise of its own that stay the same."""


class DiffusionTraining(Course):
    """A training on `images` of the digits.

    `rate` is the peak of the learning rate, `dropout` how often the digit's name is left out, so that the network
    learns to draw without it too (Ho and Salimans 2022). `train_loss` is the mean square of what is left of the target
    over the steps since the last point, `test_loss` that of the running mean of the weights on digits not trained on.
    """

    def __init__(
        self,
        *,
        side: int,
        steps: int,
        batch: int,
        rate: float,
        width: int,
        schedule: str,
        prediction: Prediction,
        dropout: float,
        images: int,
        seed: int,
        device: str = "cpu",
    ) -> None:
        batch = min(batch, images)
        super().__init__(steps, kept=kept_steps(steps), points=POINTS, examples=batch)
        train, test = digits()
        self.model = unet(drawn_from(seed), width=width, classes=CLASSES).to(device)
        self.schedule: Schedule = SCHEDULES[schedule]()
        self.prediction, self.side, self.rate, self.seed = prediction, side, rate, seed
        self._dropout, self._batch, self._device = dropout, batch, device
        self._pictures = inputs(train.images[:images], side).to(device)
        self._labels = torch.tensor(train.labels[:images]).to(device)
        self._test_pictures = inputs(test.images[:MEASURED], side).to(device)
        self._test_labels = torch.tensor(test.labels[:MEASURED]).to(device)
        self._descent = Descent(self.model)

    def move(self) -> Tensor:
        """One step of the optimizer, without measuring anything; returns the norm of its gradient."""
        self.model.train()
        generator = drawn_from(self.seed, 1, self._step)
        chosen = torch.randint(len(self._labels), (self._batch,), generator=generator).to(self._device)
        left_out = (torch.rand(self._batch, generator=generator) < self._dropout).to(self._device)
        kind = torch.where(left_out, self.model.any_kind(self._batch), self._labels[chosen])
        loss = self._loss(self._pictures[chosen], kind, generator)
        loss.backward()  # type: ignore[no-untyped-call]
        self._losses.append(loss.detach())
        norm = self._descent.step(self.rate * rate_at(self._step, self.total))
        self._step += 1
        return norm

    def _loss(self, x0: Tensor, kind: Tensor, generator: torch.Generator) -> Tensor:
        """Mean square of target less output at times and with noise from the generator (Ho et al. 2020, eq. 14)."""
        t = self.schedule.times(len(x0), generator)
        epsilon = torch.randn(x0.shape, generator=generator).to(x0)
        x = noised(self.schedule, x0, t, epsilon)
        output = self.model(x, self.schedule.level(t).to(x), kind)
        return F.mse_loss(output, target(self.prediction, self.schedule, x0, t, epsilon))

    def measured(self) -> dict[str, float]:
        """The loss on test digits."""
        return {"test_loss": self.test_loss()}

    def epoch(self, examples: int) -> float:
        """Passes through the digits."""
        return examples / len(self._labels)

    @torch.inference_mode()
    def test_loss(self) -> float:
        """The loss of the running mean of the weights on test digits."""
        own = {name: each.clone() for name, each in self.model.state_dict().items()}
        self.model.load_state_dict(self._descent.mean.weights)
        self.model.eval()
        found = float(self._loss(self._test_pictures, self._test_labels, drawn_from(0, 2)))
        self.model.load_state_dict(own)
        return found

    def state(self) -> State:
        """All that is needed to go on; what is drawn follows from the step."""
        return {
            "side": self.side,
            "width": self.model.sizes["width"],
            "weights": {name: each.detach().to("cpu", copy=True) for name, each in self.model.state_dict().items()},
            "descent": self._descent.state(),
            **self._place(),
        }

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings."""
        self.model.load_state_dict(state["weights"])
        self._descent.restore(state["descent"])
        self._return_to(state, self._device)

    def weights(self) -> dict[str, Tensor]:
        """The running mean of the weights by name, as float16."""
        return {name: each.to("cpu", torch.float16, copy=True) for name, each in self._descent.mean.weights.items()}

    def facts(self) -> Mapping[str, float]:
        """Sizes."""
        return {
            "parameters": self.model.parameters_count,
            "images": len(self._labels),
            "side": self.side,
            "steps": self.total,
        }


def kept_steps(total: int) -> tuple[int, ...]:
    """After which steps the weights are kept: 0, the last, and between them ever less often."""
    count = max(1, min(KEPT, total))
    return tuple(sorted({round(total * (each / count) ** 2) for each in range(count + 1)}))
