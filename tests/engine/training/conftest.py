"""Runs of `tiny_training`, worked on in the test's own process or in one that is forked from it (torch is there)."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))
import tiny_training
from running import PACKAGE, Fork, MakeRun

from engine.training import loop, wishes
from engine.training.folder import Run, create
from engine.training.worker import main


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each step be looked at, and nothing be left of another test."""
    monkeypatch.setenv("NNLAB_DEVICE", "cpu")
    monkeypatch.delenv("NNLAB_RUNS_AT_ONCE", raising=False)
    monkeypatch.setattr(loop, "LOOK", 0.0)
    monkeypatch.setattr(wishes, "rest", lambda seconds: time.sleep(0.001))
    monkeypatch.setattr("engine.training.worker.rest", lambda seconds: time.sleep(0.001))
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # no machine loses its current here
    monkeypatch.setattr("engine.training.memory.gc.collect", lambda: None)  # slow among all that pytest holds
    tiny_training.DOINGS.clear()
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def make_run(tmp_path: Path) -> MakeRun:
    """Make runs of the tiny training in one folder."""

    def make(function: str = f"{PACKAGE}:training", parent: Run | None = None, **settings: Any) -> Run:
        return create(
            tmp_path / "runs", lab="convolution.tiny", settings=settings, function=function, threads=1, parent=parent
        )

    return make


@pytest.fixture
def fork() -> Iterator[Fork]:
    """Do a run's work in a process of its own; returns its number."""
    started: list[int] = []

    def start(run: Run, before: Callable[[], None] = lambda: None) -> int:
        pid = os.fork()
        if pid == 0:
            status = 70
            try:
                os.setsid()
                log = os.open(run.log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
                os.dup2(log, 1)
                os.dup2(log, 2)
                sys.stderr = os.fdopen(2, "w")
                before()
                status = main([str(run.folder), PACKAGE])
            finally:
                os._exit(status)
        started.append(pid)
        return pid

    yield start
    for pid in started:
        try:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue
