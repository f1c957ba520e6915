"""Trains LeNet-5 on handwritten digits, and measures as it goes."""

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from engine.data.digits import digits
from engine.training.group import ALONE, Group
from engine.training.training import State, Step
from engine.vision.batches import Batches, drawn_from
from engine.vision.descent import DEFAULTS, Descent, rate_at
from engine.vision.lenet5 import Form, LeNet5, loss
from engine.vision.plain_loop import plain_loop, plain_speed
from engine.vision.prepare import network_input

__all__ = ["DEFAULTS", "DigitTraining", "plain_loop", "plain_speed"]

LEAST, MOST = 60, 150
"""Points that the curves of training get: the fewest, in a training of so many steps, and about the most."""

NEAR, FAR = 10, 50
"""Steps from one such point to the next: not fewer if that leaves enough points, and never more."""

TESTED = 125
"""Test digits that are read at once: as many as the processor's cache has room for."""


class DigitTraining:
    """A training of LeNet-5, step by step, as `engine.training.training.Training` describes.

    `rate` is the peak of the learning rate, `shift` that of the random shift in pixels, `images` how many of the
    training digits are used. `train_loss` and `train_accuracy` are means over the steps since the last point, of
    varied digits and before each step; `test_loss` and `test_accuracy` are of all test digits as they are. What is
    not finite is given as NaN. On the CPU the same settings give the same curves with the same number of threads.
    A `group` computes the same in several processes, up to the rounding of sums.
    """

    def __init__(
        self,
        *,
        form: Form,
        epochs: int,
        rate: float,
        batch: int,
        shift: float,
        images: int,
        seed: int,
        device: str = "cpu",
        group: Group = ALONE,
    ) -> None:
        train, test = digits()
        self.rate, self.device, self.group = rate, device, group
        self.model = LeNet5(form, drawn_from(seed)).to(device)
        self.batches = Batches(train, images=images, batch=batch, shift=shift, seed=seed, device=device, group=group)
        self.total = epochs * self.batches.count
        self._test_inputs = network_input(test.images).to(device)
        self._test_labels = torch.tensor(test.labels).to(device)
        self._descent = Descent(self.model)
        self._joined = group.joined(self.model)
        self._spacing = max(1, min(NEAR, self.total // LEAST), min(FAR, self.total // MOST))
        self._between_tests = max(1, min(self.batches.count, self.total // 2))
        self._step = 0
        self._begun = False
        self._pending: list[tuple[Tensor, Tensor, Tensor]] = []
        """Loss, scores and labels of the last steps, not yet added up: reading them would wait for the device."""
        self._unread = 0
        """Examples of these steps, in all processes."""
        self._loss, self._right, self._steps, self._seen = 0.0, 0, 0, 0

    def steps(self) -> Iterator[Step]:
        """Train from the present state to the end; at the very start the first is step 0."""
        if not self._begun:
            self._begun = True
            yield self._told(self._test(), checkpoint=True)
        while self._step < self.total:
            epoch, place = divmod(self._step, self.batches.count)
            inputs, labels = self.batches.at(epoch, place)
            count = self.batches.whole(place)
            scores = self._joined(inputs)
            value = self.group.weighed(loss(self.model, scores, labels), count)
            value.backward()  # type: ignore[no-untyped-call]
            own = self.group.own(count)
            self._pending.append((value.detach(), scores.detach()[:own], labels[:own]))
            self._unread += count
            self._descent.step(self.rate * rate_at(self._step / self.total))
            self._step += 1
            values = self._measured()
            self._descent.clear()
            yield self._told(values, checkpoint=place + 1 == self.batches.count)

    def _measured(self) -> dict[str, float]:
        """The points of the curves that this step gives; its gradients are still there."""
        values: dict[str, float] = {}
        if self._step % self._spacing == 0 or self._step == self.total:
            self._add_up()
            values |= {"train_loss": self._loss / self._steps, "train_accuracy": self._right / self._seen}
            values |= self._descent.norms()
            self._loss, self._right, self._steps, self._seen = 0.0, 0, 0, 0
        if self._step % self._between_tests == 0 or self._step == self.total:
            values |= self._test()
        return values

    def _add_up(self) -> None:
        if not self._pending:
            return
        losses, scores, labels = zip(*self._pending, strict=True)
        # One after another, so that the sum is the same whenever a part of it has been added up before.
        for each in self.group.mean(torch.stack(losses)).tolist():
            self._loss += each
        self._right += int(self.group.total((torch.cat(scores).argmax(1) == torch.cat(labels)).sum()))
        self._steps += len(losses)
        self._seen += self._unread
        self._pending, self._unread = [], 0

    @torch.inference_mode()
    def _test(self) -> dict[str, float]:
        own = self.group.share(len(self._test_labels))
        parts = zip(*(torch.split(each[own], TESTED) for each in (self._test_inputs, self._test_labels)), strict=True)
        total, right = torch.zeros((), device=self.device), torch.zeros((), device=self.device)
        for inputs, labels in parts:
            scores = self.model(inputs)
            total += loss(self.model, scores, labels) * len(labels)
            right += (scores.argmax(1) == labels).sum()
        total, right = self.group.total(torch.stack([total, right]))
        count = len(self._test_labels)
        return {"test_loss": float(total) / count, "test_accuracy": float(right) / count}

    def _told(self, values: dict[str, float], checkpoint: bool) -> Step:
        epoch, place = divmod(self._step, self.batches.count)
        images = len(self.batches.labels)
        examples = epoch * images + min(place * self.batches.size, images)
        return Step(
            step=self._step,
            epoch=examples / images,
            examples=examples,
            progress=self._step / self.total if self.total else 1.0,
            values={name: value if math.isfinite(value) else math.nan for name, value in values.items()},
            checkpoint=checkpoint,
        )

    def state(self) -> State:
        """All that is needed to go on; the data's order and variation follow from the step, not from the group."""
        self._add_up()
        return {
            "step": self._step,
            "weights": self.weights(),
            "velocities": {name: kept(each) for name, each in self._descent.velocities.items()},
            "since": {"loss": self._loss, "right": self._right, "steps": self._steps, "seen": self._seen},
        }

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings."""
        self.model.load_state_dict(state["weights"])
        for name, each in self._descent.velocities.items():
            each.copy_(state["velocities"][name])
        since = state["since"]
        self._loss, self._right = float(since["loss"]), int(since["right"])
        self._steps, self._seen = int(since["steps"]), int(since["seen"])
        self._pending, self._unread = [], 0
        self._descent.clear()
        self._step = int(state["step"])
        self._begun = True

    def weights(self) -> dict[str, Tensor]:
        """The present weights by name, on the CPU."""
        return {name: kept(each) for name, each in self.model.state_dict().items()}

    def facts(self) -> Mapping[str, float]:
        """The number of trainable parameters and of connections."""
        return {
            "parameters": sum(self.model.counts().values()),
            "connections": sum(self.model.connections().values()),
            "steps": self.total,
        }


def kept(tensor: Tensor) -> Tensor:
    """A copy on the CPU that later steps don't change."""
    return tensor.detach().to("cpu", memory_format=torch.contiguous_format, copy=True)
