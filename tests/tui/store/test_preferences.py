"""Preferences: they come back as they were, and no file can break the start."""

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import writing
from tui.store.places import Places
from tui.store.preferences import Preferences, change, load, peek, preferences_path, save


def put(places: Places, content: bytes) -> None:
    path = preferences_path(places)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_they_come_back(places: Places) -> None:
    chosen = Preferences(language="ja", theme="paper", line="slow", device="cuda:1", wide=True, colours="256")
    assert save(chosen, places) is None
    assert load(places) == (chosen, [])
    assert [path.name for path in places.config.iterdir()] == ["preferences.json"]


def test_a_broken_file_is_kept_aside_each_time_under_a_new_name(places: Places) -> None:
    for number, content in enumerate((b"{oops", b"[1]", b"\xff\x00"), start=1):
        put(places, content)
        preferences, notices = load(places)
        assert preferences == Preferences()
        kept = places.config / f"preferences.broken-{number}.json"
        assert kept.read_bytes() == content and notices[0].values["path"] == str(kept)
    assert load(places) == (Preferences(), [])


def test_one_value_that_can_not_be_costs_that_value_only(places: Places) -> None:
    put(places, b'{"language": "ja", "theme": "sepia"}')
    preferences, notices = load(places)
    assert preferences == Preferences(language="ja")
    assert notices[0].key == "notice.preferences_value" and notices[0].values["names"] == "theme"
    assert load(places) == (Preferences(language="ja"), [])


def test_peeking_changes_nothing(places: Places) -> None:
    put(places, b'{"language": "ja", "theme": "sepia"}')
    assert peek(places) == Preferences(language="ja")
    assert [path.name for path in places.config.iterdir()] == ["preferences.json"]


def test_what_a_newer_version_knows_survives(places: Places) -> None:
    put(places, b'{"language": "ja", "voice": "low"}')
    assert change(places, theme="clear") == (Preferences(language="ja", theme="clear"), [])
    assert b'"voice": "low"' in preferences_path(places).read_bytes()


def test_a_full_disk_is_a_notice_and_the_old_file_stays(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Preferences(theme="paper"), places)

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing.os, "fsync", full)
    notice = save(Preferences(theme="clear"), places)
    assert notice is not None and notice.key == "notice.disk_full"
    assert load(places) == (Preferences(theme="paper"), [])
    assert len(list(places.config.iterdir())) == 1


@given(content=st.binary(max_size=60) | st.from_regex(rb'\{"(wide|line)": ?[^,]{0,9}\}', fullmatch=True))
def test_no_file_stops_the_start(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("any")
    places = Places(root, root, root, root)
    put(places, content)
    preferences, _ = load(places)
    assert isinstance(preferences, Preferences)
    assert load(places) == (preferences, [])
