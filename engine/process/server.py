"""The host's loop: one thread reads requests, the main thread answers them one after the other.

The reading thread answers a ping itself, so that a busy host still says that it lives, tells a computation to
hasten, and ends the process at the end of the input, also in the midst of a computation.
"""

import os
import queue
import sys
import threading
import traceback
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from msgspec import Raw

from engine.process import frames, haste
from engine.process.functions import Function, Functions
from engine.process.messages import Call, Close, End, Failure, Hasten, Next, Open, Ping, Reply, Request, Status, Value
from engine.process.preload import Preload

IDLE_SECONDS = 600.0
"""After so long without a request the host ends; the environment's NNLAB_ENGINE_IDLE overrides it."""

SHORT_PAUSE = 0.3
"""After the first request, seconds without another until torch is imported."""


@dataclass
class _Session:
    """An open generator."""

    function: Function
    """What makes it."""

    arguments: list[Raw]
    """What it was opened with."""

    observations: Iterator[object] | None = None
    """The generator, once it has started."""


class UnknownSession(LookupError):
    """A session that was never opened, has ended or was closed."""


class Server:
    """Answers requests until the input ends or nobody asks for a while."""

    def __init__(
        self, requests: BinaryIO, replies: BinaryIO, prefixes: Sequence[str], environ: Mapping[str, str]
    ) -> None:
        self._requests = requests
        self._replies = replies
        self._functions = Functions(prefixes)
        self._sessions: dict[int, _Session] = {}
        self._inbox: queue.SimpleQueue[Call | Open | Next | Close] = queue.SimpleQueue()
        self._writing = threading.Lock()
        self._idle = float(environ.get("NNLAB_ENGINE_IDLE", IDLE_SECONDS))
        self._preload = Preload(wanted=environ.get("NNLAB_ENGINE_TORCH", "1") != "0")

    def serve(self) -> None:
        """Answer until nobody asks any more."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        # Nearly every function needs it: it is imported while the first request is still on its way.
        import numpy  # noqa: F401

        served = False
        while True:
            pause = served and self._preload.due
            try:
                request = self._inbox.get(timeout=SHORT_PAUSE if pause else self._idle)
            except queue.Empty:
                if not pause:
                    return
                self._preload.start()
            else:
                self._send(self._answer(request))
                served = True

    def _read(self) -> None:
        try:
            while (body := frames.read(self._requests)) is not None:
                request = frames.decode(body, Request)
                if isinstance(request, Ping):
                    self._send(Value(request.id, Raw(frames.encode(self._status()))))
                elif isinstance(request, Hasten):
                    haste.want()
                else:
                    self._inbox.put(request)
        except Exception:
            traceback.print_exc()
            os._exit(1)
        # The main thread may be deep in a computation whose result nobody will read.
        os._exit(0)

    def _send(self, reply: Reply) -> None:
        body = frames.encode(reply)
        if len(body) > frames.LIMIT:
            reply = Failure(reply.id, "FrameError", f"a reply of {len(body)} bytes is too long", {}, "")
            body = frames.encode(reply)
        with self._writing:
            try:
                self._replies.write(frames.frame(body))
                self._replies.flush()
            except BrokenPipeError:
                os._exit(0)

    def _answer(self, request: Call | Open | Next | Close) -> Reply:
        try:
            match request:
                case Call():
                    function = self._functions.find(request.function)
                    value = function.call(*function.arguments(request.arguments))
                    return Value(request.id, Raw(frames.encode(value)))
                case Open():
                    function = self._functions.find(request.function)
                    function.arguments(request.arguments)  # a wrong argument is told now, not at the first Next
                    self._sessions[request.id] = _Session(function, request.arguments)
                case Next():
                    return self._next(request)
                case Close():
                    session = self._sessions.pop(request.session, None)
                    if session is not None and isinstance(session.observations, Generator):
                        session.observations.close()
            return Value(request.id, Raw(frames.encode(None)))
        except BaseException as error:  # SystemExit too: a function must not end the host
            return _failure(request.id, error)

    def _next(self, request: Next) -> Reply:
        session = self._sessions.get(request.session)
        if session is None:
            raise UnknownSession(f"session {request.session} is not open")
        try:
            observation = _advance(session, request.settings)
            # Encoded here: the generator may go on using the arrays that it yielded.
            return Value(request.id, Raw(frames.encode(observation)))
        except StopIteration:
            del self._sessions[request.session]
            return End(request.id)
        except BaseException:
            del self._sessions[request.session]
            raise
        finally:
            haste.over()

    def _status(self) -> Status:
        device_module = sys.modules.get("engine.device")
        device = device_module.chosen() if device_module is not None else None
        return Status(
            pid=os.getpid(),
            torch_loaded=self._preload.torch_loaded,
            rss=_resident_bytes(),
            sessions=len(self._sessions),
            device=None if device is None else asdict(device),
        )


def _advance(session: _Session, settings: list[Raw]) -> object:
    if session.observations is None:
        given = session.arguments
        # Nothing has been computed yet, so newer settings simply take the place of those it was opened with.
        arguments = [*settings, *given[1:]] if settings else given
        session.observations = iter(session.function.call(*session.function.arguments(arguments)))
        return next(session.observations)
    if not settings:
        return next(session.observations)
    if not isinstance(session.observations, Generator):
        raise TypeError(f"{session.function.call.__name__} takes no settings while it runs")
    return session.observations.send(session.function.arguments(settings)[0])


def _failure(request_id: int, error: BaseException) -> Failure:
    values = getattr(error, "values", None)
    try:
        plain = frames.decode(frames.encode(values), dict[str, Any])
    except Exception:
        plain = {}
    detail = "".join(traceback.format_exception(error))
    return Failure(request_id, type(error).__name__, str(error), plain, detail)


def _resident_bytes() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS: bytes, and the highest so far
