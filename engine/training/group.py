"""Processes that train one model together, each on its share of every batch.

All hold the same weights and move them alike. DistributedDataParallel adds up the gradients of the shares while they
are still being computed (Li et al. 2020, PyTorch Distributed); what comes out is the gradient of the whole batch. What
is random is drawn by example: each process draws for the whole batch and takes what belongs to its own examples.
"""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

PATIENCE = timedelta(days=3650)
"""How long one waits for another: a pause may last, and torchrun sees to those that have died."""


@dataclass(frozen=True)
class Group:
    """This process among those that train together; by default it is alone, and nothing is shared."""

    rank: int = 0
    """Which one it is, from 0; the first alone owns the run's folder."""

    size: int = 1
    """How many there are."""

    def _bounds(self, count: int) -> tuple[int, int]:
        return self.rank * count // self.size, (self.rank + 1) * count // self.size

    def own(self, count: int) -> int:
        """How many of so many examples are this process's; none where there are fewer than processes."""
        begin, end = self._bounds(count)
        return end - begin

    def share(self, count: int) -> slice:
        """Which of so many examples it computes with; where none is its own, the first, which then weighs nothing."""
        begin, end = self._bounds(count)
        return slice(begin, end) if begin < end else slice(0, 1)

    def weighed(self, loss: Tensor, count: int) -> Tensor:
        """Weigh the mean loss of the own share of so many examples; the mean over all processes is that of them all.

        So the last, smaller batch of an epoch counts rightly too.
        """
        return loss if self.size == 1 else loss * (self.own(count) * self.size / count)

    def joined(self, module: nn.Module) -> nn.Module:
        """The module whose gradients are added up over all processes, the first one's weights in each."""
        if self.size == 1:
            return module
        return DistributedDataParallel(module, gradient_as_bucket_view=True)

    def gathering(self, module: nn.Module) -> AbstractContextManager[Any]:
        """While gradients of several batches are gathered: adding up waits for the last batch."""
        return module.no_sync() if isinstance(module, DistributedDataParallel) else nullcontext()

    def total(self, values: Tensor) -> Tensor:
        """The sum over all processes; all of them ask for it."""
        if self.size == 1:
            return values
        summed = values.clone()
        dist.all_reduce(summed)
        return summed

    def mean(self, values: Tensor) -> Tensor:
        """The mean over all processes; all of them ask for it."""
        return values if self.size == 1 else self.total(values) / self.size

    def told(self, number: int = 0) -> int:
        """What the first process says, in all of them; the others' number does not matter."""
        if self.size == 1:
            return number
        said = torch.tensor(number)  # on the CPU: to read it waits for no GPU
        dist.broadcast(said, 0)
        return int(said)


ALONE = Group()


def join(device: str) -> Group:
    """Meet the others that torchrun has started, as the environment says; NCCL between GPUs, gloo for all else."""
    rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    on_gpu = device.startswith("cuda")
    if on_gpu:
        torch.cuda.set_device(device)
    dist.init_process_group("cpu:gloo,cuda:nccl" if on_gpu else "gloo", timeout=PATIENCE)
    return Group(rank, size)


def leave() -> None:
    """Say goodbye to the others, at the end."""
    if dist.is_initialized():
        dist.destroy_process_group()
