"""The engine process, asked as the screens ask it."""

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.process.client import Engine, EngineDied, EngineError

sys.path.insert(0, str(Path(__file__).parent))
from callable_functions import Cloud, Disc, Picture, Step

HERE = "callable_functions:"


async def test_values_arrays_and_tagged_structs_cross(engine: Engine) -> None:
    assert await engine.call(f"{HERE}same", {"a": [1, 2.5, "猫", None]}) == {"a": [1, 2.5, "猫", None]}
    picture = Picture([Disc(1), Cloud(np.arange(6.0).reshape(3, 2), "c")], mask=np.array([True, False]))
    moved = await engine.call(f"{HERE}moved", picture, 2, result=Picture)
    cloud, disc = moved.shapes
    assert disc == Disc(2) and cloud.name == "c"
    np.testing.assert_array_equal(cloud.points, np.arange(6.0).reshape(3, 2) + 2)
    np.testing.assert_array_equal(moved.mask, [False, True])


async def test_what_is_like_an_array_passes_as_it_is(engine: Engine) -> None:
    assert [await engine.call(f"{HERE}total", each) for each in (1, [0.5, 0.5], np.ones((2, 2)))] == [1, 1, 4]


async def test_requests_of_several_labs_find_their_own_answers(engine: Engine) -> None:
    values = await asyncio.gather(*(engine.call(f"{HERE}same", number) for number in range(50)))
    assert values == list(range(50))


async def test_an_exception_crosses_as_kind_text_and_values(engine: Engine) -> None:
    with pytest.raises(EngineError) as caught:
        await engine.call(f"{HERE}fail", 3.5)
    assert (caught.value.kind, caught.value.text) == ("TooSteep", "3.5 is too steep")
    assert caught.value.values == {"rate": 3.5, "highest": 1.0}
    assert "raise TooSteep(rate)" in caught.value.detail


@pytest.mark.parametrize(
    ("function", "arguments", "kind"),
    [
        ("callable_functions:missing", [], "UnknownFunction"),
        ("callable_functions.missing:same", [], "UnknownFunction"),
        ("callable_functions:Step", [], "UnknownFunction"),
        ("callable_functions:dedent", ["text"], "NotAllowed"),
        ("callable_functionsx:same", [], "NotAllowed"),
        ("os:getcwd", [], "NotAllowed"),
        ("callable_functions:rate", [{"rate": 2.0}], "ValidationError"),
        ("callable_functions:rate", [{"rate": "0.5"}], "ValidationError"),
        ("callable_functions:rate", [{"speed": 0.5}], "ValidationError"),
        ("callable_functions:rate", [], "TypeError"),
        ("callable_functions:rate", [Step(), 1], "TypeError"),
        ("callable_functions:unwritable", [], "FrameError"),
        ("callable_functions:leave", [], "SystemExit"),
    ],
)
async def test_what_can_not_be_called_is_an_error_and_no_death(
    engine: Engine, function: str, arguments: list[object], kind: str
) -> None:
    with pytest.raises(EngineError) as caught:
        await engine.call(function, *arguments)
    assert caught.value.kind == kind
    assert await engine.call(f"{HERE}rate", Step(0.25)) == 0.25


async def test_prints_go_to_the_log_and_not_into_the_stream(make_engine: Callable[..., Engine], tmp_path: Path) -> None:
    log = tmp_path / "logs" / "engine.log"
    engine = make_engine(log=log)
    assert await engine.call(f"{HERE}noisy") == ""
    assert await engine.call(f"{HERE}same", 1) == 1
    assert log.read_text() == "printed\nwritten to descriptor 1\nfrom a shell\n"


