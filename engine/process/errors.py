"""What a request to the engine process can raise."""

from collections.abc import Mapping
from typing import Any


class EngineError(Exception):
    """An exception in the engine process, told by kind, text and values."""

    def __init__(
        self,
        kind: str,
        text: str,
        values: Mapping[str, Any] | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind = kind
        """Name of the exception's class over there."""
        self.text = text
        """Its message, in English."""
        self.values = dict(values or {})
        """Plain data that a translated message is filled with."""
        self.detail = detail
        """The traceback over there, for the log."""


class EngineDied(EngineError):
    """The engine process ended before it answered, or the session that was asked ended with it."""

    def __init__(self, exit_code: int | None, text: str = "the engine process has ended") -> None:
        super().__init__("EngineDied", text, {"exit_code": exit_code})

    @property
    def by_itself(self) -> bool:
        """Whether the process ended in order, after idle minutes, and not by a crash."""
        return bool(self.values["exit_code"] == 0)
