"""Whether somebody waits: a step that takes what time it likes may end early, so that a click is answered at once."""

import threading

_wanted = threading.Event()


def wanted() -> bool:
    """Whether the observation that is being computed should come soon; always false outside the engine process."""
    return _wanted.is_set()


def want() -> None:
    """Ask the step under way to end."""
    _wanted.set()


def over() -> None:
    """Note that it has ended."""
    _wanted.clear()
