"""Which device computes: cuda (the least busy of several), mps or cpu.

torch is imported by `choose` only, which therefore belongs into the engine process. To compare GPUs their
driver is asked (see `engine.machine`), because torch would make a CUDA context, some 300 MB, on each GPU that
it asks.
"""

import os
from dataclasses import dataclass
from typing import Literal

from engine.machine import Gpu, Machine, cores, describe, gpus, memory, processor

__all__ = ["Device", "DeviceUnavailable", "Machine", "choose", "chosen", "describe", "visible"]


@dataclass(frozen=True)
class Device:
    """The device that computes."""

    kind: Literal["cuda", "mps", "cpu"]
    """Kind, as torch names it."""

    index: int
    """Its number as torch counts, 0 where there is only one."""

    name: str
    """Its model."""

    memory_total: int
    """Bytes; 0 if unknown."""

    memory_free: int
    """Bytes that were free when it was chosen; 0 if unknown."""

    cores: int
    """Processor cores beside it that may be used."""

    threads: int
    """Threads that torch computes with on the processor."""

    @property
    def torch_name(self) -> str:
        """What `torch.device` takes: `cuda:1`, `mps`, `cpu`."""
        return f"cuda:{self.index}" if self.kind == "cuda" else self.kind


class DeviceUnavailable(ValueError):
    """A device was asked for that is not there; `values` says which was wanted and which can be had."""

    def __init__(self, wanted: str, available: list[str]) -> None:
        super().__init__(f"there is no device {wanted!r}; there are: {', '.join(available)}")
        self.values = {"wanted": wanted, "available": available}


_last: list[Device] = []


def chosen() -> Device | None:
    """The device that was chosen last in this process, None before."""
    return _last[-1] if _last else None


def choose(preference: str | None = None) -> Device:
    """Choose the device: the environment's NNLAB_DEVICE, else the preference, else the fastest kind there is.

    Both are `auto`, `cpu`, `mps`, `cuda` (the least busy) or `cuda:N`. Raises DeviceUnavailable for another
    value or for a device that is not there.
    """
    import torch

    wanted = (os.environ.get("NNLAB_DEVICE") or preference or "auto").strip().lower()
    candidates = visible(gpus(), os.environ.get("CUDA_VISIBLE_DEVICES"))
    if _counts_freely(os.environ.get("CUDA_VISIBLE_DEVICES")):
        # CUDA counts by speed otherwise, and the driver's tools by place; it reads this when it starts.
        os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    available = [f"cuda:{index}" for index in range(count)]
    available += ["mps"] if torch.backends.mps.is_available() else []
    available += ["cpu"]
    if wanted == "auto":
        wanted = "cuda" if count else available[0]
    if wanted == "cuda" and count:
        wanted = f"cuda:{least_busy(candidates[:count])}"
    if wanted not in available:
        raise DeviceUnavailable(wanted, available)
    device = _record(wanted, candidates, torch.get_num_threads())
    _last[:] = [device]
    return device


def least_busy(candidates: list[Gpu]) -> int:
    """Position of the GPU with the least work and memory in use, the first of equals; 0 if none is known."""

    def load(position: int) -> float:
        gpu = candidates[position]
        used = 1 - gpu.memory_free / gpu.memory_total if gpu.memory_total else 1.0
        return gpu.utilization + used

    return min(range(len(candidates)), key=load, default=0)


def visible(found: list[Gpu], setting: str | None) -> list[Gpu]:
    """The GPUs that CUDA will show, in its order, by the rules of CUDA_VISIBLE_DEVICES.

    Entries are numbers or the beginnings of UUIDs; the first that fits no GPU ends the list. Where numbers
    meet GPUs of several models and CUDA counts them by speed, only the first entry is certain to be meant,
    and is kept without details.
    """
    if setting is None:
        return found
    shown: list[Gpu] = []
    for entry in (each.strip() for each in setting.split(",")):
        if entry.startswith("MIG-"):  # a slice of a GPU, which the query does not list
            shown.append(_unknown(entry))
            continue
        fits = [gpu for gpu in found if (entry == str(gpu.index) if entry.isdigit() else _begins(gpu, entry))]
        if len(fits) != 1 or fits[0] in shown:
            break
        shown += fits
    ambiguous = len({gpu.name for gpu in found}) > 1 and os.environ.get("CUDA_DEVICE_ORDER") != "PCI_BUS_ID"
    if shown and ambiguous and not _counts_freely(setting):
        return [_unknown("CUDA")]
    return shown


def _begins(gpu: Gpu, entry: str) -> bool:
    return entry.startswith("GPU-") and gpu.uuid.startswith(entry)


def _counts_freely(setting: str | None) -> bool:
    """Whether nobody has named GPUs by numbers, so that the order of counting is ours to set."""
    return setting is None or not any(entry.strip().isdigit() for entry in setting.split(","))


def _unknown(name: str) -> Gpu:
    return Gpu(0, name, name, 0, 0, 0.0)


def _record(torch_name: str, candidates: list[Gpu], threads: int) -> Device:
    kind, _, number = torch_name.partition(":")
    if kind == "cuda":
        index = int(number)
        gpu = candidates[index] if index < len(candidates) else _unknown("CUDA")
        return Device("cuda", index, gpu.name, gpu.memory_total, gpu.memory_free, cores(), threads)
    total, free = memory()
    name = processor()
    return Device("mps" if kind == "mps" else "cpu", 0, name, total, free, cores(), threads)
