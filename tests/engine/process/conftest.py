"""An engine that may call `callable_functions`."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from engine.process.client import Engine

MakeEngine = Callable[..., Engine]


@pytest.fixture
async def make_engine() -> AsyncIterator[MakeEngine]:
    """Make engines that end with the test; torch stays away unless it is asked for."""
    engines: list[Engine] = []

    def make(environ: dict[str, str] | None = None, **options: object) -> Engine:
        own = {"PYTHONPATH": str(Path(__file__).parent), "NNLAB_ENGINE_TORCH": "0"}
        engine = Engine(["callable_functions"], environ=own | (environ or {}), **options)  # type: ignore[arg-type]
        engines.append(engine)
        return engine

    yield make
    for engine in engines:
        await engine.stop()


@pytest.fixture
async def engine(make_engine: MakeEngine) -> Engine:
    return make_engine()
