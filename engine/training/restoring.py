"""Where a run goes on: from its last whole checkpoint, as if what came after had not been."""

from typing import TYPE_CHECKING

from engine.training.folder import Run
from engine.training.metrics import cut
from engine.training.telling import log

if TYPE_CHECKING:
    from engine.training.checkpoint import Checkpoint


def newest(run: Run) -> "Checkpoint | None":
    """Read the last checkpoint that is whole; None where there is none."""
    from engine.training.checkpoint import CheckpointProblem, load

    for step in reversed(run.resume_steps()):
        try:
            return load(run.resume_path(step))
        except CheckpointProblem as problem:
            log(str(problem))
    return None


def clean(run: Run, step: int, offset: int) -> None:
    """Take away what came after a step, and what a process that was killed has left half written."""
    run.checkpoints.mkdir(mode=0o700, exist_ok=True)
    cut(run.metrics_path, offset)
    later = [run.resume_path(each) for each in run.resume_steps() if each > step]
    later += [run.weights_path(each) for each in run.weights_steps() if each > step]
    for path in (*later, *run.checkpoints.glob(".*")):
        path.unlink(missing_ok=True)
