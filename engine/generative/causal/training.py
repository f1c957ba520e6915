"""Trains a decoder and an encoder on the same scenes, as `engine.training.training.Training` describes."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from engine.generative.causal.decoder import HARMONICS, Decoder
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.measures import drawn, inferred
from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.scenes import Scenes, drawn_from, held_out, random_scenes
from engine.training.adam import moments, restore_moments, warmed_cosine
from engine.training.course import Course
from engine.training.training import State

DEFAULTS: dict[str, Any] = {
    "harmonics": HARMONICS,
    "examples": 0,
    "steps": 3000,
    "batch": 128,
    "rate": 8e-3,
    "seed": 0,
}
"""The settings with which the networks that come with nnlab have learned; half a minute on a CPU."""

KEPT = 20
"""Times that the weights are kept and all is measured, besides at the beginning; more often at first."""

POINTS = 100
"""Points that the curve of the training loss gets, about."""

BETAS, DECAY = (0.9, 0.99), 1e-4
ENCODER = 0.5
"""The encoder's rate as a share of the decoder's."""

WARM_UP, END = 100, 0.01
"""Steps in which the rate rises, and the rate at the end as a share of its peak."""

SCENES, BATCHES, WEIGHTS = 2, 3, 4
"""What the seed draws: each from numbers of its own."""


class CausalTraining(Course):
    """A training of both networks by Adam (Loshchilov and Hutter 2019), at a rate that falls along half a cosine.

    `examples` is how many scenes there are to learn from, 0 for new ones at every step; `rate` the peak of the rate.
    `train_loss` is the decoder's, the mean over the steps since the last point, in nats a pixel; the others are of
    scenes that are never learned from: `test_loss` and `iou` of the decoder, `test_accuracy` (objects),
    `position_error_px` (mean) and `angle_error_deg` (median) of the encoder.
    """

    def __init__(
        self,
        *,
        harmonics: int,
        examples: int,
        steps: int,
        batch: int,
        rate: float,
        seed: int,
        device: str = "cpu",
    ) -> None:
        batch = min(batch, examples) if examples else batch
        kept = {round(steps * (each / KEPT) ** 2) for each in range(KEPT + 1)}
        super().__init__(steps, kept=kept, points=POINTS, examples=batch)
        self.rate, self.device, self.seed, self.batch = rate, device, seed, batch
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(drawn_from(WEIGHTS, seed).initial_seed())
            self.decoder, self.encoder = Decoder(harmonics), Encoder()
        self.networks = nn.ModuleDict({"decoder": self.decoder, "encoder": self.encoder}).to(device)
        self.examples = examples
        self._scenes = random_scenes(examples, drawn_from(SCENES, seed)).to(device) if examples else None
        self._images = self._scenes.images() if self._scenes is not None else torch.empty(0)
        self._test = held_out().to(device)
        self._test_images = self._test.images()
        self._named = dict(self.networks.named_parameters())
        groups = [{"params": list(net.parameters())} for net in (self.decoder, self.encoder)]
        self._optimizer = torch.optim.AdamW(groups, lr=0.0, betas=BETAS, weight_decay=DECAY)

    def batch_at(self, step: int) -> tuple[Scenes, Tensor]:
        """The scenes of a step, and their images."""
        generator = drawn_from(BATCHES, self.seed, step)
        if self._scenes is None:
            scenes = random_scenes(self.batch, generator).to(self.device)
            return scenes, scenes.images()
        places = torch.randint(self.examples, (self.batch,), generator=generator).to(self.device)
        return self._scenes.at(places), self._images[places]

    def move(self) -> None:
        """One step of both networks; the loss that is told is the decoder's."""
        scenes, images = self.batch_at(self._step)
        loss = self.decoder.loss(scenes, images)
        (loss + self.encoder.loss(images, scenes)).backward()  # type: ignore[no-untyped-call]
        rate = self.rate * rate_at(self._step, self.total)
        for group, share in zip(self._optimizer.param_groups, (1.0, ENCODER), strict=True):
            group["lr"] = share * rate
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._losses.append(loss.detach())
        self._step += 1

    def epoch(self, examples: int) -> float:
        """Passes through the scenes; of new ones at every step the whole training is one."""
        return examples / self.examples if self.examples else self._step / max(self.total, 1)

    def measured(self) -> dict[str, float]:
        """Measure both networks on the scenes that are held out."""
        drawing = drawn(self.decoder, self._test, self._test_images)
        inference = inferred(self.encoder, self._test, self._test_images)
        return {
            "test_loss": drawing.loss,
            "iou": drawing.iou,
            "test_accuracy": inference.object_accuracy,
            "position_error_px": inference.position_error,
            "angle_error_deg": inference.angle_error,
        }

    def state(self) -> State:
        """All that is needed to go on; the scenes follow from the step."""
        return {
            "weights": {name: copied(each) for name, each in self._named.items()},
            "moments": moments(self._optimizer, self._named),
            **self._place(),
        }

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings. Raises CausalProblem `other_size`."""
        found = {name: tuple(each.shape) for name, each in state["weights"].items()}
        if found != {name: tuple(each.shape) for name, each in self._named.items()}:
            raise CausalProblem("other_size", "resume")
        self.networks.load_state_dict(state["weights"])
        restore_moments(self._optimizer, self._named, state["moments"])
        self._return_to(state, self.device)

    def weights(self) -> dict[str, Tensor]:
        """The present weights of both by name, on the CPU."""
        return {name: copied(each) for name, each in self._named.items()}

    def facts(self) -> Mapping[str, float]:
        """Trainable parameters of both and of each, and the number of steps."""
        decoder, encoder = (sum(each.numel() for each in net.parameters()) for net in (self.decoder, self.encoder))
        return {"parameters": decoder + encoder, "decoder": decoder, "encoder": encoder, "steps": self.total}


def rate_at(step: int, total: int) -> float:
    """The rate of a step, counted from 0, as a share of its peak."""
    return warmed_cosine(step, total, max(1, min(WARM_UP, total // 10)), END)


def copied(tensor: Tensor) -> Tensor:
    """A copy on the CPU that later steps don't change."""
    return tensor.detach().to("cpu", memory_format=torch.contiguous_format, copy=True)
