"""Notices: what went wrong and what was kept, as data that any screen or command line can put into words."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike, fspath

_KEYS = {
    errno.ENOSPC: "notice.disk_full",
    errno.EDQUOT: "notice.disk_full",
    errno.EROFS: "notice.read_only",
    errno.EACCES: "notice.no_permission",
    errno.EPERM: "notice.no_permission",
}

FAILURES = frozenset({*_KEYS.values(), "notice.failed"})
"""What `failure` says."""


@dataclass(frozen=True)
class Notice:
    """One thing that the learner should know."""

    key: str
    """Message key, without `@`."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Values for the placeholders of the message."""


def failure(error: OSError, path: str | PathLike[str]) -> Notice:
    """Say why a file or folder can't be read or written."""
    key = _KEYS.get(error.errno or 0, "notice.failed")
    return Notice(key, {"path": fspath(path), "reason": error.strerror or type(error).__name__})
