"""Whole files, written so that a crash leaves the old one or the new one, and broken ones kept aside."""

from pathlib import Path

from engine.writing import replacing
from lessons.notice import Notice, failure

__all__ = ["replace", "replacing", "set_aside"]


def replace(path: Path, content: bytes) -> Notice | None:
    """Put a file with this content in the place of `path`; returns why that can't be done, if so."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(content)
    except OSError as error:
        return failure(error, path)
    return None


def set_aside(path: Path) -> Path | Notice:
    """Rename a broken file to `<stem>.broken-N<suffix>`, N the first free one; returns where it is kept."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(kept)
    except FileNotFoundError:
        return kept  # another copy has just set it aside
    except OSError as error:
        return failure(error, path)
    return kept
