"""A run as one line of JSON: numbers that curves have under `metrics`, times and speeds beside it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.training.folder import Listed, Run
from engine.training.metrics import HEADS, Point
from engine.training.record import ALIVE, Status

WHOLE = ("step", "examples")
"""Heads of a point that are whole numbers."""


def line(found: Listed) -> dict[str, Any]:
    """Describe a run; what is not known of one that can't be read is None."""
    record, status = found.record, found.status
    return {
        "id": found.id,
        "lab": record and record.lab,
        "name": record and record.name,
        "settings": record and (record.whole or record.settings),
        "seed": record and record.seed,
        "created": record and record.created,
        "status": status and status.state,
        "pid": status.pid or None if status and status.state in ALIVE else None,
        "step": status and status.step,
        "epoch": status and status.epoch,
        "progress": status and status.progress,
        "metrics": status.values if status else {},
        "seconds": status and status.seconds,
        "images_per_second": status and status.images_per_second,
        "seconds_left": status and status.seconds_left,
        "reason": status and status.reason and msgspec.to_builtins(status.reason),
        "problem": {"kind": found.problem, "values": found.values} if found.problem else None,
    }


def whole(found: Listed, run: Run) -> dict[str, Any]:
    """Describe all of a run: what it was made with, and what its folder holds."""
    assert found.record is not None and found.status is not None
    return line(found) | {
        "threads": found.record.threads,
        "processes": found.record.processes,
        "device": found.status.device or found.record.device,
        "device_name": found.status.device_name,
        "versions": found.record.versions,
        "parent": found.record.parent,
        "queue": found.record.queue,
        "at_once": found.record.at_once or None,
        "facts": facts(found.status),
        "weights": run.weights_steps(),
        "folder": str(run.folder),
        "bytes": run.size(),
    }


def last_line(lab: str, settings: Any, run: Run, status: Status) -> dict[str, Any]:
    """Make the final line of a run that was followed: facts and last values stand in it by their own names."""
    head = {
        "final": True,
        "lab": lab,
        "settings": settings,
        "run": run.id,
        "status": status.state,
        "step": status.step,
        "metrics": status.values,
        "seconds": status.seconds,
        "images_per_second": status.images_per_second,
    }
    why = {"reason": msgspec.to_builtins(status.reason)} if status.reason else {}
    return {**facts(status), **status.values, **head, **why}


def point(measured: Point) -> dict[str, float]:
    """Write a point of the curves: its heads first, steps and examples as whole numbers."""
    heads = {name: measured[name] for name in HEADS if name in measured}
    return {name: int(value) if name in WHOLE else value for name, value in {**heads, **measured}.items()}


def facts(status: Status) -> Mapping[str, float]:
    """Give the numbers of the whole training, counts as whole numbers."""
    return {name: int(value) if float(value).is_integer() else value for name, value in status.facts.items()}
