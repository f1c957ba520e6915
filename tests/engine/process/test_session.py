"""Sessions: generators on the engine's side."""

import sys
from pathlib import Path

import pytest

from engine.process.client import Engine, EngineDied, EngineError

sys.path.insert(0, str(Path(__file__).parent))
from callable_functions import Step

HERE = "callable_functions:"


async def test_a_generator_is_asked_step_by_step_and_told_new_settings(engine: Engine) -> None:
    session = await engine.open(f"{HERE}walk", Step(0.5), result=float)
    assert [await session.next(), await session.next()] == [0.0, 0.5]
    assert await session.next(Step(1.0)) == 1.5
    assert await session.next() is None  # 2.5 is past the end
    with pytest.raises(EngineError) as caught:
        await session.next()
    assert caught.value.kind == "UnknownSession"


async def test_it_starts_from_a_state_and_two_do_not_disturb_each_other(engine: Engine) -> None:
    early = await engine.open(f"{HERE}walk", Step(0.5))
    late = await engine.open(f"{HERE}walk", Step(0.25), 1.5)
    assert [await early.next(), await late.next(), await early.next(), await late.next()] == [
        0,
        1.5,
        0.5,
        1.75,
    ]


async def test_settings_that_change_before_the_start_take_the_place_of_the_first(engine: Engine) -> None:
    session = await engine.open(f"{HERE}walk", Step(0.5))
    assert [await session.next(Step(1.0)), await session.next()] == [0.0, 1.0]


async def test_a_plain_iterator_runs_but_takes_no_settings(engine: Engine) -> None:
    session = await engine.open(f"{HERE}countdown", Step())
    assert await session.next() == 2
    with pytest.raises(EngineError) as caught:
        await session.next(Step())
    assert caught.value.kind == "TypeError"


async def test_an_exception_ends_the_session_only(engine: Engine) -> None:
    session = await engine.open(f"{HERE}stumble", Step(0.5))
    assert await session.next() == 1
    for kind in ("TooSteep", "UnknownSession"):
        with pytest.raises(EngineError) as caught:
            await session.next()
        assert caught.value.kind == kind
    assert await engine.call(f"{HERE}same", 1) == 1


async def test_wrong_settings_are_told_when_it_opens(engine: Engine) -> None:
    with pytest.raises(EngineError) as caught:
        await engine.open(f"{HERE}walk", {"rate": 7})
    assert caught.value.kind == "ValidationError" and "rate" in caught.value.text


async def test_close_lets_it_go_and_may_be_repeated(engine: Engine) -> None:
    session = await engine.open(f"{HERE}walk", Step())
    await session.next()
    assert (await engine.ping()).sessions == 1
    await session.close()
    await session.close()
    assert (await engine.ping()).sessions == 0


async def test_a_session_ends_with_its_process(engine: Engine) -> None:
    session = await engine.open(f"{HERE}walk", Step())
    engine.kill()
    await engine.start()
    assert engine.alive and not session.alive
    with pytest.raises(EngineDied):
        await session.next()
    await session.close()
