"""Latest wins: one request under way, one waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from engine.process.errors import EngineError


class Latest:
    """Asks for what was wanted last, and drops what has been superseded while it waited; one a lab.

    `call(*arguments)` is awaited; `on_result(value, *arguments)` hears what came of it, `on_error(error)`
    what went wrong in the engine process. What is under way is finished and told, so that a slider held down
    shows pictures all along the way.
    """

    def __init__(
        self,
        call: Callable[..., Awaitable[Any]],
        on_result: Callable[..., None],
        on_error: Callable[[EngineError], None],
    ) -> None:
        self._call = call
        self._on_result = on_result
        self._on_error = on_error
        self._waiting: tuple[Any, ...] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a request is under way."""
        return self._task is not None and not self._task.done()

    @property
    def waits(self) -> bool:
        """Whether something is wanted that has not been asked yet."""
        return self._waiting is not None

    def ask(self, *arguments: Any) -> None:
        """Want the value for these arguments, instead of those that still wait."""
        self._waiting = arguments
        if not self.busy:
            self._task = asyncio.create_task(self._work(), name="latest wins")

    async def settled(self) -> None:
        """Wait until nothing is wanted any more; raises what a callback raised."""
        while self._task is not None:
            task = self._task
            await asyncio.wait([task])
            if task is self._task:
                return task.result()

    def cancel(self) -> None:
        """Want nothing any more; what is under way is not told."""
        self._waiting = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _work(self) -> None:
        while self._waiting is not None:
            arguments, self._waiting = self._waiting, None
            try:
                value = await self._call(*arguments)
            except EngineError as error:
                self._on_error(error)
            else:
                self._on_result(value, *arguments)
