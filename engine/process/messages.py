"""The messages between client and host: six requests, three replies, each a tagged Struct.

What a caller hands over stays `Raw` here, so that a message can be routed before the type of its content is
known.
"""

from typing import Any

from msgspec import Raw, Struct


class Message(Struct, frozen=True, array_like=True, tag=True):
    """What every message has."""

    id: int
    """Number of the request; its reply bears the same."""


class Call(Message, frozen=True):
    """Ask for the value of a function; answered by Value or Failure."""

    function: str
    """`package.module:function`."""

    arguments: list[Raw]
    """Its positional arguments."""


class Open(Message, frozen=True):
    """Open a session: a generator function and its arguments; answered by Value. Next starts it."""

    function: str
    """`package.module:function`."""

    arguments: list[Raw]
    """Settings and, if there is one, the state to start from."""


class Next(Message, frozen=True):
    """Ask a session for its next observation; answered by Value, End or Failure."""

    session: int
    """Number of the Open request that opened it."""

    settings: list[Raw]
    """One element, new settings that the generator receives as the value of its `yield`; or none."""


class Close(Message, frozen=True):
    """End a session; answered by Value, also when it has ended already."""

    session: int
    """Number of the Open request that opened it."""


class Hasten(Message, frozen=True):
    """Let the observation under way come soon; nothing answers it."""


class Ping(Message, frozen=True):
    """Ask how the host is; answered at once, even while it computes, by Value with a Status."""


class Value(Message, frozen=True):
    """What the request asked for."""

    value: Raw
    """The function's value or the session's observation."""


class End(Message, frozen=True):
    """The session has no further observation and is closed."""


class Failure(Message, frozen=True):
    """The request raised an exception."""

    kind: str
    """Name of the exception's class."""

    text: str
    """Its message."""

    values: dict[str, Any]
    """Its attribute `values`, if it has one of plain data: what a translated message is filled with."""

    detail: str
    """The traceback."""


Request = Call | Open | Next | Close | Hasten | Ping
Reply = Value | End | Failure


class Status(Struct, frozen=True):
    """How the host is."""

    pid: int
    """Its process."""

    torch_loaded: bool
    """Whether torch is there, its first pass included."""

    rss: int
    """Bytes of memory in use."""

    sessions: int
    """Open sessions."""

    device: dict[str, Any] | None = None
    """The device it has chosen (fields of `engine.device.Device`), if it had to choose already."""
