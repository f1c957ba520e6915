"""Trains a GPT on a text, step by step, as `engine.training.training.Training` describes."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.language.gpt import memory
from engine.language.gpt.baseline import ORDERS, ngram_loss
from engine.language.gpt.checkpoint import packed
from engine.language.gpt.config import Config, Norm
from engine.language.gpt.corpus import corpus
from engine.language.gpt.descent import Descent, rate_at
from engine.language.gpt.dropout import Dropout
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.sample import sample
from engine.language.gpt.speeds import Speeds, speeds_for
from engine.language.gpt.tokenizer import Level
from engine.language.gpt.windows import Windows, drawn_from
from engine.training.course import Course
from engine.training.group import ALONE, Group
from engine.training.training import State

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


class GptTraining(Course):
    """A training of a GPT on `content`, a text.

    `vocabulary` is how many tokens byte-pair encoding makes, `rate` the peak of the learning rate, `accumulate` the
    batches whose gradients make one step, `speeds` what makes it faster (by default what helps on the device).
    `train_loss` is the mean over the steps since the last point, `test_loss` that of the held-out text, both in nats a
    token; `gradient.all` is the norm of the gradient. A `group` computes the same in several processes, up to the
    rounding of sums. Raises GptError.
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
        group: Group = ALONE,
    ) -> None:
        sizes: dict[str, Any] = {"layers": layers, "heads": heads, "width": width, "context": context, "norm": norm}
        Config(1, dropout=dropout, **sizes)  # what can't be is refused before the text is read
        if device == "cpu":
            memory.keep()
        self.corpus = corpus(content, level=level, vocabulary=vocabulary, context=context, cut=cut)
        self.tokenizer = self.corpus.tokenizer
        self.model = GPT(Config(self.tokenizer.size, dropout=dropout, **sizes), drawn_from(seed)).to(device)
        kept = kept_steps(steps, self.model.parameters_count)
        super().__init__(steps, kept=kept, points=POINTS, examples=accumulate * batch, group=group)
        self.rate, self.seed = rate, seed
        self.speeds = speeds or speeds_for(device, self.model.parameters_count)
        self.train_windows = Windows(self.corpus.train, context=context, batch=batch, seed=seed, device=device)
        self.test_windows = Windows(self.corpus.held_out, context=context, batch=batch, seed=seed, device=device)
        self._batch, self._accumulate, self._context, self._level = batch, accumulate, context, level
        self._joined = group.joined(_Loss(self.model))
        self._loss_of = torch.compile(self._joined) if self.speeds.compiled else self._joined
        if group.size > 1:
            for each in self.model.modules():
                if isinstance(each, Dropout):
                    each.share(group.share(batch), batch)
        self._descent = Descent(self.model)

    def move(self) -> Tensor:
        """One step of the optimizer, without measuring anything; returns the norm of its gradient."""
        self.model.train()
        if self.model.config.dropout:
            torch.manual_seed(drawn_from(self.seed, 1, self._step).initial_seed())
        total = torch.zeros((), device=self.model.device)
        own = self.group.share(self._batch)
        for part in range(self._accumulate):
            tokens, targets = (each[own] for each in self.train_windows.at(self._step * self._accumulate + part))
            is_last = part + 1 == self._accumulate
            with nullcontext() if is_last else self.group.gathering(self._joined):
                with self._precision():
                    mean = self.group.weighed(self._loss_of(tokens, targets), self._batch)
                    loss = mean / self._accumulate
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
        parts = self.test_windows.spread(max(1, most // self._context))
        with self._precision():
            for tokens, targets in parts[self.group.rank :: self.group.size]:
                later = targets[:, half:].flatten()
                logits = F.linear(self.model.hidden(tokens)[:, half:], self.model.tokens.weight)
                total += F.cross_entropy(logits.flatten(0, 1).float(), later, reduction="sum")
                count += len(later)
        if self.group.size > 1:
            total, count = self.group.total(total), int(self.group.total(torch.tensor(count, device=total.device)))
        return float(total) / count

    def measured(self) -> dict[str, float]:
        """The held-out loss."""
        return {"test_loss": self.held_out_loss(self._read_now())}

    def epoch(self, examples: int) -> float:
        """Passes through the text."""
        return examples * self._context / self.train_windows.tokens

    def _read_now(self) -> int:
        """Held-out tokens to read now: reading costs a third of learning."""
        if self._step == self.total:
            return MEASURED
        learned = self.total * self._accumulate * self._batch * self._context
        return max(self._context, min(MEASURED, int(0.1 * 3 * learned / len(self._kept))))

    def state(self) -> State:
        """All that is needed to go on; the windows follow from the step."""
        return {
            "config": self.model.config.as_dict(),
            "weights": {name: each.detach().to("cpu", copy=True) for name, each in self.model.state_dict().items()},
            "moments": self._descent.state(),
            **self._place(),
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
        self._return_to(state, self.model.device)

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


class _Loss(nn.Module):
    """The loss of a model as a module: what is joined and compiled is one."""

    def __init__(self, model: GPT) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor, targets: Tensor) -> Tensor:
        """`GPT.loss`."""
        return self.model.loss(tokens, targets)


def kept_steps(total: int, parameters: int) -> tuple[int, ...]:
    """After which steps the weights are kept: 0, the last, and between them ever less often."""
    count = max(2, min(KEPT, ROOM // (2 * parameters), total))
    return tuple(sorted({round(total * (each / count) ** 2) for each in range(count + 1)}))
