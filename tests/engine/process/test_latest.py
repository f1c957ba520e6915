"""Latest wins."""

import asyncio

import pytest

from engine.process.client import EngineError, Latest


class Slow:
    """A call that waits until it is let through."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gate = asyncio.Event()

    async def __call__(self, number: int) -> int:
        self.asked.append(number)
        await self.gate.wait()
        if number < 0:
            raise EngineError("TooSteep", "too steep", {"number": number})
        return number * 10


async def test_one_under_way_one_waiting_the_rest_dropped() -> None:
    slow, told = Slow(), []
    latest = Latest(slow, lambda value, number: told.append((number, value)), told.append)
    latest.ask(1)
    await asyncio.sleep(0)  # the first one is on its way
    for number in range(2, 100):
        latest.ask(number)
    slow.gate.set()
    await latest.settled()
    assert slow.asked == [1, 99]
    assert told == [(1, 10), (99, 990)]
    latest.ask(5)
    await latest.settled()
    assert told[-1] == (5, 50) and not latest.busy


async def test_an_error_is_told_and_the_one_that_waits_still_comes() -> None:
    slow, values, errors = Slow(), [], []
    latest = Latest(slow, lambda value, number: values.append(value), errors.append)
    latest.ask(-1)
    await asyncio.sleep(0)
    latest.ask(2)
    slow.gate.set()
    await latest.settled()
    assert values == [20] and [error.values for error in errors] == [{"number": -1}]


async def test_cancelled_it_tells_nothing_and_can_be_asked_again() -> None:
    slow, told = Slow(), []
    latest = Latest(slow, lambda value, number: told.append(value), told.append)
    latest.ask(1)
    await asyncio.sleep(0)
    latest.ask(2)
    latest.cancel()
    slow.gate.set()
    latest.ask(3)
    await latest.settled()
    assert told == [30]


async def test_a_callback_that_fails_is_heard() -> None:
    slow = Slow()
    slow.gate.set()
    latest = Latest(slow, lambda value, number: 1 / 0, print)
    latest.ask(1)
    with pytest.raises(ZeroDivisionError):
        await latest.settled()
