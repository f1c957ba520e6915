"""What the learner has chosen for the whole program, kept as `preferences.json`."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from lessons.notice import Notice, failure
from tui.store.files import replace, set_aside
from tui.store.places import Places


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """The settings screen's values; None leaves the choice to what is found at the start."""

    language: Literal["ja", "en"] | None = None
    theme: Literal["auto", "night", "paper", "clear"] = "auto"
    line: Literal["auto", "local", "ssh", "slow"] = "auto"
    """How many bytes and frames the way to the terminal carries."""

    device: str | None = None
    """`cpu`, `cuda`, `cuda:1` or `mps`."""

    wide: bool | None = None
    """Whether the terminal draws ambiguous characters two cells wide."""

    runs_at_once: Annotated[int, msgspec.Meta(ge=1, le=8)] = 2
    """Trainings that compute at the same time; the others are queued."""

    queue: str | None = None
    """Folder in which they wait for their turn, with those of others on a server; None for one of one's own."""

    curves: Literal["braille", "blocks"] = "braille"
    colours: Literal["auto", "truecolor", "256", "16", "none"] = "auto"


def preferences_path(places: Places) -> Path:
    """Name the file."""
    return places.config / "preferences.json"


def peek(places: Places) -> Preferences:
    """Read the preferences and touch nothing; what can't be read has its default."""
    raw = _raw(preferences_path(places))
    return _preferences(raw)[0] if isinstance(raw, dict) else Preferences()


def load(places: Places) -> tuple[Preferences, list[Notice]]:
    """Read the preferences; what can't be read has its default, and a notice says what was kept aside.

    A value that is not allowed costs that preference only; a file that is no JSON object costs all.
    """
    path = preferences_path(places)
    raw = _raw(path)
    if isinstance(raw, Notice):
        return Preferences(), [raw]
    if raw is None:
        return Preferences(), [_kept(path, "notice.preferences_broken")]
    preferences, bad = _preferences(raw)
    if not bad:
        return preferences, []
    notices = [_kept(path, "notice.preferences_value", names=", ".join(bad))]
    remaining = {name: value for name, value in raw.items() if name not in bad}
    if unwritten := replace(path, _written(remaining)):
        notices.append(unwritten)
    return preferences, notices


def save(preferences: Preferences, places: Places) -> Notice | None:
    """Write the preferences, and keep what a newer version has written beside them."""
    path = preferences_path(places)
    raw = _raw(path)
    if isinstance(raw, Notice):
        return raw  # what can't be read must not be written over
    return replace(path, _written((raw or {}) | msgspec.to_builtins(preferences)))


def change(places: Places, **changed: object) -> tuple[Preferences, list[Notice]]:
    """Change some preferences and keep the others as they are in the file, whoever has written them."""
    present, notices = load(places)
    preferences = msgspec.convert(msgspec.to_builtins(present) | changed, Preferences)
    unwritten = save(preferences, places)
    return preferences, notices if unwritten is None else [*notices, unwritten]


def _raw(path: Path) -> dict[str, Any] | Notice | None:
    """Read the file as it stands: empty where there is none, None where it is broken."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except FileNotFoundError:
        return {}
    except OSError as error:
        return failure(error, path)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _preferences(raw: dict[str, Any]) -> tuple[Preferences, list[str]]:
    """Take the values that are allowed, and name the others."""
    bad = [name for name, value in raw.items() if not _allowed(name, value)]
    good = {name: value for name, value in raw.items() if name not in bad}
    return msgspec.convert(good, Preferences), bad


def _allowed(name: str, value: object) -> bool:
    """Tell whether a value can be; unknown names may be a newer version's."""
    try:
        msgspec.convert({name: value}, Preferences)
    except msgspec.ValidationError:
        return False
    return True


def _kept(path: Path, key: str, **values: str) -> Notice:
    kept = set_aside(path)
    return kept if isinstance(kept, Notice) else Notice(key, {"path": str(kept), **values})


def _written(raw: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(raw), indent=2) + b"\n"
