"""Trains a GPT on a text, step by step, as `engine.training.training.Training` describes."""

import math
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.language.gpt import memory
from engine.language.gpt.baseline import ORDERS, ngram_loss
from engine.language.gpt.checkpoint import packed
from engine.language.gpt.config import Config, Norm
from engine.language.gpt.corpus import corpus
from engine.language.gpt.descent import Descent, rate_at
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.sample import sample
from engine.language.gpt.speeds import Speeds, speeds_for
from engine.language.gpt.tokenizer import Level
from engine.language.gpt.windows import Windows, drawn_from
from engine.training.training import State, Step

DEFAULTS: dict[str, Any] = {
    "level": "characters",
    "vocabulary": 512,
    "layers": 4,
    "heads": 4,
    "width": 128,
    "context": 128,
    "batch": 8,
    "steps": 3000,
    "rate": 2e-3,
    "dropout": 0.0,
    "seed": 0,
}
"""The settings of a training where no others are asked for; ten minutes on a CPU."""

KEPT = 20
"""Times that the weights are kept and measured, besides at the beginning; more often at first, when most changes."""

ROOM = 2 << 30
"""Bytes that all kept weights together take at most, as long as there are two."""

POINTS = 200
"""Points that the curve of the training loss gets, about."""

MEASURED = 32_768
"""Held-out tokens that are read at the end; before, so many that measuring takes a tenth of the time or less."""


