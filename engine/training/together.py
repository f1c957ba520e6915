"""Owns a run that several processes train: starts them under torchrun, and says which one died, if one did.

torchrun ends the others where one fails. Here it runs within the process that owns the run, as `torchrun
--nproc-per-node` would beside it; the processes meet on this machine only, at a port that is free.
"""

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from torch.distributed import DistNetworkError
from torch.distributed.elastic.multiprocessing import DefaultLogsSpecs, SignalException
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError, ProcessFailure
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from engine.device import choose
from engine.training.folder import Run
from engine.training.record import ALIVE, Reason, RunProblem, RunRecord

HERE = "127.0.0.1"
TRIES = 5
"""Ports that are tried: another program may just take the one that was free."""


def train(run: Run, record: RunRecord, packages: Sequence[str]) -> None:
    """Let a run's processes train to its end; afterwards its status says how that was. Raises DeviceUnavailable."""
    if missing := _too_few(record):
        _say(run, state="failed", reason=missing)
        return
    _hold_standard_input()
    # gloo would look for the machine's own name, which not every network knows.
    os.environ.setdefault("GLOO_SOCKET_IFNAME", _loopback())
    died: Reason | None = None
    try:
        _launch(run, record.processes, packages)
    except ChildFailedError as error:
        rank, failure = error.get_first_failure()
        if rank or run.written_status().state in ALIVE:
            died = _reason(failure, record.processes)
    except SignalException:
        pass
    with suppress(RunProblem):
        if died or run.written_status().state in ALIVE:
            _say(run, state="interrupted", reason=died)


def _launch(run: Run, processes: int, packages: Sequence[str]) -> None:
    """Start the processes and wait for them. Raises ChildFailedError, SignalException."""
    command = ("-m", "engine.training.worker", str(run.folder), *(each.removesuffix(".") for each in packages))
    with tempfile.TemporaryDirectory(prefix="nnlab-") as logs:
        for attempt in range(TRIES):
            config = LaunchConfig(
                min_nodes=1,
                max_nodes=1,
                nproc_per_node=processes,
                run_id=run.id,
                rdzv_backend="static",
                rdzv_endpoint=f"{HERE}:{_free_port()}",
                rdzv_configs={"rank": 0},
                local_addr=HERE,
                max_restarts=0,
                signals_to_handle="SIGTERM",  # a closed terminal ends nothing
                logs_specs=DefaultLogsSpecs(log_dir=logs),
            )
            try:
                elastic_launch(config, sys.executable)(*command)
                return
            except DistNetworkError:
                if attempt == TRIES - 1:
                    raise


def _too_few(record: RunRecord) -> Reason | None:
    """Say that there are fewer GPUs than processes, each of which needs its own."""
    import torch

    device = choose(record.device or None)
    count = {"cuda": torch.cuda.device_count(), "mps": 1}.get(device.kind, record.processes)
    if count >= record.processes:
        return None
    return Reason("too_few_gpus", {"found": count, "processes": record.processes, "name": device.name})


def _hold_standard_input() -> None:
    """Give the processes a pipe as standard input that ends with this process, however it ends."""
    reading, _held = os.pipe()
    os.dup2(reading, 0)
    os.close(reading)


def _loopback() -> str:
    names = [name for _, name in socket.if_nameindex()]
    return next((name for name in ("lo", "lo0") if name in names), "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


def _reason(failure: ProcessFailure, processes: int) -> Reason:
    """Say which process died, counted from 1, and by which signal or with which exit status."""
    told: dict[str, Any] = {"worker": failure.local_rank + 1, "processes": processes}
    if failure.exitcode >= 0:
        return Reason("worker_failed", told | {"status": failure.exitcode})
    try:
        name = signal.Signals(-failure.exitcode).name
    except ValueError:
        name = str(-failure.exitcode)
    return Reason("worker_died", told | {"signal": name})


def _say(run: Run, **changes: Any) -> None:
    with suppress(OSError, RunProblem):  # its readers find that its process is gone
        run.write_status(replace(run.written_status(), **changes, seconds_left=None, time=time.time()))
