"""A queue that several users share: their turns, and files that are not what they seem."""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import MakeRun, ended, until

from engine.training import launch, shared, slots
from engine.training.folder import Run
from engine.training.ownership import myself
from engine.training.slots import Slot

GROUP, ANNA, BEN = 54321, 54322, 54323
"""Numbers that belong to nobody."""

FIRST = "0000000001.000000-first"

root_only = pytest.mark.skipif(os.getuid() != 0, reason="takes the place of other users, which root alone may")


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Path]:
    """A folder for a group."""
    folder = tmp_path / "queue"
    folder.mkdir()
    if os.getuid() == 0:
        os.chown(folder, 0, GROUP)
        for above in folder.parents:
            if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)  # pytest keeps its folders to their owner
    folder.chmod(0o2770)
    yield folder


def as_user(user: int, does: Callable[[], object], umask: int = 0o077) -> int:
    """Do something in a process of another user of the group; returns its exit status, 0 where it came true."""
    pid = os.fork()
    if pid == 0:
        status = 9
        try:
            os.umask(umask)
            os.setgroups([GROUP])
            os.setgid(user)
            os.setuid(user)
            status = 0 if does() else 1
        finally:
            os._exit(status)
    return pid


def in_queue(queue: Path, name: str, content: str = "", user: int | None = None) -> Path:
    """Put a file there, of some user's."""
    path = queue / name
    path.write_text(content)
    path.chmod(0o660)
    if user is not None and os.getuid() == 0:
        os.chown(path, user, GROUP)
    return path