async def test_a_long_log_is_emptied_at_the_start(make_engine: Callable[..., Engine], tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_text("x" * (1024 * 1024 + 1))
    await make_engine(log=log).call(f"{HERE}noisy")
    assert log.stat().st_size < 1000


async def test_killed_in_the_midst_it_tells_and_starts_again(
    make_engine: Callable[..., Engine], tmp_path: Path
) -> None:
    deaths: list[str] = []
    engine = make_engine(on_death=lambda: deaths.append("died"))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    busy = asyncio.create_task(engine.call(f"{HERE}wait_for", str(pipe)))
    waiting = asyncio.create_task(engine.call(f"{HERE}same", 1))
    status = await engine.ping()
    os.kill(status.pid, signal.SIGKILL)
    for task in (busy, waiting):
        with pytest.raises(EngineDied) as caught:
            await task
        assert caught.value.values == {"exit_code": -9}
    assert deaths == ["died"] and not engine.alive and engine.pid is None
    assert await engine.call(f"{HERE}same", 2) == 2
    assert engine.pid not in (None, status.pid)


async def test_kill_breaks_off_and_the_next_request_starts_again(make_engine: Callable[..., Engine]) -> None:
    deaths: list[str] = []
    engine = make_engine(on_death=lambda: deaths.append("died"))
    first = (await engine.ping()).pid
    engine.kill()
    assert (await engine.ping()).pid != first
    with pytest.raises(EngineDied):
        await engine.call(f"{HERE}exit_at_once")
    assert deaths == ["died"]


async def test_it_ends_by_itself_when_idle_and_starts_again(make_engine: Callable[..., Engine]) -> None:
    deaths: list[str] = []
    engine = make_engine({"NNLAB_ENGINE_IDLE": "0.05"}, on_death=lambda: deaths.append("died"))
    status = await engine.ping()
    assert engine._connection is not None
    await engine._connection._reader
    assert not engine.alive and deaths == []
    assert (await engine.ping()).pid != status.pid


async def test_stop_ends_it_and_tells_who_waits(engine: Engine, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    busy = asyncio.create_task(engine.call(f"{HERE}wait_for", str(pipe)))
    pid = (await engine.ping()).pid
    await engine.stop()
    with pytest.raises(EngineDied):
        await busy
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="watching a process that is no child needs Linux")
def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """The host computes when its parent is killed, and ends all the same."""
    parent = (
        "import asyncio, sys\n"
        "from engine.process.client import Engine\n"
        "async def main():\n"
        "    engine = Engine(['callable_functions'], environ={'NNLAB_ENGINE_TORCH': '0'})\n"
        "    await engine.call('callable_functions:same', 1)\n"
        "    task = asyncio.create_task(engine.call('callable_functions:wait_for', sys.argv[1]))\n"
        "    print((await engine.ping()).pid, flush=True)\n"
        "    await task\n"
        "asyncio.run(main())\n"
    )
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.getcwd()])}
    command = [sys.executable, "-c", parent, str(pipe)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        host = os.pidfd_open(int(process.stdout.readline()))
        assert not select.select([host], [], [], 0)[0], "the host should still compute"
        process.kill()
    assert select.select([host], [], [], 10)[0], "the host is still there"
    os.close(host)


async def test_threads_leave_one_core_to_the_screen(engine: Engine, make_engine: Callable[..., Engine]) -> None:
    cores = len(os.sched_getaffinity(0))
    if "OMP_NUM_THREADS" not in os.environ:
        assert await engine.call(f"{HERE}environment", "OMP_NUM_THREADS") == str(max(1, cores - 1))
    own = make_engine({"OMP_NUM_THREADS": "3"})
    assert await own.call(f"{HERE}environment", "OMP_NUM_THREADS") == "3"


async def test_torch_comes_in_idle_time_and_not_before_the_first_request(
    make_engine: Callable[..., Engine],
) -> None:
    engine = make_engine({"NNLAB_ENGINE_TORCH": "1"})
    assert not (await engine.ping()).torch_loaded
    assert "torch" not in await engine.call(f"{HERE}modules")
    async with asyncio.timeout(60):
        while not (await engine.ping()).torch_loaded:
            await asyncio.sleep(0.02)  # asking without a pause would slow the import down
    assert "torch" in await engine.call(f"{HERE}modules")


def test_the_client_is_light() -> None:
    code = "import sys, engine.process.client; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"torch", "numpy", "sklearn", "scipy", "pickle"} & set(loaded.stdout.split())