class GptTraining:
    """A training of a GPT on `content`, a text.

    `vocabulary` is how many tokens byte-pair encoding makes, `rate` the peak of the learning rate, `accumulate` the
    batches whose gradients make one step, `speeds` what makes it faster (by default what helps on the device).
    `train_loss` is the mean over the steps since the last point, `test_loss` that of the held-out text, both in nats a
    token; `gradient.all` is the norm of the gradient. Raises GptError.
    """

    def __init__(
        self,
        content: str,
        *,
        level: Level,
        vocabulary: int,
        layers: int,
        heads: int,
        width: int,
        context: int,
        batch: int,
        steps: int,
        rate: float,
        seed: int,
        accumulate: int = 1,
        dropout: float = 0.0,
        norm: Norm = "before",
        cut: bool = False,
        speeds: Speeds | None = None,
        device: str = "cpu",
    ) -> None:
        sizes: dict[str, Any] = {"layers": layers, "heads": heads, "width": width, "context": context, "norm": norm}
        Config(1, dropout=dropout, **sizes)  # what can't be is refused before the text is read
        if device == "cpu":
            memory.keep()
        self.corpus = corpus(content, level=level, vocabulary=vocabulary, context=context, cut=cut)
        self.tokenizer = self.corpus.tokenizer
        self.model = GPT(Config(self.tokenizer.size, dropout=dropout, **sizes), drawn_from(seed)).to(device)
        self.rate, self.total, self.seed = rate, steps, seed
        self.speeds = speeds or speeds_for(device, self.model.parameters_count)
        self.train_windows = Windows(self.corpus.train, context=context, batch=batch, seed=seed, device=device)
        self.test_windows = Windows(self.corpus.held_out, context=context, batch=batch, seed=seed, device=device)
        self._batch, self._accumulate, self._context, self._level = batch, accumulate, context, level
        self._loss_of = torch.compile(self.model.loss) if self.speeds.compiled else self.model.loss
        self._descent = Descent(self.model)
        self._kept = kept_steps(steps, self.model.parameters_count)
        self._spacing = max(1, steps // POINTS)
        self._step = 0
        self._begun = False
        self._losses: list[Tensor] = []
        """Of the steps since the last point; to read them at once would wait for the device."""

    def steps(self) -> Iterator[Step]:
        """Train from the present state to the end; at the very start the first is step 0."""
        if not self._begun:
            self._begun = True
            yield self._told({"test_loss": self.held_out_loss(self._measured())})
        while self._step < self.total:
            norm = self.move()
            values: dict[str, float] = {}
            if self._step % self._spacing == 0 or self._step in self._kept:
                values["train_loss"] = float(torch.stack(self._losses).mean())
                values["gradient.all"] = float(norm)
                self._losses = []
            if self._step in self._kept:
                values["test_loss"] = self.held_out_loss(self._measured())
            yield self._told(values)

    def move(self) -> Tensor:
        """One step of the optimizer, without measuring anything; returns the norm of its gradient."""
        self.model.train()
        if self.model.config.dropout:
            torch.manual_seed(drawn_from(self.seed, 1, self._step).initial_seed())
        total = torch.zeros((), device=self.model.device)
        for part in range(self._accumulate):
            tokens, targets = self.train_windows.at(self._step * self._accumulate + part)
            with self._precision():
                loss = self._loss_of(tokens, targets) / self._accumulate
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        self._losses.append(total)
        norm = self._descent.step(self.rate * rate_at(self._step, self.total))
        self._step += 1
        return norm

    def _precision(self) -> AbstractContextManager[Any]:
        if not self.speeds.bfloat16:
            return nullcontext()
        return torch.autocast(self.model.device.type, torch.bfloat16)

    @torch.inference_mode()
    def held_out_loss(self, most: int = MEASURED) -> float:
        """Mean loss in nats a token over the held-out text, of windows of about so many tokens, evenly spread.

        Only the later half of each window counts: every token is seen behind half a context at least, as in writing.
        """
        self.model.eval()
        half = self._context // 2
        total, count = torch.zeros((), device=self.model.device), 0
        with self._precision():
            for tokens, targets in self.test_windows.spread(max(1, most // self._context)):
                later = targets[:, half:].flatten()
                logits = F.linear(self.model.hidden(tokens)[:, half:], self.model.tokens.weight)
                total += F.cross_entropy(logits.flatten(0, 1).float(), later, reduction="sum")
                count += len(later)
        return float(total) / count

    def _measured(self) -> int:
        """Held-out tokens to read now: reading costs a third of learning."""
        if self._step == self.total:
            return MEASURED
        learned = self.total * self._accumulate * self._batch * self._context
        return max(self._context, min(MEASURED, int(0.1 * 3 * learned / len(self._kept))))

    def _told(self, values: dict[str, float]) -> Step:
        examples = self._step * self._accumulate * self._batch
        return Step(
            step=self._step,
            epoch=examples * self._context / self.train_windows.tokens,
            examples=examples,
            progress=self._step / self.total if self.total else 1.0,
            values={name: value if math.isfinite(value) else math.nan for name, value in values.items()},
            checkpoint=self._step in self._kept,
        )

    def state(self) -> State:
        """All that is needed to go on; the windows follow from the step."""
        return {
            "step": self._step,
            "config": self.model.config.as_dict(),
            "weights": {name: each.detach().to("cpu", copy=True) for name, each in self.model.state_dict().items()},
            "moments": self._descent.state(),
            "losses": [float(each) for each in self._losses],
        }

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings. Raises GptError `other_size`, `older`.

        `other_vocabulary` where the text has changed meanwhile and has other tokens now.
        """
        own, config = self.model.config, state.get("config")
        found = Config.of(config if isinstance(config, dict) else {})
        if found.vocabulary != own.vocabulary:
            raise GptError("other_vocabulary", found=found.vocabulary, expected=own.vocabulary)
        for name, value in found.as_dict().items():
            if value != getattr(own, name):
                raise GptError("other_size", name=name, found=value, expected=getattr(own, name))
        self.model.load_state_dict(state["weights"])
        self._descent.restore(state["moments"])
        self._losses = [torch.tensor(each, device=self.model.device) for each in state["losses"]]
        self._step = int(state["step"])
        self._begun = True

    def weights(self) -> dict[str, Tensor]:
        """The present model as `checkpoint.unpacked` reads it: weights in float16, tokenizer and a sample."""
        return packed(self.model, self.tokenizer, sample(self.model, self.tokenizer, seed=self.seed))

    def facts(self) -> Mapping[str, float]:
        """Sizes, the loss of an n-gram in nats a token, which is the line to beat, and what makes it faster."""
        return {
            "ngram_loss": ngram_loss(self.corpus, self._level),
            "ngram_order": ORDERS[self._level],
            "parameters": self.model.parameters_count,
            "vocabulary": self.tokenizer.size,
            "train_tokens": len(self.corpus.train),
            "held_out_tokens": len(self.corpus.held_out),
            "characters": self.corpus.characters,
            "cut": float(self.corpus.cut),
            "context": self._context,
            "tokens_a_step": self._accumulate * self._batch * self._context,
            "steps": self.total,
            "bfloat16": float(self.speeds.bfloat16),
            "compiled": float(self.speeds.compiled),
        }


def kept_steps(total: int, parameters: int) -> tuple[int, ...]:
    """After which steps the weights are kept: 0, the last, and between them ever less often."""
    count = max(2, min(KEPT, ROOM // (2 * parameters), total))
    return tuple(sorted({round(total * (each / count) ** 2) for each in range(count + 1)}))
