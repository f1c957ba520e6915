"""The machine: its cores, its memory and its GPUs, found out without torch and without touching a GPU.

Cores and memory respect what a container or a scheduler grants. GPUs are those that `nvidia-smi` lists; it
asks the driver and makes no CUDA context.
"""

import math
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

GROUP = Path("/sys/fs/cgroup")
"""Where Linux says what a container may use."""

MEMINFO = Path("/proc/meminfo")
"""Where Linux says how much memory there is."""


@dataclass(frozen=True)
class Gpu:
    """A GPU as `nvidia-smi` lists it."""

    index: int
    """Its number in the order of the PCI bus."""

    uuid: str
    """Its own name, `GPU-…`."""

    name: str
    """Its model."""

    memory_total: int
    """Bytes; 0 if unknown."""

    memory_free: int
    """Bytes; 0 if unknown."""

    utilization: float
    """Share of the last moments in which it was busy, 0…1."""


@dataclass(frozen=True)
class Machine:
    """What the home screen says of the machine."""

    name: str
    """Model of the processor."""

    cores: int
    """Cores that may be used."""

    memory_total: int
    """Bytes that may be used."""

    memory_used: int
    """Bytes in use."""

    gpus: tuple[Gpu, ...]
    """NVIDIA GPUs, all of them."""


def describe() -> Machine:
    """Describe the machine; takes as long as `nvidia-smi`, at most a few seconds."""
    total, available = memory()
    return Machine(processor(), cores(), total, total - available, tuple(gpus()))


def cores() -> int:
    """Cores that this process may use, at least 1: affinity and the container's share are respected."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, period = _group_quota()
    return max(1, min(allowed, math.ceil(quota / period))) if quota > 0 else allowed


def memory() -> tuple[int, int]:
    """Bytes of memory that there are and that are free for use; (0, 0) where the system does not tell."""
    if sys.platform == "darwin":
        total = int(_ask("sysctl", "-n", "hw.memsize") or 0)
        return total, min(total, _free_bytes(_ask("vm_stat")))
    total, available = _from_meminfo("MemTotal"), _from_meminfo("MemAvailable")
    limit, used = _read(GROUP / "memory.max"), _read(GROUP / "memory.current")
    if limit.isdigit() and used.isdigit() and int(limit) < total:
        return int(limit), min(available, max(0, int(limit) - int(used)))
    return total, available


def processor() -> str:
    """Model of the processor, or else its architecture."""
    if sys.platform == "darwin":
        return _ask("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()
    for line in _read(Path("/proc/cpuinfo")).splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.machine()


def gpus() -> list[Gpu]:
    """The NVIDIA GPUs, in the order of the PCI bus; empty where there is no `nvidia-smi` or it fails."""
    query = "index,uuid,name,memory.total,memory.free,utilization.gpu"
    answer = _ask("nvidia-smi", f"--query-gpu={query}", "--format=csv,noheader,nounits")
    return [_gpu(line) for line in answer.splitlines() if line.count(", ") >= 5]


def _gpu(line: str) -> Gpu:
    index, uuid, rest = line.split(", ", 2)
    name, total, free, utilization = rest.rsplit(", ", 3)
    mebibyte = 1024 * 1024
    return Gpu(
        index=int(index),
        uuid=uuid,
        name=name,
        memory_total=int(_number(total) * mebibyte),
        memory_free=int(_number(free) * mebibyte),
        utilization=_number(utilization) / 100,
    )


def _number(text: str) -> float:
    """A number, 0 for `[N/A]` and its like."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _from_meminfo(field: str) -> int:
    """A field of Linux' memory report in bytes, 0 if there is none."""
    for line in _read(MEMINFO).splitlines():
        name, _, size = line.partition(":")
        if name == field:
            return int(size.split()[0]) * 1024
    return 0


def _group_quota() -> tuple[float, float]:
    """Processor time granted in a period, both in µs, by either version of control groups; else (0, 1)."""
    second = _read(GROUP / "cpu.max").split()
    first = [_read(GROUP / "cpu" / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")]
    for given in (second, first):
        if len(given) == 2 and given[0].isdigit() and float(given[1]) > 0:
            return float(given[0]), float(given[1])
    return 0.0, 1.0


def _free_bytes(vm_stat: str) -> int:
    """Bytes that macOS can hand out, from the pages that `vm_stat` counts."""
    size = 4096
    pages = 0
    for line in vm_stat.splitlines():
        words = line.replace(".", "").split()
        if "page size of" in line:
            size = int(words[words.index("of") + 1])
        elif line.startswith(("Pages free", "Pages inactive", "Pages speculative")):
            pages += int(words[-1])
    return size * pages


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _ask(*command: str) -> str:
    """What a program prints, or nothing if it is missing, fails or hangs."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