def ticket(**changed: object) -> str:
    """What a ticket of this process says, or another one's."""
    me = myself()
    return json.dumps({name: getattr(me, name) for name in ("host", "boot", "pid", "started")} | changed)


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_what_is_made_there_is_for_those_who_may_write_there(queue: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        first, second = Slot(queue, "first", 1), Slot(queue, "second", 1)
        assert first.take(1.0) and not second.take(2.0)
        found = [path.stat() for path in queue.iterdir()]
        assert len(found) == 2 and {stat.S_IMODE(each.st_mode) for each in found} == {0o660}
        assert {each.st_gid for each in found} == {queue.stat().st_gid}
        queue.chmod(0o700)
        third = Slot(queue, "third", 1)
        assert not third.take(3.0)
        (own,) = queue.glob("*third")
        assert stat.S_IMODE(own.stat().st_mode) == 0o600, "in a folder of one's own"
    finally:
        os.umask(before)


def test_a_queue_of_ones_own_is_ones_own(tmp_path: Path) -> None:
    assert Slot(tmp_path / "queue", "run", 1).take(1.0)
    assert stat.S_IMODE((tmp_path / "queue").stat().st_mode) == 0o700


@root_only
def test_users_of_a_group_take_turns(queue: Path) -> None:
    anna, ben, mine = (Slot(queue, name, 1) for name in ("anna", "ben", "mine"))
    go = queue.parent / "go"

    def until_told(slot: Slot, since: float) -> bool:
        until(lambda: slot.take(since))
        until(go.exists)
        return True

    first = as_user(ANNA, lambda: until_told(anna, 1.0))
    until(lambda: any(path.suffix == ".lock" for path in queue.iterdir()))
    second = as_user(BEN, lambda: until_told(ben, 2.0))
    until(lambda: any(path.name.endswith("-ben") for path in queue.iterdir()))
    assert not mine.take(3.0)
    os.kill(first, 9)  # the system lets go of Anna's place
    ended(first)
    until(lambda: not any(path.name.endswith("-ben") for path in queue.iterdir()))
    assert not mine.take(3.0), "Ben came earlier"
    go.touch()
    assert ended(second) == 0
    assert mine.take(3.0)


@root_only
def test_the_ticket_of_another_user_whose_process_was_killed_keeps_nobody_waiting(queue: Path) -> None:
    holder, anna = Slot(queue, "holder", 1), Slot(queue, "anna", 1)
    assert holder.take(1.0)
    waits = as_user(ANNA, lambda: not anna.take(2.0) and time.sleep(30))
    until(lambda: any(path.name.endswith("-anna") for path in queue.iterdir()))
    holder.leave()
    mine = Slot(queue, "mine", 1)
    assert not mine.take(3.0)
    os.kill(waits, 9)
    ended(waits)
    assert mine.take(3.0)
    assert not any(path.name.endswith("-anna") for path in queue.iterdir())


@root_only
def test_a_ticket_says_nothing_of_processes_of_others(queue: Path) -> None:
    in_queue(queue, FIRST, ticket(), ANNA)  # Anna says that a process of mine waits
    assert Slot(queue, "run", 1).take(2.0) and not (queue / FIRST).exists()
    in_queue(queue, FIRST, ticket())
    assert not Slot(queue, "next", 2).take(2.0), "of one's own it does, also without a lock"


def test_links_and_pipes_are_neither_followed_nor_waited_for(queue: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text(ticket(pid=2**22 + 1))
    (queue / FIRST).symlink_to(precious)
    (queue / "0000000001.000000-folder").symlink_to(tmp_path)
    os.mkfifo(queue / "0000000001.000000-pipe")
    os.link(precious, queue / "0000000001.000000-hard")
    host = Slot(queue, "run", 1)._host
    (queue / f"{host}-0.lock").symlink_to(precious)
    os.mkfifo(queue / f"{host}-1.lock")
    slot = Slot(queue, "run", 3)
    before = precious.read_bytes(), precious.stat().st_mode
    assert slot.take(2.0), "the third place is one"
    assert (precious.read_bytes(), precious.stat().st_mode) == before and tmp_path.is_dir()
    assert (queue / FIRST).is_symlink()
    assert not (queue / "0000000001.000000-hard").exists(), "a dead ticket by its looks; the file itself stays"
    slot.leave()
    assert [path.name for path in queue.iterdir() if path.name.endswith("-run")] == []


def test_where_no_place_can_be_locked_it_says_which_file(queue: Path) -> None:
    slot = Slot(queue, "run", 1)
    (queue / f"{slot._host}-0.lock").mkdir()
    with pytest.raises(OSError) as raised:
        slot.take(1.0)
    assert raised.value.filename == str(queue / f"{slot._host}-0.lock") and not slot.held


def test_what_is_no_ticket_is_left_alone(queue: Path) -> None:
    kept = [in_queue(queue, name, "{}") for name in ("notes.txt", "0001-old", ".hidden")]
    assert Slot(queue, "run", 1).take(2.0)
    assert all(path.exists() for path in kept)


def test_half_made_tickets_of_yesterday_are_removed(queue: Path) -> None:
    half = in_queue(queue, f".{FIRST}.123-abcdef")
    assert Slot(queue, "run", 1).take(2.0) and half.exists()
    os.utime(half, (0, 0))
    assert not Slot(queue, "next", 1).take(3.0) and not half.exists()


def test_a_ticket_that_somebody_has_removed_is_written_again(queue: Path) -> None:
    first, second = Slot(queue, "first", 1), Slot(queue, "second", 1)
    assert first.take(1.0) and not second.take(2.0)
    (queue / "0000000002.000000-second").unlink()
    assert not second.take(2.0) and (queue / "0000000002.000000-second").exists()
    first.leave()
    assert second.take(2.0)


def test_a_lock_file_that_was_replaced_is_no_place(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = Slot(queue, "run", 1)
    name = f"{slot._host}-0.lock"
    whole = shared.Folder._opened_or_made

    def replaced(folder: shared.Folder, wanted: str) -> int:
        handle = whole(folder, wanted)
        monkeypatch.setattr(shared.Folder, "_opened_or_made", whole)
        (queue / wanted).unlink()
        return handle

    monkeypatch.setattr(shared.Folder, "_opened_or_made", replaced)
    assert not slot.take(1.0)
    assert slot.take(1.0) and (queue / name).exists()


@pytest.mark.parametrize(
    ("said", "places"), [("1\n", 1), (" 3 ", 3), ("0", 0), ("many", 0), ("", 0), ("-1", 0), ("9999", 64)]
)
def test_the_queue_itself_may_say_how_many(queue: Path, said: str, places: int) -> None:
    in_queue(queue, slots.NUMBER, said)
    with shared.opened(queue) as folder:
        assert slots.number_in(folder) == places


@root_only
def test_only_who_keeps_the_queue_says_how_many(queue: Path) -> None:
    in_queue(queue, slots.NUMBER, "1", ANNA)
    first, second = Slot(queue, "first", 2), Slot(queue, "second", 2)
    assert first.take(1.0) and second.take(2.0)
    second.leave()
    os.chown(queue / slots.NUMBER, 0, 0)
    assert not second.take(2.0), "one at once, whatever they would like"


def test_two_folders_of_runs_share_one_queue(make_run: MakeRun, queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_QUEUE", str(queue))
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    holder = Slot(queue, "another", 1)
    assert holder.take(0.0)
    made = make_run(epochs=1)
    run = launch.start(
        made.folder.parent.parent / "others",
        lab="convolution.tiny",
        settings={},
        function="engine.missing:training",
        threads=1,
    )
    assert (run.record().queue, run.record().at_once) == (str(queue), 1)
    until(lambda: any(path.name.endswith(run.id) for path in queue.iterdir()))
    assert run.status().state == "queued"
    holder.leave()
    until(lambda: Run(run.folder).status().state == "failed")  # its turn came, and there is nothing to train
    until(lambda: not (launch.reap() or launch._children))
