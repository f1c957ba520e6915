"""The asking side of the engine process: one `Engine` a program, used by all its labs at the same time.

Light on purpose: asyncio and msgspec, and NumPy only when an array arrives.

    engine = Engine(["engine.", "lessons."])
    y = await engine.call("engine.network.neuron:output", w, x, h, "step")
    session = await engine.open("lessons.neuron.experiments.gates:observe", settings, result=Observation)
    observation = await session.next()             # the first one, or
    observation = await session.next(settings)     # another, with settings that have changed
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.process.connection import Connection, connect, raw
from engine.process.errors import EngineDied, EngineError
from engine.process.latest import Latest
from engine.process.messages import Call, Close, Hasten, Next, Open, Ping, Status

__all__ = ["Engine", "EngineDied", "EngineError", "Latest", "Session"]


class Session:
    """A generator that runs in the engine process; it ends with the process that holds it."""

    def __init__(self, connection: Connection, number: int, result: Any) -> None:
        self._connection = connection
        self._number = number
        self._result = result

    @property
    def alive(self) -> bool:
        """Whether its process is still there."""
        return self._connection.alive

    async def next(self, settings: object = None) -> Any:
        """Compute the next observation, None at the end.

        New settings reach the generator as the value of its `yield`; before its first observation they take
        the place of those it was opened with. Raises EngineError for what it raised (it is closed then),
        EngineDied if its process has ended.
        """
        new = [] if settings is None else [raw(settings)]
        return await self._connection.ask(Next(self._connection.number(), self._number, new), self._result)

    def hasten(self) -> None:
        """Let the observation under way come soon, where its generator heeds `engine.process.haste`."""
        self._connection.tell(Hasten(self._connection.number()))

    async def close(self) -> None:
        """Let the generator go; it does no harm to close twice, or after the process has ended."""
        if self._connection.alive:
            try:
                await self._connection.ask(Close(self._connection.number(), self._number))
            except EngineDied:
                return


class Engine:
    """The engine process: started on demand, and again after it died."""

    def __init__(
        self,
        allowed: Sequence[str],
        log: Path | None = None,
        environ: Mapping[str, str] | None = None,
        on_death: Callable[[], None] | None = None,
    ) -> None:
        """Prepare; nothing is started yet.

        `allowed` are prefixes of module names with their dot, such as `lessons.`; only functions of these can
        be called. `log` receives what the process prints. `environ` is added to the environment. `on_death`
        is called when the process ends without having been asked to, other than by idleness.
        """
        self._allowed = [prefix if prefix.endswith(".") else f"{prefix}." for prefix in allowed]
        self._log = log
        self._environ = dict(environ or {})
        self._on_death = on_death
        self._connection: Connection | None = None
        self._starting = asyncio.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._connection is not None and self._connection.alive

    @property
    def pid(self) -> int | None:
        """The process's number, None while there is none."""
        return self._connection.process.pid if self._connection is not None and self.alive else None

    async def start(self) -> None:
        """Start the process if it isn't there; raises EngineDied if it can't be started."""
        await self._connect()

    async def call(self, function: str, *arguments: object, result: Any = Any) -> Any:
        """Value of `package.module:function`, read as the type `result`.

        Raises EngineError for what the function raised, EngineDied if the process ended before it answered.
        """
        contents = [raw(argument) for argument in arguments]

        async def ask(connection: Connection) -> Any:
            return await connection.ask(Call(connection.number(), function, contents), result)

        return await self._with_connection(ask)

    async def open(self, function: str, settings: object, start: object = None, result: Any = Any) -> Session:
        """Open a session of a generator function, `function(settings)` or `function(settings, start)`.

        Its observations are read as the type `result`. Raises as `call` does.
        """
        contents = [raw(argument) for argument in ([settings] if start is None else [settings, start])]

        async def ask(connection: Connection) -> Session:
            number = connection.number()
            try:
                await connection.ask(Open(number, function, contents))
            except asyncio.CancelledError:
                connection.tell(Close(connection.number(), number))
                raise
            return Session(connection, number, result)

        session: Session = await self._with_connection(ask)
        return session

    async def ping(self) -> Status:
        """How the process is; answered at once, even while it computes. Raises EngineDied."""

        async def ask(connection: Connection) -> Any:
            return await connection.ask(Ping(connection.number()), Status)

        status: Status = await self._with_connection(ask)
        return status

    async def stop(self) -> None:
        """End the process; whoever waits for it gets EngineDied."""
        if self._connection is not None:
            await self._connection.stop()

    def kill(self) -> None:
        """End the process at once, whatever it does; this is how a computation is broken off."""
        if self._connection is not None:
            self._connection.kill()

    async def _connect(self) -> Connection:
        async with self._starting:
            if self._connection is None or not self._connection.alive:
                self._connection = await connect(self._allowed, self._log, self._environ, self._ended)
            return self._connection

    async def _with_connection(self, ask: Callable[[Connection], Any]) -> Any:
        try:
            return await ask(await self._connect())
        except EngineDied as death:
            if not death.by_itself or (self._connection is not None and self._connection.stopping):
                raise
        # It ended from idleness at the very moment of the request.
        return await ask(await self._connect())

    def _ended(self, connection: Connection) -> None:
        idle = connection.process.returncode == 0
        if not (connection.stopping or idle) and self._on_death is not None:
            self._on_death()
