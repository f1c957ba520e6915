"""Asks torch, in a process of its own, whether it starts and with what it would compute."""

import os
import subprocess
import sys

import msgspec

LIMIT = 20.0
"""Seconds after which an import counts as failed."""

SCRIPT = """
import dataclasses, json, time
start = time.perf_counter()
import torch
found = {"seconds": time.perf_counter() - start, "threads": torch.get_num_threads()}
from engine.device import choose
from engine.machine import cores
found["cores"] = cores()
try:
    device = choose(%r)
    found |= {"device": device.torch_name, "name": device.name, "memory_free": device.memory_free}
except ValueError as error:
    found["device_problem"] = str(error)
print(json.dumps(found))
"""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The answer."""

    problem: str = ""
    """Why torch does not start; all else is then unknown."""

    seconds: float = 0.0
    """Time its import took."""

    threads: int = 0
    cores: int = 0
    device: str = ""
    """`cuda:0`, `mps`, `cpu`."""

    name: str = ""
    """The device's model."""

    memory_free: int = 0
    """Bytes."""

    device_problem: str = ""
    """Why the device that was asked for can't be had."""


def probe(device: str | None, limit: float = LIMIT, script: str = SCRIPT) -> Found:
    """Import torch elsewhere and ask which device it would take; never raises."""
    command = [sys.executable, "-c", script % (device,) if "%r" in script else script]
    path = os.pathsep.join(each for each in sys.path if each)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=limit,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        return Found(problem=f"> {limit:g} s")
    except OSError as error:
        return Found(problem=str(error))
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return Found(problem=lines[-1] if lines else f"exit {done.returncode}")
    try:
        return msgspec.json.decode(done.stdout.strip().splitlines()[-1], type=Found)
    except (msgspec.DecodeError, IndexError):
        return Found(problem=done.stdout.strip()[-80:])
