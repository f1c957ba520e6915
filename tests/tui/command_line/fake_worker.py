"""The process of a run without a training: `fake_worker.py FOLDER SCRIPT`.

The script names what happens, a word each: `point` measures, `pause` pauses by itself until it is asked to run, `hold`
waits until it is asked to stop, `deaf` waits for ever; any other word is the state it ends with.
"""

import itertools
import os
import sys
import time
from pathlib import Path

import msgspec

from engine import writing
from engine.training.folder import Run
from engine.training.ownership import Ownership
from engine.training.record import Command, Reason, Status


def main(folder: Path, script: Path) -> None:
    """Do what the script says."""
    run = Run(folder)
    owner = Ownership(run.lock_path, run.written_status())
    status = Status(state="running", pid=os.getpid(), facts={"parameters": 61706.0}, device="cpu")

    def say(**changes: object) -> None:
        nonlocal status
        status = msgspec.structs.replace(status, time=time.time(), **changes)
        run.write_status(status)

    say()
    for count, word in zip(itertools.count(), script.read_text().split()):
        if word == "point":
            step = 10 * count
            heads = {"step": step, "epoch": count / 2, "examples": 320 * count, "seconds": count / 4}
            values = {"test_accuracy": 0.5 + count / 10}
            writing.append(run.metrics_path, msgspec.json.encode(heads | values) + b"\n")
            say(step=step, epoch=count / 2, values=values, images_per_second=3000.5, seconds=count / 4, progress=0.5)
        elif word == "pause":
            run.want(Command("pause"))
            say(state="paused")
            while run.command().want == "pause":
                time.sleep(0.01)
            say(state="running")
        elif word == "hold":
            while run.command().want != "stop":
                say()
                time.sleep(0.01)
            say(state="stopped")
        elif word == "deaf":
            while True:
                say()
                time.sleep(0.01)
        else:
            reason = Reason("nan", {"step": 20, "kept": 10, "setting": "rate", "value": 0.5, "suggested": 0.1})
            say(state=word, reason=reason if word == "failed" else None)
    owner.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
