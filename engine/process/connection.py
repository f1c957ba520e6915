"""One running host and the requests that wait for its answers."""

import asyncio
import contextlib
import itertools
import os
import site
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Raw

from engine.machine import cores
from engine.process import frames
from engine.process.errors import EngineDied, EngineError
from engine.process.messages import End, Failure, Reply, Request, Value
from engine.process.patience import PATIENT

LOG_LIMIT = 1024 * 1024
"""A log longer than this is emptied before the next start."""

PATIENCE = 2.0
"""Seconds that a host gets to end in order before it is killed."""

THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the numeric libraries read, once, when they are loaded."""


class Connection:
    """A host process, its pipes, and the futures of those who asked."""

    def __init__(self, process: asyncio.subprocess.Process, on_end: Callable[["Connection"], None]) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.process = process
        """The host."""
        self.stopping = False
        """Whether its end was asked for."""
        self._requests = process.stdin
        self._replies = process.stdout
        self._pending: dict[int, asyncio.Future[Reply]] = {}
        self._numbers = itertools.count(1)
        self._on_end = on_end
        self._reader = asyncio.create_task(self._read(), name="engine replies")

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not (self.stopping or self._reader.done())

    def number(self) -> int:
        """A number for the next request."""
        return next(self._numbers)

    async def ask(self, request: Request, result: Any = Any) -> Any:
        """Send a request and wait for its value, read as `result`; None at the end of a session.

        Raises EngineError for what the host raised, EngineDied if it ends before it answers.
        """
        body = frames.frame(frames.encode(request))
        if not self.alive:
            raise EngineDied(self.process.returncode)
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._pending[request.id] = answer
        try:
            self._requests.write(body)
            # A broken pipe is told to all who wait, by the reader.
            with contextlib.suppress(ConnectionError):
                await self._requests.drain()
            reply = await answer
        finally:
            self._pending.pop(request.id, None)
        match reply:
            case Value():
                return frames.decode(reply.value, result)
            case End():
                return None
            case Failure():
                raise EngineError(reply.kind, reply.text, reply.values, reply.detail)

    def tell(self, request: Request) -> None:
        """Send a request whose answer nobody waits for."""
        if self.alive:
            self._requests.write(frames.frame(frames.encode(request)))

    async def stop(self) -> None:
        """End the host by closing its input, and wait until it has gone."""
        self.stopping = True
        self._requests.close()
        try:
            await asyncio.wait_for(asyncio.shield(self._reader), PATIENCE)
        except TimeoutError:
            self.kill()
            await self._reader

    def kill(self) -> None:
        """End the host at once."""
        self.stopping = True
        self._end_now()

    def _end_now(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def _read(self) -> None:
        try:
            while (body := await frames.read_async(self._replies)) is not None:
                reply = frames.decode(body, Reply)
                answer = self._pending.get(reply.id)
                # Who asked may have been cancelled in the meantime.
                if answer is not None and not answer.done():
                    answer.set_result(reply)
        except ValueError:  # no frame, or no message: nothing after it can be trusted
            self._end_now()
        self._requests.close()
        # It may have closed its output without ending.
        try:
            await asyncio.wait_for(self.process.wait(), PATIENCE)
        except TimeoutError:
            self._end_now()
            await self.process.wait()
        for answer in self._pending.values():
            if not answer.done():
                answer.set_exception(EngineDied(self.process.returncode))
        self._on_end(self)


async def connect(
    allowed: Sequence[str],
    log: Path | None,
    environ: Mapping[str, str],
    on_end: Callable[[Connection], None],
) -> Connection:
    """Start a host; raises EngineDied if there can't be one."""
    errors = _open_log(log)
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a file of the learner's folder must not pass for a module
            "-m",
            "engine.process.host",
            *allowed,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(environ),
            start_new_session=True,  # Ctrl+C in the terminal does not reach it
            limit=4 * 1024 * 1024,
        )
    except OSError as error:
        raise EngineDied(None, str(error)) from error
    finally:
        if errors != subprocess.DEVNULL:
            os.close(errors)
    return Connection(process, on_end)


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """The host's environment: threads for all cores but one, and the place of this package."""
    threads = str(max(1, cores() - 1))  # one is left to the screen
    environ = PATIENT | {name: threads for name in THREAD_VARIABLES} | dict(os.environ) | dict(changes)
    root = str(Path(__file__).resolve().parents[2])
    if root not in site.getsitepackages():
        paths = [root, environ.get("PYTHONPATH", "")]
        environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environ


def _open_log(path: Path | None) -> int:
    """A descriptor for what the host prints; a log that can't be written must not keep it from starting."""
    if path is None:
        return subprocess.DEVNULL
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if os.fstat(log).st_size > LOG_LIMIT:
            os.ftruncate(log, 0)
    except OSError:
        return subprocess.DEVNULL
    return log


def raw(value: object) -> Raw:
    """A value as it stands in a request."""
    return Raw(frames.encode(value))
